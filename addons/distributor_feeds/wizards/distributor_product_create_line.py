from odoo import fields, models


class DistributorProductCreateLine(models.TransientModel):
    """A product that offers would become."""

    _name = "distributor.product.create.line"
    _description = "Product to Create from Offers"
    _inherit = "distributor.offer.dialog"
    _order = "id"

    dialog_id = fields.Many2one(
        "distributor.product.create", required=True, ondelete="cascade", index=True
    )
    chosen = fields.Boolean("Create")
    name = fields.Char(required=True)
    manufacturer = fields.Char()
    mpn = fields.Char("Part Number")
    barcode = fields.Char(readonly=True)
    barcode_note = fields.Char("No Barcode Because", readonly=True)
    weight = fields.Float(help="In kilograms.", digits="Stock Weight")
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: self.env.company.currency_id, readonly=True
    )
    standard_price = fields.Monetary(
        "Cost", help="The lowest price of these offers, in your company's currency."
    )
    existing_product_id = fields.Many2one(
        "product.product",
        "Exists Already",
        readonly=True,
        ondelete="cascade",
        help="This product fits: choose the line to match the offers with it.",
    )
    several_fit = fields.Boolean(readonly=True)
    distributors = fields.Char("Offered By", compute="_compute_distributors")

    def _compute_distributors(self):
        for line in self:
            names = {offer.account_id.display_name for offer in line.offer_ids}
            line.distributors = ", ".join(sorted(names))

    def _product_values(self):
        """Return the values of the new product."""
        dialog = self.dialog_id
        values = {
            "name": self.name,
            "type": "consu",
            "is_storable": dialog.is_storable,
            "sale_ok": dialog.sale_ok,
            "manufacturer": self.manufacturer,
            "mpn": self.mpn,
            "barcode": self.barcode,
            "weight": self.weight,
            "standard_price": self.standard_price,
        }
        if dialog.categ_id:
            values["categ_id"] = dialog.categ_id.id
        return values
