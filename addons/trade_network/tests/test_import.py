"""Lists come in through core's import, and go out to come in again."""

import csv
import io

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TradeCommon

OPTIONS = {
    "has_headers": True,
    "quoting": '"',
    "separator": ",",
    "encoding": "utf-8",
    "date_format": "%Y-%m-%d",
}


@tagged("post_install", "-at_install")
class TestImport(TradeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._employee(
            "manager", "trade_network.group_trade_manager", "base.group_allow_export"
        )

    def _import(self, model, fields, *rows):
        """Import rows as the trade manager does; return what core answers."""
        file = io.StringIO()
        csv.writer(file).writerows([fields, *rows])
        wizard = self.env(user=self.manager, context={})["base_import.import"].create(
            {
                "res_model": model,
                "file": file.getvalue().encode(),
                "file_name": "list.csv",
                "file_type": "text/csv",
            }
        )
        return wizard.execute_import(fields, fields, OPTIONS)

    def _relations(self):
        return self.env["trade.relation"].search(
            [("distributor_id", "in", (self.alto | self.mills).ids)]
        )

    def test_by_names_and_codes(self):
        answer = self._import(
            "trade.relation",
            ["distributor_id", "partner_id", "role_id", "account_number", "date_from"],
            ["Trade Alto", "Trade Center", "Showroom", "00417", "2026-01-31"],
            ["Trade Mills", "Trade North", "sales_rep", "", ""],
        )
        self.assertFalse(answer["messages"])
        first, second = self._relations()
        self.assertEqual(first.account_number, "00417")
        self.assertEqual(str(first.date_from), "2026-01-31")
        self.assertEqual(first.partner_id, self.center)
        self.assertTrue(self.center.is_showroom)
        self.assertEqual(second.role_id, self.roles["sales_rep"])
        self.assertTrue(self.mills.is_distributor)

    def test_twice_by_external_id_changes_and_does_not_double(self):
        self.env["ir.model.data"].create(
            {
                "module": "trade_test",
                "name": "alto",
                "model": "res.partner",
                "res_id": self.alto.id,
            }
        )
        fields = [
            "id",
            "distributor_id/id",
            "partner_id",
            "role_id/id",
            "account_number",
        ]
        row = ["trade_test.one", "trade_test.alto", "Trade Center"]
        role = "trade_network.role_showroom"
        for number in ("A-1", "A-2"):
            answer = self._import("trade.relation", fields, [*row, role, number])
            self.assertFalse(answer["messages"])
        self.assertEqual(self._relations().mapped("account_number"), ["A-2"])

    def test_wrong_rows_say_why(self):
        fields = ["distributor_id", "partner_id", "role_id"]
        good = ["Trade Alto", "Trade Center", "Showroom"]
        for row, word in (
            (["Nobody Here", "Trade Center", "Showroom"], "Nobody Here"),
            (["Trade Alto", "Trade Center", "Plumber"], "Plumber"),
            (["Trade Alto", "Trade Alto", "Showroom"], "Nobody deals with himself"),
            (good, "End the other relation first"),
        ):
            # core tries row by row, and the database notes each one that fails
            with mute_logger("odoo.sql_db"):
                answer = self._import("trade.relation", fields, good, row)
            with self.subTest(row=row):
                messages = " ".join(each["message"] for each in answer["messages"])
                self.assertIn(word, messages)
                self.assertFalse(self._relations())

    def test_subscriptions(self):
        answer = self._import(
            "trade.subscription",
            ["service_id", "payer_id", "partner_ids", "date_from", "grace_days"],
            [
                "trade_test_stock",
                "Trade Alto",
                "Trade Center,Trade North",
                "2026-01-01",
                "7",
            ],
            ["Trade Stock", "Trade Mills", "", "2026-01-01", "0"],
        )
        self.assertFalse(answer["messages"])
        first, second = self.env["trade.subscription"].search(
            [("service_id", "=", self.service.id)], order="id"
        )
        self.assertEqual(first.partner_ids, self.center | self.atelier)
        self.assertEqual(first.grace_days, 7)
        self.assertEqual(second.partner_ids, self.mills)

    def test_roles_of_contacts(self):
        answer = self._import(
            "res.partner",
            ["name", "trade_role_ids"],
            ["Trade New", "showroom,designer"],
        )
        self.assertFalse(answer["messages"])
        partner = self.env["res.partner"].search([("name", "=", "Trade New")])
        self.assertTrue(partner.is_showroom)
        self.assertTrue(partner.is_designer)

    def test_export_goes_back_in(self):
        relation = self._relation(self.alto, self.center, account_number="A-1")
        fields = ["id", "distributor_id/id", "partner_id/id", "role_id/id"]
        exported = self._call(
            self.manager, relation, "export_data", [*fields, "account_number"]
        )
        (row,) = exported["datas"]
        self.assertEqual(row[-1], "A-1")
        answer = self._import(
            "trade.relation", [*fields, "account_number"], [*row[:-1], "A-2"]
        )
        self.assertFalse(answer["messages"])
        self.assertEqual(self._relations(), relation)
        self.assertEqual(relation.account_number, "A-2")
