"""What no scanner of ours sends."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import MANAGER, SampleCommon


@tagged("post_install", "-at_install")
class TestScanInput(SampleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.memo = cls._copy("MEMO-1")

    def test_bad_tags(self):
        for tag in (
            "",
            "   ",
            "A" * 10240,
            "🧵" * 5,
            "TAG\x00",
            "\x00",
            "MEMO\x1d1",
            "Ünïcode",
            "01095011015300042112",
            "]C10109501101530003",
            None,
            7,
            ["MEMO-1"],
            {"tag": "MEMO-1"},
        ):
            for scan in (self._scan_out, self._scan_in):
                with self.subTest(tag=str(tag)[:20]):
                    answer = scan(tag)
                    self.assertEqual(answer["outcome"], "unreadable", answer)
                    self.assertTrue(answer["text"])
                    self.assertLessEqual(len(answer["code"]), 64)
        self.assertEqual(self.memo.state, "in")

    def test_percent_and_quotes(self):
        for tag in ("%", "_", "MEMO%", "'; DROP TABLE sample_copy; --", "\\"):
            self.assertEqual(self._scan_out(tag)["outcome"], "unknown")

    def test_another_company(self):
        """Its tag gets an answer, and nothing is told of it."""
        there = self.env["res.company"].create({"name": "Sample There"})
        library = self._library(
            self.atelier, self.clerk, company_id=there.id, name="Secret Library"
        )
        copy = self.env["sample.copy"].create(
            {"item_id": self.item.id, "library_id": library.id, "tag": "THERE-1"}
        )
        for scan in (self._scan_out, self._scan_in):
            answer = scan("THERE-1")
            self.assertEqual(answer["outcome"], "other_library")
            self.assertNotIn("Secret", str(answer))
        self.assertEqual(copy.state, "in")
        with self.assertRaises(AccessError):
            self._scan_out("THERE-1", library=library)

    def test_libraries(self):
        for library_id in (
            self.other_library.id,
            0,
            -1,
            2**40,
            None,
            "1",
            [1],
            True and "x",
        ):
            with self.subTest(library_id), self.assertRaises(AccessError):
                self._call(
                    self.clerk,
                    self.env["sample.copy"],
                    "scan_in",
                    library_id,
                    "MEMO-1",
                    "library-0001",
                )

    def test_times(self):
        for moment in ("yesterday", "2026-13-45 00:00:00", 7, ["x"]):
            with self.subTest(moment), self.assertRaisesRegex(UserError, "YYYY-MM-DD"):
                self._scan_out("MEMO-1", scanned_at=moment)

    def test_project(self):
        self._scan_out("MEMO-1", project="x" * 100000)
        self.assertEqual(len(self.memo.loan_id.project), 250)

    def test_tags_of_new_copies(self):
        for tag in ("🧵", "A" * 65, "01095011015300042112", " "):
            with self.subTest(tag), self.assertRaises(ValidationError):
                self._copy(tag)
        self._copy(" lower-case ")
        self.assertEqual(self._scan_in("LOWER-CASE")["outcome"], "not_out")

    def test_people(self):
        people = self.env["sample.library"]
        for text in ("", " ", None, 5, "\x00", "x" * 10240, "🧵🧵", "%%", "_"):
            with self.subTest(str(text)[:10]):
                found = self._call(
                    self.clerk, people, "desk_person", self.library.id, text
                )
                self.assertFalse(found["badge"])

    def test_found_by_name(self):
        self._lend(self.memo)
        found = self._call(
            self.clerk,
            self.env["sample.library"],
            "desk_person",
            self.library.id,
            "sample dor",
        )
        self.assertEqual(
            found,
            {
                "badge": False,
                "people": [
                    {
                        "id": self.designer.id,
                        "name": "Sample Dora",
                        "firm": "Sample Studio",
                        "open": 1,
                        "overdue": 0,
                    }
                ],
            },
        )

    def test_manager_works_in_every_library(self):
        chief = self._user("chief", MANAGER)
        self.assertEqual(self._scan_out("MEMO-1", user=chief)["outcome"], "lent")

    def test_badge_of_another_company(self):
        """A badge is looked up where the library is, whatever company is chosen."""
        there = self.env["res.company"].create({"name": "Sample There"})
        self.clerk.write({"company_ids": [Command.link(there.id)]})
        self.other_designer.with_company(there).barcode = "SAMPLE-DORA"
        self.designer.with_company(there).barcode = "ONLY-THERE"
        chosen = {"allowed_company_ids": [there.id, self.company.id]}
        for code, expected in (("SAMPLE-DORA", self.designer), ("ONLY-THERE", None)):
            with self.subTest(code):
                found = self._call(
                    self.clerk,
                    self.env["sample.library"],
                    "desk_person",
                    self.library.id,
                    code,
                    context=chosen,
                )
                ids = [one["id"] for one in found["people"]]
                self.assertEqual(ids, expected.ids if expected else [])
                answer = self._scan_out(code, self.env["res.partner"], context=chosen)
                self.assertEqual(
                    answer["person_id"], expected.id if expected else False
                )

    def test_what_is_here_is_found_first(self):
        """However many others there are."""
        for number in range(25):
            self._copy(f"MANY-{number:02}", item=self.other_item)
        copies = self.other_item.copy_ids
        (copies - copies[-1]).sudo()._set_state("lost")
        found = self._find("mist")
        self.assertEqual(len(found), 20)
        self.assertEqual((found[0]["id"], found[0]["state"]), (copies[-1].id, "in"))

    def test_tag_of_another_library_is_a_word_here(self):
        self._copy("WILLOW", library=self.other_library)
        mine = self._copy("WORD-1")
        self.assertIn(mine.id, [one["id"] for one in self._find("willow")])

    def _find(self, text):
        return self._call(
            self.clerk,
            self.env["sample.library"],
            "desk_find",
            self.library.id,
            text,
        )
