from odoo import Command, api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.trade_network.context import as_system

from ..tags import storable
from .sample_kit import NAME_LENGTH
from .sample_request_desk import KEY_LENGTH
from .sample_request_line import MAX_QUANTITY

#: So many forms are remembered; nobody has more of them open.
_KEYS = 100


class SampleKit(models.Model):
    """What portal users do with their kits; they may write to no record themselves."""

    _inherit = "sample.kit"

    @api.model
    def _of_portal(self):
        """Kits the user may use: his own, and those of his showroom.

        :return: ``sample.kit`` with the rights of the user
        """
        if not self.has_access("read"):
            return self.browse()
        # of an employee not all that he may see
        return self.search(
            Domain("user_id", "=", self.env.uid)
            | Domain("showroom_id", "in", self._showrooms_of_user().ids)
        )

    @api.model
    def _showrooms_of_user(self):
        """Whom a portal user may work for: the same as in the record rules."""
        partner = self.env.user.partner_id
        return partner | partner.parent_id | partner.commercial_partner_id

    @api.model
    def _library_of_user(self):
        """The library of the showroom the user works for.

        :return: ``sample.library`` with the rights of the superuser; maybe none
        """
        return (
            self.env["sample.library"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", self._showrooms_of_user().ids),
                    ("company_id", "in", self.env.companies.ids),
                ],
                limit=1,
            )
        )

    def _check_own(self):
        """:raise AccessError: if it is not the user's own"""
        self.check_access("read")
        if any(kit.user_id.id != self.env.uid for kit in self.sudo()):
            raise AccessError(
                self.env._("This kit belongs to somebody else, who alone changes it.")
            )

    @api.model
    def _keep_order(self, order, name, shared=False):
        """Make a kit of what is on a draft.

        :param order: ``sample.order`` of the user himself
        :param str name: as it was typed
        :param bool shared: for all of the user's showroom
        :rtype: ``sample.kit``
        :raise UserError: if there is nothing on it that a kit could hold
        """
        wanted = {}
        for line in order.sudo().line_ids:
            if line.item_id:
                wanted[line.item_id.id] = wanted.get(line.item_id.id, 0) + line.quantity
        if not wanted:
            raise UserError(
                self.env._(
                    "Put samples of a library on your order first, then keep them as a "
                    "kit."
                )
            )
        library = self._library_of_user() if shared else False
        return as_system(self).create(
            {
                "name": self._typed_name(name),
                "user_id": self.env.uid,
                "company_id": order.company_id.id,
                "library_id": library and library.id,
                "line_ids": [
                    Command.create(
                        {"item_id": item_id, "quantity": min(quantity, MAX_QUANTITY)}
                    )
                    for item_id, quantity in wanted.items()
                ],
            }
        )

    def _portal_put_on(self, draft, key):
        """Put a kit on the user's draft, once for each form.

        :param draft: ``sample.order``, as it was taken to be changed: two taps at the
            same moment come here one after the other
        :param str key: random, of the form; what comes with it again is not done again
        :raise AccessError: if the user may not read the kit
        :raise UserError: if there is nothing in it, or the form has no key
        """
        key = storable(key or "", KEY_LENGTH)
        if not key:
            raise UserError(
                self.env._(
                    "This page was out of date, so nothing was put on the order. Tap "
                    "again."
                )
            )
        keys = draft.put_keys or []
        if key not in keys:
            self._put_on(draft)
            draft.put_keys = [*keys, key][-_KEYS:]

    def _rename(self, name):
        """:raise AccessError: if it is not the user's own"""
        self._check_own()
        as_system(self).name = self._typed_name(name)

    def _drop(self):
        """:raise AccessError: if it is not the user's own"""
        self._check_own()
        as_system(self).unlink()

    def _typed_name(self, name):
        """A name as it came from outside.

        :raise UserError: if nothing is left of it
        """
        name = storable(name if isinstance(name, str) else "", NAME_LENGTH)
        if not name:
            raise UserError(self.env._("Give the kit a name."))
        return name
