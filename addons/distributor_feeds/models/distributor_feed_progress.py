import time

from odoo import fields, models
from odoo.sql_db import db_connect

from odoo.addons.trade_network.fields import UncheckedMany2one

# Seconds between two notes, and before the first one: short loads note nothing.
PAUSE = 2.0
QUIET = 1.0


class DistributorFeedProgress(models.Model):
    """How far a running load is.

    A table of its own, without a foreign key: a load commits once, at its end, and a
    note on the run itself, made meanwhile, would make that commit fail.
    """

    _name = "distributor.feed.progress"
    _description = "Progress of a Distributor's Run"
    _log_access = False

    run_id = UncheckedMany2one("distributor.feed.run", required=True)
    step = fields.Char(required=True)
    done = fields.Integer("Rows")
    percent = fields.Integer()
    at = fields.Datetime(required=True)

    _run = models.UniqueIndex("(run_id)")


class Notes:
    """Called by a load with each step; writes now and then.

    :param str dbname: database of the run
    :param int run_id: the run
    :param records: ``formats.Records`` that are read, which know how much of the file
    is left
    :param clock: seconds that only go forward
    """

    # Where each step begins, per cent of the whole: how long they take in a large file.
    STEPS = (
        ("staging", 0),
        ("comparing", 35),
        ("reading", 45),
        ("judging", 75),
        ("writing", 80),
        ("matching", 95),
    )

    def __init__(self, dbname, run_id, records, clock=time.monotonic):
        self._dbname, self._run_id, self._records, self._clock = (
            dbname,
            run_id,
            records,
            clock,
        )
        self._start = clock()
        self._last = (None, self._start)
        self._rows = 0

    def __call__(self, step, done):
        if step == "comparing":
            self._rows = done
        now = self._clock()
        last_step, at = self._last
        if now - self._start >= QUIET and (step != last_step or now - at >= PAUSE):
            self._last = (step, now)
            self._write(step, done)

    def _percent(self, step, done):
        names = [name for name, _at in self.STEPS]
        bounds = [at for _name, at in self.STEPS] + [100]
        low, high = bounds[names.index(step)], bounds[names.index(step) + 1]
        share = 0.0
        if step == "staging":
            share = self._records.read_bytes / max(self._records.total_bytes, 1)
        elif step == "reading":
            share = done / max(self._rows, done, 1)
        return round(low + (high - low) * min(share, 1.0))

    def _write(self, step, done):
        # A connection of its own: that of the load is in the middle of a COPY. Nobody
        # waits for the disk; a lost note is no loss.
        with db_connect(self._dbname).cursor() as cr:
            cr.execute("SET LOCAL synchronous_commit = off")
            cr.execute(
                """
                INSERT INTO distributor_feed_progress (run_id, step, done, percent, at)
                     VALUES (%(run)s, %(step)s, %(done)s, %(percent)s,
                             now() AT TIME ZONE 'UTC')
                ON CONFLICT (run_id) DO UPDATE
                        SET step = excluded.step, done = excluded.done,
                            percent = excluded.percent, at = excluded.at
                """,
                {
                    "run": self._run_id,
                    "step": step,
                    "done": done,
                    "percent": self._percent(step, done),
                },
            )
