"""Twenty thousand offers: pages and re-matching read by index, updates stay on their
page."""

from odoo.tests import tagged
from odoo.tools import SQL

from .. import loader
from ..loader.rematching import _by_index, _concerned
from .common_match import MatchCase

COUNT = 20_000


@tagged("post_install", "-at_install")
class TestMatchPlans(MatchCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["distributor.account"].create(
            {"distributor_id": cls.distributor.id}
        )
        cls.env.flush_all()
        cls.env.cr.execute(
            """
            INSERT INTO distributor_offer
                   (account_id, distributor_id, company_id, code, warehouse, name,
                    manufacturer, mpn, gtin, quantity, price, matched_by)
            SELECT %(account)s, %(distributor)s, %(company)s, 'C' || n, '', 'Thing ' ||
            n,
                   'Acme', 'KB-' || n, lpad(n::text, 13, '0'), 5, 10,
                   CASE WHEN n %% 1000 = 0 THEN 'ambiguous' END
              FROM generate_series(1, %(count)s) n
            """,
            {
                "account": cls.other.id,
                "distributor": cls.distributor.id,
                "company": cls.env.company.id,
                "count": COUNT,
            },
        )
        cls.env.cr.execute("ANALYZE distributor_offer")

    def _plan(self, query):
        self.env.cr.execute(SQL("EXPLAIN %s", query))
        return "\n".join(line for (line,) in self.env.cr.fetchall())

    def test_first_pages_are_not_sorted(self):
        user = self._feed_user()
        offers = self.env["distributor.offer"].with_user(user)
        for domain in (
            [],
            [("product_id", "=", False)],
            [("account_id", "=", self.other.id), ("product_id", "=", False)],
            [("is_stale", "=", True)],
        ):
            plan = self._plan(
                offers._search(domain, limit=80, order=offers._order).select()
            )
            self.assertNotRegex(
                plan, r"Sort Key|Seq Scan on distributor_offer\b", domain
            )

    def test_the_ambiguous_have_an_index_of_their_own(self):
        offers = self.env["distributor.offer"]
        query = offers._search([("matched_by", "=", "ambiguous")], limit=80)
        self.assertIn("distributor_offer_ambiguous", self._plan(query.select()))

    def test_a_product_is_looked_up_by_index(self):
        product = self._product(
            manufacturer="Acme", mpn="KB-77", barcode="4006381333948"
        )
        self.env.flush_all()
        noted = self.env["distributor.match.queue"].search(
            [("product_id", "=", product.id)]
        )
        with _by_index(self.env.cr):
            plan = self._plan(_concerned(noted.ids, "id, account_id"))
        self.assertNotIn("Seq Scan on distributor_offer", plan)
        for index in ("part", "gtin", "product", "key"):
            self.assertIn(f"distributor_offer_{index}", plan)
        self.assertEqual(
            loader.accounts_concerned(self.env.cr, noted.ids), self.other.ids
        )
        self.assertEqual(loader.rematch(self.env.cr, self.other.id, noted.ids), 1)
        self.env.invalidate_all()
        self.assertEqual(product.offer_ids.code, "C77")
        self.assertEqual(loader.rematch(self.env.cr, self.other.id, noted.ids), 0)

    def _updated(self):
        self.env.cr.execute(
            """
            SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_xact_user_tables
             WHERE relname = 'distributor_offer'
            """
        )
        return self.env.cr.fetchone()

    def test_new_stock_and_prices_stay_on_their_page(self):
        """The indexes of offers without a product hold nothing that a file changes."""
        lines = [f"S{n};{{}};10.00;Thing {n};Acme;S-{n};;" for n in range(300)]
        self._load(*(line.format(5) for line in lines))
        before = self._updated()
        # A page has room for the new versions of half its offers.
        self._load(*(line.format(5 + (n % 3 == 0)) for n, line in enumerate(lines)))
        after = self._updated()
        self.assertEqual(after[0] - before[0], 100)
        self.assertGreaterEqual(after[1] - before[1], 95)

    def test_a_page_costs_the_same_whatever_is_on_it(self):
        offers = self.env["distributor.offer"].search(
            [("account_id", "=", self.other.id)], limit=80
        )
        names = [
            "stock_text",
            "company_price",
            "is_stale",
            "data_at",
            "fitting_product_ids",
        ]
        counts = []
        for portion in (offers[:5], offers):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            portion.read(names)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_matching_many_by_hand_costs_the_same(self):
        product = self._product()
        counts = []
        for portion in (range(2), range(100, 110), range(1000, 1200)):
            offers = self.env["distributor.offer"].search(
                [
                    ("account_id", "=", self.other.id),
                    ("code", "in", [f"C{n + 1}" for n in portion]),
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            offers.action_match(product.id)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(offers.product_id, product)
        self.assertLessEqual(counts[2] - counts[1], 10)
