import logging
import os

import psycopg2
from psycopg2.errors import DeadlockDetected, SerializationFailure

from odoo import api, fields, models

from .. import loader, transport
from ..formats import FormatError, open_records
from ..formats.text import family_of
from ..mapping import MappingError
from .distributor_feed_run_lock import LOCK_ACCOUNT, LOCK_FEED

_logger = logging.getLogger(__name__)


class DistributorFeedRun(models.Model):
    _inherit = "distributor.feed.run"

    @api.model
    def _cron_run(self):
        """Queue what is due, then run what is queued, one after the other."""
        self.env["distributor.feed"]._mend_clock()
        self._bury_dead()
        due = self.env["distributor.feed"].search(
            [
                ("next_run", "<=", fields.Datetime.now()),
                ("method", "in", ("folder", "https", "ftp", "ftps", "sftp")),
            ]
        )
        due._queue_runs()
        queued = self.search([("state", "=", "queued")], order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(queued))
        for run in queued:
            run._execute()
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _execute(self):
        """Fetch and load one queued run; never raises for what a distributor may cause.

        Uses transactions of its own: the caller's must hold no lock on runs or feeds.

        :return: whether it ran; if not, another process is at this feed or run
        :rtype: bool
        """
        self.ensure_one()
        with self._lock(LOCK_FEED, self.feed_id.id) as free:
            if not free:
                _logger.info(
                    "Run %s waits: feed %s is running elsewhere",
                    self.id,
                    self.feed_id.id,
                )
                return False
            with self._apart() as run:
                if run.state != "queued":
                    _logger.info(
                        "Run %s is %s: another process took it", self.id, run.state
                    )
                    return False
                run.write(
                    {
                        "state": "running",
                        "started_at": fields.Datetime.now(),
                        "error": False,
                    }
                )
            try:
                self._fetch_and_load()
            except (FormatError, MappingError, transport.TransportError) as error:
                self._end("failed", error=error.message)
            except loader.Held as held:
                self._end("held", reasons=held.reasons)
            except (SerializationFailure, DeadlockDetected):
                # Somebody released rows or went back to another run meanwhile: again
                # later.
                _logger.info(
                    "Run %s of feed %s met another change", self.id, self.feed_id.id
                )
                with self._apart() as run:
                    run.state = "queued"
            except psycopg2.Error as error:
                _logger.exception("Run %s of feed %s", self.id, self.feed_id.id)
                self._end(
                    "failed",
                    error=self.env._(
                        "The database refused: %s", error.pgerror or error
                    ),
                )
            except Exception as error:
                # Whatever it is, the other feeds go on, and the scheduled action stays
                # active.
                _logger.exception("Run %s of feed %s", self.id, self.feed_id.id)
                self._end(
                    "failed",
                    error=self.env._("Nothing was loaded: %s", repr(error)[:500]),
                )
            finally:
                self._forget_progress()
            return True

    def _fetch_and_load(self):
        if not self.attachment_id:
            with self._apart() as run:
                place, secret, policy, known = run.feed_id._place()
            with self._temporary() as folder:
                path = os.path.join(folder, "file")
                fetched = transport.fetch(place, secret, policy, path, known)
                with self._apart() as run:
                    if fetched.unchanged:
                        run._same()
                        return
                    run._keep_file(fetched)
        with self._lock(LOCK_ACCOUNT, self.feed_id.account_id.id, wait=True):
            with self._apart() as run:
                run._load()

    def _load(self):
        """Load the kept file in this transaction, and write what became of it.

        :raise Held: a person must look first
        :raise FormatError, MappingError: the file cannot be read
        """
        self.ensure_one()
        feed, profile = self.feed_id, self.feed_id.profile_id
        seed = profile._seed(feed)
        good = feed.good_run_id
        if good and good.sha256 == self.sha256 and good.seed == str(seed):
            self._same()
            return
        self._check_file()
        with (
            self._kept_file() as path,
            open_records(path, profile._options()) as records,
        ):
            encoding = self._check_content(records)
            mapping = profile._mapping(records.columns, feed.account_id.currency_id)
            now = fields.Datetime.now()
            self.env.flush_all()
            spec = self._spec(seed, now, progress=self._progress_writer(records))
            result = loader.load(self.env.cr, spec, records, mapping, self._rails())
        self.env.invalidate_all()
        self._loaded(
            now,
            seed=str(seed),
            columns=records.columns,
            encoding=encoding,
            rows=result.rows,
            unchanged=result.unchanged,
            created=result.created,
            updated=result.updated,
            missing=result.missing,
            rejected=result.rejected,
            rejects=result.rejects,
            matched=result.matched,
        )

    def _loaded(self, now, **values):
        """Write that the file is loaded, on the run and on its feed.

        :param datetime now: when it was read
        :param values: of the run: what it brought
        """
        self.write(
            {
                "state": "done",
                "ended_at": fields.Datetime.now(),
                "reasons": False,
                **values,
            }
        )
        feed = self.feed_id
        feed.write(
            {
                "good_run_id": self.id,
                "last_run_id": self.id,
                "data_at": self._data_at(now),
            }
        )
        feed._update_health()

    def _spec(self, seed, now, **options):
        feed = self.feed_id
        return loader.Spec(
            account_id=feed.account_id.id,
            distributor_id=feed.distributor_id.id,
            company_id=feed.company_id.id or None,
            feed_id=feed.id,
            run_id=self.id,
            kind=feed.kind,
            seed=seed,
            missing=feed.missing,
            delta=feed.delta,
            now=now,
            **options,
        )

    def _rails(self):
        feed = self.feed_id
        return loader.Rails(
            max_shrink=feed.max_shrink,
            max_price_change=feed.max_price_change,
            max_rejected=feed.max_rejected,
            max_stock_gone=feed.max_stock_gone,
            previous_rows=feed.good_run_id.rows,
            accepted=frozenset(self.accepted or ()),
        )

    def _check_file(self):
        """Look at what the file is, before what is in it.

        :raise Held: it is older than the last one, or was refused before
        """
        feed, reasons = self.feed_id, []
        good = feed.good_run_id
        # No file was written after it was read: then that clock was ahead, and files
        # are not refused until ours has caught up with it.
        last = good.file_modified and min(good.file_modified, good.ended_at)
        if last and self.file_modified and self.file_modified < last:
            reasons.append(
                ("older", {"now": str(self.file_modified), "before": str(last)})
            )
        if self.search_count(
            [
                ("feed_id", "=", feed.id),
                ("sha256", "=", self.sha256),
                ("state", "in", ("refused", "undone")),
            ],
            limit=1,
        ):
            reasons.append(("refused_before", {}))
        self._hold(reasons)

    def _check_content(self, records):
        """Compare how the file is written with the last one.

        :return: what its text looks like; a file of plain ASCII says nothing about it
        :raise Held: another encoding, or another number of columns and no header
        """
        good, reasons = self.feed_id.good_run_id, []
        columns, before = records.columns, good.columns
        if before and before != columns and len(before) != len(columns):
            figures = {
                "now": ", ".join(columns)[:500],
                "before": ", ".join(before)[:500],
            }
            reasons.append(("columns", figures))
        usual = family_of(self.feed_id.profile_id.encoding) or good.encoding
        if records.encoding and usual and records.encoding != usual:
            reasons.append(("encoding", {"now": records.encoding, "before": usual}))
        self._hold(reasons)
        return records.encoding or usual

    def _hold(self, reasons):
        reasons = [
            reason for reason in reasons if reason[0] not in (self.accepted or ())
        ]
        if reasons:
            raise loader.Held(reasons)

    def _data_at(self, read_at):
        """Return of when the figures are: a distributor's clock may be ahead,
        figures never are."""
        return min(self.file_modified or read_at, read_at)

    def _same(self):
        """The file is the one that is loaded already.

        It confirms its figures as of when it was written; where nobody tells when,
        as of now. A file that nobody wrote anew says nothing about today.
        """
        feed = self.feed_id
        written, read_at = self.file_modified, self.started_at or fields.Datetime.now()
        if not self.attachment_id:
            written = feed.good_run_id.file_modified
        self.write(
            {
                "state": "same",
                "ended_at": fields.Datetime.now(),
                "rows": feed.good_run_id.rows,
            }
        )
        feed.write(
            {
                "last_run_id": self.id,
                "data_at": min(written or read_at, read_at),
            }
        )
        feed._update_health()

    def _end(self, state, **values):
        """Write how a run ended whose load was rolled back, and tell somebody."""
        with self._apart() as run:
            run.write({"state": state, "ended_at": fields.Datetime.now(), **values})
            run.feed_id.last_run_id = run
            run.feed_id._update_health()
            run.feed_id._tell_trouble(run)
