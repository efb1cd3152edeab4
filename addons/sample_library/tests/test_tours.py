"""The scan screen in a real browser, on a desk and on a telephone."""

from odoo import Command
from odoo.tests import HttpCase, tagged

from .common import SampleCommon

_PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAA"
    "AABJRU5ErkJggg=="
)


class ScanScreen(SampleCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_designer.barcode = "SAMPLE-DIRK"
        place = cls.env["sample.place"].create(
            {"library_id": cls.library.id, "code": "Bin 1"}
        )
        cls.copies = cls.env["sample.copy"]
        for number in (1, 2, 3, 4, 5, 6, "Taken"):
            cls.copies |= cls._copy(
                f"TOUR-{number}", cls._item("Tour", str(number)), place_id=place.id
            )
        cls._copy("TOUR-THEIRS", library=cls.other_library)
        cls.taken = cls.copies[-1]

    def setUp(self):
        super().setUp()
        self._lend(self.taken, self.other_designer)

    def _start(self, tour):
        self.env.flush_all()
        self.start_tour("/odoo/sample-scan", tour, login="sample_clerk")
        self.env.invalidate_all()

    def _lend_and_take_back(self):
        self._start("sample_scan")
        loans = self.copies.loan_ids.filtered(lambda loan: loan.copy_id != self.taken)
        self.assertEqual(
            sorted(loans.mapped("copy_id.tag")), [f"TOUR-{n}" for n in range(1, 6)]
        )
        self.assertEqual(set(loans.mapped("state")), {"returned"})
        self.assertEqual(loans.person_id, self.designer)
        self.assertEqual(loans.lent_by_id, self.clerk)


@tagged("post_install", "-at_install")
class TestTours(ScanScreen):
    def test_clerk_lends_five_memos_and_takes_them_back(self):
        self._lend_and_take_back()

    def test_person_by_name_and_mailed_slip(self):
        self._start("sample_scan_by_name")
        (mail,) = self._mails(self.designer)
        self.assertIn("TOUR-1", mail.body_html)
        self.assertEqual(self.copies[0].loan_id.project, "Hotel Lobby")

    def test_network_drops(self):
        """Every scan is done once, in order, whatever got lost on the way."""
        self._start("sample_scan_dropped")
        people = {
            copy.tag: copy.loan_ids.mapped("person_id.name") for copy in self.copies
        }
        self.assertEqual(
            people,
            {
                "TOUR-1": ["Sample Dora"],
                "TOUR-2": ["Sample Dora"],
                "TOUR-3": ["Sample Dora"],
                "TOUR-4": [],
                "TOUR-5": ["Sample Dirk"],
                "TOUR-6": [],
                "TOUR-Taken".upper(): ["Sample Dirk"],
            },
        )
        self.assertEqual(self.copies[2].state, "in")
        scans = self.env["sample.scan"].search(
            [("user_id", "=", self.clerk.id)], order="id"
        )
        self.assertEqual(
            [(scan.code, scan.outcome) for scan in scans[1:]],
            [
                ("TOUR-1", "lent"),
                ("TOUR-2", "lent"),
                ("TOUR-3", "lent"),
                ("TOUR-TAKEN", "already_out"),
                ("TOUR-2", "again"),
                ("SAMPLE-DIRK", "badge"),
                ("TOUR-5", "lent"),
                ("TOUR-3", "returned"),
                ("TOUR-3", "not_out"),
            ],
        )

    def test_undone_before_it_was_answered(self):
        """What may have arrived is undone at the server, not only on the screen."""
        self._start("sample_scan_undone")
        self.assertFalse(self.copies[0].loan_ids)
        scans = self.env["sample.scan"].search([("code", "=", "TOUR-1")])
        self.assertEqual(
            [(scan.outcome, bool(scan.undone_at)) for scan in scans], [("lent", True)]
        )

    def test_nothing_gets_through(self):
        """Logged out, another user, server trouble, no answer: nothing is lost."""
        self._start("sample_scan_trouble")
        lent = self.copies.filtered(lambda copy: copy.state == "out")
        self.assertEqual(
            lent.mapped("tag"), ["TOUR-1", "TOUR-2", "TOUR-3", "TOUR-4", "TOUR-TAKEN"]
        )
        self.assertEqual((lent - self.taken).person_id, self.designer)
        for copy in lent - self.taken:
            self.assertEqual(len(copy.loan_ids), 1, copy.tag)

    def test_refused_scan_is_kept_until_it_was_seen(self):
        self._start("sample_scan_refused")
        self.assertEqual(self.copies[0].person_id, self.designer)
        self.assertFalse(self.copies[1].loan_ids)
        self.assertEqual(self.copies[2].person_id, self.designer)

    def test_scanner_types_into_a_field(self):
        self._start("sample_scan_fields")
        self.assertEqual(
            [(copy.state, copy.loan_ids.project) for copy in self.copies[:2]],
            [("out", "Hotel Lobby")] * 2,
        )

    def test_late_answers_are_on_the_slip_of_their_visit(self):
        self._start("sample_scan_late")

    def test_announced_and_focused(self):
        self.copies[0].item_id.image_1920 = _PIXEL
        self._start("sample_scan_announced")

    def test_another_library_without_a_network(self):
        second = self._library(self.atelier, self.clerk)
        self._copy("TOUR-SECOND", library=second)
        self._start("sample_scan_library")
        (scan,) = self.env["sample.scan"].search([("code", "=", "TOUR-SECOND")])
        self.assertEqual((scan.library_id, scan.outcome), (second, "not_out"))

    def test_wait_list(self):
        self._start("sample_scan_wait")
        wait = self.env["sample.wait"].search([("item_id", "=", self.taken.item_id.id)])
        self.assertRecordValues(
            wait,
            [
                {
                    "person_id": self.designer.id,
                    "state": "ready",
                    "copy_id": self.taken.id,
                }
            ],
        )

    def test_whole_bag(self):
        """Chosen or scanned, and what is not here is asked of its distributor."""
        items = (self.copies[:2] | self.taken).item_id
        self.env["sample.kit"].create(
            {
                "name": "Lobby",
                "library_id": self.library.id,
                "tag": "BAG-7",
                "line_ids": [Command.create({"item_id": item.id}) for item in items],
            }
        )
        self._start("sample_scan_bag")
        self.assertEqual(self.copies[:2].person_id, self.designer)
        self.assertEqual(self.copies[:2].mapped("state"), ["out"] * 2)
        order = self.env["sample.order"].search([("user_id", "=", self.clerk.id)])
        self.assertEqual(order.person_id, self.designer)
        self.assertEqual(order.line_ids.item_id, self.taken.item_id)
        self.assertEqual(order.line_ids.quantity, 1)


@tagged("post_install", "-at_install")
class TestToursOnATelephone(ScanScreen):
    browser_size = "390x844"
    touch_enabled = True

    def test_clerk_lends_five_memos_and_takes_them_back(self):
        self._lend_and_take_back()
