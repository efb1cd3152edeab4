from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_shop_cart import ShopCartCase


@tagged("post_install", "-at_install")
class TestShopCartCorrections(ShopCartCase):
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
