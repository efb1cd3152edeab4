"""For whom samples are ordered in the portal, where they go, and sending."""

from datetime import timedelta
from unittest.mock import patch

from lxml import html

from odoo.tests import tagged

from .portal_common import DETAILS, ORDER, PortalCommon


@tagged("post_install", "-at_install")
class TestPortalOrderDetails(PortalCommon):
    def test_for_whom(self):
        self._log_in(self.center_user)
        self._add(self.item)
        page = self._page(DETAILS)
        self.assertIn("Sample Dirk", page)
        self.assertNotIn("Hidden Harriet", page)
        self.assertNotIn("Hidden", self._page(f"{DETAILS}?find=harriet"))
        page = self._details(person_id=self.hidden.id, project="Kept")
        self.assertIn("not in your list", self._told(page))
        self.assertIn("Kept", page)
        self.assertNotIn("1 Secret Road", page)
        people = self.env["res.partner"].search_count([])
        self._details(
            recipient_name="Harriet",
            recipient_email="Harriet@example.com",
            ship_address="2 New Road",
        )
        draft = self._draft()
        self.assertFalse(draft.person_id)
        self.assertEqual(draft.recipient_email, "harriet@example.com")
        self.assertEqual(draft.ship_address, "2 New Road")
        self.assertEqual(
            (draft.showroom_id, draft.library_id), (self.center, self.library)
        )
        page = self._details(recipient_name="Harriet", recipient_email="no at sign")
        self.assertIn("is not an email address", self._told(page))
        page = self._details(recipient_name="Harriet", person_id=self.other_designer.id)
        self.assertIn("Not both", self._told(page))
        self._details(person_id=self.other_designer.id)
        self.assertEqual(draft.recipient_name, "Sample Dirk")
        self.assertIn("9 Loft Street", draft.ship_address)
        self.assertEqual(self.env["res.partner"].search_count([]), people)
        # who was on an order of the showroom is known there
        self._send(self._order([(self.item, 1)], person_id=self.hidden.id))
        self.assertIn("Hidden Harriet", self._page(DETAILS))

    def test_designers_with_their_firms(self):
        self._send(self._order([(self.item, 1)]))
        self._log_in(self.center_user)
        options = html.fromstring(self._page(DETAILS)).xpath(
            "//select[@id='sample_person']/option"
        )
        names = [" ".join(option.text_content().split()) for option in options]
        self.assertIn(f"{self.designer.name}, Sample Studio", names)
        self.assertIn("Sample Dirk", names)

    def test_designer_orders_for_himself(self):
        self._log_in(self.designer_user)
        self.assertNotIn("Tweed", self._page(f"{ORDER}?q=tweed"))
        self._add(self.item)
        page = self._details(
            person_id=self.hidden.id, recipient_name="X", showroom_id=self.atelier.id
        )
        self.assertIn("saved", self._told(page))
        draft = self._draft()
        self.assertEqual(draft.person_id, self.designer)
        self.assertEqual(draft.recipient_name, self.designer.name)
        self.assertEqual(draft.showroom_id, self.atelier)
        self.assertEqual(draft.library_id, self.other_library)
        self.assertFalse(draft.rep_id)
        # the showroom deals with another distributor
        self.assertIn("Tweed Moss", self._page(f"{ORDER}?q=tweed"))
        self._add(self.loom_item)
        page = self._details(showroom_id=self.studio.id)
        self.assertIn("cannot order through this showroom", self._told(page))
        self._details("send", showroom_id=self.atelier.id, ship_to="showroom")
        self.assertEqual(draft.request_ids.distributor_id, self.mill | self.loom)

    def test_showroom_of_a_rep(self):
        self._log_in(self.rep_user)
        self._add(self.item)
        for showroom in (self.center, self.atelier):
            self._details(showroom_id=showroom.id)
            self.assertEqual(self._draft().showroom_id, showroom)
        page = self._details(showroom_id=self.studio.id)
        self.assertIn("cannot order through this showroom", self._told(page))
        self._details()
        self.assertFalse(self._draft().showroom_id)
        self.assertFalse(self._draft().library_id)

    def test_showroom_orders_for_itself(self):
        self._log_in(self.center_user)
        self._add(self.item)
        self._details(showroom_id=self.atelier.id)
        self.assertEqual(self._draft().showroom_id, self.center)

    def test_where_and_when(self):
        self._log_in(self.rep_user)
        self._add(self.item)
        for form, words in (
            ({"ship_to": "showroom"}, "none is chosen"),
            ({"ship_to": "other"}, "Type the address"),
            ({"ship_to": "moon"}, "Choose where the samples go"),
            ({"needed_on": str(self.today - timedelta(days=3))}, "is over"),
            ({"needed_on": "soon"}, "is not a date"),
            ({"needed_on": "2026-02-31"}, "is not a date"),
        ):
            self.assertIn(words, self._told(self._details(**form)))
        self._details(
            needed_on=str(self.today + timedelta(days=3)),
            ship_to="other",
            ship_address="7 Dock",
        )
        draft = self._draft()
        self.assertEqual(draft.needed_on, self.today + timedelta(days=3))
        self.assertEqual(draft.ship_address, "7 Dock")

    def test_send(self):
        self._log_in(self.rep_user)
        self._add(self.item)
        draft = self._draft()
        page = self._details("send", project="Lobby")
        self.assertIn("Say who gets the samples", self._told(page))
        self.assertEqual((draft.state, draft.project), ("draft", "Lobby"))
        self._add(self.loom_item, 4)
        form = {"person_id": self.other_designer.id, "showroom_id": self.center.id}
        page = self._details("send", **form)
        self.assertIn("is sent to Sample Mill, Sample Loom", self._told(page))
        self.assertIn("Sample Dirk", page)
        self.assertEqual(draft.state, "sent")
        requests = draft.request_ids
        self.assertEqual(requests.distributor_id, self.mill | self.loom)
        for one in requests:
            self.assertEqual(one.rep_id, self.rep)
            self.assertEqual(one.showroom_id, self.center)
            self.assertEqual(one.user_id, self.rep_user)
            self.assertEqual(one.person_id, self.other_designer)
        # tapped twice
        page = self._post(DETAILS, draft=draft, do="send", ship_to="person", **form)
        self.assertIn(f"{draft.name} is sent", self._told(page))
        self.assertEqual(draft.request_ids, requests)
        self.assertFalse(self._draft())
        self.assertEqual(
            set(self._mail_out()), {"mill@example.com", "loom@example.com"}
        )

    def test_duplicates(self):
        earlier = self._send(
            self._order(
                [(self.item, 1)],
                library_id=self.other_library.id,
                user=self.neighbour,
                person_id=self.other_designer.id,
            ),
            self.neighbour,
        )
        self._answer(
            earlier, {"line_id": earlier.line_ids.id, "kind": "ship", "quantity": 1}
        )
        self._log_in(self.center_user)
        page = self._add(self.item)
        self.assertNotIn("Asked for before", page)
        form = {"person_id": self.other_designer.id}
        # he is told before anything is sent
        page = self._details("send", **form)
        self.assertIn("asked for a short time ago", self._told(page))
        draft = self._draft()
        self.assertEqual(draft.state, "draft")
        for page in (self._page(DETAILS), self._page(ORDER)):
            self.assertIn("Asked for before", page)
            self.assertIn("shipped on", page)
            for secret in ("Atelier", "neighbour", earlier.name):
                self.assertNotIn(secret, page)
        self._details("send", **form, twins=draft.line_ids.id)
        self.assertEqual(draft.state, "sent")

    def test_too_many_lines(self):
        self._log_in(self.rep_user)
        self._add(self.item)
        with patch(
            "odoo.addons.sample_library.models.sample_order_portal.MAX_LINES", 1
        ):
            page = self._add(self.other_item)
        self.assertIn("holds 1 samples", self._told(page))

    def test_queries_of_the_pages(self):
        self._log_in(self.rep_user)
        self._add(self.item)
        self._details(person_id=self.other_designer.id)

        def queries(url):
            self._page(url)
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._page(url)
            return self.cr.sql_log_count - before

        few = [queries(url) for url in (ORDER, DETAILS)]
        items = [self._item("Long", str(number)) for number in range(20)]
        self._draft()._portal_add([{"item_id": item.id} for item in items])
        self._send(
            self._order([(item, 1) for item in items], person_id=self.other_designer.id)
        )
        many = [queries(url) for url in (ORDER, DETAILS)]
        for count, more in zip(few, many, strict=True):
            # duplicates ask for answers
            self.assertLessEqual(more, count + 3)

    def test_defaults_do_not_arrive(self):
        orders = self.env["sample.order"].with_user(self.rep_user)
        orders = orders.with_context(
            default_state="sent", default_showroom_id=self.atelier.id, default_note="x"
        )
        draft = orders._portal_take(0)
        self.assertEqual(draft.state, "draft")
        self.assertFalse(draft.showroom_id or draft.note)
