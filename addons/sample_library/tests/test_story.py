"""One story over all roles: lent, returned, requested, answered, mailed, counted."""

from lxml import html

from odoo import Command
from odoo.tests import tagged
from odoo.tools import format_date

from .portal_common import ORDER, PortalCommon

_NOBODY = None


@tagged("post_install", "-at_install")
class TestStory(PortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_designer.barcode = "SAMPLE-DIRK"
        cls.sage, cls.mist, cls.rust, cls.reed = (
            cls._item("Fable", color) for color in ("Sage", "Mist", "Rust", "Reed")
        )
        memos = (cls.sage, cls.mist, cls.rust, cls.loom_item, cls.reed)
        cls.copies = cls.env["sample.copy"]
        for number, item in enumerate(memos, 1):
            cls.copies |= cls._copy(f"STORY-{number}", item)
        cls.env["sample.kit"].create(
            {
                "name": "Spring bag",
                "user_id": cls.rep_user.id,
                "line_ids": [
                    Command.create({"item_id": item.id, "quantity": quantity})
                    for item, quantity in (
                        (cls.sage, 3),
                        (cls.mist, 2),
                        (cls.rust, 1),
                        (cls.loom_item, 1),
                    )
                ],
            }
        )
        cls.env["trade.relation"].create(
            {
                "distributor_id": cls.mill.id,
                "partner_id": cls.atelier.id,
                "role_id": cls.roles["showroom"].id,
                "date_from": "2020-01-01",
            }
        )

    def _tour(self, url, name, user, phone=False):
        """Let somebody do his part in a browser of his own."""
        self.browser_size = "390x844" if phone else "1366x768"
        self.touch_enabled = phone
        self.env.flush_all()
        self.start_tour(url, f"sample_story_{name}", login=user and user.login)
        self.env.invalidate_all()

    def _request(self, user, distributor):
        return self.env["sample.request"].search(
            [("user_id", "=", user.id), ("distributor_id", "=", distributor.id)]
        )

    def _mailed(self):
        """What arrives now: HTML of the one mail per address."""
        arrived = self._mail_out()
        self.assertFalse([address for address, mails in arrived.items() if mails[1:]])
        return {
            address: mail.get_body(("html",)).get_content()
            for address, (mail,) in arrived.items()
        }

    def _text(self, body):
        """The words of a mail, without marks."""
        return " ".join(html.fromstring(body).text_content().split())

    def test_from_five_memos_to_the_report(self):
        self._five_memos()
        link = self._bag_for_two_distributors()
        self._answer_by_link(link)
        self._asked_for_again()
        self._tour("/odoo/sample-usage", "manager", self.manager)
        self._tour("/my/samples/report", "report", self.center_user)

    def _five_memos(self):
        """The clerk lends five memos by scanning, and takes them back."""
        self._tour("/odoo/sample-scan", "lend", self.clerk)
        self.assertRecordValues(
            self.copies.loan_ids.sorted("id"),
            [
                {
                    "copy_id": copy.id,
                    "person_id": self.other_designer.id,
                    "lent_by_id": self.clerk.id,
                    "state": "returned",
                }
                for copy in self.copies
            ],
        )

    def _bag_for_two_distributors(self):
        """A rep sends his bag from his telephone; each distributor is asked by mail.

        :return: the signed link in the mail to the mill
        """
        self._tour(ORDER, "bag", self.rep_user, phone=True)
        requests = self.env["sample.request"].search(
            [("user_id", "=", self.rep_user.id)]
        )
        self.assertEqual(requests.distributor_id, self.mill | self.loom)
        bodies = self._mailed()
        self.assertEqual(set(bodies), {"mill@example.com", "loom@example.com"})
        mill = self._text(bodies["mill@example.com"])
        loom = self._text(bodies["loom@example.com"])
        for text in (mill, loom):
            self.assertIn("Sample Center asks for these samples for Sample Dirk", text)
        for words in ("3 × Fable Sage", "2 × Fable Mist", "1 × Fable Rust"):
            self.assertIn(words, mill)
            self.assertNotIn(words, loom)
        self.assertIn("1 × Tweed Moss", loom)
        self.assertNotIn("Tweed", mill)
        (link,) = html.fromstring(bodies["mill@example.com"]).xpath(
            "//a[contains(@href, '/samples/request/')]/@href"
        )
        return link

    def _answer_by_link(self, link):
        """The mill answers without a login; those who asked are told, once each."""
        self._tour(link, "answer", _NOBODY)
        entries = self._request(self.rep_user, self.mill).entry_ids
        self.assertEqual(
            [(one.item_id, one.kind, one.quantity) for one in entries],
            [
                (self.sage, "ship", 3),
                (self.mist, "backorder", 2),
                (self.rust, "refuse", 1),
            ],
        )
        self.assertEqual(set(entries.mapped("answered_by")), {"mill@example.com"})
        bodies = self._mailed()
        self.assertEqual(
            set(bodies), {"dirk@example.com", "center@example.com", self.rep.email}
        )
        day = format_date(self.env, entries[1].until)
        for address, body in bodies.items():
            text = self._text(body)
            for words in (
                "Sample Mill answered the sample request for Sample Dirk (Hotel Lobby)",
                "3 × Fable Sage: shipped (tracking number 1Z 42)",
                f"2 × Fable Mist: expected on {day}",
                "1 × Fable Rust: will not be shipped (Discontinued)",
            ):
                self.assertIn(words, text, address)
        self.assertFalse(self._mail_out())

    def _asked_for_again(self):
        """Another showroom asks for the same: both it and the mill are warned."""
        self._tour(ORDER, "again", self.atelier_user)
        self._tour("/my/samples/desk", "desk", self.mill_user)
        (entry,) = self._request(self.atelier_user, self.mill).entry_ids
        self.assertEqual((entry.item_id, entry.quantity), (self.sage, 1))
        self.assertEqual(entry.override_reason, "The first one was cut")
        addresses = {"mill@example.com", "dirk@example.com", "atelier@example.com"}
        self.assertEqual(set(self._mailed()), addresses)
