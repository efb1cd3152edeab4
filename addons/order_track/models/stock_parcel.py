import re
from datetime import timedelta
from urllib.parse import quote

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .. import carriers
from .stock_parcel_event import RANK

#: States of a parcel that is on its way.
OPEN_STATES = ("shipped", "in_transit", "out_for_delivery", "exception")
#: Events that say nothing of where a parcel is now once it has arrived.
_ON_THE_WAY = ("announced", "picked_up", "in_transit", "out_for_delivery")
_PLACEHOLDER = "<shipmenttrackingnumber>"
# numbers of small carriers that nobody recognises may have signs in them
_UNKNOWN = re.compile(r"[0-9A-Z](?:[0-9A-Z ._/#+-]{1,38}[0-9A-Z])", re.ASCII).fullmatch


def clean_number(text):
    """A tracking number as it is kept.

    :param str text: one number as it was typed, scanned or sent
    :return: the number; empty if the text cannot be one
    :rtype: str
    """
    plain = carriers.normalise(text)
    if plain or not isinstance(text, str):
        return plain
    text = " ".join(text[:100].upper().split())
    return text if _UNKNOWN(text) else ""


class StockParcel(models.Model):
    """A parcel of a transfer to or from a customer: one tracking number.

    What becomes of it is said by its events, which are never changed; its state and
    dates follow from them.
    """

    _name = "stock.parcel"
    _description = "Parcel"
    _order = "id desc"

    name = fields.Char(
        string="Tracking Number",
        required=True,
        index="trigram",
        help="Without blanks, in capitals.",
    )
    picking_id = fields.Many2one(
        "stock.picking",
        string="Transfer",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="picking_id.company_id", store=True, index=True
    )
    order_id = fields.Many2one(
        related="picking_id.sale_id", store=True, index="btree_not_null"
    )
    partner_id = fields.Many2one(related="picking_id.partner_id", string="Ship To")
    is_return = fields.Boolean(
        string="Comes Back",
        compute="_compute_is_return",
        store=True,
        help="A customer sends it to us.",
    )
    carrier_code = fields.Selection(
        selection=list(carriers.LABELS.items()),
        string="Carrier",
        compute="_compute_carrier_code",
        store=True,
        readonly=False,
        precompute=True,
        help="Recognised by the number. Choose another one if that is wrong.",
    )
    carrier_name = fields.Char(compute="_compute_carrier_name")
    tracking_url = fields.Char(string="Tracking Link", compute="_compute_tracking_url")
    weight = fields.Float(digits="Stock Weight", help="Of the parcel, packed.")
    weight_uom_name = fields.Char(
        string="Weight Unit", compute="_compute_weight_uom_name"
    )
    package_id = fields.Many2one(
        "stock.package", index="btree_not_null", ondelete="set null"
    )
    line_ids = fields.One2many(
        "stock.parcel.line",
        "parcel_id",
        string="Contents",
        help="Left empty where nobody knows what is in which parcel.",
    )
    event_ids = fields.One2many("stock.parcel.event", "parcel_id", string="Events")
    state = fields.Selection(
        [
            ("announced", "Announced"),
            ("shipped", "Shipped"),
            ("in_transit", "In Transit"),
            ("out_for_delivery", "Out for Delivery"),
            ("delivered", "Delivered"),
            ("exception", "Trouble"),
            ("returned", "Returned to Sender"),
        ],
        string="Status",
        compute="_compute_state",
        store=True,
        precompute=True,
        index=True,
        help="By its latest event. Shipped: the transfer is done, and the carrier has "
        "said nothing yet.",
    )
    shipped_at = fields.Datetime(compute="_compute_state", store=True, precompute=True)
    delivered_at = fields.Datetime(
        compute="_compute_state", store=True, precompute=True
    )
    expected_on = fields.Date(
        string="Expected",
        compute="_compute_expected_on",
        store=True,
        readonly=False,
        precompute=True,
        help="What the carrier says; until then, the date promised on the order.",
    )
    is_late = fields.Boolean(
        string="Late",
        compute="_compute_is_late",
        search="_search_is_late",
        help="Expected before today, and not delivered yet.",
    )
    from_ref = fields.Boolean(
        readonly=True,
        help="Made because its number was written on the transfer; goes with it.",
    )
    asked_at = fields.Datetime(
        string="Carrier Asked", readonly=True, help="When the carrier was asked last."
    )
    ask_error = fields.Text(
        string="Carrier's Trouble",
        readonly=True,
        help="Why the carrier could not be asked last time.",
    )

    _once = models.UniqueIndex(
        "(picking_id, name)", "This number is on the transfer already."
    )
    _number = models.Index("(name)")
    _open = models.Index("(expected_on) WHERE state NOT IN ('delivered', 'returned')")

    @api.depends("picking_id.location_id.usage")
    def _compute_is_return(self):
        for parcel in self:
            parcel.is_return = parcel.picking_id.location_id.usage == "customer"

    @api.depends("name", "picking_id")
    def _compute_carrier_code(self):
        for parcel in self:
            found = carriers.recognise(
                parcel.name,
                preferred=parcel.picking_id.carrier_id._parcel_carrier(),
                country=parcel.picking_id.partner_id.country_id.code or None,
            )
            parcel.carrier_code = found[0].carrier if found else parcel.carrier_code

    @api.depends("carrier_code", "picking_id.carrier_id")
    def _compute_carrier_name(self):
        for parcel in self:
            parcel.carrier_name = (
                carriers.label(parcel.carrier_code)
                if parcel.carrier_code
                else parcel.picking_id.carrier_id.name
            )

    @api.depends("name", "carrier_code", "picking_id.carrier_id.tracking_url")
    def _compute_tracking_url(self):
        for parcel in self:
            address = parcel.picking_id.partner_id
            url = parcel.carrier_code and carriers.link(
                parcel.carrier_code,
                parcel.name,
                country=parcel.picking_id.partner_id.country_id.code or None,
                postcode=address.zip or None,
            )
            parcel.tracking_url = url or parcel._method_url()

    def _method_url(self):
        """The link of the delivery method, for numbers that nobody recognises."""
        pattern = self.picking_id.carrier_id.sudo().tracking_url or ""
        if not self.name or _PLACEHOLDER not in pattern:
            return False
        url = pattern.replace(_PLACEHOLDER, quote(self.name, safe=""))
        return url if url.startswith(("https://", "http://")) else False

    def _compute_weight_uom_name(self):
        template = self.env["product.template"]
        self.weight_uom_name = template._get_weight_uom_name_from_ir_config_parameter()

    @api.depends(
        "event_ids.kind",
        "event_ids.at",
        "picking_id.state",
        "picking_id.date_done",
    )
    def _compute_state(self):
        for parcel in self:
            events = parcel.event_ids.sorted(lambda event: (event.at, RANK[event.kind]))
            # an advice may come after the carrier's first scan
            handed_over = events.filtered(lambda event: event.kind != "announced")
            kinds = handed_over.mapped("kind")
            arrived = events.filtered(lambda event: event.kind == "delivered")
            done = parcel.picking_id.state == "done" and parcel.picking_id.date_done
            last = kinds[-1] if kinds else "announced"
            if arrived and last in _ON_THE_WAY:
                # a scan that came late does not take it away again
                last = "delivered"
            if last == "announced" and done:
                last = "shipped"
            parcel.state = "in_transit" if last == "picked_up" else last
            times = [*handed_over[:1].mapped("at"), *([done] if done else [])]
            parcel.shipped_at = min(times, default=False)
            parcel.delivered_at = last == "delivered" and arrived[-1:].at

    @api.depends("picking_id")
    def _compute_expected_on(self):
        for parcel in self:
            promised = parcel.picking_id.sale_id.commitment_date
            if parcel.expected_on or not promised or parcel.is_return:
                continue
            tz = parcel.picking_id.company_id.partner_id.tz or self.env.user.tz
            parcel.expected_on = fields.Datetime.context_timestamp(
                parcel.with_context(tz=tz), promised
            ).date()

    @api.depends("state", "expected_on")
    @api.depends_context("tz")
    def _compute_is_late(self):
        late = self.filtered_domain(self._late_domain())
        late.is_late = True
        (self - late).is_late = False

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = self._late_domain()
        return Domain.OR(late if wanted else ~late for wanted in value)

    def _late_domain(self):
        """What was expected before today and has not arrived.

        :rtype: Domain
        """
        today = fields.Date.context_today(self)
        return Domain(
            [
                ("expected_on", "<", today),
                ("state", "not in", ("delivered", "returned")),
            ]
        )

    @api.constrains("name")
    def _check_name(self):
        for parcel in self:
            if clean_number(parcel.name) != parcel.name:
                raise ValidationError(
                    self.env._(
                        "%(number)s is not a tracking number. Give 3 to 40 letters and "
                        "digits; one number for each parcel.",
                        number=parcel.name[:60],
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name"):
                vals["name"] = clean_number(vals["name"]) or vals["name"]
        parcels = super().create(vals_list)
        parcels._fill_contents()
        self.env["track.notice"]._tell_shipped(parcels.picking_id)
        return parcels

    def write(self, vals):
        if vals.get("name"):
            vals = {**vals, "name": clean_number(vals["name"]) or vals["name"]}
        return super().write(vals)

    @api.model
    def _still_out_since(self, days):
        """Parcels on their way that are not older than some days.

        :param int days: how many days
        :rtype: StockParcel
        """
        since = fields.Datetime.now() - timedelta(days=days)
        return self.search(
            [("state", "in", ("announced", *OPEN_STATES)), ("create_date", ">=", since)]
        )
