"""What the tests build on: flowers sold ahead, people of every role, receipts."""

from odoo import Command, fields
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

ROLES = ("cashier", "allocation", "sales", "manager", "admin")


class PrebookCommon(BaseCommon):
    """Own records only; the company's settings are those of a new company."""

    @classmethod
    def default_env_context(cls):
        # mails and tracking stay on: what is told to people is part of the promise
        return {"no_reset_password": True}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write(
            {
                "prebook_policy": "no",
                "prebook_procure": "checkout",
                "prebook_portal_checkout": False,
                "prebook_min_days": 0,
            }
        )
        cls.env.company.partner_id.tz = "UTC"
        cls.env["ir.config_parameter"].set_param("sale.automatic_invoice", "False")
        cls.dozen = cls.env.ref("uom.product_uom_dozen")
        cls.unit = cls.env.ref("uom.product_uom_unit")
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )
        cls.suppliers = cls.env.ref("stock.stock_location_suppliers")
        cls.tulip, cls.rose, cls.vase, cls.card = cls.env["product.product"].create(
            [
                cls._product_vals("Prebook Tulip", prebook_policy="always"),
                cls._product_vals("Prebook Rose", prebook_policy="short"),
                cls._product_vals("Prebook Vase"),
                cls._product_vals("Prebook Card", type="service", is_storable=False),
            ]
        )
        cls.customer = cls.env["res.partner"].create(
            {"name": "Flora Prebook", "email": "flora@prebook.example.com"}
        )
        cls.users = {
            role: cls._user(role, f"order_prebook.group_{role}") for role in ROLES
        }
        cls.salesman = cls._user("plain", "sales_team.group_sale_salesman")
        cls.portal = cls._user("portal", "base.group_portal")
        cls.portal.partner_id.name = "Pia Portal"

    @classmethod
    def _product_vals(cls, name, **vals):
        """Values of a storable product for 10.00 without taxes, invoiced as ordered."""
        return {
            "name": name,
            "type": "consu",
            "is_storable": True,
            "invoice_policy": "order",
            "list_price": 10.0,
            "taxes_id": [Command.clear()],
            **vals,
        }

    @classmethod
    def _user(cls, role, groups, **vals):
        """Create a user whose login and password are both ``prebook_<role>``."""
        login = f"prebook_{role}"
        return new_test_user(
            cls.env,
            login=login,
            password=login,
            groups=groups,
            email=f"{login}@example.com",
            **vals,
        )

    @classmethod
    def _order(cls, *lines, confirm=True, **vals):
        """Create an order of ``customer``, confirmed unless told otherwise.

        :param lines: ``(product, quantity)`` or ``(product, quantity, values)``;
            without any, 10 tulips
        """
        order = cls.env["sale.order"].create(
            {
                "partner_id": cls.customer.id,
                "user_id": cls.users["sales"].id,
                "order_line": [cls._line(*line) for line in lines or [(cls.tulip, 10)]],
                **vals,
            }
        )
        if confirm:
            order.action_confirm()
        return order

    @classmethod
    def _line(cls, product, quantity, vals=None):
        """Command that creates an order line."""
        return Command.create(
            {"product_id": product.id, "product_uom_qty": quantity, **(vals or {})}
        )

    @classmethod
    def _stock(cls, product, quantity):
        """Put a quantity on the shelf, without a receipt."""
        cls.env["stock.quant"]._update_available_quantity(
            product, cls.warehouse.lot_stock_id, quantity
        )

    @classmethod
    def _receipt(cls, product, quantity, days=3):
        """Create a receipt that is expected in some days."""
        date = fields.Datetime.add(fields.Datetime.now(), days=days)
        picking = cls.env["stock.picking"].create(
            {
                "picking_type_id": cls.warehouse.in_type_id.id,
                "location_id": cls.suppliers.id,
                "location_dest_id": cls.warehouse.lot_stock_id.id,
                "scheduled_date": date,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_qty": quantity,
                            "product_uom": product.uom_id.id,
                            "location_id": cls.suppliers.id,
                            "location_dest_id": cls.warehouse.lot_stock_id.id,
                            "date": date,
                        }
                    )
                ],
            }
        )
        picking.action_confirm()
        picking.move_ids.date = date
        return picking

    @classmethod
    def _receive(cls, picking):
        """Receive all of a receipt."""
        picking.move_ids.picked = True
        picking._action_done()

    def _offer(self):
        """What the scheduled action does with everything that is queued."""
        rows = self.env["sale.prebook.arrival"].search([])
        rows._offer()
        rows.unlink()

    def _mails(self, order):
        """Messages that told the customer of an order about arrived goods."""
        return order.message_ids.filtered(
            lambda message: (
                order.partner_id in message.partner_ids
                and "are here" in (message.subject or "")
            )
        )

    def _log(self, order, kind):
        """Entries of one kind about an order, oldest first."""
        return self.env["sale.prebook.log"].search(
            [("order_id", "=", order.id), ("kind", "=", kind)], order="id"
        )

    @classmethod
    def _pay(cls, order, amount=None):
        """Pay an order online; what follows a payment is done.

        :param float amount: the total if it is not given
        """
        provider = cls._provider()
        tx = cls.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": provider.payment_method_ids[:1].id,
                "amount": amount or order.amount_total,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "operation": "online_redirect",
                "sale_order_ids": [Command.set(order.ids)],
            }
        )
        tx._set_done()
        tx._post_process()
        return tx

    @classmethod
    def _outstanding_account(cls, provider):
        """Id of the account of payments that are on their way to the bank."""
        return provider._get_payment_method_outstanding_account_id(
            cls.env.ref("account.account_payment_method_manual_in")
        )

    @classmethod
    def _provider(cls):
        """A payment provider that needs nobody outside, booked on the bank journal."""
        known = cls.env["payment.provider"].search([("name", "=", "Prebook Card")])
        if known:
            return known
        method = cls.env.ref("payment.payment_method_unknown")
        form = cls.env["ir.ui.view"].create(
            {
                "name": "Prebook redirect form",
                "type": "qweb",
                "arch": '<form action="#" method="post" />',
            }
        )
        provider = cls.env["payment.provider"].create(
            {
                "name": "Prebook Card",
                "code": "none",
                "state": "test",
                "is_published": True,
                "redirect_form_view_id": form.id,
                "payment_method_ids": [Command.set(method.ids)],
            }
        )
        method.active = True
        journal = cls.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", cls.env.company.id)], limit=1
        )
        lines = cls.env["account.payment.method.line"]
        if not lines.search_count([("payment_provider_id", "=", provider.id)], limit=1):
            lines.create(
                {
                    "name": provider.name,
                    "journal_id": journal.id,
                    "payment_method_id": cls.env.ref(
                        "account.account_payment_method_manual_in"
                    ).id,
                    "payment_provider_id": provider.id,
                    # where the money is until the bank tells, as in a real set-up
                    "payment_account_id": cls._outstanding_account(provider),
                }
            )
            provider.invalidate_recordset(["journal_id"])
        return provider
