from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import TrackCommon
from .test_parcel import SECOND, UPS


def text_of(mail):
    """The words of a mail, as HTML."""
    return mail.get_body(("html",)).get_content()


@tagged("post_install", "-at_install")
class TestTrackMail(TrackCommon, HttpCase):
    """What customers are mailed, and the page that the mail leads to."""

    def setUp(self):
        super().setUp()
        self.order = self._order(
            [(self.lamp, 5), (self.chair, 2)], client_order_ref="PO-7788"
        )

    def _event(self, parcel, kind, hours=0):
        self.env["stock.parcel.event"].create(
            {
                "parcel_id": parcel.id,
                "kind": kind,
                "at": fields.Datetime.now() + timedelta(hours=hours),
            }
        )

    def _link(self, **values):
        link = self.env["track.link"]._of(self.order, "harbor@example.com")
        link.write(values)
        return link

    def _page(self, path):
        self.env.flush_all()
        return self.url_open(path)

    def _path(self, link):
        return f"/track/{link.id}/{link._token()}"

    def test_each_thing_is_mailed_once(self):
        parcels = self._deliver(self.order, ref=f"{UPS},{SECOND}").parcel_ids
        first = parcels.sorted("id")[:1]
        (mail,) = self._mail_out()["harbor@example.com"]
        self.assertIn("is on its way", mail["subject"])
        for words in (UPS, SECOND, self.order.name, "ups.com", "/track/"):
            self.assertIn(words, text_of(mail))
        self.assertNotIn("70.00", text_of(mail))
        self._event(first, "out_for_delivery")
        self._event(first, "out_for_delivery", 1)
        (mail,) = self._mail_out()["harbor@example.com"]
        self.assertIn("arrives today", mail["subject"])
        self.assertNotIn(SECOND, text_of(mail))
        self._event(first, "delivered", 2)
        (mail,) = self._mail_out()["harbor@example.com"]
        self.assertIn("has arrived", mail["subject"])
        self.assertEqual(self._mail_out(), {})

    def test_late_is_mailed_once(self):
        parcel = self._deliver(self.order, ref=UPS).parcel_ids
        parcel.expected_on = fields.Date.context_today(parcel) - timedelta(days=1)
        self._mail_out()
        for _time in range(2):
            self._cron("ir_cron_late")
        (mail,) = self._mail_out()["harbor@example.com"]
        self.assertIn("is late", mail["subject"])
        self.assertEqual(self._mail_out(), {})

    def test_old_history_is_no_news(self):
        parcel = self._deliver(self.order, ref=UPS).parcel_ids
        self._mail_out()
        self._event(parcel, "delivered", -100)
        self.assertEqual(self._mail_out(), {})

    def test_what_is_switched_off_is_not_mailed(self):
        self.company.track_mail_shipped = False
        self._deliver(self.order, ref=UPS)
        self.assertEqual(self._mail_out(), {})

    def test_mails_are_in_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.customer.lang = "fr_FR"
        template = self.env.ref("order_track.mail_template_shipped")
        template.with_context(lang="fr_FR").subject = "Votre commande est partie"
        self._deliver(self.order, ref=UPS)
        (mail,) = self._mail_out()["harbor@example.com"]
        self.assertEqual(mail["subject"], "Votre commande est partie")

    def test_without_an_address_it_is_said(self):
        self.customer.email = False
        self._deliver(self.order, ref=UPS)
        notice = self.env["track.notice"].search([("order_id", "=", self.order.id)])
        self.assertEqual(notice.state, "failed")
        self.assertIn("no email address", notice.error)

    def test_the_page_of_the_mail_opens_without_login_and_has_no_prices(self):
        self._deliver(self.order, {self.lamp: 3}, ref=UPS)
        (mail,) = self._mail_out()["harbor@example.com"]
        link = self.order.track_link_ids
        self.assertIn(link._url(), text_of(mail))
        page = self._page(self._path(link))
        self.assertEqual(page.status_code, 200)
        for words in (self.order.name, "PO-7788", UPS, "Track Lamp", "Shipped"):
            self.assertIn(words, page.text)
        self.assertNotRegex(page.text, r"\d+\.\d\d\s*(\$|€)|(\$|€)\s*\d")
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.assertIn("noindex", page.headers["X-Robots-Tag"])

    def test_expired_revoked_forged_and_foreign_links(self):
        link = self._link()
        good = self._path(link)
        other = self._order([(self.lamp, 1)])
        foreign = self.env["track.link"]._of(other, "harbor@example.com")
        for path in (
            f"/track/{foreign.id}/{link._token()}",
            f"/track/{link.id}/{'0' * 64}",
            f"/track/{link.id}/%F0%9F%98%80",
            f"/track/{2**40}/{link._token()}",
        ):
            with self.subTest(path):
                self.assertEqual(self._page(path).status_code, 404)
        self.assertEqual(self._page(good).status_code, 200)
        link.expires_at = fields.Datetime.now() - timedelta(minutes=1)
        page = self._page(good)
        self.assertEqual(page.status_code, 410)
        self.assertNotIn(self.order.name, page.text)
        link.expires_at = fields.Datetime.now() + timedelta(days=9)
        self.order.action_revoke_track_links()
        self.assertEqual(self._page(good).status_code, 410)

    def test_what_carriers_write_is_shown_as_text(self):
        parcel = self._deliver(self.order, ref=UPS).parcel_ids
        self._event(parcel, "exception")
        parcel.event_ids.note = "<script>alert(1)</script>"
        page = self._page(self._path(self._link()))
        self.assertNotIn("<script>alert(1)", page.text)
        self.assertIn("&lt;script&gt;alert(1)", page.text)
