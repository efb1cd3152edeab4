"""Showrooms, reps and designers put an order together in the portal, and send it."""

import threading
from datetime import timedelta
from unittest.mock import patch

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, new_test_user, tagged
from odoo.tools import mute_logger

from .portal_common import DETAILS, ORDER, REQUESTS, PortalCommon


@tagged("post_install", "-at_install")
class TestPortalOrder(PortalCommon):
    def test_who_may(self):
        for user in (self.rep_user, self.center_user, self.designer_user):
            self._log_in(user)
            home = self._page("/my/home")
            self.assertIn('href="/my/samples/order"', home)
            self.assertIn(f'href="{REQUESTS}"', home)
            for url in (ORDER, DETAILS, REQUESTS):
                self._page(url)
        for user in (self.stranger, self.mill_user, self.clerk):
            self._log_in(user)
            home = self._page("/my/home")
            self.assertNotIn(f'href="{ORDER}"', home)
            self.assertNotIn(f'href="{REQUESTS}"', home)
            for url in (ORDER, DETAILS, REQUESTS, f"{REQUESTS}/1"):
                self._page(url, 404)

    def test_pages_change_nothing(self):
        self._order(user=self.clerk)
        for user in (self.rep_user, self.center_user, self.designer_user):
            self._log_in(user)
            before = self._counts()
            for url in (
                ORDER,
                f"{ORDER}?q=willow",
                f"{ORDER}?q=%00%27%22<script>&order_id=1&quantity=3",
                DETAILS,
                f"{DETAILS}?find=dora&project=Planted&person_id=1",
                f"{REQUESTS}?search=x&filterby=all&sortby=name&groupby=distributor",
            ):
                self._page(url)
            self.assertEqual(self._counts(), before)
            self.assertFalse(self._draft())
        for url in ("add", "other", "lines"):
            self._page(f"{ORDER}/{url}", 405)

    def test_without_token(self):
        self._log_in(self.rep_user)
        for url in (f"{ORDER}/add", f"{ORDER}/other", f"{ORDER}/lines", DETAILS):
            with mute_logger("odoo.http"):
                response = self.url_open(
                    url, data={"item_id": self.item.id, "quantity": 1}
                )
            self.assertEqual(response.status_code, 400, url)
        self.assertFalse(self._draft())

    def test_search(self):
        self._log_in(self.center_user)
        page = self._page(f"{ORDER}?q=sage will")
        self.assertIn("Willow Sage", page)
        self.assertNotIn("Willow Mist", page)
        # the showroom does not deal with that distributor
        self.assertNotIn("Tweed", self._page(f"{ORDER}?q=moss"))
        for words in ("%25", "_", "nothing like this", "%F0%9F%98%80"):
            self.assertIn(
                "Nothing is called like this", self._page(f"{ORDER}?q={words}")
            )
        self._log_in(self.rep_user)
        self.assertIn("Tweed Moss", self._page(f"{ORDER}?q=moss"))

    def test_search_is_limited_and_constant(self):
        for number in range(40):
            self._item("Plenty", str(number))
        self._log_in(self.rep_user)

        def queries(words):
            self._page(f"{ORDER}?q={words}")
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            page = self._page(f"{ORDER}?q={words}")
            return self.cr.sql_log_count - before, page

        one, _page = queries("plenty 39")
        many, page = queries("plenty")
        self.assertEqual(page.count('name="item_id"'), 30)
        self.assertIn("Add a word", page)
        self.assertLessEqual(many, one)

    def test_put_on_change_remove_undo(self):
        self._log_in(self.rep_user)
        page = self._add(self.item, 2, q="willow")
        self.assertEqual(self._told(page), "Willow Sage is on the order: 2.")
        self.assertIn("Willow Mist", page)
        draft = self._draft()
        self.assertEqual((draft.rep_id, draft.source), (self.rep, "portal"))
        self.assertFalse(draft.showroom_id)
        # tapped twice
        self._add(self.item, 2)
        self.assertEqual(draft.line_ids.mapped("quantity"), [2])
        line = draft.line_ids
        self._post(f"{ORDER}/lines", **{f"qty_{line.id}": "5"})
        self.assertEqual(line.quantity, 5)
        page = self._post(f"{ORDER}/lines", remove=line.id, **{f"qty_{line.id}": "5"})
        self.assertFalse(draft.line_ids)
        self.assertIn("Undo", page)
        page = self._post(f"{ORDER}/lines", remove=line.id)
        self.assertIn("off the order already", self._told(page))
        self._add(self.item, 5)
        self.assertEqual(draft.line_ids.quantity, 5)
        page = self._post(
            f"{ORDER}/lines", go="details", **{f"qty_{draft.line_ids.id}": "6"}
        )
        self.assertIn("Who gets the samples", page)
        self.assertEqual(draft.line_ids.quantity, 6)
        self.assertEqual(len(self._draft()), 1)

    def test_odd_quantities(self):
        self._log_in(self.rep_user)
        for quantity in ("0", "-1", "1000000", "many", "", "1.5", "9" * 30, "²"):
            page = self._add(self.item, quantity)
            self.assertIn("ask for 1 to 9999 pieces", self._told(page), quantity)
            self.assertFalse(self._draft())
        self._add(self.item, 3)
        line = self._draft().line_ids
        for quantity in ("0", "-1", "1000000", "many"):
            page = self._post(f"{ORDER}/lines", **{f"qty_{line.id}": quantity})
            self.assertIn("ask for 1 to 9999 pieces", self._told(page))
            self.assertEqual(line.quantity, 3)
            self.assertIn(f'value="{quantity}"', page)

    def test_samples_of_others(self):
        foreign = self._item("Foreign", "Red", distributor_id=self.loom.id)
        theirs = self._order([(self.item, 7)]).line_ids
        self._log_in(self.center_user)
        for item_id in (foreign.id, 0, -1, 10**12, "x", ""):
            page = self._post(f"{ORDER}/add", item_id=item_id, quantity=1)
            self.assertIn("not offered by a distributor", self._told(page))
        self._add(self.item)
        self._post(f"{ORDER}/lines", **{f"qty_{theirs.id}": "1"})
        self._post(f"{ORDER}/lines", remove=theirs.id)
        self.assertEqual(theirs.exists().quantity, 7)

    def test_order_of_another_window(self):
        self._log_in(self.rep_user)
        self._add(self.item)
        mine = self._draft()
        self._details(person_id=self.other_designer.id)
        self._details("send", person_id=self.other_designer.id)
        self.assertEqual(mine.state, "sent")
        foreign = self._order([(self.other_item, 1)])
        gone = mine.browse(2**30)
        for stale, words in (
            (mine, mine.name),
            (foreign, "out of date"),
            (gone, "out of"),
        ):
            page = self._post(
                f"{ORDER}/add", draft=stale, item_id=self.other_item.id, quantity=1
            )
            self.assertIn(words, self._told(page))
            page = self._post(
                f"{ORDER}/other", draft=stale, words="Kept words", quantity=1
            )
            self.assertIn("Kept words", page)
            page = self._post(
                DETAILS,
                draft=stale,
                do="save",
                ship_to="person",
                project="Kept project",
            )
            self.assertIn("Kept project", page)
            self.assertFalse(self._draft())
        self.assertEqual(len(mine.line_ids), 1)
        self.assertFalse(mine.project)
        self.assertFalse(foreign.project)
        self.assertEqual(len(foreign.line_ids), 1)

    def test_not_in_the_list(self):
        self._log_in(self.center_user)
        people = self.env["res.partner"].search_count([])
        other = {"words": "Alpaca 7", "quantity": "2"}
        self._post(f"{ORDER}/other", **other, distributor_id=self.mill.id)
        self._post(f"{ORDER}/other", **other, distributor_id=self.mill.id)
        typed = {
            "distributor_name": "Hill",
            "distributor_email": " Samples@Hill.example.com",
        }
        self._post(f"{ORDER}/other", **other, **typed)
        lines = self._draft().line_ids
        self.assertEqual(lines.mapped("distributor_id"), self.mill)
        self.assertEqual(lines.mapped("quantity"), [2, 2])
        self.assertEqual(lines[1].distributor_email, "samples@hill.example.com")
        for wrong, words in (
            ({}, "Say whom to ask"),
            ({"distributor_id": self.loom.id}, "not a distributor you deal with"),
            ({"distributor_id": self.designer.id}, "not a distributor you deal with"),
            ({**typed, "distributor_email": "no-at-sign"}, "Say whom to ask"),
            ({**typed, "distributor_name": ""}, "Say whom to ask"),
            ({**typed, "distributor_id": self.mill.id}, "Not both"),
            ({**typed, "words": " \x00"}, "Say what you want"),
        ):
            page = self._post(f"{ORDER}/other", **{**other, **wrong})
            self.assertIn(words, self._told(page))
            self.assertEqual(len(self._draft().line_ids), 2)
        self.assertEqual(self.env["res.partner"].search_count([]), people)

    def test_address_of_a_distributor_selects_nobody(self):
        self._log_in(self.center_user)
        page = self._post(
            f"{ORDER}/other",
            words="Tweed",
            quantity=1,
            distributor_name="Whoever",
            distributor_email="LOOM@example.com",
        )
        line = self._draft().line_ids
        self.assertFalse(line.distributor_id)
        self.assertNotIn("Sample Loom", page)
        self._details("send", person_id=self.other_designer.id)
        self.assertFalse(
            self.env["sample.request"]
            .search([("order_id", "=", line.order_id.id)])
            .distributor_id
        )

    def test_hostile_words(self):
        self._log_in(self.center_user)
        for words in (
            "<script>alert(1)</script>",
            "😀 𝓐",
            "a\x00b",
            "x" * 10_000,
            "{{7*7}}",
        ):
            page = self._post(
                f"{ORDER}/other", words=words, quantity=1, distributor_id=self.mill.id
            )
            self.assertIn("is on the order", self._told(page))
            self.assertNotIn("<script>alert", page)
            page = self._details(
                recipient_name=words,
                recipient_firm=words,
                project=words,
                note=words,
                ship_address=words,
            )
            self.assertIn("saved", self._told(page))
            self.assertNotIn("<script>alert", page)
        self.assertLessEqual(len(self._draft().project), 200)
        page = self._details(
            "send", recipient_name="<script>x", ship_address="<b>1</b>"
        )
        self.assertIn("is sent to", self._told(page))
        self.assertNotIn("<script>x", page)

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


