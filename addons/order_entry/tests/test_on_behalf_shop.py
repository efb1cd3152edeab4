from odoo import Command, fields
from odoo.tests import tagged

from .common_on_behalf import OnBehalfCommon

_CONTROLLER = "odoo.addons.order_entry.controllers.on_behalf"


@tagged("post_install", "-at_install")
class TestOnBehalfShop(OnBehalfCommon):
    """Shopping for another, in one's own session."""

    def test_order_is_for_the_member_and_keeps_who_placed_it(self):
        cart = self._cart_for()
        self.assertEqual(cart.partner_id, self.member)
        self.assertEqual(cart.on_behalf_of_id, self.member)
        self.assertEqual(cart.placed_by_id, self.placer.partner_id)
        self.assertEqual(cart.ordering_user_id, self.member_user)
        self.assertEqual(cart.partner_shipping_id, self.member)

    def test_own_order_is_placed_by_the_visitor(self):
        cart = self._fill_cart((self.lamp, 1))
        self.assertEqual(cart.placed_by_id, self.placer.partner_id)
        self.assertFalse(cart.on_behalf_of_id)

    def test_every_page_says_so_and_one_click_ends_it(self):
        self._login()
        self.assertFalse(self._banner())
        self._cart_for()
        for url in ("/shop", "/shop/cart", "/my", "/contactus", self.lamp.website_url):
            self.assertIn("Mia Member", self._banner(url), url)
        page = self._page("/shop")
        (form,) = page.xpath("//*[@id='o_on_behalf_banner']//form")
        self._post(form.get("action"), page)
        self.assertFalse(self._banner())

    def test_carts_of_both_stay_apart(self):
        own = self._fill_cart((self.lamp, 1))
        theirs = self._cart_for()
        self.assertNotEqual(own, theirs)
        self.assertIn("Review Display", self._text(self._page("/shop/cart")))
        self._post("/my/on-behalf/end", self._token())
        text = self._text(self._page("/shop/cart"))
        self.assertIn("Review Lamp", text)
        self.assertNotIn("Review Display", text)
        self.assertEqual(own.cart_quantity, 1)
        self.assertEqual(own.partner_id, self.placer.partner_id)
        self._start()
        self.assertIn("Review Display", self._text(self._page("/shop/cart")))
        self.assertEqual(self._own_cart(), theirs)

    def test_member_does_not_find_the_draft_as_his_cart(self):
        mine = self._order(
            (self.lamp, 3), partner_id=self.member.id, website_id=self.website.id
        )
        draft = self._cart_for((self.display, 2))
        self.authenticate(self.member_user.login, self.member_user.login)
        text = self._text(self._page("/shop/cart"))
        self.assertIn("Review Lamp", text)
        self.assertNotIn("Review Display", text)
        self.assertEqual(draft.placed_by_id, self.placer.partner_id)
        mine.action_cancel()
        self.authenticate(self.member_user.login, self.member_user.login)
        self.assertNotIn("Review Display", self._text(self._page("/shop/cart")))
        self._add(self.lamp, 1)
        self.assertNotEqual(self._own_cart(), draft)

    def test_prices_are_those_of_the_member(self):
        usual, cheap = self.env["product.pricelist"].create(
            [
                {"name": "Usual", "website_id": self.website.id, "sequence": 1},
                {
                    "name": "Members",
                    "website_id": self.website.id,
                    "sequence": 2,
                    "item_ids": [
                        Command.create({"compute_price": "fixed", "fixed_price": 3.21})
                    ],
                },
            ]
        )
        self.member.specific_property_product_pricelist = cheap
        self.placer.partner_id.specific_property_product_pricelist = usual
        self._login()
        self.assertNotIn("3.21", self._text(self._page(self.display.website_url)))
        self._start()
        self.assertIn("3.21", self._text(self._page(self.display.website_url)))
        self._add(self.display, 2)
        self.assertEqual(self._own_cart().order_line.price_unit, 3.21)
        self._post("/my/on-behalf/end", self._token())
        self.assertNotIn("3.21", self._text(self._page(self.display.website_url)))

    def test_limits_are_those_of_the_member(self):
        self._rule(max_quantity=4, partner_ids=[Command.set(self.member.ids)])
        self._fill_cart((self.display, 6))
        self.assertFalse(self._box(self._page("/shop/cart")))
        self._cart_for((self.display, 6))
        self.assertIn("4", self._box(self._page("/shop/cart")))

    def test_quota_per_user_counts_for_the_member(self):
        self._rule(
            kind="quota",
            max_quantity=5,
            quota_per="user",
            product_ids=[Command.set(self.display.ids)],
        )
        done = self._order((self.display, 5), partner_id=self.member.id)
        done.ordering_user_id = self.member_user
        done.action_confirm()
        self._cart_for((self.display, 1))
        self.assertTrue(self._box(self._page("/shop/cart")))

    def test_addresses_can_be_chosen_and_not_changed(self):
        cart = self._cart_for()
        page = self._page("/shop/cart")
        response = self._post(
            "/shop/address/submit",
            page,
            partner_id=self.member.id,
            address_type="billing",
            name="Hacked",
        )
        self.assertEqual(response.status_code, 403)
        self.assertEqual(self.member.name, "Mia Member")
        response = self.url_open("/shop/address?address_type=delivery")
        self.assertFalse(response.url.split("?")[0].endswith("/shop/address"))
        self.assertEqual(cart.partner_id, self.member)

    def test_saved_cards_are_not_offered(self):
        self.card.write({"allow_tokenization": True})
        self.env["payment.token"].create(
            {
                "provider_id": self.card.id,
                "payment_method_id": self.card.payment_method_ids[:1].id,
                "partner_id": self.placer.partner_id.id,
                "provider_ref": "own",
                "payment_details": "4242",
            }
        )
        self._fill_cart((self.lamp, 1))
        self.assertIn("4242", self._text(self._page("/shop/payment")))
        self._cart_for()
        self.assertNotIn("4242", self._text(self._page("/shop/payment")))

    def test_goods_need_a_complete_address(self):
        cart = self._cart_for()
        self.member.write({"city": False})
        params = self._payment_params(cart)
        with self.assertLogs("odoo.http", "WARNING"):
            _name, message = self._rpc_error(
                f"/shop/payment/transaction/{cart.id}", params
            )
        self.assertIn("Mia Member", message)
        self.assertIn("address", message)

    def test_both_are_told_and_the_member_finds_it(self):
        cart = self._cart_for()
        self._pay(cart)
        self.assertEqual(cart.state, "sale")
        told = cart.message_ids.notified_partner_ids
        self.assertIn(self.member, told)
        self.assertIn(self.placer.partner_id, told)
        self.assertIn(cart.name, self._text(self._page("/my/on-behalf/orders")))
        self.authenticate(self.member_user.login, self.member_user.login)
        text = self._text(self._page(f"/my/orders/{cart.id}"))
        self.assertIn("Placed By:", text)
        self.assertIn("Pia Portal", text)

    def test_wrong_ids_are_refused_and_logged(self):
        self._login()
        page = self._token()
        own = self.placer.partner_id.id
        for wrong in (self.stranger.id, own, 10**8, "x", "-1", ""):
            with self.assertLogs(_CONTROLLER, "WARNING"):
                response = self._post("/my/on-behalf/start", page, partner_id=wrong)
            self.assertEqual(response.status_code, 403, wrong)
        self.assertFalse(self._banner())

    def test_nothing_starts_by_a_link(self):
        self._login()
        response = self.url_open(f"/my/on-behalf/start?partner_id={self.member.id}")
        self.assertGreaterEqual(response.status_code, 400)
        self.assertFalse(self._banner())

    def test_a_right_that_ends_ends_the_session(self):
        own = self._fill_cart((self.lamp, 1))
        self._cart_for()
        self.right.date_end = fields.Date.subtract(fields.Date.today(), days=1)
        self.right.date_start = False
        page = self._page("/shop/cart")
        self.assertIn("any more", self._text(page))
        self.assertIn("Review Lamp", self._text(page))
        self._add(self.lamp, 1)
        self.env.invalidate_all()
        self.assertEqual(own.cart_quantity, 2)
        self.assertNotIn("any more", self._text(self._page("/shop/cart")))

    def test_a_right_that_ended_neither_pays_nor_signs(self):
        """The pages of the order, and links to them, outlive the session."""
        cart = self._cart_for()
        token = cart._portal_ensure_token()
        pay, sign = (f"/my/orders/{cart.id}/{way}" for way in ("transaction", "accept"))
        signature = {"name": "Pia", "signature": "aGk=", "access_token": token}
        self.right.write({"date_start": False, "date_end": "2020-01-01"})
        for user in (self.placer.login, None):
            self.authenticate(user, user)
            with self.assertLogs("odoo.http", "WARNING"):
                _name, message = self._rpc_error(pay, self._payment_params(cart))
            self.assertIn("has ended", message)
            answer = self.make_jsonrpc_request(sign, signature)
            self.assertIn("has ended", answer["error"])
        self.assertFalse(cart.transaction_ids)
        self.assertFalse(cart.signature)
        self.authenticate(self.member_user.login, self.member_user.login)
        self._pay(cart, route=pay)
        self.assertEqual(cart.state, "sale")

    def test_the_right_is_of_the_user_and_not_of_the_session(self):
        self._start()
        self.authenticate(self.member_user.login, self.member_user.login)
        self.assertFalse(self._banner())

    def test_no_reminder_of_a_cart_somebody_else_filled(self):
        cart = self._cart_for()
        self.website.cart_abandoned_delay = 1
        cart.date_order = fields.Datetime.subtract(cart.date_order, days=2)
        own = cart.copy({"website_id": self.website.id})
        own.date_order = cart.date_order
        self.assertEqual((cart | own)._filter_can_send_abandoned_cart_mail(), own)
