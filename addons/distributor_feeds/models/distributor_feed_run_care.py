import glob
import os
import re
import shutil
import tempfile

from odoo import models

from .distributor_feed_run_lock import LOCK_FEED


class DistributorFeedRun(models.Model):
    """What runs that were stopped in the middle leave behind."""

    _inherit = "distributor.feed.run"

    def _bury_dead(self):
        """Mark runs whose server was stopped: they hold no lock any more, and wrote
        nothing.
        """
        for run in self.search([("state", "=", "running")]):
            with self._lock(LOCK_FEED, run.feed_id.id) as free:
                if not free:
                    continue
                # It may have ended between the search and the lock.
                with run._apart() as fresh:
                    dead = fresh.state == "running"
                if dead:
                    run._end(
                        "failed",
                        error=self.env._(
                            "The server was stopped in the middle. Nothing was "
                            "loaded; the next run starts anew. A file that you "
                            "uploaded must be uploaded again."
                        ),
                    )
        self._sweep()

    def _temporary(self):
        """Return a temporary folder of this run, as a context manager that removes
        it.
        """
        return tempfile.TemporaryDirectory(prefix=f"{self._prefix()}{self.id}-")

    def _prefix(self):
        # Databases share the folder of temporary files.
        return f"feed-{self.env.cr.dbname}-"

    def _sweep(self):
        """Remove temporary folders, on this server, of runs that are not running."""
        prefix = os.path.join(tempfile.gettempdir(), self._prefix())
        found = {}
        for path in glob.iglob(f"{glob.escape(prefix)}*"):
            if number := re.match(r"(\d+)-\w+\Z", path.removeprefix(prefix)):
                found[path] = int(number[1])
        if not found:
            return
        # Only now: a run is marked as running before it makes its folder.
        with self._apart() as fresh:
            alive = set(fresh.search([("state", "=", "running")]).ids)
        for path, run_id in found.items():
            if run_id not in alive:
                shutil.rmtree(path, ignore_errors=True)
