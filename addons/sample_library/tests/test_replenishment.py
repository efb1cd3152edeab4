"""What is missing is proposed, ordered and received: each once."""

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .request_common import RequestCommon


@tagged("post_install", "-at_install")
class TestReplenishment(RequestCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.center.write({"street": "1 Center Road", "city": "Leeds"})
        cls.rule = cls._rule()

    @classmethod
    def _rule(cls, item=None, library=None, minimum=2, maximum=5):
        return cls.env["sample.replenishment"].create(
            {
                "library_id": (library or cls.library).id,
                "item_id": (item or cls.item).id,
                "minimum": minimum,
                "maximum": maximum,
            }
        )

    def _numbers(self, rule=None):
        rule = rule or self.rule
        self.env.flush_all()
        rule.invalidate_recordset()
        return rule.on_hand, rule.on_order, rule.to_order

    def _short(self, user=None, value=True):
        model = self.env["sample.replenishment"].with_user(user or self.clerk)
        return model.search([("is_short", "=", value)]).sudo(False)

    def _order_all(self, rules=None, user=None):
        """Choose Order; return the orders that are opened."""
        action = self._call(user or self.clerk, rules or self.rule, "action_order")
        if action["type"] == "ir.actions.client":
            return self.env["sample.order"]
        if action.get("res_id"):
            return self.env["sample.order"].browse(action["res_id"])
        return self.env["sample.order"].search(action["domain"], order="id")

    def test_numbers(self):
        self.assertEqual(self._numbers(), (0, 0, 5))
        one, two, three = (self._copy(f"STOCK-{number}") for number in range(3))
        self._copy("STOCK-THEIRS", library=self.other_library)
        self.assertEqual(self._numbers(), (3, 0, 0))
        self._lend(one)
        self.assertEqual(self._numbers(), (3, 0, 0))
        two.action_lost()
        three.action_retire()
        self.assertEqual(self._numbers(), (1, 0, 4))

    def test_to_order_is_found_by_the_database(self):
        other = self._rule(self.other_item, minimum=0)
        self.assertEqual(self._short(), self.rule)
        self.assertEqual(self._short(value=False), other)
        self._order_all()
        self.assertFalse(self._short())
        self.assertEqual(self._short(value=False), self.rule | other)

    def test_minimum_and_maximum(self):
        for minimum, maximum in ((-1, 5), (6, 5), (1, 10000)):
            with (
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self._rule(self.other_item, minimum=minimum, maximum=maximum)
                self.env.flush_all()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._rule()
            self.env.flush_all()

    def test_ordered_once(self):
        more = self._rule(self.loom_item, minimum=1, maximum=1)
        enough = self._rule(self.other_item, minimum=0)
        rules = self.rule | more | enough
        order = self._order_all(rules)
        self.assertRecordValues(
            order,
            [
                {
                    "state": "draft",
                    "source": "restock",
                    "library_id": self.library.id,
                    "recipient_name": "Sample Center",
                    "ship_to": "showroom",
                    "user_id": self.clerk.id,
                    "company_id": self.company.id,
                }
            ],
        )
        self.assertIn("1 Center Road", order.ship_address)
        self.assertEqual(
            [(line.item_id, line.quantity) for line in order.line_ids],
            [(self.item, 5), (self.loom_item, 1)],
        )
        self.assertFalse(self._order_all(rules))
        self.assertEqual(self._numbers(), (0, 5, 0))
        # more is put on the same draft
        enough.write({"minimum": 1, "maximum": 1})
        self.assertEqual(self._order_all(rules), order)
        self.assertEqual(len(order.line_ids), 3)

    def test_given_up_is_to_be_ordered_again(self):
        order = self._order_all()
        self._call(self.clerk, order, "action_cancel")
        self.assertEqual(self._numbers(), (0, 0, 5))
        order = self._order_all()
        request = self._send(order)
        self.assertEqual(self._numbers(), (0, 5, 0))
        self._answer(
            request, {"line_id": order.line_ids.id, "kind": "refuse", "quantity": 5,
                      "reason": "discontinued"},
        )  # fmt: skip
        self.assertEqual(self._numbers(), (0, 0, 5))

    def test_one_draft_per_library(self):
        theirs = self._rule(library=self.other_library)
        orders = self._order_all(self.rule | theirs, self.manager)
        self.assertEqual(orders.library_id, self.library | self.other_library)
        self.assertEqual(len(orders), 2)

    def test_received_once(self):
        order = self._order_all()
        request = self._send(order)
        line = order.line_ids
        self.assertFalse(request.to_receive)
        with self.assertRaisesRegex(UserError, "Nothing has been shipped"):
            self._call(self.clerk, request, "action_receive")
        self._answer(request, {"line_id": line.id, "kind": "ship", "quantity": 3})
        self.assertEqual(request.to_receive, 3)
        self.assertEqual(self._numbers(), (0, 5, 0))
        action = self._call(self.clerk, request, "action_receive")
        copies = self.env["sample.copy"].search(action["domain"])
        self.assertEqual(len(copies), 3)
        self.assertEqual(copies.item_id, self.item)
        self.assertEqual(copies.library_id, self.library)
        self.assertEqual(len(set(copies.mapped("tag"))), 3)
        self.assertEqual(self._numbers(), (3, 2, 0))
        with self.assertRaisesRegex(UserError, "Nothing has been shipped"):
            self._call(self.clerk, request, "action_receive")
        self._answer(request, {"line_id": line.id, "kind": "ship", "quantity": 2})
        self._call(self.clerk, request, "action_receive")
        self.assertEqual(self._numbers(), (5, 0, 0))

    def test_what_is_for_a_designer_is_not_received(self):
        request = self._send(self._order([(self.item, 1)]))
        self._answer(
            request, {"line_id": request.line_ids.id, "kind": "ship", "quantity": 1}
        )
        self.assertFalse(request.to_receive)
        with self.assertRaisesRegex(UserError, "Nothing has been shipped"):
            self._call(self.clerk, request, "action_receive")

    def test_rights(self):
        rep = self._portal("stock_rep", self.rep)
        for user in (self.neighbour, rep):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._call(user, self.rule, "action_order")
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._call(user, self.rule, "write", {"minimum": 1})
        self.assertFalse(self._short(self.neighbour))
        with self.assertRaises(AccessError):
            self._call(
                self.clerk, self.rule, "write", {"library_id": self.other_library.id}
            )
        request = self._send(self._order_all())
        self._answer(
            request, {"line_id": request.line_ids.id, "kind": "ship", "quantity": 1}
        )
        for user in (self.neighbour, rep):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._call(user, request, "action_receive")
        with self.assertRaises(UserError):
            self._call(self.clerk, request.line_ids, "write", {"received_qty": 0})
        company = self.env["res.company"].create({"name": "Stock Company"})
        self._call(self.clerk, self.rule, "read", ["to_order"])
        self.library.sudo().clerk_ids |= self.neighbour
        self.neighbour.sudo().write(
            {"company_ids": [(6, 0, company.ids)], "company_id": company.id}
        )
        with self.assertRaises(AccessError):
            self._call(self.neighbour, self.rule, "action_order")

    def test_import(self):
        result = self._call(
            self.clerk,
            self.env["sample.replenishment"],
            "load",
            ["library_id", "item_id", "minimum", "maximum"],
            [["Sample Center Library", "Willow Mist", "1", "3"]],
        )
        self.assertFalse(result["messages"])
        self.assertEqual(len(result["ids"]), 1)

    def test_queries(self):
        """Numbers and search cost as much for thirty as for one."""

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            model = self.env["sample.replenishment"].with_user(self.clerk)
            model.search([("is_short", "=", True)]).mapped("to_order")
            return self.cr.sql_log_count - before

        queries()
        few = queries()
        for number in range(30):
            self._rule(self._item("Stock", str(number)))
        self.assertEqual(len(self._short()), 31)
        self.assertLessEqual(queries(), few)
