from odoo import api, fields, models
from odoo.fields import Domain


class ProductCustomerReference(models.Model):
    """How a customer names a product in his own books."""

    _name = "product.customer.reference"
    _description = "Customer's Product Code"
    _order = "partner_id, code, id"
    _rec_name = "code"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="cascade",
        help="The company of the customer: the code holds for all its people.",
    )
    product_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    code = fields.Char(string="Customer's Code", required=True, index="trigram")
    name = fields.Char(string="Customer's Name")
    company_id = fields.Many2one(
        "res.company", related="product_id.company_id", store=True
    )

    _code_uniq = models.UniqueIndex(
        "(partner_id, lower(code), product_id)",
        "This customer has this code for this product already.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._clean(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._clean(vals))

    def _clean(self, vals):
        """Codes without blanks around them, customers as companies."""
        vals = dict(vals)
        if vals.get("code"):
            vals["code"] = vals["code"].strip()
        if vals.get("partner_id"):
            partner = self.env["res.partner"].browse(vals["partner_id"])
            vals["partner_id"] = partner.commercial_partner_id.id
        return vals

    @api.model
    def _of_visitor(self, domain):
        """Codes of the customer who is shopping, or is shopped for.

        :param domain: further conditions
        :return: found with superuser rights: the products still have to be allowed
        """
        partner = self.env["website"]._quick_order_partner().commercial_partner_id
        if not partner:
            return self.sudo().browse()
        return self.sudo().search(
            Domain("partner_id", "=", partner.id) & Domain(domain), order="id"
        )
