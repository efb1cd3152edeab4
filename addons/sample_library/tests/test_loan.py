"""What becomes of a loan: overdue, extended, lost, a slip."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SampleCommon


@tagged("post_install", "-at_install")
class TestLoan(SampleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.memo = cls._copy("MEMO-1")
        cls.second = cls._copy("MEMO-2")

    def _day(self, days):
        return self.today + timedelta(days=days)

    def test_states(self):
        loans = {
            "out": self._lend(self.memo),
            "overdue": self._lend(self.second, due_date=self._day(-3)),
            "returned": self._lend(self._copy("MEMO-3")),
            "lost": self._lend(self._copy("MEMO-4")),
        }
        self._scan_in("MEMO-3")
        self._call(self.clerk, loans["lost"], "action_lost")
        model = self.env["sample.loan"]
        ours = [("library_id", "=", self.library.id)]
        for state, loan in loans.items():
            self.assertEqual(loan.state, state)
            self.assertEqual(model.search([*ours, ("state", "=", state)]), loan)
        is_open = loans["out"] | loans["overdue"]
        self.assertEqual(model.search([*ours, ("is_open", "=", True)]), is_open)
        self.assertEqual(
            model.search([*ours, ("is_open", "!=", True)]),
            loans["returned"] | loans["lost"],
        )
        self.assertEqual(loans["overdue"].days_overdue, 3)
        self.assertRecordValues(
            self.library.with_user(self.clerk),
            [{"copy_count": 4, "open_loan_count": 2, "overdue_count": 1}],
        )

    def test_due_today_is_not_overdue(self):
        loan = self._lend(self.memo, due_date=self.today)
        self.assertEqual(loan.state, "out")

    def test_extend(self):
        loan = self._lend(self.memo, reminded="1_before")
        self._call(self.clerk, loan, "action_extend")
        self.assertRecordValues(
            loan,
            [{"due_date": self._day(21), "extensions": 1, "reminded": False}],
        )
        with self.assertRaisesRegex(UserError, "extended 1 times, which is the limit"):
            self._call(self.clerk, loan, "action_extend")

    def test_extend_what_is_overdue(self):
        """The new days begin today."""
        loan = self._lend(self.memo, due_date=self._day(-30))
        self._call(self.clerk, loan, "action_extend")
        self.assertEqual(loan.due_date, self._day(7))

    def test_extend_as_a_rule_says(self):
        self.env["sample.loan.rule"].create(
            {
                "library_id": self.library.id,
                "distributor_id": self.mill.id,
                "loan_days": 2,
                "extension_days": 3,
                "max_extensions": 2,
            }
        )
        loan = self._lend(self.memo)
        for days in (5, 8):
            self._call(self.clerk, loan, "action_extend")
            self.assertEqual(loan.due_date, self._day(days))
        with self.assertRaisesRegex(UserError, "limit"):
            self._call(self.clerk, loan, "action_extend")

    def test_extend_what_others_wait_for(self):
        loan = self._lend(self.memo)
        self._lend(self.second)
        self.env["sample.wait"].create(
            {
                "item_id": self.item.id,
                "library_id": self.library.id,
                "person_id": self.other_designer.id,
            }
        )
        with self.assertRaisesRegex(UserError, "waits for Willow Sage"):
            self._call(self.clerk, loan, "action_extend")

    def test_what_is_over_stays_over(self):
        loan = self._lend(self.memo)
        self._scan_in("MEMO-1")
        for action in ("action_extend", "action_lost"):
            with self.assertRaisesRegex(UserError, "come back"):
                self._call(self.clerk, loan, action)

    def test_lost_in_another_currency(self):
        euro = self.env["res.currency"].create(
            {
                "name": "SMP",
                "symbol": "S",
                "rate_ids": [(0, 0, {"name": "2020-01-01", "rate": 2})],
            }
        )
        self.library.currency_id = euro
        loan = self._lend(self.memo)
        self._call(self.clerk, loan, "action_lost")
        self.assertRecordValues(loan, [{"charge": 70, "currency_id": euro.id}])

    def test_by_hand(self):
        loan = self._lend(self.memo)
        self._call(self.manager, loan, "write", {"charge": 5, "note": "Half"})
        self.assertEqual(loan.charge, 5)
        for vals in (
            {"returned_at": "2026-01-01 00:00:00"},
            {"person_id": self.other_designer.id},
            {"lost_at": False, "charge": 1},
        ):
            with self.assertRaises(AccessError):
                self._call(self.manager, loan, "write", vals)
        with self.assertRaises(AccessError):
            self._call(self.clerk, loan, "write", {"charge": 0})
        for user in (self.clerk, self.manager):
            for method, *args in (("unlink",), ("copy",)):
                with self.assertRaises(AccessError):
                    self._call(user, loan, method, *args)

    def test_status_of_a_copy_is_not_written(self):
        for vals in ({"state": "lost"}, {"loan_id": False}):
            with self.assertRaises(AccessError):
                self._call(self.manager, self.memo, "write", vals)
        vals = {"item_id": self.item.id, "library_id": self.library.id}
        with self.assertRaises(AccessError):
            self._call(
                self.manager,
                self.env["sample.copy"],
                "create",
                {**vals, "state": "out"},
            )
        copy_id = self._call(
            self.manager,
            self.env["sample.copy"],
            "create",
            vals,
            context={"default_state": "lost"},
        )
        self.assertEqual(self.env["sample.copy"].browse(copy_id).state, "in")

    def test_what_is_lent_stays(self):
        self._lend(self.memo)
        for action in ("action_lost", "action_retire"):
            with self.assertRaisesRegex(UserError, "lent to Sample Dora"):
                self._call(self.clerk, self.memo, action)
        with self.assertRaisesRegex(UserError, "Take it back first"):
            self._call(self.clerk, self.memo, "write", {"item_id": self.other_item.id})
        self._call(self.clerk, self.memo, "write", {"item_id": self.item.id})
        with self.assertRaisesRegex(UserError, "has been lent"):
            self._call(self.manager, self.memo, "unlink")
        self._call(self.manager, self.second, "unlink")
        self.assertFalse(self.second.exists())

    def test_mailed_slip(self):
        loans = self._lend(self.memo) | self._lend(self.second)
        loans |= self._lend(self._copy("MEMO-3"), self.other_designer)
        self._call(self.clerk, loans, "action_mail_slip")
        mail = self._mails(self.designer)
        self.assertEqual(len(mail), 1)
        for tag in ("MEMO-1", "MEMO-2", "Willow Sage"):
            self.assertIn(tag, mail.body_html)
        self.assertNotIn("MEMO-3", mail.body_html)
        self.assertEqual(len(self._mails(self.other_designer)), 1)

    def test_slip_without_address(self):
        self.designer.email = False
        loan = self._lend(self.memo)
        with self.assertRaisesRegex(UserError, "no email address"):
            self._call(self.clerk, loan, "action_mail_slip")

    def test_slip_of_what_came_back(self):
        """Nobody is told that he has what he has not."""
        loan = self._lend(self.memo)
        self._scan_in(self.memo.tag)
        with self.assertRaisesRegex(UserError, "has come back"):
            self._call(self.clerk, loan, "action_mail_slip")
        self.assertFalse(self._mails(self.designer))
