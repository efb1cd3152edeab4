from odoo import api, fields, models

from ..const import KINDS, SEVERITIES
from ..fields import UncheckedMany2one


class SaleReviewFinding(models.Model):
    """One rule that one order breaks, with the numbers.

    Rows are written by the engine alone.  Messages are not stored: they are put
    together in the language of whoever reads them.
    """

    _name = "sale.review.finding"
    _description = "Order Review Finding"
    _order = "order_id desc, id"
    _rec_name = "rule_id"
    _log_access = False

    order_id = fields.Many2one(
        "sale.order", required=True, ondelete="cascade", readonly=True
    )
    # lines and rules take their findings with them when they are deleted
    line_id = UncheckedMany2one("sale.order.line", readonly=True)
    # the line of the finding holds the product, and keeps it from being deleted
    product_id = UncheckedMany2one("product.product", readonly=True)
    rule_id = UncheckedMany2one(
        "sale.review.rule", required=True, index=True, readonly=True
    )
    company_id = fields.Many2one(related="order_id.company_id")
    partner_id = fields.Many2one(related="order_id.partner_id")
    kind = fields.Selection(KINDS, required=True, readonly=True, string="Check")
    severity = fields.Selection(SEVERITIES, required=True, readonly=True)
    asked = fields.Float(digits=(16, 4), readonly=True)
    allowed = fields.Float(digits=(16, 4), readonly=True)
    used = fields.Float(
        digits=(16, 4), readonly=True, help="Used up by earlier orders, or paid so far."
    )
    price = fields.Float(digits=(16, 4), readonly=True)
    subject = fields.Char(
        readonly=True, help="What was counted: a product, a template or a line."
    )
    details = fields.Json(readonly=True)
    # decisions are never deleted
    decision_id = UncheckedMany2one(
        "sale.review.decision",
        readonly=True,
        help="The decision that lets this pass.",
    )
    is_open = fields.Boolean(
        compute="_compute_is_open", search="_search_is_open", string="Open"
    )

    _order_rule = models.Index("(order_id, rule_id)")

    @api.depends("severity", "decision_id")
    def _compute_is_open(self):
        for finding in self:
            finding.is_open = finding.severity != "inform" and not finding.decision_id

    def _search_is_open(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("severity", "!=", "inform"), ("decision_id", "=", False)]

    @api.model
    def _search(self, domain, *args, **kwargs):
        # findings of orders that were just changed are due: bring them up to date
        self.env["sale.order"]._recompute_model(["review_state"])
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _from_fact(self, fact):
        """A finding that is not stored, to word a message where nothing may be kept.

        :param Finding fact: what the engine found
        :return: a new record
        """
        return self.new(
            {
                "order_id": fact.order_id,
                "rule_id": fact.rule_id,
                "kind": fact.kind,
                "severity": fact.severity,
                "line_id": fact.line_id or False,
                "product_id": fact.product_id or False,
                "asked": fact.asked,
                "allowed": fact.allowed,
                "used": fact.used,
                "price": fact.price,
                "details": fact.details,
                "decision_id": fact.decision_id or False,
                "subject": fact.subject,
            }
        )
