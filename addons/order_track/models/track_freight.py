from odoo import api, fields, models


class TrackFreight(models.Model):
    """A shipment of a distributor."""

    _name = "track.freight"
    _inherit = ["track.accounted"]
    _description = "Distributor's Freight"
    _order = "shipped_on desc NULLS LAST, id desc"
    _rec_names_search = ["name", "tracking_number", "order_ref"]

    name = fields.Char("Shipment", readonly=True)
    order_ref = fields.Char("Order Number", readonly=True)
    order_id = fields.Many2one(
        "track.order", compute="_compute_order_id", help="The order of that number."
    )
    carrier = fields.Char(readonly=True)
    tracking_number = fields.Char(readonly=True, index="btree_not_null")
    pieces = fields.Integer(readonly=True)
    weight = fields.Float(readonly=True)
    weight_unit = fields.Char(readonly=True)
    shipped_on = fields.Date(readonly=True)
    expected_on = fields.Date("Expected", readonly=True)
    delivered_on = fields.Date("Delivered", readonly=True)
    status = fields.Selection(
        [
            ("announced", "Announced"),
            ("in_transit", "In Transit"),
            ("out_for_delivery", "Out for Delivery"),
            ("delivered", "Delivered"),
            ("exception", "Exception"),
            ("returned", "Returned"),
        ],
        default="in_transit",
        required=True,
        readonly=True,
    )

    _by_order = models.Index("(distributor_id, order_ref) WHERE order_ref IS NOT NULL")

    @api.depends("order_ref", "distributor_id")
    def _compute_order_id(self):
        # with the rights of the user: the order may be another one's
        orders = self.env["track.order"].search(
            [
                ("distributor_id", "in", self.distributor_id.ids),
                ("name", "in", self.filtered("order_ref").mapped("order_ref")),
            ]
        )
        known = {(order.distributor_id, order.name): order for order in orders}
        for freight in self:
            freight.order_id = known.get((freight.distributor_id, freight.order_ref))
