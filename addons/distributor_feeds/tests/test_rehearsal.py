import http.client
import http.server
import json
import os
import re
import signal
import ssl
import subprocess
import sys
import tempfile
import threading
import unittest
import zipfile

import openpyxl
import stdnum.ean
from lxml import etree

from odoo.addons.distributor_feeds import rehearsal, transport
from odoo.addons.distributor_feeds.rehearsal import answers, goods

from .common_transport import TransportCase


class TestGoods(unittest.TestCase):
    def test_item_n_of_a_seed_is_always_the_same(self):
        known = goods.Item(*next(goods.rows(7, 1)))
        self.assertEqual(known, next(rehearsal.items(7, 1_000)))
        some = list(rehearsal.items(3, 3_000))
        self.assertEqual(some[1_234:], list(rehearsal.items(3, 3_000, start=1_234)))
        self.assertEqual(rehearsal.item(3, some[2_500].code), some[2_500])
        self.assertNotEqual(some[0], next(rehearsal.items(4, 1)))

    def test_codes_are_unique_and_gtins_are_valid(self):
        for seed in (0, 5, 999):
            some = list(rehearsal.items(seed, 20_000))
            self.assertEqual(len({item.code for item in some}), 20_000)
            self.assertEqual(len({(item.maker, item.mpn) for item in some}), 20_000)
            self.assertEqual(len({item.gtin for item in some}), 20_000)
            self.assertTrue(all(stdnum.ean.is_valid(item.gtin) for item in some))

    def test_a_revision_changes_its_share_of_the_rows(self):
        for share in (0.05, 0.5, 1.0):
            for revision in (1, 2, 30):
                pair = [
                    rehearsal.items(1, 20_000, number, share)
                    for number in (revision - 1, revision)
                ]
                changed = sum(a != b for a, b in zip(*pair, strict=True))
                self.assertAlmostEqual(changed / 20_000, share, delta=0.01)

    def test_prices_move_little(self):
        before, after = (
            rehearsal.items(1, 5_000, 3, 1.0),
            rehearsal.items(1, 5_000, 4, 1.0),
        )
        for a, b in zip(before, after, strict=True):
            self.assertLess(abs(a.price - b.price), 0.06 * a.price + 2)

    def test_unknown_codes(self):
        for code in ("", "RD", "RD1", "XX0000001", "RD00000001", "RD٣", "RD-000001"):
            self.assertIsNone(rehearsal.item(1, code))


