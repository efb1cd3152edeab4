from odoo.exceptions import AccessError, MissingError
from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.sale.controllers import portal


class CustomerPortal(portal.CustomerPortal):
    def _prepare_quotations_domain(self, partner, received=False):
        """Override of `sale`: what the customer has done his part for is an order.

        :param bool received: the quotations that are left out otherwise
        """
        domain = Domain(super()._prepare_quotations_domain(partner))
        operator = "!=" if received else "="
        return list(domain & Domain("review_parked_at", operator, False))

    def _prepare_orders_domain(self, partner):
        """Override of `sale` to list received orders that are being checked."""
        domain = Domain(super()._prepare_orders_domain(partner))
        received = self._prepare_quotations_domain(partner, received=True)
        return list(domain | Domain(received))

    def _get_page_view_values(
        self, document, access_token, values, session_history, no_breadcrumbs, **kwargs
    ):
        """Override of `portal`: a payment link does not open what is held."""
        if (
            document._name == "sale.order"
            and values.get("payment_amount")
            and document.state in ("draft", "sent")
            and document._review_is_held()
        ):
            values["payment_amount"] = None
        return super()._get_page_view_values(
            document, access_token, values, session_history, no_breadcrumbs, **kwargs
        )

    @route()
    def portal_quote_accept(
        self, order_id, access_token=None, name=None, signature=None
    ):
        """Override of `sale` to refuse before a signature is written.

        Automatic corrections are made first: the customer signs what he can see.
        """
        token = access_token or request.httprequest.args.get("access_token")
        try:
            order_sudo = self._document_check_access(
                "sale.order", order_id, access_token=token
            )
        except (AccessError, MissingError):
            return {"error": request.env._("Invalid order.")}
        if order_sudo.state in ("draft", "sent"):
            if made := order_sudo._review_correct():
                return {
                    "error": request.env._(
                        "The order was changed. Reload the page, check it and sign "
                        "again.\n%(changes)s",
                        changes=order_sudo._review_correction_text(made),
                    )
                }
            if held := order_sudo._review_blockers_now():
                return {"error": order_sudo._review_refusal_text(held)}
        return super().portal_quote_accept(
            order_id, access_token=access_token, name=name, signature=signature
        )
