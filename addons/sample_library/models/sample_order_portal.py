from psycopg2.errors import UniqueViolation

from odoo import Command, api, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.trade_network.const import SALES_REP
from odoo.addons.trade_network.context import as_system

#: More lines than anybody puts on one order by hand.
MAX_LINES = 200


class DraftGone(UserError):
    """The order that a form was made for is not a draft of the user any more."""


class SampleOrder(models.Model):
    """The one order a user of the portal is working on.

    Portal users may only read orders. These methods look for the user's own draft, and
    change it with the rights of the superuser.
    """

    _inherit = "sample.order"

    @api.model
    def _portal_draft(self):
        """What the user is working on.

        :return: ``sample.order`` with the rights of the superuser, or none
        """
        return as_system(self.env["sample.order"]).search(
            [
                ("user_id", "=", self.env.uid),
                ("state", "=", "draft"),
                ("source", "=", "portal"),
            ],
            limit=1,
        )

    @api.model
    def _portal_sent(self, order_id):
        """An order of the user that is no draft any more.

        :param int order_id: as it came from outside
        :return: ``sample.order`` with the rights of the superuser; empty if it is none
        """
        return as_system(self.env["sample.order"]).search(
            [
                ("id", "=", order_id),
                ("user_id", "=", self.env.uid),
                ("state", "!=", "draft"),
            ]
        )

    @api.model
    def _portal_take(self, draft_id):
        """The draft to change, so that no other change of it happens meanwhile.

        :param int draft_id: the order a form was made for; 0 if there was none yet
        :return: ``sample.order`` with the rights of the superuser
        :raise DraftGone: if the user is not working on that one any more
        """
        draft = self._portal_draft()
        if draft_id and draft.id != draft_id:
            sent = self._portal_sent(draft_id)
            if sent:
                raise DraftGone(
                    self.env._(
                        "%(order)s is not open any more: it was sent or cancelled in "
                        "another window. It stays as it is; what you see now is the "
                        "order you are working on.",
                        order=sent.name
                        if sent.name != "/"
                        else self.env._("The order"),
                    )
                )
            raise DraftGone(
                self.env._(
                    "This page was out of date, so nothing was changed. What you see "
                    "now is the order you are working on."
                )
            )
        draft = draft or self._portal_start()
        # whoever changes it at the same moment fails here, and Odoo runs him again
        self.env.cr.execute(
            SQL(
                "UPDATE sample_order SET write_date = now() AT TIME ZONE 'UTC' "
                "WHERE id = %s",
                draft.id,
            )
        )
        draft.invalidate_recordset(["write_date"])
        return draft

    @api.model
    def _portal_start(self):
        """Begin an order; there is one per user.

        :raise ConcurrencyError: if he tapped twice; Odoo runs the second one again,
            which then finds the order of the first one
        """
        showroom = self._portal_own_showroom()
        is_rep = SALES_REP in self._portal_roles()
        partner = self.env.user.partner_id
        orders = as_system(self.env["sample.order"]).with_context(
            mail_create_nosubscribe=True
        )
        try:
            with self.env.cr.savepoint():
                return orders.create(
                    {
                        "source": "portal",
                        "user_id": self.env.uid,
                        "company_id": self.env.company.id,
                        "showroom_id": showroom.id,
                        "library_id": self._portal_library(showroom).id,
                        "rep_id": partner.id if is_rep else False,
                        "person_id": partner.id
                        if self._portal_orders_for_himself()
                        else False,
                    }
                )
        except UniqueViolation as error:
            raise ConcurrencyError(str(error)) from error

    def _portal_put(self, item_id, quantity):
        """Have so many pieces of an item on the order, however often this is called.

        :param int item_id: ``sample.item``
        :param int quantity: pieces
        :return: name of the item
        :raise UserError: if the user may not ask for it, or not for so many
        """
        item = self.env["sample.item"].search(
            self._portal_items_domain() & Domain("id", "=", item_id)
        )
        if not item:
            raise UserError(
                self.env._(
                    "This sample is not offered by a distributor you deal with. Search "
                    "for it again."
                )
            )
        line = self.line_ids.filtered(lambda line: line.item_id == item)[:1]
        if line:
            line.quantity = quantity
        else:
            self._portal_add([{"item_id": item.id, "quantity": quantity}])
        return item.name

    def _portal_add(self, vals_list):
        """:raise UserError: if the order gets too long"""
        if len(self.line_ids) + len(vals_list) > MAX_LINES:
            raise UserError(
                self.env._(
                    "One order holds %(most)s samples. Send it, and begin another one.",
                    most=MAX_LINES,
                )
            )
        self.line_ids = [Command.create(vals) for vals in vals_list]

    def _portal_set_quantities(self, quantities):
        """Change lines; those that are gone are passed over.

        :param dict[int, int] quantities: pieces by id of the line
        :raise UserError: if one is no number of pieces
        """
        for line in self.line_ids:
            wanted = quantities.get(line.id, line.quantity)
            if line.quantity != wanted:
                line.quantity = wanted

    def _portal_remove(self, line_id):
        """Take a line off.

        :param int line_id: ``sample.request.line``
        :return: what puts it on again; nothing if it was gone before
        :rtype: dict | None
        """
        line = self.line_ids.filtered(lambda line: line.id == line_id)
        if not line:
            return None
        undo = {
            "name": line.name,
            "item_id": line.item_id.id,
            "quantity": line.quantity,
            "distributor_id": line.distributor_id.id,
            "distributor_name": line.distributor_name or "",
            "distributor_email": line.distributor_email or "",
        }
        line.unlink()
        return undo

    def _portal_repeat(self, request):
        """Put the lines of a request on the order.

        :param request: ``sample.request`` with the rights of the superuser
        :return: names of those that cannot be asked for any more
        :rtype: list[str]
        """
        usable = self.env["sample.item"].search(
            self._portal_items_domain()
            & Domain("id", "in", request.line_ids.item_id.ids)
        )
        distributors = self._portal_distributors()
        present = {line.item_id or line.name for line in self.line_ids}
        vals_list, left_out = [], []
        for line in request.line_ids:
            if (line.item_id or line.name) in present:
                continue
            if line.item_id:
                possible = line.item_id in usable
                vals = {"item_id": line.item_id.id}
            else:
                possible = (
                    not line.distributor_id or line.distributor_id in distributors
                )
                vals = {
                    name: line[name]
                    for name in ("distributor_name", "distributor_email")
                }
                vals.update(name=line.name, distributor_id=line.distributor_id.id)
            if possible:
                vals_list.append({**vals, "quantity": line.quantity})
            else:
                left_out.append(line.name)
        self._portal_add(vals_list)
        return left_out

    def _portal_twins(self):
        """Lines that were asked for a short time ago: when, and what became of it.

        Nothing is said about who asked.

        :return: per line ``asked`` (moment), ``shipped`` (moment or false), ``until``
            (day or false)
        :rtype: dict[SampleRequestLine, dict]
        """
        # not by index, which would read each of them alone
        twins = {
            line: next(iter(found)) for line, found in self.line_ids._twins().items()
        }
        return {
            line: {
                "asked": twin.requested_at,
                "shipped": twin.entry_ids.filtered(lambda entry: entry.kind == "ship")[
                    -1:
                ].answered_at,
                "until": twin.backordered_until,
            }
            for line, twin in twins.items()
        }
