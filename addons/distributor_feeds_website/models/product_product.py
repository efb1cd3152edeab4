from odoo import api, fields, models


class ProductProduct(models.Model):
    _inherit = "product.product"

    distributors_qty = fields.Float(
        "Available at Distributors",
        compute="_compute_distributors_qty",
        compute_sudo=True,
        digits="Product Unit",
        groups="base.group_user",
    )

    @api.depends_context("company")
    def _compute_distributors_qty(self):
        """Compute it for a list at once, as core does for its own stock."""
        promises = self._promises(own=False)
        for product in self:
            told = promises.get(product.id)
            product.distributors_qty = told.most.quantity if told else 0.0

    def _shop_promise(self, website):
        """What the page of this product says about its stock.

        :return: as `website._promise_told`; None when there is nothing to say, or when
            the page itself says that it cannot be bought
        """
        self.ensure_one()
        told = website._shop_promises(self).get(self.id)
        words = told and website._promise_told(self, told)
        return words if words and words["state"] != "unavailable" else None
