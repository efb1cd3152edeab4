from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..const import KINDS, SEVERITIES


class SaleReviewRule(models.Model):
    """One rule that orders are checked against before they are confirmed.

    The scope (whom and what it applies to) is inherited, the check of what was
    entered is in ``sale_review_rule_check.py`` and the translation for the engine in
    ``sale_review_rule_compile.py``.
    """

    _name = "sale.review.rule"
    _description = "Order Review Rule"
    _inherit = ["mail.thread", "sale.review.scope"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, tracking=True)
    active = fields.Boolean(
        default=True,
        tracking=True,
        help="Archive a rule to switch it off. What was decided under it is kept.",
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        KINDS, required=True, default="max_quantity", tracking=True, string="Check"
    )
    severity = fields.Selection(
        SEVERITIES,
        required=True,
        default="block",
        tracking=True,
        help="Inform shows a note. Warn asks for a tick. Hold waits for a Review "
        "manager. Block refuses the order.",
    )
    is_overridable = fields.Boolean(
        string="Can Be Overridden",
        tracking=True,
        help="A block that the group below may override, giving a reason. Otherwise "
        "nobody can while the rule is active.",
    )
    override_group_id = fields.Many2one(
        "res.groups",
        string="Overridden By",
        help="Who may override this block. Empty: Review managers.",
    )
    message = fields.Text(
        translate=True,
        string="Message for the Customer",
        help="Shown in the shop and the portal below the limit itself. "
        "Leave it empty for the standard text.",
    )
    staff_message = fields.Text(
        translate=True, string="Message for Staff", help="Shown in the back office."
    )
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self.env.company,
        help="Empty: the rule applies to all companies.",
    )

    # quantities
    max_quantity = fields.Float(
        string="Maximum Quantity", digits="Product Unit", tracking=True
    )
    min_quantity = fields.Float(
        string="Minimum Quantity", digits="Product Unit", tracking=True
    )
    multiple_quantity = fields.Float(
        string="Pack Of", digits="Product Unit", tracking=True
    )
    uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        help="Unit of the quantities of this rule. Products measured in another kind "
        "of unit are not counted. Empty: the unit of each product.",
    )
    quantity_per = fields.Selection(
        [
            ("product", "Each product variant"),
            ("template", "All variants of a product together"),
            ("scope", "All products of this rule together"),
        ],
        default="product",
        required=True,
        string="Counted For",
    )
    period = fields.Selection(
        [
            ("day", "Day"),
            ("week", "Week"),
            ("month", "Month"),
            ("rolling", "Last days"),
        ],
        default="month",
        help="Days, weeks (from Monday) and months are those of the company's "
        "time zone.",
    )
    period_days = fields.Integer(string="Days", default=30)
    quota_per = fields.Selection(
        [
            ("partner", "Each customer or contact"),
            ("commercial", "Each company"),
            ("shipping", "Each delivery address"),
            ("user", "Each ordering user"),
        ],
        default="partner",
        string="Quota Of",
    )

    # amounts
    measure = fields.Selection(
        [
            ("total", "Total with taxes"),
            ("untaxed", "Total without taxes and delivery"),
            ("margin", "Margin"),
            ("margin_percent", "Margin (%)"),
            ("discount", "Discount of a line (%)"),
        ],
        default="total",
    )
    has_amount_max = fields.Boolean(string="At Most", default=True)
    amount_max = fields.Float(string="Upper Limit", digits=(16, 2), tracking=True)
    has_amount_min = fields.Boolean(string="At Least")
    amount_min = fields.Float(string="Lower Limit", digits=(16, 2), tracking=True)
    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
        help="Amounts of orders are converted to it at today's rate.",
    )
    use_partner_limit = fields.Boolean(
        string="Use the Customer's Credit Limit",
        default=True,
        help="The limit of the customer in Accounting. Without it, the limit below.",
    )
    credit_limit = fields.Float(
        digits=(16, 2),
        tracking=True,
        help="In the currency of the rule. With the customer's credit limit: for those "
        "who have none.",
    )
    payment_percent = fields.Float(
        string="Paid (%)", default=100.0, help="Part of the total to be paid first."
    )

    # free condition
    domain_model = fields.Selection(
        [("sale.order", "Order"), ("sale.order.line", "Order line")],
        default="sale.order",
        string="Condition On",
    )
    domain = fields.Text(
        string="Condition",
        default="[]",
        tracking=True,
        help="Orders or lines that match the condition break the rule.",
    )

    # corrections
    correction = fields.Selection(
        [
            ("cap", "Lower to the maximum quantity"),
            ("round", "Raise to the minimum and to full packs"),
            ("replace", "Replace the product"),
            ("add", "Add another product"),
            ("carrier", "Set the delivery method"),
        ],
    )
    replacement_product_id = fields.Many2one(
        "product.product", check_company=True, ondelete="restrict"
    )
    add_product_id = fields.Many2one(
        "product.product",
        string="Product to Add",
        check_company=True,
        ondelete="restrict",
    )
    carrier_id = fields.Many2one(
        "delivery.carrier",
        string="Delivery Method",
        check_company=True,
        ondelete="restrict",
    )

    finding_count = fields.Integer(compute="_compute_finding_count")
    last_error = fields.Char(
        readonly=True,
        copy=False,
        help="Why the rule could not be checked. While it stands, orders in its scope "
        "are blocked.",
    )

    @api.depends("company_id")
    def _compute_currency_id(self):
        for rule in self:
            company = rule.company_id or self.env.company
            rule.currency_id = rule.currency_id or company.currency_id

    @api.onchange("kind")
    def _onchange_kind(self):
        """Suggest how strict a new rule of this kind usually is."""
        if self._origin:
            return
        self.severity = "approve" if self.kind in ("amount", "credit") else "block"
        self.is_overridable = self.kind in ("product_hold", "customer_hold")

    def _compute_finding_count(self):
        counts = dict(
            self.env["sale.review.finding"]._read_group(
                [("rule_id", "in", self.ids), ("order_id.state", "in", _OPEN_STATES)],
                ["rule_id"],
                ["__count"],
            )
        )
        for rule in self:
            rule.finding_count = counts.get(rule, 0)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        if (
            self.env["sale.review.decision"]
            .sudo()
            .search_count([("rule_id", "in", self.ids)], limit=1)
        ):
            raise ValidationError(
                self.env._(
                    "Decisions were taken under this rule. Archive it instead, so "
                    "that they can still be explained."
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_finite(vals)
        rules = super().create(vals_list)
        self._rules_changed()
        return rules

    def write(self, vals):
        self._check_finite(vals)
        if _CONDITION_FIELDS & vals.keys():
            # checked again when saved; a fault that is left shows up at the next order
            vals = {**vals, "last_error": False}
        result = super().write(vals)
        self._rules_changed()
        return result

    def copy_data(self, default=None):
        default = dict(default or {})
        return [
            {
                **vals,
                "name": default.get("name")
                or self.env._("%(rule)s (copy)", rule=rule.name),
            }
            for rule, vals in zip(self, super().copy_data(default), strict=True)
        ]

    def unlink(self):
        ids = self.ids
        result = super().unlink()
        self.env["sale.review.finding"]._drop("rule_id", ids)
        self._rules_changed()
        return result

    def action_view_findings(self):
        """Open the orders that this rule stops now."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_review.sale_review_finding_action"
        )
        action["domain"] = [
            ("rule_id", "=", self.id),
            ("order_id.state", "in", _OPEN_STATES),
        ]
        return action


_OPEN_STATES = ("draft", "sent")

#: Fields that say what a free condition looks for.
_CONDITION_FIELDS = frozenset({"kind", "domain", "domain_model"})
