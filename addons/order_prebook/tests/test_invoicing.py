"""No way to invoice what is not checked out."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import PrebookCommon


@tagged("post_install", "-at_install")
class TestInvoicing(PrebookCommon):
    def _invoiced(self, order):
        """Quantities by product name on the invoices of an order."""
        lines = order.invoice_ids.invoice_line_ids.filtered("product_id")
        return {
            name: sum(
                line.quantity * (-1 if line.move_id.move_type == "out_refund" else 1)
                for line in lines
                if line.product_id.name == name
            )
            for name in lines.product_id.mapped("name")
        }

    def _mixed(self, **vals):
        """10 tulips sold ahead and 2 vases from stock: 100 + 20."""
        return self._order((self.tulip, 10), (self.vase, 2), **vals)

    def test_open_lines_are_left_out(self):
        order = self._mixed()
        tulips, vases = order.order_line
        self.assertEqual((tulips + vases).mapped("qty_to_invoice"), [0, 2])
        order._create_invoices()
        self.assertEqual(self._invoiced(order), {"Prebook Vase": 2})
        self.assertEqual(tulips.invoice_status, "no")
        self.assertEqual(tulips.untaxed_amount_to_invoice, 0)
        self.assertEqual(order.invoice_status, "no")

    def test_nothing_but_open_lines(self):
        order = self._order()
        self.assertEqual(order.invoice_status, "no")
        with self.assertRaisesRegex(UserError, "No items are available to invoice"):
            order._create_invoices()

    def test_in_part(self):
        order = self._order()
        line = order.order_line
        line.prebook_check_out({line.id: 4})
        self.assertEqual((line.qty_to_invoice, line.untaxed_amount_to_invoice), (4, 40))
        self.assertEqual(order.invoice_status, "to invoice")
        order._create_invoices()
        self.assertEqual(order.invoice_ids.amount_untaxed, 40)
        self.assertEqual((line.qty_to_invoice, order.invoice_status), (0, "no"))
        line.prebook_check_out()
        order._create_invoices()
        self.assertEqual(self._invoiced(order), {"Prebook Tulip": 10})
        self.assertEqual(order.invoice_status, "invoiced")

    def test_invoiced_as_delivered(self):
        self.tulip.invoice_policy = "delivery"
        self._stock(self.tulip, 10)
        order = self._order()
        line = order.order_line
        line.prebook_check_out({line.id: 4})
        self.assertEqual(line.qty_to_invoice, 0)
        order.picking_ids.button_validate()
        self.assertEqual(line.qty_to_invoice, 4)
        order._create_invoices()
        # core takes a line whose deliveries are all done for fully invoiced
        self.assertEqual((line.invoice_status, order.invoice_status), ("no", "no"))

    def test_several_orders_on_one_invoice(self):
        orders = self._mixed() + self._mixed()
        invoice = orders._create_invoices()
        self.assertEqual(len(invoice), 1)
        self.assertEqual(invoice.amount_untaxed, 40)

    def test_quantity_written_by_rpc(self):
        """Salespeople may write it in core, and an invoice would follow."""
        order = self._mixed().with_user(self.users["sales"])
        order.order_line[0].write({"qty_to_invoice": 10})
        order._create_invoices()
        self.assertEqual(self._invoiced(order.sudo()), {"Prebook Vase": 2})

    def test_cancelled_line(self):
        order = self._mixed()
        order.order_line[0].prebook_cancel()
        order._create_invoices()
        self.assertEqual(self._invoiced(order), {"Prebook Vase": 2})
        self.assertEqual(order.invoice_status, "invoiced")

    # === DISCOUNTS AND CHARGES === #

    def _discount(self, order, percentage=10):
        self.env["sale.order.discount"].create(
            {
                "sale_order_id": order.id,
                "discount_type": "so_discount",
                "discount_percentage": percentage / 100,
            }
        ).action_apply_discount()
        return order.order_line.filtered(lambda line: line.price_unit < 0)

    def test_discount_follows_its_goods(self):
        order = self._order((self.tulip, 8), (self.vase, 2), confirm=False)
        discount = self._discount(order)
        order.action_confirm()
        self.assertEqual(discount.qty_to_invoice, 0.2)
        order._create_invoices(final=True)
        self.assertEqual(order.invoice_ids.amount_untaxed, 18)
        order.order_line[0].prebook_check_out()
        self.assertEqual(discount.qty_to_invoice, 0.8)
        order._create_invoices(final=True)
        self.assertEqual(sum(order.invoice_ids.mapped("amount_untaxed")), 90)
        self.assertEqual(set(order.invoice_ids.mapped("move_type")), {"out_invoice"})

    def test_discount_alone_is_no_credit_note(self):
        order = self._order(confirm=False)
        self._discount(order)
        order.action_confirm()
        order._force_lines_to_invoice_policy_order()
        with self.assertRaisesRegex(UserError, "No items are available to invoice"):
            order._create_invoices(final=True)

    # === PAYMENTS === #

    def _automatic(self):
        self.env["ir.config_parameter"].set_param("sale.automatic_invoice", "True")

    def test_payment_of_a_prebook_makes_no_invoice(self):
        self._automatic()
        order = self._order(confirm=False)
        order.write({"require_payment": True, "prepayment_percent": 1})
        self._pay(order)
        self.assertEqual((order.state, order.prebook_state), ("sale", "draft"))
        self.assertFalse(order.invoice_ids)
        self.assertEqual(order.amount_paid, 100)

    def test_payment_invoices_the_rest(self):
        self._automatic()
        order = self._mixed(confirm=False)
        self._pay(order)
        self.assertEqual(self._invoiced(order), {"Prebook Vase": 2})
        self.assertEqual(order.invoice_ids.state, "posted")

    def test_check_out_of_a_paid_order_is_invoiced(self):
        self._automatic()
        order = self._mixed(confirm=False)
        self._pay(order)
        tulips = order.order_line[0].with_user(self.users["cashier"])
        tulips.prebook_check_out({tulips.id: 4})
        self.assertEqual(self._invoiced(order), {"Prebook Vase": 2, "Prebook Tulip": 4})
        tulips.prebook_check_out()
        self.assertEqual(
            self._invoiced(order), {"Prebook Vase": 2, "Prebook Tulip": 10}
        )
        self.assertEqual(set(order.invoice_ids.mapped("state")), {"posted"})
        self.assertEqual(sum(order.invoice_ids.mapped("amount_residual")), 0)

    def test_payment_in_part_asks_for_no_prebook(self):
        self._automatic()
        order = self._mixed(confirm=False)
        order.action_confirm()
        self._pay(order, 90)
        self.assertEqual(order.invoice_ids.amount_total, 20)

    def test_payment_in_part_of_nothing_but_prebooks(self):
        self._automatic()
        order = self._order()
        self._pay(order, 40)
        self.assertFalse(order.invoice_ids)

    # === DOWN PAYMENTS BY HAND === #

    def _down_payment(self, order, **vals):
        wizard = self.env["sale.advance.payment.inv"].create(
            {"sale_order_ids": [Command.set(order.ids)], **vals}
        )
        wizard.create_invoices()

    def test_down_payment_on_a_prebook(self):
        order = self._order()
        for vals in (
            {"advance_payment_method": "percentage", "amount": 50},
            {"advance_payment_method": "fixed", "fixed_amount": 10},
        ):
            with (
                self.subTest(**vals),
                self.assertRaisesRegex(UserError, "open prebooks"),
            ):
                self._down_payment(order, **vals)
        self.assertFalse(order.invoice_ids)

    def test_down_payment_on_the_rest(self):
        order = self._mixed()
        with self.assertRaisesRegex(UserError, r"At most .*20.00"):
            self._down_payment(
                order, advance_payment_method="fixed", fixed_amount=20.01
            )
        self._down_payment(order, advance_payment_method="fixed", fixed_amount=20)
        with self.assertRaisesRegex(UserError, r"At most .*0.00"):
            self._down_payment(order, advance_payment_method="fixed", fixed_amount=1)
        order.order_line[0].prebook_check_out()
        order._create_invoices(final=True)
        self.assertEqual(sum(order.invoice_ids.mapped("amount_untaxed")), 120)

    def test_other_currency(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        pricelist = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": euro.id}
        )
        order = self._mixed(pricelist_id=pricelist.id)
        self.assertEqual(order.currency_id, euro)
        share = order.order_line[1].price_total
        self.assertAlmostEqual(order._prebook_amount_released(), share)
        order._create_invoices()
        self.assertEqual(order.invoice_ids.currency_id, euro)
        self.assertAlmostEqual(order.invoice_ids.amount_untaxed, share)
