"""What those who asked for samples read of the answers, and what they do about them."""

from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal_common import ORDER, REQUESTS, PortalCommon


@tagged("post_install", "-at_install")
class TestPortalRequest(PortalCommon):
    def _sent(self, lines=None, user=None, **vals):
        """Requests of an order of the clerk."""
        return self._send(
            self._order(lines or [(self.item, 3)], user=user, **vals), user
        )

    def _theirs(self, **vals):
        """A request of the other showroom."""
        return self._sent(
            user=self.neighbour,
            library_id=self.other_library.id,
            recipient_name="Other Olga",
            person_id=False,
            **vals,
        )

    def _list(self, **words):
        query = "&".join(f"{key}={value}" for key, value in words.items())
        return self._page(f"{REQUESTS}?{query}")

    def test_who_sees_what(self):
        ours = self._sent(rep_id=self.rep.id)
        theirs = self._theirs()
        for user in (self.center_user, self.rep_user, self.designer_user):
            self._log_in(user)
            page = self._list(filterby="all")
            self.assertIn(ours.name, page)
            self.assertNotIn(theirs.name, page)
            self.assertNotIn(theirs.name, self._list(search="olga", filterby="all"))
            self.assertIn("Willow Sage", self._page(f"{REQUESTS}/{ours.id}"))
            for odd in (theirs.id, 2**31 - 1, 2**40):
                response = self.url_open(f"{REQUESTS}/{odd}", allow_redirects=False)
                self.assertEqual(response.status_code, 303, odd)
                self.assertTrue(response.headers["Location"].endswith("/my"))
        self._log_in(self.atelier_user)
        self.assertIn(theirs.name, self._list())
        self.assertNotIn(ours.name, self._list())

    def test_not_for_distributors(self):
        """Who is asked, and asks himself, finds here what he asked for."""
        ours = self._sent()
        self.mill.trade_role_ids = self.roles["distributor"] | self.roles["showroom"]
        self._log_in(self.mill_user)
        self.assertNotIn(ours.name, self._list(filterby="all"))
        response = self.url_open(f"{REQUESTS}/{ours.id}", allow_redirects=False)
        self.assertTrue(response.headers["Location"].endswith("/my"))

    def test_search_and_filters(self):
        first = self._sent([(self.item, 2)], project="Lobby")
        second = self._sent(
            [(self.loom_item, 1)], project="Attic", person_id=self.other_designer.id
        )
        line = first.line_ids
        self._answer(
            first,
            {"line_id": line.id, "kind": "ship", "quantity": 1},
            {
                "line_id": line.id,
                "kind": "backorder",
                "until": self.today + timedelta(days=5),
            },
            tracking="TRACK-77",
        )
        self._log_in(self.center_user)
        for words, found in (
            (first.name, first),
            ("lobby", first),
            ("dora", first),
            ("sage", first),
            ("track-77", first),
            ("moss tweed", second),
            ("sample loom", second),
            ("dirk attic", second),
            ("dirk lobby", first.browse()),
            ("%25", first.browse()),
            ("a%00b%F0%9F%98%80", first.browse()),
        ):
            if words == "dora":
                words = self.designer.name.split()[0]
            page = self._list(search=words)
            for one in (first, second):
                self.assertEqual(f"{REQUESTS}/{one.id}" in page, one in found, words)
        page = self._list(filterby="backorder")
        self.assertIn(first.name, page)
        self.assertNotIn(second.name, page)
        self._answer(
            second, {"line_id": second.line_ids.id, "kind": "ship", "quantity": 1}
        )
        self.assertNotIn(second.name, self._list())
        self.assertIn(second.name, self._list(filterby="done"))
        page = self._list(filterby="all", groupby="distributor", sortby="name")
        self.assertLess(page.index("Sample Loom"), page.index("Sample Mill"))
        for odd in (
            {"filterby": "'", "sortby": "password", "groupby": "user_id"},
            {"search": "%2527%3Cscript%3E"},
        ):
            self.assertNotIn("<script>alert", self._list(**odd))
        self.assertIn(first.name, self._page(f"{REQUESTS}/page/999999999999"))

    def test_counter_of_open_ones(self):
        self._log_in(self.center_user)
        self.assertNotIn("sample_open_count", self._page("/my/home"))
        self._sent([(self.item, 1), (self.loom_item, 1)])
        self.assertIn('id="sample_open_count">2</span>', self._page("/my/home"))

    def test_what_was_answered(self):
        self._theirs()
        request = self._sent(
            [(self.item, 3), (self.other_item, 1)],
            person_id=False,
            recipient_name="Other Olga",
            recipient_firm="Olga & Co",
            note="By noon",
        )
        request.line_ids[0].write({"is_twin": True})
        self._log_in(self.center_user)
        self.assertIn("waiting to be mailed", self._page(f"{REQUESTS}/{request.id}"))
        self._mail_out()
        self._answer(
            request,
            {
                "line_id": request.line_ids[0].id,
                "kind": "ship",
                "quantity": 1,
                "override_reason": "Top secret reason",
            },
            {
                "line_id": request.line_ids[0].id,
                "kind": "backorder",
                "until": self.today + timedelta(days=5),
            },
            {
                "line_id": request.line_ids[1].id,
                "kind": "refuse",
                "quantity": 1,
                "reason": "discontinued",
                "note": "Gone for good",
            },
            tracking="TRACK-1",
            answered_by="secret@mill.example.com",
        )
        page = self._page(f"{REQUESTS}/{request.id}")
        for words in (
            "The request was mailed",
            "TRACK-1",
            "expected on",
            "Discontinued",
            "Gone for good",
            "Olga &amp; Co",
            "By noon",
            "Backordered",
        ):
            self.assertIn(words, page)
        for secret in (
            "Top secret reason",
            "secret@mill.example.com",
            "mill@example.com",
            "Asked for before",
            "Duplicate",
        ):
            self.assertNotIn(secret, page)
        self.assertLess(page.index("TRACK-1"), page.index("Backordered: "))
        request.mail_state = "failed"
        self.assertIn("was not delivered", self._page(f"{REQUESTS}/{request.id}"))

    def test_cancel(self):
        self._log_in(self.rep_user)
        self._add(self.item, 2)
        self._details(
            "send", person_id=self.other_designer.id, showroom_id=self.center.id
        )
        request = self.env["sample.request"].search(
            [("user_id", "=", self.rep_user.id)]
        )
        url = f"{REQUESTS}/{request.id}"
        # the showroom reads it, but did not order it; others do not even read it
        self._log_in(self.center_user)
        self.assertNotIn("Cancel what is open", self._page(url))
        page = self._post(f"{url}/cancel")
        self.assertIn("Only those who ordered", self._told(page))
        self._log_in(self.atelier_user)
        self._post(f"{url}/cancel")
        self.assertEqual(request.state, "new")
        self._log_in(self.rep_user)
        self.assertIn("Cancel what is open", self._page(url))
        self._page(f"{url}/cancel", 405)
        page = self._post(f"{url}/cancel")
        self.assertIn("What was open is cancelled", self._told(page))
        self.assertEqual((request.state, request.order_id.state), ("cancelled",) * 2)
        page = self._post(f"{url}/cancel")
        self.assertIn("Nothing is open any more", self._told(page))
        self.assertNotIn("Cancel what is open", page)

    def test_colleagues_cancel(self):
        self._log_in(self.center_user)
        self._add(self.item, 2)
        self._details("send", person_id=self.other_designer.id)
        request = self.env["sample.request"].search(
            [("user_id", "=", self.center_user.id)]
        )
        self._log_in(self._portal("colleague", self.center))
        self._post(f"{REQUESTS}/{request.id}/cancel")
        self.assertEqual(request.state, "cancelled")

    def test_order_again(self):
        request = self._sent([(self.item, 3), (self.other_item, 1)])
        self._log_in(self.center_user)
        url = f"{REQUESTS}/{request.id}/again"
        self._page(url, 405)
        page = self._post(url)
        self.assertIn("The samples are on the order", self._told(page))
        # tapped twice
        self._post(url)
        draft = self._draft()
        self.assertEqual(draft.line_ids.item_id, self.item | self.other_item)
        self.assertEqual(draft.line_ids.mapped("quantity"), [3, 1])
        draft.sudo().unlink()
        # an item that is not lent any more stays off
        self.item.active = False
        page = self._post(url)
        self.assertIn("cannot be asked for any more: Willow Sage", self._told(page))
        self.assertEqual(self._draft().line_ids.item_id, self.other_item)
        theirs = self._theirs()
        self._draft().sudo().unlink()
        self._post(f"{REQUESTS}/{theirs.id}/again")
        self.assertFalse(self._draft())

    def test_refused_without_token(self):
        request = self._sent()
        self._log_in(self.center_user)
        for action in ("again", "cancel"):
            with mute_logger("odoo.http"):
                response = self.url_open(
                    f"{REQUESTS}/{request.id}/{action}", data={"x": 1}
                )
            self.assertEqual(response.status_code, 400)
        self.assertEqual(request.state, "new")

    def test_pages_change_nothing(self):
        request = self._sent()
        self._log_in(self.center_user)
        before = self._counts()
        self._page(f"{REQUESTS}/{request.id}?order_id=1&do=cancel")
        self.assertEqual(self._counts(), before)

    def test_queries_do_not_grow(self):
        self._log_in(self.center_user)

        def queries(url):
            self._page(url)
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            page = self._page(url)
            return self.cr.sql_log_count - before, page

        self._sent()
        url = f"{REQUESTS}?search=sage&groupby=distributor"
        few, _page = queries(url)
        for number in range(29):
            self._sent(project=f"Project {number}")
        many, page = queries(url)
        self.assertEqual(page.count("o_sample_request "), 20)
        self.assertLessEqual(many, few)
        one = self._sent()
        few, _page = queries(f"{REQUESTS}/{one.id}")
        long = self._sent(
            [(self._item("Long", str(number)), 1) for number in range(20)]
        )
        for line in long.line_ids:
            self._answer(long, {"line_id": line.id, "kind": "ship", "quantity": 1})
        many, _page = queries(f"{REQUESTS}/{long.id}")
        # answers are one query more
        self.assertLessEqual(many, few + 1)
        self.assertIn(ORDER, self._page("/my/home"))


@tagged("post_install", "-at_install")
class TestPortalOrderTour(PortalCommon):
    browser_size = "390x844"
    touch_enabled = True

    def test_rep_orders_of_two_distributors(self):
        self.start_tour(ORDER, "sample_portal_order", login=self.rep_user.login)
        order = self.env["sample.order"].search([("user_id", "=", self.rep_user.id)])
        self.assertEqual(order.state, "sent")
        self.assertEqual(order.request_ids.distributor_id, self.mill | self.loom)
        self.assertEqual(order.person_id, self.other_designer)
        self.assertEqual(sorted(order.line_ids.mapped("quantity")), [3, 4])
