"""The desk in the portal besides answering: bins, tickets, stock that came in."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from .desk_http_common import DeskHttpCommon


@tagged("post_install", "-at_install")
class TestDeskPortalMore(DeskHttpCommon):
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
