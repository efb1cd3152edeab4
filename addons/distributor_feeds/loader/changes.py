"""Rows meet the offers they are about."""

from __future__ import annotations

from collections.abc import Sequence

from odoo.tools import SQL

from .planning import planned
from .rails import Rails
from .spec import Spec


def drop_repeats(cr) -> None:
    """Judge rows that name the same offer more than once.

    The same line twice counts once; different lines are rejected, all of them, since
    nobody
    knows which one is meant.
    """
    cr.execute(
        """
        CREATE TEMP TABLE feed_repeats ON COMMIT DROP AS
        SELECT code, warehouse, min(hash) = max(hash) AS same, min(tid) AS first
          FROM feed_rows
         GROUP BY code, warehouse
        HAVING count(*) > 1
        """
    )
    if not cr.rowcount:
        return
    cr.execute(
        """
        WITH dropped AS (
            DELETE FROM feed_rows r
             USING feed_repeats
             WHERE r.code = feed_repeats.code
               AND r.warehouse = feed_repeats.warehouse
               AND NOT (feed_repeats.same AND r.tid = feed_repeats.first)
            RETURNING r.tid, r.code, r.warehouse, feed_repeats.same
        )
        INSERT INTO feed_rejects (tid, code, warehouse, problem)
        SELECT tid, code, warehouse, 'duplicate' FROM dropped WHERE NOT same
        """
    )


def match(cr, spec: Spec, fields: Sequence[str], known: bool, few: bool) -> None:
    """Create the temporary table ``feed_changes``: rows, the offers they change, old
    values.

    A price without a warehouse is the price of the code in every warehouse.

    :param known: see ``staging.difference``
    :param few: few of the records in the file are changed
    """
    cr.execute(
        "SELECT EXISTS (SELECT FROM distributor_offer WHERE account_id = %s)",
        (spec.account_id,),
    )
    if not cr.fetchone()[0]:
        # The first file of an account: there is nothing to find, so nothing is copied.
        cr.execute(
            """
            ALTER TABLE feed_rows RENAME TO feed_changes;
            ALTER TABLE feed_changes
                ADD offer_id int4, ADD place tid, ADD old_price numeric, ADD
                old_currency_id int4,
                ADD old_quantity numeric, ADD old_hash int8, ADD old_feed_id int4
            """
        )
        return
    everywhere = spec.kind in ("price", "catalogue") and "warehouse" not in fields
    # Both ways read the account's own part of the unique index alone. In its order
    # offers lie in their table, so that what follows goes from page to page.
    with planned(cr, nestloop=few, mergejoin=not few, hashjoin=False, seqscan=False):
        cr.execute(
            SQL(
                """
                CREATE TEMP TABLE feed_changes ON COMMIT DROP AS
                SELECT r.*,
                       offer.id AS offer_id,
                       offer.ctid AS place,
                       offer.price AS old_price,
                       offer.currency_id AS old_currency_id,
                       offer.quantity AS old_quantity,
                       offer.%(hash)s AS old_hash,
                       offer.%(feed)s AS old_feed_id
                  FROM feed_rows r
                  LEFT JOIN distributor_offer offer
                         ON offer.account_id = %(account)s
                        AND offer.code = r.code
                        AND %(warehouse)s
                """,
                hash=SQL.identifier(f"{spec.slot}_hash"),
                feed=SQL.identifier(f"{spec.slot}_feed_id"),
                account=spec.account_id,
                warehouse=SQL("TRUE")
                if everywhere
                else SQL("offer.warehouse = r.warehouse"),
            )
        )
    if spec.releasing or not known:
        return
    # Its old line is still in the file: the file says two things about one offer.
    still_there = SQL(
        """
        c.old_hash IS NOT NULL
        AND c.old_feed_id = %s
        AND NOT EXISTS (
            SELECT FROM feed_diff WHERE feed_diff.offer_id = c.offer_id
        )
        """,
        spec.feed_id,
    )
    _reject(cr, {"duplicate": still_there})


def _reject(cr, problems: dict[str, SQL]) -> None:
    """Take the changes that meet a condition (on ``c``) out, as rejected rows."""
    cr.execute(
        SQL(
            """
            WITH rejected AS (
                DELETE FROM feed_changes c WHERE %s
                RETURNING c.tid, c.code, c.warehouse, c.old_price, c.old_currency_id,
                          CASE %s END AS problem
            )
            INSERT INTO feed_rejects (tid, code, warehouse, problem, detail)
            SELECT tid, code, warehouse, problem,
                   jsonb_build_object('old_price', old_price, 'old_currency_id',
                   old_currency_id)
              FROM rejected
                ON CONFLICT DO NOTHING
            """,
            SQL(" OR ").join(SQL("(%s)", condition) for condition in problems.values()),
            SQL(" ").join(
                SQL("WHEN %s THEN %s", condition, problem)
                for problem, condition in problems.items()
            ),
        )
    )


def reject_prices(cr, fields: Sequence[str], rails: Rails) -> None:
    """Reject rows whose price or currency nobody would believe, unless a person
    released them.
    """
    if "price" not in fields:
        return
    problems = {}
    if "currency_id" in fields and "currency" not in rails.accepted:
        problems["currency"] = SQL("c.old_currency_id <> c.currency_id")
    if "price_jumps" not in rails.accepted:
        problems["price_zero"] = SQL("c.price = 0 AND c.old_price IS DISTINCT FROM 0")
        if rails.max_price_change:
            problems["price_jump"] = SQL(
                "c.old_price > 0 "
                "AND c.old_currency_id IS NOT DISTINCT FROM c.currency_id "
                "AND abs(c.price / c.old_price - 1) * 100 > %s",
                rails.max_price_change,
            )
    if problems:
        _reject(cr, problems)
