from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_shop import ShopCommon


@tagged("post_install", "-at_install")
class TestShopCart(ShopCommon):
    """What the cart tells, where, and what the customer may do about it."""

    def _button(self, page):
        (button,) = page.xpath("//a[@name='website_sale_main_button']")[:1]
        return button

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

    # === CORRECTIONS === #

    def test_correction_is_made_and_told(self):
        self._rule(
            kind="correction",
            correction="cap",
            max_quantity=3,
            product_ids=[Command.set(self.lamp.ids)],
        )
        self._login()
        answer = self._add(self.lamp, 5)
        told = "Review Lamp: 5 Units → 3 Units. At most 3 per order."
        self.assertEqual(answer["notification_info"]["warning"], told)
        order = self._own_cart()
        self.assertEqual(order.order_line.product_uom_qty, 3)
        self.assertEqual(len(order.review_correction_ids), 1)
        answer = self._change(order.order_line, 8)
        self.assertEqual(answer["warning"], told.replace("5", "8"))
        self.assertEqual(answer["quantity"], 3)

    def test_line_corrected_to_nothing_leaves_the_cart(self):
        self._rule(
            kind="correction",
            correction="cap",
            max_quantity=12,
            product_ids=[Command.set(self.display.ids)],
        )
        self.display.product_tmpl_id.uom_ids = self.dozen
        order = self._fill_cart((self.display, 12))
        answer = self.make_jsonrpc_request(
            "/shop/cart/add",
            {
                "product_template_id": self.display.product_tmpl_id.id,
                "product_id": self.display.id,
                "quantity": 1,
                "uom_id": self.dozen.id,
            },
        )
        self.assertTrue(answer["notification_info"]["warning"])
        self.env.invalidate_all()
        goods = order.order_line.filtered(lambda line: not line.is_delivery)
        self.assertEqual(goods.mapped("product_uom_qty"), [12])

    def test_new_correction_is_made_before_paying(self):
        order = self._fill_cart((self.lamp, 5))
        self._rule(
            kind="correction",
            correction="cap",
            max_quantity=3,
            product_ids=[Command.set(self.lamp.ids)],
        )
        with mute_logger("odoo.http"):
            self._rpc_error(
                f"/shop/payment/transaction/{order.id}", self._payment_params(order)
            )
        page = self._page("/shop/payment")
        self.assertIn("5 Units → 3 Units", self._text(page))
        self.env.invalidate_all()
        self._pay(order)
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.amount_total, 90)

    # === WHO PLACED IT === #

    def test_visitor_is_named_and_follows_a_login(self):
        self.authenticate(None, None)
        self._add(self.display)
        order = self._own_cart()
        self.assertEqual(order.ordering_user_id, self.website.user_id)
        page = self._page("/web/login")
        self._post(
            "/web/login", page, login=self.portal.login, password=self.portal.login
        )
        self._page("/shop/cart")
        self.env.invalidate_all()
        self.assertEqual(order.ordering_user_id, self.portal)
        self.assertEqual(order.partner_id, self.portal.partner_id)

    def test_rules_for_a_role_find_the_visitor(self):
        self._rule(
            name="Visitors",
            group_ids=[Command.link(self.env.ref("base.group_public").id)],
        )
        self.authenticate(None, None)
        self.assertTrue(self._add(self.display, 11)["notification_info"]["warning"])
        self._login()
        self.assertFalse(self._add(self.display, 11)["notification_info"]["warning"])

    def test_who_ordered_cannot_be_forged(self):
        order = self._cart((self.display, 1))
        with self.assertRaises(AccessError):
            order.with_user(self.salesman_all).ordering_user_id = self.portal
        mine = (
            self.env["sale.order"]
            .with_user(self.salesman_all)
            .with_context(default_ordering_user_id=self.portal.id)
            .create({"partner_id": self.customer.id})
        )
        self.assertEqual(mine.ordering_user_id, self.salesman_all)
