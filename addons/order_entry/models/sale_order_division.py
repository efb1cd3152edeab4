from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    division_id = fields.Many2one(
        "order.division",
        string="Ordered for Division",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        copy=False,
        help="Every current member of the division gets the same goods in a delivery "
        "of his own. The order is invoiced once.",
    )
    recipient_ids = fields.One2many(
        "sale.order.recipient", "order_id", readonly=True, copy=False
    )
    recipient_count = fields.Integer(
        string="Recipients",
        compute="_compute_recipient_count",
        help="How many get a share: those skipped or taken out are not counted.",
    )

    @api.depends(
        "division_id", "recipient_ids.is_skipped", "recipient_ids.is_cancelled"
    )
    def _compute_recipient_count(self):
        stored = self._origin.filtered("division_id")
        counts = {}
        if stored:
            counts = dict(
                self.env["sale.order.recipient"]
                .sudo()
                ._read_group(
                    [
                        ("order_id", "in", stored.ids),
                        ("is_skipped", "=", False),
                        ("is_cancelled", "=", False),
                    ],
                    ["order_id"],
                    ["__count"],
                )
            )
        for order in self:
            if not order.division_id:
                order.recipient_count = 0
            elif order.division_id == order._origin.division_id:
                order.recipient_count = counts.get(order._origin.sudo(), 0)
            else:  # chosen in the form, not saved yet
                members = order.division_id.sudo()._get_members()
                order.recipient_count = len(members.partner_id)

    @api.onchange("division_id")
    def _onchange_division_id(self):
        if self.division_id and not self.partner_id:
            self.partner_id = self.division_id._get_customer()
        for line in self.order_line.filtered(lambda line: line._is_divided()):
            per_recipient = line.division_qty or line.product_uom_qty
            line.division_qty = per_recipient if self.division_id else 0.0
            line.product_uom_qty = per_recipient * (self.recipient_count or 1)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        defaults = self.default_get(["state", "division_id"])
        for vals in vals_list:
            self._division_check_values(vals)
            values = {**defaults, **vals}
            if values.get("division_id") and values.get("state") == "sale":
                raise UserError(
                    self.env._(
                        "Enter a division order as a quotation first, so that its "
                        "recipients can be checked. Then confirm it."
                    )
                )
        orders = super().create(vals_list)
        orders.filtered("division_id")._division_sync()
        return orders

    def write(self, vals):
        self._division_check_values(vals)
        if "division_id" in vals:
            changing = self.filtered(
                lambda order: order.division_id.id != (vals["division_id"] or False)
            )
            changing._division_check_change(vals)
        else:
            changing = self.browse()
        passing = self.browse()
        if vals.get("state") == "sale":
            passing = self.filtered(
                lambda order: order.division_id and order.state != "sale"
            )
            passing._division_prepare_confirmation()
        result = super().write(vals)
        passing._division_freeze()
        changing._division_switch()
        return result

    def _division_check_values(self, vals):
        """Refuse recipients from outside: the system alone knows who gets goods.

        :raise AccessError: when the caller is not the system itself
        """
        if "recipient_ids" in vals and not self.env.su:
            raise AccessError(
                self.env._("Recipients are the members of the division; change those.")
            )

    def _division_check_change(self, vals):
        """Refuse another division for orders that somebody relies on already.

        :raise UserError: when one of the orders is confirmed, signed or paid
        """
        fixed = self - self._review_may_correct()
        if fixed or (self and vals.get("state") == "sale"):
            raise UserError(
                self.env._(
                    "The division can only be changed on a quotation that nobody has "
                    "signed or paid. Make a new order instead."
                )
            )

    # === PLANNING === #

    def _division_switch(self):
        """Follow a change of the division: other recipients, or an ordinary order."""
        for order in self.sudo():
            if order.division_id:
                order._division_sync()
                continue
            order.recipient_ids.unlink()
            for line in order.order_line.filtered("division_qty"):
                line.write({"product_uom_qty": line.division_qty, "division_qty": 0.0})

    def _division_sync(self):
        """Bring planned recipients and quantities up to date with the members.

        Orders that are confirmed, signed or paid stay as they are.
        """
        orders = self.filtered("division_id")
        for order in orders._review_may_correct().sudo():
            order._division_sync_recipients()
            order._division_sync_quantities()

    def _division_sync_recipients(self):
        """One recipient for each current member, however often he is a member."""
        self.ensure_one()
        Recipient = self.env["sale.order.recipient"]
        members = self.division_id._get_members().partner_id
        known = self.recipient_ids.grouped("partner_id")
        gone = self.recipient_ids.filtered(lambda row: row.partner_id not in members)
        members = members.sorted(lambda partner: (partner.name or "", partner.id))
        fresh = []
        for number, member in enumerate(members, 1):
            values = Recipient._prepare_recipient_values(self, member)
            values["number"] = number
            if row := known.get(member):
                if not values["problem"] and row.is_skipped:
                    values["is_skipped"] = False
                values = {
                    name: value
                    for name, value in values.items()
                    if (row[name].id if name.endswith("_id") else row[name] or False)
                    != (value or False)
                }
                if values:
                    row.write(values)
            else:
                fresh.append({**values, "order_id": self.id})
        gone.unlink()
        if fresh:
            Recipient.create(fresh)

    def _division_sync_quantities(self):
        """Have the lines order the quantity per recipient times their number."""
        self.ensure_one()
        due = {}
        for line in self.order_line.filtered(lambda line: line._is_divided()):
            share = line.division_qty or line.product_uom_qty
            values = line._division_quantities({"division_qty": share})
            if (
                line.product_uom_id.compare(
                    line.product_uom_qty, values["product_uom_qty"]
                )
                or line.division_qty != values["division_qty"]
            ):
                due.setdefault(values["division_qty"], line.browse())
                due[values["division_qty"]] |= line
        for share, lines in due.items():
            lines.write({"division_qty": share})

    def _division_consent(self):
        """Skip those who cannot be sent anything, and keep who agreed to that."""
        self.ensure_one()
        self._division_sync()
        self.sudo().recipient_ids.filtered(
            lambda row: row.problem and not row.is_skipped
        ).write(
            {
                "is_skipped": True,
                "skipped_by_id": self.env.uid,
                "skipped_at": fields.Datetime.now(),
            }
        )
        self._division_sync()

    def _division_withdraw_consent(self):
        """Skip nobody any more: the order waits until all problems are solved."""
        self.ensure_one()
        self.sudo().recipient_ids.filtered("is_skipped").write(
            {"is_skipped": False, "skipped_by_id": False, "skipped_at": False}
        )
        self._division_sync()
