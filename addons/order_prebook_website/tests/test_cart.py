"""The cart timer, over HTTP."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.order_prebook.tests.common import PrebookCommon


@tagged("post_install", "-at_install")
class TestCart(PrebookCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env["website"].search([], limit=1)
        cls.website.prebook_cart_minutes = 60
        cls.grower = cls.env["res.partner"].create({"name": "Grower", "tz": "UTC"})
        hour = (fields.Datetime.now() + timedelta(hours=6)).hour or 1
        cls.tulip.seller_ids = [
            Command.create({"partner_id": cls.grower.id, "cutoff_hour": hour})
        ]
        products = cls.tulip + cls.rose + cls.vase
        products.write({"is_published": True})
        if "allow_out_of_stock_order" in products._fields:
            products.write({"allow_out_of_stock_order": True})
        cls.portal.partner_id.email = "pia@prebook.example.com"

    def setUp(self):
        super().setUp()
        self.authenticate("prebook_portal", "prebook_portal")

    def _add(self, product, quantity=1):
        self.env.flush_all()
        self.make_jsonrpc_request(
            "/shop/cart/add",
            {
                "product_template_id": product.product_tmpl_id.id,
                "product_id": product.id,
                "quantity": quantity,
            },
        )
        self.env.invalidate_all()
        return self._cart()

    def _cart(self):
        return self.env["sale.order"].search(
            [
                ("partner_id", "=", self.portal.partner_id.id),
                ("website_id", "!=", False),
                ("state", "=", "draft"),
            ],
            limit=1,
        )

    def _cart_line(self, cart, product):
        return cart.order_line.filtered(lambda line: line.product_id == product)

    def _page(self):
        self.env.flush_all()
        text = self.url_open("/shop/cart").text
        self.env.invalidate_all()
        return text

    def _expire(self, line):
        line.cart_held_until = fields.Datetime.now() - timedelta(seconds=1)

    def test_goods_with_a_cutoff_are_held(self):
        cart = self._add(self.tulip)
        self._add(self.vase)
        left = self._cart_line(cart, self.tulip).cart_held_until - fields.Datetime.now()
        self.assertAlmostEqual(left.total_seconds(), 3600, delta=60)
        self.assertFalse(self._cart_line(cart, self.vase).cart_held_until)
        self.assertIn("o_prebook_countdown", self._page())

    def test_first_item_starts_the_clock(self):
        cart = self._add(self.tulip)
        cart.cart_hold_start -= timedelta(minutes=20)
        self.rose.product_tmpl_id.prebook_policy = "always"
        self.rose.seller_ids = [
            Command.create({"partner_id": self.grower.id, "cutoff_hour": 23.99})
        ]
        self._add(self.rose)
        left = self._cart_line(cart, self.rose).cart_held_until - fields.Datetime.now()
        self.assertAlmostEqual(left.total_seconds(), 2400, delta=60)
        deadline = self._cart_line(cart, self.tulip).cart_held_until
        self._add(self.tulip, 3)
        self.assertEqual(self._cart_line(cart, self.tulip).cart_held_until, deadline)

    def test_nearer_cutoff(self):
        seller = self.tulip.seller_ids
        seller.cutoff_hour = 14.5
        for now, zone, expected in (
            ("2031-03-03 14:10:00", "UTC", "2031-03-03 14:30:00"),
            ("2031-03-03 14:40:00", "UTC", "2031-03-04 14:30:00"),
            ("2031-03-03 05:20:00", "Asia/Tokyo", "2031-03-03 05:30:00"),
        ):
            self.grower.tz = zone
            moment = fields.Datetime.to_datetime(now)
            with self.subTest(now=now, zone=zone):
                self.assertEqual(
                    seller._next_cutoff(moment), fields.Datetime.to_datetime(expected)
                )
        self.grower.tz = "UTC"
        cart = self._order((self.tulip, 1), confirm=False, website_id=self.website.id)
        with freeze_time("2031-03-03 14:10:00"):
            cart._cart_hold()
        self.assertEqual(
            cart._cart_deadline(), fields.Datetime.to_datetime("2031-03-03 14:30:00")
        )

    def test_switched_off(self):
        self.website.prebook_cart_minutes = 0
        cart = self._add(self.tulip)
        self.assertFalse(cart._cart_deadline())
        self.assertNotIn("o_prebook_countdown", self._page())

    def test_expired_on_the_cart_page(self):
        cart = self._add(self.tulip)
        self._add(self.vase)
        self._expire(self._cart_line(cart, self.tulip))
        page = self._page()
        self.assertIn("no longer in your cart", page)
        self.assertEqual(cart.order_line.product_id, self.vase)
        mail = self.env["mail.mail"].search([("model", "=", "sale.order")])
        mail = mail.filtered(lambda one: one.res_id == cart.id)
        self.assertIn("Prebook Tulip", mail.body_html)
        self.assertNotIn("no longer in your cart", self._page())

    def test_expired_on_the_way_to_the_payment(self):
        cart = self._add(self.tulip)
        self._expire(cart.order_line)
        with self.assertRaisesRegex(ValidationError, "is over"):
            cart._check_cart_is_ready_to_be_paid()
        self.env.flush_all()
        response = self.url_open("/shop/checkout")
        self.assertRegex(response.url, "/shop/cart$")
        self.env.invalidate_all()
        self.assertFalse(cart.order_line)

    def test_scheduled_action(self):
        cart = self._add(self.tulip)
        triggers = self.env["ir.cron.trigger"].search(
            [("cron_id", "=", self.env.ref("order_prebook_website.ir_cron_expire").id)]
        )
        self.assertIn(cart._cart_deadline(), triggers.mapped("call_at"))
        self._expire(cart.order_line)
        with self.enter_registry_test_mode():
            self.env.ref("order_prebook_website.ir_cron_expire").method_direct_trigger()
        self.assertFalse(cart.order_line)
        self.assertIn("no longer in your cart", self._page())

    def test_cart_that_is_being_paid(self):
        cart = self._add(self.tulip)
        tx = self.env["payment.transaction"].create(
            {
                "provider_id": self._provider().id,
                "payment_method_id": self._provider().payment_method_ids[:1].id,
                "amount": cart.amount_total,
                "currency_id": cart.currency_id.id,
                "partner_id": cart.partner_id.id,
                "operation": "online_redirect",
                "sale_order_ids": [Command.set(cart.ids)],
            }
        )
        self._expire(cart.order_line)
        cart._cart_expire()
        self.assertTrue(cart.order_line)
        tx._set_canceled()
        cart._cart_expire()
        self.assertFalse(cart.order_line)

    def test_countdown(self):
        cart = self._add(self.tulip)
        self._add(self.vase)
        # the browser loads the page once before, so that it is fast when it counts
        self.env.flush_all()
        self.browser_js(
            "/shop/cart", "console.log('test successful')", login="prebook_portal"
        )
        self._cart_line(cart, self.tulip).cart_held_until = (
            fields.Datetime.now() + timedelta(seconds=14)
        )
        self.env.flush_all()
        self.start_tour("/shop/cart", "order_prebook_cart", login="prebook_portal")
        self.assertEqual(cart.order_line.product_id, self.vase)

    def test_bad_settings(self):
        for record, field, values in (
            (self.website, "prebook_cart_minutes", (-1, 99999)),
            (self.tulip.seller_ids, "cutoff_hour", (-1, 24)),
        ):
            for value in values:
                with (
                    self.subTest(field=field, value=value),
                    mute_logger("odoo.sql_db"),
                    self.assertRaisesRegex(Exception, field),
                    self.env.cr.savepoint(),
                ):
                    record[field] = value
                    record.flush_recordset()
