"""Rows become records: which are new, changed, the same, or not to be taken."""

from __future__ import annotations

from odoo.tools import SQL

from . import accounts
from .heads import columns_of, make_heads, refuse_heads, reject
from .staging import names

PARTIES = ("partner_id", "showroom_id", "rep_id")


def judge(cr, spec):
    """Create the temporary tables ``post_records`` and ``post_rejects``.

    The first has a row for each record that can be taken: what the file says of it,
    whose it is, and the ``id`` of the record (``is_new``, ``is_same``).
    """
    cr.execute(
        """
        CREATE TEMP TABLE post_rejects (
            row int4 PRIMARY KEY, external_ref varchar, reason varchar NOT NULL,
            detail varchar
        ) ON COMMIT DROP
        """
    )
    reject(
        cr,
        SQL(
            """
            SELECT row, external_ref,
                   CASE WHEN problem IS NULL THEN 'no_ref' ELSE problem END, detail
              FROM post_rows WHERE problem IS NOT NULL OR external_ref IS NULL
            """
        ),
    )
    make_heads(cr, spec)
    _needed(cr, spec)
    _resolve(cr, spec)
    _meet(cr, spec)
    _refuse_records(cr, spec)


def _needed(cr, spec):
    """What a record cannot be without, if the file has the column at all."""
    for name in spec.kind.needed:
        if name in columns_of(spec):
            refuse_heads(cr, SQL("h.%s IS NULL", SQL.identifier(name)), f"no_{name}")


def _resolve(cr, spec):
    """Find out whose the numbers of accounts are."""
    own = columns_of(spec)
    numbers = [name for name in accounts.NUMBERS if name in own]
    if not spec.kind.account or not numbers:
        return
    if spec.kind.account == "needed":
        given = [name for name in ("account_number", "showroom_number") if name in own]
        refuse_heads(cr, SQL("num_nonnulls(%s) = 0", names(given, "h")), "no_account")
    accounts.relations(cr, spec.distributor_id, spec.company_id)
    asked = SQL("SELECT DISTINCT %s FROM post_heads h", _asked(spec))
    accounts.resolve(
        cr,
        spec.distributor_id,
        asked,
        spec.today,
        own=spec.kind.account == "own",
    )


def _asked(spec):
    own = columns_of(spec)
    parts = [
        SQL("COALESCE(h.%s, '') AS %s", SQL.identifier(name), SQL.identifier(name))
        if name in own
        else SQL("''::varchar AS %s", SQL.identifier(name))
        for name in accounts.NUMBERS
    ]
    day = spec.kind.day
    has_day = day and day in own
    parts.append(
        SQL("h.%s AS on_date", SQL.identifier(day))
        if has_day
        else SQL("NULL::date AS on_date")
    )
    return SQL(", ").join(parts)


def is_resolved(spec):
    """Whether the file says whose its records are."""
    own = columns_of(spec)
    return bool(spec.kind.account) and any(name in own for name in accounts.NUMBERS)


def _meet(cr, spec):
    """Rows meet the records they are about."""
    resolved = is_resolved(spec)
    own = columns_of(spec)
    table = SQL.identifier(spec.kind.table)
    compared = [SQL.identifier(name) for name in own]
    mine = [SQL("%s", _new(spec, name)) for name in own]
    if resolved:
        compared += [SQL.identifier(name) for name in PARTIES]
        mine += [SQL("a.%s", SQL.identifier(name)) for name in PARTIES]
    if spec.kind.child and spec.mapping.children:
        compared.append(SQL("children_hash"))
        mine.append(SQL("h.children_hash"))
    same = SQL("t.active")
    if compared:
        same = SQL(
            "t.active AND ROW(%s) IS NOT DISTINCT FROM ROW(%s)",
            SQL(", ").join(SQL("t.%s", one) for one in compared),
            SQL(", ").join(mine),
        )
    cr.execute(
        SQL(
            """
            CREATE TEMP TABLE post_records ON COMMIT DROP AS
            SELECT h.external_ref, h.row, h.children_hash, %(values)s
                   %(parties)s
                   COALESCE(t.id, %(next_id)s) AS id, t.id IS NULL AS is_new,
                   t.id IS NOT NULL AND t.company_id IS DISTINCT FROM %(company)s
                   AS is_elsewhere,
                   COALESCE(t.id IS NOT NULL AND %(same)s, FALSE) AS is_same
              FROM post_heads h
              %(accounts)s
              LEFT JOIN %(table)s t ON t.distributor_id = %(distributor)s
                   AND t.external_ref = h.external_ref
            """,
            values=SQL("").join(
                SQL("%s AS %s, ", _new(spec, name), SQL.identifier(name))
                for name in own
            ),
            parties=SQL(
                "a.partner_id, a.showroom_id, a.rep_id, a.problem AS account_problem,"
            )
            if resolved
            else SQL("NULL::varchar AS account_problem,"),
            accounts=_joined(spec) if resolved else SQL(""),
            table=table,
            # children are written under it at once
            next_id=SQL("nextval(%s::regclass)::int4", f"{spec.kind.table}_id_seq"),
            same=same,
            distributor=spec.distributor_id,
            company=spec.company_id,
        )
    )


