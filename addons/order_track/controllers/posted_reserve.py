import uuid

from psycopg2.errors import UniqueViolation
from werkzeug.exceptions import NotFound

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.http import request, route
from odoo.tools import format_date

from .posted_pages import PostedPages

_HOLD = ("quantity", "sidemark", "held_until", "account_number", "token")


def _day(text):
    """A day out of a form, or nothing."""
    try:
        return fields.Date.to_date(str(text or "")[:10] or None)
    except ValueError:
        return None


class ReservePages(PostedPages):
    """Showrooms and reps hold goods, and decide what becomes of them."""

    def _holdable(self, stock_id):
        stock = self._posted_record("stock", stock_id)
        if not stock._portal_may_hold():
            raise NotFound
        return stock

    @route("/my/track/stock/<int:stock_id>/hold", **PostedPages._OPTIONS)
    def track_hold_form(self, stock_id, **kwargs):
        """Show the form to hold an item."""
        stock = self._holdable(stock_id)
        return self._show_hold(stock, {"token": uuid.uuid4().hex})

    @route(
        "/my/track/stock/<int:stock_id>/hold",
        type="http",
        auth="user",
        website=True,
        sitemap=False,
        methods=["POST"],
    )
    def track_hold(self, stock_id, **kwargs):
        """Hold an item; the same form sent twice holds it once."""
        stock = self._holdable(stock_id)
        typed = {name: str(kwargs.get(name) or "") for name in _HOLD}
        try:
            with request.env.cr.savepoint():
                reserve = request.env["track.reserve"]._hold_once(
                    typed["token"],
                    distributor_id=stock.distributor_id.id,
                    item_code=stock.item_code,
                    color=stock.color or None,
                    quantity=typed["quantity"].replace(",", "."),
                    held_until=_day(typed["held_until"]),
                    sidemark=typed["sidemark"],
                    account_number=typed["account_number"] or None,
                )
        except UniqueViolation:
            # the first tap is just being answered
            return request.redirect("/my/track/reserves")
        except (AccessError, UserError) as error:
            return self._show_hold(stock, typed, str(error))
        return request.redirect(f"/my/track/reserves/{reserve.id}")

    def _show_hold(self, stock, typed, problem=""):
        days = stock.distributor_id.sudo().commercial_partner_id.track_reserve_days
        today = fields.Date.today()
        return request.render(
            "order_track.portal_posted_hold",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "track_posted",
                "kind": "stock",
                "kind_name": self._posted_names()["stock"],
                "record_name": stock.item_code,
                "stock": stock.sudo(),
                "pieces": stock.piece_ids.sudo(),
                "typed": typed,
                "problem": problem,
                "days": days,
                "first": fields.Date.to_string(today),
                "last_day": format_date(request.env, fields.Date.add(today, days=days)),
                "last": fields.Date.to_string(fields.Date.add(today, days=days)),
            },
        )

    @route("/my/track/reserves/<int:reserve_id>", **PostedPages._OPTIONS)
    def track_reserve(self, reserve_id, **kwargs):
        """Show a reserve, and what can be done with it."""
        return self._show_reserve(self._posted_record("reserves", reserve_id), {})

    @route(
        "/my/track/reserves/<int:reserve_id>/<any(extend,release,order):what>",
        type="http",
        auth="user",
        website=True,
        sitemap=False,
        methods=["POST"],
    )
    def track_reserve_decide(self, reserve_id, what, **kwargs):
        """Extend, release or order; a second tap is answered like the first."""
        reserve = self._posted_record("reserves", reserve_id)
        typed = {
            name: str(kwargs.get(name) or "") for name in ("held_until", "customer_po")
        }
        day = _day(typed["held_until"])
        done = {
            "extend": reserve.state == "held" and day and reserve.held_until == day,
            "release": reserve.state == "released",
            "order": reserve.state == "converted",
        }
        if not done[what]:
            try:
                with request.env.cr.savepoint():
                    self._decide(reserve, what, day, typed)
            except (AccessError, UserError) as error:
                return self._show_reserve(reserve, typed, str(error))
        if what == "order" and reserve.order_id:
            return request.redirect(f"/my/track/orders/{reserve.order_id.id}")
        return request.redirect(f"/my/track/reserves/{reserve_id}")

    def _decide(self, reserve, what, day, typed):
        if what == "extend":
            reserve.action_extend(day)
        elif what == "release":
            reserve.action_release()
        else:
            reserve.action_convert(typed["customer_po"] or None)

    def _show_reserve(self, reserve, typed, problem=""):
        days = reserve.distributor_id.sudo().commercial_partner_id.track_reserve_days
        today = fields.Date.today()
        shown = (*reserve._portal_shown, *reserve._portal_more)
        order = request.env["track.order"].search(
            [("id", "=", reserve.order_id.id or 0)]
        )
        return request.render(
            "order_track.portal_posted_reserve",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "track_posted",
                "kind": "reserves",
                "kind_name": self._posted_names()["reserves"],
                "record_name": reserve.name or reserve.item_code,
                "reserve": reserve.sudo(),
                "track_order": order,
                "may_change": reserve._portal_may_change(),
                "warning": reserve._portal_warning(),
                "details": [
                    (reserve._fields[name]._description_string(request.env), text)
                    for name in shown
                    if name not in ("item_code", "unit", "external_ref", "origin")
                    and (text := reserve.sudo()._portal_text(name))
                ],
                "typed": typed,
                "problem": problem,
                "last_day": format_date(request.env, fields.Date.add(today, days=days)),
                "first": fields.Date.to_string(max(today, reserve.held_until or today)),
                "days": days,
                "last": fields.Date.to_string(fields.Date.add(today, days=days)),
            },
        )
