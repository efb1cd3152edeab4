"""Offers find their products: by a person's word, code, manufacturer and part number,
GTIN."""

from __future__ import annotations

from collections.abc import Collection
from string import ascii_lowercase, ascii_uppercase

from odoo.tools import SQL

from .planning import planned

# What people write differently in one and the same part number.
IGNORED = " -._/\\#()+,"
# Letters beyond ASCII stay as they are: which are the same depends on the database's
# locale.
FOLDED = str.maketrans(ascii_uppercase, ascii_lowercase, IGNORED)


def normalise(text: str | None) -> str:
    """Return a manufacturer or part number as it is compared."""
    return (text or "").translate(FOLDED)


def normal(column: str) -> SQL:
    """Return `normalise` of a column, as an index holds it."""
    return SQL(
        "lower(translate(%s, '%s', '') COLLATE \"C\")", SQL(column), SQL(IGNORED)
    )


def part_of(alias: str) -> SQL:
    """Return ``product_product.part_key`` of an offer.

    :param alias: of the offer's table
    """
    return SQL(
        "(%s || '|' || %s)", normal(f"{alias}.manufacturer"), normal(f"{alias}.mpn")
    )


def gtin_of(alias: str) -> SQL:
    """Return ``product_product.gtin14`` of an offer.

    :param alias: of the offer's table; empty in the definition of an index
    """
    return SQL("lpad(%s, 14, '0')", SQL(f"{alias}.gtin" if alias else "gtin"))


def _ways() -> list[tuple[str, SQL]]:
    """Each answers ``(offer_id, product_id)`` for the rows of ``matching``; the first
    way that knows an offer decides."""
    person = SQL(
        """
        SELECT o.id AS offer_id, known.product_id
          FROM matching o
          JOIN distributor_match known ON known.account_id = o.account_id AND
          known.code = o.code
        """
    )
    code = SQL(
        """
        SELECT o.id AS offer_id,
               COALESCE(info.product_id, (
                   SELECT min(p.id) FROM product_product p
                    WHERE p.product_tmpl_id = info.product_tmpl_id AND p.active
                   HAVING count(*) = 1
               )) AS product_id
          FROM matching o
          JOIN distributor_account account ON account.id = o.account_id
          JOIN product_supplierinfo info
            ON info.partner_id = account.distributor_id AND info.product_code = o.code
         WHERE info.company_id IS NULL OR o.company_id IS NULL OR info.company_id =
         o.company_id
        """
    )
    part = SQL(
        """
        SELECT o.id AS offer_id, p.id AS product_id
          FROM matching o
          JOIN product_product p ON p.part_key = %s
         WHERE o.mpn IS NOT NULL AND o.manufacturer IS NOT NULL
        """,
        part_of("o"),
    )
    gtin = SQL(
        """
        SELECT o.id AS offer_id, p.id AS product_id
          FROM matching o
          JOIN product_product p ON p.gtin14 = %s
         WHERE o.gtin IS NOT NULL
        """,
        gtin_of("o"),
    )
    return [("person", person), ("code", code), ("part", part), ("gtin", gtin)]


def pairs(query: SQL) -> SQL:
    """Return the pairs of a way that nobody refused, of products that may be sold."""
    return SQL(
        """
        SELECT pair.offer_id, pair.product_id
          FROM (%s) pair
          JOIN matching o ON o.id = pair.offer_id
          JOIN product_product p ON p.id = pair.product_id
          JOIN product_template t ON t.id = p.product_tmpl_id
          LEFT JOIN distributor_match_refusal refused
            ON refused.account_id = o.account_id
           AND refused.code = o.code
           AND refused.product_id = pair.product_id
         WHERE p.active
           AND refused.id IS NULL
           AND (t.company_id IS NULL OR o.company_id IS NULL OR t.company_id =
           o.company_id)
        """,
        query,
    )


MATCHING = SQL(
    "SELECT id, ctid AS place, account_id, code, manufacturer, mpn, gtin, company_id, "
    "product_id, matched_by FROM distributor_offer"
)


