from odoo import api, fields, models


class SaleReviewDecide(models.TransientModel):
    """Dialog that shows what holds an order and what the user may do about it."""

    _name = "sale.review.decide"
    _description = "Decide on a Held Order"

    order_id = fields.Many2one("sale.order", required=True, readonly=True)
    finding_ids = fields.One2many(
        "sale.review.finding", compute="_compute_findings", string="Findings"
    )
    reason = fields.Text(help="Kept with the order.")
    needs_reason = fields.Boolean(compute="_compute_findings")
    can_decide = fields.Boolean(compute="_compute_findings")
    can_confirm = fields.Boolean(compute="_compute_findings")
    can_request = fields.Boolean(compute="_compute_findings")
    must_mend = fields.Boolean(compute="_compute_findings")

    @api.depends("order_id")
    def _compute_findings(self):
        for wizard in self:
            order = wizard.order_id
            findings = order.review_finding_ids.filtered("is_open")
            allowed = findings.filtered(order._review_may_decide)
            wizard.finding_ids = findings
            wizard.can_decide = bool(allowed)
            wizard.can_confirm = allowed == findings
            # a part that nobody may release has to be mended in any case
            releasable = findings.filtered(lambda finding: finding._is_releasable())
            wizard.can_request = bool(releasable - allowed)
            wizard.must_mend = releasable != findings
            wizard.needs_reason = any(f.severity != "warn" for f in allowed)

    def action_decide(self):
        """Record the decision and leave the order open."""
        self.ensure_one()
        self.order_id.action_review_decide(self.reason)
        return {"type": "ir.actions.act_window_close"}

    def action_decide_confirm(self):
        """Record the decision, then confirm the order."""
        self.ensure_one()
        order = self.order_id
        order.action_review_decide(self.reason)
        if order.state in ("draft", "sent"):
            return order.action_review_confirm()
        return {"type": "ir.actions.act_window_close"}

    def action_request(self):
        """Ask a Review manager; the order is confirmed once it is released."""
        self.ensure_one()
        self.order_id.check_access("write")
        self.order_id.action_review_request()
        return {"type": "ir.actions.act_window_close"}
