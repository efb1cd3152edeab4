from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class SalePrebookLog(models.Model):
    """Who did what to a prebook, when and how much. Append-only.

    What is checked out of a line is the sum of its entries, so nothing else can say
    something different.
    """

    _name = "sale.prebook.log"
    _description = "Prebook Log"
    _order = "id desc"
    _rec_name = "order_id"

    line_id = fields.Many2one(
        "sale.order.line", required=True, index=True, ondelete="cascade", readonly=True
    )
    order_id = fields.Many2one(
        "sale.order", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    product_id = fields.Many2one("product.product", readonly=True, ondelete="restrict")
    kind = fields.Selection(
        [
            ("book", "Booked"),
            ("checkout", "Checked out"),
            ("cancel", "Cancelled"),
            ("hold", "Held"),
            ("unhold", "Hold released"),
            ("read", "Read by purchasing"),
            ("arrive", "Customer told"),
        ],
        required=True,
        readonly=True,
    )
    quantity = fields.Float(digits="Product Unit", readonly=True)
    uom_id = fields.Many2one("uom.uom", readonly=True, ondelete="restrict")
    user_id = fields.Many2one("res.users", required=True, readonly=True)
    is_portal = fields.Boolean(string="By the Customer", readonly=True)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)

    @api.model_create_multi
    def create(self, vals_list):
        # rights come from the methods of order lines, which check them, then use sudo
        if not self.env.su:
            raise AccessError(
                self.env._("The log of prebooks is written by what is done to them.")
            )
        return super().create(vals_list)

    def write(self, vals):
        if vals:
            raise UserError(self.env._("The log of prebooks cannot be changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("The log of prebooks cannot be deleted."))

    @api.model
    def _add(self, kind, quantities):
        """Record one thing done to some lines.

        :param str kind: a key of the field ``kind``
        :param dict quantities: quantity in its own unit by ``sale.order.line``
        """
        return self.sudo().create(
            [
                {
                    "line_id": line.id,
                    "order_id": line.order_id.id,
                    "company_id": line.company_id.id,
                    "product_id": line.product_id.id,
                    "kind": kind,
                    "quantity": quantity,
                    "uom_id": line.product_uom_id.id,
                    "user_id": self.env.uid,
                    "is_portal": self.env.user.share,
                }
                for line, quantity in quantities.items()
            ]
        )
