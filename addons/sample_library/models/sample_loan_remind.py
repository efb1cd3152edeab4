from odoo import api, fields, models
from odoo.tools import SQL, split_every

_BATCH = 100

_TEMPLATES = {
    "1_before": "sample_library.mail_template_before",
    "2_due": "sample_library.mail_template_due",
    "3_after": "sample_library.mail_template_after",
}


class SampleLoan(models.Model):
    _inherit = "sample.loan"

    @api.model
    def _cron_remind(self):
        """Remind borrowers, and give up what nobody picked up.

        Each reminder of a due date is sent once: what was sent is written down in the
        same transaction that queues the mail. A reminder that was missed is left out
        when a later one is due.
        """
        cron = self.env["ir.cron"]
        due = self._due_reminders()
        cron._commit_progress(remaining=sum(map(len, due.values())))
        self.env["sample.wait"]._expire()
        for stage, ids in due.items():
            for some in split_every(_BATCH, ids):
                loans = self.browse(some).try_lock_for_update()
                # another host may have been faster, or a clerk
                still = self._due_reminders(loans.ids).get(stage, [])
                loans.browse(still)._remind(stage)
                if not cron._commit_progress(len(some)):
                    return

    def _remind(self, stage):
        """Send a reminder to the borrowers of these loans, one mail each and library.

        :param str stage: value of ``reminded``
        """
        if not self:
            return
        # who has no address is on the list of overdue loans, for the telephone
        self.filtered("person_id.email")._mail_per_person(_TEMPLATES[stage])
        self.write({"reminded": stage})

    @api.model
    def _due_reminders(self, ids=None):
        """Which reminders are to be sent today.

        :param ids: look at these loans only
        :return: ids of loans per stage, those of one borrower next to each other
        :rtype: dict[str, list[int]]
        """
        self.flush_model()
        self.env["sample.library"].flush_model()
        today = fields.Date.context_today(self)
        only = SQL("AND loan.id = ANY(%s)", ids) if ids is not None else SQL()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT loan.id, today.stage
                  FROM sample_loan loan
                  JOIN sample_library library ON library.id = loan.library_id
            CROSS JOIN LATERAL (
                       SELECT CASE
                         WHEN library.remind_after_days > 0
                          AND loan.due_date + library.remind_after_days <= %(today)s
                         THEN '3_after'
                         WHEN library.remind_due AND loan.due_date <= %(today)s
                         THEN '2_due'
                         WHEN library.remind_before_days > 0
                          AND loan.due_date > %(today)s
                          AND loan.due_date - library.remind_before_days <= %(today)s
                         THEN '1_before'
                       END AS stage) today
                 WHERE loan.returned_at IS NULL AND loan.lost_at IS NULL
                   AND loan.due_date <= %(today)s + 365
                   AND loan.reminded IS DISTINCT FROM '3_after'
                   AND today.stage > COALESCE(loan.reminded, '')
                   %(only)s
              ORDER BY loan.library_id, loan.person_id, loan.id
                """,
                today=today,
                only=only,
            )
        )
        due = {}
        for loan_id, stage in rows:
            due.setdefault(stage, []).append(loan_id)
        return due
