"""Reminders: before, on and after the due date, each once."""

from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged

from ..models import sample_loan_remind
from .common import SampleCommon

BEFORE, DUE, AFTER = "due soon", "samples are due", "samples are overdue"


@tagged("post_install", "-at_install")
class TestRemind(SampleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sample.loan"].search([("is_open", "=", True)]).reminded = "3_after"
        cls.memo = cls._copy("MEMO-1")

    def _remind(self):
        with self.enter_registry_test_mode():
            self.env.ref("sample_library.ir_cron_remind").method_direct_trigger()

    def _due_in(self, loan, days):
        """As if so many days were left; what was sent stays known."""
        loan.env.flush_all()
        loan.env.cr.execute(
            "UPDATE sample_loan SET due_date = %s WHERE id = %s",
            [self.today + timedelta(days=days), loan.id],
        )
        loan.invalidate_recordset()

    def _subjects(self, partner=None):
        return self._mails(partner or self.designer).mapped("subject")

    def test_each_once(self):
        loan = self._lend(self.memo)
        expected = []
        for days, words in (
            (3, None),
            (2, BEFORE),
            (1, None),
            (0, DUE),
            (-1, None),
            (-2, None),
            (-3, AFTER),
            (-4, None),
            (-40, None),
        ):
            self._due_in(loan, days)
            for _twice in range(2):
                self._remind()
            if words:
                expected.append(words)
            subjects = self._subjects()
            with self.subTest(days=days):
                self.assertEqual(len(subjects), len(expected), subjects)
                if words:
                    self.assertIn(words, subjects[-1])

    def test_missed_ones_are_left_out(self):
        loan = self._lend(self.memo)
        self._due_in(loan, -10)
        self._remind()
        (subject,) = self._subjects()
        self.assertIn(AFTER, subject)

    def test_extension_reminds_anew(self):
        loan = self._lend(self.memo)
        self._due_in(loan, 0)
        self._remind()
        self._call(self.clerk, loan, "action_extend")
        self._due_in(loan, 0)
        self._remind()
        self.assertEqual(len(self._subjects()), 2)

    def test_switched_off(self):
        self.library.write(
            {"remind_before_days": 0, "remind_due": False, "remind_after_days": 0}
        )
        loan = self._lend(self.memo)
        for days in (2, 0, -3, -30):
            self._due_in(loan, days)
            self._remind()
        self.assertFalse(self._subjects())

    def test_one_mail_for_all_samples(self):
        loans = [self._lend(self._copy(f"MANY-{number}")) for number in range(3)]
        for loan in loans:
            self._due_in(loan, -3)
        self._remind()
        (mail,) = self._mails(self.designer)
        for number in range(3):
            self.assertIn(f"MANY-{number}", mail.body_html)
        self.assertIn("Sample Center", mail.body_html)
        self.assertEqual(mail.mail_message_id.subject.count("Sample Center Library"), 1)

    def test_one_mail_per_library(self):
        loans = self._lend(self.memo) | self._lend(
            self._copy("THEIRS", library=self.other_library), user=self.neighbour
        )
        for loan in loans:
            self._due_in(loan, 0)
        self._remind()
        bodies = self._mails(self.designer).mapped("body_html")
        self.assertEqual(len(bodies), 2)
        for own, tag in (("Sample Center", "MEMO-1"), ("Sample Atelier", "THEIRS")):
            (body,) = (one for one in bodies if own in one)
            self.assertIn(tag, body)

    def test_returned_and_lost_ones(self):
        returned, lost = self._lend(self.memo), self._lend(self._copy("MEMO-2"))
        for loan in (returned, lost):
            self._due_in(loan, -3)
        self._scan_in("MEMO-1")
        self._call(self.clerk, lost, "action_lost")
        self._remind()
        self.assertFalse(self._subjects())

    def test_without_address(self):
        """It is on the list of those to telephone, and stops nobody's mail."""
        self.other_designer.email = False
        loans = self._lend(self.memo, self.other_designer) | self._lend(
            self._copy("MEMO-2")
        )
        for loan in loans:
            self._due_in(loan, -3)
        self._remind()
        self.assertFalse(self._mails(self.other_designer))
        self.assertEqual(len(self._subjects()), 1)
        self.assertEqual(set(loans.mapped("reminded")), {"3_after"})

    def test_language_of_the_borrower(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        template = self.env.ref("sample_library.mail_template_after")
        template.with_context(lang="fr_FR").subject = "En retard"
        self.designer.lang = "fr_FR"
        loan = self._lend(self.memo)
        self._due_in(loan, -3)
        self._remind()
        self.assertEqual(self._subjects(), ["En retard"])

    def test_queries_do_not_grow_with_loans(self):
        """Finding what is due takes as much for any number of loans."""
        loans = self.env["sample.loan"]
        for number in range(4):
            self._due_in(self._lend(self._copy(f"MANY-{number}")), 0)
        self.env.flush_all()
        # the libraries, and what is due
        with self.assertQueryCount(2):
            due = loans._due_reminders()
        self.assertEqual(sum(map(len, due["2_due"])), 4)

    def test_one_mail_however_many_loans(self):
        """Batches do not cut what one borrower has into two mails."""
        for number in range(3):
            self._due_in(
                self._lend(self._copy(f"DIRK-{number}"), self.other_designer), 0
            )
            self._due_in(self._lend(self._copy(f"DORA-{number}")), 0)
        with patch.object(sample_loan_remind, "_BATCH", 1):
            self._remind()
        for person in (self.designer, self.other_designer):
            self.assertEqual(len(self._mails(person)), 1)

    def test_broken_template(self):
        """The other reminders are sent, and this one is tried again."""
        broken, fine = self._lend(self.memo), self._lend(self._copy("MEMO-2"))
        self._due_in(broken, 2)
        self._due_in(fine, 0)
        real = type(broken)._mail_per_person

        def mail(loans, xmlid):
            if xmlid == "sample_library.mail_template_before":
                raise ValueError(xmlid)
            real(loans, xmlid)

        with (
            patch.object(self.registry["sample.loan"], "_mail_per_person", mail),
            self.assertLogs(sample_loan_remind.__name__, "ERROR"),
        ):
            self._remind()
        self.assertEqual([broken.reminded, fine.reminded], [False, "2_due"])
        self._remind()
        self.assertEqual(broken.reminded, "1_before")
