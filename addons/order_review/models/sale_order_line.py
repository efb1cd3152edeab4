from odoo import api, models
from odoo.exceptions import AccessError


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale` to judge lines that are added to confirmed orders."""
        default_order_id = self.env.context.get("default_order_id")
        ids = set()
        for vals in vals_list:
            self._review_check_protected(vals)
            ids.add(vals.get("order_id") or default_order_id)
        orders = self.env["sale.order"].browse(filter(None, ids))
        confirmed = orders.filtered(lambda order: order.state == "sale")
        with confirmed._review_undo(bool(confirmed)):
            before = confirmed._review_snapshot()
            lines = super().create(vals_list)
            if any(_AMOUNTS & vals.keys() for vals in vals_list):
                lines._review_recompute_amounts()
            confirmed._review_guard_edit(before)
        lines.order_id._review_touch()
        return lines

    def write(self, vals):
        """Override of `sale` to judge changes of confirmed orders."""
        self._review_check_protected(vals)
        rules = self.env["sale.review.rule"]
        if not rules._get_book():
            result = super().write(vals)
            if _AMOUNTS & vals.keys():
                self._review_recompute_amounts()
            return result
        orders = self.order_id
        if vals.get("order_id"):
            orders |= self.env["sale.order"].browse(vals["order_id"])
        confirmed = orders.browse()
        if rules._is_watched("sale.order.line", vals):
            confirmed = orders.filtered(lambda order: order.state == "sale")
        with confirmed._review_undo(bool(confirmed)):
            before = confirmed._review_snapshot()
            result = super().write(vals)
            if _AMOUNTS & vals.keys():
                self._review_recompute_amounts()
            confirmed._review_guard_edit(before)
        orders._review_touch()
        return result

    def unlink(self):
        """Override of `sale` to judge orders that lose a line: a minimum may break."""
        orders, ids = self.order_id, self.ids
        result = super().unlink()
        self.env["sale.review.finding"]._drop("line_id", ids, orders.ids)
        orders.exists()._review_touch()
        return result

    def _review_check_protected(self, vals):
        """Refuse a line that claims to be confirmed: its goods would be shipped.

        :raise AccessError: when the caller is not the system itself
        """
        if "state" in vals and not self.env.su:
            raise AccessError(
                self.env._(
                    "The status of a line is that of its order. Confirm the order "
                    "instead."
                )
            )

    def _review_recompute_amounts(self):
        """Amounts follow from quantity, price and taxes, whatever a client wrote."""
        for name in _AMOUNTS:
            self.env.add_to_compute(self._fields[name], self)
        self.order_id._review_recompute_amounts()


#: Computed amounts of a line that rules look at, directly or through the order.
_AMOUNTS = frozenset(
    {"price_subtotal", "price_tax", "price_total", "untaxed_amount_to_invoice"}
)
