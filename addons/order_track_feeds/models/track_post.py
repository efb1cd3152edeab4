from contextlib import contextmanager

from odoo import fields, models


class TrackPost(models.Model):
    _inherit = "track.post"

    source = fields.Selection(
        selection_add=[("feed", "Scheduled Feed")], ondelete={"feed": "set upload"}
    )
    feed_run_id = fields.Many2one(
        "distributor.feed.run",
        "Run of a Feed",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="distributor_feeds.group_feed_user",
    )

    @contextmanager
    def _path(self):
        """Override: the file of a feed is kept with its run."""
        run = self.sudo().feed_run_id
        keeps = run._unpacked_file if run else super()._path
        with keeps() as path:
            yield path
