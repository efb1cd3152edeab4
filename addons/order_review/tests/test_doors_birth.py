"""Orders that are born confirmed, and lines that come from elsewhere."""

from odoo import Command
from odoo.tests import Form, tagged

from .test_doors_back_office import DoorsBackOfficeCase


@tagged("post_install", "-at_install")
class TestDoorsBirth(DoorsBackOfficeCase):
    def test_create_confirmed(self):
        self._check_birth(
            lambda quantity: self._assert_born(
                self._call(
                    "sale.order",
                    "create",
                    {
                        "partner_id": self.customer.id,
                        "state": "sale",
                        "order_line": self._line_vals(quantity),
                    },
                )
            )
        )

    def test_create_confirmed_by_default_state(self):
        self._check_birth(
            lambda quantity: self._assert_born(
                self._call(
                    "sale.order",
                    "create",
                    {
                        "partner_id": self.customer.id,
                        "order_line": self._line_vals(quantity),
                    },
                    context={"default_state": "sale"},
                )
            )
        )

    def test_web_save_new(self):
        self._check_birth(
            lambda quantity: self._assert_born(
                self._call(
                    "sale.order",
                    "web_save",
                    [],
                    {
                        "partner_id": self.customer.id,
                        "state": "sale",
                        "order_line": self._line_vals(quantity),
                    },
                    specification={"state": {}},
                )[0]["id"]
            )
        )

    def test_create_confirmed_without_lines(self):
        self._rule(
            kind="customer_hold", partner_ids=[Command.link(self.other_customer.id)]
        )
        values = {"partner_id": self.customer.id, "state": "sale"}
        self._assert_born(self._call("sale.order", "create", values))
        values["partner_id"] = self.other_customer.id
        self._assert_refused(
            self._call, "sale.order", "create", values, sentence="are on hold"
        )

    def test_copy_as_confirmed(self):
        def copy(quantity):
            order = self._quotation(quantity)
            made = self._call(
                "sale.order", "copy", order.ids, default={"state": "sale"}
            )
            self._assert_born(made[0] if isinstance(made, list) else made)

        copy(11)
        self._rule()
        copy(3)
        held = self._quotation(11)
        copies = [("partner_id", "=", self.customer.id), ("state", "=", "sale")]
        before = self.env["sale.order"].search_count(copies)
        self._assert_refused(
            self._call, "sale.order", "copy", held.ids, {"state": "sale"}
        )
        self.assertEqual(self.env["sale.order"].search_count(copies), before)

    def test_copy_of_a_confirmed_order(self):
        def make(quantity):
            rules = self.env["sale.review.rule"].search([])
            rules.active = False
            order = self._quotation(quantity)
            order.action_confirm()
            rules.active = True
            copied = order.copy()
            self.assertFalse(copied.review_decision_ids or copied.review_correction_ids)
            return copied

        self._check_door(
            lambda order: self._call("sale.order", "action_confirm", order.ids), make
        )

    def test_load(self):
        def load(quantity):
            answer = self._call(
                "sale.order",
                "load",
                [
                    "partner_id/.id",
                    "state",
                    "order_line/product_id/.id",
                    "order_line/product_uom_qty",
                ],
                [
                    [
                        str(self.customer.id),
                        "Sales Order",
                        str(self.display.id),
                        str(quantity),
                    ]
                ],
            )
            return answer

        self.assertTrue(load(11)["ids"])
        self._rule()
        self.assertTrue(load(3)["ids"])
        before = self.env["sale.order"].search_count([])
        answer = load(11)
        self.assertFalse(answer["ids"])
        self.assertIn(self.SENTENCE, answer["messages"][0]["message"])
        self.assertEqual(self.env["sale.order"].search_count([]), before)

    # === HOW THE LINES CAME TO BE === #

    def test_quotation_template(self):
        template = self.env["sale.order.template"].create(
            {
                "name": "Many displays",
                "sale_order_template_line_ids": [
                    Command.create(
                        {"product_id": self.display.id, "product_uom_qty": 1}
                    )
                ],
            }
        )

        def make(quantity):
            template.sale_order_template_line_ids.product_uom_qty = quantity
            form = Form(self.env["sale.order"])
            form.partner_id = self.customer
            form.sale_order_template_id = template
            order = form.save()
            self.assertEqual(order.order_line.product_uom_qty, quantity)
            return order

        self._check_door(lambda order: self._button(order, "action_confirm"), make)

    def test_catalog_then_confirm(self):
        def make(quantity):
            order = self._order((self.lamp, 1))
            self._catalog(order, quantity)
            return order

        self._check_door(lambda order: self._button(order, "action_confirm"), make)

    def test_unit_change_then_confirm(self):
        def make(quantity):
            order = self._quotation(1)
            vals = {"product_uom_qty": quantity}
            if quantity > 10:
                vals = {"product_uom_id": self.dozen.id}
            self._call("sale.order.line", "write", order.order_line.ids, vals)
            return order

        self._check_door(lambda order: self._button(order, "action_confirm"), make)

    def test_product_change_then_confirm(self):
        def make(quantity):
            order = self._order((self.lamp, quantity))
            self._call(
                "sale.order.line",
                "write",
                order.order_line.ids,
                {"product_id": self.display.id, "product_uom_qty": quantity},
            )
            return order

        self._check_door(lambda order: self._button(order, "action_confirm"), make)

    def test_moved_line_then_confirm(self):
        def make(quantity):
            order, other = self._quotation(1), self._quotation(quantity - 1)
            self._call(
                "sale.order.line", "write", other.order_line.ids, {"order_id": order.id}
            )
            return order

        self._check_door(lambda order: self._button(order, "action_confirm"), make)

    def test_own_default_of_the_status(self):
        """A user may keep a default for any field of his forms."""
        self.env["ir.default"].set(
            "sale.order", "state", "sale", user_id=self.salesman_all.id
        )
        vals = {"partner_id": self.customer.id}
        self._check_birth(
            lambda quantity: self._assert_born(
                self._call(
                    "sale.order",
                    "create",
                    {**vals, "order_line": self._line_vals(quantity)},
                )
            )
        )

    def test_order_of_another_company(self):
        """Rules of a company hold its orders, whichever company the user works in."""
        company = self.env["res.company"].create({"name": "Review Branch"})
        self.env.user.company_ids += company
        self.salesman_all.company_ids += company
        self._login(self.salesman_all)

        def make(quantity):
            order = self._order(
                (self.display, quantity), company_id=company.id, user_id=False
            )
            self.assertEqual(order.company_id, company)
            return order

        rule = self._rule(company_id=company.id)
        self._assert_refused(self._call, "sale.order", "action_confirm", make(11).ids)
        small, own = make(3), self._quotation(11)
        for order in small, own:
            self._call(
                "sale.order",
                "write",
                order.ids,
                {"state": "sale"},
                context={"allowed_company_ids": (company | self.env.company).ids},
            )
            self.assertEqual(order.state, "sale")
        self.assertTrue(rule.active)
