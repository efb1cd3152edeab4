from odoo.http import Controller, request, route


class PromiseCart(Controller):
    @route(
        "/shop/cart/promises",
        type="jsonrpc",
        auth="public",
        website=True,
        readonly=True,
    )
    def cart_promises(self):
        """Ask distributors about the cart, after its page has been shown.

        :return: dict with ``lines`` (what to say, by id of the line) and ``changes``
            (HTML of what has changed since it was last said, or an empty text)
        """
        cart = request.cart
        if not cart:
            return {"lines": {}, "changes": ""}
        cart._ask_distributors()
        gate = cart._promise_gate()
        changes = gate and request.env["ir.ui.view"]._render_template(
            "distributor_feeds_website.promise_gate",
            {"gate": gate, "next_page": "cart"},
        )
        return {"lines": cart._cart_words(), "changes": changes or ""}

    @route("/shop/cart/promises/accept", type="http", auth="public", website=True,
           methods=["POST"], sitemap=False)  # fmt: skip
    def accept_promises(self, fingerprint="", next_page="payment", **_kwargs):
        """The customer accepts the changes that he was shown.

        :param str fingerprint: of these; when they changed again, he sees them anew
        :param str next_page: ``payment``, or anything else for the cart
        """
        if request.cart:
            request.cart._accept_promises(fingerprint)
        return request.redirect(
            "/shop/payment" if next_page == "payment" else "/shop/cart"
        )
