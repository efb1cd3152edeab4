from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize

from odoo.addons.trade_network.const import SHOWROOM

from ..tags import storable

_NAME_LENGTH = 200
_EMAIL_LENGTH = 254
_TEXT_LENGTH = 2000


class SampleOrder(models.Model):
    """For whom a user of the portal orders, and where it goes."""

    _inherit = "sample.order"

    def _portal_fill(self, form):
        """Write the page of details down.

        :param dict form: texts as typed; ``person_id`` and ``showroom_id`` are numbers
        :raise UserError: says what to correct; nothing is written then
        """
        self.write(
            {
                **self._portal_showroom_values(form),
                **self._portal_recipient_values(form),
                **self._portal_ship_values(form),
                "project": storable(form.get("project") or "", _NAME_LENGTH) or False,
                "note": storable(form.get("note") or "", _TEXT_LENGTH) or False,
                "needed_on": self._portal_day(form.get("needed_on")),
            }
        )

    def _portal_showroom_values(self, form):
        """A showroom orders for itself; others may name one."""
        if SHOWROOM in self._portal_roles():
            return {}
        showrooms = self._portal_showrooms()
        wanted = form.get("showroom_id")
        showroom = showrooms.filtered(lambda one: one.id == wanted)
        if wanted and not showroom:
            raise UserError(
                self.env._(
                    "You cannot order through this showroom. Choose another one."
                )
            )
        return {
            "showroom_id": showroom.id,
            "library_id": self._portal_library(showroom).id if showroom else False,
        }

    def _portal_recipient_values(self, form):
        """Who gets the samples: a contact to choose, or words that stay words.

        Nobody is looked up by what was typed, and no contact is made of it.
        """
        if self._portal_orders_for_himself():
            return {}
        typed = {
            "recipient_name": storable(form.get("recipient_name") or "", _NAME_LENGTH),
            "recipient_firm": storable(form.get("recipient_firm") or "", _NAME_LENGTH),
            "recipient_email": storable(
                form.get("recipient_email") or "", _EMAIL_LENGTH
            ),
        }
        if person_id := form.get("person_id"):
            if any(typed.values()):
                raise UserError(
                    self.env._(
                        "Choose a designer from the list, or type who gets the "
                        "samples. Not both."
                    )
                )
            if not self._portal_is_known(person_id):
                raise UserError(
                    self.env._(
                        "This person is not in your list. Choose another one, or type "
                        "a name."
                    )
                )
            return {"person_id": person_id}
        email = typed["recipient_email"]
        if email and not email_normalize(email):
            raise UserError(
                self.env._(
                    "%(email)s is not an email address. Correct it, or leave it empty.",
                    email=email,
                )
            )
        return {
            "person_id": False,
            "recipient_name": typed["recipient_name"] or False,
            "recipient_firm": typed["recipient_firm"] or False,
            "recipient_email": email_normalize(email),
        }

    def _portal_is_known(self, person_id):
        """Whether the user may order for a contact."""
        if person_id == self.person_id.id:
            return True
        domain = self._portal_people_domain() & Domain("id", "=", person_id)
        return bool(self.env["res.partner"].sudo().search_count(domain, limit=1))

    def _portal_ship_values(self, form):
        """Where the samples go: to a known address, or to one that was typed."""
        ship_to = form.get("ship_to")
        address = storable(form.get("ship_address") or "", _TEXT_LENGTH)
        if ship_to not in dict(self._fields["ship_to"].selection):
            raise UserError(self.env._("Choose where the samples go."))
        if ship_to == "showroom":
            own = self.showroom_id if SHOWROOM in self._portal_roles() else False
            if not own and not form.get("showroom_id"):
                raise UserError(
                    self.env._(
                        "The samples go to a showroom, but none is chosen. Choose one, "
                        "or another address."
                    )
                )
        if ship_to == "other" and not address:
            raise UserError(self.env._("Type the address the samples go to."))
        is_contact = self._portal_orders_for_himself() or form.get("person_id")
        if ship_to == "other" or (ship_to == "person" and not is_contact):
            return {"ship_to": ship_to, "ship_address": address or False}
        return {"ship_to": ship_to}

    def _portal_day(self, text):
        """The day on which the samples are needed.

        :raise UserError: if it is none, or over
        """
        text = storable(text or "", 20)
        if not text:
            return False
        try:
            day = fields.Date.to_date(text)
        except ValueError as error:
            raise UserError(
                self.env._("%(text)s is not a date. Correct it.", text=text)
            ) from error
        if day < fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "The day on which the samples are needed is over. Choose another "
                    "one."
                )
            )
        return day
