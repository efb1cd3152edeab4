from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize


class SampleOrder(models.Model):
    """Who gets the samples, and where they are sent.

    Somebody who is no contact is a name, a firm and an address on this order: he is
    neither looked up nor made a contact.
    """

    _inherit = "sample.order"

    person_id = fields.Many2one(
        "res.partner",
        string="Designer",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Who gets the samples. Empty if he is not among the contacts.",
    )
    firm_id = fields.Many2one(
        "res.partner",
        compute="_compute_firm_id",
        store=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The firm of the designer, for finding duplicates.",
    )
    recipient_name = fields.Char(
        compute="_compute_recipient", store=True, readonly=False, precompute=True
    )
    recipient_firm = fields.Char(
        compute="_compute_recipient", store=True, readonly=False, precompute=True
    )
    recipient_email = fields.Char(
        compute="_compute_recipient", store=True, readonly=False, precompute=True
    )
    ship_to = fields.Selection(
        [
            ("person", "The Designer"),
            ("showroom", "The Showroom"),
            ("other", "Another Address"),
        ],
        default="person",
        required=True,
    )
    ship_address = fields.Text(
        string="Address",
        compute="_compute_ship_address",
        store=True,
        readonly=False,
        precompute=True,
        help="Where the distributors send the samples, as it is printed.",
    )

    @api.depends("person_id")
    def _compute_firm_id(self):
        for order in self:
            firm = order.person_id.sudo().commercial_partner_id
            # of somebody without a firm, that is himself
            order.firm_id = firm if firm.is_company else False

    @api.depends("person_id")
    def _compute_recipient(self):
        for order in self:
            person = order.person_id.sudo()
            if person:
                firm = person.commercial_partner_id
                order.recipient_name = person.name or person.display_name
                order.recipient_firm = firm.name if firm != person else False
                order.recipient_email = person.email
            else:
                for name in ("recipient_name", "recipient_firm", "recipient_email"):
                    order[name] = order[name]

    @api.depends("ship_to", "person_id", "showroom_id")
    def _compute_ship_address(self):
        for order in self:
            if order.ship_to == "other":
                order.ship_address = order.ship_address
                continue
            partner = (
                order.person_id if order.ship_to == "person" else order.showroom_id
            )
            # somebody who is no contact has the address that was typed
            if partner:
                lines = partner.sudo()._display_address().splitlines()
                order.ship_address = "\n".join(filter(str.strip, lines))
            else:
                order.ship_address = order.ship_address

    @api.constrains("recipient_email")
    def _check_recipient_email(self):
        for order in self:
            if order.recipient_email and not email_normalize(order.recipient_email):
                raise ValidationError(
                    self.env._(
                        "%(email)s is not an email address. Correct it, or leave it "
                        "empty.",
                        email=order.recipient_email[:200],
                    )
                )
