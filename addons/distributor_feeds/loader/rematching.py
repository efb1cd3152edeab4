"""Products, codes or decisions have changed: the offers that this may touch are judged
anew."""

from __future__ import annotations

from collections.abc import Collection

from odoo.tools import SQL

from .matching import gtin_of, match_where, normal, part_of
from .planning import planned

# Products that are noted, and those that share a key with what is noted: what one loses
# or gains may be another's.
CONCERNED = """
WITH noted AS (
    SELECT * FROM distributor_match_queue WHERE id IN %(noted)s
), product AS (
    SELECT product_id AS id, product_tmpl_id FROM noted WHERE product_id IS NOT NULL
    UNION
    SELECT p.id, p.product_tmpl_id
      FROM noted JOIN product_product p ON p.part_key = noted.part_key
    UNION
    SELECT p.id, p.product_tmpl_id
      FROM noted JOIN product_product p ON p.gtin14 = noted.gtin14
), code AS (
    SELECT account_id, code FROM noted WHERE code IS NOT NULL
    UNION
    SELECT m.account_id, m.code
      FROM product JOIN distributor_match m ON m.product_id = product.id
    UNION
    SELECT account.id, info.product_code
      FROM product
      JOIN product_supplierinfo info ON info.product_tmpl_id = product.product_tmpl_id
      JOIN distributor_account account ON account.distributor_id = info.partner_id
     WHERE info.product_code IS NOT NULL
), concerned AS (
    SELECT o.id, o.account_id
      FROM code JOIN distributor_offer o
        ON o.account_id = code.account_id AND o.code = code.code
    UNION
    SELECT o.id, o.account_id
      FROM product JOIN distributor_offer o ON o.product_id = product.id
    UNION
    SELECT o.id, o.account_id
      FROM noted JOIN distributor_offer o ON hashtext(%(number)s) =
      hashtext(noted.number)
     WHERE o.product_id IS NULL AND o.mpn IS NOT NULL AND %(part)s = noted.part_key
    UNION
    SELECT o.id, o.account_id
      FROM noted JOIN distributor_offer o ON hashtext(%(gtin)s) = hashtext(noted.gtin14)
     WHERE o.product_id IS NULL AND o.gtin IS NOT NULL AND %(gtin)s = noted.gtin14
)
"""


def _concerned(noted: Collection[int], columns: str) -> SQL:
    return SQL(
        CONCERNED + "SELECT DISTINCT %(columns)s FROM concerned",
        noted=tuple(noted),
        number=normal("o.mpn"),
        part=part_of("o"),
        gtin=gtin_of("o"),
        columns=SQL(columns),
    )


def _by_index(cr):
    """Read by index alone: of a new feed the statistics know nothing."""
    return planned(cr, nestloop=True, hashjoin=False, mergejoin=False, seqscan=False)


def accounts_concerned(cr, noted: Collection[int]) -> list[int]:
    """Return the accounts that have offers to judge anew, in a fixed order.

    :param noted: ids of ``distributor_match_queue``, one or more
    """
    with _by_index(cr):
        cr.execute(_concerned(noted, "account_id"))
        return sorted(account for (account,) in cr.fetchall())


def rematch(cr, account_id: int, noted: Collection[int]) -> int:
    """Judge the offers of an account anew that are concerned by what is noted.

    The caller holds the lock of the account.

    :param noted: ids of ``distributor_match_queue``, one or more
    :return: number of offers that found a product, or another one
    """
    with _by_index(cr):
        cr.execute(_concerned(noted, "id, account_id"))
        offers = [offer for offer, account in cr.fetchall() if account == account_id]
        return match_where(cr, SQL("id = ANY(%s)", offers)) if offers else 0
