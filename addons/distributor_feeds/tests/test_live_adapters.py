"""What the JSON and XML adapters send, and how they read what comes back."""

import json
from datetime import date

from lxml import etree

from odoo.tests import BaseCase, tagged

from odoo.addons.distributor_feeds.live import Item, Service, Trouble
from odoo.addons.distributor_feeds.live.adapters import find
from odoo.addons.distributor_feeds.live.exchange import Response

ITEMS = [
    Item(code="A&1", mpn="M<1>", gtin="4006381333931", quantity=2, ref="a"),
    Item(code="B 2", mpn="M2", gtin="5901234123457", quantity=1.5, ref="b"),
]

SOAP = (
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
    '<Ask xmlns="urn:x" key="{secret}">{lines}</Ask></s:Body></s:Envelope>'
)

SOAP_ANSWER = b"""<?xml version="1.0" encoding="utf-8"?>
<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:x">
 <e:Body><Told><!-- two -->
  <Article sku="a&amp;1"><Price cur="EUR">12.50</Price>
   <Depot><Name>North</Name><Pieces>7</Pieces></Depot>
   <Depot><Name>South</Name><Pieces>50+</Pieces></Depot></Article>
  <Article sku="B 2"><Price cur="EUR">1</Price>
   <Depot><Name>North</Name><Pieces>none</Pieces></Depot></Article>
 </Told></e:Body>
</e:Envelope>"""


def adapter(name, options, **changes):
    values = {
        "key": 1,
        "name": "Alto",
        "adapter": name,
        "url": "https://api.example.com/stock?lang=en",
        "secret": "user:p<w>",
        "options": options,
    }
    return find(Service(**{**values, **changes}))


def read(one, body, items=None):
    request = one.build(items or ITEMS)[0]
    return one.interpret(request, Response(200, "", body))


@tagged("post_install", "-at_install")
class TestLiveJson(BaseCase):
    def test_many_in_one_request(self):
        options = {
            "batch": 50,
            "body": {"customer": 5, "lines": "{lines}", "key": "{secret}"},
            "line": {"sku": "{code}", "count": "{quantity}"},
            "headers": {"X-Client": "shop"},
            "auth": "X-Api-Key",
            "fields": {"code": "sku", "quantity": "qty"},
        }
        (request,) = adapter("json", options, method="POST").build(ITEMS)
        self.assertEqual(
            json.loads(request.body),
            {
                "customer": 5,
                "key": "user:p<w>",
                "lines": [{"sku": "A&1", "count": 2}, {"sku": "B 2", "count": 1.5}],
            },
        )
        self.assertEqual(request.method, "POST")
        self.assertEqual(request.headers["X-Api-Key"], "user:p<w>")
        self.assertEqual(request.headers["X-Client"], "shop")
        self.assertEqual(
            request.headers["Content-Type"], "application/json; charset=utf-8"
        )

    def test_one_by_one_where_answers_name_no_code(self):
        options = {
            "batch": 50,
            "query": {"ean": "{gtin}", "n": "{quantity}"},
            "auth": "basic",
            "fields": {"quantity": "qty"},
        }
        one = adapter("json", options)
        first, second = one.build(ITEMS)
        self.assertEqual(
            second.url,
            "https://api.example.com/stock?lang=en&ean=5901234123457&n=1.5",
        )
        self.assertEqual(first.headers["Authorization"], "Basic dXNlcjpwPHc+")
        self.assertNotIn("Basic", repr(first))
        found = one.interpret(second, Response(200, "", b'{"qty": 3}'))
        self.assertEqual({ref: s[0].quantity for ref, s in found.items()}, {"b": 3})

    def test_all_fields(self):
        options = {
            "batch": 9,
            "match": "gtin",
            "rows": "data.articles",
            "words": {"in stock": "1+"},
            "date_format": "%d.%m.%Y",
            "fields": {
                "code": "ean",
                "quantity": "stock.now",
                "price": "price.net",
                "currency": "price.currency",
                "incoming_qty": "stock.next.qty",
                "incoming_date": "stock.next.day",
                "min_qty": "min",
                "pack_qty": "pack",
                "warehouse": "depot",
            },
        }
        answer = {
            "data": {
                "articles": [
                    {
                        "ean": " 4006381333931 ",
                        "stock": {
                            "now": "50+",
                            "next": {"qty": 20, "day": "05.03.2031"},
                        },
                        "price": {"net": 10.10, "currency": "EUR"},
                        "min": 5,
                        "pack": "2.5",
                        "depot": "No\x00rth",
                    },
                    {"ean": 5901234123457, "stock": {"now": "In stock"}},
                ]
            }
        }
        found = read(adapter("json", options), json.dumps(answer).encode())
        (one,), (two,) = found["a"], found["b"]
        self.assertEqual((one.quantity, one.quantity_more), (50, True))
        self.assertEqual((one.price, one.currency), ("10.1", "EUR"))
        self.assertEqual((one.incoming_qty, one.incoming_date), (20, date(2031, 3, 5)))
        self.assertEqual((one.min_qty, one.pack_qty, one.warehouse), (5, 2.5, "North"))
        self.assertIsNotNone(one.at.tzinfo)
        self.assertEqual((two.quantity, two.quantity_more, two.price), (1, True, None))

    def test_rows_below_the_code(self):
        options = {
            "batch": 9,
            "rows": "*.depots",
            "fields": {"code": "^.sku", "quantity": "n", "warehouse": "name"},
        }
        answer = {
            "x": {
                "sku": "A&1",
                "depots": [{"n": 1, "name": "N"}, {"n": 2, "name": "S"}],
            },
            "y": {"sku": "B 2", "depots": []},
        }
        found = read(adapter("json", options), json.dumps(answer).encode())
        self.assertEqual(
            [(s.warehouse, s.quantity) for s in found["a"]], [("N", 1), ("S", 2)]
        )
        self.assertEqual(list(found), ["a"])

    def test_empty_is_not_the_same_as_missing(self):
        one = adapter(
            "json", {"rows": "data", "fields": {"code": "sku", "quantity": "q"}}
        )
        self.assertEqual(read(one, b'{"data": []}'), {})
        with self.assertRaises(Trouble):
            read(one, b'{"fault": "over quota"}')

    def test_same_item_twice(self):
        twins = [Item(code="A", ref=1), Item(code="a", ref=2)]
        one = adapter("json", {"batch": 5, "fields": {"code": "sku", "quantity": "q"}})
        self.assertEqual(set(read(one, b'[{"sku": "A", "q": 1}]', twins)), {1, 2})

    def test_settings_that_cannot_be(self):
        with self.assertRaises(Trouble):
            find(Service(1, "x", "smoke signals", ""))
        one = adapter(
            "json",
            {"match": "secret", "fields": {"code": "c"}, "query": {"c": "{codes}"}},
        )
        with self.assertRaises(Trouble):
            one.build(ITEMS)
        self.assertEqual(adapter("json", {"parallel": 10**6}).parallel, 16)


