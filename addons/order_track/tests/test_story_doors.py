"""The same text for everybody: each door shows an order's status word for word."""

from lxml import html

from odoo import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .common_story import StoryCommon


def visible_text(page):
    """Texts of steps, summaries and lines, as a reader sees them.

    :param str page: HTML with one story in it
    :rtype: dict[str, list[str]]
    """
    (story,) = html.fromstring(page).find_class("o_track_story")
    return {
        name: [
            " ".join(part.text_content().split())
            for part in story.xpath(f".//*[contains(@class, '{name}')]/*")
        ]
        for name in ("o_track_rollups", "o_track_steps", "o_track_lines")
    }


@tagged("post_install", "-at_install")
class TestStoryDoors(StoryCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = new_test_user(cls.env, "track_buyer", "base.group_portal")
        cls.portal.partner_id.parent_id = cls.customer
        (cls.portal | cls.clerk).write({"tz": "America/New_York", "lang": "en_US"})

    # === doors: each gives a page with the story of an order === #

    def _doors(self):
        """Every door by its name. A new one is added here."""
        return {
            "staff": self._door_staff,
            "customer": self._door_portal,
            "anybody with the template": self._door_template,
        }

    def _door_staff(self, order):
        return order.with_user(self.clerk).read(["track_story"])[0]["track_story"]

    def _door_portal(self, order):
        self.authenticate(self.portal.login, self.portal.login)
        answer = self.url_open(f"/my/orders/{order.id}")
        self.assertEqual(answer.status_code, 200)
        return answer.text

    def _door_template(self, order):
        order = order.with_user(self.portal).sudo()
        return order.env["ir.qweb"]._render(
            "order_track.story", {"story": order._stories()[order.id]}
        )

    def _eventful(self):
        """An order to which nearly everything happened."""
        order = self._order([(self.lamp, 5), (self.chair, 2)], client_order_ref="7")
        picking = self._deliver(order, {self.lamp: 3}, ref="1Z999AA10123456784")
        picking.parcel_ids.event_ids = [
            Command.create({"kind": "in_transit", "place": "Bremen <b>"}),
            Command.create({"kind": "delivered", "note": "At the door"}),
        ]
        invoice = self._invoice(order)
        self._pay(invoice, 20)
        self._return(picking, {self.lamp: 1}, receive=False)
        self._credit(invoice, 1)
        return order

    def test_same_words_at_every_door(self):
        order = self._eventful()
        order.message_subscribe(self.portal.partner_id.ids)
        self.env.flush_all()
        seen = {name: visible_text(door(order)) for name, door in self._doors().items()}
        staff = seen["staff"]
        self.assertEqual(len(staff["o_track_rollups"]), 3)
        self.assertEqual(len(staff["o_track_lines"]), 2)
        steps = [step.fact for step in self._story(order).steps]
        self.assertEqual(len(staff["o_track_steps"]), len(steps))
        for name, texts in seen.items():
            with self.subTest(door=name):
                self.assertEqual(texts, staff)

    def test_other_reader_same_facts_in_his_words(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        order = self._eventful()
        french = self.clerk.copy({"login": "track_clerk_fr"})
        french.write({"lang": "fr_FR", "tz": "Asia/Tokyo"})
        here = self._story(order, self.clerk)
        there = self._story(order, french)
        self.assertEqual(
            [step.fact for step in here.steps], [step.fact for step in there.steps]
        )
        self.assertNotEqual(
            [step.when for step in here.steps], [step.when for step in there.steps]
        )

    def test_no_price_and_no_markup_of_others(self):
        order = self._eventful()
        page = self._door_template(order)
        self.assertIn("Bremen &lt;b&gt;", page)
        for amount in ("250", "20.0", "230"):
            self.assertNotIn(amount, html.fromstring(page).text_content())

    def test_readable_without_eyes(self):
        order = self._eventful()
        story = html.fromstring(self._door_portal(order)).find_class("o_track_story")[0]
        (steps,) = story.xpath(".//ol")
        self.assertEqual(len(steps.xpath("./li[@aria-current='step']")), 1)
        times = steps.xpath(".//time/@datetime")
        self.assertTrue(times)
        for each in times:
            self.assertRegex(each, r"^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?$")
        icons = steps.xpath(".//i[contains(@class, 'fa')]")
        self.assertTrue(all(icon.get("aria-hidden") == "true" for icon in icons))

    def test_printed_order_has_no_story(self):
        order = self._order([(self.lamp, 1)])
        printed, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "sale.action_report_saleorder", order.ids
        )
        self.assertNotIn(b"o_track_story", printed)

    def test_the_tracking_page_tells_the_same_but_for_money(self):
        order = self._eventful()
        self.customer.tz = "America/New_York"
        link = self.env["track.link"]._of(order, "buyer@example.com")
        told = visible_text(self._door_portal(order))
        self.authenticate(None, None)
        page = self.url_open(f"/track/{link.id}/{link._token()}").text
        public = visible_text(page)
        self.assertEqual(public["o_track_lines"], told["o_track_lines"])
        self.assertEqual(public["o_track_rollups"], told["o_track_rollups"][1:])
        kept = [
            step for step in told["o_track_steps"] if step in public["o_track_steps"]
        ]
        self.assertEqual(public["o_track_steps"], kept)
        gone = set(told["o_track_steps"]) - set(kept)
        self.assertTrue(gone)
        for step in gone:
            self.assertRegex(step, "Invoice|Payment|Credit|Money")
