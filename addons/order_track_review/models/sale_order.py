from odoo import fields, models

from odoo.addons.order_track.story import Fact

#: Decisions that let an order go on. What a customer acknowledged held nothing.
_RELEASED = ("release", "override")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    track_held_at = fields.Datetime(
        string="First Held",
        readonly=True,
        copy=False,
        help="When the order was held after the customer had done his part.",
    )

    def write(self, vals):
        """Override: remember the hold, which is forgotten once it is released."""
        if not vals.get("review_parked_at"):
            return super().write(vals)
        fresh = self.filtered(lambda order: not order.track_held_at)
        result = super().write(vals)
        # as the system: the hold itself is written by nobody else
        fresh.sudo().track_held_at = vals["review_parked_at"]
        return result

    def _story_placed_at(self):
        """Override: a held order was placed before it was confirmed."""
        placed = super()._story_placed_at()
        return min(placed, self.track_held_at) if self.track_held_at else placed

    def _story_facts(self):
        """Override: held and released."""
        facts = super()._story_facts()
        still_open = self.filtered(lambda order: order.state in ("draft", "sent"))
        # all of them at once: each alone would be judged alone
        still_open._recompute_recordset(["review_state"])
        still_open.fetch(["review_finding_ids", "review_decision_ids"])
        for order in self:
            facts[order.id] += order._story_review_facts()
        return facts

    def _story_review_facts(self):
        """What the review did with an order, in the words that are for customers."""
        self.ensure_one()
        held_at = self.review_parked_at or self.track_held_at
        is_open = self.state in ("draft", "sent")
        reasons = self._review_blockers().mapped("customer_message") if is_open else []
        facts = []
        if held_at and is_open:
            facts.append(Fact("placed", at=held_at, reference=self.name))
        if held_at or reasons:
            facts.append(
                Fact(
                    "held",
                    at=held_at or None,
                    note=" ".join(filter(None, reasons)),
                    source="review",
                )
            )
        decided = {
            decision.decided_at
            for decision in self.review_decision_ids
            if decision.action in _RELEASED
        }
        return facts + [Fact("released", at=at, source="review") for at in decided]
