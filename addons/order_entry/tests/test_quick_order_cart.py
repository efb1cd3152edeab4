from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_quick_order import QuickOrderCommon


@tagged("post_install", "-at_install")
class TestQuickOrderCart(QuickOrderCommon):
    """The same cart as one button after the other makes, and the limits on it."""

    def setUp(self):
        super().setUp()
        self._login()

    def _told(self, *boxes):
        """What is told of each product, in the order given."""
        answer = self._add_boxes(*boxes)
        return [answer["boxes"][str(product.id)] for product, *_rest in boxes]

    def test_same_cart_as_one_after_the_other(self):
        tax = self.env["account.tax"].create({"name": "Quick 10 %", "amount": 10})
        self.cup.taxes_id = tax
        wishes = ((self.pen, 3), (self.cup, 7), (self.bag, 2))
        for product, quantity in wishes:
            self._add(product, quantity)
        core = self._own_cart()
        columns = (
            "product_id",
            "product_uom_qty",
            "product_uom_id",
            "name",
            "price_unit",
            "discount",
            "tax_ids",
            "price_total",
        )
        expected = core.order_line.read(columns, load=None)
        total = core.amount_total
        core.unlink()
        self._add_boxes(*((product, str(quantity)) for product, quantity in wishes))
        ours = self._own_cart()
        self.assertNotEqual(ours, core)
        self.assertEqual(
            [{**line, "id": 0} for line in ours.order_line.read(columns, load=None)],
            [{**line, "id": 0} for line in expected],
        )
        self.assertEqual(ours.amount_total, total)

    def test_lines_in_the_cart_are_raised(self):
        self._add_boxes((self.pen, "3"))
        answer = self._add_boxes((self.pen, "2"), (self.cup, "1"))
        self.assertEqual(self._in_cart(), {self.pen: 5, self.cup: 1})
        self.assertEqual(len(self._own_cart().order_line), 2)
        self.assertEqual(answer["boxes"][str(self.pen.id)]["in_cart"], "5 Units")
        self.assertEqual(answer["cart_quantity"], 6)

    def test_notification_is_that_of_the_cart(self):
        info = self._add_boxes((self.pen, "2"))["notification_info"]
        self.assertEqual(info["lines"][0]["quantity"], 2)

    def _offer_units(self):
        self.env["res.config.settings"].create({"group_uom": True}).execute()
        self.dozen.active = True

    def test_units(self):
        self._offer_units()
        self.pen.uom_ids = self.dozen
        self._add_boxes((self.pen, "2", self.dozen), (self.cup, "1", self.dozen))
        (line,) = self._own_cart().order_line
        self.assertRecordValues(
            line,
            [
                {
                    "product_id": self.pen.id,
                    "product_uom_id": self.dozen.id,
                    "product_uom_qty": 2,
                }
            ],
        )
        self._add_boxes((self.pen, "1"))
        self.assertEqual(len(self._own_cart().order_line), 2)

    # === STOCK === #

    def test_stock_is_a_limit(self):
        few, none = self._storable("Few", 3), self._storable("None", 0)
        told = self._told((few, "5"), (none, "1"), (self.pen, "1"))
        self.assertEqual([one["added"] for one in told], [3, 0, 1])
        self.assertIn("only 3", told[0]["note"])
        self.assertIn("not available", told[1]["reason"])
        self.assertEqual(self._in_cart(), {few: 3, self.pen: 1})

    def test_stock_counts_what_is_in_the_cart(self):
        few = self._storable("Few", 3)
        self._add_boxes((few, "2"))
        (told,) = self._told((few, "2"))
        self.assertEqual(told["added"], 1)
        self.assertEqual(self._in_cart(), {few: 3})

    def test_stock_counts_all_units_of_a_product(self):
        self._offer_units()
        few = self._storable("Few", 14, uom_ids=[Command.set(self.dozen.ids)])
        answer = self.make_jsonrpc_request(
            "/shop/quick_order/add",
            {
                "boxes": [
                    {"key": "a", "product_id": few.id, "quantity": "1",
                     "uom_id": self.dozen.id},
                    {"key": "b", "product_id": few.id, "quantity": "5"},
                ]
            },
        )  # fmt: skip
        self.assertEqual(
            [one["added"] for one in answer["boxes"].values()], [1, 2], answer
        )

    # === LIMITS === #

    def _rule_on(self, *products, **vals):
        products = self.env["product.product"].concat(*products)
        return self._rule(product_ids=[Command.set(products.ids)], **vals)

    def test_above_a_hard_limit_nothing_is_added(self):
        self._rule_on(self.pen, max_quantity=50)
        told = self._told((self.pen, "60"), (self.cup, "1"))
        self.assertIn("50", told[0]["reason"])
        self.assertIn("60", told[0]["reason"])
        self.assertNotIn("Quick Pen", told[0]["reason"])  # it stands beside its name
        self.assertFalse(told[1]["reason"])
        self.assertEqual(self._in_cart(), {self.cup: 1})

    def test_limit_counts_what_is_in_the_cart(self):
        self._rule_on(self.pen, max_quantity=50)
        self._add_boxes((self.pen, "45"))
        (told,) = self._told((self.pen, "6"))
        self.assertIn("51", told["reason"])
        (told,) = self._told((self.pen, "5"))
        self.assertFalse(told["reason"])
        self.assertEqual(self._in_cart(), {self.pen: 50})

    def test_of_a_shared_limit_the_first_are_kept(self):
        self._rule_on(
            self.pen,
            self.cup,
            max_quantity=50,
            quantity_per="scope",
            uom_id=self.env.ref("uom.product_uom_unit").id,
        )
        told = self._told((self.pen, "30"), (self.bag, "9"), (self.cup, "30"))
        self.assertEqual([bool(one["reason"]) for one in told], [False, False, True])
        self.assertEqual(self._in_cart(), {self.pen: 30, self.bag: 9})

    def test_limit_of_a_visitor_without_cart(self):
        self._rule_on(self.pen, max_quantity=5)
        (told,) = self._told((self.pen, "6"))
        self.assertTrue(told["reason"])
        self.assertFalse(self._own_cart().order_line)

    def test_wrong_multiple_minimum_hold_and_quota(self):
        tin = self.env["product.product"].create(self._quick_vals("Quick Tin"))
        self._rule_on(self.pen, kind="multiple", multiple_quantity=6)
        self._rule_on(self.cup, kind="multiple", min_quantity=4)
        self._rule_on(self.bag, kind="product_hold", message="Being recalled")
        self._rule_on(tin, kind="quota", max_quantity=20)
        told = self._told(
            (self.pen, "7"), (self.cup, "3"), (self.bag, "1"), (tin, "21")
        )
        for one, text in zip(
            told, ("packs of 6", "At least 4", "Being recalled", "20"), strict=True
        ):
            self.assertIn(text, one["reason"])
        self.assertFalse(self._own_cart().order_line)
        told = self._told((self.pen, "12"), (self.cup, "4"), (tin, "20"))
        self.assertFalse([one["reason"] for one in told if one["reason"]])

    def test_approval_is_told_and_added(self):
        self._rule_on(self.pen, max_quantity=5, severity="approve")
        (told,) = self._told((self.pen, "6"))
        self.assertEqual(told["added"], 6)
        self.assertTrue(told["note"])

    def test_corrections_are_told(self):
        self._rule_on(self.pen, kind="correction", correction="cap", max_quantity=9)
        self._rule_on(
            self.cup, kind="correction", correction="round", multiple_quantity=6
        )
        self._rule_on(self.pen, max_quantity=10)
        told = self._told((self.pen, "30"), (self.cup, "7"))
        self.assertIn("At most 9", told[0]["note"])
        self.assertIn("packs of 6", told[1]["note"])
        self.assertEqual(self._in_cart(), {self.pen: 9, self.cup: 12})

    def test_one_that_core_refuses_leaves_the_others(self):
        self.website.prevent_zero_price_sale = True
        free = self.env["product.product"].create(
            self._quick_vals("Quick Gift", list_price=0)
        )
        told = self._told((free, "1"), (self.pen, "1"))
        self.assertTrue(told[0]["reason"])
        self.assertEqual(self._in_cart(), {self.pen: 1})

    def test_refusal_while_writing_leaves_the_others(self):
        lines = self.registry["sale.order.line"]
        check = lines._check_validity
        reason = "Not today"

        def refuse(line):
            if line.product_id == self.pen.with_env(line.env):
                raise UserError(reason)
            return check(line)

        self.patch(lines, "_check_validity", refuse)
        told = self._told((self.pen, "1"), (self.cup, "2"))
        self.assertEqual(told[0]["reason"], "Not today")
        self.assertEqual(self._in_cart(), {self.cup: 2})
