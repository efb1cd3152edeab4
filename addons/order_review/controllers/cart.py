from odoo.http import request, route

from odoo.addons.website_sale.controllers import cart


class Cart(cart.Cart):
    @route()
    def add_to_cart(self, *args, **kwargs):
        """Override of `website_sale` to tell at once what is wrong with it."""
        told_before = request.cart.shop_warning if request.cart else False
        values = super().add_to_cart(*args, **kwargs)
        self._review_tell(values, told_before)
        request.cart._review_drop_emptied()
        return values

    def _review_tell(self, values, told_before):
        """Add corrections, and what the rules say about the added lines.

        The customer keeps the quantity that he asked for: he is told what is allowed,
        and the cart cannot be ordered until he changed it.

        :param dict values: the answer to the browser; changed
        :param str told_before: warning that was waiting in the cart already
        """
        order_sudo = request.cart
        info = values["notification_info"]
        added = {line["id"] for line in info.get("lines", ())}
        texts = [info.get("warning")]
        if order_sudo.shop_warning != told_before:
            texts.append(order_sudo.shop_warning)
        for notice in order_sudo._review_notices() if order_sudo else ():
            if notice["severity"] != "inform" and added & set(notice["lines"].ids):
                texts.append(notice["text"])
        info["warning"] = "\n".join(dict.fromkeys(filter(None, texts)))

    @route()
    def update_cart(self, *args, **kwargs):
        """Override of `website_sale` to say beside the button why it does not work."""
        values = super().update_cart(*args, **kwargs)
        self._review_render_step(values)
        return values

    @route()
    def quick_add(self, *args, **kwargs):
        """Override of `website_sale` to say beside the button why it does not work."""
        values = super().quick_add(*args, **kwargs)
        self._review_render_step(values)
        return values

    def _review_render_step(self, values):
        values["order_review.next_step"] = request.env["ir.ui.view"]._render_template(
            "order_review.next_step", {"website_sale_order": request.cart}
        )