def match_products(cr, run_id: int) -> int:
    """Give offers that a run made or described anew their product, where exactly one
    fits.

    Two or more that fit in the same way leave the offer ``ambiguous``: nobody guesses.
    Stock and prices say nothing about what is offered: offers of which only these
    changed keep what was found.

    :return: number of offers that found a product
    """
    cr.execute(
        """
        SELECT offer_id FROM distributor_offer_history
         WHERE run_id = %s AND item IS NOT NULL
        """,
        (run_id,),
    )
    described = [offer for (offer,) in cr.fetchall()]
    cr.execute(
        "SELECT EXISTS (SELECT FROM distributor_offer WHERE create_run_id = %s)",
        (run_id,),
    )
    # Where both can be, each is read by its index: never the whole table.
    found = 0
    if cr.fetchone()[0]:
        found += match_where(
            cr, SQL("create_run_id = %s AND product_id IS NULL", run_id)
        )
    if described:
        found += match_where(
            cr,
            SQL(
                "id = ANY(%s) AND create_run_id IS DISTINCT FROM %s "
                "AND product_id IS NULL",
                described,
                run_id,
            ),
        )
    return found


def match_where(cr, condition: SQL) -> int:
    """Judge offers anew: they find a product, lose it, or change it.

    :param condition: on the columns of ``distributor_offer``
    :return: number of offers that found a product, or another one
    """
    # By the index of what is asked for: no offer of others is read.
    with planned(cr, seqscan=False):
        cr.execute(
            SQL(
                "CREATE TEMP TABLE matching ON COMMIT DROP AS %s WHERE %s",
                MATCHING,
                condition,
            )
        )
    cr.execute(
        """
        CREATE TEMP TABLE matched (offer_id int4, product_id int4, way varchar) ON
        COMMIT DROP
        """
    )
    for way, query in _ways():
        cr.execute(
            SQL(
                """
                INSERT INTO matched
                SELECT pair.offer_id,
                       CASE WHEN count(DISTINCT pair.product_id) = 1 THEN
                       min(pair.product_id) END,
                       CASE WHEN count(DISTINCT pair.product_id) = 1 THEN %s ELSE
                       'ambiguous' END
                  FROM (%s) pair
                  LEFT JOIN matched done ON done.offer_id = pair.offer_id
                 WHERE done.offer_id IS NULL
                 GROUP BY pair.offer_id
                """,
                way,
                pairs(query),
            )
        )
    cr.execute(
        """
        CREATE TEMP TABLE rematched ON COMMIT DROP AS
        SELECT o.place, matched.product_id, matched.way
          FROM matching o
          LEFT JOIN matched ON matched.offer_id = o.id
         WHERE (o.product_id, o.matched_by) IS DISTINCT FROM (matched.product_id,
         matched.way)
        """
    )
    # By place: cost follows the changes alone, never the whole table.
    with planned(cr, nestloop=True, hashjoin=False, mergejoin=False):
        cr.execute(
            """
            WITH written AS (
                UPDATE distributor_offer offer
                   SET product_id = rematched.product_id, matched_by = rematched.way
                  FROM rematched
                 WHERE offer.ctid = rematched.place
                RETURNING offer.product_id
            )
            SELECT count(product_id) FROM written
            """
        )
        found = cr.fetchone()[0]
    cr.execute("DROP TABLE matching, matched, rematched")
    return found


def fitting(cr, offer_ids: Collection[int]) -> dict[int, list[int]]:
    """Return the products that fit offers, by the first way that knows any.

    :return: ids of products in their order, by id of the offer; no offer without a
        product
    """
    found: dict[int, list[int]] = {}
    for _way, query in _ways():
        missing = tuple(id_ for id_ in offer_ids if id_ not in found)
        if not missing:
            break
        cr.execute(
            SQL(
                """
                WITH matching AS (%s WHERE id IN %s)
                SELECT offer_id, array_agg(DISTINCT product_id) FROM (%s) pair GROUP BY
                offer_id
                """,
                MATCHING,
                missing,
                pairs(query),
            )
        )
        found.update(cr.fetchall())
    return found
