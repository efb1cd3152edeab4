from odoo import fields, models
from odoo.tools import format_date

from .promise_change import Shown


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    promise_state = fields.Selection(
        [
            ("in_stock", "In stock"),
            ("from_distributor", "From a distributor"),
            ("incoming", "Expected by a distributor"),
            ("on_request", "On request"),
            ("unavailable", "Not available"),
        ],
        "Shown to the Customer",
        readonly=True,
        copy=False,
    )
    promise_wanted = fields.Float(readonly=True, copy=False, digits="Product Unit")
    promise_qty = fields.Float(
        "Promised",
        readonly=True,
        copy=False,
        digits="Product Unit",
        help="Pieces the shop promised when the customer saw or accepted it, of all "
        "lines of this product.",
    )
    promise_date = fields.Date("Promised For", readonly=True, copy=False)

    def _promise_shown(self):
        """What the customer saw of this line, None if he saw nothing yet.

        :rtype: Shown
        """
        self.ensure_one()
        if not self.promise_state:
            return None
        return Shown(
            self.promise_wanted,
            self.promise_state,
            self.promise_qty,
            self.promise_date or None,
        )

    def _promise_words(self, shown):
        """What was or is said, in a few words.

        :param Shown shown: about this line
        """
        if not shown.quantity:
            return (
                self.env._("out of stock")
                if shown.state == "unavailable"
                else self.env._("on request")
            )
        day = format_date(self.env, shown.day)
        if shown.quantity < shown.wanted:
            return self.env._(
                "only %(quantity)s of %(wanted)s, ready to ship on %(date)s",
                quantity=f"{shown.quantity:g}",
                wanted=f"{shown.wanted:g}",
                date=day,
            )
        if shown.state == "in_stock":
            return self.env._("in stock")
        return self.env._("ready to ship on %s", day)
