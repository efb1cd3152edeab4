"""Offers that a file no longer names, or names in a way that cannot be used."""

from __future__ import annotations

from odoo.tools import SQL

from .apply import remember
from .planning import by_hash, by_place
from .spec import Spec

# What a missing offer loses, by what the feed owns.
LOST = {
    "stock": "quantity = 0, quantity_more = FALSE, incoming_qty = NULL, "
    "incoming_date = NULL",
    "price": "price = NULL, price_breaks = NULL, call_for_price = TRUE",
    "item": "end_of_life = TRUE",
}


def mark(cr, spec: Spec) -> int:
    """Deal with offers whose record is gone, as the feed is set.

    Offers of rejected rows are not missing: they keep their values and fall behind. A
    row whose code
    cannot be read could be anybody's, so with such a row in the file nothing is taken
    for missing.

    :return: number of missing offers
    """
    cr.execute("SELECT EXISTS (SELECT FROM feed_rejects WHERE code IS NULL)")
    unsure = cr.fetchone()[0]
    cr.execute(
        """
        CREATE TEMP TABLE feed_lost ON COMMIT DROP AS
        SELECT gone.offer_id, gone.place
          FROM feed_diff gone
          LEFT JOIN feed_changes c ON c.offer_id = gone.offer_id
         WHERE gone.offer_id IS NOT NULL
           AND c.offer_id IS NULL
        """
    )
    by_place(cr)
    cr.execute(
        """
        CREATE TEMP TABLE feed_gone ON COMMIT DROP AS
        SELECT lost.offer_id, lost.place, offer.code, offer.warehouse, FALSE AS rejected
          FROM feed_lost lost
          JOIN distributor_offer offer ON offer.ctid = lost.place
        """
    )
    by_hash(cr)
    cr.execute(
        """
        UPDATE feed_gone gone
           SET rejected = TRUE
          FROM feed_rejects r
         WHERE r.code = gone.code AND r.warehouse = gone.warehouse
        """
    )
    keeps = unsure or spec.delta or spec.missing == "keep"
    behind = SQL("TRUE") if keeps else SQL("gone.rejected")
    if spec.delta:
        behind = SQL("gone.rejected")
    by_place(cr)
    _fall_behind(cr, spec, behind)
    if keeps:
        return 0
    source = SQL(
        """
        distributor_offer offer JOIN feed_gone gone ON gone.place = offer.ctid
         WHERE NOT gone.rejected
        """
    )
    ends = SQL("jsonb_build_object('end_of_life', offer.end_of_life)")
    by_place(cr)
    remember(cr, spec, source, ends)
    lost = SQL(LOST[spec.slot])
    if spec.missing == "end" and spec.slot != "item":
        lost = SQL("%s, end_of_life = TRUE", lost)
    # Without a hash the record is new when it comes back, even if it is the same.
    cr.execute(
        SQL(
            """
            UPDATE distributor_offer offer
               SET %(lost)s, %(hash)s = NULL, run_id = %(run)s, behind_since = %(now)s
              FROM feed_gone gone
             WHERE gone.place = offer.ctid
               AND NOT gone.rejected
            """,
            lost=lost,
            hash=SQL.identifier(f"{spec.slot}_hash"),
            run=spec.run_id,
            now=spec.now,
        )
    )
    marked = cr.rowcount
    by_hash(cr)
    return marked


def _fall_behind(cr, spec: Spec, condition: SQL) -> None:
    """Date the offers that keep old values; free those whose record is back as it
    was.
    """
    cr.execute(
        SQL(
            """
            UPDATE distributor_offer offer
               SET behind_since = %(now)s
              FROM feed_gone gone
             WHERE gone.place = offer.ctid
               AND offer.behind_since IS NULL
               AND %(condition)s
            """,
            now=spec.now,
            condition=condition,
        )
    )
    by_hash(cr)
    cr.execute(
        SQL(
            """
            UPDATE distributor_offer offer
               SET behind_since = NULL
             WHERE offer.account_id = %(account)s
               AND offer.%(feed)s = %(feed_id)s
               AND offer.%(hash)s IS NOT NULL
               AND offer.behind_since IS NOT NULL
               AND NOT EXISTS (
                    SELECT FROM feed_diff WHERE feed_diff.offer_id = offer.id
               )
            """,
            account=spec.account_id,
            feed=SQL.identifier(f"{spec.slot}_feed_id"),
            feed_id=spec.feed_id,
            hash=SQL.identifier(f"{spec.slot}_hash"),
        )
    )
