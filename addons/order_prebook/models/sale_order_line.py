from odoo import api, fields, models

from ..const import SOURCES, STATES


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    prebook_by_hand = fields.Boolean(
        string="Book Ahead",
        help="Make this line a prebook when the order is confirmed, whatever the "
        "stock.",
    )
    prebook_source = fields.Selection(
        SOURCES, string="Goods Come From", copy=False, readonly=True
    )
    # judged once: what one line takes from the stock, the next one does not find there
    prebook_is_judged = fields.Boolean(copy=False, readonly=True)
    is_prebook = fields.Boolean(
        compute="_compute_is_prebook", store=True, string="Prebook"
    )
    prebook_state = fields.Selection(
        STATES,
        compute="_compute_prebook_state",
        store=True,
        copy=False,
        string="Prebook Status",
    )
    prebook_date = fields.Datetime(string="Booked On", copy=False, readonly=True)
    prebook_available_date = fields.Date(
        string="Expected On",
        copy=False,
        readonly=True,
        help="When the goods should be here, as far as it was known when booked.",
    )
    prebook_is_procured = fields.Boolean(
        string="Procured While Open", copy=False, readonly=True
    )
    prebook_log_ids = fields.One2many(
        "sale.prebook.log", "line_id", copy=False, readonly=True
    )
    prebook_qty_checked_out = fields.Float(
        string="Checked Out",
        digits="Product Unit",
        compute="_compute_prebook_quantities",
        store=True,
        copy=False,
    )
    prebook_qty_cancelled = fields.Float(
        string="Cancelled",
        digits="Product Unit",
        compute="_compute_prebook_quantities",
        store=True,
        copy=False,
    )
    prebook_qty_open = fields.Float(
        string="Open",
        digits="Product Unit",
        compute="_compute_prebook_state",
        store=True,
        copy=False,
    )
    prebook_qty_arrived = fields.Float(
        string="Arrived",
        digits="Product Unit",
        copy=False,
        readonly=True,
        help="Here, and not asked for by anybody who booked earlier.",
    )
    # how much of what has arrived the customer knows of
    prebook_qty_told = fields.Float(digits="Product Unit", copy=False, readonly=True)
    prebook_hold = fields.Boolean(
        string="On Hold",
        copy=False,
        readonly=True,
        help="Is not bought and cannot be checked out until the hold is released.",
    )
    prebook_read_uid = fields.Many2one(
        "res.users", string="Read By", copy=False, readonly=True
    )
    prebook_read_date = fields.Datetime(string="Read On", copy=False, readonly=True)
    prebook_delivery_date = fields.Datetime(
        related="order_id.commitment_date", string="Delivery Date"
    )

    # who is next for a product
    _prebook_open_idx = models.Index(
        "(product_id, prebook_date, id) WHERE prebook_state = 'draft'"
    )
    _prebook_state_idx = models.Index("(prebook_state) WHERE prebook_state IS NOT NULL")

    @api.depends("prebook_source")
    def _compute_is_prebook(self):
        for line in self:
            line.is_prebook = bool(line.prebook_source)

    @api.depends("prebook_log_ids.quantity")
    def _compute_prebook_quantities(self):
        sums = {
            (line.id, kind): quantity
            for line, kind, quantity in self.env["sale.prebook.log"]
            .sudo()
            ._read_group(
                [
                    ("line_id", "in", self._origin.ids),
                    ("kind", "in", ("checkout", "cancel")),
                ],
                ["line_id", "kind"],
                ["quantity:sum"],
            )
        }
        for line in self:
            line_id = line._origin.id
            line.prebook_qty_checked_out = sums.get((line_id, "checkout"), 0.0)
            line.prebook_qty_cancelled = sums.get((line_id, "cancel"), 0.0)

    @api.depends(
        "is_prebook",
        "product_uom_qty",
        "product_uom_id",
        "prebook_qty_checked_out",
        "order_id.state",
    )
    def _compute_prebook_state(self):
        for line in self:
            line.prebook_qty_open = 0.0
            if not line.is_prebook:
                line.prebook_state = False
                continue
            if line.order_id.state == "cancel":
                line.prebook_state = "cancelled"
                continue
            left = line.product_uom_qty - line.prebook_qty_checked_out
            line.prebook_qty_open = max(line.product_uom_id.round(left), 0.0)
            if line.prebook_qty_open:
                line.prebook_state = "draft"
            elif line.prebook_qty_checked_out:
                line.prebook_state = "checked_out"
            else:
                line.prebook_state = "cancelled"
