"""Products out of offers: one per part number, whoever offers it."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_match import MatchCase

HEAD = "sku;stock;price;title;brand;part;ean;place"


@tagged("post_install", "-at_install")
class TestCreateProducts(MatchCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._user(
            "maker",
            "distributor_feeds.group_feed_user",
            "product.group_product_manager",
        )
        cls.other = cls.env["distributor.account"].create(
            {
                "distributor_id": cls.env["res.partner"].create({"name": "Zephyr"}).id,
                "currency_id": cls.env.ref("base.EUR").id,
            }
        )
        cls.env.ref("base.EUR").active = True
        cls.env["res.currency.rate"].search([]).unlink()
        cls.env["res.currency.rate"].create(
            {
                "currency_id": cls.env.ref("base.EUR").id,
                "rate": 0.5,
                "name": "2020-01-01",
            }
        )
        cls.other_feed = cls._feed(account_id=cls.other.id)

    def _dialog(self, domain=()):
        offers = (
            self.env["distributor.offer"]
            .with_user(self.user)
            .search([("account_id", "in", (self.account + self.other).ids), *domain])
        )
        action = offers.action_create_products()
        return (
            self.env[action["res_model"]].with_user(self.user).browse(action["res_id"])
        )

    def test_one_product_for_two_distributors(self):
        self._load("A1;5;10.00;Keyboard;Acme;KB-1;4006381333931;")
        self._run("Z9;5;4.00;Tastatur;ACME;kb 1;;", feed=self.other_feed, header=HEAD)
        dialog = self._dialog()
        category = self.env["product.category"].create({"name": "Input"})
        dialog.categ_id = category
        self.assertEqual(len(dialog.line_ids), 1)
        dialog.action_create()
        product = self._offer("A1").product_id
        other = self.env["distributor.offer"].search([("code", "=", "Z9")])
        self.assertEqual((other.product_id, other.matched_by), (product, "person"))
        # 4.00 EUR are 8.00 at two for one.
        self.assertRecordValues(
            product,
            [
                {
                    "name": "Keyboard",
                    "manufacturer": "Acme",
                    "mpn": "KB-1",
                    "barcode": "4006381333931",
                    "standard_price": 8,
                    "categ_id": category.id,
                    "is_storable": True,
                    "type": "consu",
                }
            ],
        )

    def test_a_barcode_that_is_taken_is_left_out(self):
        archived = self._product(barcode="4006381333931")
        archived.active = False
        self._load("A1;5;10.00;Keyboard;Acme;KB-1;4006381333931;")
        dialog = self._dialog()
        self.assertFalse(dialog.line_ids.barcode)
        self.assertIn("another product", dialog.line_ids.barcode_note)
        dialog.action_create()
        self.assertFalse(self._offer("A1").product_id.barcode)

    def test_a_barcode_of_a_package_is_left_out(self):
        self.env["product.uom"].create(
            {
                "product_id": self._product().id,
                "uom_id": self.env.ref("uom.product_uom_dozen").id,
                "barcode": "4006381333931",
            }
        )
        self._load("A1;5;10.00;Keyboard;Acme;KB-1;4006381333931;")
        self.assertFalse(self._dialog().line_ids.barcode)

    def test_distributors_that_disagree_give_no_barcode(self):
        self._load("A1;5;10.00;Keyboard;Acme;KB-1;4006381333931;")
        self._run("Z9;5;4;T;ACME;kb1;4006381333948;", feed=self.other_feed, header=HEAD)
        self.assertFalse(self._dialog().line_ids.barcode)

    def test_without_a_part_number_the_gtin_tells(self):
        self._load(
            "A1;5;10.00;Keyboard;Acme;KB-1;4006381333931;",
            "A2;5;11.00;Keyboard 2;;;;",
            "A3;5;11.00;Keyboard 3;;;;",
        )
        self._run("Z9;5;4;T;;;4006381333931;", feed=self.other_feed, header=HEAD)
        dialog = self._dialog()
        self.assertEqual(
            [line.offer_ids.mapped("code") for line in dialog.line_ids],
            [["A1", "Z9"], ["A2"], ["A3"]],
        )

    def test_several_that_fit_make_nothing_new(self):
        for _n in range(2):
            self._product(manufacturer="Acme", mpn="KB-1")
        self._load("A1;5;10.00;Keyboard;Acme;KB-1;;", "B2;1;1.00;New;Acme;N1;;")
        dialog = self._dialog()
        self.assertEqual(dialog.line_ids.mapped("several_fit"), [True, False])
        dialog.line_ids.chosen = True
        dialog.action_create()
        self.assertFalse(self._offer("A1").product_id)
        self.assertTrue(self._offer("B2").product_id)

    def test_a_product_that_exists_is_taken_when_chosen(self):
        self._load("A1;5;10.00;Keyboard;Acme;KB-1;;")
        product = self._product(manufacturer="Acme", mpn="KB-1")
        dialog = self._dialog()
        self.assertEqual(dialog.line_ids.existing_product_id, product)
        self.assertFalse(dialog.line_ids.chosen)
        dialog.line_ids.chosen = True
        dialog.action_create()
        self.assertEqual(self._offer("A1").product_id, product)

    def test_who_may_not_create_products(self):
        self._load("A1;5;10.00;Keyboard;Acme;KB-1;;")
        self.user = self._feed_user()
        dialog = self._dialog()
        with self.assertRaises(AccessError):
            dialog.action_create()

    def _queries(self, count, prefix):
        """Create products of so many offers and return the queries beyond core's
        own."""
        self._load(
            *(f"{prefix}{n};1;2.00;Thing {n};Acme;{prefix}-{n};;" for n in range(count))
        )
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        dialog = self._dialog(
            [("product_id", "=", False), ("code", "=like", f"{prefix}%")]
        )
        values = [line._product_values() for line in dialog.line_ids]
        prepared = self.env.cr.sql_log_count - before
        before = self.env.cr.sql_log_count
        products = self.env["product.product"].with_user(self.user).create(values)
        self.env.flush_all()
        core = self.env.cr.sql_log_count - before
        products.sudo().unlink()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        dialog.action_create()
        self.env.flush_all()
        self.assertEqual(
            len(self.env["product.product"].search([("mpn", "=like", f"{prefix}-%")])),
            count,
        )
        return prepared + self.env.cr.sql_log_count - before - core

    def test_queries_do_not_grow_with_the_offers(self):
        self._queries(2, "W")
        few = self._queries(10, "F")
        many = self._queries(500, "M")
        # A thousand records more are read and written in portions.
        self.assertLess(many - few, 40)
