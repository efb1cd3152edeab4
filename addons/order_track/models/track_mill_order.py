from odoo import fields, models


class TrackMillOrder(models.Model):
    """What a distributor has ordered from a mill."""

    _name = "track.mill.order"
    _inherit = ["track.posted"]
    _description = "Distributor's Mill Order"
    _order = "due_on, id"
    _rec_names_search = ["name", "item_code"]

    name = fields.Char("Mill Order", required=True, readonly=True)
    item_code = fields.Char("Item", required=True, readonly=True)
    description = fields.Char(readonly=True)
    pattern = fields.Char(readonly=True)
    color = fields.Char(readonly=True)
    quantity = fields.Float(readonly=True)
    received = fields.Float(readonly=True)
    unit = fields.Char(readonly=True)
    ordered_on = fields.Date(readonly=True)
    due_on = fields.Date("Due", readonly=True)
    promised_on = fields.Date("Promised", readonly=True)
    status = fields.Selection(
        [
            ("open", "Open"),
            ("partial", "Partly Received"),
            ("received", "Received"),
            ("cancelled", "Cancelled"),
        ],
        default="open",
        required=True,
        readonly=True,
    )

    _by_item = models.Index("(distributor_id, upper(btrim(item_code)))")
