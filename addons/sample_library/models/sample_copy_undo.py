from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

_UNDO_HOURS = 24


class SampleCopy(models.Model):
    _inherit = "sample.copy"

    @api.model
    def scan_undo(self, scan_uid, user_id=None):
        """Undo a scan of the user's own; a second time nothing more happens.

        :param str scan_uid: number of a scan that lent something or took it back
        :param int user_id: whose scan it is, as for a scan
        :return: ``outcome`` is ``undone``
        :rtype: dict
        :raise UserError: if there is no such scan, or too much happened since
        """
        other_user = self._answer_other_user(user_id)
        if other_user:
            return other_user
        scans_sudo = self.env["sample.scan"].sudo()
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
        copy_sudo = scan_sudo.copy_id
        if copy_sudo:
            # the same lock as a scan takes; a second clerk is waited for
            copy_sudo.lock_for_update(allow_referencing=True)
        undo = {
            "lent": self._undo_lent,
            "returned": self._undo_returned,
            "keep": self._undo_returned,
            "found": self._undo_returned,
        }.get(scan_sudo.outcome)
        old = scan_sudo.create_date < fields.Datetime.now() - timedelta(
            hours=_UNDO_HOURS
        )
        if not undo or old or not undo(copy_sudo, scan_sudo.loan_id, scan_sudo.outcome):
            raise UserError(
                self.env._(
                    "This scan cannot be undone any more. Lend the sample or take it "
                    "back instead."
                )
            )

    def _undo_lent(self, copy_sudo, loan_sudo, outcome):
        """:return: whether it could be undone"""
        if not loan_sudo or copy_sudo.loan_id != loan_sudo:
            return False
        copy_sudo._set_state("in")
        # it never happened; the scan itself is kept
        loan_sudo.unlink()
        self.env["sample.wait"].sudo()._offer(copy_sudo)
        return True

    def _undo_returned(self, copy_sudo, loan_sudo, outcome):
        """:return: whether it could be undone"""
        if copy_sudo.state != "in":
            return False
        if loan_sudo and copy_sudo.loan_ids[:1] != loan_sudo:
            return False
        if outcome != "found" and not loan_sudo:
            return False
        self.env["sample.wait"].sudo()._lose(copy_sudo)
        loan_sudo.write({"returned_at": False, "returned_by_id": False})
        if outcome == "found":
            copy_sudo._set_state("lost")
        else:
            copy_sudo._set_state("out", loan_sudo)
        return True
