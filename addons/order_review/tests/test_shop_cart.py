from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_shop import ShopCommon


class ShopCartCase(ShopCommon):
    """What the cart tells, where, and what the customer may do about it."""

    def _button(self, page):
        (button,) = page.xpath("//a[@name='website_sale_main_button']")[:1]
        return button


@tagged("post_install", "-at_install")
class TestShopCart(ShopCartCase):
    # === TOLD === #

    def test_customer_keeps_his_number_and_is_told(self):
        self._rule()
        self._login()
        answer = self._add(self.display, 60)
        self.assertEqual(answer["quantity"], 60)
        self.assertEqual(
            answer["notification_info"]["warning"],
            "Review Display: at most 10 per order, 60 asked.",
        )
        self.assertEqual(self._own_cart().order_line.product_uom_qty, 60)

    def test_nothing_is_told_without_a_rule(self):
        self._login()
        self.assertFalse(self._add(self.display, 60)["notification_info"]["warning"])
        page = self._page("/shop/cart")
        self.assertFalse(self._box(page))
        self.assertTrue(self._button(page).get("href"))
        self.assertFalse(page.xpath("//*[contains(@class, 'o_review_limit')]"))

    def test_box_names_all_and_links_to_the_lines(self):
        self._rule()
        self._rule(kind="product_hold", product_ids=[Command.set(self.lamp.ids)])
        order = self._fill_cart((self.display, 11), (self.lamp, 1))
        page = self._page("/shop/cart")
        box = self._box(page)
        self.assertIn("Please change this before you order", box)
        self.assertIn("Review Display: at most 10 per order, 11 asked.", box)
        self.assertIn("Review Lamp is on hold.", box)
        lines = order.website_order_line
        self.assertEqual(
            page.xpath("//*[@id='order_review_box']//a/@href"),
            [f"/shop/cart#review_line_{line.id}" for line in lines],
        )
        for line in lines:
            (mark,) = page.xpath(f"//*[@id='review_line_{line.id}']")
            self.assertIn("To change", self._text(mark))
            for field in page.xpath(f"//input[@data-line-id='{line.id}']"):
                self.assertIn(f"review_line_{line.id}", field.get("aria-describedby"))
                self.assertEqual(field.get("aria-invalid"), "true")

    def test_limit_is_shown_before_anything_is_wrong(self):
        self._rule()
        order = self._fill_cart((self.display, 10))
        page = self._page("/shop/cart")
        self.assertFalse(self._box(page))
        line = order.website_order_line
        (limit,) = page.xpath(f"//*[@id='review_limit_{line.id}']")
        self.assertEqual(self._text(limit), "At most 10 per order")

    def test_parts_of_a_combo_point_to_the_combo(self):
        combo = self.env["product.combo"].create(
            {
                "name": "Review choice",
                "combo_item_ids": [Command.create({"product_id": self.display.id})],
            }
        )
        product = self.env["product.product"].create(
            self._product_vals(
                "Review Combo", type="combo", combo_ids=[Command.link(combo.id)]
            )
        )
        self._rule()
        order = self._cart((product, 11), partner_id=self.portal.partner_id.id)
        order.write(
            {
                "order_line": [
                    self._line(
                        self.display,
                        11,
                        {
                            "linked_line_id": order.order_line.id,
                            "combo_item_id": combo.combo_item_ids.id,
                        },
                    )
                ]
            }
        )
        self._login()
        page = self._page("/shop/cart")
        self.assertEqual(
            page.xpath("//*[@id='order_review_box']//a/@href"),
            [f"/shop/cart#review_line_{order.website_order_line.id}"],
        )

    # === THE BUTTON === #

    def test_button_that_cannot_work_says_why(self):
        self._rule()
        self._fill_cart()
        page = self._page("/shop/cart")
        button = self._button(page)
        self.assertIn("disabled", button.get("class"))
        self.assertEqual(button.get("aria-disabled"), "true")
        self.assertFalse(button.get("href"), "the keyboard must not get through")
        self.assertEqual(button.get("aria-describedby"), "order_review_title")
        (reason,) = page.xpath("//*[contains(@class, 'o_review_next_step')]")[:1]
        self.assertIn("as soon as you have changed", self._text(reason))

    def test_other_pages_of_the_checkout_say_it_too(self):
        self._rule()
        self._fill_cart()
        for url in ("/shop/checkout", "/shop/address", "/shop/payment"):
            page = self._page(url)
            self.assertIn("at most 10 per order", self._box(page), url)
        self.assertFalse(page.xpath("//button[@name='o_payment_submit_button']"))
        self.assertFalse(page.xpath("//*[@id='payment_method']"))

    def test_payment_page_opens_for_a_small_order(self):
        self._rule()
        self._provider("wire")
        self._fill_cart((self.display, 10))
        page = self._page("/shop/payment")
        self.assertFalse(self._box(page))
        self.assertTrue(page.xpath("//button[@name='o_payment_submit_button']"))

    def test_mending_the_cart_opens_it_again(self):
        self._rule()
        order = self._fill_cart()
        line = order.order_line.filtered(lambda line: line.product_id == self.display)
        answer = self._change(line, 12)
        self.assertFalse(answer["cart_ready"])
        self.assertIn("12 asked", answer["website_sale.cart_lines"])
        self.assertIn("order_review_box", answer["order_review.next_step"])
        answer = self._change(line, 10)
        self.assertTrue(answer["cart_ready"])
        self.assertNotIn("order_review_box", answer["website_sale.cart_lines"])
        self.assertFalse(answer["order_review.next_step"].strip())

    # === WARNINGS === #

    def test_warning_is_confirmed_by_the_customer(self):
        self._rule(severity="warn", message="Displays are not taken back.")
        order = self._fill_cart()
        page = self._page("/shop/cart")
        self.assertIn("Displays are not taken back.", self._box(page))
        self.assertIn("disabled", self._button(page).get("class"))
        response = self._post(
            "/shop/review/acknowledge",
            page,
            finding_id=page.xpath("//input[@name='finding_id']/@value")[0],
            step="/shop/payment",
        )
        self.assertTrue(response.url.endswith("/shop/payment"))
        self.env.invalidate_all()
        decision = order.review_decision_ids
        self.assertRecordValues(
            decision,
            [{"action": "acknowledge", "user_id": self.portal.id, "asked": 11}],
        )
        self.assertEqual(order.review_state, "clear")
        self._pay(order)
        self.assertEqual(order.state, "sale")

    def test_warning_lapses_when_more_is_asked(self):
        self._rule(severity="warn")
        order = self._fill_cart()
        page = self._page("/shop/cart")
        finding_id = order.review_finding_ids.id
        self._post("/shop/review/acknowledge", page, finding_id=finding_id)
        answer = self._change(order.order_line[:1], 12)
        self.assertFalse(answer["cart_ready"])

    def test_only_shown_warnings_of_the_own_cart_are_confirmed(self):
        self._rule(severity="warn")
        blocked = self._rule(kind="product_hold", product_ids=self.lamp.ids)
        foreign = self._cart((self.display, 11))
        self.assertEqual(foreign.review_state, "warned")
        order = self._fill_cart((self.lamp, 1))
        page = self._page("/shop/cart")
        block = order.review_finding_ids
        self.assertEqual(block.rule_id, blocked)
        for finding_id in (foreign.review_finding_ids.id, block.id, "x", "0"):
            response = self._post(
                "/shop/review/acknowledge", page, finding_id=finding_id
            )
            self.assertEqual(response.status_code, 200)
        self.env.invalidate_all()
        self.assertFalse((foreign | order).review_decision_ids)

    @mute_logger("odoo.http")
    def test_forged_form_is_refused(self):
        self._rule(severity="warn")
        order = self._fill_cart()
        response = self.url_open(
            "/shop/review/acknowledge", data={"finding_id": order.review_finding_ids.id}
        )
        self.assertEqual(response.status_code, 400)
        self.assertFalse(order.review_decision_ids)

    def test_return_address_is_one_of_the_checkout(self):
        self._rule(severity="warn")
        self._fill_cart()
        page = self._page("/shop/cart")
        response = self._post(
            "/shop/review/acknowledge", page, finding_id=1, step="//evil.example.com"
        )
        self.assertTrue(response.url.endswith("/shop/cart"))
