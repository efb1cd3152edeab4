from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from odoo.addons.sale.controllers import portal


class CustomerPortal(portal.CustomerPortal):
    @route(
        "/my/orders/<int:order_id>/again",
        type="http",
        auth="user",
        website=True,
        sitemap=False,
        methods=["POST"],
    )
    def portal_order_again(self, order_id, token="", **kwargs):
        """Make a quotation of what was ordered; a second click leads to the same one.

        The reader needs the right to read the order; a link with a token is not enough.
        """
        try:
            order_sudo = self._document_check_access("sale.order", order_id)
        except (AccessError, MissingError):
            return request.redirect("/my")
        if not order_sudo._may_order_again(request.env.user):
            return request.redirect(f"/my/orders/{order_id}")
        quotation = order_sudo._order_again(token[:100])
        return request.redirect(f"/my/orders/{quotation.id}")
