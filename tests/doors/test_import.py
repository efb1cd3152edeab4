"""A file that somebody imports with the button of the list."""

from odoo.tests import tagged

from odoo.addons.order_review.tests.doors import HttpDoorCase

FIELDS = [
    "partner_id/.id",
    "state",
    "order_line/product_id/.id",
    "order_line/product_uom_qty",
]
OPTIONS = {"quoting": '"', "separator": ",", "has_headers": True}


@tagged("post_install", "-at_install")
class TestDoorsImport(HttpDoorCase):
    def setUp(self):
        super().setUp()
        self._login(self.salesman_all)

    def _import(self, *quantities):
        """Import one confirmed order per quantity.

        :return: what the import screen is told
        """
        rows = [",".join(FIELDS)]
        for quantity in quantities:
            rows.append(f"{self.customer.id},Sales Order,{self.display.id},{quantity}")
        wizard = (
            self.env["base_import.import"]
            .with_user(self.salesman_all)
            .create(
                {
                    "res_model": "sale.order",
                    "file": "\n".join(rows).encode(),
                    "file_name": "orders.csv",
                    "file_type": "text/csv",
                }
            )
        )
        return self._call(
            "base_import.import", "execute_import", wizard.ids, FIELDS, FIELDS, OPTIONS
        )

    def test_import(self):
        answer = self._import(11)
        self.assertEqual(len(answer["ids"]), 1, answer)
        self._rule()
        answer = self._import(3)
        self.assertEqual(
            self.env["sale.order"].browse(answer["ids"]).mapped("state"), ["sale"]
        )
        before = self.env["sale.order"].search_count([])
        answer = self._import(4, 11)
        self.assertFalse(answer["ids"])
        self.assertIn(self.SENTENCE, answer["messages"][0]["message"])
        self.assertEqual(self.env["sale.order"].search_count([]), before)
