"""The whole way of a distributor's figures, in a browser, against a distributor."""

import csv
import json
from unittest.mock import patch

from odoo.tests import new_test_user, tagged

from odoo.addons.distributor_feeds.models.distributor_feed_health import DistributorFeed
from odoo.addons.distributor_feeds.rehearsal import RehearsalDistributor
from odoo.addons.distributor_feeds.transport import Policy

from .common import ShopCase


@tagged("post_install", "-at_install")
class TestStory(ShopCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rehearsal = cls.enterClassContext(
            RehearsalDistributor(count=60, formats=("csv",))
        )
        policy = Policy(
            allowed_hosts=("127.0.0.1", "localhost"),
            ca_file=cls.rehearsal.ca_file,
            settle=0,
        )
        cls.enterClassContext(
            patch.object(DistributorFeed, "_policy", lambda _feed: policy)
        )
        cls.feed.unlink()
        cls.manager = new_test_user(
            cls.env,
            "story_manager",
            "distributor_feeds.group_feed_manager,trade_network.group_trade_manager",
        )
        cls.env.ref("base.EUR").active = True

    def _told(self):
        """What a person would have been told: addresses, names, the sample file."""
        place = self.rehearsal.sftp_place("items.csv")
        with open(self.rehearsal.path_of("items.csv")) as file:
            sample = file.read()
        return {
            "sample": sample,
            "host": place["host"],
            "port": str(place["port"]),
            "path": place["path"],
            "username": place["username"],
            "password": self.rehearsal.password,
        }

    def _tour(self, url, name, login, told=None):
        """Run a tour; what it is told lies in the browser, it need not be fetched."""
        tour = f"distributor_feeds_story_{name}"
        known = ", ".join(
            map(json.dumps, ("distributor_feeds_story", json.dumps(told)))
        )
        options = json.dumps({"startUrl": url})
        start = f"odoo.startTour({tour!r}, {options})"
        self.env.flush_all()
        self.start_tour(
            url, tour, login=login, code=f"sessionStorage.setItem({known}); {start}"
        )
        self.env.invalidate_all()

    def _work(self, feed):
        """Do what waits, as the scheduled action does, and return the last run."""
        with self.enter_registry_test_mode():
            for run in feed.run_ids.filtered(lambda run: run.state == "queued"):
                run._execute()
        self.env.invalidate_all()
        return feed.run_ids.sorted("id")[-1]

    def _price(self, code):
        offers = self.env["distributor.offer"].search(
            [("code", "=", code), ("account_id", "=", self.account.id)]
        )
        return offers.price

    def test_from_a_sample_file_to_going_back(self):
        article = self._article()
        code = article["code"]
        product = self._product("Story", barcode=article["gtin"])

        # A distributor is set up from a sample file, and the feed comes in by SFTP.
        self._tour(
            "/odoo/action-distributor_feeds.distributor_feed_action",
            "set_up",
            "story_manager",
            self._told(),
        )
        feed = self.env["distributor.feed"].search([("name", "=", "items")])
        sample = self._work(feed)
        self.assertEqual((sample.state, sample.rows), ("done", 60), sample.message)
        self.rehearsal.misbehave(revision=2)
        page = f"/odoo/action-distributor_feeds.distributor_feed_action/{feed.id}"
        self._tour(page, "fetch", "story_manager")
        first = self._work(feed)
        self.assertNotEqual(first, sample)
        self.assertEqual((first.state, first.rows), ("done", 60), first.message)
        self.assertTrue(0 < first.updated < 60)
        self.assertIn("sftp", first.source)
        offer = product.offer_ids
        self.assertEqual((offer.code, offer.matched_by), (code, "gtin"))

        # The shop shows the promise, also when the distributor's service dies.
        self._service(self.rehearsal.api_url, secret=self.rehearsal.token)
        self.rehearsal.misbehave(api_mood="dead")
        self._tour(product.website_url, "shop", "promise_customer")
        self._tour("/shop/cart", "cart", "promise_customer")

        # A bad file is held, and a person releases it.
        price = self._price(code)
        self.rehearsal.misbehave("prices_x10", revision=3)
        feed._queue_runs()
        held = self._work(feed)
        self.assertEqual(held.state, "held")
        self.assertEqual(self._price(code), price)
        self._tour(
            f"/odoo/action-distributor_feeds.distributor_feed_run_action/{held.id}",
            "held",
            "story_manager",
        )
        self.assertEqual(self._work(feed).state, "done")
        self.assertAlmostEqual(self._price(code), 10 * price)

        # The run is taken back.
        self._tour(
            f"/odoo/action-distributor_feeds.distributor_feed_run_action/{first.id}",
            "back",
            "story_manager",
        )
        self.assertEqual(held.state, "undone")
        self.assertAlmostEqual(self._price(code), price)

    def _article(self):
        """The first article with some stock that comes by the piece, as in the file."""
        with open(self.rehearsal.path_of("items.csv")) as file:
            rows = list(csv.DictReader(file, delimiter=self.rehearsal.style.delimiter))
        return next(
            row
            for row in rows
            if row["pack"] == "1" and row["stock"].isdecimal() and int(row["stock"]) > 9
        )
