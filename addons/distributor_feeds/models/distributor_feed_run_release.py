from odoo import fields, models

from .. import loader
from ..formats import open_records


class _Chosen:
    """Some lines of a file, read as the file is read."""

    def __init__(self, records, lines):
        self.records = records
        self.lines = lines

    def batches(self):
        """Yield the lines as the loader takes them."""
        yield "".join(f"{line}\n" for line in self.lines).encode()

    def split(self, lines):
        """Split as the file's own reader does."""
        return self.records.split(lines)


class DistributorFeedRun(models.Model):
    _inherit = "distributor.feed.run"

    def _release_rows(self, rejects):
        """Load rejected rows of this run without asking a guard rail.

        The rows are a run of their own, so that they can be taken back as well.
        """
        self.ensure_one()
        feed, profile = self.feed_id, self.feed_id.profile_id
        now = fields.Datetime.now()
        self._hold_account()
        run = self.sudo().create(
            {
                "feed_id": feed.id,
                "started_at": now,
                "decided_by_id": self.env.uid,
                "file_name": self.file_name,
                "released_from_id": self.id,
            }
        )
        with open_records(self._path(), profile._options()) as records:
            mapping = profile._mapping(records.columns, feed.account_id.currency_id)
            spec = run._spec(profile._seed(feed), now, releasing=True)
            self.env.flush_all()
            chosen = _Chosen(records, rejects.mapped("line"))
            result = loader.load(self.env.cr, spec, chosen, mapping, loader.Rails())
        self.env.invalidate_all()
        run.write(
            {
                "state": "done",
                "ended_at": fields.Datetime.now(),
                "rows": result.rows,
                "created": result.created,
                "updated": result.updated,
            }
        )
        rejects.sudo().write({"state": "released", "released_run_id": run.id})
        return run
