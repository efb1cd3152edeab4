"""The steps of a load, in their order."""

from __future__ import annotations

from . import apply, changes, matching, missing, rejects, rows, staging
from . import rails as guard
from .spec import Result, Spec

# One row in so many is looked up by itself; more are cheaper read in one go.
FEW_OF = 8


def load(cr, spec: Spec, records, mapping, rails: guard.Rails) -> Result:
    """Bring the records of a file into the offers of an account.

    :param cr: cursor of a transaction that holds nothing else
    :param records: ``formats.Records`` of the file
    :param mapping: ``mapping.Mapping`` of the feed for these records
    :param rails: limits that hold the file or reject rows
    :raise Held: a person must look at the file; the caller rolls back
    :raise FormatError: the file cannot be read to its end; the caller rolls back
    """
    result = Result()
    fields = tuple(mapping.fields)
    apply.prepare(cr)
    result.rows = staging.stage(cr, spec, records.batches())
    guard.check_rows(rails, result.rows, spec.delta or spec.releasing)
    spec.progress("comparing", result.rows)
    known = staging.difference(cr, spec)
    rows.create(cr, fields)
    lines = staging.changed_lines(cr, spec, known)
    changed = rows.fill(cr, spec, lines, records.split, mapping)
    result.unchanged = result.rows - changed
    spec.progress("judging", changed)
    changes.drop_repeats(cr)
    few = changed * FEW_OF < result.rows
    changes.match(cr, spec, fields, known, few)
    if not spec.releasing:
        changes.reject_prices(cr, fields, rails)
        guard.check_changes(cr, rails, result.rows, fields)
    staging.number_rejects(cr)
    spec.progress("writing", changed)
    if not spec.releasing:
        result.missing = missing.mark(cr, spec)
    result.updated = apply.update(cr, spec, fields)
    result.created = apply.insert(cr, spec, fields)
    result.rejects = rejects.store(cr, spec)
    result.rejected = sum(result.rejects.values())
    spec.progress("matching", changed)
    if result.created or result.updated:
        result.matched = matching.match_products(cr, spec.run_id)
    return result
