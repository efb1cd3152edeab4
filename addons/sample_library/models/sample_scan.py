import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import SQL

_UID = re.compile(r"[A-Za-z0-9-]{8,64}")
_KEPT_DAYS = 90

#: What is kept of something that was read, however long it is.
CODE_LENGTH = 64


class SampleScan(models.Model):
    """Every scan and what was answered: a browser may send one again after a failure.

    The browser gives each scan a number of its own. The first time something is done,
    afterwards the first answer is repeated.
    """

    _name = "sample.scan"
    _description = "Scan at a Sample Library"
    _order = "id desc"
    _rec_name = "code"

    scan_uid = fields.Char(string="Number", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="cascade"
    )
    library_id = fields.Many2one(
        "sample.library", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [("out", "Lend"), ("in", "Take Back"), ("kit", "Lend a Kit")],
        required=True,
        readonly=True,
    )
    code = fields.Char(string="Read", readonly=True)
    outcome = fields.Char(required=True, readonly=True)
    answer = fields.Json(readonly=True)
    copy_id = fields.Many2one(
        "sample.copy", readonly=True, index="btree_not_null", ondelete="set null"
    )
    loan_id = fields.Many2one(
        "sample.loan", readonly=True, index="btree_not_null", ondelete="set null"
    )
    scanned_at = fields.Datetime(required=True, readonly=True)
    undone_at = fields.Datetime(readonly=True)

    _scan_uid_unique = models.UniqueIndex("(scan_uid)", "This scan is known already.")
    _age = models.Index("(create_date)")
    _recent = models.Index("(user_id, library_id, id)")

    @api.model
    def _check_uid(self, scan_uid):
        """:raise UserError: if this cannot be the number of a scan"""
        if not (isinstance(scan_uid, str) and _UID.fullmatch(scan_uid)):
            raise UserError(
                self.env._(
                    "Each scan needs a number of its own: 8 to 64 letters, digits and "
                    "hyphens."
                )
            )

    @api.model
    def _first_answer(self, scan_uid, kind, library, code):
        """What was answered when this scan came before.

        :return: the answer, or ``None`` if it is new
        :rtype: dict or None
        :raise UserError: if the number was used for another scan
        """
        # each scan asks this, and nearly all are new: a search takes twice as long
        rows = self.env.execute_query(
            SQL(
                "SELECT user_id, library_id, kind, code, answer FROM sample_scan"
                " WHERE scan_uid = %s",
                scan_uid,
            )
        )
        if not rows:
            return None
        *scan, answer = rows[0]
        if scan != [self.env.uid, library.id, kind, code or None]:
            raise UserError(
                self.env._(
                    "The number of this scan was used for another one. Reload the page "
                    "and scan again."
                )
            )
        return answer

    @api.model
    def _keep(self, library, kind, code, scanned_at, answer):
        """Keep an answer under the number of its scan.

        :raise ConcurrencyError: if the same scan is just being answered elsewhere;
            Odoo tries again and finds that answer
        """
        row = SQL(
            """
            INSERT INTO sample_scan (scan_uid, user_id, library_id, company_id, kind,
                                     code, outcome, answer, copy_id, loan_id,
                                     scanned_at, create_uid, create_date, write_uid,
                                     write_date)
                 VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s,
                         now() AT TIME ZONE 'UTC', %s, now() AT TIME ZONE 'UTC')
            ON CONFLICT (scan_uid) DO NOTHING
              RETURNING id
            """,
            answer["scan_uid"],
            self.env.uid,
            library.id,
            library.company_id.id,
            kind,
            code or None,
            answer["outcome"],
            self._fields["answer"].convert_to_column_insert(answer, self),
            answer["copy_id"] or None,
            answer["loan_id"] or None,
            scanned_at,
            self.env.uid,
            self.env.uid,
        )
        if not self.env.execute_query(row):
            raise ConcurrencyError("The same scan is being answered elsewhere")

    @api.autovacuum
    def _gc_scans(self):
        """Forget scans that no browser will send again; loans stay."""
        limit = fields.Datetime.now() - timedelta(days=_KEPT_DAYS)
        old = self.search(
            [("create_date", "<", limit)], order="create_date", limit=10000
        )
        old.unlink()
        return len(old), len(old) == 10000

    @api.model
    def _sane_moment(self, scanned_at):
        """When something was scanned, according to the browser, whose clock may be off.

        :param scanned_at: ``YYYY-MM-DD HH:MM:SS`` in UTC; nothing for now
        :return: not in the future
        :rtype: datetime
        :raise UserError: if this is no date and time, or longer ago than answers are
            kept: nobody knows any more whether it was done
        """
        now = fields.Datetime.now()
        try:
            moment = fields.Datetime.to_datetime(scanned_at or now)
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._(
                    "The time of a scan is given as YYYY-MM-DD HH:MM:SS, in UTC."
                )
            ) from error
        if moment < now - timedelta(days=_KEPT_DAYS):
            raise UserError(
                self.env._(
                    "This scan is older than %(days)s days, or the clock of this "
                    "device is wrong. Set the clock and scan again.",
                    days=_KEPT_DAYS,
                )
            )
        return min(moment, now)
