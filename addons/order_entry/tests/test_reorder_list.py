from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_quick_order import QuickOrderCommon

URL = "/my/reorder-lists"


@tagged("post_install", "-at_install")
class TestReorderList(QuickOrderCommon):
    """Lists that a customer orders again, alone or with his colleagues."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls.env["res.partner"].create(
            {"name": "Reorder Company", "is_company": True}
        )
        cls.colleague = cls._user("colleague", "base.group_portal")
        (cls.portal.partner_id | cls.colleague.partner_id).parent_id = company
        cls.stranger = cls._user("stranger", "base.group_portal")
        cls.list = cls.env["sale.reorder.list"].create(
            {
                "name": "Weekly",
                "partner_id": cls.portal.partner_id.id,
                "line_ids": [
                    Command.create({"product_id": cls.pen.id, "quantity": 3}),
                    Command.create({"product_id": cls.cup.id, "quantity": 4}),
                ],
            }
        )
        cls.list_url = f"{URL}/{cls.list.id}"

    def setUp(self):
        super().setUp()
        self._login()

    def _as(self, user):
        self.authenticate(user.login, user.login)

    def _change(self, path, **data):
        """Send one of the forms of the list, with a token from another page."""
        page = self._page("/shop/quick_order/list")
        response = self._post(f"{self.list_url}/{path}", page, **data)
        self.env.invalidate_all()
        return response

    def test_list_is_an_order_form_filled_in(self):
        page = self._page(self.list_url)
        values = {
            box.get("id"): box.get("value")
            for box in page.xpath("//input[starts-with(@id, 'quick_qty_')]")
        }
        self.assertEqual(
            values,
            {f"quick_qty_{self.pen.id}": "3", f"quick_qty_{self.cup.id}": "4"},
        )
        page = self._send(
            url=self.list_url, **{f"qty_{self.pen.id}": "2", f"qty_{self.cup.id}": "x"}
        )
        self.assertEqual(self._in_cart(), {self.pen: 2})
        self.assertIn("is not a number", self._tell(page, self.cup))

    def test_cart_becomes_a_list(self):
        self._add_boxes((self.pen, "2"), (self.bag, "5"))
        self._post(f"{URL}/save", self._page(URL), name="From the cart")
        saved = self.env["sale.reorder.list"].search([("name", "=", "From the cart")])
        self.assertEqual(saved.partner_id, self.portal.partner_id)
        self.assertRecordValues(
            saved.line_ids,
            [
                {"product_id": self.pen.id, "quantity": 2},
                {"product_id": self.bag.id, "quantity": 5},
            ],
        )

    def test_old_order_becomes_a_list(self):
        order = self._cart((self.bag, 6), partner_id=self.portal.partner_id.id)
        order.action_confirm()
        page = self._page(f"/my/orders/{order.id}")
        self.assertTrue(page.xpath("//form[@action='/my/reorder-lists/save']"))
        self._post(f"{URL}/save", page, order_id=str(order.id))
        saved = self.env["sale.reorder.list"].search([], order="id desc", limit=1)
        self.assertRecordValues(
            saved.line_ids, [{"product_id": self.bag.id, "quantity": 6}]
        )

    def test_order_of_another_customer_does_not(self):
        order = self._cart((self.bag, 6), partner_id=self.customer.id)
        order.action_confirm()
        count = self.env["sale.reorder.list"].search_count([])
        self._post(f"{URL}/save", self._page(self.list_url), order_id=str(order.id))
        self.assertEqual(self.env["sale.reorder.list"].search_count([]), count)

    def test_rename_share_and_delete(self):
        self._change("change", name="Monthly", is_shared="1")
        self.assertRecordValues(self.list, [{"name": "Monthly", "is_shared": True}])
        self._change("change", name="")
        self.assertRecordValues(self.list, [{"name": "Monthly", "is_shared": False}])
        self._change("change", delete="1")
        self.assertFalse(self.list.exists())

    def test_lines_are_added_and_taken_out(self):
        self._change("line", code="qb-1", quantity="7")
        self._change("line", code="QP-1", quantity="1")
        self._change("line", remove=str(self.cup.id))
        self.assertEqual(
            {line.product_id: line.quantity for line in self.list.line_ids},
            {self.pen: 4, self.bag: 7},
        )
        for code, quantity in (("NONE", "1"), ("QB-1", "x"), ("QB-1", "-1")):
            response = self._change("line", code=code, quantity=quantity)
            self.assertIn('role="alert"', response.text)
        self.assertEqual(sum(self.list.line_ids.mapped("quantity")), 11)

    def test_product_that_is_not_sold_any_more(self):
        self.cup.is_published = False
        page = self._page(self.list_url)
        self.assertIn("One product of the list is not sold", self._text(page))

    def test_colleague_sees_what_is_shared_and_orders_from_it(self):
        self._as(self.colleague)
        self.assertNotIn("Weekly", self._text(self._page(URL)))
        self.assertTrue(self.url_open(self.list_url).url.endswith(URL))
        self.list.is_shared = True
        self.assertIn("Weekly", self._text(self._page(URL)))
        self._send(url=self.list_url, **{f"qty_{self.pen.id}": "2"})
        self.assertEqual(self._in_cart(), {self.pen: 2})
        # but he does not change it
        self._change("change", name="Taken", delete="")
        self._change("line", code="QB-1", quantity="1")
        self._change("change", delete="1")
        self.assertRecordValues(self.list, [{"name": "Weekly", "line_count": 2}])

    def test_stranger_sees_nothing(self):
        self.list.is_shared = True
        self._as(self.stranger)
        self.assertNotIn("Weekly", self._text(self._page(URL)))
        self.assertTrue(self.url_open(self.list_url).url.endswith(URL))
        self._change("change", delete="1")
        self.assertTrue(self.list.exists())

    def test_rights_by_record(self):
        self.list.is_shared = True
        for user, may in (
            (self.portal, {"read": True, "write": True, "unlink": True}),
            (self.colleague, {"read": True, "write": False, "unlink": False}),
            (self.stranger, {"read": False, "write": False, "unlink": False}),
            (self.billing, {"read": False, "write": False, "unlink": False}),
            (self.salesman, {"read": True, "write": True, "unlink": True}),
        ):
            for record in (self.list, self.list.line_ids[0]):
                self.assertEqual(
                    {name: record.with_user(user).has_access(name) for name in may},
                    may,
                    (user.login, record._name),
                )
        with self.assertRaises(AccessError):
            self.list.with_user(self.portal).partner_id = self.stranger.partner_id
        others = self.env["sale.reorder.list"].create(
            {"name": "Other", "partner_id": self.stranger.partner_id.id}
        )
        with self.assertRaises(AccessError):
            self.list.line_ids[0].with_user(self.portal).list_id = others
        with self.assertRaises(AccessError):
            self.list.with_user(self.colleague).create(
                {"name": "Planted", "partner_id": self.portal.partner_id.id}
            )

    def test_codes_of_customers_are_for_staff(self):
        reference = self.env["product.customer.reference"].create(
            {
                "partner_id": self.portal.partner_id.id,
                "product_id": self.pen.id,
                "code": " X ",
            }
        )
        self.assertRecordValues(
            reference,
            [{"code": "X", "partner_id": self.portal.commercial_partner_id.id}],
        )
        for user, read, write in (
            (self.portal, False, False),
            (self.salesman, True, False),
            (self.review_manager, True, False),
        ):
            found = reference.with_user(user)
            self.assertEqual(found.has_access("read"), read, user.login)
            self.assertEqual(found.has_access("write"), write, user.login)

    def test_portal_home_counts_them(self):
        values = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["reorder_list_count"]}
        )
        self.assertEqual(values["reorder_list_count"], 1)
