from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = [
    ("announced", "Announced"),
    ("picked_up", "Handed Over"),
    ("in_transit", "In Transit"),
    ("out_for_delivery", "Out for Delivery"),
    ("delivered", "Delivered"),
    ("exception", "Trouble"),
    ("returned", "Returned to Sender"),
]
#: Of events with the same time, the later in this order decides.
RANK = {kind: rank for rank, (kind, _label) in enumerate(KINDS)}
_SOURCES = [
    ("carrier", "Carrier"),
    ("advice", "Dispatch Advice"),
    ("typed", "Typed"),
]


class StockParcelEvent(models.Model):
    """Something that happened to a parcel. Never changed; what is wrong is deleted."""

    _name = "stock.parcel.event"
    _description = "Event of a Parcel"
    _order = "at desc, id desc"
    _rec_name = "kind"

    parcel_id = fields.Many2one(
        "stock.parcel", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="parcel_id.company_id", store=True, index=True)
    kind = fields.Selection(KINDS, string="What", required=True)
    at = fields.Datetime(
        string="When", required=True, default=lambda self: fields.Datetime.now()
    )
    place = fields.Char(string="Where")
    note = fields.Char(help="In the carrier's words.")
    source = fields.Selection(
        _SOURCES,
        required=True,
        readonly=True,
        default="typed",
        help="Who said so.",
    )
    external_ref = fields.Char(
        string="Carrier's Reference",
        readonly=True,
        help="What the carrier calls the event. It is taken once.",
    )

    _once = models.UniqueIndex(
        "(parcel_id, kind, at, COALESCE(external_ref, ''))",
        "This event is known already.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        self.env["track.notice"]._tell_events(events)
        return events

    def write(self, vals):
        if not self.env.su:
            raise UserError(
                self.env._(
                    "Events are not changed. Delete the wrong one, and enter the "
                    "right one."
                )
            )
        return super().write(vals)
