"""Orders that a reward makes free, with goods that are sold ahead."""

from odoo import Command
from odoo.tests import tagged

from odoo.addons.order_prebook.tests.common import PrebookCommon


@tagged("post_install", "-at_install")
class TestFreeOrder(PrebookCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("sale.automatic_invoice", "True")
        cls.env["loyalty.program"].search([]).active = False
        cls.program = cls.env["loyalty.program"].create(
            {
                "name": "Everything free",
                "program_type": "promotion",
                "trigger": "auto",
                "applies_on": "current",
                "rule_ids": [Command.create({"minimum_qty": 1})],
                "reward_ids": [
                    Command.create(
                        {
                            "reward_type": "discount",
                            "discount": 100,
                            "discount_mode": "percent",
                            "discount_applicability": "order",
                            "required_points": 1,
                        }
                    )
                ],
            }
        )

    def _free(self, *lines):
        order = self._order(*lines, confirm=False)
        order._update_programs_and_rewards()
        rewards = order._get_claimable_rewards()
        for coupon, reward in rewards.items():
            order._apply_program_reward(reward, coupon)
        self.assertEqual(order.amount_total, 0)
        order._validate_order()
        return order

    def test_prebook_only(self):
        order = self._free((self.tulip, 10))
        self.assertEqual((order.state, order.prebook_state), ("sale", "draft"))
        self.assertFalse(order.invoice_ids)

    def test_prebook_and_stock(self):
        order = self._free((self.tulip, 8), (self.vase, 2))
        self.assertEqual(order.prebook_state, "draft")
        self.assertEqual(order.invoice_ids.move_type, "out_invoice")
        self.assertEqual(order.invoice_ids.amount_total, 0)
        self.assertNotIn(self.tulip, order.invoice_ids.invoice_line_ids.product_id)

    def test_stock_is_invoiced_as_ever(self):
        order = self._free((self.vase, 2))
        self.assertEqual(order.invoice_ids.state, "posted")
