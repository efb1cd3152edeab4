"""A file from its rows to what everybody sees: SQL on one cursor, one transaction."""

from __future__ import annotations

from odoo.tools import SQL

from .applying import apply, ending
from .convert import Converter
from .judging import judge
from .spec import Result
from .staging import stage


def load(cr, spec, batches, dry=False, first_row=2, keep_empty=False):
    """Load rows; the caller holds the lock, and commits or rolls back.

    The temporary tables ``post_rows``, ``post_records`` and ``post_rejects`` are left
    for the caller, until the transaction ends.

    :param spec: ``spec.Spec``
    :param batches: iterable of lists of rows
    :param bool dry: count only, write nothing
    :param int first_row: number of the first row
    :param bool keep_empty: an empty row is a record without a name, not a blank line
    :rtype: Result
    :raise PostingError: the file cannot be read
    """
    converter = Converter(spec.mapping, first_row)
    result = Result(rows=stage(cr, converter, batches, keep_empty))
    judge(cr, spec)
    cr.execute(
        """
        SELECT count(*) FILTER (WHERE is_new),
               count(*) FILTER (WHERE NOT is_new AND NOT is_same),
               count(*) FILTER (WHERE is_same)
          FROM post_records
        """
    )
    result.created, result.changed, result.unchanged = cr.fetchone()
    cr.execute(
        """
        SELECT count(*), count(DISTINCT COALESCE(external_ref, row::text))
          FROM post_rejects
        """
    )
    result.rejected_rows, result.rejected = cr.fetchone()
    if result.rejected_rows:
        cr.execute("SELECT reason, count(*) FROM post_rejects GROUP BY reason")
        result.reasons = dict(cr.fetchall())
    if dry:
        result.ended = _count_ending(cr, spec)
    else:
        result.changed, result.created, result.ended = apply(cr, spec, result.created)
    return result


def _count_ending(cr, spec):
    if not spec.full:
        return 0
    cr.execute(
        SQL(
            "SELECT count(*) FROM %s t WHERE %s",
            SQL.identifier(spec.kind.table),
            ending(spec),
        )
    )
    return cr.fetchone()[0]