class TestRehearsal(TransportCase):
    shop_options = {"count": 50, "slow": 0.3}

    def setUp(self):
        super().setUp()
        self.shop.misbehave("good", "good", 0, 50)

    def test_every_way_gives_every_format(self):
        ways = [
            self.shop.sftp_place, self.shop.ftp_place, self.shop.ftps_place,
            self.shop.https_place, self.shop.folder_place,
        ]  # fmt: skip
        for way in ways:
            for name in self.shop.names:
                with self.subTest(way.__name__, name=name):
                    fetched = self.fetch(way(name))
                    self.assertEqual(fetched.name, name)
                    self.assertEqual(self.taken(), self._read(name))
        self.assertEqual(len(self.shop.names), len(rehearsal.FORMATS) + 2)

    def _read(self, name):
        with open(self.shop.path_of(name), "rb") as file:
            return file.read()

    def test_the_same_articles_in_every_format(self):
        expected = [item.code for item in rehearsal.items(1, 50)]
        rows = self._read("items.csv").decode().splitlines()
        self.assertEqual([row.split(";")[0] for row in rows[1:]], expected)
        told = json.loads(self._read("items.json"))["items"]
        self.assertEqual([row["code"] for row in told], expected)
        root = etree.fromstring(self._read("items.xml"))
        self.assertEqual(root.xpath("item/code/text()"), expected)
        sheet = openpyxl.load_workbook(self.shop.path_of("items.xlsx")).active
        self.assertEqual([cell.value for cell in sheet["A"][1:]], expected)
        for name, pattern in (
            ("items.x12", rb"\*VP\*(RD\d+)"),
            ("items.edi", rb"(RD\d+):SA"),
            ("items.ubl.xml", rb">(RD\d+)<"),
        ):
            found = re.findall(pattern, self._read(name))
            self.assertEqual([code.decode() for code in found], expected, name)
        with zipfile.ZipFile(self.shop.path_of("items.csv.zip")) as archive:
            self.assertEqual(archive.read("items.csv"), self._read("items.csv"))

    def test_styles(self):
        style = rehearsal.Style(",", "cp1252", ",", most=50)
        with rehearsal.RehearsalDistributor(
            count=30, formats=("csv",), style=style, ftp=False
        ) as shop:
            with open(shop.path_of("items.csv"), encoding="cp1252") as file:
                text = file.read()
        self.assertRegex(text, r',"\d+,\d\d",EUR,')
        self.assertIn(",50+,", text)

    def test_moods_of_the_files(self):
        good, names = self._read("items.csv"), self.shop.names
        prices = self._prices()

        def spoiled(mood):
            self.shop.misbehave(mood)
            return self._read("items.csv")

        self.assertIn(b";USD;", spoiled("currency"))
        spoiled("prices_zero")
        self.assertEqual(set(self._prices()), {0.0})
        spoiled("prices_x10")
        self.assertAlmostEqual(sum(self._prices()), 10 * sum(prices), places=4)
        self.assertEqual(spoiled("columns").split(b"\n")[0].split(b";")[3], b"ean_code")
        self.assertEqual(spoiled("encoding").decode("utf-16"), good.decode())
        self.assertFalse(spoiled("truncated").endswith(b"\n"))
        self.assertEqual(spoiled("empty"), b"")
        self.assertEqual(spoiled("shrunk").count(b"\n"), 6)
        self.assertIn(b"\0", spoiled("nuls"))
        self.assertIn(b"<!ENTITY", spoiled("entity_bomb"))
        self.shop.misbehave("late")
        self.assertEqual(self.shop.names, [])
        self.refused("not_found", self.shop.sftp_place())
        self.shop.misbehave("good")
        self.assertEqual((self.shop.names, self._read("items.csv")), (names, good))

    def _prices(self):
        return [row["price"] for row in json.loads(self._read("items.json"))["items"]]

    def test_an_older_file(self):
        self.shop.misbehave(revision=10)
        first = self.fetch(self.shop.sftp_place())
        self.shop.misbehave("older")
        second = self.fetch(self.shop.sftp_place())
        self.assertLess(second.modified, first.modified)
        style = rehearsal.Style()
        expected = "".join(rehearsal.csv_lines(rehearsal.items(1, 50), style))
        self.assertEqual(self.taken().decode().partition("\n")[2], expected)

    def test_bombs_are_small_files(self):
        shop = rehearsal.RehearsalDistributor(count=1, formats=("csv.zip",), ftp=False)
        with shop:
            shop.misbehave("zip_bomb")
            path = shop.path_of("items.csv.zip")
            self.assertLess(os.path.getsize(path), 20 * 1024**2)
            with zipfile.ZipFile(path) as archive:
                self.assertEqual(archive.infolist()[0].file_size, 2 * 1024**3)

    def _ask(self, url, body, kind="application/json", **headers):
        port, path = re.search(r":(\d+)(/.*)", url).groups()
        context = ssl.create_default_context(cafile=self.shop.ca_file)
        connection = http.client.HTTPSConnection(
            "localhost", int(port), context=context, timeout=10
        )
        self.addCleanup(connection.close)
        headers = {
            "Authorization": f"Bearer {self.shop.token}",
            "Content-Type": kind,
            **headers,
        }
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()

    def test_services_answer_what_the_files_say(self):
        item = rehearsal.item(1, "RD0000007")
        question = json.dumps({"codes": [item.code, "unknown"]})
        status, body = self._ask(self.shop.api_url, question)
        told = json.loads(body)
        self.assertEqual((status, told["unknown"]), (200, ["unknown"]))
        self.assertEqual(told["items"][0]["stock"], item.stock)
        body = answers.soap_question([item.code])
        status, body = self._ask(self.shop.soap_url, body, "text/xml")
        root = etree.fromstring(body)
        self.assertEqual(root.xpath("//*[local-name()='gtin']/text()"), [item.gtin])

    def test_questions_that_make_no_sense(self):
        for body in (b"", b"[]", b'{"codes": []}', b'{"codes": [1]}', b"\xff", b"{"):
            self.assertEqual(self._ask(self.shop.api_url, body)[0], 400)
        bomb = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
        for body in (b"", b"<a/>", bomb):
            self.assertEqual(self._ask(self.shop.soap_url, body, "text/xml")[0], 400)
        too_many = json.dumps({"codes": ["RD0000001"] * 501})
        self.assertEqual(self._ask(self.shop.api_url, too_many)[0], 400)
        self.assertEqual(
            self._ask(self.shop.api_url, b"{}", Authorization="Bearer x")[0], 401
        )

    def test_moods_of_the_service(self):
        question = json.dumps({"codes": ["RD0000001"]})
        self.shop.misbehave(api_mood="errors")
        self.assertEqual(self._ask(self.shop.api_url, question)[0], 500)
        self.shop.misbehave(api_mood="garbage")
        status, body = self._ask(self.shop.api_url, question)
        self.assertEqual(status, 200)
        self.assertRaises(ValueError, json.loads, body)
        self.shop.misbehave(api_mood="dead")
        with self.assertRaises(http.client.RemoteDisconnected):
            self._ask(self.shop.api_url, question)
        self.shop.misbehave(api_mood="slow")
        self.assertEqual(self._ask(self.shop.api_url, question)[0], 200)

    def test_control_page(self):
        url = self.shop.control_url
        status, body = self._ask(url, json.dumps({"mood": "empty", "revision": 3}))
        self.assertEqual((status, json.loads(body)["mood"]), (200, "empty"))
        self.assertEqual(self._read("items.csv"), b"")
        form = "application/x-www-form-urlencoded"
        self.assertEqual(self._ask(url, "mood=good&api_mood=slow", form)[0], 303)
        self.assertEqual(self.shop.state["api_mood"], "slow")
        for fields in ("mood=bad", "revision=-1", "count=x", "other=1"):
            self.assertEqual(self._ask(url, fields, form)[0], 400)
        stranger = {"Origin": "https://elsewhere.example"}
        self.assertEqual(self._ask(url, "mood=late", form, **stranger)[0], 403)
        self.assertEqual(self.shop.state["mood"], "good")

    def test_push(self):
        seen = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                seen.append((self.path, self.headers["Authorization"], body))
                self.send_response(201)
                self.end_headers()
                self.wfile.write(b"thanks")

            def log_message(self, *_arguments):
                """Nothing."""

        server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self.addCleanup(server.server_close)
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        answer = self.shop.push(f"http://127.0.0.1:{server.server_port}/in?f=1", "key")
        thread.join()
        self.assertEqual(answer, (201, b"thanks"))
        self.assertEqual(seen, [("/in?f=1", "Bearer key", self._read("items.csv"))])

    def test_command_line(self):
        folder = os.path.dirname(os.path.dirname(rehearsal.__file__))
        with tempfile.TemporaryDirectory() as kept:
            command = [sys.executable, "-m", "rehearsal", "--folder", kept, "--count=5"]
            command += ["--formats=csv", "--mood=shrunk", "--revision=2", "--every=0.2"]
            command += [f"--{kind}-port=0" for kind in ("sftp", "https", "ftp", "ftps")]
            process = subprocess.Popen(
                command, cwd=folder, stdout=subprocess.PIPE, text=True
            )
            lines = []
            for line in process.stdout:
                lines.append(line)
                if "revision 3" in line:
                    break
            process.send_signal(signal.SIGTERM)
            process.stdout.close()
            self.assertEqual(process.wait(20), 0)
            self.assertIn("items.csv", os.listdir(f"{kept}/files"))
        self.assertIn("SHA256:", lines[0])

    def test_host_key_is_kept_with_the_folder(self):
        keys = []
        for _time in range(2):
            with rehearsal.RehearsalDistributor(
                count=1, formats=("csv",), folder=self.folder, ftp=False
            ) as shop:
                keys.append(shop.host_key)
                self.assertRaises(ValueError, shop.ftp_place)
        self.assertEqual(keys[0], keys[1])

    def test_what_it_does_not_know(self):
        self.assertRaises(ValueError, self.shop.misbehave, mood="funny")
        with self.assertRaises(ValueError):
            rehearsal.RehearsalDistributor(formats=("pdf",))
        self.assertRaises(ValueError, self.shop.push, "ftp://x", "key")
        self.assertTrue(transport.Place(**self.shop.sftp_place()).host_key)
