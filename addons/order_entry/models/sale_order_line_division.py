import math

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import float_round


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    division_qty = fields.Float(
        string="Per Recipient",
        digits="Product Unit",
        readonly=False,
        help="What every recipient of a division order gets. The quantity of the line "
        "is this times the number of recipients.",
    )

    @api.onchange("division_qty")
    def _onchange_division_qty(self):
        if self.order_id.division_id and self._is_divided():
            self.product_uom_qty = self.division_qty * (
                self.order_id.recipient_count or 1
            )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        wanted = {}
        for line, vals in zip(lines, vals_list, strict=True):
            if line.order_id.division_id and line._is_divided():
                name = "division_qty" if vals.get("division_qty") else "product_uom_qty"
                asked = {name: vals[name]} if name in vals else {"division_qty": 1.0}
                wanted[line] = line._division_quantities(asked)
            elif line.division_qty:
                wanted[line] = {"division_qty": 0.0}
        for some, values in self._division_alike(wanted):
            some.write(values)
        return lines

    def write(self, vals):
        if not vals.keys() & {"division_qty", "product_uom_qty"}:
            return super().write(vals)
        divided = self.filtered(
            lambda line: line.order_id.division_id and line._is_divided()
        )
        rest = self - divided
        result = super(SaleOrderLine, rest).write(vals) if rest else True
        wanted = {}
        for line in divided:
            quantities = line._division_quantities(vals)
            if line.state == "sale":
                line._division_check_lower(quantities["division_qty"])
            wanted[line] = {**vals, **quantities}
        for lines, values in self._division_alike(wanted):
            super(SaleOrderLine, lines).write(values)
        return result

    def _division_alike(self, wanted):
        """Lines that get the same values together, so that they are written at once.

        :param dict wanted: values by line
        :return: list of ``(lines, values)``
        """
        alike = {}
        for line, values in wanted.items():
            key = (values.get("division_qty"), values.get("product_uom_qty"))
            lines, _values = alike.get(key, (self.browse(), None))
            alike[key] = (lines | line, values)
        return alike.values()

    def _is_divided(self):
        """Whether every recipient of a division order gets his share of the line."""
        self.ensure_one()
        return bool(
            self.product_id
            and not self.display_type
            and not self.is_downpayment
            and not self.is_delivery
            and not self._is_division_reward()
        )

    def _is_division_reward(self):
        """Whether the line is a reward of a promotion, where those are installed."""
        return "is_reward_line" in self._fields and self.is_reward_line

    def _division_quantities(self, vals):
        """The quantity per recipient and the whole one, given one of the two.

        :param dict vals: ``division_qty``, or else ``product_uom_qty``
        :return: values for both
        :rtype: dict
        :raise ValidationError: when the whole cannot be shared out evenly
        """
        self.ensure_one()
        recipients = self.order_id.sudo().recipient_ids
        count = len(recipients._gets_goods())
        # what those who were taken out had got already stays on the order
        kept = sum(
            (row.asked or {}).get(str(self.id), 0.0)
            for row in recipients
            if row.is_cancelled
        )
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        if "division_qty" in vals:
            share = vals["division_qty"] or 0.0
        else:
            share = ((vals["product_uom_qty"] or 0.0) - kept) / (count or 1)
        if not math.isfinite(share):
            raise ValidationError(self.env._("A quantity must be a number."))
        rounded = float_round(share, precision_digits=digits)
        if "division_qty" not in vals:
            if self.env.su:  # a rule or the stock says how much: stay within it
                lower = share * (count or 1) + kept < self.product_uom_qty
                rounded = float_round(
                    share,
                    precision_rounding=self._get_share_rounding(digits),
                    rounding_method="DOWN" if lower else "UP",
                )
            elif abs(rounded - share) > 10 ** -(digits + 1):
                raise ValidationError(
                    self.env._(
                        "Every recipient gets the same: order %(product)s in multiples "
                        "of %(count)s, or enter the quantity per recipient.",
                        product=self.product_id.display_name,
                        count=count,
                    )
                )
        return {
            "division_qty": rounded,
            "product_uom_qty": float_round(
                rounded * (count or 1) + kept, precision_digits=digits
            ),
        }

    def _division_check_lower(self, share):
        """Refuse a share that is smaller than what somebody has got already.

        :param float share: the new quantity per recipient
        :raise UserError: naming one who got more
        """
        self.ensure_one()
        if self.product_uom_id.compare(share, self.division_qty) >= 0:
            return
        done = self.sudo().move_ids.filtered(lambda move: move.state == "done")
        recipients = done.picking_id.division_recipient_id._gets_goods()
        for recipient in recipients:
            got = recipient._get_delivered().get(str(self.id), 0.0)
            if self.product_uom_id.compare(got, share) > 0:
                raise UserError(
                    self.env._(
                        "%(name)s has got %(got)s of %(product)s already. Create a "
                        "return in the warehouse instead.",
                        name=recipient.name,
                        got=got,
                        product=self.product_id.display_name,
                    )
                )

    def _get_share_rounding(self, digits):
        """The smallest share: whole units, but parts where they were ordered before."""
        if float(self.division_qty).is_integer():
            return 1.0
        return 10.0**-digits

    # === STOCK === #

    def _action_launch_stock_rule(self, *, previous_product_uom_qty=False):
        """Override of `sale_stock`: division orders deliver to each recipient."""
        divided = self.filtered("order_id.division_id")
        if divided and not self.env.context.get("skip_procurement"):
            divided.order_id._division_launch()
        rest = self - divided
        if not rest:
            return True
        return super(SaleOrderLine, rest)._action_launch_stock_rule(
            previous_product_uom_qty=previous_product_uom_qty
        )
