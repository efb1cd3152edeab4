"""A category with an order form, and a visitor who fills it."""

from lxml import html

from odoo import Command

from odoo.addons.order_review.tests.common_shop import ShopCommon


class QuickOrderCommon(ShopCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["website"].search([]).shop_ppg = 300
        cls.category = cls.env["product.public.category"].create(
            {"name": "Quick Category", "quick_order": True}
        )
        cls.pen, cls.cup, cls.bag = cls.env["product.product"].create(
            [
                cls._quick_vals("Quick Pen", default_code="QP-1", list_price=2.0),
                cls._quick_vals("Quick Cup", default_code="QC-1", list_price=3.0),
                cls._quick_vals("Quick Bag", default_code="QB-1", list_price=5.0),
            ]
        )
        cls.url = f"/shop/category/{cls.category.id}"

    @classmethod
    def _quick_vals(cls, name, **vals):
        """Values of a product of the category."""
        return cls._product_vals(
            name, public_categ_ids=[Command.set(cls.category.ids)], **vals
        )

    @classmethod
    def _storable(cls, name, quantity, **vals):
        """A product of which so much is in stock and no more is sold."""
        product = cls.env["product.product"].create(
            cls._quick_vals(
                name, is_storable=True, allow_out_of_stock_order=False, **vals
            )
        )
        warehouse = cls.website.warehouse_id or cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.website.company_id.id)], limit=1
        )
        if quantity:
            cls.env["stock.quant"]._update_available_quantity(
                product, warehouse.lot_stock_id, quantity
            )
        return product

    # === WITHOUT JAVASCRIPT === #

    def _send(self, url=None, **boxes):
        """Fill boxes of the form and send it, as a browser without scripts does.

        :param boxes: values by name of the field, ``qty_7="3"``
        :return: the page that comes back
        """
        url = url or self.url
        response = self._post(url, self._page(url), quick_order="1", **boxes)
        self.assertEqual(response.status_code, 200)
        return html.fromstring(response.text)

    def _row(self, page, product):
        (row,) = page.xpath(
            f"//li[contains(@class, 'o_quick_order_row')][@data-key='{product.id}']"
        )
        return row

    def _tell(self, page, product):
        """What the row of a product says of the request."""
        (tell,) = page.xpath(f"//*[@id='quick_tell_{product.id}']")
        return self._text(tell)

    # === WITH JAVASCRIPT === #

    def _add_boxes(self, *boxes):
        """Call the route of the form.

        :param boxes: ``(product, quantity as written)`` or with the unit
        :return: the answer
        """
        return self.make_jsonrpc_request(
            "/shop/quick_order/add",
            {
                "boxes": [
                    {
                        "key": str(product.id),
                        "product_id": product.id,
                        "quantity": quantity,
                        "uom_id": uom[0].id if uom else 0,
                    }
                    for product, quantity, *uom in boxes
                ]
            },
        )

    def _in_cart(self):
        """``{product: quantity}`` of the newest cart."""
        cart = self._own_cart()
        return {
            line.product_id: line.product_uom_qty
            for line in cart.order_line
            if not line.is_delivery
        }
