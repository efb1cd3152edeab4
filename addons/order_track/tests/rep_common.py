"""What tests of the sales rep's pages build on: two reps and their customers."""

import re

from odoo import Command, fields
from odoo.tests import HttpCase, new_test_user

from .common import TrackCommon

UPS = "1Z12345E0205271688"


class RepMixin(TrackCommon):
    """``harbor`` is Ada's customer, ``cove`` her agency's, ``bloom`` is Ben's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        role = cls.env.ref("trade_network.role_sales_rep")
        cls.harbor = cls.customer
        cls.harbor.write({"city": "Berlin", "phone": "+49 (30) 1234-567", "ref": "H77"})
        cls.bloom, cls.cove, cls.agency = cls.env["res.partner"].create(
            [
                {"name": "Bloom Rooms", "is_company": True, "email": "bloom@b.example"},
                {"name": "Cove Hotel", "is_company": True, "city": "Kiel"},
                {"name": "Road Agency", "is_company": True},
            ]
        )
        cls.desk = cls.env["res.partner"].create(
            {"name": "Dora Desk", "parent_id": cls.harbor.id, "phone": "0151 99"}
        )
        cls.agency.trade_role_ids = role
        cls.ada = cls._rep("track_ada", parent_id=cls.agency.id)
        cls.ben = cls._rep("track_ben")
        cls.harbor.track_rep_ids = cls.ada.partner_id
        cls.bloom.track_rep_ids = cls.ben.partner_id
        cls.cove.track_rep_ids = cls.agency
        cls.harbor_user = new_test_user(cls.env, "track_harbor", "base.group_portal")
        cls.harbor_user.partner_id.parent_id = cls.harbor

    @classmethod
    def _rep(cls, login, **values):
        user = new_test_user(cls.env, login, "base.group_portal", tz="Europe/Berlin")
        user.partner_id.write(
            {
                **values,
                "trade_role_ids": [
                    Command.link(cls.env.ref("trade_network.role_sales_rep").id)
                ],
            }
        )
        return user

    @classmethod
    def _order_of(cls, partner, qty=1, **values):
        return cls._order([(cls.lamp, qty)], partner_id=partner.id, **values)

    def _late_order(self, partner, **values):
        """An order whose goods were promised for a day that has gone."""
        order = self._order_of(partner, **values)
        order.order_line.move_ids.date_deadline = "2024-03-01 12:00:00"
        return order

    def _arrived_order(self, partner, at=None):
        """An order whose parcel was delivered, now if nothing else is said."""
        order = self._order_of(partner)
        self._deliver(order, ref=UPS)
        self.env["stock.parcel.event"].create(
            {
                "parcel_id": order.parcel_ids.id,
                "kind": "delivered",
                "at": at or fields.Datetime.now(),
            }
        )
        return order

    @classmethod
    def _follow_up(cls, rep, partner=None, **values):
        return cls.env["track.follow.up"].create(
            {
                "rep_id": rep.partner_id.id,
                "due_on": "2024-03-01",
                "note": "Call about fabric",
                **({"partner_id": partner.id} if partner else {}),
                **values,
            }
        )


class RepHttpCase(RepMixin, HttpCase):
    def _page(self, url, status=200):
        self.env.flush_all()
        response = self.url_open(url)
        self.assertEqual(response.status_code, status, url)
        self.env.invalidate_all()
        return response.text

    def _post(self, url, status=200, **form):
        """Send a form as a page does."""
        token = re.search(r'csrf_token: "([^"]+)"', self._page("/my"))
        self.env.flush_all()
        response = self.url_open(url, data={"csrf_token": token.group(1), **form})
        self.assertEqual(response.status_code, status, url)
        self.env.invalidate_all()
        return response.text

    def _log_in(self, user):
        self.authenticate(user.login, user.login)

    def _listed(self, page, kind="order"):
        """Ids of the records that a list shows, in its order."""
        found = re.findall(rf'href="/my/rep/{kind}s/(\d+)"', page)
        return list(dict.fromkeys(map(int, found)))