@tagged("post_install", "-at_install")
class TestLiveXml(BaseCase):
    options = {
        "batch": 9,
        "body": SOAP,
        "line": "<Item sku='{code}'><Mpn>{mpn}</Mpn><N>{quantity}</N></Item>",
        "headers": {"SOAPAction": '"urn:x#ask"'},
        "rows": "Body.Told.Article.Depot",
        "fields": {
            "code": "^@sku",
            "quantity": "Pieces",
            "price": "^.Price",
            "currency": "^.Price@cur",
            "warehouse": "Name",
        },
    }

    def test_request(self):
        items = [*ITEMS, Item(code="{secret}\0'\"", mpn="{lines}", ref="c")]
        (request,) = adapter("xml", self.options, method="POST").build(items)
        ask = etree.fromstring(request.body)[0][0]
        self.assertEqual(ask.get("key"), "user:p<w>")
        self.assertEqual(
            [item.get("sku") for item in ask], ["A&1", "B 2", "{secret}'\""]
        )
        self.assertEqual([item[0].text for item in ask], ["M<1>", "M2", "{lines}"])
        self.assertEqual([item[1].text for item in ask], ["2", "1.5", "1"])
        self.assertEqual(request.headers["SOAPAction"], '"urn:x#ask"')
        self.assertEqual(request.headers["Content-Type"], "text/xml; charset=utf-8")

    def test_answer(self):
        found = read(adapter("xml", self.options), SOAP_ANSWER)
        self.assertEqual(
            [
                (s.warehouse, s.quantity, s.quantity_more, s.price, s.currency)
                for s in found["a"]
            ],
            [
                ("North", 7, False, "12.50", "EUR"),
                ("South", 50, True, "12.50", "EUR"),
            ],
        )
        self.assertNotIn("b", found, "“none” was given no meaning")
        words = {**self.options, "words": {"none": "0"}}
        self.assertEqual(read(adapter("xml", words), SOAP_ANSWER)["b"][0].quantity, 0)

    def test_no_rows_and_faults(self):
        one = adapter("xml", self.options)
        empty = b"<E><Body><Told><Article sku='A'/></Told></Body></E>"
        self.assertEqual(read(one, empty), {})
        with self.assertRaises(Trouble):
            read(one, b"<E><Body><Fault>over quota</Fault></Body></E>")

    def test_hostile_documents(self):
        inside = (
            "<E><Body><Told><Article sku='A&amp;1'><Depot><Pieces>%s</Pieces></Depot>"
            "</Article></Told></Body></E>"
        )
        bomb = '<!DOCTYPE E [<!ENTITY a "1"><!ENTITY b "&a;&a;&a;">]>' + inside % "&b;"
        file = (
            '<!DOCTYPE E [<!ENTITY f SYSTEM "file:///etc/hostname">]>' + inside % "&f;"
        )
        good = inside % "5"
        one = adapter("xml", self.options)
        self.assertEqual(read(one, good.encode())["a"][0].quantity, 5)
        for data in (
            bomb.encode(),
            file.encode(),
            bomb.encode("utf-16"),
            bomb.encode("utf-32"),
            b'<?xml version="1.0" encoding="UTF-7"?>' + bomb.encode("utf-7"),
            b"<?xml version='1.0' encoding='shift_jis'?>" + good.encode(),
            b"<!DOCTYPE E>" + good.encode(),
            b"",
            b"{}",
            b"<html><p>Log in<br></html>",
            b"<a>" * 300_000,
            (inside % ("<a>" * 45 + "</a>" * 45)).encode(),
            good.encode()[:-5],
        ):
            with self.assertRaises(Trouble, msg=data[:60]):
                read(one, data)
