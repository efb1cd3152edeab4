"""Files that come as attachments, from the bytes of a mail on."""

from email.message import EmailMessage

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.distributor_feed_trouble import TROUBLE
from .common import HEADER, FeedCase

FILE = f"{HEADER}\nA1;5;10.00;Tastatur für Büro;Acme;KB-1\n"


@tagged("post_install", "-at_install")
class TestMailIn(FeedCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.domain = cls.env["mail.alias.domain"].create({"name": "mailin.example"})
        cls.env.company.alias_domain_id = cls.domain
        cls.feed.write(
            {
                "method": "mail",
                "path": "*stock*.csv",
                "mail_senders": "stock@borealis.example\n@north.example",
                "alias_name": "stock-x7",
            }
        )
        cls.follower = cls.env["res.partner"].create(
            {"name": "F", "email": "f@mailin.example"}
        )
        cls.feed.message_subscribe(cls.follower.ids)

    def _mail(
        self, *files, sender="Borealis <stock@borealis.example>", number=1, **headers
    ):
        mail = EmailMessage()
        mail["From"] = sender
        mail["To"] = headers.pop("To", "stock-x7@mailin.example")
        mail["Subject"] = "Stock of today"
        mail["Message-ID"] = f"<{number}@borealis.example>"
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content("Here it is.")
        for name, content in files:
            mail.add_attachment(content, maintype="text", subtype="csv", filename=name)
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            self.env["mail.thread"].message_process(None, mail.as_bytes())

    def _runs(self, feed=None):
        return self.env["distributor.feed.run"].search(
            [("feed_id", "=", (feed or self.feed).id)]
        )

    def _told(self):
        return self.feed.activity_search([TROUBLE])

    def test_a_file_comes_in_and_is_loaded(self):
        self._mail(("daily_Stock.csv", FILE.encode()))
        run = self._runs()
        self.assertEqual((run.state, run.file_name), ("queued", "daily_Stock.csv"))
        self.assertIn("stock@borealis.example", run.source)
        with self.enter_registry_test_mode():
            run._execute()
        self.assertEqual(run.state, "done", run.message)
        self.assertEqual(self._offer("A1").quantity, 5)

    def test_bytes_stay_what_they_were(self):
        """The gateway decodes text attachments that do not name their encoding."""
        data = FILE.encode("cp1252")
        self._mail(("stock.csv", data))
        self.assertEqual(self._runs().file_size, len(data))
        with open(self._runs()._path(), "rb") as file:
            self.assertEqual(file.read(), data)

    def test_each_fitting_attachment_is_a_run(self):
        self._mail(
            ("stock 1.csv", b"a"),
            ("terms.pdf", b"b"),
            ("stock 2.csv", b"c"),
            ("stock.exe", b"d"),
        )
        self.assertEqual(
            self._runs().mapped("file_name"), ["stock 2.csv", "stock 1.csv"]
        )
        self.assertFalse(self._told())

    def test_the_same_mail_twice_counts_once(self):
        self._mail(("stock.csv", b"a"))
        self._mail(("stock.csv", b"a"))
        self.assertEqual(len(self._runs()), 1)
        self.feed.message_ids.unlink()
        self._mail(("stock.csv", b"a"))
        self.assertEqual(len(self._runs()), 1)
        self._mail(("stock.csv", b"a"), number=2)
        self.assertEqual(len(self._runs()), 2)

    def test_senders(self):
        for number, (sender, taken) in enumerate(
            {
                "anybody@north.example": True,
                "STOCK@Borealis.example": True,
                "other@borealis.example": False,
                "stock@borealis.example.evil.test": False,
                '"stock@borealis.example" <x@evil.test>': False,
                "x@sub.north.example": False,
                "x@northern.example": False,
            }.items()
        ):
            with self.subTest(sender):
                before = len(self._runs())
                bounces = self.env["mail.mail"].search_count([])
                self._mail(("stock.csv", b"a"), sender=sender, number=number)
                self.assertEqual(len(self._runs()) - before, int(taken))
                refused = self.env["mail.mail"].search_count([]) - bounces
                self.assertEqual(refused, int(not taken))

    def test_an_answer_to_the_feed_is_no_way_around(self):
        """What answers a note reaches the feed without the check of its address."""
        note = self.feed.message_post(body="A note", message_type="comment")
        answer = {
            "To": self.domain.catchall_email,
            "In_Reply_To": note.message_id,
            "References": note.message_id,
        }
        count = len(self.feed.message_ids)
        self._mail(("stock.csv", b"a"), sender="x@evil.test", **answer)
        self.assertEqual(len(self.feed.message_ids), count + 1)
        self.assertFalse(self._runs())
        self._mail(("stock.csv", b"a"), number=2, **answer)
        self.assertEqual(len(self._runs()), 1)

    def test_a_mail_without_a_file_is_told_once(self):
        self._mail()
        self._mail(("picture.png", b"a"), number=2)
        self.assertEqual(len(self._told()), 1)
        self.assertEqual(self._told().user_id, self.feed.user_id)
        self.assertIn("Stock of today", self._told().note)
        self._mail(("stock.csv", FILE.encode()), number=3)
        with self.enter_registry_test_mode():
            self._runs()._execute()
        self.assertFalse(self._told())

    def test_mail_is_a_note_without_its_files(self):
        mails = self.env["mail.mail"].search_count([])
        self._mail(("stock.csv", b"a"))
        message = self.feed.message_ids[:1]
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_note"))
        self.assertFalse(message.attachment_ids)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_one_mail_to_two_feeds(self):
        second = self._feed(
            name="Second",
            method="mail",
            path="*",
            mail_senders="borealis.example",
            alias_name="second-y8",
        )
        self._mail(("stock.csv", b"a"), Cc="second-y8@mailin.example")
        self.assertEqual((len(self._runs()), len(self._runs(second))), (1, 1))

    def test_a_feed_that_is_off(self):
        self.feed.active = False
        self._mail(("stock.csv", b"a"))
        self.assertFalse(self._runs())

    def test_a_copy_has_no_address_yet(self):
        copy = self.feed.copy()
        self.assertEqual((copy.method, copy.alias_id.id), ("upload", False))
        self.assertEqual(self.feed.copy({"alias_name": "copy-z9"}).method, "mail")

    def test_what_a_feed_by_mail_needs(self):
        for values in ({"mail_senders": " "}, {"path": False}):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.feed.write(values)
        with self.assertRaises(ValidationError):
            self._feed(
                name="No address", method="mail", path="*", mail_senders="a.example"
            )
