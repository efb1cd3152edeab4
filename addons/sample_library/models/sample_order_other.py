from odoo import models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ..tags import storable

_WORDS_LENGTH = 200
_EMAIL_LENGTH = 254


class SampleOrder(models.Model):
    """What a user of the portal wants and does not find."""

    _inherit = "sample.order"

    def _portal_put_other(self, form):
        """Have something on the order that is not among the items.

        :param dict form: ``words``, ``quantity`` (a number), ``distributor_id`` (a
            number), or ``distributor_name`` and ``distributor_email``
        :return: the words
        :raise UserError: says what is missing
        """
        name = storable(form.get("words") or "", _WORDS_LENGTH)
        if not name:
            raise UserError(
                self.env._("Say what you want: pattern, color, or a number.")
            )
        asked_of = self._portal_asked_of(form)
        line = self.line_ids.filtered(
            lambda line: (
                not line.item_id
                and line.name == name
                and line.distributor_id.id == asked_of["distributor_id"]
                and (line.distributor_email or False) == asked_of["distributor_email"]
            )
        )[:1]
        if line:
            line.quantity = form.get("quantity") or 0
        else:
            self._portal_add(
                [{**asked_of, "name": name, "quantity": form.get("quantity") or 0}]
            )
        return name

    def _portal_asked_of(self, form):
        """Whom to ask for what is not among the items.

        What is typed never selects a distributor of the system: his address comes from
        his contact alone, and nobody is told whose address he typed.
        """
        distributor_id = form.get("distributor_id")
        name = storable(form.get("distributor_name") or "", _WORDS_LENGTH)
        typed = storable(form.get("distributor_email") or "", _EMAIL_LENGTH)
        if distributor_id and (name or typed):
            raise UserError(
                self.env._(
                    "Choose a distributor, or give name and email address of one who "
                    "is not in the list. Not both."
                )
            )
        if distributor_id:
            if distributor_id not in self._portal_distributors().ids:
                raise UserError(
                    self.env._(
                        "This is not a distributor you deal with. Choose another."
                    )
                )
            return {
                "distributor_id": distributor_id,
                "distributor_name": False,
                "distributor_email": False,
            }
        email = email_normalize(typed)
        if not name or not email:
            raise UserError(
                self.env._(
                    "Say whom to ask: choose a distributor, or give the name and the "
                    "email address of one who is not in the list."
                )
            )
        return {
            "distributor_id": False,
            "distributor_name": name,
            "distributor_email": email,
        }
