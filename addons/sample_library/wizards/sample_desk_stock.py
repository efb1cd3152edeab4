from odoo import Command, api, fields, models


class SampleDeskStock(models.TransientModel):
    """Samples came in: who asked first gets them first."""

    _name = "sample.desk.stock"
    _description = "Samples Came In"

    item_id = fields.Many2one(
        "sample.item",
        required=True,
        ondelete="cascade",
        string="Sample",
        domain=lambda self: self._own_items_domain(),
    )
    quantity = fields.Integer(string="Pieces", default=1, required=True)
    line_ids = fields.One2many(
        "sample.desk.stock.line",
        "wizard_id",
        string="Who Gets It",
        compute="_compute_line_ids",
        store=True,
        # as it was seen: it is compared with what holds when it is confirmed
        readonly=False,
    )

    _quantity_sane = models.Constraint(
        "CHECK (quantity BETWEEN 1 AND 9999)",
        "Give the number of pieces that came in: 1 to 9999.",
    )

    @api.model
    def _own_items_domain(self):
        """What the companies of the user distribute: others ask nobody here for it.

        :rtype: list
        """
        ours = self.env.companies.partner_id.ids
        return [("distributor_id.commercial_partner_id", "in", ours)]

    @api.depends("item_id", "quantity")
    def _compute_line_ids(self):
        for stock in self:
            shares, _twins = self.env["sample.request"]._propose_fill(
                stock.item_id.id, stock.quantity
            )
            stock.line_ids = [
                Command.clear(),
                *(
                    Command.create({"line_id": line.id, "quantity": pieces})
                    for line, pieces in shares.items()
                ),
            ]

    def action_ship(self):
        """Ship what was proposed; the same window does it once.

        :return: closes the window
        :rtype: dict
        :raise UserError: if it would be shared differently by now
        """
        self.ensure_one()
        self.env["sample.request"]._ship_fill(
            self.item_id.id,
            self.quantity,
            {line.line_id.id: line.quantity for line in self.line_ids},
            key=f"stock-{self.id}",
        )
        return {"type": "ir.actions.act_window_close"}
