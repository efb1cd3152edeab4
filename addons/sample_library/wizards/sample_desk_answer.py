from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.trade_network.context import as_system


class SampleDeskAnswer(models.TransientModel):
    """What the sample department of a company of this system answers."""

    _name = "sample.desk.answer"
    _description = "Answer a Sample Request"

    request_id = fields.Many2one(
        "sample.request", required=True, readonly=True, ondelete="cascade"
    )
    round = fields.Integer(
        readonly=True, help="Answers that had been given when this was opened."
    )
    tracking = fields.Char(
        string="Tracking Number", help="Of the parcel, for all that is shipped."
    )
    line_ids = fields.One2many("sample.desk.answer.line", "wizard_id", string="Samples")

    @api.model
    def default_get(self, fields_list):
        """Open lines of the request, with nothing chosen yet."""
        values = super().default_get(fields_list)
        request = self.env["sample.request"].browse(
            self.env.context.get("active_id") or []
        )
        if request and self.env.context.get("active_model") == "sample.request":
            request._check_desk()
            request_sudo = request.sudo()
            values.update(
                request_id=request.id,
                round=request_sudo.round,
                line_ids=[
                    Command.create(
                        {
                            "line_id": row["line"].id,
                            "quantity": row["line"].open_qty,
                            "twins": "\n".join(row["twins"]),
                        }
                    )
                    for row in request_sudo._desk_page()["rows"]
                ],
            )
        return values

    def action_answer(self):
        """Write the answers down; the same window does it once.

        :return: closes the window
        :rtype: dict
        :raise UserError: says which line, and what to do
        """
        self.ensure_one()
        self.request_id._check_desk()
        request_sudo = as_system(self.request_id)
        key = f"window-{self.id}"
        if not request_sudo._has_key(key) and request_sudo.round != self.round:
            raise UserError(
                self.env._(
                    "Somebody else answered meanwhile. Close this window, look at the "
                    "request, and answer what is still open."
                )
            )
        self.request_id.desk_answer(
            [answer for line in self.line_ids for answer in line._answers()],
            tracking=self.tracking,
            key=key,
        )
        return {"type": "ir.actions.act_window_close"}
