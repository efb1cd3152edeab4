import tempfile
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.distributor_feeds.formats import FormatError, Limits
from odoo.addons.distributor_feeds.formats.source import Source
from odoo.addons.order_track.posting.reading import MAX_BYTES

_PIECE = 1 << 20


class DistributorFeedRun(models.Model):
    """A run of a feed of posted data is a posting."""

    _inherit = "distributor.feed.run"

    post_id = fields.Many2one(
        "track.post", "Posting", readonly=True, index="btree_not_null", copy=False
    )

    def _load(self):
        """Override: posted data are loaded as postings are, not as offers."""
        if not self.feed_id.post_kind:
            return super()._load()
        feed, now = self.feed_id, fields.Datetime.now()
        seed = f"{feed.post_kind} {'delta' if feed.delta else 'full'}"
        good = feed.good_run_id
        if good and good.sha256 == self.sha256 and good.seed == seed:
            self._same()
            return None
        self._check_file()
        post = self._post()
        self._check_post(post)
        self._loaded(
            now,
            seed=seed,
            post_id=post.id,
            rows=post.rows,
            unchanged=post.unchanged,
            created=post.created,
            updated=post.changed,
            missing=post.ended,
            rejected=post.rejected_rows,
        )
        return None

    def _post(self):
        """Post the kept file in the name of the distributor, in this transaction.

        :return: the posting, done
        :raise FormatError: code ``posting``: it could not be posted
        """
        posts = self.env["track.post"]
        try:
            posts._check_kind(self.feed_id.post_kind, self._post_distributor())
            post = posts.create(self._post_values())
            post._execute()
        except UserError as error:
            raise FormatError("posting", str(error)) from error
        if post.state != "done":
            raise FormatError("posting", post.message)
        if not post.rows:
            raise FormatError("posting", self.env._("There is no row in the file."))
        return post

    def _post_distributor(self):
        return self.feed_id.distributor_id.commercial_partner_id

    def _post_values(self):
        feed, distributor = self.feed_id, self._post_distributor()
        language = self.env["res.lang"]._get_data(code=distributor.lang or "en_US")
        return {
            "name": (self.file_name or feed.name)[:120],
            "kind": feed.post_kind,
            "full": not feed.delta,
            "distributor_id": distributor.id,
            "company_id": feed.company_id.id,
            "source": "feed",
            "state": "queued",
            "file_size": self.file_size,
            "day_first": (language.date_format or "").startswith("%d"),
            "feed_run_id": self.id,
        }

    def _check_post(self, post):
        """Compare what was posted with the limits of the feed.

        :raise Held: a person must look first; the caller rolls back
        """
        feed, reasons = self.feed_id, []
        before = feed.good_run_id.rows
        if (
            post.full
            and feed.max_shrink
            and post.rows < before * (1 - feed.max_shrink / 100)
        ):
            reasons.append(("shrunk", {"now": post.rows, "before": before}))
        if (
            feed.max_rejected
            and post.rejected_rows > post.rows * feed.max_rejected / 100
        ):
            reasons.append(
                ("bad_rows", {"count": post.rejected_rows, "rows": post.rows})
            )
        self._hold(reasons)

    @contextmanager
    def _unpacked_file(self):
        """Give the path of the kept file, unpacked if it is packed.

        :raise FormatError: it is not kept any more, or does not unpack
        """
        limits = Limits(max_bytes=MAX_BYTES, max_unpacked=MAX_BYTES)
        options = self.feed_id.profile_id._options()
        with (
            self._kept_file() as path,
            Source(path, options, limits, keep_sheet=True) as source,
        ):
            if not source.packed:
                yield path
                return
            with tempfile.NamedTemporaryFile(prefix="feed-") as file:
                while data := source.read(_PIECE):
                    file.write(data)
                file.flush()
                yield file.name

    @api.depends("post_id")
    def _compute_can_go_back(self):
        """Override: what was posted is not taken back, but posted anew."""
        result = super()._compute_can_go_back()
        for run in self.filtered("feed_id.post_kind"):
            run.can_go_back = False
            run.go_back_note = run.state == "done" and self.env._(
                "To go back, upload the earlier file once more."
            )
        return result
