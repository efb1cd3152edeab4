from odoo import fields, models

#: States of orders that are not over.
OPEN_ORDERS = ("requested", "on_hold", "open", "back_ordered", "partial")


class TrackOrder(models.Model):
    """A sales order in the distributor's system."""

    _name = "track.order"
    _inherit = ["track.accounted", "track.story"]
    _description = "Distributor's Order"
    _order = "ordered_on desc NULLS LAST, id desc"
    _rec_names_search = ["name", "customer_po", "own_reference", "sidemark"]

    name = fields.Char("Order Number", readonly=True)
    own_reference = fields.Char(readonly=True)
    customer_po = fields.Char("Customer's PO Number", readonly=True)
    sidemark = fields.Char("Client", readonly=True, help="Client, side mark, project.")
    ordered_on = fields.Date(readonly=True)
    status = fields.Selection(
        [
            ("requested", "Requested"),
            ("on_hold", "On Hold"),
            ("open", "Open"),
            ("back_ordered", "Back-Ordered"),
            ("partial", "Partly Shipped"),
            ("shipped", "Shipped"),
            ("cancelled", "Cancelled"),
        ],
        default="open",
        required=True,
        readonly=True,
    )
    ship_to = fields.Char(readonly=True)
    shipped_on = fields.Date(readonly=True)
    invoice_number = fields.Char(readonly=True)
    tracking_numbers = fields.Char(readonly=True)
    line_ids = fields.One2many("track.order.line", "order_id", "Lines", readonly=True)
    reserve_ids = fields.One2many("track.reserve", "order_id", readonly=True)
    requested_by_id = fields.Many2one(
        "res.users", readonly=True, index="btree_not_null", ondelete="restrict"
    )

    _by_name = models.Index("(name)")

    def init(self):
        """Add the column of what the lines were like."""
        self.env.cr.execute(
            "ALTER TABLE track_order ADD COLUMN IF NOT EXISTS children_hash int8"
        )
