"""Take back what the later runs of a feed did."""

from __future__ import annotations

from collections.abc import Collection

from odoo.tools import SQL

from .apply import prepare
from .spec import ITEM, PRICE, SLOT, STOCK


def undo(
    cr,
    *,
    account_id: int,
    feed_id: int,
    kind: str,
    after_run_id: int,
    written: Collection[str] = ("stock", "price"),
) -> dict:
    """Give the offers of a feed the values they had when a run had ended.

    Later runs of the feed are taken back together: of each offer the oldest remembered
    values count. Offers that those runs created are removed, unless another feed wrote
    to
    them; these lose what this feed gave.

    :param int after_run_id: the run to go back to
    :param written: which of ``stock`` and ``price`` the feed writes: the history holds
        both, and what another feed wrote meanwhile stays
    :return: numbers of offers ``restored``, ``removed`` and ``emptied``
    """
    prepare(cr)
    slot = SLOT[kind]
    columns = [
        name
        for part, names in (("stock", STOCK), ("price", PRICE))
        if part in written
        for name in names
    ]
    hash_column = SQL.identifier(f"{slot}_hash")
    feed_column = SQL.identifier(f"{slot}_feed_id")
    cr.execute(
        SQL(
            """
            UPDATE distributor_offer offer
               SET %(values)s
                   %(hash)s = past.slot_hash,
                   %(feed)s = past.slot_feed_id,
                   run_id = past.offer_run_id,
                   behind_since = past.behind_since
              FROM (
                    SELECT DISTINCT ON (offer_id) *
                      FROM distributor_offer_history
                     WHERE feed_id = %(feed_id)s AND run_id > %(run)s
                     ORDER BY offer_id, id
                   ) past
             WHERE offer.account_id = %(account)s
               AND offer.id = past.offer_id
               AND offer.create_run_id <= %(run)s
            """,
            values=SQL("").join(
                SQL("%s = past.%s,", SQL.identifier(name), SQL.identifier(name))
                for name in columns
            ),
            hash=hash_column,
            feed=feed_column,
            feed_id=feed_id,
            run=after_run_id,
            account=account_id,
        )
    )
    restored = cr.rowcount
    # The description is remembered only when it changed, and only what changed of it.
    cr.execute(
        SQL(
            """
            UPDATE distributor_offer offer
               SET %(item)s
              FROM (
                    SELECT DISTINCT ON (offer_id) offer_id, item
                      FROM distributor_offer_history
                     WHERE feed_id = %(feed_id)s AND run_id > %(run)s AND item IS NOT
                     NULL
                     ORDER BY offer_id, id
                   ) past
             WHERE offer.account_id = %(account)s
               AND offer.id = past.offer_id
            """,
            item=SQL(", ").join(
                SQL(
                    "%(column)s = CASE WHEN past.item ? %(name)s "
                    "THEN (past.item ->> %(name)s)::%(type)s ELSE offer.%(column)s END",
                    column=SQL.identifier(name),
                    name=name,
                    type=SQL(kind_of),
                )
                for name, kind_of in ITEM.items()
            ),
            feed_id=feed_id,
            run=after_run_id,
            account=account_id,
        )
    )
    others = [name for name in ("stock", "price", "item") if name != slot]
    lone = SQL(" AND ").join(
        SQL("%s IS NULL", SQL.identifier(f"{name}_hash")) for name in others
    )
    created = SQL(
        "account_id = %s AND %s = %s AND create_run_id > %s",
        account_id,
        feed_column,
        feed_id,
        after_run_id,
    )
    cr.execute(SQL("DELETE FROM distributor_offer WHERE %s AND %s", created, lone))
    removed = cr.rowcount
    lost = {
        "stock": "quantity = NULL, quantity_more = FALSE, incoming_qty = NULL, "
        "incoming_date = NULL",
        "price": "price = NULL, price_breaks = NULL, call_for_price = FALSE",
        "item": "end_of_life = FALSE",
    }[slot]
    cr.execute(
        SQL(
            "UPDATE distributor_offer SET %s, %s = NULL, %s = NULL WHERE %s",
            SQL(lost),
            hash_column,
            feed_column,
            created,
        )
    )
    emptied = cr.rowcount
    cr.execute(
        SQL(
            "DELETE FROM distributor_offer_history WHERE feed_id = %s AND run_id > %s",
            feed_id,
            after_run_id,
        )
    )
    return {"restored": restored, "removed": removed, "emptied": emptied}
