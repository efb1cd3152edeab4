import os
import tempfile
from contextlib import contextmanager
from itertools import chain

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .. import posting

# First half of the advisory lock "one posting per distributor and kind".
_LOCK = 0x74726B70
#: Larger files are loaded by the scheduled action.
AT_ONCE = 5 << 20
_SHOWN_ROWS = 10
_MAX_REJECTS = 100_000


class TrackPost(models.Model):
    """Reading, previewing and loading a posting."""

    _inherit = "track.post"

    @api.model
    def _lock(self, kind, distributor_id):
        """Keep other postings of the kind away until the transaction ends.

        The lock dies with the connection: who was killed holds up nobody.

        :return: nothing, or since when another one is running
        :rtype: datetime | None
        """
        number = list(posting.KINDS).index(kind)
        key = (distributor_id * 16 + number) % (1 << 31)
        self.env.cr.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", (_LOCK, key))
        if self.env.cr.fetchone()[0]:
            return None
        self.env.cr.execute(
            """
            SELECT activity.xact_start AT TIME ZONE 'UTC'
              FROM pg_locks lock JOIN pg_stat_activity activity USING (pid)
             WHERE lock.locktype = 'advisory' AND lock.granted AND lock.objsubid = 2
               AND lock.database = (SELECT oid FROM pg_database
                                     WHERE datname = current_database())
               AND lock.classid = %s AND lock.objid = %s
            """,
            (_LOCK, key),
        )
        rows = self.env.cr.fetchall()
        return rows[0][0] if rows and rows[0][0] else fields.Datetime.now()

    def _check_lock(self):
        """:raise UserError: another posting of the kind is running"""
        since = self._lock(self.kind, self.distributor_id.id)
        if since:
            raise UserError(
                self.env._(
                    "Another posting of this kind is running already, since %(time)s "
                    "(UTC). Wait until it is done.",
                    time=since.strftime("%H:%M:%S"),
                )
            )

    @contextmanager
    def _path(self):
        """Give the path of the kept file on this server."""
        attachment = self.sudo().attachment_id
        path = attachment.store_fname and attachment._full_path(attachment.store_fname)
        if path and os.path.exists(path):
            yield path
            return
        if not attachment:
            raise UserError(
                self.env._("The file is not kept any more. Post it once more.")
            )
        with tempfile.NamedTemporaryFile(prefix="post-") as file:
            file.write(attachment.raw or b"")
            file.flush()
            yield file.name

    def _spec(self, mapping):
        return posting.Spec(
            mapping=mapping,
            distributor_id=self.distributor_id.id,
            company_id=self.company_id.id or None,
            post_id=self.id,
            full=self.full,
            now=fields.Datetime.now(),
            today=fields.Date.today(),
        )

    def _load_file(self, dry):
        """Read the kept file and load it.

        :param bool dry: only count
        :return: ``(names in the file with ours, posting.Result)``
        :raise PostingError: it cannot be read
        """
        kind = posting.KINDS[self.kind]
        with self._path() as path, posting.open_table(path) as table:
            mapping = posting.find_columns(kind, table.header)
            first = next(table.batches, [])
            mapping.habits = posting.find_habits(mapping, first, self.day_first)
            batches = chain([first], table.batches) if first else []
            self.env.flush_all()
            result = posting.load(self.env.cr, self._spec(mapping), batches, dry)
            return mapping.describe(table.header), result

    def _preview(self):
        """Count what the file would change, and keep its first rows as they are read.

        Nothing but the posting itself is written.
        """
        self.ensure_one()
        self._check_lock()
        try:
            columns, result = self._load_file(dry=True)
        except posting.PostingError as error:
            self.write({"state": "failed", "message": self._trouble_text(error)})
            return
        self.write(
            {
                **self._counts(result),
                "preview": {
                    "columns": columns,
                    "rows": self._first_rows(columns),
                    "rejects": self._some_rejects(),
                },
            }
        )

    def _first_rows(self, columns):
        read = [name for _header, name in columns if name]
        self.env.cr.execute("SELECT * FROM post_rows ORDER BY row LIMIT %s",
                            (_SHOWN_ROWS,))  # fmt: skip
        rows = self.env.cr.dictfetchall()
        return [
            [
                "" if value is None else str(value)
                for value in (row.get(name, row.get(f"l_{name}")) for name in read)
            ]
            for row in rows
        ]

    def _some_rejects(self):
        self.env.cr.execute(
            "SELECT row, external_ref, reason, detail::json FROM post_rejects "
            "ORDER BY row LIMIT 50"
        )
        return [
            [row, ref or "", self._reason_text(reason, detail)]
            for row, ref, reason, detail in self.env.cr.fetchall()
        ]

    def _counts(self, result):
        return {
            name: getattr(result, name)
            for name in (
                "rows", "created", "changed", "unchanged", "ended", "rejected",
                "rejected_rows", "reasons",
            )
        }  # fmt: skip

    def _confirm(self):
        """Load what was previewed: now, or soon if it is large.

        :raise UserError: it is not to be confirmed any more
        """
        self.ensure_one()
        if self.state != "draft" or not self.preview:
            raise UserError(
                self.env._("This posting was confirmed or dropped before. Post anew.")
            )
        self._check_kind(self.kind, self.distributor_id)
        self.state = "queued"
        if self.file_size > AT_ONCE:
            self.env.ref("order_track.ir_cron_posts")._trigger()
        else:
            self._execute()

    def _execute(self):
        """Load the file, in the caller's transaction: all of it is seen, or nothing."""
        self.ensure_one()
        self._check_lock()
        started = fields.Datetime.now()
        try:
            with self.env.cr.savepoint():
                _columns, result = self._load_file(dry=False)
                self._refuse_nothing_left(result)
                self._keep_rejects()
                self._after_loading()
        except posting.PostingError as error:
            self.write({"state": "failed", "message": self._trouble_text(error)})
            return
        except UserError as error:
            self.write({"state": "failed", "message": str(error)})
            return
        self.write(
            {
                **self._counts(result),
                "state": "done",
                "started_at": started,
                "ended_at": fields.Datetime.now(),
                "message": False,
            }
        )

    def _refuse_nothing_left(self, result):
        """A full file of which nothing can be taken would end everything."""
        taken = result.created + result.changed + result.unchanged
        if self.full and result.ended and not taken:
            raise UserError(
                self.env._(
                    "Nothing of the file can be taken, so that everything posted "
                    "before "
                    "would end. Nothing was changed. Mend the file."
                )
            )

    def _keep_rejects(self):
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO track_post_reject
                       (post_id, row, external_ref, reason, detail, cells)
                SELECT %s, x.row, x.external_ref, x.reason, x.detail::jsonb,
                       to_jsonb(r) - 'row' - 'problem' - 'detail'
                  FROM post_rejects x LEFT JOIN post_rows r ON r.row = x.row
                 ORDER BY x.row LIMIT %s
                """,
                self.id,
                _MAX_REJECTS,
            )
        )

    def _after_loading(self):
        """What follows from new records; the temporary tables are still there."""
        kind, distributor = posting.KINDS[self.kind], self.distributor_id.id
        self.invalidate_recordset(["reject_ids"])
        if self.kind == "customer":
            self._resolve_customers()
        if self.kind in ("stock", "reserve", "order"):
            self.env["track.stock"]._count_held(distributor)
        self.env[kind.model].invalidate_model()
        for name in ("track.order.line", "track.stock.piece", "track.stock"):
            self.env[name].invalidate_model()

    def _resolve_customers(self):
        """Orders of accounts that were unknown, or another's, are theirs now."""
        self.env.cr.execute(
            "SELECT DISTINCT upper(btrim(account_number)) FROM post_records "
            "WHERE NOT is_same AND account_number IS NOT NULL"
        )
        keys = [key for (key,) in self.env.cr.fetchall()]
        if keys:
            posting.resolve_again(
                self.env.cr, self.distributor_id.id, keys, fields.Date.today()
            )
            self.env.invalidate_all()
