"""Doors of people who work in the back office, through the routes their browser uses."""

from lxml import etree

from odoo import Command
from odoo.tests import Form, tagged
from odoo.tools.misc import mute_logger

from .doors import HttpDoorCase, Refused


@tagged("post_install", "-at_install")
class TestDoorsBackOffice(HttpDoorCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref(
            "sale_management.group_sale_order_template"
        )

    def setUp(self):
        super().setUp()
        self._login(self.salesman_all)

    def _line_vals(self, quantity):
        return [
            [0, 0, {"product_id": self.display.id, "product_uom_qty": quantity}],
        ]

    # === BUTTONS === #

    def test_form_button(self):
        held = self._check_door(
            lambda order: self._button(order, "action_review_confirm"),
            told=lambda answer: answer["res_model"] == "sale.review.decide",
        )
        dialog = self.env["sale.review.decide"].with_user(self.salesman_all)
        dialog = dialog.create({"order_id": held.id})
        self.assertIn(self.SENTENCE, dialog.finding_ids.message)

    def test_both_form_buttons_ask_first(self):
        arch = (
            self.env["sale.order"]
            .with_user(self.salesman)
            .get_view(self.env.ref("sale.view_order_form").id, "form")["arch"]
        )
        buttons = etree.fromstring(arch).xpath("//header/button/@name")
        self.assertEqual(buttons.count("action_review_confirm"), 2)
        self.assertNotIn("action_confirm", buttons)

    def test_button_of_an_old_page(self):
        self._check_door(lambda order: self._button(order, "action_confirm"))

    def test_list_button_confirms_the_others(self):
        self._rule()
        orders = self._quotation(3) | self._quotation(11) | self._quotation(4)
        answer = self._button(orders, "action_review_confirm")
        self.assertEqual(orders.mapped("state"), ["sale", "draft", "sale"])
        self.assertIn(orders[1].name, answer["params"]["message"])
        self.assertIn(self.SENTENCE, answer["params"]["message"])
        self.assertNotIn(orders[0].name, answer["params"]["message"])

    def test_several_in_one_call_are_refused_together(self):
        self._rule()
        orders = self._quotation(3) | self._quotation(11)
        text = self._assert_refused(
            self._call, "sale.order", "action_confirm", orders.ids
        )
        self.assertEqual(orders.mapped("state"), ["draft", "draft"])
        self.assertIn(orders[1].name, text)

    def test_validate_order(self):
        self._check_door(lambda order: order._validate_order())

    def test_server_action(self):
        action = self.env["ir.actions.server"].create(
            {
                "name": "Confirm",
                "model_id": self.env.ref("sale.model_sale_order").id,
                "state": "code",
                "code": "records.action_confirm()",
                "group_ids": [Command.link(self.env.ref("base.group_user").id)],
            }
        )
        self._check_door(
            lambda order: self._json(
                "/web/action/run",
                action_id=action.id,
                context={
                    "active_model": "sale.order",
                    "active_id": order.id,
                    "active_ids": order.ids,
                },
            )
        )

    # === RECORDS WRITTEN DIRECTLY === #

    def test_call_kw_confirm(self):
        self._check_door(
            lambda order: self._call("sale.order", "action_confirm", order.ids)
        )

    def test_write_state(self):
        self._check_door(
            lambda order: self._call(
                "sale.order", "write", order.ids, {"state": "sale"}
            )
        )

    def test_write_state_as_own_salesman(self):
        self._login(self.salesman)
        self._check_door(
            lambda order: self._call(
                "sale.order", "write", order.ids, {"state": "sale"}
            ),
            make=lambda quantity: self._order(
                (self.display, quantity), user_id=self.salesman.id
            ),
        )

    def test_write_state_as_billing_user(self):
        self._login(self.billing)
        self._check_door(
            lambda order: self._call(
                "sale.order", "write", order.ids, {"state": "sale"}
            )
        )

    def test_web_save_state(self):
        self._check_door(
            lambda order: self._call(
                "sale.order",
                "web_save",
                order.ids,
                {"state": "sale"},
                specification={"state": {}},
            )
        )

    def test_write_state_and_lines_at_once(self):
        """Odoo's own `sale_stock` fails here with a programming error, rule or not."""
        held = self._quotation(1)
        with mute_logger("odoo.http"), self.assertRaises(Refused):
            self._call(
                "sale.order",
                "write",
                held.ids,
                {"state": "sale", "order_line": self._line_vals(11)},
            )
        self.assertEqual(held.state, "draft")

    def _check_birth(self, create):
        """A door that makes the order confirmed from the start."""
        create(11)
        self._rule()
        create(3)
        before = self.env["sale.order"].search_count([])
        self._assert_refused(create, 11)
        self.assertEqual(self.env["sale.order"].search_count([]), before)

    def _assert_born(self, order_id):
        order = self.env["sale.order"].browse(order_id)
        self.assertEqual(order.state, "sale")

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

    def _catalog(self, order, quantity, product=None):
        return self._json(
            "/product/catalog/update_order_line_info",
            res_model="sale.order",
            order_id=order.id,
            product_id=(product or self.display).id,
            quantity=quantity,
        )

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
        self._assert_refused(
            self._call, "sale.order", "action_confirm", make(11).ids
        )
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
