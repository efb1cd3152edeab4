from collections import defaultdict

from odoo import models
from odoo.tools import SQL


class SaleQuickCodes(models.AbstractModel):
    """Finds the products that codes stand for: ours, barcodes, the customer's own.

    Only private methods: nothing of this can be called from outside.
    """

    _name = "sale.quick.codes"
    _description = "Product Codes of Quick Orders"

    def _find(self, codes, website):
        """Products that the visitor may order by these codes, in a few statements.

        Capitals do not matter.  A code of ours counts before a barcode, that before
        the barcode of a packaging, and that before a code of the customer.

        :param codes: codes as they were written
        :param website: ``website`` of the visitor
        :return: ``{code in small letters: [(product, unit id or 0)]}``
        """
        return self._find_and_tell(codes, website)[0]

    def _find_and_tell(self, codes, website):
        """The same, and why codes that staff knows stand for nothing to be ordered.

        :return: what :meth:`_find` returns, and ``{code in small letters: reason}``
        """
        wanted = sorted({code.strip().lower() for code in codes} - {""})
        if not wanted:
            return {}, {}
        found = defaultdict(list)  # code -> [(rank, product id, uom id)]
        for rank, rows in enumerate(self._read(wanted)):
            for code, product_id, uom_id in rows:
                found[code].append((rank, product_id, uom_id))
        ids = {product_id for hits in found.values() for _r, product_id, _u in hits}
        products = self.env(su=False)["product.product"].browse(sorted(ids))
        obstacles = products._quick_order_obstacles(website)
        allowed = products.filtered(lambda product: product.id not in obstacles)
        allowed = allowed.grouped("id")
        result, reasons = {}, {}
        for code, hits in found.items():
            if self.env.user._is_internal() and not any(h[1] in allowed for h in hits):
                why = obstacles[hits[0][1]]
                reasons[code] = products._quick_order_refusal(why)
            hits = [hit for hit in hits if hit[1] in allowed]
            best = min((rank for rank, _p, _u in hits), default=0)
            result[code] = [
                (allowed[product_id], uom_id)
                for rank, product_id, uom_id in hits
                if rank == best
            ]
        return result, reasons

    def _read(self, wanted):
        """Rows ``(code, product id, unit id or 0)``, by kind of code."""
        self.env["product.product"].flush_model(["default_code", "barcode", "active"])
        self.env["product.uom"].flush_model(["barcode", "product_id", "uom_id"])
        for column in ("default_code", "barcode"):
            name = SQL.identifier(column)
            yield self.env.execute_query(
                SQL(
                    "SELECT lower(%s), id, 0 FROM product_product"
                    " WHERE active AND lower(%s) = ANY(%s) ORDER BY id",
                    name,
                    name,
                    wanted,
                )
            )
        yield self.env.execute_query(
            SQL(
                "SELECT lower(barcode), product_id, uom_id FROM product_uom"
                " WHERE lower(barcode) = ANY(%s) AND product_id IS NOT NULL"
                " ORDER BY id",
                wanted,
            )
        )
        references = self.env["product.customer.reference"]._of_visitor([])
        wanted = set(wanted)
        yield [
            (reference.code.lower(), reference.product_id.id, 0)
            for reference in references
            if reference.code.lower() in wanted
        ]
