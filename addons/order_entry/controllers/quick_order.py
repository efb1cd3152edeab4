from odoo.http import request, route

from odoo.addons.website_sale.controllers.cart import Cart
from odoo.addons.website_sale.controllers.main import WebsiteSale

from .form import whole

#: Fields of the form, beside those of the page that it is on.
_PREFIXES = ("qty_", "uom_")


class QuickOrder(WebsiteSale):
    @route()
    def shop(self, page=0, category=None, search="", **post):
        """Override of `website_sale` to take the boxes of an order form.

        The form is sent to the page it is on, which is then shown again: search,
        filters and page stay, and so does what could not be added.
        """
        boxes = {k: post.pop(k) for k in list(post) if k.startswith(_PREFIXES)}
        post.pop("quick_order", None)
        post.pop("csrf_token", None)
        request.quick_order_values = boxes
        request.quick_order_answers = None
        if request.httprequest.method == "POST" and boxes:
            request.quick_order_answers = self._quick_order_add_fields(boxes)
        return super().shop(page=page, category=category, search=search, **post)

    def _quick_order_add_fields(self, sent):
        """Add the boxes of a form that was sent.

        :param dict sent: values of its fields, ``qty_<id>`` and ``uom_<id>``
        :return: ``{key: Answer}``
        """
        return self._quick_order_add(
            [
                (
                    name[4:],
                    whole(name[4:]),
                    value,
                    whole(sent.get(f"uom_{name[4:]}", 0)),
                )
                for name, value in sent.items()
                if name.startswith("qty_")
            ]
        )

    def _quick_order_add(self, boxes):
        """Add boxes to the cart of the visitor.

        :param list[tuple] boxes: ``(key, product id, quantity as written, uom id)``
        :return: ``{key: Answer}``
        """
        website = request.website
        return request.env["sale.quick.boxes"]._add(
            boxes, website, lambda: request.cart or website._create_cart()
        )

    def _get_additional_shop_values(self, values, **kwargs):
        """Override of `website_sale` to show a category as an order form."""
        more = super()._get_additional_shop_values(values, **kwargs)
        category = values.get("category")
        if not category or not category.quick_order:
            return more
        answers = request.quick_order_answers
        rows = request.env["sale.quick.page"]._rows(
            values["products"].product_variant_ids,
            request.website,
            request.quick_order_values,
            answers,
        )
        return {
            **more,
            "quick_order_rows": rows,
            **self._quick_order_summary(rows, answers),
        }

    def _quick_order_summary(self, rows, answers):
        """What a page tells of the request that it answers.

        :param list[dict] rows: what the page shows
        :param answers: ``{key: Answer}``, ``None`` where nothing was sent
        """
        told = list((answers or {}).values())
        return {
            "quick_order_added": [one for one in told if one.added],
            "quick_order_bad": [one for one in told if one.reason],
            "quick_order_asked": bool(told),
            "quick_order_empty": answers is not None and not told,
            "quick_order_names": {row["key"]: row["name"] for row in rows},
        }

    @route(
        "/shop/quick_order/add",
        type="jsonrpc",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def quick_order_add(self, boxes):
        """Add the filled boxes of an order form.

        :param list[dict] boxes: each with ``key``, ``product_id``, ``quantity`` as it
            was written and, where there is a choice, ``uom_id``
        :return: ``boxes`` (``{key: {added, reason, note, in_cart}}``),
            ``cart_quantity`` and ``notification_info`` as core's route gives it
        """
        if not request.website.has_ecommerce_access():
            return {"boxes": {}, "login": "/web/login"}
        answers = self._quick_order_add(
            [
                (
                    str(box["key"]),
                    whole(box.get("product_id", 0)),
                    box.get("quantity"),
                    whole(box.get("uom_id") or 0),
                )
                for box in boxes
            ]
        )
        order_sudo = request.cart
        products = request.env["product.product"].browse(
            {answer.product_id for answer in answers.values()}
        )
        in_cart = request.env["sale.quick.page"]._in_cart(products)
        return {
            "boxes": {
                key: {
                    "added": answer.added,
                    "reason": answer.reason,
                    "note": answer.note,
                    "in_cart": in_cart.get(answer.product_id, ""),
                }
                for key, answer in answers.items()
            },
            "cart_quantity": order_sudo.cart_quantity if order_sudo else 0,
            "notification_info": self._quick_order_notification(order_sudo, answers),
        }

    def _quick_order_notification(self, order_sudo, answers):
        """What the notification of the cart shows, as after core's own button.

        A long one hides the page: above ten lines only their number is told.
        """
        added = {}
        for answer in answers.values():
            if answer.line_id and answer.added:
                added[answer.line_id] = added.get(answer.line_id, 0.0) + answer.added
        if not added or len(added) > 10:
            return {}
        return Cart()._get_cart_notification_information(order_sudo, added)
