from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.trade_network.context import as_system

# a link that ends sooner is not mailed any more
_LEAST_DAYS = 30


class TrackLink(models.Model):
    """A signed link to the tracking page of one order: no login, no prices."""

    _name = "track.link"
    _inherit = ["trade.link"]
    _description = "Link to a Tracking Page"

    _link_days = 90

    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)

    def _path(self):
        return "/track"

    @api.model
    def _of(self, order, email):
        """The link of somebody to an order; a new one if he has none that will last.

        :param order: ``sale.order``
        :param str email: whom it is mailed to
        :return: ``track.link`` as superuser
        """
        link_sudo = as_system(self)
        found = link_sudo.search(
            [
                ("order_id", "=", order.id),
                ("email", "=", email),
                ("revoked_at", "=", False),
                (
                    "expires_at",
                    ">",
                    fields.Datetime.now() + timedelta(days=_LEAST_DAYS),
                ),
            ],
            limit=1,
        )
        return found or link_sudo.create({"order_id": order.id, "email": email})
