from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tags import storable

#: More pieces than anybody wants of one sample.
MAX_QUANTITY = 9999
_KEY_LENGTH = 250

# what may be changed while the order is a draft
_OPEN_STATES = ("new", "partial", "backorder")


class SampleRequestLine(models.Model):
    """So many pieces of one sample: first on an order, then on a request."""

    _name = "sample.request.line"
    _inherit = ["sample.party"]
    _description = "Line of a Sample Request"
    _order = "order_id desc, sequence, id"
    _rec_names_search = ["name"]

    sequence = fields.Integer(default=10)
    order_id = fields.Many2one(
        "sample.order", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        compute="_compute_company_id", store=True, precompute=True
    )
    request_id = fields.Many2one(
        "sample.request",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    item_id = fields.Many2one(
        "sample.item",
        index="btree_not_null",
        ondelete="restrict",
        help="Empty for what is in no library.",
    )
    bin_code = fields.Char(related="item_id.bin_code")
    name = fields.Char(
        string="Sample",
        compute="_compute_from_item",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="What is asked for, as the distributor reads it.",
    )
    distributor_id = fields.Many2one(
        compute="_compute_from_item",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('is_distributor', '=', True)]",
    )
    distributor_name = fields.Char(
        string="Other Distributor", help="Who is asked, if he is not in the system."
    )
    distributor_email = fields.Char(string="Email of Distributor")
    quantity = fields.Integer(string="Wanted", default=1, required=True)
    shipped_qty = fields.Integer(string="Shipped", readonly=True, copy=False)
    refused_qty = fields.Integer(string="Refused", readonly=True, copy=False)
    open_qty = fields.Integer(
        string="Open", compute="_compute_open_qty", store=True, precompute=True
    )
    backordered_until = fields.Date(
        string="Expected On", readonly=True, copy=False, help="Said by the distributor."
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("new", "Requested"),
            ("partial", "Partly Shipped"),
            ("backorder", "Backordered"),
            ("shipped", "Shipped"),
            ("refused", "Will Not Ship"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    requested_at = fields.Datetime(readonly=True, copy=False)
    done_at = fields.Datetime(
        readonly=True, copy=False, help="When nothing of it was open any more."
    )
    is_twin = fields.Boolean(
        string="Duplicate",
        readonly=True,
        copy=False,
        help="When it was sent, the same had been asked for a short time ago.",
    )
    entry_ids = fields.One2many(
        "sample.request.entry", "line_id", string="Answers", readonly=True
    )
    # what the look-up for duplicates compares, frozen when the request is sent
    twin_key = fields.Char(readonly=True, copy=False)
    family_key = fields.Char(readonly=True, copy=False)
    project_key = fields.Char(readonly=True, copy=False)
    email_key = fields.Char(readonly=True, copy=False)

    _not_more = models.Constraint(
        "CHECK (shipped_qty >= 0 AND refused_qty >= 0"
        " AND shipped_qty + refused_qty <= quantity)",
        "More was answered than asked for.",
    )
    _twin = models.Index("(twin_key, requested_at) WHERE twin_key IS NOT NULL")
    _family = models.Index("(family_key, requested_at) WHERE family_key IS NOT NULL")
    _waiting = models.Index(
        "(distributor_id, item_id, requested_at)"
        " WHERE state IN ('new', 'partial', 'backorder')"
    )

    @api.depends("order_id.company_id")
    def _compute_company_id(self):
        for line in self:
            line.company_id = line.order_id.company_id

    @api.depends("item_id")
    def _compute_from_item(self):
        for line in self:
            item = line.item_id
            line.name = item.name or line.name
            line.distributor_id = item.distributor_id or line.distributor_id

    @api.depends("quantity", "shipped_qty", "refused_qty", "state")
    def _compute_open_qty(self):
        for line in self:
            done = line.shipped_qty + line.refused_qty
            line.open_qty = line.quantity - done if line.state in _OPEN_STATES else 0

    @api.constrains("quantity")
    def _check_quantity(self):
        for line in self:
            if not 1 <= line.quantity <= MAX_QUANTITY:
                raise ValidationError(
                    self.env._(
                        "%(item)s: ask for 1 to %(most)s pieces.",
                        item=line.name,
                        most=MAX_QUANTITY,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                self._refuse_derived(vals)
        lines = super().create(vals_list)
        if not self.env.su:
            lines._check_draft()
        return lines

    def write(self, vals):
        if not self.env.su:
            self._refuse_derived(vals)
            self._check_draft()
        result = super().write(vals)
        if not self.env.su and "order_id" in vals:
            self._check_draft()
            self.check_access("write")
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        if not self.env.su:
            self._check_draft()

    def _check_draft(self):
        """:raise UserError: if an order was sent"""
        self.order_id._refuse_sent()

    def _refuse_derived(self, vals):
        """Keep what follows from answers to those who answer.

        :raise UserError: for everybody else
        """
        by_hand = {
            "sequence",
            "order_id",
            "item_id",
            "name",
            "distributor_id",
            "distributor_name",
            "distributor_email",
            "quantity",
        }
        if not by_hand.issuperset(vals):
            raise UserError(
                self.env._(
                    "What a distributor answers is written by the buttons of the "
                    "request."
                )
            )

    def _asked_of(self):
        """What lines of one request have in common."""
        self.ensure_one()
        if self.distributor_id:
            return ("", self.distributor_id.name or "", self.distributor_id.id)
        return (self.distributor_email.strip().lower(), "", 0)

    def _join(self, request, twins):
        """Become the lines of a request.

        :param request: ``sample.request`` that was just made
        :param dict twins: those of these lines that are duplicates are its keys
        """
        common = {
            **request._party_values(),
            "request_id": request.id,
            "requested_at": request.requested_at,
            "state": "new",
        }
        for line in self:
            line.write({**common, **line._keys(), "is_twin": line in twins})

    def _keys(self):
        """What makes two lines the same, whatever becomes of item or contact later.

        :return: ``twin_key``, ``family_key``, ``project_key`` and ``email_key``
        :rtype: dict
        """
        self.ensure_one()
        item, order = self.item_id, self.order_id
        asked = self.distributor_id.commercial_partner_id.id or _plain(
            self.distributor_email
        )
        family = False
        if item.pattern:
            key = f"{asked}|{_plain(item.pattern)}|{_plain(item.color)}"
            if item.color_family:
                family = f"{asked}|{_plain(item.pattern)}|{item.color_family}"
        elif item.product_id:
            key = f"product|{item.product_id.id}"
        else:
            key = f"{asked}|{_plain(self.name)}"
        return {
            "twin_key": key[:_KEY_LENGTH],
            "family_key": family and family[:_KEY_LENGTH],
            "project_key": _plain(order.project)[:_KEY_LENGTH] or False,
            "email_key": _plain(order.recipient_email)[:_KEY_LENGTH] or False,
        }

    def _tally(self):
        """Sum up what was answered; the one place where status and numbers change."""
        now = fields.Datetime.now()
        for line in self:
            entries = line.entry_ids
            shipped = sum(
                entries.filtered(lambda e: e.kind == "ship").mapped("quantity")
            )
            refused = sum(
                entries.filtered(lambda e: e.kind == "refuse").mapped("quantity")
            )
            left = line.quantity - shipped - refused
            waits = entries.filtered(lambda e: e.kind == "backorder")[-1:]
            if not left:
                state = "shipped" if shipped else "refused"
            elif waits:
                state = "backorder"
            else:
                state = "partial" if shipped or refused else "new"
            line.write(
                {
                    "shipped_qty": shipped,
                    "refused_qty": refused,
                    "state": state,
                    "backordered_until": waits.until if left else False,
                    "done_at": False if left else now,
                }
            )


def _plain(text):
    """A text without what people write differently: capitals and blanks."""
    return " ".join(storable(text or "").upper().split())
