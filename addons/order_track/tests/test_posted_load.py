"""Files of distributors, from the upload to the records."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..posting import KINDS, PostingError, check_size
from ..posting.templates import example
from .common_posted import PostedCommon

ORDERS = [
    "Order Number;Account;PO;Client;Order Date;Line;Item;Color;Qty;Shipped;Tracking",
    "1001;DC14;PO-1;Hotel Sun;2026-03-04;1;LIN-1;Sage;5,5;0;1Z999",
    "1001;DC14;PO-1;Hotel Sun;2026-03-04;2;LIN-2;Mist;3;0;1Z999",
    "1002;ATN;PO-2;Villa;2026-03-05;1;LIN-1;Sage;2;2;",
]


@tagged("post_install", "-at_install")
class TestPostedLoad(PostedCommon):
    def test_orders_with_lines(self):
        post = self._post("order", ORDERS)
        self.assertEqual(self._counts(post), (2, 0, 0, 0, 0))
        order = self._found("order", "1001")
        self.assertEqual(
            (order.name, order.customer_po, order.sidemark, str(order.ordered_on)),
            ("1001", "PO-1", "Hotel Sun", "2026-03-04"),
        )
        self.assertEqual(order.status, "open")
        self.assertEqual((order.showroom_id, order.partner_id), (self.center,) * 2)
        self.assertEqual(order.post_id, post)
        self.assertEqual(
            order.line_ids.mapped(lambda ln: (ln.line_ref, ln.item_code, ln.quantity)),
            [("1", "LIN-1", 5.5), ("2", "LIN-2", 3)],
        )
        self.assertEqual(self._found("order", "1002").showroom_id, self.atelier)

    def test_a_preview_writes_nothing(self):
        post = self._take("order", ORDERS)
        self.assertEqual(self._counts(post), (2, 0, 0, 0, 0))
        self.assertFalse(self._found("order", "1001"))
        self.assertEqual(post.preview["rows"][0][:3], ["1001", "DC14", "PO-1"])
        self.assertIn(["Client", "sidemark"], post.preview["columns"])

    def test_the_same_again_rewrites_nothing(self):
        self._post("order", ORDERS)
        self.env.cr.execute("SELECT xmin::text, ctid FROM track_order ORDER BY id")
        before = self.env.cr.fetchall()
        post = self._post("order", ORDERS)
        self.assertEqual(self._counts(post), (0, 0, 2, 0, 0))
        self.env.cr.execute("SELECT xmin::text, ctid FROM track_order ORDER BY id")
        self.assertEqual(self.env.cr.fetchall(), before)

    def test_only_what_changed_is_written(self):
        first = self._post("order", ORDERS)
        changed = [*ORDERS[:3], ORDERS[3].replace("2;2;", "2;1;")]
        post = self._post("order", changed)
        self.assertEqual(self._counts(post), (0, 1, 1, 0, 0))
        self.assertEqual(self._found("order", "1002").line_ids.shipped, 1)
        self.assertEqual(self._found("order", "1002").post_id, post)
        self.assertEqual(self._found("order", "1001").post_id, first)

    def test_full_and_delta(self):
        self._post("order", ORDERS)
        self.assertEqual(self._counts(self._post("order", ORDERS[:3])), (0, 0, 1, 0, 0))
        self.assertTrue(self._found("order", "1002").active)
        post = self._take("order", ORDERS[:3], full=True)
        self.assertEqual(self._counts(post), (0, 0, 1, 1, 0))
        self.assertTrue(self._found("order", "1002").active)
        post._confirm()
        order = self._found("order", "1002")
        self.assertEqual((order.active, bool(order.ended_at)), (False, True))
        # it comes back
        self.assertEqual(
            self._counts(self._post("order", ORDERS, full=True)), (0, 1, 1, 0, 0)
        )
        self.assertTrue(self._found("order", "1002").active)

    def test_what_is_named_badly_does_not_end(self):
        self._post("order", ORDERS)
        bad = [*ORDERS[:3], ORDERS[3].replace(";2;2;", ";-2;2;")]
        post = self._post("order", bad, full=True)
        self.assertEqual(self._counts(post), (0, 0, 1, 0, 1))
        self.assertEqual(self._reasons(post), {4: "negative"})
        self.assertTrue(self._found("order", "1002").active)

    def test_a_full_file_of_which_nothing_can_be_taken(self):
        self._post("order", ORDERS)
        post = self._take("order", [ORDERS[0], ORDERS[1].replace("DC14", "?")], True)
        post._confirm()
        self.assertEqual(post.state, "failed")
        self.assertTrue(self._found("order", "1001").active)

    def test_bad_rows(self):
        self._relation(self.mills, self.alto, account_number="TWO")
        self._relation(self.mills, self.center, account_number="TWO")
        rows = [
            "external_ref,account_number,ordered_on,item_code,quantity,status",
            "1,DC14,1926-03-04,A,1,open",  # 2: the past century
            "2,NOBODY,2026-03-04,A,1,open",  # 3
            "3,A-1014,2026-03-04,A,1,open",  # 4: of the other distributor
            "4,DC14,2026-02-30,A,1,open",  # 5
            "5,DC14,2026-03-04,A,-1,open",  # 6
            "6,DC14,2026-03-04,A,many,open",  # 7
            "7,DC14,2026-03-04,A,1,strange",  # 8
            ",DC14,2026-03-04,A,1,open",  # 9
            "8,,2026-03-04,A,1,open",  # 10
            f"{'9' * 65},DC14,2026-03-04,A,1,open",  # 11
            "10,TWO,2026-03-04,A,1,open",  # 12
            "11,DC14,2026-03-04,A,1,open",  # 13: right
            "12,DC14,2026-03-04,A,1,open",  # 14
            "12,ATN,2026-03-04,A,1,open",  # 15: says something else of the same
            "13,DC14,2199-01-01,A,1,open",  # 16
        ]
        post = self._post("order", rows)
        self.assertEqual(
            self._reasons(post),
            {
                2: "day_range", 3: "unknown_account", 4: "unknown_account", 5: "day",
                6: "negative", 7: "number", 8: "choice", 9: "no_ref",
                10: "no_account", 11: "long", 12: "ambiguous_account",
                14: "contradiction", 15: "contradiction", 16: "day_range",
            },
        )  # fmt: skip
        self.assertEqual(post.created, 1)
        for reject in post.reject_ids:
            self.assertNotIn("%(", reject.message)
            self.assertNotEqual(reject.message, reject.reason)
        told = {row[0]: row for row in post._reject_rows()[1:]}
        self.assertEqual(told[7][1], "quantity: “many” is no number.")
        self.assertIn("many", told[7])

    def test_duplicates_in_one_file(self):
        rows = [
            "item_code,price",
            "A,1.50", "A,1.50",  # the same twice counts once
            "B,1.50", "B,2.50",  # nobody knows which one is meant
        ]  # fmt: skip
        post = self._post("product", rows)
        self.assertEqual(self._reasons(post), {4: "duplicate", 5: "duplicate"})
        self.assertEqual(self._counts(post), (1, 0, 0, 0, 1))

    def test_the_same_key_at_another_distributor(self):
        self._post("order", ORDERS)
        theirs = [line.replace("DC14", "A-1014") for line in ORDERS[:3]]
        self._post("order", theirs, user=self.other_desk, full=True)
        mine, other = (
            self._found("order", "1001", one) for one in (self.mills, self.alto)
        )
        self.assertTrue(mine.active and other.active and mine != other)

    def test_account_numbers_have_their_days(self):
        relation = self.env["trade.relation"].search(
            [("distributor_id", "=", self.mills.id), ("account_number", "=", "ATN")]
        )
        relation.date_until = "2026-02-28"
        self._relation(
            self.mills, self.center, account_number=" atn ", date_from="2026-03-01"
        )
        rows = [
            "external_ref,account_number,ordered_on",
            "1,ATN,2026-02-28",
            "2,atn,2026-03-01",
        ]
        self._post("order", rows)
        self.assertEqual(self._found("order", "1").showroom_id, self.atelier)
        self.assertEqual(self._found("order", "2").showroom_id, self.center)
        relation.date_from = "2026-02-01"
        rows = ["external_ref,account_number,ordered_on", "3,ATN,2026-01-01"]
        self.assertEqual(
            self._reasons(self._post("order", rows)), {2: "account_not_then"}
        )

    def test_columns_a_file_has_not_got_stay(self):
        self._post("order", ORDERS)
        self._post("order", ["external_ref,account_number,status",
                             "1001,DC14,shipped"])  # fmt: skip
        order = self._found("order", "1001")
        self.assertEqual(
            (order.status, order.sidemark, len(order.line_ids)),
            ("shipped", "Hotel Sun", 2),
        )

    def test_pieces_make_the_stock(self):
        self._open_inventory(self.mills)
        post = self._post(
            "stock",
            [
                "Item,Color,Dye Lot,Roll,On Hand,Allocated,UOM",
                "LIN-1,Sage,B1,R1,30,5,yd",
                "LIN-1,Sage,B2,R2,12.5,0,yd",
                "LIN-2,Mist,,,7,0,yd",
            ],
        )
        self.assertEqual(self._counts(post), (2, 0, 0, 0, 0))
        stock = self._found("stock", "LIN-1")
        self.assertEqual((stock.on_hand, stock.reserved, stock.free), (42.5, 5, 37.5))
        self.assertEqual(
            stock.piece_ids.mapped(lambda piece: (piece.dye_lot, piece.free)),
            [("B1", 25), ("B2", 12.5)],
        )
        other = self._found("stock", "LIN-2")
        self.assertEqual((other.free, len(other.piece_ids)), (7, 0))

    def test_stock_needs_the_subscription(self):
        with self.assertRaises(UserError):
            self._take("stock", ["item_code,on_hand", "A,1"])
        self._open_inventory(self.alto)
        with self.assertRaises(UserError):
            self._take("stock", ["item_code,on_hand", "A,1"])

    def test_every_template_can_be_posted(self):
        self._open_inventory(self.mills)
        for code, kind in KINDS.items():
            with self.subTest(code):
                rows = [",".join(f'"{c}"' for c in row) for row in example(kind)]
                post = self._post(code, rows)
                self.assertEqual(self._counts(post), (1, 0, 0, 0, 0), post.reasons)

    def test_customers_say_whose_orders_are(self):
        rows = ["external_ref,account_number", "1,C-77"]
        self.assertEqual(self._post("order", rows).rejected, 1)
        self._post(
            "customer",
            ["account_number,name,showroom,rep", "C-77,Dora Drape,DC14,R-5"],
        )
        self.assertEqual(self._post("order", rows).created, 1)
        order = self._found("order", "1")
        self.assertEqual(
            (order.showroom_id, order.rep_id), (self.center, self.rep.partner_id)
        )
        self._post("customer", ["account_number,name,showroom", "C-77,Dora Drape,ATN"])
        order.invalidate_recordset()
        self.assertEqual(order.showroom_id, self.atelier)

    def test_relations_that_change(self):
        self._post("order", ORDERS)
        order = self._found("order", "1001")
        relation = self.env["trade.relation"].search(
            [("distributor_id", "=", self.mills.id), ("account_number", "=", "DC14")]
        )
        relation.partner_id = self.atelier
        self.assertEqual(order.showroom_id, self.atelier)
        relation.account_number = "OTHER"
        self.assertFalse(order.showroom_id)
        self._relation(self.mills, self.center, account_number="dc14")
        self.assertEqual(order.showroom_id, self.center)

    def test_files_that_are_none(self):
        for content in (
            b"",
            b"\n\n",
            b"PK\x03\x04nothing",
            b"\xd0\xcf\x11\xe0x",
            b"a\x00b\x01\x00\x00x\x03" * 50,
            b'external_ref,account_number\n"open',
            b"one,two\n1,2",
        ):
            with self.subTest(content[:20]):
                post = self._take("order", content)
                self.assertEqual(post.state, "failed")
                self.assertTrue(post.message)
                with self.assertRaises(UserError):
                    post._confirm()

    def test_a_file_of_200_mb_is_refused_by_its_size(self):
        with self.assertRaises(PostingError) as caught:
            check_size(200 << 20)
        self.assertEqual(
            self.env["track.post"]._trouble_text(caught.exception),
            "The file has 200 MB; at most 128 MB are read. Post it in parts, as "
            "changes.",
        )

    def test_only_distributors_post(self):
        for user in (self.clerk, self.rep, self.designer):
            with self.assertRaises(UserError):
                self._take("order", ORDERS, user=user)

    def test_confirmed_once(self):
        post = self._post("order", ORDERS)
        with self.assertRaises(UserError):
            post._confirm()

    def test_queries_do_not_grow(self):
        rows = [ORDERS[0]] + [
            f"{number};DC14;;;2026-03-04;1;A;;1;0;" for number in range(300)
        ]
        self._post("order", rows[:3])
        small, large = (self._take("order", rows[:n]) for n in (5, 300))
        counts = []
        for post in (small, large):
            before = self.env.cr.sql_log_count
            post._confirm()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
