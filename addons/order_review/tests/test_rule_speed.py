"""Rules in the back office: trying them out, holds, copies, import, speed."""

from unittest.mock import patch

from odoo import Command
from odoo.sql_db import Cursor
from odoo.tests import tagged

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestRuleSpeed(ReviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        product = {"product_ids": [Command.set(cls.display.ids)]}
        tag = cls.env["res.partner.category"].create({"name": "Any"})
        product_tag = cls.env["product.tag"].create({"name": "Any"})
        euro = cls.env.ref("base.EUR")
        euro.active = True
        for vals in (
            {"kind": "max_quantity"},
            {"kind": "quota", "max_quantity": 500, **product},
            {"kind": "quota", "max_quantity": 500, "quota_per": "commercial"},
            {
                "kind": "quota",
                "max_quantity": 9,
                "quantity_per": "scope",
                "uom_id": cls.dozen.id,
                "period": "rolling",
                **product,
            },
            {"kind": "product_hold", "product_tag_ids": [Command.set(product_tag.ids)]},
            {"kind": "customer_hold", "partner_category_ids": [Command.set(tag.ids)]},
            {"kind": "credit", "use_partner_limit": False, "credit_limit": 50},
            {"kind": "payment", "is_new_customer": True},
            {"kind": "amount", "amount_max": 100, "currency_id": euro.id},
            {"kind": "amount", "measure": "margin_percent", "amount_max": 10},
            {"kind": "amount", "measure": "untaxed", "amount_max": 10},
            {"kind": "amount", "measure": "discount", "amount_max": 10},
            {"kind": "domain", "domain": "[('amount_total', '>', 100)]"},
            {"kind": "domain", "domain": "[('date_order', '<', 'today -1d')]"},
            {"kind": "domain", "domain": "[('partner_id.country_id.code', '=', 'US')]"},
            {
                "kind": "domain",
                "domain": "[('discount', '>', 5)]",
                "domain_model": "sale.order.line",
            },
            {"kind": "multiple", "min_quantity": 3, **product},
            {
                "kind": "correction",
                "correction": "cap",
                "max_quantity": 400,
                **product,
            },
            {
                "kind": "max_quantity",
                "max_quantity": 1,
                "group_ids": [
                    Command.set(cls.env.ref("sales_team.group_sale_salesman").ids)
                ],
                **product,
            },
        ):
            cls._rule(**vals)

    def _orders(self, count):
        partners = self.env["res.partner"].create(
            [{"name": f"Customer {n}"} for n in range(count)]
        )
        return self.env["sale.order"].create(
            [
                {
                    "partner_id": partner.id,
                    "order_line": [
                        self._line(self.display, 12),
                        self._line(self.lamp, 1),
                    ],
                }
                for partner in partners
            ]
        )

    def _queries(self, orders):
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.cr.sql_log_count
        findings = self.env["sale.review.engine"]._evaluate(orders)
        self.assertTrue(findings)
        return self.cr.sql_log_count - start

    def test_statements_do_not_grow_with_the_orders(self):
        one, many = self._orders(1), self._orders(60)
        self._queries(one)  # fill the caches of the registry
        self.assertEqual(self._queries(one), self._queries(many))

    def test_judging_and_storing_many(self):
        many = self._orders(60)
        self.env.flush_all()
        many._review_touch()
        start = self.cr.sql_log_count
        self.env.flush_all()
        self.assertLess(self.cr.sql_log_count - start, 60)
        self.assertEqual(set(many.mapped("review_state")), {"blocked"})

    def test_the_gate_makes_core_write_no_more_often(self):
        self.env["sale.review.rule"].search([]).severity = "inform"
        self._confirm(self._orders(1))  # fill the caches of the registry
        writes = self._confirm(self._orders(1))
        self.env["sale.review.rule"].search([]).active = False
        self._confirm(self._orders(1))
        self.assertEqual(writes, self._confirm(self._orders(1)))

    def _confirm(self, orders):
        """Number of statements by which core writes the order."""
        statements = []
        execute = Cursor.execute

        def noting(cursor, query, *args, **kwargs):
            statements.append(str(getattr(query, "code", query)).lstrip())
            return execute(cursor, query, *args, **kwargs)

        self.env.flush_all()
        self.env.invalidate_all()
        with patch.object(Cursor, "execute", noting):
            orders.action_confirm()
            self.env.flush_all()
        return sum(text.startswith('UPDATE "sale_order" ') for text in statements)
