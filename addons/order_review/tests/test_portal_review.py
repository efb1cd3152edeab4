from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_shop import ShopCommon

_SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestPortalReview(ShopCommon):
    """Quotations in the customer's portal: before a signature, before money."""

    def _quotation(self, *lines, **vals):
        vals.setdefault("require_signature", True)
        vals.setdefault("require_payment", False)
        vals.setdefault("partner_id", self.portal.partner_id.id)
        order = self._order(*lines, **vals)
        order.action_quotation_sent()
        self.env.flush_all()
        return order

    def _sign(self, order, token=None):
        answer = self.make_jsonrpc_request(
            f"/my/orders/{order.id}/accept",
            {
                "access_token": token or order._portal_ensure_token(),
                "name": "Pia Portal",
                "signature": _SIGNATURE,
            },
            timeout=60,
        )
        self.env.invalidate_all()
        return answer

    # === SIGN === #

    def test_signature_confirms_without_a_rule(self):
        order = self._quotation()
        self._sign(order)
        self.assertEqual(order.state, "sale")

    def test_signature_confirms_a_small_order(self):
        self._rule()
        order = self._quotation((self.display, 10))
        self._sign(order)
        self.assertEqual(order.state, "sale")

    def test_signature_is_refused_before_it_is_written(self):
        self._rule()
        order = self._quotation()
        answer = self._sign(order)
        self.assertEqual(
            answer["error"], "Review Display: at most 10 per order, 11 asked."
        )
        self.assertFalse(order.signature)
        self.assertFalse(order.signed_by)
        self.assertEqual(order.state, "sent")

    def test_customer_signs_what_was_corrected(self):
        self._rule(kind="correction", correction="cap", max_quantity=3)
        order = self._quotation((self.lamp, 5))
        answer = self._sign(order)
        self.assertIn("check it and sign again", answer["error"])
        self.assertIn("Review Lamp: 5 Units → 3 Units", answer["error"])
        self.assertFalse(order.signature)
        self.assertEqual(order.order_line.product_uom_qty, 3)
        self._sign(order)
        self.assertEqual(order.state, "sale")

    def test_nothing_is_corrected_for_strangers(self):
        self._rule(kind="correction", correction="cap", max_quantity=3)
        order = self._quotation((self.lamp, 5))
        answer = self._sign(order, token="wrong")
        self.assertEqual(answer["error"], "Invalid order.")
        self.assertEqual(order.order_line.product_uom_qty, 5)

    # === PAY === #

    def test_payment_confirms_without_a_rule(self):
        order = self._quotation(require_signature=False, require_payment=True)
        self._pay(order, route=f"/my/orders/{order.id}/transaction")
        self.assertEqual(order.state, "sale")

    def test_payment_confirms_a_small_order(self):
        self._rule()
        order = self._quotation(
            (self.display, 10), require_signature=False, require_payment=True
        )
        self._pay(order, route=f"/my/orders/{order.id}/transaction")
        self.assertEqual(order.state, "sale")

    @mute_logger("odoo.http")
    def test_payment_is_refused_and_nothing_kept(self):
        self._rule()
        order = self._quotation(require_signature=False, require_payment=True)
        name, message = self._rpc_error(
            f"/my/orders/{order.id}/transaction", self._payment_params(order)
        )
        self.assertEqual(name, "odoo.exceptions.ValidationError")
        self.assertIn("at most 10 per order", message)
        self.assertFalse(order.transaction_ids)

    @mute_logger("odoo.http")
    def test_cart_is_not_paid_through_the_portal(self):
        """The token of a cart is on its page: the shop's check must hold here, too."""
        self._rule()
        order = self._fill_cart()
        name, _message = self._rpc_error(
            f"/my/orders/{order.id}/transaction", self._payment_params(order)
        )
        self.assertEqual(name, "odoo.exceptions.ValidationError")

    @mute_logger("odoo.http")
    def test_refusal_is_in_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        rule = self._rule(message="Call us.")
        rule.with_context(lang="fr_FR").message = "Appelez-nous."
        self.portal.partner_id.lang = "fr_FR"
        order = self._quotation(require_signature=False, require_payment=True)
        _name, message = self._rpc_error(
            f"/my/orders/{order.id}/transaction", self._payment_params(order)
        )
        self.assertIn("Appelez-nous.", message)

    # === THE PAGE === #

    def _buttons(self, page):
        return page.xpath("//*[@data-bs-target='#modalaccept']")

    def test_page_shows_the_reason_instead_of_dead_buttons(self):
        self._login()
        for vals in (
            {"require_signature": True},
            {"require_signature": False, "require_payment": True},
        ):
            control = self._quotation(**vals)
            self.assertTrue(self._buttons(self._page(control.get_portal_url())))
        self._rule()
        for vals in (
            {"require_signature": True},
            {"require_signature": False, "require_payment": True},
        ):
            order = self._quotation(**vals)
            page = self._page(order.get_portal_url())
            self.assertFalse(self._buttons(page))
            self.assertIn("at most 10 per order, 11 asked", self._box(page))
            (sidebar,) = page.xpath("//*[@id='review_sidebar']")
            self.assertIn("This cannot be accepted yet", self._text(sidebar))

    def test_box_leads_to_the_lines(self):
        self._rule()
        order = self._quotation((self.lamp, 1), (self.display, 11))
        self._login()
        page = self._page(order.get_portal_url())
        (link,) = page.xpath("//*[@id='order_review_box']//a[text()='Go to the line']")
        line = order.order_line[1]
        self.assertEqual(link.get("href"), f"#review_line_{line.id}")
        (target,) = page.xpath(f"//*[@id='review_line_{line.id}']")
        # the focus goes there, too: the next tab starts from the line
        self.assertEqual(target.get("tabindex"), "-1")
        self.assertEqual(target.getparent().get("name"), "td_product_name")
        self.assertIn("Review Display", self._text(target.getparent()))
        self.assertIn("To change", self._text(target))
        self.assertIn("at most 10 per order, 11 asked", self._text(target))
        self.assertFalse(page.xpath(f"//*[@id='review_line_{order.order_line[0].id}']"))

    def test_box_leads_to_no_line_that_is_not_shown(self):
        self._rule()
        order = self._quotation(
            order_line=[
                Command.create(
                    {
                        "name": "Fittings",
                        "display_type": "line_section",
                        "collapse_composition": True,
                    }
                ),
                self._line(self.display, 11),
            ]
        )
        self._login()
        page = self._page(order.get_portal_url())
        self.assertIn("at most 10 per order", self._box(page))
        self.assertNotIn("Go to the line", self._box(page))

    def test_payment_link_does_not_open_a_held_order(self):
        link = "&payment_amount=50"
        control = self._quotation(require_signature=False)
        self.assertTrue(self._buttons(self._page(control.get_portal_url() + link)))
        self._rule()
        order = self._quotation(require_signature=False)
        self.assertFalse(self._buttons(self._page(order.get_portal_url() + link)))

    def test_warning_is_confirmed_with_the_token_only(self):
        self._rule(severity="warn")
        order = self._quotation()
        self.authenticate(None, None)
        page = self._page(order.get_portal_url())
        url = f"/my/orders/{order.id}/review/acknowledge"
        finding_id = page.xpath("//input[@name='finding_id']/@value")[0]
        self._post(url, page, finding_id=finding_id, access_token="wrong")
        self.env.invalidate_all()
        self.assertFalse(order.review_decision_ids)
        self._post(url, page, finding_id=finding_id, access_token=order.access_token)
        self.env.invalidate_all()
        self.assertEqual(order.review_decision_ids.action, "acknowledge")
        self.assertTrue(self._buttons(self._page(order.get_portal_url())))
        self._sign(order)
        self.assertEqual(order.state, "sale")

    def test_customer_asks_for_the_correction(self):
        self._rule(kind="correction", correction="cap", max_quantity=3)
        order = self._quotation((self.lamp, 5))
        self._login()
        page = self._page(order.get_portal_url())
        self.assertFalse(self._buttons(page))
        (url,) = page.xpath("//form[contains(@action, 'review/correct')]/@action")
        self._post(url, page, access_token="wrong")
        self._post(url, page, access_token=order.access_token)
        self.env.invalidate_all()
        self.assertEqual(order.order_line.product_uom_qty, 3)
        self.assertTrue(self._buttons(self._page(order.get_portal_url())))

    def test_received_order_says_so_in_page_and_list(self):
        order = self._quotation(require_signature=False, require_payment=True)
        self._login()
        self.assertIn(order.name, self._text(self._page("/my/quotes")))
        self._rule()
        self._tx(order)._post_process()
        self.assertTrue(order.review_parked_at)
        self.env.flush_all()
        page = self._page(order.get_portal_url())
        self.assertIn("It is being checked", self._text(page))
        self.assertNotIn("confirmed", self._text(page).lower())
        self.assertFalse(self._buttons(page))
        self.assertNotIn(order.name, self._text(self._page("/my/quotes")))
        (row,) = self._page("/my/orders").xpath(f"//tr[td/a[text()='{order.name}']]")
        self.assertIn("Being checked", self._text(row))

    def test_other_customers_orders_stay_hidden(self):
        self._rule()
        order = self._quotation(partner_id=self.customer.id)
        self._tx(order)._post_process()
        self.env.flush_all()
        self._login()
        self.assertNotIn(order.name, self._text(self._page("/my/orders")))
