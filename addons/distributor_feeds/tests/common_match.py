"""Products to match, the people who do it, and the scheduled action."""

from odoo.tests import new_test_user

from .common import HEADER, FeedCase

GTIN_HEADER = f"{HEADER};ean;place"
A = "A1;5;10.00;Keyboard;Acme;KB-1;4006381333931;"


class MatchCase(FeedCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.profile.rule_ids = [
            (0, 0, {"target": "gtin", "column": "ean"}),
            (0, 0, {"target": "warehouse", "column": "place"}),
        ]
        cls.feed.max_shrink = 0

    @classmethod
    def _user(cls, login, *groups, **values):
        return new_test_user(cls.env, login=login, groups=",".join(groups), **values)

    @classmethod
    def _feed_user(cls):
        return cls._user("feed", "distributor_feeds.group_feed_user")

    @classmethod
    def _product(cls, name="Thing", **values):
        return cls.env["product.product"].create({"name": name, **values})

    def _load(self, *lines):
        return self._run(*lines, header=GTIN_HEADER)

    def _cron(self):
        """Match anew what is noted, as the scheduled action does."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("distributor_feeds.ir_cron_match").method_direct_trigger()
        self.env.invalidate_all()

    def _matched(self, code="A1", warehouse=""):
        offer = self._offer(code, warehouse)
        return offer.product_id, offer.matched_by
