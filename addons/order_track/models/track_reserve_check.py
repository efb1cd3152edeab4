from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.trade_network.context import as_system

from .. import posting
from ..posting.types import LARGEST

_LIMITS = {"item_code": 64, "color": 120, "dye_lot": 64, "piece": 64, "sidemark": 250,
           "customer_po": 64, "account_number": 64}  # fmt: skip


class TrackReserve(models.Model):
    """What must be true before something is held, or given back."""

    _inherit = "track.reserve"

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
