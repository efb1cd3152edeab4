from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.http import request, route

from ..models.stock_parcel import clean_number
from .rep import RepPortal, plain_text, whole

_LOOKS = ("GET", "HEAD")


class RepOrders(RepPortal):
    @route(
        ["/my/rep/orders", "/my/rep/orders/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def rep_orders(self, page=1, which="open", search="", customer=None, **kwargs):
        """Orders of the rep's customers.

        :param str which: see ``_rep_order_filters``
        :param str customer: id of a customer, for his orders alone
        """
        self._rep_check()
        orders = request.env["sale.order"]
        filters = self._rep_order_filters()
        which = which if which in filters else "open"
        search = search.replace("\0", "").strip()[:100]
        also = self._rep_search(search)
        partner = request.env["res.partner"]
        if customer:
            partner = self._rep_customer(whole(customer))
            also &= Domain("partner_id.commercial_partner_id", "=", partner.id)
        found, pager = self._rep_list(
            "sale.order",
            orders._track_rep_orders(which, also),
            "/my/rep/orders",
            page,
            {"which": which, "search": search, "customer": customer},
            order="date_order desc, id desc",
        )
        return self._rep_render(
            "order_track.rep_orders",
            "orders",
            orders=found.sudo(),
            late_ids=self._rep_among(found, "late"),
            arrived_ids=self._rep_among(found, "arrived"),
            due_ids=self._rep_among(found, "follow_up"),
            customer=partner.sudo(),
            filters=filters,
            which=which,
            search=search,
            pager=pager,
        )

    def _rep_order_filters(self):
        return {
            "open": request.env._("Open"),
            "late": request.env._("Late"),
            "arrived": request.env._("Arrived Today"),
            "follow_up": request.env._("Follow-Up Due"),
            "closed": request.env._("Closed"),
            "all": request.env._("All"),
        }

    def _rep_search(self, search):
        """Orders by number, customer, reference, SKU or tracking number."""
        if not search:
            return Domain.TRUE
        text = plain_text(search)
        found = Domain.OR(
            Domain(name, "ilike", text)
            for name in ("name", "client_order_ref", "partner_id.complete_name")
        )
        found |= Domain("order_line.product_id.default_code", "=ilike", text)
        number = clean_number(search)
        if number:
            found |= Domain("parcel_ids.name", "ilike", number)
        return found

    def _rep_among(self, orders, which):
        """Which of some orders a list of the rep has.

        :rtype: set[int]
        """
        domain = orders._track_rep_orders(which, Domain("id", "in", orders.ids))
        return set(orders.search(domain).ids)

    # === THE ORDER, AS THE CUSTOMER SEES IT === #

    @route("/my/rep/orders/<int:order_id>", type="http", auth="user", website=True)
    def rep_order(self, order_id, **kwargs):
        """The customer's page of an order, inside of the installed pages."""
        self._rep_check()
        self._rep_order(order_id)
        return self.portal_order_page(order_id=order_id)

    @route()
    def portal_order_page(self, order_id, **kwargs):
        """Override of `sale`: nothing to pay for a rep, and follow-ups for him."""
        order = request.env["sale.order"].browse(order_id).exists()
        if not order._track_only_rep():
            return super().portal_order_page(order_id=order_id, **kwargs)
        kwargs.pop("payment_amount", None)
        kwargs.pop("amount_selection", None)
        response = super().portal_order_page(order_id=order_id, **kwargs)
        return self._rep_private(response)

    def _get_page_view_values(
        self, document, access_token, values, session_history, no_breadcrumbs, **kwargs
    ):
        """Override of `portal` for orders that a rep looks at."""
        if document.env.context.get("track_rep_reads"):
            # no link of his has the token of the customer
            access_token = None
        values = super()._get_page_view_values(
            document, access_token, values, session_history, no_breadcrumbs, **kwargs
        )
        if document.env.context.get("track_rep_reads"):
            follow_ups = request.env["track.follow.up"].search(
                [("order_id", "=", document.id)], order="done_at desc, due_on, id"
            )
            values.update(
                rep_reads=True,
                rep_app=True,
                rep_tab="orders",
                rep_today=document._track_rep_today()[0],
                rep_notice=request.session.pop("track_rep_notice", None),
                rep_customer=document.partner_id.commercial_partner_id,
                follow_ups=follow_ups.sudo(),
                no_breadcrumbs=True,
                token=None,
                pid=None,
                hash=None,
            )
        return values

    def _document_check_access(self, model_name, document_id, access_token=None):
        """Override of `portal`: who sees an order as a rep looks, and no more.

        Every page and form of an order comes by here, those of other add-ons as well.

        :raise AccessError: when a rep would do more than look
        """
        document_sudo = super()._document_check_access(
            model_name, document_id, access_token=access_token
        )
        if model_name != "sale.order":
            return document_sudo
        if not request.env["sale.order"].browse(document_sudo.id)._track_only_rep():
            return document_sudo
        if request.httprequest.method not in _LOOKS:
            raise AccessError(
                request.env._(
                    "You see this order as a sales rep. Only the customer may do this."
                )
            )
        return document_sudo.with_context(track_rep_reads=True)
