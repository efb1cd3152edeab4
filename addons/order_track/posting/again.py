"""Whose records are, looked up anew after a relation or a customer changed."""

from __future__ import annotations

from odoo.tools import SQL

from . import accounts
from .judging import PARTIES
from .kinds import KINDS

#: Customers first: they say whose the orders of their accounts are.
_ACCOUNTED = ("customer", "order", "reserve", "freight")


def resolve_again(cr, distributor_id, keys, today, company_id=None):
    """Find out anew whose the records under some account numbers are.

    What cannot be told any more is nobody's: only the distributor sees it.

    :param keys: account numbers as ``accounts.key`` has them; ``None`` for all
    :return: names of the kinds of which records were changed
    """
    accounts.relations(cr, distributor_id, company_id)
    changed = []
    for name in _ACCOUNTED:
        if _one(cr, KINDS[name], distributor_id, keys, today):
            changed.append(name)
    return changed


def _one(cr, kind, distributor_id, keys, today):
    table = SQL.identifier(kind.table)
    day = SQL("t.%s", SQL.identifier(kind.day)) if kind.day else SQL("NULL::date")
    concerned = SQL("t.distributor_id = %s", distributor_id)
    if keys is not None:
        named = SQL(" OR ").join(
            SQL("%s = ANY(%s)", accounts.key(f"t.{number}"), list(keys))
            for number in accounts.NUMBERS
        )
        concerned = SQL("%s AND (%s)", concerned, named)
    numbers = [
        SQL("COALESCE(t.%s, '')", SQL.identifier(number)) for number in accounts.NUMBERS
    ]
    asked = SQL(
        "SELECT DISTINCT %s, %s AS on_date FROM %s t WHERE %s",
        SQL(", ").join(
            SQL("%s AS %s", value, SQL.identifier(number))
            for value, number in zip(numbers, accounts.NUMBERS, strict=True)
        ),
        day,
        table,
        concerned,
    )
    accounts.resolve(cr, distributor_id, asked, today, own=kind.account == "own")
    found = [
        SQL("CASE WHEN a.problem IS NULL THEN a.%s END", SQL.identifier(party))
        for party in PARTIES
    ]
    cr.execute(
        SQL(
            """
            UPDATE %(table)s t
               SET (%(columns)s) = ROW(%(found)s)
              FROM post_accounts a
             WHERE %(concerned)s AND %(same)s
               AND COALESCE(a.on_date, 'infinity') = COALESCE(%(day)s, 'infinity')
               AND ROW(%(mine)s) IS DISTINCT FROM ROW(%(found)s)
            """,
            table=table,
            columns=SQL(", ").join(map(SQL.identifier, PARTIES)),
            mine=SQL(", ").join(SQL("t.%s", SQL.identifier(p)) for p in PARTIES),
            found=SQL(", ").join(found),
            concerned=concerned,
            day=day,
            same=SQL(" AND ").join(
                SQL("a.%s = %s", SQL.identifier(number), value)
                for value, number in zip(numbers, accounts.NUMBERS, strict=True)
            ),
        )
    )
    return cr.rowcount
