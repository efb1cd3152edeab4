from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.trade_network.context import as_system

_UNDO_HOURS = 24


class SampleCopy(models.Model):
    _inherit = "sample.copy"

    @api.model
    def scan_undo(self, scan_uid, user_id=None):
        """Undo a scan of the user's own; a second time nothing more happens.

        :param str scan_uid: number of a scan that lent something or took it back
        :param int user_id: as in :meth:`scan_out`
        :return: ``outcome`` is ``undone``, or ``other_user`` as in :meth:`scan_out`
        :rtype: dict
        :raise UserError: if there is no such scan, or too much happened since
        """
        stranger = self._answer_other_user(user_id)
        if stranger:
            return stranger
        scans_sudo = as_system(self.env["sample.scan"])
        scans_sudo._check_uid(scan_uid)
        scan_sudo = scans_sudo.search(
            [("scan_uid", "=", scan_uid), ("user_id", "=", self.env.uid)]
        )
        if not scan_sudo:
            raise UserError(self.env._("There is no such scan of yours."))
        self.env["sample.library"]._own(scan_sudo.library_id.id)
        if not scan_sudo.undone_at:
            self._undo(scan_sudo)
            scan_sudo.undone_at = fields.Datetime.now()
        answer = self._answer("undone", self.env._("It is as it was before this scan."))
        first = scan_sudo.answer
        answer.update(
            scan_uid=scan_uid,
            kind=scan_sudo.kind,
            code=scan_sudo.code or "",
            item=first["item"],
            tag=first["tag"],
        )
        return answer

    def _undo(self, scan_sudo):
        lent_ids = scan_sudo.answer.get("loan_ids", [])
        loans_sudo = scan_sudo.loan_id | scan_sudo.loan_id.browse(lent_ids).exists()
        (scan_sudo.copy_id | loans_sudo.copy_id)._lock_as_scans_do()
        pairs = [(loan.copy_id, loan) for loan in loans_sudo] or [
            (scan_sudo.copy_id, loans_sudo)
        ]
        undo = {
            "kit": self._undo_lent,
            "kit_part": self._undo_lent,
            "lent": self._undo_lent,
            "returned": self._undo_returned,
            "keep": self._undo_returned,
            "found": self._undo_returned,
        }.get(scan_sudo.outcome)
        old = scan_sudo.create_date < fields.Datetime.now() - timedelta(
            hours=_UNDO_HOURS
        )
        # of a bag all or nothing
        still = loans_sudo.filtered(lambda loan: loan.copy_id.loan_id == loan)
        changed = lent_ids and len(still) < len(lent_ids)
        if (
            not undo
            or old
            or changed
            or not all(undo(copy, loan, scan_sudo.outcome) for copy, loan in pairs)
        ):
            raise UserError(
                self.env._(
                    "This scan cannot be undone any more. Lend the sample or take it "
                    "back instead."
                )
            )

    def _lock_as_scans_do(self):
        """Wait for a second clerk who has just scanned the same copy.

        Odoo's own lock waits for nobody. If the other one has changed something, this
        begins anew by Odoo's own retry.
        """
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                "SELECT id FROM sample_copy WHERE id = ANY(%s) FOR NO KEY UPDATE",
                self.ids,
            )
        )

    def _undo_lent(self, copy_sudo, loan_sudo, outcome):
        """:return: whether it could be undone"""
        if not loan_sudo or copy_sudo.loan_id != loan_sudo:
            return False
        copy_sudo._set_state("in")
        waits = as_system(self.env["sample.wait"])
        kept = waits._reopen(loan_sudo)
        # it never happened; the scan itself is kept
        loan_sudo.unlink()
        waits._offer(copy_sudo - kept)
        return True

    def _undo_returned(self, copy_sudo, loan_sudo, outcome):
        """:return: whether it could be undone"""
        if copy_sudo.state != "in":
            return False
        if loan_sudo and copy_sudo.loan_ids[:1] != loan_sudo:
            return False
        if outcome != "found" and not loan_sudo:
            return False
        loan_sudo.write({"returned_at": False, "returned_by_id": False})
        if outcome == "found":
            copy_sudo._set_state("lost")
        else:
            copy_sudo._set_state("out", loan_sudo)
        as_system(self.env["sample.wait"])._lose(copy_sudo)
        return True
