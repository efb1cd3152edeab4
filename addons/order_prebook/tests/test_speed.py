"""Many lines cost as many statements as one."""

from odoo.tests import tagged

from .common import PrebookCommon


@tagged("post_install", "-at_install")
class TestSpeed(PrebookCommon):
    def _booked(self, count):
        """Lines of one order, each of a product of its own."""
        products = self.env["product.product"].create(
            [
                self._product_vals(f"Flower {number}", prebook_policy="always")
                for number in range(count)
            ]
        )
        order = self._order(
            *[(product, 2) for product in products],
        )
        self._offer()
        # as a client names them: what is read together hangs on no other record
        return self.env["sale.order.line"].browse(order.order_line.ids)

    def _statements(self, function, lines):
        """How many statements a function needs for some lines, from empty caches."""
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.cr.sql_log_count
        function(lines)
        self.env.flush_all()
        return self.cr.sql_log_count - start

    def _compare(self, function):
        one, many = self._booked(1), self._booked(60)
        self._statements(function, self._booked(1))  # fill what is cached for good
        self.assertEqual(
            self._statements(function, one), self._statements(function, many)
        )

    def test_list(self):
        fields = [
            "order_id",
            "product_id",
            "prebook_qty_open",
            "prebook_qty_arrived",
            "prebook_state",
            "prebook_delivery_date",
            "prebook_read_uid",
        ]
        spec = {name: {} for name in fields}
        cashier = self.users["cashier"]
        self._compare(lambda lines: lines.with_user(cashier).web_read(spec))

    def test_dialog(self):
        cashier = self.users["cashier"]

        def open_dialog(lines):
            action = lines.with_user(cashier).action_prebook_check_out()
            wizard = self.env[action["res_model"]].with_user(cashier)
            wizard.browse(action["res_id"]).web_read(
                {"line_ids": {"fields": {"product_id": {}, "open": {}, "arrived": {}}}}
            )

        self._compare(open_dialog)

    def test_sources(self):
        def judge(lines):
            lines.sudo()._prebook_sources()

        self._compare(judge)

    def test_offering(self):
        allocate = self.env["sale.order.line"]._prebook_allocate

        def receive_and_offer(lines):
            allocate(lines.env["product.product"].browse(product_ids[lines]))

        def with_stock(count):
            lines = self._booked(count)
            for product in lines.product_id:
                self._stock(product, 2)
            return lines

        warm, one, many = with_stock(1), with_stock(1), with_stock(60)
        product_ids = {lines: lines.product_id.ids for lines in (warm, one, many)}
        self._statements(receive_and_offer, warm)
        self.assertEqual(
            self._statements(receive_and_offer, one),
            self._statements(receive_and_offer, many),
        )
        self.assertEqual(set(many.mapped("prebook_qty_arrived")), {2.0})

    def test_receipts_only_queue(self):
        """A receipt of many products costs what waits for them one statement more."""
        lines = self._booked(60)

        def queue(products):
            self.env["sale.prebook.arrival"]._queue(products)

        self._statements(queue, lines[:1].product_id)
        self.assertEqual(
            self._statements(queue, lines[:1].product_id),
            self._statements(queue, lines.product_id),
        )
