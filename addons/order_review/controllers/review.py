"""What a customer may do himself about findings: read warnings, ask for approval."""

from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.website_sale.controllers.main import WebsiteSale

#: Pages of the checkout that a customer can come back to.
_STEPS = ("/shop/cart", "/shop/checkout", "/shop/address", "/shop/payment")


class ShopReview(WebsiteSale):
    @route(
        "/shop/review/acknowledge",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def shop_review_acknowledge(self, finding_id=None, step=None, **kwargs):
        """Record that the visitor has read a warning about his cart.

        :param str finding_id: id of the finding he was shown
        :param str step: the page he was on
        """
        if request.cart:
            request.cart._review_acknowledge(finding_id)
        return request.redirect(step if step in _STEPS else _STEPS[0])

    @route(
        "/shop/review/notices",
        type="jsonrpc",
        auth="public",
        website=True,
        readonly=False,
        sitemap=False,
    )
    def shop_review_notices(self, **kwargs):
        """What the rules say of the visitor's cart by now, for the page of addresses.

        :return: ``notices`` (the box) and ``next_step`` (the text beside the button) as
            HTML, ``cart_ready`` (whether that button works); ``None`` without a cart
        :rtype: dict | None
        """
        order_sudo = request.cart
        if not order_sudo:
            return None
        values = {
            "website_sale_order": order_sudo,
            # where the visitor comes back to after he has read a warning
            "current_website_checkout_step_href": "/shop/checkout",
        }
        render = request.env["ir.ui.view"]._render_template
        return {
            "notices": render("order_review.checkout_notices", values),
            "next_step": render("order_review.next_step", values),
            "cart_ready": order_sudo._is_cart_ready(),
        }

    @route(
        "/shop/review/request",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def shop_review_request(self, **kwargs):
        """Send the visitor's cart to the seller for approval."""
        order_sudo = request.cart
        if redirection := self._check_cart_and_addresses(order_sudo):
            return redirection
        order_sudo._review_correct_cart()
        order_sudo._review_touch()
        if not order_sudo._review_can_request():
            return request.redirect("/shop/cart")
        if order_sudo._has_deliverable_products() and not order_sudo.carrier_id:
            return request.redirect("/shop/checkout")
        order_sudo._review_request_approval()
        request.session["sale_last_order_id"] = order_sudo.id
        request.website.sale_reset()
        return request.redirect("/shop/confirmation")


class PortalReview(CustomerPortal):
    @route(
        "/my/orders/<int:order_id>/review/acknowledge",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def portal_review_acknowledge(
        self, order_id, finding_id=None, access_token=None, **kwargs
    ):
        """Record that the customer has read a warning about his quotation."""
        order_sudo = self._review_get_order(order_id, access_token)
        if not order_sudo:
            return request.redirect("/my")
        order_sudo._review_acknowledge(finding_id)
        return request.redirect(order_sudo.get_portal_url())

    @route(
        "/my/orders/<int:order_id>/review/correct",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def portal_review_correct(self, order_id, access_token=None, **kwargs):
        """Make the automatic corrections that a quotation still needs."""
        order_sudo = self._review_get_order(order_id, access_token)
        if not order_sudo:
            return request.redirect("/my")
        order_sudo._review_correct()
        return request.redirect(order_sudo.get_portal_url())

    def _review_get_order(self, order_id, access_token):
        try:
            return self._document_check_access("sale.order", order_id, access_token)
        except (AccessError, MissingError):
            return None