def _new(spec, name):
    """SQL of the value a record gets: what the file says, mostly."""
    value = SQL("h.%s", SQL.identifier(name))
    column = spec.kind.all_columns[name]
    if column.otherwise != "NULL":
        value = SQL("COALESCE(%s, %s)", value, SQL(column.otherwise))
    if spec.kind.name == "reserve" and name == "state":
        until = "h.held_until" if "held_until" in columns_of(spec) else "t.held_until"
        # a file that was made before says that all is held, whatever became of it here
        value = SQL(
            """
            CASE WHEN %(value)s = 'held' AND t.state IN ('converted', 'released')
                 THEN t.state
                 WHEN %(value)s = 'held' AND %(until)s < %(today)s THEN 'expired'
                 ELSE %(value)s END
            """,
            value=value,
            until=SQL(until),
            today=spec.today,
        )
    return value


def _joined(spec):
    own = columns_of(spec)
    conditions = [
        SQL(
            "a.%s = COALESCE(h.%s, '')",
            SQL.identifier(name),
            SQL.identifier(name),
        )
        for name in accounts.NUMBERS
        if name in own
    ]
    day = spec.kind.day
    if day and day in own:
        # no day is a day of its own here, so that equality can be hashed
        conditions.append(
            SQL(
                "COALESCE(a.on_date, 'infinity') = COALESCE(h.%s, 'infinity')",
                SQL.identifier(day),
            )
        )
    return SQL("LEFT JOIN post_accounts a ON %s", SQL(" AND ").join(conditions))


def _refuse_records(cr, spec):
    for condition, reason in (
        (SQL("p.account_problem IS NOT NULL"), SQL("account_problem")),
        (SQL("p.is_elsewhere"), SQL("'other_company'")),
    ):
        cr.execute(
            SQL(
                """
                WITH gone AS (
                    DELETE FROM post_records p WHERE %s
                    RETURNING p.external_ref, %s AS reason
                )
                INSERT INTO post_rejects (row, external_ref, reason)
                SELECT r.row, r.external_ref, gone.reason
                  FROM post_rows r JOIN gone USING (external_ref)
                    ON CONFLICT (row) DO NOTHING
                """,
                condition,
                reason,
            )
        )
    _refuse_incomplete(cr, spec)


def _refuse_incomplete(cr, spec):
    """New records need what the file has no column for."""
    missing = [name for name in spec.kind.needed if name not in columns_of(spec)]
    if spec.kind.account == "needed" and not is_resolved(spec):
        missing.append("account")
    if missing:
        cr.execute(
            SQL(
                """
                WITH gone AS (
                    DELETE FROM post_records p WHERE p.is_new
                    RETURNING p.external_ref
                )
                INSERT INTO post_rejects (row, external_ref, reason)
                SELECT r.row, r.external_ref, %s
                  FROM post_rows r JOIN gone USING (external_ref)
                    ON CONFLICT (row) DO NOTHING
                """,
                f"no_{missing[0]}",
            )
        )