@tagged("post_install", "-at_install")
class TestTwoTaps(BaseCase):
    """Two taps at the same moment, on two real connections."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.addCleanup(self._run, self._tear_down)
        self._run(self._set_up)

    def _run(self, function):
        with self.registry.cursor() as cr:
            return function(Environment(cr, SUPERUSER_ID, {}))

    def _set_up(self, env):
        partner, mill = env["res.partner"].create(
            [{"name": "Two Taps"}, {"name": "Mill"}]
        )
        relation = env["trade.relation"].create(
            {
                "distributor_id": mill.id,
                "partner_id": partner.id,
                "role_id": env.ref("trade_network.role_designer").id,
            }
        )
        item = env["sample.item"].create({"distributor_id": mill.id, "pattern": "Taps"})
        user = new_test_user(
            env, "sample_two_taps", groups="base.group_portal", partner_id=partner.id
        )
        user._sync_trade_groups()
        self.ids = (user.id, partner.id, mill.id, relation.id, item.id)

    def _tear_down(self, env):
        user_id, partner_id, mill_id, relation_id, item_id = self.ids
        env["sample.order"].search([("user_id", "=", user_id)]).unlink()
        env["sample.item"].browse(item_id).unlink()
        env["trade.relation"].browse(relation_id).unlink()
        env["res.users"].browse(user_id).unlink()
        env["res.partner"].browse((partner_id, mill_id)).unlink()

    def test_one_draft(self):
        barrier = threading.Barrier(2, timeout=30)
        real = self.registry["sample.order"]._portal_start
        met = threading.local()
        answers = []

        def start(orders):
            if not getattr(met, "once", False):
                met.once = True
                barrier.wait()
            return real(orders)

        def tap():
            with self.registry.cursor() as cr:
                env = Environment(cr, self.ids[0], {})

                def put():
                    draft = env["sample.order"]._portal_take(0)
                    draft._portal_put(self.ids[-1], 3)
                    return draft.id

                answers.append(retrying(put, env))

        threads = [threading.Thread(target=tap) for _number in range(2)]
        with (
            patch.object(self.registry["sample.order"], "_portal_start", start),
            mute_logger("odoo.sql_db", "odoo.service.model"),
        ):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        self.assertEqual(len(answers), 2)
        self.assertEqual(len(set(answers)), 1)
        quantities = self._run(
            lambda env: (
                env["sample.order"].browse(answers[0]).line_ids.mapped("quantity")
            )
        )
        self.assertEqual(quantities, [3])
