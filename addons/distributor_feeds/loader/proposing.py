"""Products that an offer may be, for a person to decide."""

from __future__ import annotations

from collections.abc import Callable, Collection

from odoo.tools import SQL

from .matching import MATCHING, gtin_of, normal, pairs

# Names that share less than this (0 to 1, as pg_trgm counts) are not worth a look.
ALIKE = 0.6
# So many names are worth one.
NAMES = 3


def _ways() -> list[tuple[str, SQL]]:
    gtin = SQL(
        """
        SELECT o.id AS offer_id, p.id AS product_id
          FROM matching o JOIN product_product p ON p.gtin14 = %s
         WHERE o.gtin IS NOT NULL
        """,
        gtin_of("o"),
    )
    number = SQL(
        """
        SELECT o.id AS offer_id, p.id AS product_id
          FROM matching o
          JOIN product_product p ON %(offered)s IN (%(mpn)s, %(reference)s)
         WHERE o.mpn IS NOT NULL AND %(offered)s <> ''
        """,
        offered=normal("o.mpn"),
        mpn=normal("p.mpn"),
        reference=normal("p.default_code"),
    )
    return [("gtin", gtin), ("number", number)]


def _by_name(unaccent: Callable[[SQL], SQL]) -> SQL:
    names = unaccent(SQL("jsonb_path_query_array(t.name, '$.*')::text"))
    name = unaccent(SQL("offer.name"))
    return SQL(
        """
        SELECT o.id AS offer_id, alike.product_id
          FROM matching o
          JOIN distributor_offer offer ON offer.id = o.id
         CROSS JOIN LATERAL (
                SELECT p.id AS product_id
                  FROM product_template t
                  JOIN product_product p ON p.product_tmpl_id = t.id AND p.active
                 WHERE %(names)s %%> %(name)s
                 ORDER BY similarity(%(names)s, %(name)s) DESC, p.id
                 LIMIT %(limit)s
               ) alike
         WHERE offer.name IS NOT NULL
        """,
        names=names,
        name=name,
        limit=NAMES,
    )


def propose(
    cr, offer_ids: Collection[int], unaccent: Callable[[SQL], SQL] | None
) -> list[tuple[int, int, str]]:
    """Return products that offers may be, those with the better reason first.

    :param offer_ids: one or more
    :param unaccent: makes a text's index expression; ``None``: names cannot be compared
    :return: triples of an offer's id, a product's id and the reason: ``gtin``,
        ``number``
        (the part number or internal reference alone) or ``name``; each pair once
    """
    ways = _ways()
    if unaccent:
        cr.execute(
            "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)",
            (str(ALIKE),),
        )
        ways.append(("name", _by_name(unaccent)))
    proposed: dict[tuple[int, int], str] = {}
    for reason, query in ways:
        cr.execute(
            SQL(
                "WITH matching AS (%s WHERE id IN %s) "
                "SELECT DISTINCT * FROM (%s) pair ORDER BY 1, 2",
                MATCHING,
                tuple(offer_ids),
                pairs(query),
            )
        )
        for pair in cr.fetchall():
            proposed.setdefault(pair, reason)
    return [(offer, product, reason) for (offer, product), reason in proposed.items()]
