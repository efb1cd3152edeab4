from odoo import api, models

from odoo.addons.payment import utils as payment_utils


class PaymentProvider(models.Model):
    _inherit = "payment.provider"

    def _review_is_promise(self):
        """Whether paying with it is a promise: transfers, cash on delivery, on site."""
        self.ensure_one()
        return self.code == "custom"

    @api.model
    def _get_compatible_providers(
        self, company_id, *args, sale_order_id=None, report=None, **kwargs
    ):
        """Override of `payment` to leave out promises for orders to be paid first."""
        providers = super()._get_compatible_providers(
            company_id, *args, sale_order_id=sale_order_id, report=report, **kwargs
        )
        order_sudo = self.env["sale.order"].sudo().browse(sale_order_id or [])
        # of what a page has read nobody asks again whether it is there
        if order_sudo and "state" not in order_sudo._cache:
            order_sudo = order_sudo.exists()
        if not order_sudo or not order_sudo._review_is_paid_first():
            return providers
        promises = providers.filtered(lambda provider: provider._review_is_promise())
        payment_utils.add_to_report(
            report,
            promises,
            available=False,
            reason=self.env._("the order must be paid before it is confirmed"),
        )
        return providers - promises
