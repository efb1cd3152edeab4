from odoo import fields, models


class ProductPublicCategory(models.Model):
    _inherit = "product.public.category"

    quick_order = fields.Boolean(
        string="Quick Order Form",
        help="Shows the products of this category as an order form: a quantity box for "
        "every product and one button for all of them.",
    )
