"""Offers without files, and services on this machine."""

from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import Command, fields

from .. import live
from ..models.distributor_feed_health import DistributorFeed
from .common import FeedCase
from .live_servers import POLICY, http_service

OPTIONS = """{
    "batch": 100, "query": {"sku": "{codes}"}, "auth": "bearer", "rows": "items",
    "fields": {"code": "sku", "quantity": "qty", "price": "price", "currency": "cur"}
}"""


class PromiseMixin:
    """Helpers for a class that has ``env``, ``account`` and ``feed``."""

    @classmethod
    def _product(cls, name="Cable", **values):
        return cls.env["product.product"].create(
            {"name": name, "type": "consu", "is_storable": True, **values}
        )

    @classmethod
    def _stock(cls, product, quantity, warehouse=None):
        warehouse = warehouse or cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )
        cls.env["stock.quant"]._update_available_quantity(
            product, warehouse.lot_stock_id, quantity
        )

    @classmethod
    def _offered(cls, product, quantity, account=None, **values):
        """An offer, as a feed would leave it."""
        account = account or cls.account
        return cls.env["distributor.offer"].create(
            {
                "account_id": account.id,
                "distributor_id": account.distributor_id.id,
                "company_id": account.company_id.id,
                "code": product.default_code or f"C{product.id}",
                "warehouse": "",
                "product_id": product.id,
                "quantity": quantity,
                "stock_feed_id": cls.feed.id,
                **values,
            }
        )

    @classmethod
    def _open_days(cls, days=range(7), zone="UTC"):
        """Set when the company works: every day makes dates easy to tell."""
        calendar = cls.env["resource.calendar"].create({"name": "Office", "tz": zone})
        calendar.attendance_ids = [Command.clear()] + [
            Command.create(
                {
                    "name": str(day),
                    "dayofweek": str(day),
                    "hour_from": 8,
                    "hour_to": 16,
                    "day_period": "full_day",
                }
            )
            for day in days
        ]
        cls.env.company.resource_calendar_id = calendar
        return calendar

    @classmethod
    def _service(cls, url, account=None, **values):
        service = cls.env["distributor.service"].create(
            {
                "name": "Stock now",
                "account_id": (account or cls.account).id,
                "url": url,
                "options": OPTIONS,
                "secret": "s3cr3t-t0ken",
                **values,
            }
        )
        cls.addClassCleanup(live.memory_of(cls.env.cr.dbname).caches.forget, service.id)
        cls.addClassCleanup(
            live.memory_of(cls.env.cr.dbname).breakers.record, service.id, True
        )
        return service

    def _server(self, answer):
        """A service on this machine, for the time of a test; returns its server."""
        return self.enterContext(http_service(answer))

    @classmethod
    def _allow_this_machine(cls):
        cls.enterClassContext(
            patch.object(DistributorFeed, "_policy", lambda self: POLICY)
        )


class PromiseCase(PromiseMixin, FeedCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._allow_this_machine()
        cls._open_days()
        cls.account.write({"lead_days": 3, "stale_hours": 48, "safety_qty": 0})
        cls.feed.data_at = fields.Datetime.now() - timedelta(hours=1)
        cls.today = datetime.now().date()
