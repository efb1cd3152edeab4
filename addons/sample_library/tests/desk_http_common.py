"""Reads the pages of the sample department as a browser does."""

from lxml import html

from odoo.tests import HttpCase

from .request_common import RequestCommon


class DeskHttpCommon(RequestCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mill_user = cls._portal("mill", cls.mill)
        cls.loom_user = cls._portal("loom", cls.loom)
        cls.center_user = cls._portal("center", cls.center)

    def _mill_request(self, *lines, **vals):
        requests = self._send(self._order(list(lines) or None, **vals))
        return requests.filtered(lambda one: one.distributor_id == self.mill)

    def _log_in(self, user):
        self.authenticate(user.login, user.login)

    def _get(self, url, status=200):
        self.env.flush_all()
        response = self.url_open(url, allow_redirects=False)
        self.assertEqual(response.status_code, status, response.text[:300])
        return html.fromstring(response.text) if response.text else None

    def _form(self, page, form_id="desk_answer"):
        """The fields of a form, as they stand in the page."""
        (form,) = page.xpath(f"//form[@id='{form_id}']")
        return form.action, dict(form.form_values())

    def _post(self, url, fields, status=200):
        """Send a form; return the page that comes, or where it leads."""
        self.env.flush_all()
        response = self.url_open(url, data=fields, allow_redirects=False)
        self.env.invalidate_all()
        self.assertEqual(response.status_code, status, response.text[:300])
        if status == 303:
            return response.headers["Location"]
        return html.fromstring(response.text)

    def _token(self, page):
        return page.xpath("//input[@name='csrf_token']/@value")[0]

    def _text(self, page):
        return " ".join(page.text_content().split())

    def _open(self, request):
        page = self._get(f"/my/samples/desk/{request.id}")
        return *self._form(page), page
