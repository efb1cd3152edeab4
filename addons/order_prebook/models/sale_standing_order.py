from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..rhythm import days

PREVIEW = 8
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class SaleStandingOrder(models.Model):
    """What a customer gets again and again, made into prebooks some days ahead.

    Orders are made from it when their day comes into reach, so a change applies to all
    that are not made yet and to none that are.
    """

    _name = "sale.standing.order"
    _description = "Standing Order"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(readonly=True, copy=False, default="New")
    active = fields.Boolean(default=True)
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("paused", "Paused")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, check_company=True
    )
    partner_shipping_id = fields.Many2one(
        "res.partner",
        string="Delivery Address",
        compute="_compute_partner_shipping_id",
        store=True,
        readonly=False,
        check_company=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Salesperson",
        default=lambda self: self.env.user,
        check_company=True,
    )
    client_order_ref = fields.Char(string="Customer Reference")
    line_ids = fields.One2many(
        "sale.standing.order.line", "standing_order_id", copy=True, string="Products"
    )
    rhythm = fields.Selection(
        [("daily", "Days"), ("weekly", "Weeks"), ("monthly", "Months")],
        required=True,
        default="weekly",
        string="Every",
    )
    interval = fields.Integer(default=1, required=True, string="Number")
    mon = fields.Boolean(string="Monday", default=True)
    tue = fields.Boolean(string="Tuesday")
    wed = fields.Boolean(string="Wednesday")
    thu = fields.Boolean(string="Thursday")
    fri = fields.Boolean(string="Friday")
    sat = fields.Boolean(string="Saturday")
    sun = fields.Boolean(string="Sunday")
    month_day = fields.Integer(
        default=1, string="Day of the Month", help="31 is the last day of any month."
    )
    date_start = fields.Date(
        required=True, default=fields.Date.context_today, string="First Delivery From"
    )
    date_end = fields.Date(string="Until")
    days_ahead = fields.Integer(
        default=14,
        required=True,
        help="How many days before its delivery each prebook is made.",
    )
    skip_ids = fields.One2many(
        "sale.standing.skip", "standing_order_id", copy=True, string="Left Out"
    )
    date_ids = fields.One2many(
        "sale.standing.date", "standing_order_id", copy=False, readonly=True
    )
    order_count = fields.Integer(compute="_compute_order_count")
    preview = fields.Text(compute="_compute_preview", string="Next Deliveries")

    _interval_positive = models.Constraint(
        'CHECK("interval" BETWEEN 1 AND 366)', "Every: give a number from 1 to 366."
    )
    _days_ahead_positive = models.Constraint(
        "CHECK(days_ahead BETWEEN 0 AND 366)",
        "Days ahead: give a number from 0 to 366.",
    )
    _month_day_valid = models.Constraint(
        "CHECK(month_day BETWEEN 1 AND 31)",
        "Day of the month: give a day from 1 to 31.",
    )

    # === COMPUTE === #

    @api.depends("partner_id")
    def _compute_partner_shipping_id(self):
        for standing in self:
            addresses = standing.partner_id.address_get(["delivery"])
            standing.partner_shipping_id = addresses.get("delivery")

    @api.depends("date_ids.order_id")
    def _compute_order_count(self):
        counts = dict(
            self.env["sale.standing.date"]._read_group(
                [("standing_order_id", "in", self.ids), ("order_id", "!=", False)],
                ["standing_order_id"],
                ["__count"],
            )
        )
        for standing in self:
            standing.order_count = counts.get(standing._origin, 0)

    @api.depends(
        "rhythm", "interval", *WEEKDAYS, "month_day", "date_start", "date_end",
        "days_ahead", "skip_ids.date_from", "skip_ids.date_to", "date_ids.order_id",
    )  # fmt: skip
    def _compute_preview(self):
        for standing in self:
            made = {one.date for one in standing.date_ids if one.order_id}
            standing.preview = "\n".join(
                self.env._("%(day)s (made)", day=text) if day in made else text
                for day in standing._next_days(PREVIEW)
                for text in [format_date(self.env, day, date_format="EEE d MMM y")]
            )

    # === CONSTRAINTS === #

    @api.constrains("rhythm", *WEEKDAYS)
    def _check_weekdays(self):
        for standing in self:
            if standing.rhythm == "weekly" and not standing._weekdays():
                raise ValidationError(
                    self.env._("Choose at least one day of the week.")
                )

    @api.constrains("date_start", "date_end")
    def _check_dates(self):
        for standing in self:
            if standing.date_end and standing.date_end < standing.date_start:
                raise ValidationError(
                    self.env._("The last day lies before the first one.")
                )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            company = vals.get("company_id") or self.env.company.id
            vals["name"] = (
                self.env["ir.sequence"]
                .sudo()
                .with_company(company)
                .next_by_code("sale.standing.order")
            ) or "New"
        return super().create(vals_list)

    # === ACTIONS === #

    def action_start(self):
        """Let it run, and make the orders that are in reach at once."""
        self.check_access("write")
        for standing in self:
            if not standing.line_ids:
                raise UserError(
                    self.env._("%(name)s: add products first.", name=standing.name)
                )
        self.state = "running"
        self._make_due()
        return True

    def action_pause(self):
        """Make no more orders until it is started again."""
        self.check_access("write")
        self.state = "paused"
        return True

    def action_open_orders(self):
        """Open the orders that were made."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("sale.action_orders")
        action["domain"] = [("standing_order_id", "in", self.ids)]
        action["context"] = {}
        return action

    # === DAYS === #

    def _weekdays(self):
        """Numbers of the chosen weekdays, Monday is 0."""
        self.ensure_one()
        return tuple(number for number, day in enumerate(WEEKDAYS) if self[day])

    def _today(self):
        """Today, where the goods go: the customer's time zone or the company's."""
        self.ensure_one()
        return fields.Datetime.now().astimezone(self._zone()).date()

    def _zone(self):
        self.ensure_one()
        zone = self.partner_shipping_id.tz or self.company_id.sudo().partner_id.tz
        return pytz.timezone(zone or "UTC")

    def _days(self, first, last):
        """Yield the days of delivery from ``first`` to ``last``, both included."""
        self.ensure_one()
        if not self.date_start or self.interval < 1:
            return iter(())
        return days(
            first,
            min(last, self.date_end or last),
            rhythm=self.rhythm,
            interval=self.interval,
            start=self.date_start,
            weekdays=self._weekdays(),
            month_day=self.month_day,
            skips=[
                (skip.date_from, skip.date_to or skip.date_from)
                for skip in self.skip_ids
                if skip.date_from
            ],
        )

    def _next_days(self, count):
        """The next days of delivery, at most ``count``, within the next three years."""
        today = self._today()
        found = self._days(today, today + timedelta(days=3 * 366))
        return [day for _number, day in zip(range(count), found, strict=False)]

    def _due_days(self):
        """Days that are in reach, the company's days before a prebook observed."""
        self.ensure_one()
        today = self._today()
        nearest = today + timedelta(days=self.company_id.sudo().prebook_min_days)
        return list(self._days(nearest, today + timedelta(days=self.days_ahead)))
