"""What tests of this and of other add-ons build on: products, people, rules, orders."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon


class ReviewCommon(BaseCommon):
    """Own records only: rules that the database holds already are switched off."""

    @classmethod
    def default_env_context(cls):
        # mails and tracking stay on: what is told to people is part of the promise
        return {"no_reset_password": True}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sale.review.rule"].search([]).active = False
        cls.env.company.write(
            {"portal_confirmation_sign": True, "prepayment_percent": 1}
        )
        cls.dozen = cls.env.ref("uom.product_uom_dozen")
        cls.display, cls.lamp, cls.service = cls.env["product.product"].create(
            [
                cls._product_vals("Review Display", list_price=10.0),
                cls._product_vals("Review Lamp", list_price=30.0),
                cls._product_vals("Review Service", list_price=5.0, type="service"),
            ]
        )
        cls.customer, cls.other_customer = cls.env["res.partner"].create(
            [cls._customer_vals("Ada Review"), cls._customer_vals("Bob Review")]
        )
        cls.salesman = cls._user("salesman", "sales_team.group_sale_salesman")
        cls.salesman_all = cls._user(
            "salesman_all", "sales_team.group_sale_salesman_all_leads"
        )
        cls.billing = cls._user("billing", "account.group_account_invoice")
        cls.review_manager = cls._user("manager", "order_review.group_review_manager")
        cls.portal = cls._user("portal", "base.group_portal")
        cls.portal.partner_id.write(cls._customer_vals("Pia Portal"))
        cls.public = cls.env.ref("base.public_user")
        cls.card = cls._create_card_provider()

    @classmethod
    def _product_vals(cls, name, **vals):
        """Values of a sellable, published product without taxes.

        It is invoiced when ordered, so that paid orders can be invoiced at once.
        """
        return {
            "name": name,
            "type": "consu",
            "invoice_policy": "order",
            "sale_ok": True,
            "is_published": True,
            "taxes_id": [Command.clear()],
            **vals,
        }

    @classmethod
    def _customer_vals(cls, name, **vals):
        """Values of a customer with an address that is complete for the shop."""
        return {
            "name": name,
            "email": f"{name.split()[0].lower()}@review.example.com",
            "phone": "+1 555 0100",
            "street": "1 Main Street",
            "city": "Albany",
            "zip": "12207",
            "country_id": cls.env.ref("base.us").id,
            "state_id": cls.env.ref("base.state_us_27").id,
            **vals,
        }

    @classmethod
    def _user(cls, role, groups, **vals):
        """Create a user whose login and password are both ``review_<role>``.

        :param str role: word that makes the login
        :param str groups: external ids of groups, comma-separated
        """
        login = f"review_{role}"
        return new_test_user(
            cls.env,
            login=login,
            password=login,
            groups=groups,
            email=f"{login}@example.com",
            **vals,
        )

    @classmethod
    def _rule(cls, **vals):
        """Create a rule; by default at most 10 displays per order, a hard block."""
        kind = vals.setdefault("kind", "max_quantity")
        if kind == "max_quantity":
            vals.setdefault("max_quantity", 10)
            vals.setdefault("product_ids", [Command.set(cls.display.ids)])
        vals.setdefault("name", f"Test rule: {kind}")
        vals.setdefault("severity", "block")
        return cls.env["sale.review.rule"].create(vals)

    @classmethod
    def _order(cls, *lines, **vals):
        """Create a quotation of ``customer``.

        :param lines: ``(product, quantity)`` or ``(product, quantity, values)``;
            without any, 11 displays: one too many for the rule of :meth:`_rule`
        """
        vals.setdefault("partner_id", cls.customer.id)
        vals.setdefault(
            "order_line",
            [cls._line(*line) for line in lines or [(cls.display, 11)]],
        )
        return cls.env["sale.order"].create(vals)

    @classmethod
    def _backdate(cls, order, days_ago):
        """Have a confirmed order passed the gate, and be dated, some days ago."""
        moment = fields.Datetime.now() - timedelta(days=days_ago)
        order.write({"date_order": moment, "review_confirmed_at": moment})

    @classmethod
    def _line(cls, product, quantity, vals=None):
        """Command that creates an order line."""
        return Command.create(
            {"product_id": product.id, "product_uom_qty": quantity, **(vals or {})}
        )

    @classmethod
    def _cart(cls, *lines, **vals):
        """Create an open cart of the first website, as a visitor's."""
        website = cls.env["website"].search([], limit=1)
        return cls._order(
            *lines,
            **{
                "website_id": website.id,
                "company_id": website.company_id.id,
                "team_id": website.salesteam_id.id,
                "user_id": False,
                **vals,
            },
        )

    @classmethod
    def _provider(cls, key="card"):
        """A payment provider that needs nobody outside.

        :param str key: ``card`` (money now, booked on the bank journal), ``wire``
            (announced transfer), ``cod`` (cash on delivery) or ``on_site`` (pay in
            the store)
        """
        xmlid = {
            "wire": "payment.payment_provider_transfer",
            "cod": "delivery.payment_provider_cod",
            "on_site": "website_sale_collect.payment_provider_on_site",
        }.get(key)
        if xmlid:
            provider = cls.env.ref(xmlid)
            provider.write({"state": "enabled", "is_published": True})
            cls._book_on_bank(provider)
            return provider
        return cls.card

    @classmethod
    def _create_card_provider(cls):
        """A provider whose payments are booked on the bank journal at once."""
        method = cls.env.ref("payment.payment_method_unknown")
        form = cls.env["ir.ui.view"].create(
            {
                "name": "Review redirect form",
                "type": "qweb",
                "arch": '<form action="#" method="post" />',
            }
        )
        provider = cls.env["payment.provider"].create(
            {
                "name": "Review Card",
                "code": "none",
                "state": "test",
                "is_published": True,
                "allow_tokenization": True,
                "redirect_form_view_id": form.id,
                "payment_method_ids": [Command.set(method.ids)],
            }
        )
        method.write({"active": True, "support_tokenization": True})
        cls._book_on_bank(provider)
        cls._let_authorize(provider)
        return provider

    @classmethod
    def _book_on_bank(cls, provider):
        """Have the payments of a provider booked on the bank journal."""
        lines = cls.env["account.payment.method.line"]
        if lines.search_count([("payment_provider_id", "=", provider.id)], limit=1):
            return
        journal = cls.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", cls.env.company.id)], limit=1
        )
        lines.create(
            {
                "name": provider.name,
                "journal_id": journal.id,
                "payment_method_id": cls.env.ref(
                    "account.account_payment_method_manual_in"
                ).id,
                "payment_provider_id": provider.id,
            }
        )
        provider.invalidate_recordset(["journal_id"])

    @classmethod
    def _let_authorize(cls, provider):
        """Let a provider authorize first and capture later, as cards do."""
        model = cls.registry["payment.provider"]
        compute = model._compute_feature_support_fields

        def compute_with_capture(self):
            compute(self)
            for record in self & provider.with_env(self.env):
                record.support_manual_capture = "full_only"

        cls.classPatch(model, "_compute_feature_support_fields", compute_with_capture)

    @classmethod
    def _tx(cls, order, state="done", provider=None, **vals):
        """Create the payment of an order, not post-processed yet.

        :param str state: ``draft``, ``pending``, ``authorized`` or ``done``
        :param provider: a key of :meth:`_provider` or a ``payment.provider`` record
        """
        if provider is None or isinstance(provider, str):
            provider = cls._provider(provider or "card")
        methods = provider.with_context(active_test=False).payment_method_ids
        tx = cls.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": methods[:1].id,
                "amount": order.amount_total,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "operation": "online_redirect",
                "sale_order_ids": [Command.set(order.ids)],
                **vals,
            }
        )
        if state != "draft":
            getattr(tx, f"_set_{state}")()
        return tx

    def _activities(self, order):
        """Open activities that ask staff to look at a held order."""
        kind = self.env.ref("order_review.mail_activity_type_review")
        return order.sudo().activity_ids.filtered(
            lambda activity: activity.activity_type_id == kind
        )

    def _mails_to_customer(self, order):
        """Subjects of what was sent to the customer of an order."""
        return [
            message.subject
            for message in order.sudo().message_ids.sorted("id")
            if message.subject and order.partner_id in message.partner_ids
        ]
