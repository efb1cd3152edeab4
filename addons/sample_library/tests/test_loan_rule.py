"""Due dates by rule: the most specific one counts."""

from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SampleCommon


@tagged("post_install", "-at_install")
class TestLoanRule(SampleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sample.loan.rule"].search([]).active = False
        cls.fabrics = cls.env["product.category"].create({"name": "Fabrics"})
        cls.sheers = cls.env["product.category"].create(
            {"name": "Sheers", "parent_id": cls.fabrics.id}
        )
        cls.role = cls.env.ref("trade_network.role_designer")

    def _rule(self, days, **vals):
        return self.env["sample.loan.rule"].create({"loan_days": days, **vals})

    def _days(self, person=None):
        wanted = (self.library.id, self.item.id, (person or self.designer).id)
        (terms,) = self.env["sample.loan.rule"]._terms_of([wanted])
        return terms.loan_days

    def test_without_rules_the_library_says(self):
        self.assertEqual(self._days(), 14)
        self.library.loan_days = 9
        self.assertEqual(self._days(), 9)

    def test_each_condition(self):
        self.item.category_id = self.sheers
        self.studio.trade_role_ids = self.role
        for vals in (
            {"library_id": self.library.id},
            {"distributor_id": self.mill.id},
            {"category_id": self.sheers.id},
            {"category_id": self.fabrics.id},
            {"role_id": self.role.id},
            {},
        ):
            rule = self._rule(3, **vals)
            with self.subTest(vals):
                self.assertEqual(self._days(), 3)
            rule.unlink()
        furniture = self.env["product.category"].create({"name": "Furniture"})
        rep = self.env.ref("trade_network.role_sales_rep")
        for vals in (
            {"library_id": self.other_library.id},
            {"distributor_id": self.center.id},
            {"category_id": furniture.id},
            {"role_id": rep.id},
            {"active": False},
        ):
            rule = self._rule(3, **vals)
            with self.subTest(vals):
                self.assertEqual(self._days(), 14)
            rule.unlink()

    def test_item_without_category(self):
        self._rule(3, category_id=self.fabrics.id)
        self.assertEqual(self._days(), 14)

    def test_most_specific_wins(self):
        self.designer.trade_role_ids = self.role
        self._rule(1)
        self._rule(2, distributor_id=self.mill.id)
        self._rule(4, distributor_id=self.mill.id, role_id=self.role.id, sequence=90)
        self._rule(3, library_id=self.library.id, sequence=1)
        self.assertEqual(self._days(), 4)
        self.assertEqual(self._days(self.other_designer), 3)

    def test_first_of_two_equals(self):
        self._rule(1, library_id=self.library.id, sequence=20)
        self._rule(2, distributor_id=self.mill.id, sequence=10)
        self.assertEqual(self._days(), 2)

    def test_other_company(self):
        there = self.env["res.company"].create({"name": "Sample There"})
        self._rule(1, company_id=there.id)
        self.assertEqual(self._days(), 14)
        self._rule(2, company_id=False)
        self.assertEqual(self._days(), 2)

    def test_many_at_once_cost_one_query(self):
        rules = self.env["sample.loan.rule"]
        self._rule(3, distributor_id=self.mill.id)
        wanted = [
            (library.id, item.id, person.id)
            for library in (self.library, self.other_library)
            for item in (self.item, self.other_item)
            for person in (self.designer, self.other_designer)
        ]
        # rules are in memory from the first time on
        rules._terms_of(wanted)
        self.env.flush_all()
        with self.assertQueryCount(1):
            terms = rules._terms_of(wanted)
        self.assertEqual([one.loan_days for one in terms], [3] * 8)
        self.assertEqual(rules._terms_of([]), [])

    def test_changes_count_at_once(self):
        """Rules are kept in memory, and read again when one changes."""
        rule = self._rule(3)
        self.assertEqual(self._days(), 3)
        rule.loan_days = 5
        self.assertEqual(self._days(), 5)
        rule.active = False
        self.assertEqual(self._days(), 14)
        self._rule(6, company_id=False)
        self.assertEqual(self._days(), 6)

    def test_scan_goes_by_the_same_rules(self):
        """A scan reads with everything else what rules ask."""
        self.item.category_id = self.sheers
        self.studio.trade_role_ids = self.role
        copy = self._copy("RULE-SCAN")
        self._rule(3, category_id=self.fabrics.id, role_id=self.role.id)
        self._rule(4, distributor_id=self.mill.id)
        due = self._scan_out(copy.tag)["due_date"]
        self.assertEqual(due, str(self.today + timedelta(days=3)))
        self._scan_in(copy.tag)
        due = self._scan_out(copy.tag, self.other_designer)["due_date"]
        self.assertEqual(due, str(self.today + timedelta(days=4)))

    def test_names(self):
        self.assertEqual(self._rule(3).name, "Everything: 3 days")
        rule = self._rule(1, library_id=self.library.id, distributor_id=self.mill.id)
        self.assertEqual(rule.name, "Sample Center Library, Sample Mill: 1 days")

    def test_days_are_sane(self):
        for vals in ({"loan_days": -1}, {"loan_days": 4000}, {"max_extensions": -1}):
            with (
                self.subTest(vals),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self._rule(
                    **{"days": vals.pop("loan_days", 1), **vals}
                ).flush_recordset()

    def test_own_roles_are_all_roles(self):
        """A rep whom a distributor employs borrows as a rep."""
        role, other = self.env["trade.role"].search([], limit=2)
        self.studio.trade_role_ids = role
        self.env["sample.loan.rule"].create({"role_id": role.id, "loan_days": 77})
        self.assertEqual(self._days(), 77)
        self.designer.trade_role_ids = other
        self.assertNotEqual(self._days(), 77)
