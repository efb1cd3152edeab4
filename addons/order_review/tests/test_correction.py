"""Automatic corrections on real orders: made before the gate, listed on the order."""

from ast import literal_eval

from odoo import Command
from odoo.tests import tagged

from ..exceptions import ReviewError
from .common import ReviewCommon

#: A picture of one dot.
SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestCorrections(ReviewCommon):
    def _correct(self, *lines, **vals):
        order = self._order(*lines, **vals)
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        return order

    def _correction(self, correction, **vals):
        vals.setdefault("product_ids", [Command.set(self.display.ids)])
        return self._rule(kind="correction", correction=correction, **vals)

    def _listed(self, order):
        return [
            (one.field, one.old_value, one.new_value)
            for one in order.review_correction_ids.sorted("id")
        ]

    def test_cap(self):
        rule = self._correction("cap", max_quantity=10)
        order = self._correct((self.display, 7), (self.display, 8), (self.lamp, 40))
        self.assertEqual(order.order_line.mapped("product_uom_qty"), [7, 3, 40])
        self.assertEqual(self._listed(order), [("quantity", "8 Units", "3 Units")])
        self.assertEqual(order.review_correction_ids.rule_id, rule)
        self.assertEqual(order.review_correction_ids.rule_name, rule.name)

    def test_round(self):
        self._correction("round", min_quantity=12, multiple_quantity=6)
        dozen = {"product_uom_id": self.dozen.id}
        order = self._correct((self.display, 5))
        self.assertEqual(order.order_line.product_uom_qty, 12)
        order = self._correct((self.display, 1, dozen), (self.display, 3))
        self.assertEqual(order.order_line.mapped("product_uom_qty"), [1, 6])

    def test_replace_keeps_quantity_and_unit(self):
        self._correction("replace", replacement_product_id=self.lamp.id)
        order = self._correct((self.display, 2, {"product_uom_id": self.dozen.id}))
        self.assertRecordValues(
            order.order_line,
            [
                {
                    "product_id": self.lamp.id,
                    "product_uom_qty": 2,
                    "product_uom_id": self.dozen.id,
                    "price_unit": 360,
                }
            ],
        )
        self.assertIn("Review Lamp", order.order_line.name)
        self.assertEqual(
            self._listed(order), [("product", "Review Display", "Review Lamp")]
        )

    def test_add(self):
        self._correction("add", add_product_id=self.service.id, min_quantity=2)
        order = self._correct((self.display, 1))
        added = order.order_line.filtered(lambda line: line.product_id == self.service)
        self.assertEqual(added.product_uom_qty, 2)
        self.assertEqual(self._listed(order), [("add", "", "2 Units × Review Service")])

    def test_carrier(self):
        carrier = self.env["delivery.carrier"].create(
            {"name": "Cold van", "product_id": self.service.id, "fixed_price": 7}
        )
        self._correction("carrier", carrier_id=carrier.id)
        order = self._correct((self.display, 1))
        self.assertEqual(order.carrier_id, carrier)
        self.assertEqual(self._listed(order), [("carrier", "", "Cold van")])
        self.assertEqual(order.amount_total, 17)

    def test_rules_build_on_each_other(self):
        self._correction("replace", replacement_product_id=self.lamp.id)
        self._correction(
            "round", multiple_quantity=5, product_ids=[Command.set(self.lamp.ids)]
        )
        order = self._correct((self.display, 3))
        self.assertEqual(order.order_line.product_uom_qty, 5)
        self.assertEqual(len(order.review_correction_ids), 2)

    def test_made_once(self):
        self._correction("cap", max_quantity=10)
        order = self._order((self.display, 15))
        order._review_correct()
        order._review_correct()
        self.assertEqual(len(order.review_correction_ids), 1)
        self.assertEqual(order.review_state, "clear")

    def test_rules_that_contradict_each_other_do_not_take_turns(self):
        self._correction("cap", max_quantity=10)
        self._correction("round", multiple_quantity=12)
        order = self._order((self.display, 15))
        self.assertEqual(order.review_state, "clear", "not tried yet")
        action = order.action_review_confirm()
        self.assertEqual(action["res_model"], "sale.review.decide")
        self.assertLessEqual(len(order.review_correction_ids), 3)
        self.assertEqual(order.state, "draft")
        self.assertEqual(order.review_state, "blocked")
        order._review_touch()
        self.assertEqual(order.review_state, "blocked", "tried, and could not be done")
        with self.assertRaises(ReviewError):
            order.action_confirm()

    def test_a_circle_of_replacements_ends(self):
        self._correction("replace", replacement_product_id=self.lamp.id)
        self._correction(
            "replace",
            replacement_product_id=self.display.id,
            product_ids=[Command.set(self.lamp.ids)],
        )
        order = self._order((self.display, 1))
        order._review_correct()
        self.assertEqual(len(order.review_correction_ids), 2)

    def test_paid_and_signed_orders_are_left_alone(self):
        self._correction("cap", max_quantity=10)
        paid = self._order((self.display, 15))
        self._tx(paid)
        signed = self._order((self.display, 15), signature=SIGNATURE)
        for order in (paid, signed):
            order._review_correct()
            self.assertEqual(order.order_line.product_uom_qty, 15)
            self.assertEqual(order.review_state, "blocked")

    def test_most_specific_correction_is_made(self):
        self._correction("cap", max_quantity=5, product_ids=[Command.clear()])
        self._correction("cap", max_quantity=8)
        order = self._correct((self.display, 9), (self.lamp, 9))
        self.assertEqual(order.order_line.mapped("product_uom_qty"), [8, 5])

    def test_what_a_finding_says_before(self):
        self._correction("cap", max_quantity=10)
        order = self._order((self.display, 15))
        self.assertEqual(
            order.review_finding_ids.message,
            "Review Display: the quantity must be lowered from 15 to 10. This is done "
            "on confirmation.",
        )

    def test_what_confirming_mends_blocks_nobody(self):
        """Staff are told, and need not do anything: Confirm does it."""
        self._correction("cap", max_quantity=10)
        order = self._order((self.display, 60), user_id=self.salesman.id)
        self.assertEqual(order.review_state, "clear")
        finding = order.review_finding_ids
        self.assertEqual(finding.severity, "inform")
        self.assertFalse(finding.is_open)
        seen = order.with_user(self.salesman)
        self.assertIn("lowered from 60 to 10", seen.review_pending_text)
        self.assertNotIn(order, self._held_orders())
        self.assertIs(seen.action_review_confirm(), True)
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.order_line.product_uom_qty, 10)
        self.assertFalse(order.review_pending_text)

    def _held_orders(self):
        action = self.env.ref("order_review.sale_order_action_held")
        return self.env["sale.order"].search(literal_eval(action.domain))

    def test_what_cannot_be_mended_holds(self):
        """A delivery method that does not deliver there: nothing can be corrected."""
        carrier = self.env["delivery.carrier"].create(
            {
                "name": "Moon shuttle",
                "product_id": self.service.id,
                "country_ids": [Command.set(self.env.ref("base.be").ids)],
            }
        )
        self._correction("carrier", carrier_id=carrier.id, is_overridable=True)
        order = self._order((self.display, 1))
        self.assertEqual(order.review_state, "clear")
        with self.assertRaises(ReviewError):
            order.action_confirm()
        self.assertEqual(order.state, "draft")
        action = order.with_user(self.salesman_all).action_review_confirm()
        self.assertEqual(action["res_model"], "sale.review.decide")
        self.assertEqual(order.review_state, "blocked")
        self.assertIn(order, self._held_orders())
        order.with_user(self.review_manager).action_review_decide("Take any")
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertFalse(order.carrier_id)

    def test_written_past_the_button_it_holds(self):
        """Doors that make no corrections let nothing uncorrected pass."""
        self._correction("cap", max_quantity=10)
        order = self._order((self.display, 60))
        with self.assertRaises(ReviewError):
            order.with_user(self.salesman_all).write({"state": "sale"})
        self.assertEqual(order.state, "draft")

    def test_asking_for_a_release_corrects_first(self):
        self._correction("cap", max_quantity=10)
        self._rule(
            kind="amount",
            measure="total",
            amount_max=50,
            severity="approve",
        )
        order = self._order((self.display, 60))
        order.with_user(self.salesman_all).action_review_request()
        self.assertEqual(order.order_line.product_uom_qty, 10)
        order.with_user(self.review_manager).action_review_decide("Fine")
        self.assertEqual(order.state, "sale")
