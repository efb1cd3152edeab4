"""A sample file in the hands of somebody who sets feeds up."""

import base64

from odoo.tests import new_test_user

from .common import FeedCase

SAMPLE = (
    b"Article;Qty;Cost;Title\nA1;5;1.234,50;Desk <b>large</b>\n"
    b"A2;many;3,5;Chair\nA3;50+;7,25;Lamp\n"
)


class SetupCase(FeedCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.ref("base.EUR").active = True
        cls.manager = new_test_user(
            cls.env,
            "feed_manager",
            "distributor_feeds.group_feed_manager,base.group_partner_manager",
        )
        cls.user = new_test_user(
            cls.env, "feed_user", "distributor_feeds.group_feed_user"
        )

    def _new(self, data=SAMPLE, name="borealis.csv", user=None, **values):
        """Return a set-up with a file that nobody looked at yet."""
        return (
            self.env["distributor.feed.setup"]
            .with_user(user or self.manager)
            .create({"file": base64.b64encode(data), "file_name": name, **values})
        )

    def _read(self, *args, **values):
        """Return a set-up whose file was looked at."""
        setup = self._new(*args, **values)
        setup.action_read()
        return setup

    def _line(self, setup, column):
        line = setup.line_ids.filtered(lambda line: line.column == column)
        self.assertEqual(len(line), 1, column)
        return line

    def _save(self, setup, **values):
        setup.write({"distributor_id": self.distributor.id, **values})
        return setup.action_save()
