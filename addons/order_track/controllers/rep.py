"""What the rep's pages share: who may see them, their frame, what they say."""

import re

from werkzeug.exceptions import NotFound

from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import pager as portal_pager
from odoo.addons.sale.controllers.portal import CustomerPortal

_NOTICE = "track_rep_notice"
PAGE_SIZE = 20


def whole(text):
    """A number of a record as it came from outside.

    :return: the number; 0 if it is none
    :rtype: int
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def plain_text(search):
    """What was typed, for ``ilike``: a percent sign is one."""
    return re.sub(r"([\\%_])", r"\\\1", search.strip()[:100])


class RepPortal(CustomerPortal):
    def _rep_check(self):
        """Refuse the page to whoever is no rep.

        :raise NotFound: for others
        """
        if not request.env["res.partner"]._track_is_rep():
            raise NotFound

    def _rep_render(self, template, tab, **values):
        """A page of the rep, which is for him alone.

        :param str tab: which part of the menu is open
        :return: a response that no cache on the way may keep; the one on the phone
            knows by a header whose it is
        """
        today = request.env["sale.order"]._track_rep_today()[0]
        response = request.render(
            template,
            {
                "page_name": "rep",
                "rep_tab": tab,
                "rep_app": True,
                "rep_today": today,
                "rep_notice": request.session.pop(_NOTICE, None),
                "no_breadcrumbs": True,
                **values,
            },
        )
        return self._rep_private(response)

    def _rep_private(self, response):
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["X-Track-Rep"] = str(request.env.uid)
        return response

    def _rep_tell(self, kind, text, form=None):
        """Have the next page say something.

        :param str kind: ``success`` or ``danger``
        :param dict form: what was typed, for the form to keep it
        """
        request.session[_NOTICE] = {"kind": kind, "text": text, "form": form or {}}

    def _rep_list(self, model, domain, url, page, url_args, order=None):
        """One page of a list, as the user may read it.

        :return: the records, and the pager
        :rtype: tuple
        """
        records = request.env[model]
        pager = portal_pager(
            url=url,
            total=records.search_count(domain),
            page=page,
            step=PAGE_SIZE,
            scope=5,
            url_args={key: value for key, value in url_args.items() if value},
        )
        found = records.search(
            domain, order=order, limit=PAGE_SIZE, offset=pager["offset"]
        )
        return found, pager

    @route("/my/rep", type="http", auth="user", website=True, readonly=True)
    def rep_home(self, **kwargs):
        """Today: what there is, each number the length of a list."""
        self._rep_check()
        orders = request.env["sale.order"]
        follow_ups = request.env["track.follow.up"]
        partners = request.env["res.partner"]
        today = orders._track_rep_today()[0]
        due = follow_ups._due(today)
        return self._rep_render(
            "order_track.rep_home",
            "home",
            counts={
                "customers": partners.search_count(
                    partners._track_customer_companies()
                ),
                **{
                    which: orders.search_count(orders._track_rep_orders(which))
                    for which in ("open", "late", "arrived")
                },
                "due": follow_ups.search_count(due),
            },
            follow_ups=follow_ups.search(due, limit=5).sudo(),
            late_orders=orders.search(
                orders._track_rep_orders("late"), order="date_order desc", limit=5
            ).sudo(),
        )

    def _rep_customer(self, partner_id):
        """A customer of the rep.

        :raise NotFound: if it is not his
        """
        partners = request.env["res.partner"]
        domain = partners._track_customer_companies() & Domain("id", "=", partner_id)
        return partners.search(domain, limit=1) or self._rep_not_found()

    def _rep_order(self, order_id):
        """An order of a customer of the rep.

        :raise NotFound: if it is not his
        """
        orders = request.env["sale.order"]
        domain = orders._track_rep_orders("all", Domain("id", "=", order_id))
        return orders.search(domain, limit=1) or self._rep_not_found()

    def _rep_not_found(self):
        raise NotFound

    def _prepare_home_portal_values(self, counters):
        """Override of `portal` to count what a rep has to come back to."""
        values = super()._prepare_home_portal_values(counters)
        if "track_rep_count" in counters:
            partners = request.env["res.partner"]
            values["track_rep_count"] = (
                partners.search_count(partners._track_customer_companies(), limit=1)
                if partners._track_is_rep()
                else 0
            )
        return values
