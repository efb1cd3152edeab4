from odoo import fields
from odoo.tests import Form
from odoo.tools import SQL

from .common import TrackCommon

_SUMMARIES = ("track_payment", "track_fulfilment", "track_return")
STORED = (*_SUMMARIES, "track_promised_on", "track_due_on")


class StoryCommon(TrackCommon):
    """Orders that are delivered, invoiced, paid, returned and refunded for real."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.company.chart_template:
            cls.env["account.chart.template"].try_loading(
                "generic_coa", company=cls.company, install_demo=False
            )
        cls.env["product.product"].search([]).taxes_id = False
        cls.company.account_sale_tax_id = False
        cls.bank = cls.env["account.journal"].search(
            [("company_id", "=", cls.company.id), ("type", "=", "bank")], limit=1
        )
        # payments with a journal entry at once, as with an accountant
        cls.bank.inbound_payment_method_line_ids.payment_account_id = (
            cls.company.account_journal_suspense_account_id.copy(
                {"account_type": "asset_current", "reconcile": True}
            )
        )
        cls.bank.outbound_payment_method_line_ids.payment_account_id = (
            cls.bank.inbound_payment_method_line_ids.payment_account_id[:1]
        )

    # === what people do === #

    def _invoice(self, orders, post=True, **values):
        """Invoice what is to be invoiced; several orders of a customer together."""
        invoice = orders._create_invoices(final=True)
        invoice.write({"invoice_date": fields.Date.today(), **values})
        if post:
            invoice.action_post()
        return invoice

    def _pay(self, invoices, amount=None, **values):
        values = {"journal_id": self.bank.id, **values}
        if amount is not None:
            values["amount"] = amount
        return (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoices.ids)
            .create(values)
            ._create_payments()
        )

    def _credit(self, invoice, quantity=None, cancel=False):
        """Credit an invoice, or a quantity of its first line."""
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id})
        )
        if cancel:
            wizard.modify_moves()
            return invoice.reversal_move_ids
        wizard.reverse_moves()
        credit = invoice.reversal_move_ids[-1:]
        if quantity is not None:
            credit.invoice_line_ids[:1].quantity = quantity
            credit.invoice_line_ids[1:].unlink()
        credit.action_post()
        return credit

    def _return(self, picking, quantities, refund=True, receive=True):
        """Take goods of a transfer back.

        :param dict quantities: per product
        """
        form = Form(
            self.env["stock.return.picking"].with_context(
                active_id=picking.id,
                active_ids=picking.ids,
                active_model="stock.picking",
            )
        )
        wizard = form.save()
        for line in wizard.product_return_moves:
            line.quantity = quantities.get(line.product_id, 0)
            line.to_refund = refund
        back = wizard._create_return()
        if receive:
            back.action_assign()
            back.move_ids.picked = True
            back.button_validate()
        return back

    # === what is seen === #

    def _story(self, order, user=None):
        return order.with_user(user or self.env.user)._stories()[order.id]

    def _kinds(self, order):
        return [step.fact.kind for step in self._story(order).steps]

    def assertSummaries(self, order, payment, fulfilment, returned="none"):
        """The stored columns, and the story, say the same."""
        self.env.flush_all()
        self.env.invalidate_all()
        expected = dict(zip(_SUMMARIES, (payment, fulfilment, returned), strict=True))
        self.assertEqual({name: order[name] for name in _SUMMARIES}, expected)
        story = self._story(order)
        self.assertEqual([one.key for one in story.rollups], list(expected.values()))

    def _stored(self, orders):
        """What is in the database: ``{order id: row}``."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT id, %s FROM sale_order WHERE id = ANY(%s)",
                SQL(", ").join(map(SQL.identifier, STORED)),
                orders.ids,
            )
        )
        return {row[0]: row[1:] for row in rows}

    def _line(self, order, place=0):
        return self._story(order).lines[place].facts
