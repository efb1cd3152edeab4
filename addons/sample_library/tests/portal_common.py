"""What tests of the portal pages build on: users who ask, and what their forms send."""

import re

from odoo import Command
from odoo.tests import HttpCase

from .request_common import RequestCommon

ORDER = "/my/samples/order"
DETAILS = "/my/samples/order/details"
REQUESTS = "/my/samples/requests"
TABLES = (
    "sample.order",
    "sample.request",
    "sample.request.line",
    "sample.request.notice",
    "res.partner",
    "mail.message",
    "mail.mail",
)


class PortalCommon(RequestCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["trade.relation"].create(
            [
                {
                    "distributor_id": distributor.id,
                    "partner_id": partner.id,
                    "role_id": cls.roles[role].id,
                    "date_from": "2020-01-01",
                }
                for distributor, partner, role in (
                    (cls.mill, cls.rep, "sales_rep"),
                    (cls.loom, cls.rep, "sales_rep"),
                    (cls.mill, cls.center, "showroom"),
                    (cls.loom, cls.atelier, "showroom"),
                    (cls.mill, cls.studio, "designer"),
                    (cls.mill, cls.other_designer, "designer"),
                )
            ]
        )
        cls.rep_user = cls._portal("rep", cls.rep)
        cls.center_user = cls._portal("center", cls.center)
        cls.atelier_user = cls._portal("atelier", cls.atelier)
        cls.designer_user = cls._portal("designer", cls.designer)
        cls.designer_user._sync_trade_groups()
        cls.mill_user = cls._portal("mill", cls.mill)
        cls.stranger = cls._portal("stranger", cls._partner("Sample Stranger"))
        cls.hidden = cls.env["res.partner"].create(
            {
                "name": "Hidden Harriet",
                "email": "harriet@example.com",
                "street": "1 Secret Road",
                "trade_role_ids": [Command.link(cls.roles["designer"].id)],
            }
        )
        cls.other_designer.street = "9 Loft Street"

    @classmethod
    def _partner(cls, name, **vals):
        return cls.env["res.partner"].create({"name": name, **vals})

    def _log_in(self, user):
        self.user = user
        self.authenticate(user.login, user.login)

    def _page(self, url=ORDER, status=200):
        self.env.flush_all()
        response = self.url_open(url)
        self.assertEqual(response.status_code, status, url)
        self.env.invalidate_all()
        return response.text

    def _draft(self, user=None):
        self.env.invalidate_all()
        return self.env["sample.order"].search(
            [
                ("user_id", "=", (user or self.user).id),
                ("state", "=", "draft"),
                ("source", "=", "portal"),
            ]
        )

    def _token(self):
        return re.search(r'name="csrf_token" value="([^"]+)"', self._page(ORDER)).group(
            1
        )

    def _post(self, url, status=200, draft=None, **form):
        """Send a form as the page does, for the present draft; return the next page."""
        draft = self._draft() if draft is None else draft
        values = {
            "csrf_token": self._token(),
            "order_id": draft.id or "",
            **form,
        }
        self.env.flush_all()
        response = self.url_open(url, data=values)
        self.assertEqual(response.status_code, status, url)
        self.env.invalidate_all()
        return response.text

    def _told(self, page):
        """The sentence above the page."""
        found = re.search(
            r'id="sample_told".*?<span[^>]*>(.*?)</span>', page, re.DOTALL
        )
        return found and found.group(1)

    def _add(self, item, quantity=1, **form):
        return self._post(f"{ORDER}/add", item_id=item.id, quantity=quantity, **form)

    def _details(self, do="save", **form):
        return self._post(DETAILS, do=do, **{"ship_to": "person", **form})

    def _counts(self):
        self.env.flush_all()
        self.env.invalidate_all()
        found = {}
        for name in TABLES:
            rows = self.env[name].with_context(active_test=False).search([])
            found[name] = [(row.id, row.write_date) for row in rows] if rows else []
        return found
