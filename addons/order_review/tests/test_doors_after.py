"""Doors behind the confirmation: an order that grows is judged like a new one."""

from odoo import Command
from odoo.tests import tagged
from odoo.tools.misc import mute_logger

from .doors import HttpDoorCase, Refused


class DoorsAfterConfirmationCase(HttpDoorCase):
    def setUp(self):
        super().setUp()
        self._login(self.salesman_all)

    def _confirmed(self, *lines, **vals):
        """A confirmed order of 8 displays, 2 below the limit."""
        order = self._order(*(lines or [(self.display, 8)]), **vals)
        order.action_confirm()
        return order

    def _moves(self, order):
        return sum(order.picking_ids.move_ids.mapped("product_uom_qty"))

    def _check_change(self, change, make=None, rule=None, sentence=None, small=None):
        """The three promises for a change of a confirmed order.

        :param change: function that takes the order and changes it too far
        :param small: function that changes it within the limits
        """
        make = make or self._confirmed
        change(make())
        rule = rule or {}
        self._rule(**rule)
        order = make()
        if small:
            small(order)
        lines = order.order_line.read(["product_uom_qty", "price_unit", "product_id"])
        moves = self._moves(order)
        text = self._assert_refused(change, order, sentence=sentence)
        self.assertIn(f"{order.name} cannot be changed like this", text)
        self.assertNotIn("cannot be confirmed", text)
        self.assertEqual(
            order.order_line.read(["product_uom_qty", "price_unit", "product_id"]),
            lines,
        )
        self.assertEqual(self._moves(order), moves, "stock moves must not grow")
        self.assertEqual(order.state, "sale")
        return order

    def _write_line(self, **vals):
        return lambda order: self._call(
            "sale.order.line", "write", order.order_line[:1].ids, vals
        )

    def _write_order(self, **vals):
        return lambda order: self._call("sale.order", "write", order.ids, vals)

    def _new_line(self, quantity):
        return {"product_id": self.display.id, "product_uom_qty": quantity}

    def _deliver(self, order, quantity, product=None):
        picking = order.picking_ids
        if product:
            self.env["stock.move"].create(
                {
                    "picking_id": picking.id,
                    "product_id": product.id,
                    "product_uom_qty": quantity,
                    "quantity": quantity,
                    "picked": True,
                    "location_id": picking.location_id.id,
                    "location_dest_id": picking.location_dest_id.id,
                }
            )
        else:
            picking.move_ids.write({"quantity": quantity, "picked": True})
        picking._action_done()


@tagged("post_install", "-at_install")
class TestDoorsAfterConfirmation(DoorsAfterConfirmationCase):
    # === QUANTITIES === #

    def test_quantity_up(self):
        self._check_change(
            self._write_line(product_uom_qty=11),
            small=self._write_line(product_uom_qty=9),
        )

    def test_quantity_up_by_the_form(self):
        def change(order):
            self._call(
                "sale.order",
                "web_save",
                order.ids,
                {"order_line": [[1, order.order_line.id, {"product_uom_qty": 11}]]},
                specification={},
            )

        self._check_change(change)

    def test_new_line(self):
        def add(quantity):
            return lambda order: self._call(
                "sale.order.line",
                "create",
                [{"order_id": order.id, **self._new_line(quantity)}],
            )

        self._check_change(add(3), small=add(1))

    def test_new_line_in_the_order(self):
        self._check_change(
            lambda order: self._write_order(order_line=[[0, 0, self._new_line(3)]])(
                order
            )
        )

    def test_new_line_for_the_order_of_the_context(self):
        self._check_change(
            lambda order: self._call(
                "sale.order.line",
                "create",
                [self._new_line(3)],
                context={"default_order_id": order.id},
            )
        )

    def test_catalog(self):
        def set_quantity(quantity):
            return lambda order: self._json(
                "/product/catalog/update_order_line_info",
                res_model="sale.order",
                order_id=order.id,
                product_id=self.display.id,
                quantity=quantity,
            )

        self._check_change(set_quantity(11), small=set_quantity(10))

    def test_unit_change(self):
        self._check_change(self._write_line(product_uom_id=self.dozen.id))

    def test_product_change(self):
        """Odoo itself refuses this one."""
        order = self._confirmed((self.lamp, 11))
        with self.assertRaises(Refused), mute_logger("odoo.http"):
            self._write_line(product_id=self.display.id)(order)
        self.assertEqual(order.order_line.product_id, self.lamp)

    def test_taxes(self):
        tax = self.env["account.tax"].create(
            {"name": "Review tax", "amount": 500, "type_tax_use": "sale"}
        )
        self._check_change(
            self._write_line(tax_ids=[[6, 0, tax.ids]]),
            rule={"kind": "amount", "measure": "total", "amount_max": 400},
            sentence="is above",
        )

    def test_moved_line(self):
        def move(order):
            other = self._order((self.display, 3))
            self._call(
                "sale.order.line", "write", other.order_line.ids, {"order_id": order.id}
            )

        self._check_change(move)

    def test_linked_line(self):
        def link(order):
            other = self._order((self.display, 3))
            self._write_order(order_line=[[4, other.order_line.id, 0]])(order)

        self._check_change(link)

    def test_copied_line(self):
        self._check_change(
            lambda order: self._call(
                "sale.order.line", "copy", order.order_line.ids, {"order_id": order.id}
            )
        )

    # === WHAT ELSE RULES LOOK AT === #

    def test_price_up(self):
        self._check_change(
            self._write_line(price_unit=1000),
            rule={"kind": "amount", "measure": "total", "amount_max": 500},
            sentence="is above",
            small=self._write_line(price_unit=20),
        )

    def test_discount(self):
        self._check_change(
            self._write_line(discount=50),
            rule={"kind": "amount", "measure": "discount", "amount_max": 10},
            sentence="a discount of 50.00 %",
            small=self._write_line(discount=5),
        )

    def test_ship_to(self):
        france = self.env["res.partner"].create(
            self._customer_vals(
                "Claire Review",
                country_id=self.env.ref("base.fr").id,
                state_id=False,
            )
        )
        self._check_change(
            self._write_order(partner_shipping_id=france.id),
            rule={
                "max_quantity": 5,
                "country_ids": [Command.link(self.env.ref("base.fr").id)],
            },
            sentence="at most 5",
        )

    def test_customer(self):
        self._check_change(
            self._write_order(partner_id=self.other_customer.id),
            rule={
                "kind": "customer_hold",
                "partner_ids": [Command.link(self.other_customer.id)],
            },
            sentence="are on hold",
        )

    def test_field_of_a_condition(self):
        self._check_change(
            self._write_order(client_order_ref="FORBIDDEN"),
            rule={
                "name": "No forbidden reference",
                "kind": "domain",
                "domain": "[('client_order_ref', '=', 'FORBIDDEN')]",
            },
            sentence="No forbidden reference",
            small=self._write_order(client_order_ref="fine"),
        )

    def test_line_field_of_a_condition(self):
        self._check_change(
            self._write_line(name="FORBIDDEN"),
            rule={
                "name": "No forbidden text",
                "kind": "domain",
                "domain_model": "sale.order.line",
                "domain": "[('name', '=', 'FORBIDDEN')]",
            },
            sentence="No forbidden text",
            small=self._write_line(name="fine"),
        )
