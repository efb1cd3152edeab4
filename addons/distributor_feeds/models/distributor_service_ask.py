import json
import logging

import psycopg2

from odoo import api, models
from odoo.sql_db import PoolError
from odoo.tools import SQL

from .. import live

_logger = logging.getLogger(__name__)

#: Seconds that somebody who looks at a page may wait for distributors.
DEADLINE = 1.5
MOST_ITEMS = 500


class DistributorService(models.Model):
    _inherit = "distributor.service"

    @api.model
    def _ask_services(self, products, *, company=None, deadline=DEADLINE):
        """Ask all services about products, at once, and remember the answers.

        `product.product._promises` uses what is remembered. Nothing is written in this
        transaction. Call it before anything is: whoever waits must not hold a row. What
        a service does never raises. One that fails again and again is left alone, and
        one that was asked a moment ago is not asked again.

        :param products: ``product.product``; those that no distributor offers are left
            out
        :param company: whose accounts; else the current one
        :param float deadline: seconds, for all services together
        :return: ``live.Answer`` by id of the service
        """
        company = company or self.env.company
        services = self._asked(company)
        if not services or not products:
            return {}
        products = products.sudo()
        rows = self.env["distributor.offer"]._rows_of(products, company)
        secrets = services._secrets()
        questions = []
        for service in services:
            items = service._items(products, rows)
            if items:
                questions.append((service._live_service(secrets), items[:MOST_ITEMS]))
        memory = live.memory_of(self.env.cr.dbname)
        memory.breakers.learn({one.id: one.breaker for one in services if one.breaker})
        for service in services:
            memory.caches.keep_for(service.id, service.cache_seconds)
        before = {service: memory.breakers.state(service.id) for service in services}
        answers = live.ask(
            questions,
            deadline,
            breakers=memory.breakers,
            cache=memory.caches,
            policy=self._policy(),
        )
        services._share_breakers(memory.breakers, before)
        return answers

    @api.model
    def _remembered(self, products, rows, company):
        """What services said about products a moment ago; nobody is asked.

        :param rows: `OfferRow` of the products
        :return: list of ``(product id, account id, live.Stock)``
        """
        caches = live.memory_of(self.env.cr.dbname).caches
        if not rows or not caches.has_any():
            return []
        return [
            (item.ref[0], service.account_id.id, stock)
            for service in self._asked(company)
            if caches.knows(service.id)
            for item in service._items(products, rows)
            for stock in caches.get(service.id, item) or ()
        ]

    @api.model
    def _asked(self, company):
        """The services that are asked for a company."""
        return self.sudo().search(
            [
                ("company_id", "in", (False, company.id)),
                ("account_id.active", "=", True),
            ]
        )

    def _policy(self):
        """Which addresses may be reached, as for feeds."""
        return self.env["distributor.feed"]._policy()

    def _live_service(self, secrets):
        """This service as `live.ask` takes it.

        :param dict secrets: by id
        """
        self.ensure_one()
        return live.Service(
            key=self.id,
            name=self.name,
            adapter=self.adapter,
            url=self.url,
            method=self.method,
            options=json.loads(self.options),
            secret=secrets.get(self.id, ""),
            timeout=self.timeout,
        )

    def _items(self, products, rows):
        """What the service is asked about: one item per code of its distributor.

        One piece is asked about whatever is wanted: so an answer serves every page.

        :param rows: `OfferRow` of the products
        :return: list of ``live.Item`` with ``ref`` (product id, code)
        """
        self.ensure_one()
        by_id = {product.id: product for product in products}
        refs = dict.fromkeys(
            (row.product_id, row.code)
            for row in rows
            if row.account_id == self.account_id.id and row.product_id in by_id
        )
        return [
            live.Item(
                code=code,
                mpn=by_id[product_id].mpn or "",
                gtin=by_id[product_id].barcode or "",
                ref=(product_id, code),
            )
            for product_id, code in refs
        ]

    def _share_breakers(self, breakers, before):
        """Tell other processes which services are left alone from now on, or no longer.

        Written only when a state changes, in a transaction of its own, and not at all
        when somebody else holds the row: to know it later costs one slow question.

        :param dict before: states by service
        """
        changed = [
            service.id
            for service in self
            if breakers.state(service.id) != before[service]
        ]
        if not changed:
            return
        state = breakers.dump()
        try:
            with self.env.registry.cursor() as cr:
                for service_id in changed:
                    entry = state.get(str(service_id))
                    cr.execute(
                        SQL(
                            """
                            UPDATE distributor_service SET breaker = %s
                             WHERE id = (SELECT id FROM distributor_service
                                          WHERE id = %s FOR NO KEY UPDATE SKIP LOCKED)
                            """,
                            json.dumps(entry) if entry else None,
                            service_id,
                        )
                    )
        except (psycopg2.OperationalError, PoolError) as problem:
            # Not worth failing a customer's page.
            _logger.warning("State of services was not shared: %s", problem)
