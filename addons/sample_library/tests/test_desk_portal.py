"""The sample department of a distributor, logged in to the portal."""

from datetime import timedelta

from odoo.tests import tagged

from .desk_http_common import DeskHttpCommon


@tagged("post_install", "-at_install")
class TestDeskPortal(DeskHttpCommon):
    def test_card_and_inbox(self):
        first = self._mill_request(project="Lobby")
        second = self._mill_request(
            (self.other_item, 1), person_id=False, recipient_name="Nora New"
        )
        self._log_in(self.mill_user)
        self.assertIn("/my/samples/desk", self.url_open("/my/home").text)
        counters = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["sample_desk_count"]}
        )
        self.assertEqual(counters["sample_desk_count"], 2)
        ship = {"line_id": second.line_ids.id, "kind": "ship", "quantity": 1}
        self._answer(second, ship)
        second._note_print("x")
        both = {first.name, second.name}
        for url, shown in (
            ("", {first.name}),
            ("?filterby=new", {first.name}),
            ("?filterby=done", {second.name}),
            ("?filterby=backorder", set()),
            ("?filterby=twins", set()),
            ("?filterby=unprinted", {first.name}),
            ("?filterby=all", both),
            ("?filterby=all&sortby=oldest&search=nora", {second.name}),
            ("?filterby=all&search=LOBBY&search_in=project", {first.name}),
            ("?filterby=all&search=Lobby&search_in=sample", set()),
            ("?filterby=all&search=mist&search_in=sample", {second.name}),
            ("?filterby=all&search=sample+center&search_in=showroom", both),
            (f"?search={first.name}&search_in=name", {first.name}),
            (
                "?filterby=%27&sortby=person_id&search_in=x&search=%00%F0%9F%A7%B5",
                set(),
            ),
            ("/page/99", set()),
        ):
            with self.subTest(url):
                page = self._get(f"/my/samples/desk{url}")
                names = page.xpath("//form[@id='desk_tickets']//a[@class='fw-bold']")
                if url != "/page/99":
                    self.assertEqual({one.text_content() for one in names}, shown)

    def test_of_others(self):
        request = self._mill_request()
        foreign = self._send(self._order([(self.loom_item, 1)]))
        self._log_in(self.loom_user)
        self.assertNotIn(request.name, self._text(self._get("/my/samples/desk")))
        page = self._get(f"/my/samples/desk/{foreign.id}")
        token = {"csrf_token": self._token(page)}
        self._get(f"/my/samples/desk/{request.id}", 404)
        for path in ("answer", "ticket", "bins"):
            self._post(f"/my/samples/desk/{request.id}/{path}", token, 404)
        self._post("/my/samples/desk/tickets", {**token, "ids": request.id}, 303)
        self.assertFalse(request.printed_at)
        self._log_in(self.center_user)
        self._get("/my/samples/desk", 303)
        self._get("/my/samples/desk/stock", 303)
        self._get(f"/my/samples/desk/{request.id}", 404)
        self._get("/my/samples/desk/99999999999999999999", 404)

    def test_ship_backorder_refuse(self):
        request = self._mill_request(
            (self.item, 3), (self.other_item, 1), (self._item("Willow", "Rust"), 2)
        )
        first, second, third = request.line_ids
        self._mail_out()
        self._log_in(self.mill_user)
        url, form, page = self._open(request)
        self.assertEqual(form[f"quantity_{first.id}"], "3")
        day = self.today + timedelta(days=5)
        form.update(
            {
                f"kind_{first.id}": "ship",
                f"quantity_{first.id}": "2",
                f"rest_{first.id}": "backorder",
                f"until_{first.id}": str(day),
                f"kind_{second.id}": "refuse",
                f"reason_{second.id}": "other",
                f"note_{second.id}": "Moths \N{BUG}",
                "tracking": "1Z 42",
            }
        )
        location = self._post(url, form, 303)
        self.assertTrue(location.endswith(f"/my/samples/desk/{request.id}?said=done"))
        self.assertEqual(
            request.line_ids.mapped("state"), ["backorder", "refused", "new"]
        )
        self.assertEqual((first.shipped_qty, first.open_qty), (2, 1))
        self.assertEqual(first.backordered_until, day)
        self.assertEqual(request.entry_ids[0].tracking, "1Z 42")
        page = self._text(self._get(location))
        self.assertIn("Thank you", page)
        self.assertIn("Moths \N{BUG}", page)
        # acknowledged once to designer and showroom
        mails = self._mail_out()
        self.assertEqual(set(mails), {"dora@example.com", "center@example.com"})
        self.assertEqual({len(some) for some in mails.values()}, {1})
        # a double tap, or the page before sent again
        location = self._post(url, form, 303)
        self.assertIn("said=repeat", location)
        self.assertIn("nothing was done a second time", self._text(self._get(location)))
        self.assertEqual((request.round, first.shipped_qty), (1, 2))
        self.assertFalse(self._mail_out())

    def test_wrong_input_stays_at_its_field(self):
        request = self._mill_request((self.item, 3), (self.other_item, 1))
        line, other = request.line_ids
        self._log_in(self.mill_user)
        url, form, _page = self._open(request)
        today = self.today
        for field, value, kind in (
            ("quantity", "0", "ship"),
            ("quantity", "-1", "ship"),
            ("quantity", "4", "ship"),
            ("quantity", "1000000", "ship"),
            ("quantity", "1e6", "ship"),
            ("quantity", "two", "ship"),
            ("quantity", "9" * 5000, "ship"),
            ("quantity", "", "ship"),
            ("until", "", "backorder"),
            ("until", "soon", "backorder"),
            ("until", "2026-13-45", "backorder"),
            ("until", str(today - timedelta(days=1)), "backorder"),
            ("until", str(today + timedelta(days=36500)), "backorder"),
            ("reason", "", "refuse"),
            ("reason", "cancelled", "refuse"),
            ("reason", "x" * 10000, "refuse"),
            ("rest", "refuse", "ship"),
            ("kind", "eat", "eat"),
        ):
            with self.subTest(field=field, value=value[:20]):
                wrong = {
                    **form,
                    f"kind_{line.id}": kind,
                    f"{field}_{line.id}": value,
                    f"note_{line.id}": "kept <b>",
                    # the right one is not written either
                    f"kind_{other.id}": "ship",
                }
                page = self._post(url, wrong)
                self.assertTrue(page.xpath(f"//*[@id='error_{field}_{line.id}']"))
                self.assertIn("Nothing was written yet", self._text(page))
                if field != "kind":
                    again = self._form(page)[1]
                    self.assertEqual(again[f"kind_{line.id}"], kind)
                    self.assertEqual(again[f"kind_{other.id}"], "ship")
                    self.assertEqual(again[f"note_{line.id}"], "kept <b>")
                    if field == "quantity":
                        self.assertEqual(again[f"quantity_{line.id}"], value)
        other_reason = {
            **form,
            f"kind_{line.id}": "refuse",
            f"reason_{line.id}": "other",
        }
        page = self._post(url, other_reason)
        self.assertTrue(page.xpath(f"//*[@id='error_note_{line.id}']"))
        page = self._post(url, form)
        self.assertIn("Nothing is answered yet", self._text(page))
        self.assertFalse(request.entry_ids)

    def test_line_of_another_request(self):
        request = self._mill_request((self.item, 3))
        foreign = self._mill_request((self.other_item, 1))
        self._log_in(self.mill_user)
        url, form, _page = self._open(request)
        form.update(
            {
                f"kind_{foreign.line_ids.id}": "ship",
                f"quantity_{foreign.line_ids.id}": "1",
                f"kind_{request.line_ids.id}": "ship",
            }
        )
        self.assertIn("not on this request", self._text(self._post(url, form)))
        self.assertFalse((request | foreign).entry_ids)

    def test_two_people(self):
        request = self._mill_request((self.item, 3), (self.other_item, 1))
        line, other = request.line_ids
        self._log_in(self.mill_user)
        url, form, _page = self._open(request)
        self._answer(request, {"line_id": line.id, "kind": "ship", "quantity": 3})
        form.update({f"kind_{line.id}": "ship", f"kind_{other.id}": "ship"})
        page = self._post(url, form)
        self.assertIn("Somebody else answered meanwhile", self._text(page))
        self.assertIn("3 of 3 shipped", self._text(page))
        self.assertEqual(other.shipped_qty, 0)
        # what was chosen for the other one is kept, and can be sent now
        url, form = self._form(page)
        self.assertEqual(form[f"kind_{other.id}"], "ship")
        self._post(url, form, 303)
        self.assertEqual(request.state, "done")

    def test_duplicate(self):
        self._mill_request((self.item, 1))
        request = self._mill_request((self.item, 1), (self.other_item, 1))
        line, other = request.line_ids
        self._log_in(self.mill_user)
        url, form, page = self._open(request)
        self.assertIn("asked by Sample Center", self._text(page))
        form[f"kind_{line.id}"] = "ship"
        page = self._post(url, form)
        self.assertTrue(page.xpath(f"//*[@id='error_override_{line.id}']"))
        url, all_form = self._form(page, "desk_ship_all")
        self._post(url, {**all_form, "tracking": "T"}, 303)
        self.assertEqual((line.state, other.state), ("new", "shipped"))
        self.assertEqual(request.entry_ids.tracking, "T")
        url, form, _page = self._open(request)
        form[f"kind_{line.id}"] = "ship"
        form[f"override_{line.id}"] = "The first was lost."
        self._post(url, form, 303)
        self.assertEqual(request.entry_ids[-1].override_reason, "The first was lost.")
