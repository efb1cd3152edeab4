from odoo import api, fields, models

KINDS = [
    ("ship", "Shipped"),
    ("backorder", "Backordered"),
    ("refuse", "Will Not Ship"),
]
REASONS = [
    ("discontinued", "Discontinued"),
    ("gone", "No samples left"),
    ("account", "Account on hold"),
    ("limit", "Too many requested"),
    ("duplicate", "Sent before"),
    ("cancelled", "Cancelled by the showroom"),
    ("other", "Other reason"),
]


class SampleRequestEntry(models.Model):
    """One answer to one line: how many, when, by whom. Never changed afterwards."""

    _name = "sample.request.entry"
    _inherit = ["sample.party"]
    _description = "Answer to a Sample Request"
    _order = "id"
    _rec_name = "line_id"

    line_id = fields.Many2one(
        "sample.request.line",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    request_id = fields.Many2one(
        "sample.request", required=True, readonly=True, index=True, ondelete="restrict"
    )
    item_id = fields.Many2one(
        "sample.item", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    kind = fields.Selection(KINDS, string="Answer", required=True, readonly=True)
    quantity = fields.Integer(required=True, readonly=True)
    until = fields.Date(string="Expected On", readonly=True)
    reason = fields.Selection(REASONS, readonly=True)
    note = fields.Char(readonly=True)
    tracking = fields.Char(string="Tracking Number", readonly=True)
    override_reason = fields.Char(
        string="Shipped Anyway Because",
        readonly=True,
        help="Why a duplicate was shipped.",
    )
    round = fields.Integer(
        required=True, readonly=True, help="Answers given together have one number."
    )
    answered_at = fields.Datetime(required=True, readonly=True, index=True)
    answered_by = fields.Char(
        required=True, readonly=True, help="A user, or the address of a signed link."
    )
    link_id = fields.Many2one(
        "sample.request.link",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    form_key = fields.Char(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="Of the form it came by: a form that arrives again is not done again.",
    )

    # a double tap, or the same form sent from the page before
    _once = models.UniqueIndex(
        "(form_key, line_id, kind) WHERE form_key IS NOT NULL",
        "This form was sent before.",
    )
    _quantity_sane = models.Constraint(
        "CHECK (quantity >= 1)", "An answer is for one piece or more."
    )

    def _reason_text(self):
        """Why it is not shipped, in the language of the context; empty if it is.

        :rtype: str
        """
        self.ensure_one()
        reasons = self._fields["reason"]._description_selection(self.env)
        return dict(reasons).get(self.reason, "")

    @api.model
    def _refuse_rest(self, lines):
        """Close what is open of lines that were shipped in part.

        :param lines: ``sample.request.line`` with something open
        """
        now = fields.Datetime.now()
        self.create(
            [
                {
                    **line._party_values(),
                    "line_id": line.id,
                    "request_id": line.request_id.id,
                    "item_id": line.item_id.id,
                    "kind": "refuse",
                    "quantity": line.open_qty,
                    "reason": "cancelled",
                    "round": line.request_id.round,
                    "answered_at": now,
                    "answered_by": self.env.user.name,
                }
                for line in lines
            ]
        )
        lines._tally()
