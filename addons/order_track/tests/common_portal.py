import io
import re

import openpyxl

from odoo import Command
from odoo.tests import HttpCase, new_test_user

from .common import TrackCommon


class PortalCommon(TrackCommon, HttpCase):
    """Customers who look at their orders in the portal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = cls._portal_user("track_buyer", cls.customer)
        cls.colleague = cls._portal_user("track_colleague", cls.customer)
        cls.other = cls.env["res.partner"].create(
            {"name": "Lakeside Retail", "is_company": True}
        )
        cls.stranger = cls._portal_user("track_stranger", cls.other)
        cls.warehouse_berlin = cls.env["res.partner"].create(
            {
                "name": "Harbor Depot",
                "type": "delivery",
                "parent_id": cls.customer.id,
                "street": "9 Dock",
                "city": "Rostock",
                "zip": "18055",
                "country_id": cls.env.ref("base.de").id,
            }
        )

        cls.service = cls.env["product.product"].create(
            {"name": "Track Advice", "type": "service", "list_price": 50}
        )

    @classmethod
    def _portal_user(cls, login, company):
        user = new_test_user(cls.env, login, "base.group_portal")
        user.partner_id.parent_id = company
        return user

    @classmethod
    def _quick_order(cls, number=None, **values):
        """A confirmed order of one service: fast to make, nothing to deliver."""
        order = cls._order([(cls.service, 1)], confirm=False, **values)
        order.write({"state": "sale", **({"name": number} if number else {})})
        return order

    def _login(self, user):
        self.authenticate(user.login, user.login)

    def _page(self, url="/my/orders"):
        self.env.flush_all()
        self.env.invalidate_all()
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200, url)
        return response.text

    def _main(self, url="/my/orders"):
        """The part of a page below its search."""
        page = self._page(url)
        return page[page.index("o_track_search") :]

    def _listed(self, url, orders):
        """Which of some orders a page has links to."""
        page = self._main(url)
        return orders.filtered(lambda one: re.search(rf"/my/orders/{one.id}\b", page))

    def _queries(self, url):
        """How many queries a page takes when all is warm."""
        self._page(url)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200)
        return self.cr.sql_log_count - before

    def _sheet(self, url):
        """The rows of a worksheet, with formulas where a cell has one."""
        self.env.flush_all()
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200)
        self.assertIn("spreadsheetml", response.headers["Content-Type"])
        sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
        return [list(row) for row in sheet.iter_rows()]

    @classmethod
    def _line(cls, product, quantity, **values):
        return Command.create(
            {"product_id": product.id, "product_uom_qty": quantity, **values}
        )
