from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.trade_network.context import as_system

from .. import posting
from ..posting.types import LARGEST

_LIMITS = {"item_code": 64, "color": 120, "dye_lot": 64, "piece": 64, "sidemark": 250,
           "customer_po": 64, "account_number": 64}  # fmt: skip


class TrackReserve(models.Model):
    """What showrooms and reps do with reserves in the portal."""

    _inherit = "track.reserve"

    @api.model
    def hold_item(
        self,
        distributor_id,
        item_code,
        quantity,
        held_until,
        sidemark,
        account_number=None,
        color=None,
        dye_lot=None,
        piece=None,
    ):
        """Hold so much of an item for a client, in the name of the user.

        :param int distributor_id: a distributor the user deals with as showroom or rep
        :param str item_code: of the distributor
        :param float quantity: in the unit of the distributor
        :param held_until: the last day, as date or ISO text
        :param str sidemark: the client
        :param str account_number: for which account; by default the user's own
        :return: id of the reserve
        :raise AccessError: the account is not the user's
        :raise UserError: too long, too much, or something is missing
        """
        words = self._check_words(
            item_code=item_code,
            sidemark=sidemark,
            account_number=account_number,
            color=color,
            dye_lot=dye_lot,
            piece=piece,
        )
        distributor = self.env["res.partner"].sudo().browse(int(distributor_id))
        day = fields.Date.to_date(held_until)
        quantity = self._check_quantity(quantity)
        if not words["item_code"] or not words["sidemark"] or not day:
            raise UserError(self.env._("Say what is held, for whom, and until when."))
        parties = self._own_account(distributor, words.pop("account_number"))
        self._check_until(distributor, day)
        stock = self.env["track.stock"]._find_item(
            distributor.id, words["item_code"], words["color"]
        )
        if stock:
            self._take_stock(stock, quantity)
            words["item_code"] = stock.item_code
        number = self.env["ir.sequence"].sudo().next_by_code("track.reserve")
        reserve = as_system(self).create(
            {
                **parties,
                **words,
                "distributor_id": distributor.id,
                "external_ref": number,
                "name": number,
                "company_id": self.env.company.id,
                "origin": "portal",
                "posted_at": fields.Datetime.now(),
                "requested_by_id": self.env.uid,
                "reserved_on": fields.Date.today(),
                "held_until": day,
                "quantity": quantity,
                "unit": stock.unit,
                "description": stock.description,
                "pattern": stock.pattern,
                "stock_id": stock.id,
                "state": "held",
            }
        )
        return reserve.id

    def action_extend(self, held_until):
        """Hold longer, at most as long as the distributor lets one hold from today.

        :param held_until: the last day, as date or ISO text
        """
        day = fields.Date.to_date(held_until)
        for reserve in self._own_held():
            if not day or day < reserve.held_until:
                raise UserError(self.env._("Choose a later day."))
            self._check_until(reserve.distributor_id, day)
            reserve.held_until = day
        return True

    def action_release(self):
        """Give back what is held."""
        reserves = self._own_held()
        reserves.state = "released"
        for distributor in reserves.distributor_id:
            self.env["track.stock"]._count_held(distributor.id)
        return True

    def action_convert(self, customer_po=None):
        """Ask for an order of what is held; it stays held for it.

        :param str customer_po: the customer's own number
        :return: id of the order, the last one if there are several
        """
        words = self._check_words(customer_po=customer_po)
        order = self.env["track.order"]
        for reserve in self._own_held():
            number = self.env["ir.sequence"].sudo().next_by_code("track.order")
            order = as_system(order).create(
                {
                    **{
                        name: reserve[name]
                        for name in (
                            "account_number", "showroom_number", "rep_number",
                            "sidemark",
                        )
                    },
                    **{
                        name: reserve[name].id
                        for name in (
                            "distributor_id", "company_id", "partner_id",
                            "showroom_id", "rep_id",
                        )
                    },
                    **words,
                    "name": number,
                    "external_ref": number,
                    "origin": "portal",
                    "posted_at": fields.Datetime.now(),
                    "ordered_on": fields.Date.today(),
                    "status": "requested",
                    "own_reference": reserve.name,
                    "requested_by_id": self.env.uid,
                    "line_ids": [
                        Command.create(
                            {
                                "sequence": 1,
                                **{
                                    name: reserve[name]
                                    for name in (
                                        "item_code", "description", "pattern", "color",
                                        "dye_lot", "quantity", "unit",
                                    )
                                },
                            }
                        )
                    ],
                }
            )  # fmt: skip
            reserve.write(
                {"state": "converted", "order_id": order.id, "order_ref": number}
            )
        return order.id

    @api.model
    def _check_words(self, **words):
        """Texts without blanks around them, ``False`` for none.

        :raise UserError: one is too long, or no text
        """
        for name, value in words.items():
            if value and not isinstance(value, str):
                raise UserError(self.env._("%(name)s is no text.", name=name))
            words[name] = (value or "").replace("\0", "").strip() or False
            if words[name] and len(words[name]) > _LIMITS[name]:
                raise UserError(
                    self.env._(
                        "%(name)s is longer than %(limit)s characters.",
                        name=name,
                        limit=_LIMITS[name],
                    )
                )
        return words

    @api.model
    def _check_quantity(self, quantity):
        try:
            quantity = float(quantity)
        except (TypeError, ValueError):
            quantity = 0
        # not a number is not above zero either
        if not 0 < quantity <= LARGEST:
            raise UserError(self.env._("Say how much is to be held."))
        return quantity

    @api.model
    def _check_until(self, distributor, day):
        days = distributor.sudo().commercial_partner_id.track_reserve_days
        last = fields.Date.today() + timedelta(days=days)
        if not fields.Date.today() <= day <= last:
            raise UserError(
                self.env._(
                    "%(distributor)s holds goods for at most %(days)s days. Choose a "
                    "day until %(last)s.",
                    distributor=distributor.sudo().name,
                    days=days,
                    last=fields.Date.to_string(last),
                )
            )

    @api.model
    def _own_account(self, distributor, number):
        """Whose account it is, if it is the user's.

        :raise AccessError: it is not
        :return: values of the reserve
        """
        company = self.env.user.sudo().commercial_partner_id
        mine = {self.env.user.partner_id.id, company.id}
        as_showroom = distributor.id in self._dealing_distributors("showroom")
        as_rep = distributor.id in self._dealing_distributors("sales_rep")
        number = number or self._first_number(distributor, company, as_showroom)
        self.env.flush_all()
        cr = self.env.cr
        posting.relations(cr, distributor.id, self.env.company.id)
        posting.resolve(
            cr,
            distributor.id,
            SQL(
                "SELECT %s::varchar AS account_number, ''::varchar AS showroom_number, "
                "''::varchar AS rep_number, NULL::date AS on_date",
                number or "",
            ),
            fields.Date.today(),
            own=False,
        )
        cr.execute("SELECT partner_id, showroom_id, rep_id, problem FROM post_accounts")
        partner, showroom, rep, problem = cr.fetchone()
        own = (as_showroom and showroom == company.id) or (as_rep and rep in mine)
        if problem or not number or not own:
            raise AccessError(
                self.env._("This is no account of yours at this distributor.")
            )
        return {
            "account_number": number,
            "partner_id": partner,
            "showroom_id": showroom,
            "rep_id": rep,
        }

    @api.model
    def _first_number(self, distributor, company, as_showroom):
        """The account number of the user's showroom, or his own as a rep."""
        relations = self.env["trade.relation"].sudo()
        who = company if as_showroom else self.env.user.partner_id | company
        found = relations.search(
            relations._visible_companies_domain()
            & relations._state_domains(fields.Date.today())["running"]
            & Domain("distributor_id.commercial_partner_id", "=", distributor.id)
            & Domain("partner_id", "in", who.ids)
            & Domain("role_id.code", "=", "showroom" if as_showroom else "sales_rep")
            & Domain("account_number", "!=", False),
            limit=1,
        )
        return found.account_number

    @api.model
    def _take_stock(self, stock, quantity):
        """Hold stock: who comes second in the same second waits, and counts anew.

        :raise UserError: not so much is free
        """
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE track_stock SET portal_held = COALESCE(portal_held, 0) + %s "
            "WHERE id = %s AND free >= %s",
            (quantity, stock.id, quantity),
        )
        if not self.env.cr.rowcount:
            if stock.with_user(self.env.user).sudo(False).has_access("read"):
                raise UserError(
                    self.env._(
                        "Only %(free)s %(unit)s of %(item)s are free.",
                        free=f"{max(stock.free, 0):g}",
                        unit=stock.unit or "",
                        item=stock.item_code,
                    )
                )
            raise UserError(self.env._("Not so much of it is free."))
        stock.invalidate_recordset(["portal_held", "free"])

    def _own_held(self):
        """These reserves, if the user made or may handle all of them.

        :return: as superuser
        :raise AccessError: one is another's
        :raise UserError: one is not held any more, or was posted
        """
        self.check_access("read")
        user = self.env.user
        mine = (user.partner_id.id, user.sudo().commercial_partner_id.id)
        reserves = as_system(self)
        for reserve, asked in zip(reserves, self, strict=True):
            showroom = asked.sudo(False).is_dealing_showroom
            rep = asked.sudo(False).is_dealing_rep
            if not (
                (showroom and reserve.showroom_id.id == mine[1])
                or (rep and reserve.rep_id.id in mine)
            ):
                raise AccessError(self.env._("This is no reserve of yours."))
            if reserve.origin != "portal":
                raise UserError(
                    self.env._(
                        "%(distributor)s posted this reserve. Ask there to change it.",
                        distributor=reserve.distributor_id.name,
                    )
                )
            if reserve.state != "held" or reserve.held_until < fields.Date.today():
                raise UserError(self.env._("It is not held any more."))
        return reserves
