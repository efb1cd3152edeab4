from stdnum import ean
from stdnum.exceptions import ValidationError

from odoo import api, fields, models
from odoo.tools import SQL

from ..loader.matching import normalise
from .distributor_feed_run_lock import LOCK_ACCOUNT

# What decides which offers are the product.
MATCHED_BY = {"mpn", "barcode", "active", "product_tmpl_id"}


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product", "distributor.offered"]

    mpn = fields.Char(
        "Manufacturer Part Number",
        copy=False,
        help="The manufacturer's own number. With the manufacturer it tells which "
        "distributors' offers are this product.",
    )
    part_key = fields.Char(
        compute="_compute_part_key", store=True, index="btree_not_null"
    )
    gtin14 = fields.Char(
        "GTIN", compute="_compute_gtin14", store=True, index="btree_not_null"
    )
    offer_ids = fields.One2many(
        "distributor.offer", "product_id", "Distributors' Offers"
    )

    @api.depends("mpn", "product_tmpl_id.manufacturer")
    def _compute_part_key(self):
        for product in self:
            manufacturer = normalise(product.product_tmpl_id.manufacturer)
            number = normalise(product.mpn)
            product.part_key = (
                f"{manufacturer}|{number}" if manufacturer and number else False
            )

    @api.depends("barcode")
    def _compute_gtin14(self):
        """Barcodes with a wrong check digit (GS1 General Specifications, 7.9) are no
        GTIN."""
        for product in self:
            try:
                digits = ean.validate(product.barcode or "")
            except ValidationError:
                digits = ""
            product.gtin14 = digits.zfill(14) if digits.strip("0") else False

    @api.model_create_multi
    def create(self, vals_list):
        """Offers that waited for these products find them."""
        products = super().create(vals_list)
        self.env["distributor.match.queue"]._note_products(products)
        return products

    def write(self, vals):
        """Offers lose products they no longer fit, and find those they fit now."""
        if MATCHED_BY.isdisjoint(vals):
            return super().write(vals)
        queue = self.env["distributor.match.queue"]
        queue._note_products(self)
        result = super().write(vals)
        queue._note_products(self)
        return result

    def unlink(self):
        """Free the offers: the database does not look after their product."""
        self._free_offers()
        return super().unlink()

    def _free_offers(self):
        """Leave offers without a product, after a load that may be running."""
        products = self.exists()
        if not products:
            return
        self.env["distributor.match.queue"]._note_products(products)
        accounts = self.env.execute_query(
            SQL(
                "SELECT DISTINCT account_id FROM distributor_offer "
                "WHERE product_id IN %s "
                "ORDER BY account_id",
                tuple(products.ids),
            )
        )
        for (account,) in accounts:
            self.env.execute_query(
                SQL("SELECT pg_advisory_xact_lock(%s, %s)", LOCK_ACCOUNT, account)
            )
        self.env.cr.execute(
            SQL(
                "UPDATE distributor_offer SET product_id = NULL, matched_by = NULL "
                "WHERE product_id IN %s",
                tuple(products.ids),
            )
        )
        self.env["distributor.offer"].invalidate_model(["product_id", "matched_by"])

    def _offered_products(self):
        return self
