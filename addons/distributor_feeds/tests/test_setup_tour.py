"""A feed is set up in a real browser."""

from odoo.tests import HttpCase, tagged

from .common_setup import SetupCase


@tagged("post_install", "-at_install")
class TestSetupTour(SetupCase, HttpCase):
    def test_a_feed_from_a_sample_file(self):
        self.start_tour(
            "/odoo/action-distributor_feeds.distributor_feed_action",
            "distributor_feed_setup",
            login="feed_manager",
        )
        feed = self.env["distributor.feed"].search([("name", "=", "tour")])
        self.assertEqual(feed.account_id, self.account)
        self.assertEqual(
            feed.profile_id.rule_ids.mapped("target"), ["code", "quantity", "price"]
        )
        self.assertEqual(
            (feed.run_ids.state, feed.run_ids.file_name), ("queued", "tour.csv")
        )
