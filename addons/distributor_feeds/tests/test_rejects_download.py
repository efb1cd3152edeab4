"""Rejected rows as files: for people who may see them."""

import csv
import io
import tracemalloc

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .. import tabular
from .common_roles import RolesCase

A = "A1;5;10.00;Keyboard;Acme;KB-1"
B = "B2;50;20.00;Mouse;Acme;M-2"


@tagged("post_install", "-at_install")
class TestRejectsDownload(RolesCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.feed.write({"max_rejected": 0, "max_shrink": 0})
        cls.first = cls._run(cls, A, B)
        cls.run_ = cls._run(
            cls,
            A.replace("10.00", "100.00"),
            B.replace("50", "many"),
            "C3;1;1.00;=1+1;-Acme;@x",
            "D;1",
        )

    def _download(self, path, login="feed_user"):
        self.authenticate(login, login)
        return self.url_open(path)

    def _csv(self, answer):
        self.assertEqual(answer.status_code, 200, answer.text[:300])
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    def test_the_reason_of_each_row_in_words(self):
        rows = self._csv(
            self._download(f"/distributor_feeds/runs/{self.run_.id}/rejects.csv")
        )
        self.assertEqual(
            rows[0][2:6],
            ["Row", "Distributor's Code", "Distributor's Warehouse", "Why"],
        )
        self.assertEqual(
            rows[0][7:13], ["sku", "stock", "price", "title", "brand", "part"]
        )
        by_code = {row[3] or row[-1]: row for row in rows[1:]}
        currency = self.account.currency_id.name
        self.assertEqual(
            by_code["A1"][5],
            f"The price moves by more than this feed allows; it was 10 {currency}.",
        )
        self.assertEqual(
            by_code["A1"][7:], ["A1", "5", "100.00", "Keyboard", "Acme", "KB-1", ""]
        )
        self.assertEqual(by_code["B2"][5], "Quantity: “many” is no number of pieces.")
        self.assertEqual(by_code["D;1"][7:13], [""] * 6)
        self.assertIn("cells", by_code["D;1"][5])

    def test_the_spreadsheet_says_the_same(self):
        path = f"/distributor_feeds/runs/{self.run_.id}/rejects"
        answer = self._download(f"{path}.xlsx")
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        sheet = load_workbook(io.BytesIO(answer.content)).active
        cells = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
        self.assertEqual(cells, self._csv(self._download(f"{path}.csv")))

    def test_nothing_is_computed(self):
        for text, safe in {
            "=1+1": "'=1+1",
            "+cmd|' /C calc'!A0": "'+cmd|' /C calc'!A0",
            "-2+3": "'-2+3",
            "@SUM(A1)": "'@SUM(A1)",
            "\t=1": "'\t=1",
            "＝1": "'＝1",
            "-12.50": "-12.50",
            "+49 30 1234": "+49 30 1234",
            "a=b": "a=b",
            "": "",
        }.items():
            self.assertEqual(tabular.harmless(text), safe)
        self._run("C4;x;1.00;=1+1;-Acme;@x")
        run = self.env["distributor.feed.run"].search([], limit=1)
        path = f"/distributor_feeds/runs/{run.id}/rejects"
        rows = self._csv(self._download(f"{path}.csv"))
        self.assertEqual(rows[1][10:13], ["'=1+1", "'-Acme", "'@x"])
        sheet = load_workbook(io.BytesIO(self._download(f"{path}.xlsx").content)).active
        self.assertEqual(
            {cell.data_type for row in sheet.iter_rows() for cell in row} - {"n"}, {"s"}
        )

    def test_a_file_that_is_not_kept(self):
        self.run_.attachment_id.unlink()
        rows = self._csv(
            self._download(f"/distributor_feeds/runs/{self.run_.id}/rejects.csv")
        )
        self.assertEqual(rows[0][7:], ["As It Came"])
        self.assertIn("A1;5;100.00;Keyboard;Acme;KB-1", [row[-1] for row in rows])

    def test_chosen_rows(self):
        chosen = self.run_.reject_ids[:2].with_user(self.user)
        action = chosen.action_download()
        self.assertEqual(
            len(self._csv(self._download(action["url"].replace("xlsx", "csv")))), 3
        )
        for ids in ("", "x", "1,,2", "1;2", "9" * 12):
            with self.subTest(ids):
                answer = self._download(f"/distributor_feeds/rejects.csv?ids={ids}")
                self.assertEqual(answer.status_code, 400)
        with self.assertRaises(UserError):
            self.run_.reject_ids.browse(range(1, 602)).with_user(
                self.manager
            ).action_download()

    def test_who_may(self):
        path = f"/distributor_feeds/runs/{self.run_.id}/rejects.csv"
        chosen = f"/distributor_feeds/rejects.csv?ids={self.run_.reject_ids[0].id}"
        self.account.company_id = self.env.company
        self.run_.reject_ids.invalidate_recordset()
        self.assertEqual(self._download(path, "feed_manager").status_code, 200)
        self.assertEqual(self._download(path, "feed_foreign").status_code, 404)
        self.assertEqual(len(self._csv(self._download(chosen, "feed_foreign"))), 1)
        self.assertEqual(self._download(path, "feed_stranger").status_code, 403)
        self.assertEqual(self._download(chosen, "feed_stranger").status_code, 403)
        self.authenticate(None, None)
        self.assertIn(
            "/web/login", self.url_open(path, allow_redirects=False).headers["Location"]
        )
        for user in (self.stranger, self.foreign):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.run_.with_user(user).action_download_csv()

    def test_memory_does_not_grow_with_the_rows(self):
        self.env.cr.execute(
            """
            INSERT INTO distributor_feed_reject
                   (feed_id, run_id, company_id, record, code, warehouse, reason,
                   detail, line, state)
            SELECT feed_id, run_id, company_id, n, code, warehouse, reason, detail,
                   repeat('x', 5000), state
              FROM distributor_feed_reject, generate_series(1, 4000) n
             WHERE run_id = %s AND reason = 'price_jump'
            """,
            (self.run_.id,),
        )
        rejects = self.env["distributor.feed.reject"].with_user(self.user)
        for kind in ("csv", "xlsx"):
            with self.subTest(kind):
                tracemalloc.start()
                with rejects._file([("run_id", "=", self.run_.id)], kind) as file:
                    _now, peak = tracemalloc.get_traced_memory()
                    size = len(file.read())
                tracemalloc.stop()
                self.assertGreater(size, 20_000)
                self.assertLess(peak, 16 << 20)

    def test_every_reason_has_words(self):
        """The words of all codes that mappings and the loader know, filled in."""
        reject = self.run_.reject_ids[0]
        for code in reject._reason_texts():
            with self.subTest(code):
                reject.write(
                    {
                        "reason": code,
                        "detail": {"target": "price", "value": "v", "message": "m"},
                    }
                )
                self.assertTrue(reject.reason_text)
                self.assertNotIn("%(", reject.reason_text)
        reject.write(
            {"reason": "from_tomorrow", "detail": {"message": "A new reason."}}
        )
        self.assertEqual(reject.reason_text, "A new reason.")
