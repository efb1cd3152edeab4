"""The sample department of a distributor, logged in to the portal."""

from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import mute_logger

from .desk_http_common import DeskHttpCommon


@tagged("post_install", "-at_install")
class TestDeskPortal(DeskHttpCommon):
    def _open(self, request):
        page = self._get(f"/my/samples/desk/{request.id}")
        return *self._form(page), page

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

    def test_get_changes_nothing(self):
        request = self._mill_request()
        self._log_in(self.mill_user)
        self.env.flush_all()
        before = request.write_date
        line = request.line_ids
        for url in (
            f"/my/samples/desk/{request.id}?kind_{line.id}=ship&key=x&round=0",
            f"/my/samples/desk/stock?item_id={self.item.id}&count=9",
        ):
            self._get(url)
        for path in ("answer", "ticket", "bins"):
            url = f"/my/samples/desk/{request.id}/{path}"
            self.assertIn(self.url_open(url).status_code, (404, 405))
        # nor does a form without the session's token
        url, form, _page = self._open(request)
        form[f"kind_{line.id}"] = "ship"
        form["csrf_token"] = "x"
        with mute_logger("odoo.http"):
            self._post(url, form, 400)
        self.env.invalidate_all()
        self.assertEqual(request.write_date, before)
        self.assertFalse(request.entry_ids)
        self.assertFalse(request.printed_at)

    def test_bins(self):
        theirs = self._item("Theirs", "1", distributor_id=self.loom.id)
        request = self._mill_request((self.item, 1))
        self._log_in(self.mill_user)
        _url, form, page = self._open(request)
        self.assertTrue(page.xpath(f"//input[@name='bin_{self.item.id}']"))
        location = self._post(
            f"/my/samples/desk/{request.id}/bins",
            {
                "csrf_token": form["csrf_token"],
                f"bin_{self.item.id}": " A7 " + "x" * 100,
                f"bin_{theirs.id}": "X",
                f"bin_{self.other_item.id}": "X",
            },
            303,
        )
        self.assertIn("said=bins", location)
        self.assertEqual(self.item.bin_code, "A7 " + "x" * 36)
        self.assertFalse(theirs.bin_code or self.other_item.bin_code)

    def test_tickets(self):
        first = self._mill_request((self.item, 1))
        second = self._mill_request((self.other_item, 1))
        self._log_in(self.mill_user)
        page = self._get("/my/samples/desk")
        token = {"csrf_token": self._token(page)}
        self.assertIn("missing", self._post("/my/samples/desk/tickets", token, 303))
        page = self._post(
            "/my/samples/desk/tickets", {**token, "ids": [first.id, second.id, "x"]}
        )
        self.assertEqual(len(page.xpath("//div[@class='o_sample_ticket']")), 2)
        self.assertEqual(
            set((first | second).mapped("printed_by")), {self.mill_user.name}
        )
        page = self._post(f"/my/samples/desk/{first.id}/ticket", token)
        self.assertIn("Printed before", self._text(page))

    def test_stock_came_in(self):
        first = self._mill_request((self.item, 2))
        second = self._mill_request(
            (self.item, 3), person_id=False, recipient_name="Nora New"
        )
        self._log_in(self.mill_user)
        url = f"/my/samples/desk/stock?item_id={self.item.id}&count="
        for odd in (
            "0",
            "-1",
            "1e6",
            "x",
            "9" * 5000,
            "10000",
            "\N{CIRCLED DIGIT TWO}",
        ):
            with self.subTest(odd[:9]):
                self.assertIn("1 to 9999", self._text(self._get(url + odd)))
        page = self._get(url + "4")
        target, form = self._form(page, "desk_fill")
        self.assertEqual(
            (form[f"line_{first.line_ids.id}"], form[f"line_{second.line_ids.id}"]),
            ("2", "2"),
        )
        # more than proposed
        page = self._post(target, {**form, f"line_{second.line_ids.id}": "3"})
        self.assertIn("meanwhile", self._text(page))
        self.assertFalse((first | second).entry_ids)
        self._mail_out()
        for _tap in range(2):
            self._post(target, form, 303)
        self.assertEqual(
            (first.line_ids.shipped_qty, second.line_ids.shipped_qty), (2, 2)
        )
        mails = self._mail_out()
        self.assertEqual(
            {address: len(some) for address, some in mails.items()},
            {"center@example.com": 2, "dora@example.com": 1},
        )

    def test_queries_do_not_grow(self):
        self._log_in(self.mill_user)

        def queries(url):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._get(url)
            return self.cr.sql_log_count - before

        def ask(number):
            items = [self._item("Many", f"{number}.{one}") for one in range(number)]
            request = self._mill_request(
                *((item, 1) for item in items),
                person_id=False,
                recipient_name=f"Person {number}",
            )
            return f"/my/samples/desk/{request.id}"

        for url in ("/my/samples/desk", ask(2)):
            queries(url)
        inbox, few = queries("/my/samples/desk"), queries(ask(3))
        many = ask(20)
        for number in range(4, 10):
            ask(number)
        self.assertLessEqual(queries("/my/samples/desk"), inbox)
        self.assertLessEqual(queries(many), few)
