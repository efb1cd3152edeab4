from unittest.mock import patch

from odoo.http import root
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.website_sale.models.website import CART_SESSION_CACHE_KEY

from ..models import quick_order_list_add
from ..quick import MAX_ROWS
from .common_quick_order import QuickOrderCommon

URL = "/shop/quick_order/list"


@tagged("post_install", "-at_install")
class TestQuickOrderPortions(QuickOrderCommon):
    """A long list goes into the cart portion by portion."""

    def setUp(self):
        super().setUp()
        self._login()
        self._portion(2)

    def _portion(self, rows):
        """So many rows are added by one request."""
        patcher = patch.object(quick_order_list_add, "PORTION", rows)
        self.startPatcher(patcher)

    def _paste(self, text):
        """Send a list.

        :return: address of its preview
        """
        response = self._post(URL, self._page(URL), text=text)
        self.assertRegex(response.url, rf"{URL}/\d+$")
        return response.url[response.url.index(URL) :]

    def _rows(self, url):
        self.env.invalidate_all()
        return self.env["sale.quick.list"].browse(int(url.rsplit("/", 1)[1])).rows

    def _statuses(self, url):
        return [row["status"] for row in self._rows(url)]

    def _bar(self, page):
        (bar,) = page.xpath("//*[contains(@class, 'o_quick_order_bar')]")
        return self._text(bar)

    def _portion_route(self, url, **params):
        return self.make_jsonrpc_request(f"{url}/portion", params)

    # === WITHOUT JAVASCRIPT === #

    def test_each_post_adds_a_portion(self):
        url = self._paste("QP-1;1\nQC-1;2\nQB-1;3\nQP-1;4\nQC-1;5")
        page = self._page(url)
        self.assertIn("Add 5 good rows to the cart", self._bar(page))
        (told,) = page.xpath("//*[contains(@class, 'o_quick_list_progress')]")
        self.assertIn("d-none", told.get("class"))
        self._post(f"{url}/add", page)
        self.assertEqual(self._in_cart(), {self.pen: 1, self.cup: 2})
        page = self._page(url)  # loading it again adds nothing
        page = self._page(url)
        self.assertEqual(self._in_cart(), {self.pen: 1, self.cup: 2})
        self.assertIn("2 of 5 rows added", self._bar(page))
        self.assertIn("Continue with the next 2", self._bar(page))
        (bar,) = page.xpath("//*[@role='progressbar']")
        self.assertEqual(bar.get("aria-valuenow"), "40")
        self._post(f"{url}/add", page)
        page = self._page(url)
        self.assertIn("Continue with the next 1", self._bar(page))
        self._post(f"{url}/add", page)
        page = self._page(url)
        self.assertIn("Go to the cart", self._bar(page))
        self.assertFalse(page.xpath("//button[contains(@class, 'o_quick_list_add')]"))
        expected = {self.pen: 5, self.cup: 7, self.bag: 3}
        self.assertEqual(self._in_cart(), expected)
        self._post(f"{url}/add", page)  # the page of another tab
        self.assertEqual(self._in_cart(), expected)

    def test_two_tabs_add_each_row_once(self):
        url = self._paste("QP-1;1\nQC-1;2\nQB-1;3\nQP-1;4\nQC-1;5")
        tabs = [self._page(url), self._page(url)]
        for _round in range(2):
            for tab in tabs:
                self._post(f"{url}/add", tab)
        self.assertEqual(self._in_cart(), {self.pen: 5, self.cup: 7, self.bag: 3})
        self.assertEqual(len(self._own_cart().order_line), 3)

    def test_second_of_two_requests_goes_on_in_the_cart_of_the_first(self):
        """It may still have the session of a visitor without cart."""
        url = self._paste("QP-1;1\nQP-1;2\nQP-1;4")
        page = self._page(url)
        self._post(f"{url}/add", page)
        first = self._own_cart()
        session = root.session_store.get(self.session.sid)
        self.assertEqual(session[CART_SESSION_CACHE_KEY], first.id)
        session[CART_SESSION_CACHE_KEY] = False
        root.session_store.save(session)
        self._post(f"{url}/add", page)
        self.assertEqual(self._own_cart(), first)
        self.assertEqual(self._in_cart(), {self.pen: 7})

    def test_cart_that_was_confirmed_meanwhile_gets_no_more(self):
        url = self._paste("QP-1;1\nQP-1;2\nQP-1;4")
        page = self._page(url)
        self._post(f"{url}/add", page)
        first = self._own_cart()
        first.action_confirm()
        self._post(f"{url}/add", page)
        self.assertEqual(first.order_line.product_uom_qty, 3)
        self.assertNotEqual(self._own_cart(), first)
        self.assertEqual(self._in_cart(), {self.pen: 4})

    # === WITH JAVASCRIPT === #

    def test_route_tells_how_far_it_is(self):
        url = self._paste("QP-1;1\nQC-1;2\nNONE;1\nQB-1;3\nQP-1;4\nQC-1;5")
        answers = []
        while not answers or answers[-1]["left"]:
            answers.append(self._portion_route(url))
        self.assertEqual(
            [(one["done"], one["total"], one["bad"]) for one in answers],
            [(2, 5, 1), (4, 5, 1), (5, 5, 1)],
        )
        self.assertEqual(answers[-1]["percent"], 100)
        self.assertEqual(answers[-1]["cart_quantity"], 15)
        self.assertEqual(self._portion_route(url)["cart_quantity"], 15)

    def test_choices_go_with_the_first_portion(self):
        twins = self.env["product.product"].create(
            [self._quick_vals(f"Twin {n}", default_code="TWIN") for n in "AB"]
        )
        url = self._paste("TWIN;2\nTWIN;3\nQP-1;1")
        choices = {"1": twins[1].id, "2": self.cup.id, "x": [], "3": "'"}
        self.assertEqual(self._portion_route(url, choices=choices)["left"], 0)
        self.assertEqual(self._statuses(url), ["added", "ambiguous", "added"])
        self.assertEqual(self._in_cart(), {twins[1]: 2, self.pen: 1})

    def test_another_users_list(self):
        url = self._paste("QP-1;1")
        colleague = self._user("colleague", "base.group_portal")
        self.authenticate(colleague.login, colleague.login)
        with mute_logger("odoo.http"):
            name, _message = self._rpc_error(f"{url}/portion", {})
        self.assertEqual(name, "odoo.exceptions.AccessError")
        self._post(f"{url}/again", self._page(URL))
        self.assertEqual(self._statuses(url), ["matched"])
        self.assertFalse(self._own_cart().order_line)

    # === WHAT FAILS LATER === #

    def test_good_rows_that_fail_later_are_to_download(self):
        few = self._storable("Few", 3, default_code="FEW")
        none = self._storable("None", 1, default_code="NONE")
        url = self._paste("QP-1;1\nQC-1;2\nQB-1;3\nFEW;5\nNONE;1")
        self.assertEqual(self._statuses(url), ["matched"] * 5)
        page = self._page(url)
        self._post(f"{url}/add", page)
        self.bag.is_published = False
        self.env["stock.quant"].search([("product_id", "=", none.id)]).quantity = 0
        for _round in range(2):
            self._post(f"{url}/add", page)
        self.assertEqual(
            self._statuses(url), ["added", "added", "unknown", "part", "refused"]
        )
        self.assertEqual(self._in_cart(), {self.pen: 1, self.cup: 2, few: 3})
        text = self.url_open(f"{url}/bad.csv").content.decode("utf-8-sig")
        lines = text.splitlines()[1:]
        self.assertEqual(
            [line.split(",")[:2] for line in lines],
            [["QB-1", "3"], ["FEW", "2"], ["NONE", "1"]],
        )
        self.assertTrue(all(line.split(",", 3)[3] for line in lines), lines)
        page = self._page(url)
        self.assertIn("3 rows to mend", self._text(page))
        self.assertIn("Added in part", self._text(page))

    def test_look_up_again(self):
        """What was missing is there now; what is in the cart stays as it is."""
        url = self._paste("QP-1;1\nNEW;2")
        page = self._page(url)
        self._post(f"{url}/add", page)
        self.assertEqual(self._statuses(url), ["added", "unknown"])
        new = self.env["product.product"].create(
            self._quick_vals("New", default_code="NEW")
        )
        self._post(f"{url}/again", page)
        self.assertEqual(self._statuses(url), ["added", "matched"])
        self._post(f"{url}/add", page)
        self.assertEqual(self._in_cart(), {self.pen: 1, new: 2})

    def test_failing_request_adds_and_loses_nothing(self):
        url = self._paste("QP-1;1\nQC-1;2\nQB-1;3")
        page = self._page(url)
        self._post(f"{url}/add", page)
        with (
            patch.object(
                self.registry["sale.quick.list"], "_note", side_effect=OSError
            ),
            self.assertLogs("odoo.http", "ERROR"),
        ):
            response = self._post(f"{url}/add", page)
        self.assertEqual(response.status_code, 500)
        self.assertEqual(self._statuses(url), ["added", "added", "matched"])
        self.assertEqual(self._in_cart(), {self.pen: 1, self.cup: 2})
        self._post(f"{url}/add", page)
        self.assertEqual(self._in_cart(), {self.pen: 1, self.cup: 2, self.bag: 3})

    def test_five_thousand_rows(self):
        """Nothing is lost and nothing doubled, however often the button is pressed."""
        self._portion(1_000)
        products = self.env["product.product"].create(
            [self._quick_vals(f"Many {n}", default_code=f"M-{n}") for n in range(40)]
        )
        url = self._paste(
            "\n".join(f"M-{n % 40};{n // 40 + 1}" for n in range(MAX_ROWS))
        )
        page = self._page(url)
        for _request in range(3):
            self._portion_route(url)
            self._post(f"{url}/add", page)
        self.assertEqual(self._statuses(url), ["added"] * MAX_ROWS)
        self.assertEqual(
            self._in_cart(), dict.fromkeys(products, sum(range(1, MAX_ROWS // 40 + 1)))
        )
