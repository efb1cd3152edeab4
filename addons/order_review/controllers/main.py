from odoo.http import request, route

from odoo.addons.website_sale.controllers import main


class WebsiteSale(main.WebsiteSale):
    def _prepare_product_values(self, product, category, **kwargs):
        """Override of `website_sale` to show the limits of the product."""
        return super()._prepare_product_values(
            product.with_context(review_limits=True), category, **kwargs
        )

    # === DOORS BEFORE THE MONEY === #

    @route()
    def process_express_checkout(self, *args, **kwargs):
        """Override of `website_sale` to refuse before an address is written."""
        request.cart._review_check_door()
        return super().process_express_checkout(*args, **kwargs)

    @route()
    def shop_payment(self, **post):
        """Override of `website_sale` to show what the customer is going to pay for."""
        if request.cart:
            request.cart._review_correct_cart()
            request.cart._review_drop_emptied()
            request.cart._review_touch()  # dates and quotas pass with time
        return super().shop_payment(**post)

    def _get_shop_payment_errors(self, order):
        """Override of `website_sale` to keep the payment methods back.

        Not once the customer has done his part: he is told that his order was received.
        """
        errors = super()._get_shop_payment_errors(order)
        if not order or order._review_is_received():
            return errors
        if error := self._review_payment_error(order):
            errors.append(error)
        return errors

    def _review_payment_error(self, order):
        """Title and text of what keeps an order from being paid, if anything."""
        held = order._review_blockers()
        if not held:
            return None
        return (
            request.env._("This order cannot be paid yet."),
            order._review_refusal_text(held),
        )

    def _get_shop_payment_values(self, order, **kwargs):
        """Override of `website_sale` to show a held order in the box of the page."""
        values = super()._get_shop_payment_values(order, **kwargs)
        values["review_error"] = self._review_payment_error(order)
        return values

    @route()
    def shop_payment_validate(self, sale_order_id=None, **post):
        """Override of `website_sale` to show a received order what it is."""
        last_id = request.session.get("sale_last_order_id")
        last_sudo = request.env["sale.order"].sudo().browse(last_id or []).exists()
        if not request.cart and last_sudo.review_parked_at:
            request.website.sale_reset()
            return request.redirect("/shop/confirmation")
        return super().shop_payment_validate(sale_order_id=sale_order_id, **post)
