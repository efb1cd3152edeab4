"""Lending by scanning: what is answered, and what is done."""

import uuid
from datetime import timedelta

from odoo.tests import freeze_time, tagged

from .common import SampleCommon


@tagged("post_install", "-at_install")
class TestScanOut(SampleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.place = cls.env["sample.place"].create(
            {"library_id": cls.library.id, "wing": "East", "code": "E1"}
        )
        cls.memo = cls._copy("MEMO-1", place_id=cls.place.id)

    def _assert_refused(self, answer, outcome, *words):
        self.assertEqual((answer["outcome"], answer["ok"]), (outcome, False), answer)
        for word in words:
            self.assertIn(word, answer["text"])

    def test_lent(self):
        answer = self._scan_out("memo-1 ", project="Hotel")
        self.assertEqual((answer["outcome"], answer["ok"]), ("lent", True))
        self.assertEqual(answer["item"], "Willow Sage")
        self.assertEqual(answer["place"], "East / E1")
        loan = self.memo.loan_id
        self.assertRecordValues(
            loan,
            [
                {
                    "id": answer["loan_id"],
                    "copy_id": self.memo.id,
                    "item_id": self.item.id,
                    "library_id": self.library.id,
                    "company_id": self.company.id,
                    "person_id": self.designer.id,
                    "firm_id": self.studio.id,
                    "project": "Hotel",
                    "lent_by_id": self.clerk.id,
                    "due_date": self.today + timedelta(days=14),
                    "state": "out",
                }
            ],
        )
        self.assertEqual(self.memo.state, "out")

    def test_lent_already(self):
        self._lend(self.memo, self.other_designer)
        self._assert_refused(
            self._scan_out("MEMO-1"), "already_out", "Sample Dirk", "since"
        )
        again = self._scan_out("MEMO-1", self.other_designer)
        self._assert_refused(again, "again", "Sample Dirk")
        self.assertEqual(len(self.memo.loan_ids), 1)

    def test_limit(self):
        self.library.max_open_loans = 2
        copies = [self._copy(f"LIMIT-{number}") for number in range(3)]
        for copy in copies[:2]:
            self._lend(copy)
        self._assert_refused(self._scan_out("LIMIT-2"), "limit", "2 samples", "is 2")
        self.assertEqual(copies[2].state, "in")
        self.assertEqual(
            self._scan_out("LIMIT-2", self.other_designer)["outcome"], "lent"
        )
        self._scan_in("LIMIT-0")
        self.assertEqual(self._scan_out("MEMO-1")["outcome"], "lent")

    def test_limit_counts_this_library_only(self):
        self.library.max_open_loans = 1
        self._lend(
            self._copy("ELSEWHERE", library=self.other_library), user=self.neighbour
        )
        self.assertEqual(self._scan_out("MEMO-1")["outcome"], "lent")

    def test_lost_and_retired(self):
        for action, outcome in (("action_lost", "lost"), ("action_retire", "retired")):
            self._call(self.clerk, self.memo, action)
            self._assert_refused(self._scan_out("MEMO-1"), outcome)
            self._call(self.clerk, self.memo, "action_bring_back")
        self.assertEqual(self._scan_out("MEMO-1")["outcome"], "lent")

    def test_other_library(self):
        self._copy("THEIRS", library=self.other_library)
        answer = self._scan_out("THEIRS")
        self._assert_refused(answer, "other_library", "do not work in")
        self.assertNotIn("Atelier", str(answer))
        self.assertFalse(answer["copy_id"] or answer["item"])
        self.other_library.clerk_ids |= self.clerk
        self._assert_refused(
            self._scan_out("THEIRS"), "other_library", "Sample Atelier Library"
        )

    def test_other_library_says_nothing_of_its_loans(self):
        theirs = self._copy("THEIRS", library=self.other_library)
        self._lend(theirs, self.other_designer, user=self.neighbour)
        for answer in (self._scan_out("THEIRS"), self._scan_in("THEIRS")):
            self._assert_refused(answer, "other_library")
            self.assertNotIn("Dirk", str(answer))

    def test_badge_instead_of_a_tag(self):
        nobody = self.env["res.partner"]
        answer = self._scan_out("SAMPLE-DORA", nobody)
        self.assertEqual((answer["outcome"], answer["ok"]), ("badge", True))
        self.assertEqual(answer["person_id"], self.designer.id)
        self.assertEqual(answer["who"]["firm"], "Sample Studio")
        # the next person comes to the counter
        answer = self._scan_out("SAMPLE-DORA", self.other_designer)
        self.assertEqual(answer["person_id"], self.designer.id)

    def test_nobody_chosen(self):
        nobody = self.env["res.partner"]
        self._assert_refused(self._scan_out("MEMO-1", nobody), "no_person")
        gone = self.env["res.partner"].create({"name": "Gone"})
        gone_id = gone.id
        gone.unlink()
        for wrong in (gone_id, -1, 2**40, "1", None, [1]):
            answer = self._call(
                self.clerk,
                self.env["sample.copy"],
                "scan_out",
                self.library.id,
                wrong,
                "MEMO-1",
                str(uuid.uuid4()),
            )
            self._assert_refused(answer, "no_person")
        self.assertEqual(self.memo.state, "in")

    def test_gs1_tag(self):
        copy = self._copy("]C1010950110153000321AB7")
        self.assertEqual(copy.tag, "(01)09501101530003(21)AB7")
        answer = self._scan_out("010950110153000321AB7")
        self.assertEqual(answer["copy_id"], copy.id)
        asset = self._copy("(8004)X9")
        self.assertEqual(self._scan_out("8004X9")["copy_id"], asset.id)

    @freeze_time("2026-02-02 12:00:00")
    def test_due_in_the_evening(self):
        """The day is that of the library, not the one in Greenwich."""
        self.library.tz = "America/New_York"
        answer = self._scan_out("MEMO-1", scanned_at="2026-02-01 02:00:00")
        self.assertEqual(answer["due_date"], "2026-02-14")
