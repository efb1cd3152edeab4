from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_quick_order import QuickOrderCommon

URL = "/shop/quick_order/list"

#: What everybody outside is told of what he must not order, whatever the reason.
CLOSED = "cannot be ordered here"


@tagged("post_install", "-at_install")
class TestQuickOrderVisitors(QuickOrderCommon):
    """What is not sold is not sold to anybody; staff is told why."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website.prevent_zero_price_sale = True
        other_site = cls.env["website"].create({"name": "Other Site"})
        cls.bad = {
            "archived": cls._bad("Archived", active=False),
            "not for sale": cls._bad("Not for Sale", sale_ok=False),
            "another website": cls._bad("Elsewhere", website_id=other_site.id),
            "not published": cls._bad("Unpublished", is_published=False),
            "no price": cls._bad("Free", list_price=0),
            "own page": cls._bad("Ticket", type="service", service_tracking="event"),
        }
        cls.salesman = cls._user("quick_salesman", "sales_team.group_sale_salesman")
        cls.admin = cls._user("quick_admin", "base.group_system")

    @classmethod
    def _bad(cls, name, **vals):
        product = cls.env["product.product"].create(
            cls._quick_vals(name, **{"default_code": f"BAD-{name}", **vals})
        )
        # the category publishes what is put into it
        product.product_tmpl_id.is_published = vals.get("is_published", True)
        return product

    def _refusals(self):
        """Order each of them together with a good product.

        :return: ``{why: what is told}``
        """
        told = {}
        for why, product in self.bad.items():
            answer = self._add_boxes((product, "1"), (self.pen, "1"))
            told[why] = answer["boxes"][str(product.id)]["reason"]
            self.assertFalse(answer["boxes"][str(self.pen.id)]["reason"], why)
        self.assertEqual(self._in_cart(), {self.pen: len(self.bad)})
        return told

    def _no_box(self):
        """The page has no box for any of them."""
        page = self._page(self.url)
        self.assertTrue(page.xpath(f"//*[@id='quick_qty_{self.pen.id}']"))
        for product in self.bad.values():
            self.assertFalse(page.xpath(f"//*[@id='quick_qty_{product.id}']"))
        return page

    def test_staff_is_refused_and_told_why(self):
        for user in (self.salesman, self.admin):
            with self.subTest(user.login):
                self.authenticate(user.login, user.login)
                for why, told in self._refusals().items():
                    self.assertIn(why, told)
                page = self._no_box()
                self.assertIn(
                    "not published",
                    self._text(self._row(page, self.bad["not published"])),
                )
                self._own_cart().unlink()

    def test_staff_uploads_a_list(self):
        self.authenticate(self.salesman.login, self.salesman.login)
        self._post(
            URL, self._page(URL), text="BAD-Unpublished;1\nBAD-Free;2\nNONE;1\nQP-1;3"
        )
        made = self.env["sale.quick.list"].search([], limit=1)
        self.assertEqual(
            [row["status"] for row in made.rows], ["unknown"] * 3 + ["matched"]
        )
        for row, text in zip(
            made.rows, ("not published", "no price", "do not know"), strict=False
        ):
            self.assertIn(text, row["reason"])

    def test_customers_are_refused_and_told_nothing(self):
        for user in (self.portal, None):
            with self.subTest(user and user.login):
                self.authenticate(user and user.login, user and user.login)
                self.assertEqual(
                    set(self._refusals().values()), {"This product " + CLOSED + "."}
                )
                text = self._text(self._no_box())
                self.assertNotIn("not published", text)
                self.assertNotIn("Unpublished", text)
                self._own_cart().unlink()

    def test_customer_uploads_a_list(self):
        self._login()
        self._post(URL, self._page(URL), text="BAD-Unpublished;1\nQP-1;3")
        made = self.env["sale.quick.list"].search([], limit=1)
        self.assertEqual([row["status"] for row in made.rows], ["unknown", "matched"])
        self.assertIn("do not know", made.rows[0]["reason"])

    def test_staff_without_right_to_products(self):
        """An employee who reads no products orders none, and no error is shown."""
        self.env["ir.rule"].create(
            {
                "name": "No pens",
                "model_id": self.env["ir.model"]._get_id("product.product"),
                "domain_force": [("id", "!=", self.pen.id)],
                "groups": [(4, self.env.ref("base.group_user").id)],
            }
        )
        self.authenticate(self.salesman.login, self.salesman.login)
        with mute_logger("odoo.addons.base.models.ir_rule"):
            answer = self._add_boxes((self.pen, "1"), (self.cup, "1"))
        self.assertIn(CLOSED, answer["boxes"][str(self.pen.id)]["reason"])
        self.assertEqual(self._in_cart(), {self.cup: 1})
