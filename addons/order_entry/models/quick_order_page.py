from odoo import models
from odoo.http import request
from odoo.tools.float_utils import float_repr


class SaleQuickPage(models.AbstractModel):
    """Rows of an order form: as many statements for 200 products as for 20.

    Only private methods: nothing of this can be called from outside.
    """

    _name = "sale.quick.page"
    _description = "Rows of a Quick Order Form"

    def _rows(self, products, website, values=None, answers=None):
        """What the form shows of each product.

        :param products: ``product.product`` that the visitor may see
        :param website: ``website`` of the visitor
        :param dict values: what was entered, by key of the box
        :param dict answers: ``{key: Answer}`` of the request that is answered
        :return: one dict per row
        :rtype: list[dict]
        """
        values, answers = values or {}, answers or {}
        needs_page = products._quick_order_needs_page()
        boxed = products - needs_page
        boxed = boxed.with_env(self.env(su=False))
        obstacles = boxed._quick_order_obstacles(website)
        allowed = boxed.filtered(lambda product: product.id not in obstacles)
        prices = self.env["sale.quick.prices"]._price_tables(products, website)
        stock = products._quick_order_stock(website)
        limits = self._limits(allowed, website)
        in_cart = self._in_cart(products)
        names = {
            product.id: product.display_name
            for product in products.with_context(display_default_code=False)
        }
        rows = []
        for product in products:
            key = str(product.id)
            answer = answers.get(key)
            bad = bool(answer and answer.reason)
            rows.append(
                {
                    "key": key,
                    "product": product,
                    "name": names[product.id],
                    "has_box": product in allowed,
                    "needs_page": product in needs_page,
                    "refusal": self._refusal(products, obstacles.get(product.id)),
                    "uoms": self._uoms(product),
                    "uom_id": str(values.get(f"uom_{key}") or product.uom_id.id),
                    "digits": product.uom_id._quick_order_digits(),
                    "prices": prices[product.id],
                    "stock": self._stock(product, stock.get(product.id)),
                    "limits": limits.get(product.id, []),
                    "in_cart": in_cart.get(product.id, ""),
                    # what was added leaves the box; what was not stays to be mended
                    "value": values.get(f"qty_{key}", "") if bad or not answer else "",
                    "answer": answer,
                    "bad": bad,
                }
            )
        return rows

    def _refusal(self, products, code):
        """Why a product has no box; as short as a row has place for, for customers."""
        if code and self.env.user._is_internal():
            return products._quick_order_refusal(code)
        return self.env._("Not sold here") if code else ""

    def _uoms(self, product):
        """Units that the product is offered in, where there is a choice."""
        template = product.product_tmpl_id
        if not template._has_multiple_uoms():
            return product.uom_id.browse()
        return template._get_available_uoms()

    def _in_cart(self, products):
        """Quantities that are in the cart already, as text.

        :return: ``{product id: text}``
        """
        texts = {}
        for line in request.cart.order_line if request.cart else ():
            if line.product_id.id in products._ids and line.product_uom_qty > 0:
                text = self._in_cart_text(line)
                texts.setdefault(line.product_id.id, []).append(text)
        return {product_id: " + ".join(parts) for product_id, parts in texts.items()}

    def _in_cart_text(self, line):
        return f"{_number(line.product_uom_qty)} {line.product_uom_id.name}"

    def _stock(self, product, quantity):
        """What is told of the stock: as much as the pages of the shop tell.

        :param quantity: free quantity in the unit of the product, ``None`` where it
            does not matter
        :return: ``(text, Bootstrap colour, Font Awesome icon)`` or nothing
        """
        if quantity is None:
            return None
        if quantity <= 0:
            if product.allow_out_of_stock_order:
                return self.env._("On order"), "secondary", "fa-clock-o"
            return self.env._("Out of stock"), "danger", "fa-times"
        if product.show_availability and quantity <= product.available_threshold:
            return (
                self.env._(
                    "%(quantity)s %(unit)s left",
                    quantity=_number(quantity),
                    unit=product.uom_id.name,
                ),
                "warning",
                "fa-exclamation-triangle",
            )
        return self.env._("In stock"), "success", "fa-check"

    def _limits(self, products, website):
        """Limits of all products, with what is left of them.

        :return: ``{product id: [text]}``
        """
        limits = self.env["sale.review.limits"]
        book = limits._get_limit_book()
        if not book or not products:
            return {}
        order, facts = website._review_visitor_facts()
        lines = [
            limits._product_facts(product, facts.id, book)
            for product in products.sudo()
        ]
        texts = {}
        for product_id, text in self._limit_texts(order, facts, lines, book):
            texts.setdefault(product_id, []).append(text)
        return texts

    def _limit_texts(self, order, facts, lines, book):
        """Word the limits of products.

        :return: iterator of ``(product id, text)``
        """
        limits = self.env["sale.review.limits"]
        for limit, text in limits._word(order, facts, lines, book):
            yield limit.product_id, text


def _number(value):
    return float_repr(value, 2).rstrip("0").rstrip(".")
