"""Records are written: changed, new, ended; all in the caller's transaction."""

from __future__ import annotations

from contextlib import ExitStack

from odoo.tools import SQL

from odoo.addons.trade_network.indexes import built_after

from .heads import columns_of
from .judging import PARTIES, is_resolved
from .staging import names

#: So many new records, and the indexes of an empty table are built afterwards.
_MANY = 10_000


def apply(cr, spec, coming):
    """Write what ``judging.judge`` found out.

    :param int coming: how many records are new
    :return: ``(changed, created, ended)``
    """
    child = spec.kind.child
    changed = _update(cr, spec)
    with ExitStack() as stack:
        if coming >= _MANY:
            stack.enter_context(built_after(cr, spec.kind.table))
            if child:
                stack.enter_context(built_after(cr, child.table))
        created = _insert(cr, spec)
        if child and spec.mapping.children:
            _write_children(cr, spec)
    return changed, created, _end(cr, spec)


def _written(spec):
    columns = list(columns_of(spec))
    if is_resolved(spec):
        columns += PARTIES
    if spec.kind.child and spec.mapping.children:
        columns.append("children_hash")
    return columns


def _update(cr, spec):
    columns = _written(spec)
    cr.execute(
        SQL(
            """
            UPDATE %(table)s t
               SET %(values)s active = TRUE, ended_at = NULL, posted_at = %(now)s,
                   post_id = %(post)s
              FROM post_records p
             WHERE t.id = p.id AND NOT p.is_new AND NOT p.is_same
            """,
            table=SQL.identifier(spec.kind.table),
            values=SQL("").join(
                SQL("%s = p.%s, ", SQL.identifier(name), SQL.identifier(name))
                for name in columns
            ),
            now=spec.now,
            post=spec.post_id,
        )
    )
    return cr.rowcount


def _insert(cr, spec):
    columns = _written(spec)
    known = spec.kind.all_columns
    defaults = {
        name: column.otherwise
        for name, column in known.items()
        if column.otherwise != "NULL" and name not in columns
    }
    if spec.kind.name == "reserve" and "state" in defaults and "held_until" in columns:
        defaults["state"] = (
            "CASE WHEN p.held_until < CURRENT_DATE THEN 'expired' ELSE 'held' END"
        )
    if "name" in known and "name" not in columns:
        defaults["name"] = "p.external_ref"
    values = [
        SQL("COALESCE(p.name, p.external_ref)")
        if name == "name"
        else SQL("p.%s", SQL.identifier(name))
        for name in columns
    ]
    values += [SQL(value) for value in defaults.values()]
    cr.execute(
        SQL(
            """
            INSERT INTO %(table)s
                   (id, distributor_id, company_id, external_ref, active, origin,
                    posted_at, post_id, %(columns)s)
            SELECT p.id, %(distributor)s, %(company)s, p.external_ref, TRUE, 'posted',
                   %(now)s, %(post)s, %(values)s
              FROM post_records p
             WHERE p.is_new
            """,
            table=SQL.identifier(spec.kind.table),
            columns=names([*columns, *defaults]),
            values=SQL(", ").join(values),
            distributor=spec.distributor_id,
            company=spec.company_id,
            now=spec.now,
            post=spec.post_id,
        )
    )
    return cr.rowcount


def _write_children(cr, spec):
    """Rows below changed records are made anew, those below new ones for the first
    time.
    """
    child = spec.kind.child
    table, parent = SQL.identifier(child.table), SQL.identifier(child.parent)
    cr.execute(
        SQL(
            """
            DELETE FROM %(table)s c USING post_records p
             WHERE c.%(parent)s = p.id AND NOT p.is_new AND NOT p.is_same
            """,
            table=table,
            parent=parent,
        )
    )
    columns = [name for name in spec.kind.child_columns if name in
               spec.mapping.children]  # fmt: skip
    others = {
        name: column.otherwise
        for name, column in spec.kind.child_columns.items()
        if name not in columns and column.otherwise != "NULL"
    }
    values = [
        SQL(
            "COALESCE(r.%s, %s)",
            SQL.identifier(f"l_{name}"),
            SQL(spec.kind.child_columns[name].otherwise),
        )
        for name in columns
    ] + [SQL(value) for value in others.values()]
    marks = [f"l_{name}" for name in child.marks if name in columns]
    if not marks:
        return
    cr.execute(
        SQL(
            """
            INSERT INTO %(table)s (%(parent)s, sequence, %(columns)s)
            SELECT p.id, r.row, %(values)s
              FROM post_records p
              JOIN post_rows r ON r.external_ref = p.external_ref
             WHERE NOT p.is_same AND num_nonnulls(%(marks)s) > 0
            """,
            table=table,
            parent=parent,
            columns=names([*columns, *others]),
            values=SQL(", ").join(values),
            marks=names(marks, "r"),
        )
    )


def ending(spec):
    """SQL of the records a full file no longer names; one it names badly goes on."""
    return SQL(
        """
        t.distributor_id = %(distributor)s AND t.active AND t.origin = 'posted'
        AND t.company_id IS NOT DISTINCT FROM %(company)s
        AND NOT EXISTS (SELECT FROM post_rows r WHERE r.external_ref = t.external_ref)
        """,
        distributor=spec.distributor_id,
        company=spec.company_id,
    )


def _end(cr, spec):
    if not spec.full:
        return 0
    cr.execute(
        SQL(
            "UPDATE %s t SET active = FALSE, ended_at = %s, post_id = %s WHERE %s",
            SQL.identifier(spec.kind.table),
            spec.now,
            spec.post_id,
            ending(spec),
        )
    )
    return cr.rowcount
