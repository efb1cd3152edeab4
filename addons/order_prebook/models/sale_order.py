from contextlib import contextmanager
from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..const import STATES

_PROTECTED = {"prebook_state", "standing_order_id", "prebook_line_ids"}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    prebook_state = fields.Selection(
        STATES,
        compute="_compute_prebook_state",
        store=True,
        copy=False,
        index="btree_not_null",
        string="Prebook Status",
        help="Draft while one prebook line is open, Checked Out when none is.",
    )
    prebook_line_ids = fields.One2many(
        "sale.order.line",
        "order_id",
        string="Prebook Lines",
        domain=[("is_prebook", "=", True)],
        copy=False,
        readonly=True,
    )
    prebook_open_count = fields.Integer(compute="_compute_prebook_counts")
    prebook_arrived_count = fields.Integer(compute="_compute_prebook_counts")
    standing_order_id = fields.Many2one(
        "sale.standing.order", index="btree_not_null", copy=False, readonly=True
    )

    # === COMPUTE === #

    @api.depends("order_line.prebook_state")
    def _compute_prebook_state(self):
        for order in self:
            states = set(order.order_line.mapped("prebook_state")) - {False}
            order.prebook_state = next(
                (key for key, _name in STATES if key in states), False
            )

    @api.depends("order_line.prebook_state", "order_line.prebook_qty_arrived")
    def _compute_prebook_counts(self):
        for order in self:
            lines = order.order_line.filtered(lambda one: one.prebook_state == "draft")
            order.prebook_open_count = len(lines)
            order.prebook_arrived_count = len(lines.filtered("prebook_qty_arrived"))

    @api.depends("prebook_state")
    def _compute_delivery_status(self):
        """Override of `sale_stock`: open prebooks are not delivered yet."""
        result = super()._compute_delivery_status()
        for order in self:
            if order.prebook_state == "draft" and order.delivery_status == "full":
                order.delivery_status = "partial"
        return result

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale`: the status is what the lines say."""
        for vals in vals_list:
            self._prebook_refuse_protected(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Override of `sale`: every way to confirm an order makes its prebooks."""
        self._prebook_refuse_protected(vals)
        result = super().write(vals)
        if vals.get("state") == "sale":
            self.order_line._prebook_book()
        elif vals.get("state") in ("draft", "sent"):
            self.order_line._prebook_unbook()
        if "commitment_date" in vals and "state" not in vals:
            self.order_line.filtered(
                lambda line: line.prebook_state == "draft"
            )._prebook_check_days()
        return result

    @api.model
    def _prebook_refuse_protected(self, vals):
        if not self.env.su and not _PROTECTED.isdisjoint(vals):
            raise AccessError(
                self.env._("The prebook status follows from the lines of the order.")
            )

    # === ACTIONS === #

    def action_prebook_check_out(self):
        """Open the dialog that checks out the open prebooks of orders."""
        return self.order_line.action_prebook_check_out()

    def action_prebook_lines(self):
        """Open the list of the prebooks of an order."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_prebook.sale_order_line_action_prebook"
        )
        action["domain"] = [("order_id", "in", self.ids), ("is_prebook", "=", True)]
        action["context"] = {}
        return action

    # === TOOLS === #

    @contextmanager
    def _prebook_unlocked(self):
        """Unlock orders for what the lock does not mean to stop, and lock them again.

        A lock keeps an order as it was agreed; the goods that were agreed upon are
        still to be procured.
        """
        locked = self.filtered("locked").with_context(tracking_disable=True)
        locked.locked = False
        yield
        # a cancelled order has no lock
        locked.filtered(lambda order: order.state == "sale").locked = True

    def _prebook_log_quantities(self, title, quantities):
        """Note in the chatter of orders what was done to their lines.

        :param str title: what was done
        :param dict quantities: by ``sale.order.line``
        """
        bodies = {}
        for order in self:
            words = ", ".join(
                f"{line._prebook_in_words(quantity)} {line.product_id.display_name}"
                for line, quantity in quantities.items()
                if line.order_id == order
            )
            bodies[order.id] = f"{title}: {words}"
        self._message_log_batch(bodies=bodies, author_id=self.env.user.partner_id.id)

    def _prebook_first_day(self):
        """The first day a prebook may be delivered, False if any day will do."""
        self.ensure_one()
        days = self.company_id.sudo().prebook_min_days
        return bool(days) and self._prebook_local_day(
            fields.Datetime.now()
        ) + timedelta(days=days)

    def _prebook_wanted_day(self):
        """The day the customer wants the goods, False if he named none."""
        self.ensure_one()
        return bool(self.commitment_date) and self._prebook_local_day(
            self.commitment_date
        )

    def _prebook_local_day(self, moment):
        """The day of a UTC moment where the company is."""
        zone = pytz.timezone(self.company_id.sudo().partner_id.tz or "UTC")
        return pytz.utc.localize(moment).astimezone(zone).date()
