from odoo import api, fields, models

#: Where the delivery of a recipient stands, in the order of its life.
STATES = [
    ("planned", "Planned"),
    ("skipped", "Skipped"),
    ("waiting", "Being prepared"),
    ("failed", "Failed"),
    ("open", "Confirmed"),
    ("ready", "Ready"),
    ("partial", "Partly shipped"),
    ("shipped", "Shipped"),
    ("cancelled", "Cancelled"),
]


class SaleOrderRecipient(models.Model):
    """One of those who get the goods of a division order.

    Planned while the order is open and follows the members of the division; frozen
    when the order is confirmed.
    """

    _name = "sale.order.recipient"
    _description = "Recipient of a Division Order"
    _order = "order_id desc, number, id"
    _rec_name = "name"

    order_id = fields.Many2one(
        "sale.order", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, precompute=True
    )
    number = fields.Integer(readonly=True, help="Numbers the recipients of the order.")
    partner_id = fields.Many2one(
        "res.partner",
        string="Member",
        required=True,
        index=True,
        ondelete="restrict",
        readonly=True,
    )
    address_id = fields.Many2one(
        "res.partner",
        string="Delivery Address",
        required=True,
        ondelete="restrict",
        readonly=True,
    )
    name = fields.Char(readonly=True, help="The name when the order was confirmed.")
    address = fields.Text(
        readonly=True, help="The address when the order was confirmed."
    )
    address_inline = fields.Char(
        string="Address in One Line", compute="_compute_address_inline"
    )
    problem = fields.Selection(
        [
            ("archived", "Contact is archived"),
            ("company", "Contact of another company"),
            ("address", "Address is incomplete"),
        ],
        readonly=True,
        help="Why nothing can be sent to this recipient.",
    )
    problem_text = fields.Char(
        compute="_compute_problem_text", string="What Is Missing"
    )
    is_skipped = fields.Boolean(
        string="Skipped", readonly=True, help="Gets nothing, with consent."
    )
    skipped_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    skipped_at = fields.Datetime(readonly=True)
    is_cancelled = fields.Boolean(string="Taken Out", readonly=True)
    to_deliver = fields.Boolean(
        readonly=True,
        help="The warehouse has still to be asked for something. The job in the "
        "background does it.",
    )
    to_reserve = fields.Boolean(
        readonly=True, help="The goods have still to be reserved."
    )
    error = fields.Text(readonly=True, help="Why asking the warehouse failed.")
    asked = fields.Json(
        readonly=True,
        help="What the warehouse was asked for so far: quantity by order line, in its "
        "unit.",
    )
    stock_reference_id = fields.Many2one(
        "stock.reference", readonly=True, index="btree_not_null", ondelete="set null"
    )
    picking_ids = fields.One2many(
        "stock.picking", "division_recipient_id", string="Transfers", readonly=True
    )

    _once = models.Constraint(
        "UNIQUE (order_id, partner_id)",
        "Every recipient is on a division order once.",
    )
    _to_deliver_idx = models.Index("(order_id) WHERE to_deliver")
    _to_reserve_idx = models.Index("(order_id) WHERE to_reserve")

    @api.depends("address")
    def _compute_address_inline(self):
        for recipient in self:
            recipient.address_inline = ", ".join((recipient.address or "").splitlines())

    @api.depends("problem", "address_id")
    @api.depends_context("lang")
    def _compute_problem_text(self):
        kinds = dict(self._fields["problem"]._description_selection(self.env))
        for recipient in self:
            text = kinds.get(recipient.problem, False)
            if recipient.problem == "address":
                names = self._get_missing_address_fields(recipient.sudo().address_id)
                described = recipient.address_id.fields_get(names, ["string"])
                if names:
                    missing = ", ".join(described[name]["string"] for name in names)
                    text = f"{text}: {missing}"
            recipient.problem_text = text

    # === PLANNING === #

    @api.model
    def _get_missing_address_fields(self, partner):
        """Fields without which a parcel does not arrive.

        :param partner: one ``res.partner`` record
        :rtype: list[str]
        """
        needed = ["street", "city", "country_id"]
        country = partner.country_id
        if country.zip_required:
            needed.append("zip")
        if country.state_required:
            needed.append("state_id")
        return [name for name in needed if not partner[name]]

    @api.model
    def _prepare_recipient_values(self, order, partner):
        """How a member would get his share of an order.

        :param order: one ``sale.order`` record
        :param partner: the member, with superuser rights
        :rtype: dict
        """
        # only an address of his own: `address_get` may answer with a neighbour's
        own = partner.child_ids.filtered(lambda child: child.type == "delivery")
        address = own[:1] or partner
        problem = False
        if not partner.active:
            problem = "archived"
        elif partner.company_id and partner.company_id != order.company_id:
            problem = "company"
        elif self._get_missing_address_fields(address):
            problem = "address"
        customer = order.partner_id.commercial_partner_id
        colleague = partner.commercial_partner_id == customer
        return {
            "partner_id": partner.id,
            "address_id": address.id,
            # the name of the customer itself would be said in every row
            "name": (colleague and partner.name) or partner.display_name,
            "address": self._format_address(address),
            "problem": problem,
        }

    @api.model
    def _format_address(self, partner):
        """The address of a contact, a line for each part that is there."""
        lines = partner._display_address(without_company=True).splitlines()
        return "\n".join(line for line in lines if line.strip())

    def _gets_goods(self):
        """Those who get a share: not skipped, not taken out.

        :rtype: sale.order.recipient recordset
        """
        return self.filtered(
            lambda recipient: not recipient.is_skipped and not recipient.is_cancelled
        )

    @api.model
    def _is_deferred(self, count):
        """Whether so many recipients are left to the job in the background."""
        return count > DEFER_ABOVE


#: Up to so many recipients, confirming an order makes the deliveries at once.
DEFER_ABOVE = 30
