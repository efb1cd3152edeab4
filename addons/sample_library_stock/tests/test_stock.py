"""Samples in a warehouse: reserved, shipped, received, and never promised twice."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.sample_library.tests.request_common import DESK, RequestCommon


@tagged("post_install", "-at_install")
class TestStock(RequestCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.works = cls.env["res.company"].create({"name": "Sample Works"})
        cls.works.partner_id.email = "works@example.com"
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.works.id)], limit=1
        ) or cls.env["stock.warehouse"].create(
            {"name": "Works", "code": "SWKS", "company_id": cls.works.id}
        )
        cls.works.sample_picking_type_id = cls.warehouse.out_type_id
        cls.shelf = cls.warehouse.lot_stock_id
        cls.jute, cls.sisal = cls.env["product.product"].create(
            [
                {"name": "Jute memo", "is_storable": True},
                {"name": "Sisal memo", "is_storable": True},
            ]
        )
        cls.jute_item, cls.sisal_item, cls.free_item = (
            cls._item(
                name, "Raw", distributor_id=cls.works.partner_id.id, product_id=product
            )
            for name, product in (
                ("Jute", cls.jute.id),
                ("Sisal", cls.sisal.id),
                ("Coir", False),
            )
        )
        cls.desk = cls._user(
            "works", DESK, company_id=cls.works.id, company_ids=cls.works.ids
        )

    def _stock(self, product, quantity):
        self.env["stock.quant"].with_company(self.works)._update_available_quantity(
            product, self.shelf, quantity
        )

    def _free(self, product):
        return self.env["stock.quant"]._get_available_quantity(product, self.shelf)

    def _there(self, product):
        quants = self.env["stock.quant"].search(
            [("product_id", "=", product.id), ("location_id", "=", self.shelf.id)]
        )
        return sum(quants.mapped("quantity"))

    def _request(self, *lines, person=None):
        order = self._order(
            list(lines), person_id=(person or self.designer).id, ship_address="Here"
        )
        return self._send(order)

    def _ship(self, request, quantity, line=None):
        line = line or request.line_ids
        self._call(
            self.desk,
            request,
            "desk_answer",
            [{"line_id": line.id, "kind": "ship", "quantity": quantity}],
        )

    def test_sent_is_reserved_and_shipped_leaves(self):
        self._stock(self.jute, 5)
        request = self._request((self.jute_item, 2), (self.free_item, 1))
        jute, coir = request.line_ids
        self.assertEqual((jute.reserved_qty, jute.in_stock), (2, True))
        self.assertEqual((coir.reserved_qty, coir.in_stock), (0, False))
        self.assertEqual(self._free(self.jute), 3)
        picking = request.picking_ids
        self.assertEqual(picking.origin, request.name)
        self.assertEqual(picking.company_id, self.works)
        self._ship(request, 2, jute)
        self.assertEqual((self._there(self.jute), self._free(self.jute)), (3, 3))
        self.assertEqual(picking.state, "done")
        self.assertEqual(request.state, "working")
        # what has no product is answered as before
        self._ship(request, 1, coir)
        self.assertEqual(request.state, "done")
        self.assertEqual(len(request.entry_ids), 2)

    def test_the_last_one_is_promised_once(self):
        self._stock(self.jute, 1)
        first = self._request((self.jute_item, 1))
        second = self._request((self.jute_item, 1), person=self.other_designer)
        self.assertEqual(first.line_ids.reserved_qty, 1)
        self.assertEqual(second.line_ids.reserved_qty, 0)
        with self.assertRaisesRegex(UserError, "0 can be shipped"):
            self._ship(second, 1)
        self.assertFalse(second.entry_ids)
        self._ship(first, 1)
        self.assertEqual(self._there(self.jute), 0)

    def test_partly_shipped(self):
        self._stock(self.jute, 5)
        request = self._request((self.jute_item, 5))
        self._ship(request, 2)
        line = request.line_ids
        self.assertEqual(
            (line.shipped_qty, line.open_qty, line.reserved_qty), (2, 3, 3)
        )
        self.assertEqual(self._there(self.jute), 3)
        self._ship(request, 3)
        self.assertEqual((self._there(self.jute), request.state), (0, "done"))

    def test_receipt_serves_the_oldest_first(self):
        requests = [
            self._request((self.jute_item, 2), person=person)
            for person in (self.designer, self.other_designer, self.rep)
        ]
        now = fields.Datetime.now()
        for days, request in zip((1, 3, 2), requests, strict=True):
            # the second one has waited longest
            request.picking_ids.move_ids.date = now - timedelta(days=days)
        vendor = self.warehouse.in_type_id.default_location_src_id
        receipt = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.in_type_id.id,
                "location_id": vendor.id,
                "location_dest_id": self.shelf.id,
                "move_ids": [
                    Command.create(
                        {
                            "company_id": self.works.id,
                            "product_id": self.jute.id,
                            "product_uom_qty": 3,
                            "location_id": vendor.id,
                            "location_dest_id": self.shelf.id,
                        }
                    )
                ],
            }
        )
        receipt.action_confirm()
        receipt.move_ids.write({"quantity": 3, "picked": True})
        receipt.button_validate()
        self.assertEqual(
            [request.line_ids.reserved_qty for request in requests], [0, 2, 1]
        )
        self._ship(requests[1], 2)
        with self.assertRaisesRegex(UserError, "1 can be shipped"):
            self._ship(requests[2], 2)

    def test_counted_anew(self):
        request = self._request((self.jute_item, 1))
        self.assertEqual(request.line_ids.reserved_qty, 0)
        self._stock(self.jute, 1)
        self._ship(request, 1)
        self.assertEqual(self._there(self.jute), 0)

    def test_refused_is_free_again(self):
        self._stock(self.jute, 5)
        request = self._request((self.jute_item, 3), (self.sisal_item, 1))
        jute, sisal = request.line_ids
        self._answer(
            request,
            {"line_id": jute.id, "kind": "refuse", "quantity": 2, "reason": "limit"},
            {"line_id": sisal.id, "kind": "refuse", "quantity": 1, "reason": "gone"},
        )
        self.assertEqual(self._free(self.jute), 4)
        self.assertEqual(jute.reserved_qty, 1)
        self._ship(request, 1, jute)
        self.assertEqual(self._there(self.jute), 4)
        self.assertEqual(request.state, "done")

    def test_cancelled_is_free_again(self):
        self._stock(self.jute, 5)
        request = self._request((self.jute_item, 3))
        self._call(self.clerk, request, "action_cancel")
        self.assertEqual(self._free(self.jute), 5)
        self.assertEqual(request.picking_ids.state, "cancel")

    def test_shipped_in_the_warehouse_answers_the_request(self):
        self._stock(self.jute, 5)
        request = self._request((self.jute_item, 3))
        self._mail_out()
        picking = request.picking_ids
        picking.move_ids.write({"quantity": 2, "picked": True})
        picking.with_context(skip_backorder=True).button_validate()
        line = request.line_ids
        self.assertEqual((line.shipped_qty, line.open_qty), (2, 1))
        self.assertEqual(request.entry_ids.quantity, 2)
        self.assertIn("dora@example.com", self._mail_out())
        self._ship(request, 1)
        self.assertEqual((self._there(self.jute), request.state), (2, "done"))

    def test_company_without_sample_stock(self):
        self.works.sample_picking_type_id = False
        request = self._request((self.jute_item, 3))
        self.assertFalse(request.picking_ids)
        self._ship(request, 3)
        self.assertEqual(request.state, "done")
