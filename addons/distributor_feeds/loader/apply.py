"""Differences become offers; what they overwrite becomes history."""

from __future__ import annotations

from collections.abc import Sequence

from odoo.tools import SQL

from odoo.addons.trade_network.indexes import built_after

from .planning import by_hash, by_place
from .spec import ITEM, PRICE, STOCK, VALUES, Spec

OVERWRITTEN = tuple(STOCK) + tuple(PRICE)


def names(columns: Sequence[str], prefix: str = "") -> SQL:
    """Return a list of column names, each after ``prefix.`` if there is one."""
    before = SQL("%s.", SQL.identifier(prefix)) if prefix else SQL("")
    return SQL(", ").join(SQL("%s%s", before, SQL.identifier(name)) for name in columns)


def _item(fields: Sequence[str]) -> SQL:
    """Return the old description of ``offer`` as JSON, or null if ``c`` does not
    change it.
    """
    written = [name for name in fields if name in ITEM]
    if not written:
        return SQL("NULL::jsonb")
    return SQL(
        "CASE WHEN ROW(%s) IS DISTINCT FROM ROW(%s) THEN jsonb_build_object(%s) END",
        names(written, "offer"),
        names(written, "c"),
        SQL(", ").join(
            SQL("%s, offer.%s", SQL(f"'{name}'"), SQL.identifier(name)) for name in ITEM
        ),
    )


def remember(cr, spec: Spec, source: SQL, item: SQL) -> None:
    """Copy offers into the history before they are overwritten.

    :param source: ``FROM`` items and condition that join ``distributor_offer`` as
    ``offer``
    :param item: the old description as JSON, null when it stays
    """
    cr.execute(
        SQL(
            """
            INSERT INTO distributor_offer_history
                   (run_id, feed_id, offer_id, at, slot_hash, slot_feed_id,
                   offer_run_id,
                    behind_since, item, %(columns)s)
            SELECT %(run)s, %(feed)s, offer.id, %(now)s, offer.%(hash)s,
            offer.%(slot_feed)s,
                   offer.run_id, offer.behind_since, %(item)s, %(old)s
              FROM %(source)s
            """,
            columns=names(OVERWRITTEN),
            run=spec.run_id,
            feed=spec.feed_id,
            now=spec.now,
            hash=SQL.identifier(f"{spec.slot}_hash"),
            slot_feed=SQL.identifier(f"{spec.slot}_feed_id"),
            item=item,
            old=names(OVERWRITTEN, "offer"),
            source=source,
        )
    )


def prepare(cr) -> None:
    """Set what this transaction needs of the planner and its memory; clear the
    table.
    """
    cr.execute(
        "DROP TABLE IF EXISTS feed_lines, feed_diff, feed_rows, feed_rejects, "
        "feed_repeats, feed_changes, feed_lost, feed_gone"
    )
    cr.execute("SET LOCAL work_mem = '96MB'; SET LOCAL jit = off")
    # A worker that was killed is noticed in the middle of a statement, where
    # PostgreSQL can
    # (from version 14 on): the next run need not wait for what nobody asks any more.
    cr.execute(
        """
        SELECT set_config(name, '5s', true) FROM pg_settings
         WHERE name = 'client_connection_check_interval'
        """
    )
    by_hash(cr)


def update(cr, spec: Spec, fields: Sequence[str]) -> int:
    """Write changed rows to their offers.

    :return: number of offers
    """
    cr.execute("SELECT EXISTS (SELECT FROM feed_changes WHERE place IS NOT NULL)")
    if not cr.fetchone()[0]:
        return 0
    by_place(cr)
    remember(
        cr,
        spec,
        SQL("feed_changes c JOIN distributor_offer offer ON offer.ctid = c.place"),
        _item(fields),
    )
    values = [name for name in fields if name in VALUES]
    cr.execute(
        SQL(
            """
            UPDATE distributor_offer offer
               SET %(values)s,
                   %(hash)s = c.hash,
                   %(feed)s = %(feed_id)s,
                   run_id = %(run)s,
                   behind_since = NULL
              FROM feed_changes c
             WHERE offer.ctid = c.place
            """,
            values=SQL(", ").join(
                SQL("%s = c.%s", SQL.identifier(name), SQL.identifier(name))
                for name in values
            ),
            hash=SQL.identifier(f"{spec.slot}_hash"),
            feed=SQL.identifier(f"{spec.slot}_feed_id"),
            feed_id=spec.feed_id,
            run=spec.run_id,
        )
    )
    updated = cr.rowcount
    by_hash(cr)
    return updated


def next_id(cr) -> int:
    """Return a number that no offer made from now on is below."""
    cr.execute("SELECT last_value FROM distributor_offer_id_seq")
    return cr.fetchone()[0]


def insert(cr, spec: Spec, fields: Sequence[str]) -> int:
    """Create offers of codes that are new; in the order of the index, which is
    cheapest.

    :return: number of offers
    """
    values = [name for name in fields if name in VALUES]
    with built_after(cr, "distributor_offer"):
        cr.execute(
            SQL(
                """
                INSERT INTO distributor_offer
                       (account_id, distributor_id, company_id, code, warehouse,
                        %(hash)s, %(feed)s, create_run_id, run_id, %(values)s)
                SELECT %(account)s, %(distributor)s, %(company)s, c.code, c.warehouse,
                       c.hash, %(feed_id)s, %(run)s, %(run)s, %(new)s
                  FROM feed_changes c
                 WHERE c.offer_id IS NULL
                 ORDER BY c.code, c.warehouse
                """,
                hash=SQL.identifier(f"{spec.slot}_hash"),
                feed=SQL.identifier(f"{spec.slot}_feed_id"),
                values=names(values),
                new=names(values, "c"),
                account=spec.account_id,
                distributor=spec.distributor_id,
                company=spec.company_id,
                feed_id=spec.feed_id,
                run=spec.run_id,
            )
        )
        created = cr.rowcount
    if created and spec.slot == "stock" and "price" not in fields:
        _inherit_prices(cr, spec)
    return created


def _inherit_prices(cr, spec: Spec) -> None:
    """Give offers in new warehouses the price their code has in the others."""
    columns = (*PRICE, "price_hash", "price_feed_id")
    cr.execute(
        SQL(
            """
            UPDATE distributor_offer offer
               SET (%(columns)s) = ROW(%(known)s)
              FROM (
                    SELECT DISTINCT ON (code) code, %(columns)s
                      FROM distributor_offer
                     WHERE account_id = %(account)s AND price_hash IS NOT NULL
                     ORDER BY code, warehouse
                   ) known
             WHERE offer.account_id = %(account)s
               AND offer.create_run_id = %(run)s
               AND offer.price_hash IS NULL
               AND offer.code = known.code
            """,
            columns=names(columns),
            known=names(columns, "known"),
            account=spec.account_id,
            run=spec.run_id,
        )
    )
