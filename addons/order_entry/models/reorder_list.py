from odoo import api, fields, models

from ..quick import Wanted


class SaleReorderList(models.Model):
    """Products and quantities that a customer orders again and again."""

    _name = "sale.reorder.list"
    _description = "Reorder List"
    _order = "name, id"

    name = fields.Char(required=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Owner",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.user.partner_id,
    )
    commercial_partner_id = fields.Many2one(
        "res.partner",
        related="partner_id.commercial_partner_id",
        string="Company of the Owner",
        store=True,
        index=True,
    )
    is_shared = fields.Boolean(
        string="Shared in the Company",
        help="Colleagues of the owner see the list and order from it.",
    )
    line_ids = fields.One2many("sale.reorder.list.line", "list_id", copy=True)
    line_count = fields.Integer(compute="_compute_line_count", string="Products")

    @api.depends("line_ids")
    def _compute_line_count(self):
        counts = dict(
            self.env["sale.reorder.list.line"]._read_group(
                [("list_id", "in", self.ids)], ["list_id"], ["__count"]
            )
        )
        for one in self:
            one.line_count = counts.get(one._origin, 0)

    def write(self, vals):
        """Override to refuse that a list is pushed on somebody else."""
        result = super().write(vals)
        if "partner_id" in vals:
            self.check_access("write")
        return result

    def _is_own(self):
        """Whether the current user may change the list."""
        self.ensure_one()
        return self.partner_id == self.env.user.partner_id

    def _fill(self, wanted):
        """Raise the quantities of the list and add what it does not hold yet.

        :param list[Wanted] wanted: products with their units
        """
        self.ensure_one()
        lines = {(line.product_id.id, line.uom_id.id): line for line in self.line_ids}
        new = {}
        for one in wanted:
            key = one.product_id, one.uom_id
            if key in lines:
                lines[key].quantity += one.quantity
            else:
                new[key] = new.get(key, 0.0) + one.quantity
        self.env["sale.reorder.list.line"].create(
            [
                {
                    "list_id": self.id,
                    "product_id": product_id,
                    "uom_id": uom_id,
                    "quantity": quantity,
                }
                for (product_id, uom_id), quantity in new.items()
            ]
        )

    def _wanted_of_order(self, order):
        """What a customer would order again of an order.

        Neither delivery, discounts, down payments nor rewards, and nothing that has to
        be chosen or filled in on its page. Of an order for a division, it is what one
        recipient got.

        :param order: ``sale.order`` that the caller may read
        :rtype: list[Wanted]
        """
        lines = order.order_line.filtered(
            lambda line: (
                line.product_uom_qty > 0
                and line.product_id
                and not line.display_type
                and not line.combo_item_id
                and line._is_reorder_allowed()
            )
        )
        page = lines.product_id._quick_order_needs_page()
        return [
            Wanted(
                str(line.id),
                line.product_id.id,
                line.division_qty or line.product_uom_qty,
                line.product_uom_id.id,
            )
            for line in lines
            if line.product_id not in page
        ]
