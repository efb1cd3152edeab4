"""What distributors posted, read in the portal over real HTTP."""

import re

from odoo.tests import tagged

from .common_posted_pages import NUMBER, PostedPagesCommon
from .test_story_doors import visible_text


@tagged("post_install", "-at_install")
class TestPostedPages(PostedPagesCommon):
    # === HOME AND LISTS === #

    def test_counters_are_those_of_the_lists(self):
        for user in (self.clerk, self.rep, self.desk):
            self._login(user)
            home = self._page("/my/track")
            counts = dict(re.findall(r'data-kind="([\w-]+)">\s*(\d+)', home))
            self.assertTrue(counts, user.login)
            for kind, count in counts.items():
                with self.subTest(user=user.login, kind=kind):
                    self.assertEqual(
                        int(count), self._total(self._page(f"/my/track/{kind}"))
                    )

    def test_one_search_over_all(self):
        self._login(self.clerk)
        page = self._page("/my/track?search=hotel")
        for text in ("SO-1", "AL-1", "LIN-1", self.mills.name, self.alto.name):
            self.assertIn(text, page)
        self.assertIn("Posted", page)
        self.assertNotIn("SO-2", page)
        for text, found in (
            ("PO-77", "SO-1"), ("so-2", "SO-2"), ("waves", "Waves"), ("A-1014", "AL-1"),
            ("1Z 999 AA1 01 2345 6784", "SO-1"), ("LIN-2", "SO-1"), ("L7", "LIN-1"),
        ):  # fmt: skip
            with self.subTest(text):
                self.assertIn(found, self._page(f"/my/track?search={text}"))

    def test_filters_and_groups(self):
        self._login(self.clerk)
        for address, there, gone in (
            ("orders?filterby=late", "SO-1", "SO-2"),
            ("orders?filterby=back_ordered", "SO-1", "SO-2"),
            ("orders?sortby=client&groupby=distributor", "AL-1", "SO-3"),
            (f"orders?distributor={self.alto.id}", "AL-1", "SO-1"),
            ("mill-orders?filterby=late", "M-1", "M-2"),
            ("freight?filterby=moving", NUMBER, "FR-2"),
            ("reserves?filterby=soon", "Ends in 2 days", "Zebra"),
        ):
            with self.subTest(address):
                page = self._page(f"/my/track/{address}")
                page = page[page.index("o_track_search") :]
                self.assertIn(there, page)
                self.assertNotIn(gone, page)

    def test_master_login(self):
        self._login(self.desk)
        page = self._page("/my/track/orders")
        for text in ("SO-1", "SO-3", self.center.name, self.atelier.name):
            self.assertIn(text, page)
        self.assertNotIn("AL-1", page)
        page = self._page(f"/my/track/orders?showroom={self.atelier.id}")
        self.assertIn("SO-3", page)
        self.assertNotIn("SO-1", page)
        rows = self._sheet("/my/track/orders/xlsx")
        self.assertEqual({row[0] for row in rows[1:]}, {"SO-1", "SO-2", "SO-3"})

    def test_many_rows_need_no_more_queries(self):
        self._login(self.clerk)
        rows = [
            f"n{number},N-{number},DC14,LIN-1,1,{self._iso(-5)},{NUMBER}"
            for number in range(80)
        ]
        counts = []
        for some in (rows[:5], rows):
            self._post(
                "order",
                ["external_ref,name,account_number,item_code,quantity,ordered_on,"
                 "tracking_numbers", *some],
            )  # fmt: skip
            self._post(
                "stock",
                ["item_code,on_hand", *(row.split(",")[1] + ",3" for row in some)],
            )
            for kind in ("orders", "stock"):
                self._page(f"/my/track/{kind}")
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                self.assertEqual(self.url_open(f"/my/track/{kind}").status_code, 200)
                counts.append((kind, self.cr.sql_log_count - before))
        self.assertEqual(counts[:2], counts[2:])

    # === ONE ORDER === #

    def test_same_words_at_every_door(self):
        (self.desk | self.clerk | self.rep | self.employee).write(
            {"tz": "America/New_York", "lang": "en_US"}
        )
        self.env.flush_all()
        seen = {
            "staff": self.order.with_user(self.employee).read(["track_story"])[0][
                "track_story"
            ]
        }
        for user in (self.clerk, self.rep, self.desk):
            self._login(user)
            seen[user.login] = self._page(f"/my/track/orders/{self.order.id}")
        texts = {name: visible_text(page) for name, page in seen.items()}
        staff = texts["staff"]
        self.assertEqual(len(staff["o_track_lines"]), 2)
        self.assertIn("Partly shipped, late", staff["o_track_rollups"][1])
        self.assertTrue(any(NUMBER in step for step in staff["o_track_steps"]))
        for name, text in texts.items():
            with self.subTest(door=name):
                self.assertEqual(text, staff)

    def test_order_page(self):
        self._login(self.clerk)
        page = self._page(f"/my/track/orders/{self.order.id}")
        self.assertIn("As told by", page)
        self.assertIn("ups.com", page)
        for text in ("Hotel Sun", "PO-77", "Back-ordered", "FR-1", "Not told here"):
            self.assertIn(text, page)
