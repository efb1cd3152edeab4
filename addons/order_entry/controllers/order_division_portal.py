from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

from .form import whole


class DivisionPortal(CustomerPortal):
    def _prepare_home_portal_values(self, counters):
        """Override of `portal` to count the shipments of division orders."""
        values = super()._prepare_home_portal_values(counters)
        if "division_shipment_count" in counters:
            values["division_shipment_count"] = request.env[
                "sale.order.recipient"
            ].search_count(self._prepare_shipments_domain(), limit=1)
        return values

    def _prepare_shipments_domain(self, order=None):
        """What is listed: record rules leave the visitor what is his.

        :param str order: id of the one order to list
        """
        domain = [("order_id.state", "in", ("sale", "cancel"))]
        if order_id := whole(order):
            domain.append(("order_id", "=", order_id))
        return domain

    @route(
        ["/my/shipments", "/my/shipments/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_shipments(self, page=1, order=None, **_kw):
        Recipient = request.env["sale.order.recipient"]
        domain = self._prepare_shipments_domain(order)
        pager = portal_pager(
            url="/my/shipments",
            total=Recipient.search_count(domain),
            page=page,
            step=self._items_per_page,
            url_args={"order": order} if order else {},
        )
        rows = Recipient.search(
            domain, limit=self._items_per_page, offset=pager["offset"]
        )
        order_sudo = rows.order_id.sudo()[:1] if order else None
        return request.render(
            "order_entry.portal_my_shipments",
            {
                **self._prepare_portal_layout_values(),
                "rows_sudo": rows.sudo(),
                "order_sudo": order_sudo,
                "pager": pager,
                "page_name": "division_shipment",
                "default_url": "/my/shipments",
            },
        )

    @route(
        "/my/shipments/<int:recipient_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_shipment(self, recipient_id, **_kw):
        try:
            row_sudo = self._document_check_access("sale.order.recipient", recipient_id)
        except (AccessError, MissingError):
            return request.redirect("/my")
        return request.render(
            "order_entry.portal_my_shipment",
            {
                **self._prepare_portal_layout_values(),
                "row": row_sudo,
                "pickings": row_sudo.picking_ids.filtered(
                    lambda picking: (
                        picking.picking_type_code not in ("incoming", "internal")
                    )
                ),
                "page_name": "division_shipment",
            },
        )
