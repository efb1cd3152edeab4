from odoo import fields, models

from ..models.sample_request_entry import REASONS


class SampleDeskAnswerLine(models.TransientModel):
    """The answer to one line: shipped, and what becomes of the rest."""

    _name = "sample.desk.answer.line"
    _description = "Answer to a Line of a Sample Request"

    wizard_id = fields.Many2one(
        "sample.desk.answer", required=True, ondelete="cascade", index=True
    )
    line_id = fields.Many2one(
        "sample.request.line", required=True, ondelete="cascade", string="Sample"
    )
    bin_code = fields.Char(related="line_id.bin_code")
    open_qty = fields.Integer(related="line_id.open_qty")
    twins = fields.Text(
        string="Asked For Before", readonly=True, help="By whom, and when."
    )
    kind = fields.Selection(
        [("ship", "Ship"), ("backorder", "Backorder"), ("refuse", "Will Not Ship")],
        string="Answer",
        help="Empty: nothing yet.",
    )
    quantity = fields.Integer(string="Pieces", help="That are shipped.")
    rest = fields.Selection(
        [("backorder", "Backorder"), ("refuse", "Will Not Ship")],
        string="The Rest",
        help="If fewer are shipped than are open. Empty: the rest stays open.",
    )
    until = fields.Date(string="Expected On", help="What is backordered.")
    reason = fields.Selection(
        [reason for reason in REASONS if reason[0] != "cancelled"], string="Why"
    )
    note = fields.Char(help="Those who asked read it.")
    override_reason = fields.Char(
        string="Shipped Anyway Because", help="Of a duplicate."
    )

    def _answers(self):
        """As :meth:`sample.request.desk_answer` takes them.

        :rtype: list[dict]
        """
        self.ensure_one()
        if not self.kind:
            return []
        answers, kind, left = [], self.kind, self.open_qty
        if kind == "ship":
            answers.append(
                {
                    "line_id": self.line_id.id,
                    "kind": "ship",
                    "quantity": self.quantity,
                    "note": "" if self.rest else self.note,
                    "override_reason": self.override_reason,
                }
            )
            kind, left = self.rest, left - self.quantity
        if kind:
            answers.append(
                {
                    "line_id": self.line_id.id,
                    "kind": kind,
                    "quantity": left,
                    "until": self.until,
                    "reason": self.reason,
                    "note": self.note,
                }
            )
        return answers
