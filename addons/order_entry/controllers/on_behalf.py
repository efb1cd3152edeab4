"""Choosing whom to order for, and who may order for oneself."""

import logging

from werkzeug.exceptions import Forbidden

from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from .form import whole

_logger = logging.getLogger(__name__)

_PAGE = 20


class OnBehalf(CustomerPortal):
    def _prepare_home_portal_values(self, counters):
        """Override of `portal` to count the orders placed for others."""
        values = super()._prepare_home_portal_values(counters)
        if "on_behalf_count" in counters:
            values["on_behalf_count"] = request.env["sale.order"].search_count(
                self._on_behalf_orders_domain()
            )
        return values

    @route("/my/on-behalf", type="http", auth="user", website=True, sitemap=False)
    def on_behalf(self, search="", page=1, **kwargs):
        """Show whom the visitor may order for, and who may order for him.

        :param str search: part of a name, e-mail address or reference
        """
        user, company = request.env.user, request.website.company_id
        domain = user._represented_domain(company)
        if search := str(search).strip():
            domain &= Domain.OR(
                Domain(field, "ilike", search)
                for field in ("complete_name", "email", "ref")
            )
        Partner_sudo = request.env["res.partner"].sudo()
        total = Partner_sudo.search_count(domain)
        page_values = pager(
            "/my/on-behalf",
            total,
            page=whole(page) or 1,
            step=_PAGE,
            url_args={"search": search} if search else {},
        )
        people_sudo = Partner_sudo.search(
            domain, order="complete_name, id", limit=_PAGE, offset=page_values["offset"]
        )
        own_sudo = user.partner_id.sudo()
        return request.render(
            "order_entry.on_behalf",
            {
                "page_name": "on_behalf",
                "people": people_sudo,
                "people_total": total,
                "search": search,
                "pager": page_values,
                "representatives": own_sudo._get_representatives(company),
                "customer_service_refused": own_sudo._refuses_customer_service(),
                "current_partner": request.website._on_behalf_partner(),
                "company": company,
            },
        )

    @route(
        "/my/on-behalf/start",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def on_behalf_start(self, partner_id=None, **kwargs):
        """Begin to shop for another.

        :param str partner_id: id of the ``res.partner`` chosen
        :raise Forbidden: when the visitor may not order for him
        """
        website, user = request.website, request.env.user
        partner_sudo = request.env["res.partner"].sudo().browse(whole(partner_id))
        if not partner_sudo or not user._may_order_for(
            partner_sudo, website.company_id
        ):
            _logger.warning(
                "User %s (%s) tried to order for partner %r without the right to",
                user.login,
                user.id,
                partner_id,
            )
            raise Forbidden(request.env._("You may not place orders for this person."))
        website._on_behalf_start(partner_sudo)
        return request.redirect("/shop")

    @route(
        "/my/on-behalf/end",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def on_behalf_end(self, **kwargs):
        """Shop for oneself again."""
        request.website._on_behalf_end()
        return request.redirect("/my/on-behalf")

    @route(
        ["/my/on-behalf/refuse", "/my/on-behalf/allow"],
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def on_behalf_refuse(self, user_id=None, **kwargs):
        """Withdraw the right of somebody to order for the visitor, or give it back.

        :param str user_id: id of the ``res.users``, 0 for customer service
        :raise Forbidden: when that user has no right that could be withdrawn
        """
        own_sudo = request.env.user.partner_id.sudo()
        user_sudo = request.env["res.users"].sudo().browse(whole(user_id))
        known = own_sudo._get_representatives(request.website.company_id)
        if user_sudo and user_sudo not in (user for user, _refused in known):
            raise Forbidden(request.env._("This user cannot order for you."))
        if request.httprequest.path.endswith("/allow"):
            own_sudo._allow_representative(user_sudo)
        else:
            own_sudo._refuse_representative(user_sudo)
        return request.redirect("/my/on-behalf#representatives")

    @route(
        ["/my/on-behalf/orders", "/my/on-behalf/orders/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        sitemap=False,
    )
    def on_behalf_orders(self, page=1, **kwargs):
        """List the orders that the visitor placed for others."""
        Order = request.env["sale.order"]
        domain = self._on_behalf_orders_domain()
        page_values = pager(
            "/my/on-behalf/orders", Order.search_count(domain), page=page, step=_PAGE
        )
        orders = Order.search(
            domain,
            order="date_order desc, id desc",
            limit=_PAGE,
            offset=page_values["offset"],
        )
        return request.render(
            "order_entry.on_behalf_orders",
            {
                "page_name": "on_behalf_orders",
                "orders": orders.sudo(),
                "pager": page_values,
            },
        )

    def _on_behalf_orders_domain(self):
        return [
            ("placed_by_id", "=", request.env.user.partner_id.id),
            ("on_behalf_of_id", "!=", False),
        ]
