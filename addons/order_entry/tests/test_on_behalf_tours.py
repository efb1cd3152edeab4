from odoo.tests import tagged

from .common_on_behalf import OnBehalfCommon


@tagged("post_install", "-at_install")
class TestOnBehalfTours(OnBehalfCommon):
    def test_by_phone_and_found_in_the_portal(self):
        csr = self._user(
            "csr", "order_entry.group_order_for_all,base.group_partner_manager"
        )
        self.start_tour(
            f"/odoo/action-base.action_partner_form/{self.member.id}",
            "order_entry_by_phone",
            login=csr.login,
        )
        order = self.env["sale.order"].search(
            [("on_behalf_of_id", "=", self.member.id)]
        )
        self.assertRecordValues(
            order,
            [
                {
                    "state": "sale",
                    "placed_by_id": csr.partner_id.id,
                    "ordering_user_id": self.member_user.id,
                }
            ],
        )
        self.start_tour(
            "/my/orders", "order_entry_member_finds_it", login=self.member_user.login
        )

    def _shop(self):
        self.start_tour(
            "/my/on-behalf", "order_entry_shop_for_another", login=self.placer.login
        )
        cart = self._own_cart()
        self.assertEqual(cart.on_behalf_of_id, self.member)
        self.assertEqual(cart.order_line.product_id, self.display)

    def test_in_the_shop(self):
        self._shop()


@tagged("post_install", "-at_install")
class TestOnBehalfTourMobile(OnBehalfCommon):
    """The shop on a telephone."""

    browser_size = "390x844"
    touch_enabled = True

    def test_in_the_shop(self):
        TestOnBehalfTours._shop(self)
