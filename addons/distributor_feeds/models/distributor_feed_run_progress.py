from odoo import fields, models
from odoo.tools import format_datetime

from .distributor_feed_progress import Notes


class DistributorFeedRun(models.Model):
    _inherit = "distributor.feed.run"

    progress = fields.Integer(
        compute="_compute_progress",
        aggregator=None,
        help="How far the load is, in per cent.",
    )
    progress_text = fields.Char("What It Does", compute="_compute_progress")

    def _compute_progress(self):
        running = self.filtered(lambda run: run.state == "running")
        notes = {
            note.run_id.id: note
            for note in self.env["distributor.feed.progress"]
            .sudo()
            .search([("run_id", "in", running.ids)])
        }
        for run in self:
            note = notes.get(run.id)
            run.progress = note.percent if note else 0
            run.progress_text = run._step_text(note)

    def _step_text(self, note):
        """Return in words what a run does at the moment.

        :param note: its record of ``distributor.feed.progress``, or none
        """
        if self.state == "queued":
            return self.env._("It waits for its turn.")
        if self.state != "running":
            return ""
        if not note:
            return (
                self.env._("It fetches the file.")
                if not self.attachment_id
                else self.env._("It begins to read.")
            )
        texts = {
            "staging": self.env._(
                "It reads the file: %s rows so far.", f"{note.done:,}"
            ),
            "comparing": self.env._(
                "It compares %s rows with the offers.", f"{note.done:,}"
            ),
            "reading": self.env._(
                "It converts what is new: %s rows so far.", f"{note.done:,}"
            ),
            "judging": self.env._("It looks at %s changes.", f"{note.done:,}"),
            "writing": self.env._("It writes %s changes.", f"{note.done:,}"),
            "matching": self.env._("It looks for the products."),
        }
        return texts[note.step]

    def _busy_text(self):
        """Return in words that the feed of this run has enough to do."""
        self.ensure_one()
        since = format_datetime(
            self.env, self.started_at or self.create_date, dt_format="short"
        )
        if self.state == "queued":
            return self.env._(
                "%(feed)s: already waiting since %(since)s.",
                feed=self.feed_id.name,
                since=since,
            )
        return self.env._(
            "%(feed)s: already running since %(since)s.",
            feed=self.feed_id.name,
            since=since,
        )

    def _progress_writer(self, records):
        """Return what a load of ``records`` calls to tell how far it is."""
        self.ensure_one()
        return Notes(self.env.cr.dbname, self.id, records)

    def _forget_progress(self):
        """Remove the note of a run that has ended."""
        with self._apart() as run:
            run.env["distributor.feed.progress"].search(
                [("run_id", "=", run.id)]
            ).unlink()
