"""A sample file becomes a format, a feed and a first run."""

import base64

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..rehearsal import RehearsalDistributor
from .common_formats import to_csv
from .common_setup import SetupCase

KINDS = {
    "items.csv": "delimited",
    "items.csv.gz": "delimited",
    "items.csv.zip": "delimited",
    "items.json": "json",
    "items.xml": "xml",
    "items.xlsx": "sheet",
    "items.x12": "x12",
    "items.edi": "edifact",
    "items.ubl.xml": "ubl",
}


@tagged("post_install", "-at_install")
class TestSetup(SetupCase):
    def test_every_format_of_the_rehearsal_distributor(self):
        with RehearsalDistributor(count=30, ftp=False) as rehearsal:
            self.assertFalse(set(KINDS) - set(rehearsal.names))
            for name, kind in KINDS.items():
                with self.subTest(name), open(rehearsal.path_of(name), "rb") as file:
                    setup = self._read(file.read(), name)
                    self.assertEqual((setup.kind, setup.table["error"]), (kind, ""))
                    self.assertIn("code", setup.line_ids.mapped("target"))
                    self.assertIn("All of the first 20 rows", setup.preview)
                    self.assertIn(">RD0000000<", setup.preview)
                    self.assertIn("units that are not known", setup.notes)
                    setup.write(
                        {"distributor_id": self.distributor.id, "account_id": False}
                    )
                    feed = self.env["distributor.feed"].browse(
                        setup.action_save()["res_id"]
                    )
                    feed.run_ids._load()
                    self.assertEqual(feed.run_ids.state, "done", feed.run_ids.message)
                    self.assertEqual(
                        (feed.run_ids.rows, feed.run_ids.rejected), (30, 0)
                    )

    def test_a_new_feed_is_made_and_its_first_file_loaded(self):
        partner = self.env["res.partner"].create({"name": "Alto", "is_company": True})
        setup = self._read()
        with Form(setup) as form:
            form.distributor_id = partner
            form.currency_id = self.env.ref("base.EUR")
            self.assertFalse(form.account_id)
            self.assertEqual(form.name, "borealis")
        action = setup.action_save()
        feed = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(feed._name, "distributor.feed")
        account = feed.account_id
        self.assertEqual(
            (account.distributor_id, account.currency_id.name), (partner, "EUR")
        )
        self.assertEqual(account.company_id, self.env.company)
        self.assertEqual(
            (feed.kind, feed.method, feed.name), ("both", "upload", "borealis")
        )
        self.assertEqual(
            feed.profile_id.rule_ids.mapped("column"),
            ["Article", "Qty", "Cost", "Title"],
        )
        run = feed.run_ids
        self.assertEqual((run.state, run.file_name), ("queued", "borealis.csv"))
        feed.max_rejected = 0
        run._load()
        self.assertEqual(
            (run.state, run.rows, run.rejected), ("done", 3, 1), run.message
        )
        offer = self.env["distributor.offer"].search(
            [("account_id", "=", account.id), ("code", "=", "A1")]
        )
        self.assertEqual((offer.price, offer.quantity), (1234.5, 5))

    def test_an_account_that_is_there_is_used(self):
        setup = self._read()
        with Form(setup) as form:
            form.distributor_id = self.distributor
            self.assertEqual(form.account_id, self.account)
            form.load_now = False
        feed = self.env["distributor.feed"].browse(setup.action_save()["res_id"])
        self.assertEqual(feed.account_id, self.account)
        self.assertFalse(feed.run_ids)

    def test_what_is_the_same_in_all_rows(self):
        setup = self._read(b"Article;Qty;Cost;In\nA1;5;10;BX\nA2;6;20;PCE\n")
        with Form(setup) as form:
            with form.line_ids.new() as line:
                line.target = "currency"
                self.assertIn("column or the constant", line.problem)
                line.constant = "EUR"
                self.assertFalse(line.problem)
            with form.line_ids.edit(3) as line:
                line.target = "unit"
            self.assertIn("BX", form.preview)
            self.assertIn("1 of the first 2 rows", form.preview)
            form.units = "BX=10"
            self.assertIn("All of the first 2 rows", form.preview)
            self.assertIn(">50<", form.preview)
            self.assertIn(">EUR<", form.preview)
            form.units = "ten"
            self.assertIn("write BX=10", form.preview)
            form.units = "BX=10"
        feed = self.env["distributor.feed"].browse(self._save(setup)["res_id"])
        feed.run_ids._load()
        self.assertEqual((feed.run_ids.state, feed.run_ids.rejected), ("done", 0))
        offer = self.env["distributor.offer"].search(
            [("price_feed_id", "=", feed.id), ("code", "=", "A1")]
        ) or self.env["distributor.offer"].search(
            [("stock_feed_id", "=", feed.id), ("code", "=", "A1")]
        )
        self.assertEqual(
            (offer.quantity, offer.price, offer.currency_id.name), (50, 1, "EUR")
        )

    def test_the_format_of_a_feed_with_its_last_file(self):
        run = self._run("A1;5;10;Desk;B;1", "A2;6;20;Chair;B;2")
        feed = self.feed.with_user(self.manager)
        setup = self.env["distributor.feed.setup"].browse(
            feed.action_set_up()["res_id"]
        )
        setup = setup.with_user(self.manager)
        self.assertEqual(
            (setup.run_id, setup.step, setup.profile_id), (run, "columns", self.profile)
        )
        self.assertIn("All of the first 2 rows", setup.preview)
        self.assertFalse(setup.others)
        self._line(setup, "price").factor = "0.01"
        setup.action_save()
        self.assertEqual(
            self.profile.rule_ids.filtered(lambda rule: rule.target == "price").factor,
            "0.01",
        )

    def test_a_feed_whose_file_is_gone(self):
        run = self._run("A1;5;10;Desk;B;1")
        self.env.cr.execute(
            "UPDATE ir_attachment SET store_fname = '00/gone' WHERE id = %s",
            [run.attachment_id.id],
        )
        run.attachment_id.invalidate_recordset()
        setup = self.env["distributor.feed.setup"].browse(
            self.feed.action_set_up()["res_id"]
        )
        self.assertIn("Choose a sample file first", setup.preview)
        self.assertEqual(len(setup.line_ids), 6)

    def test_a_format_that_others_use_warns(self):
        other = self._feed(name="Night stock")
        self._run("A1;5;10;Desk;B;1")
        feed = self.feed.with_user(self.manager)
        setup = feed.env["distributor.feed.setup"].browse(
            feed.action_set_up()["res_id"]
        )
        self.assertEqual(setup.others, f"Borealis IT: {other.name}")
        hidden = self.env["res.company"].create({"name": "Elsewhere"})
        account = self.account.copy({"company_id": hidden.id})
        self._feed(name="Not to be seen", account_id=account.id)
        setup.invalidate_recordset(["others"])
        self.assertIn("1 feeds of other companies", setup.others)
        self.assertNotIn("Not to be seen", setup.others)
        with Form(setup) as form:
            form.profile_id = self.env["distributor.feed.profile"]
            form.name = "My own"
            self.assertFalse(form.others)
        setup.action_save()
        self.assertEqual(self.feed.profile_id.name, "My own")
        self.assertEqual(other.profile_id, self.profile)

    def test_a_format_is_tried_on_a_file(self):
        setup = self.env["distributor.feed.setup"].browse(
            self.profile.action_try()["res_id"]
        )
        setup = setup.with_user(self.env.user)
        self.assertEqual(setup.step, "file")
        with self.assertRaisesRegex(UserError, "read it first"):
            setup.action_save()
        setup.write(
            {
                "file": base64.b64encode(b"sku;stock;price\nA;1;2\n"),
                "file_name": "x.csv",
            }
        )
        setup.action_read()
        self.assertEqual(setup.profile_id, self.profile)
        self.assertIn("does not have", setup.preview)
        gone = setup.line_ids.filtered("problem")
        self.assertEqual(set(gone.mapped("column")), {"title", "brand", "part"})
        gone.unlink()
        self.assertIn("All of the first 1 rows", setup.preview)
        self.assertEqual(setup.action_save()["res_id"], self.profile.id)
        self.assertEqual(
            self.profile.rule_ids.mapped("target"), ["code", "quantity", "price"]
        )

    def test_queries_do_not_grow(self):
        def work(columns, rows):
            table = [[f"c{n}" for n in range(columns)]]
            table += [[f"{row}{n}" for n in range(columns)] for row in range(rows)]
            table[0][0] = "sku"
            setup = self._new(to_csv(table))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            setup.action_read()
            self.assertTrue(setup.preview)
            self._save(setup, load_now=False, account_id=self.account.id)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        work(3, 2)
        self.assertLessEqual(work(80, 20), work(3, 2) + 2)
