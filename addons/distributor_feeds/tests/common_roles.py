"""A user, a manager, a stranger and a manager of another company."""

from odoo.tests import new_test_user

from .common import FeedCase

USER = "distributor_feeds.group_feed_user"
MANAGER = "distributor_feeds.group_feed_manager"


class RolesCase(FeedCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "feed_user", USER)
        cls.manager = new_test_user(cls.env, "feed_manager", MANAGER)
        cls.stranger = new_test_user(cls.env, "feed_stranger", "base.group_user")
        elsewhere = cls.env["res.company"].create({"name": "Elsewhere"})
        cls.foreign = new_test_user(
            cls.env,
            "feed_foreign",
            MANAGER,
            company_id=elsewhere.id,
            company_ids=[(6, 0, elsewhere.ids)],
        )
