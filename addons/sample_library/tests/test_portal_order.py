"""Showrooms, reps and designers put an order together in the portal, and send it."""

from odoo.tests import tagged
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

    def test_unsaved_quantities_go_along(self):
        """What the page sends along with its other forms: saved, or only shown."""
        self._log_in(self.rep_user)
        self._add(self.item, 1)
        line = self._draft().line_ids
        typed = f"qty_{line.id}"
        page = self._page(f"{ORDER}?q=moss&{typed}=4")
        self.assertRegex(page, rf'name="{typed}"[^>]*value="4"[^>]*data-saved="1"')
        self.assertEqual(line.quantity, 1)
        self._add(self.loom_item, 2, **{typed: "4"})
        self.assertEqual(line.quantity, 4)
        other = {"words": "Alpaca 7", "quantity": "2", "distributor_id": self.mill.id}
        self._post(f"{ORDER}/other", **other, **{typed: "5"})
        self.assertEqual(line.quantity, 5)
        self.assertEqual(len(self._draft().line_ids), 3)
        # what is wrong is said, nothing is put on, and what was typed is kept
        page = self._add(self.other_item, 7, **{typed: "none"})
        self.assertIn("ask for 1 to 9999 pieces", self._told(page))
        self.assertIn('value="none"', page)
        self.assertEqual(len(self._draft().line_ids), 3)
        # the same sample changed above and below: what was sent counts
        self._add(self.item, 9, **{typed: "8"})
        self.assertEqual(line.quantity, 9)

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
