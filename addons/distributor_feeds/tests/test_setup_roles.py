"""Who may do what with a sample file; and the trend of runs."""

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from .common_setup import SetupCase


@tagged("post_install", "-at_install")
class TestSetupRoles(SetupCase):
    def test_a_user_may_look_but_not_save(self):
        profiles = self.env["distributor.feed.profile"].search_count([])
        setup = self._read(user=self.user)
        self.assertIn("first 3 rows", setup.preview)
        setup.distributor_id = self.distributor
        with self.assertRaises(AccessError):
            setup.action_save()
        tried = self.profile.with_user(self.user).action_try()
        setup = (
            self.env["distributor.feed.setup"]
            .with_user(self.user)
            .browse(tried["res_id"])
        )
        setup.write({"file": self._new(user=self.user).file, "file_name": "x.csv"})
        setup.action_read()
        with self.assertRaises(AccessError):
            setup.action_save()
        self.assertEqual(
            self.env["distributor.feed.profile"].search_count([]), profiles
        )

    def test_others_have_no_way_in(self):
        for groups in (
            "base.group_user",
            "purchase.group_purchase_user",
            "base.group_portal",
        ):
            person = new_test_user(self.env, f"nobody_{groups}", groups)
            with self.subTest(groups), self.assertRaises(AccessError):
                self._new(user=person)

    def test_a_sample_is_its_owners(self):
        setup = self._read()
        stranger = new_test_user(
            self.env, "stranger", "distributor_feeds.group_feed_manager"
        )
        for record in (setup, setup.line_ids):
            with self.assertRaises(AccessError):
                record.with_user(stranger).read()
        with self.assertRaises(AccessError):
            setup.with_user(stranger).action_save()

    def test_a_file_of_another_company(self):
        run = self._run("A1;5;10;Desk;B;1")
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.account.company_id = company
        self.profile.company_id = company
        self.env.flush_all()
        manager = self.manager
        self.assertNotIn(company, manager.company_ids)
        with self.assertRaises(AccessError):
            self.feed.with_user(manager).action_set_up()
        setup = self._new()
        setup.write({"file": False, "run_id": run.id})
        # What somebody else read is in the cache, where no rule is asked.
        self.assertTrue(run.attachment_id.store_fname)
        with self.assertRaises(AccessError):
            setup.action_read()
        for values in (
            {"purpose": "feed", "feed_id": self.feed.id, "name": "Mine"},
            {"profile_id": self.profile.id, "distributor_id": self.distributor.id},
        ):
            setup = self._read()
            with self.subTest(values), self.assertRaises(AccessError):
                setup.write(values)
                setup.action_save()

    def test_the_trend_names_the_last_runs(self):
        self._run("A1;5;10;Desk;B;1", "A2;x;10;Desk;B;1")
        self.env["distributor.feed.run"].create(
            {"feed_id": self.feed.id, "state": "failed"}
        )
        self.env["distributor.feed.run"].create(
            {"feed_id": self.feed.id, "state": "queued"}
        )
        trend = self.feed.with_user(self.user).run_trend
        self.assertEqual(
            [(run["state"], run["rows"]) for run in trend], [("done", 2), ("failed", 0)]
        )
        self.assertIn("Loaded, 2 rows, 1 rejected", trend[0]["text"])
        feeds = self.feed
        for number in range(5):
            feeds += self._feed(name=f"Feed {number}")
        self.env.flush_all()
        for records in (self.feed, feeds):
            self.env.invalidate_all()
            records.mapped("name")
            with self.assertQueryCount(1):
                records.mapped("run_trend")
        self.assertFalse(feeds[1].run_trend)
        self.assertFalse(self.env["distributor.feed"].new({}).run_trend)

    def test_feeds_are_grouped_by_all_that_the_dashboard_offers(self):
        self._run("A1;5;10;Desk;B;1")
        feeds = self.env["distributor.feed"].with_user(self.user)
        view = etree.fromstring(feeds.get_view(view_type="search")["arch"])
        names = [
            safe_eval(one.get("context"))["group_by"]
            for one in view.iterfind(".//group/filter")
        ]
        self.assertIn("last_state", names)
        for name in names:
            with self.subTest(name):
                self.assertTrue(feeds.formatted_read_group([], [name], ["__count"]))
