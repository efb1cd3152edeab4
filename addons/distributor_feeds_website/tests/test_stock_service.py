"""Stock and prices for other shops, by HTTP with a key."""

import json
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .common import ShopCase

ROUTE = "/distributor_feeds/v1/stock"


@tagged("post_install", "-at_install")
class TestStockService(ShopCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls.env["res.partner"].create({"name": "Other Shop"})
        cls.usd = cls.env.ref("base.USD")
        cls.eur = cls.env.ref("base.EUR")
        (cls.usd + cls.eur).active = True
        foreign = (cls.usd + cls.eur) - cls.env.company.currency_id
        cls.foreign = foreign[:1]
        cls.foreign.rate_ids.unlink()
        cls.env["res.currency.rate"].create(
            {
                "currency_id": cls.foreign.id,
                "rate": 2.0,
                "name": "2020-01-01",
                "company_id": cls.env.company.id,
            }
        )
        cls.pricelist = cls.env["product.pricelist"].create(
            {
                "name": "Other Shop",
                "currency_id": cls.foreign.id,
                "item_ids": [
                    Command.create({"compute_price": "percentage", "percent_price": 10})
                ],
            }
        )
        cls.stock_key = cls.env["distributor.stock.key"].create(
            {
                "name": "Other Shop",
                "partner_id": cls.partner.id,
                "website_id": cls.website.id,
                "pricelist_id": cls.pricelist.id,
            }
        )
        cls.key = cls.stock_key.action_make_key()["context"]["default_key"]
        cls.product = cls._product(default_code="A1", barcode="4006381333931")
        cls._stock(cls.product, 4)
        cls._offered(cls.product, 10)

    def _post(self, body, key=None, **headers):
        self.env.flush_all()
        key = self.key if key is None else key
        headers = {"Authorization": f"Bearer {key}", **headers}
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        response = self.url_open(ROUTE, data=data, headers=headers, method="POST")
        self.env.invalidate_all()
        return response

    def _items(self, *codes):
        response = self._post({"codes": list(codes)})
        self.assertEqual(response.status_code, 200, response.text)
        return response.json()["items"]

    def test_stock_date_and_price(self):
        (item,) = self._items("A1")
        age = item.pop("age_hours")
        self.assertAlmostEqual(age, 1, delta=0.1)
        self.assertEqual(
            item,
            {
                "code": "A1",
                "state": "in_stock",
                "stock": 14,
                "own_stock": 4,
                "more": False,
                "date": fields.Date.to_string(self.today),
                "live": False,
                "price": 18.0,
                "currency": self.foreign.name,
            },
        )

    def test_price_of_the_customer(self):
        self.stock_key.pricelist_id = False
        own = self.env["product.pricelist"].create(
            {
                "name": "Own",
                "currency_id": self.env.company.currency_id.id,
                "item_ids": [
                    Command.create({"compute_price": "fixed", "fixed_price": 7})
                ],
            }
        )
        self.partner.property_product_pricelist = own
        (item,) = self._items("A1")
        self.assertEqual(
            (item["price"], item["currency"]), (7.0, self.env.company.currency_id.name)
        )

    def test_each_code_has_its_answer(self):
        for _turn in range(2):
            self._product(default_code="TWIN")
        hidden = self._product(default_code="HIDDEN", is_published=False)
        self.assertFalse(hidden.is_published)
        self._product(default_code="SERVICE", is_storable=False, type="service")
        answers = self._items(
            "A1", "4006381333931", "A1", "nobody", "TWIN", "HIDDEN", "SERVICE", "🚚"
        )
        self.assertEqual(
            [answer.get("error") for answer in answers],
            [
                None,
                None,
                "duplicate",
                "unknown",
                "ambiguous",
                "unknown",
                None,
                "unknown",
            ],
        )
        self.assertEqual(answers[6]["state"], "not_counted")

    def test_other_websites_and_companies_goods(self):
        other = self.env["website"].create({"name": "Other"})
        self._product(default_code="ELSEWHERE", website_id=other.id)
        company = self.env["res.company"].create({"name": "Other"})
        self._product(default_code="FOREIGN", company_id=company.id)
        self.assertEqual(
            [answer.get("error") for answer in self._items("ELSEWHERE", "FOREIGN")],
            ["unknown", "unknown"],
        )

    def test_bad_questions(self):
        for body, message in (
            (b"", "no JSON"),
            (b"{", "no JSON"),
            (b"\xff\xfe\x00", "no JSON"),
            (b"[" * 100_000, "no JSON"),
            ([], "Send {"),
            ({"codes": "A1"}, "Send {"),
            ({"codes": []}, "1 to 500"),
            ({"codes": ["A1"] * 501}, "not 501"),
            ({"codes": ["A1", 7]}, "Code 2 is not a text"),
            ({"codes": [None]}, "Code 1 is not a text"),
            ({"codes": [" "]}, "Code 1 is not a text"),
            ({"codes": ["x" * 10_000]}, "longer than 64"),
            ({"codes": ["A1\0"]}, "cannot be printed"),
        ):
            with self.subTest(body=str(body)[:40]):
                response = self._post(body)
                self.assertEqual(response.status_code, 400, response.text)
                self.assertIn(message, response.json()["error"])
        response = self._post({"codes": ["x" * 1000] * 300})
        self.assertEqual(response.status_code, 413)

    def test_keys(self):
        self.assertEqual(len(self.stock_key.prefix), 8)
        self.assertNotIn(self.key, str(self.stock_key.read()))
        for key in ("", "nonsense", self.key[:-1] + "!", self.key[:8], "ключ"):
            with self.subTest(key=key):
                response = self._post(
                    {"codes": ["A1"]}, key=key.encode().decode("latin-1")
                )
                self.assertEqual(response.status_code, 401)
        self.assertEqual(self.url_open(ROUTE, json={"codes": ["A1"]}).status_code, 401)
        self.assertFalse(self.stock_key.last_used)
        self._items("A1")
        self.assertTrue(self.stock_key.last_used)
        today = fields.Date.today()
        for change, status in (
            ({"expires_on": today}, 200),
            ({"expires_on": today - timedelta(days=1)}, 401),
            ({"expires_on": False}, 200),
            ({"active": False}, 401),
            ({"active": True}, 200),
        ):
            self.stock_key.write(change)
            response = self._post({"codes": ["A1"]})
            self.assertEqual(response.status_code, status, change)
        old, new = self.key, self.stock_key.action_make_key()["context"]["default_key"]
        self.assertEqual(self._post({"codes": ["A1"]}, key=old).status_code, 401)
        self.assertEqual(self._post({"codes": ["A1"]}, key=new).status_code, 200)

    def test_a_key_opens_nothing_else(self):
        headers = {"Authorization": f"Bearer {self.key}"}
        response = self.url_open(
            "/json/2/res.partner/search", json={"domain": []}, headers=headers
        )
        self.assertEqual(response.status_code, 401)

    def test_roles_and_companies(self):
        user = new_test_user(
            self.env, "key_user", groups="distributor_feeds.group_feed_user"
        )
        manager = new_test_user(
            self.env, "key_manager", groups="distributor_feeds.group_feed_manager"
        )
        stranger = new_test_user(self.env, "key_stranger", groups="base.group_user")
        self.assertEqual(self.stock_key.with_user(user).name, "Other Shop")
        for person in (user, manager):
            with self.assertRaises(AccessError):
                self.stock_key.with_user(person).read(["digest"])
        with self.assertRaises(AccessError):
            self.stock_key.with_user(user).action_make_key()
        for person in (stranger, self.customer):
            with self.assertRaises(AccessError):
                self.stock_key.with_user(person).read(["name"])
        action = self.stock_key.with_user(manager).action_make_key()
        shown = self.env[action["res_model"]].with_user(manager)
        form = Form(shown.with_context(**action["context"]))
        self.assertEqual(form.key, action["context"]["default_key"])
        with self.assertRaises(AccessError):
            self.env[action["res_model"]].with_user(user).check_access("create")
        company = self.env["res.company"].create({"name": "Other"})
        manager.write(
            {"company_ids": [Command.set(company.ids)], "company_id": company.id}
        )
        with self.assertRaises(AccessError):
            self.stock_key.with_user(manager).read(["name"])

    def test_queries_do_not_grow(self):
        products = self.env["product.product"].create(
            [
                {
                    "name": f"P{number}",
                    "default_code": f"P{number}",
                    "type": "consu",
                    "is_storable": True,
                    "is_published": True,
                }
                for number in range(100)
            ]
        )
        for product in products:
            self._offered(product, 5)

        def count(codes):
            self._items(*codes)
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self._items(*codes)
            return self.env.cr.sql_log_count - before

        codes = products.mapped("default_code")
        self.assertLessEqual(count(codes), count(codes[:3]) + 1)
