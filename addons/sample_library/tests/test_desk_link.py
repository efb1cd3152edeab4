"""The sample department without a login, by the signed link that was mailed."""

import re
from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .desk_http_common import DeskHttpCommon


@tagged("post_install", "-at_install")
class TestDeskLink(DeskHttpCommon):
    def _link(self, request):
        link = self.env["sample.request.link"].create(
            {"request_id": request.id, "email": "mill@example.com"}
        )
        return link, f"/samples/request/{link.id}/{link._token()}"

    def test_mailed_link_answers(self):
        request = self._mill_request((self.item, 2), (self.other_item, 1))
        (mail,) = self._mail_out()["mill@example.com"]
        body = mail.get_body(("html",)).get_content()
        path = re.search(r"/samples/request/\d+/[0-9a-f]+", body).group()
        self.authenticate(None, None)
        page = self._get(path)
        url, form = self._form(page)
        first, second = request.line_ids
        form[f"kind_{first.id}"] = "ship"
        form[f"kind_{second.id}"] = "refuse"
        form[f"reason_{second.id}"] = "gone"
        location = self._post(url, form, 303)
        self.assertTrue(location.endswith(f"{path}?said=done"))
        self.assertEqual(request.state, "done")
        self.assertEqual(
            set(request.entry_ids.mapped("answered_by")), {"mill@example.com"}
        )
        self.assertEqual(request.entry_ids.link_id, request.link_ids)
        mails = self._mail_out()
        self.assertEqual(
            {address: len(some) for address, some in mails.items()},
            {"dora@example.com": 1, "center@example.com": 1},
        )
        self.assertIn("said=repeat", self._post(url, form, 303))
        self.assertIn("Thank you", self._text(self._get(location)))
        self.assertFalse(self._mail_out())

    def test_opening_changes_nothing(self):
        """Programs that look for viruses in mails open links."""
        request = self._mill_request()
        link, path = self._link(request)
        self.env.flush_all()
        before = request.write_date
        self.assertFalse(link.last_used_at)
        for _one in range(2):
            self._get(path)
        line = request.line_ids
        self._get(f"{path}?kind_{line.id}=ship&all=1&round=0&key=x")
        for target in ("answer", "ticket"):
            self.assertIn(self.url_open(f"{path}/{target}").status_code, (404, 405))
        self.env.invalidate_all()
        self.assertTrue(link.last_used_at)
        self.assertEqual(request.write_date, before)
        self.assertFalse(request.entry_ids)
        self.assertFalse(request.printed_at)

    def test_address_stays_here(self):
        _link, path = self._link(self._mill_request())
        headers = self.url_open(path).headers
        self.assertEqual(headers["Referrer-Policy"], "no-referrer")
        self.assertIn("noindex", headers["X-Robots-Tag"])
        self.assertIn("no-store", headers["Cache-Control"])

    def test_tokens(self):
        request, foreign = self._mill_request(), self._mill_request()
        link, path = self._link(request)
        other_link, other_path = self._link(foreign)
        token = self._token(self._get(path))
        right = link._token()
        for wrong in (
            other_link._token(),
            right[:-1],
            right + "0",
            right.upper(),
            "0" * 64,
            "\N{SPOOL OF THREAD}",
            "x" * 10000,
            "None",
        ):
            with self.subTest(wrong[:20]):
                url = f"/samples/request/{link.id}/{wrong}"
                self.assertIn(
                    self.url_open(url).status_code, (404, 400, 414), wrong[:20]
                )
                for target in ("answer", "ticket"):
                    response = self.url_open(
                        f"{url}/{target}", data={"csrf_token": token, "all": 1}
                    )
                    self.assertIn(response.status_code, (404, 400, 414))
        for number in ("0", "99999999", "9" * 30):
            self._get(f"/samples/request/{number}/{right}", 404)
        self.assertFalse((request | foreign).entry_ids)
        self.assertFalse((request | foreign).mapped("printed_at")[0])

    def test_link_reaches_no_other_request(self):
        request, foreign = self._mill_request(), self._mill_request()
        _link, path = self._link(request)
        page = self._get(path)
        self.assertNotIn(f">{foreign.name}<", self.url_open(path).text)
        url, form = self._form(page)
        form[f"kind_{foreign.line_ids.id}"] = "ship"
        form[f"quantity_{foreign.line_ids.id}"] = "1"
        self.assertIn("not on this request", self._text(self._post(url, form)))
        self.assertFalse(foreign.entry_ids)
        # nor the pages of those who log in
        self.assertIn(
            self.url_open(
                f"/my/samples/desk/{request.id}", allow_redirects=False
            ).status_code,
            (302, 303),
        )

    def test_expired_and_revoked(self):
        request = self._mill_request()
        link, path = self._link(request)
        url, form = self._form(self._get(path))
        form["all"] = "1"
        for vals, text in (
            ({"expires_at": fields.Datetime.now() - timedelta(days=1)}, "has expired"),
            ({"revoked_at": fields.Datetime.now()}, "was withdrawn"),
        ):
            link.write(vals)
            for page in (
                self._get(path, 410),
                self._post(url, form, 410),
                self._post(f"{path}/ticket", form, 410),
            ):
                said = self._text(page)
                self.assertIn(text, said)
                for secret in (request.name, "Sample Dora", "Willow", "Mill Lane"):
                    self.assertNotIn(secret, said)
        self.assertFalse(request.entry_ids)
        self.assertFalse(request.printed_at)

    def test_ticket(self):
        request = self._mill_request()
        _link, path = self._link(request)
        token = self._token(self._get(path))
        page = self._post(f"{path}/ticket", {"csrf_token": token})
        self.assertIn(request.name, self._text(page))
        self.assertEqual(request.printed_by, "mill@example.com")

    def test_forms_need_the_token_of_the_session(self):
        request = self._mill_request()
        _link, path = self._link(request)
        url, form = self._form(self._get(path))
        form.update(csrf_token="x", all="1")
        with mute_logger("odoo.http"):
            self._post(url, form, 400)
        self.assertFalse(request.entry_ids)

    def _hill_request(self):
        order = self._order([(self.item, 1)])
        order.line_ids = [
            Command.clear(),
            Command.create(
                {
                    "name": "Alpaca 7",
                    "distributor_name": "Hill Weavers",
                    "distributor_email": "samples@hill.example.com",
                }
            ),
        ]
        return self._send(order)

    def test_names_of_others(self):
        """Told to a distributor of the system, not to an address somebody typed."""
        self._mill_request((self.item, 1))
        _link, path = self._link(self._mill_request((self.item, 1)))
        page = self._text(self._get(path))
        self.assertIn("Duplicate", page)
        self.assertIn("asked by Sample Center", page)
        self._hill_request()
        _link, path = self._link(self._hill_request())
        page = self._text(self._get(path))
        self.assertIn("Duplicate", page)
        self.assertIn("Asked for on", page)
        self.assertNotIn("asked by Sample Center", page)

    def test_no_bins_by_link(self):
        request = self._mill_request()
        _link, path = self._link(request)
        page = self._get(path)
        self.assertFalse(page.xpath(f"//input[@name='bin_{self.item.id}']"))
        token = self._token(page)
        self._post(
            f"{path}/bins", {"csrf_token": token, f"bin_{self.item.id}": "X"}, 404
        )
        self.assertFalse(self.item.bin_code)

    def test_cancelled(self):
        request = self._mill_request()
        _link, path = self._link(request)
        url, form = self._form(self._get(path))
        self._call(self.clerk, request, "action_cancel")
        page = self._get(path)
        self.assertIn("Please do not ship anything", self._text(page))
        form[f"kind_{request.line_ids.id}"] = "ship"
        self.assertIn("not open any more", self._text(self._post(url, form)))
        self.assertFalse(request.entry_ids)


@tagged("post_install", "-at_install")
class TestDeskTour(DeskHttpCommon):
    def test_link_without_a_login(self):
        request = self._mill_request(
            (self.item, 3), (self.other_item, 1), (self._item("Willow", "Rust"), 2)
        )
        link = self.env["sample.request.link"].create(
            {"request_id": request.id, "email": "mill@example.com"}
        )
        self.env.flush_all()
        self.start_tour(
            f"/samples/request/{link.id}/{link._token()}", "sample_desk_link"
        )
        self.env.invalidate_all()
        self.assertEqual(
            request.line_ids.mapped("state"), ["shipped", "backorder", "refused"]
        )
        self.assertEqual(request.round, 1)
