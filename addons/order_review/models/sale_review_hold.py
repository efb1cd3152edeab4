from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_datetime


class SaleReviewHold(models.AbstractModel):
    """Shows on a product or customer that a rule puts it on hold, and makes one."""

    _name = "sale.review.hold"
    _description = "Product or Customer on Hold"

    review_hold = fields.Char(
        string="On Hold",
        compute="_compute_review_hold",
        compute_sudo=True,
        groups="base.group_user",
        help="Why, and until when, review rules hold its orders.",
    )

    @api.depends_context("lang", "allowed_company_ids")
    def _compute_review_hold(self):
        now = fields.Datetime.now()
        rules = self.env["sale.review.rule"].search(
            [
                ("kind", "=", self._review_hold_kind()),
                ("company_id", "in", [*self.env.companies.ids, False]),
                "|",
                ("date_start", "=", False),
                ("date_start", "<=", now),
                "|",
                ("date_end", "=", False),
                ("date_end", ">", now),
            ]
        )
        for record in self:
            named = rules.filtered(record._review_is_named_by)
            record.review_hold = "; ".join(map(self._review_hold_text, named))

    def _review_hold_text(self, rule):
        reason = rule.staff_message or rule.message or rule.name
        if not rule.date_end:
            return reason
        return self.env._(
            "%(reason)s (until %(date)s)",
            reason=reason,
            date=format_datetime(self.env, rule.date_end, dt_format="short"),
        )

    def _review_hold_kind(self):
        """Kind of the rules that hold such records."""
        raise NotImplementedError

    def _review_is_named_by(self, rule):
        """Whether the scope of a hold names this record.

        :param rule: ``sale.review.rule`` record
        """
        raise NotImplementedError

    def _action_review_hold(self, **defaults):
        """Open a new rule that holds this record, filled in, to be saved or not.

        :param defaults: values of the rule's scope
        :raise AccessError: when the user is no Review manager
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("order_review.group_review_manager"):
            raise AccessError(
                self.env._("Only Review managers can put something on hold.")
            )
        values = {
            "kind": self._review_hold_kind(),
            "name": self.env._("On hold: %(name)s", name=self.display_name),
            "severity": "block",
            "is_overridable": True,
            **defaults,
        }
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Put on Hold"),
            "res_model": "sale.review.rule",
            "view_mode": "form",
            "context": {f"default_{name}": value for name, value in values.items()},
        }
