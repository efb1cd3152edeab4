from odoo import fields, models

from ..const import POLICIES


class ProductTemplate(models.Model):
    _inherit = "product.template"

    prebook_policy = fields.Selection(
        POLICIES,
        string="Prebook",
        company_dependent=True,
        help="Whether order lines of this product become prebooks: booked, but neither "
        "invoiced nor shipped until they are checked out. Empty: as the company says.",
    )

    def _prebook_policy(self, company):
        """The policy that holds for this product in a company: a key of POLICIES."""
        self.ensure_one()
        own = self.with_company(company).prebook_policy
        return own or company.sudo().prebook_policy
