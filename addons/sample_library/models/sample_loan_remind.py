import logging
from itertools import chain

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL, split_every

_logger = logging.getLogger(__name__)

# mails, each with all the loans of one borrower at one library

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
        for stage, mails in due.items():
            for some in split_every(_BATCH, mails):
                self._remind_some(stage, list(chain.from_iterable(some)))
                if not cron._commit_progress(len(some)):
                    return

    @api.model
    def _remind_some(self, stage, ids):
        """Remind borrowers of these loans; a template that is broken stops no others.

        :param str stage: value of ``reminded``
        :param list[int] ids: ``sample.loan``
        """
        loans = self.browse(ids).try_lock_for_update()
        # another host may have been faster, or a clerk
        still = self._due_reminders(loans.ids).get(stage, [])
        try:
            with self.env.cr.savepoint():
                loans.browse(chain.from_iterable(still))._remind(stage)
        except (UserError, ValueError):
            _logger.exception("Reminders cannot be made: %s", _TEMPLATES[stage])

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
        :return: ids of loans per stage, those of one borrower and library together
        :rtype: dict[str, list[list[int]]]
        """
        self.flush_model()
        self.env["sample.library"].flush_model()
        days = [
            (library_id, day)
            for day, libraries in self.env["sample.library"]._all_per_day().items()
            for library_id in libraries.ids
        ]
        only = SQL("AND loan.id = ANY(%s)", ids) if ids is not None else SQL()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT loan.id, loan.person_id, loan.library_id, due.stage
                  FROM sample_loan loan
                  JOIN sample_library library ON library.id = loan.library_id
                  JOIN unnest(%(library_ids)s::int[], %(days)s::date[])
                       AS here (library_id, day) ON here.library_id = library.id
            CROSS JOIN LATERAL (
                       SELECT CASE
                         WHEN library.remind_after_days > 0
                          AND loan.due_date + library.remind_after_days <= here.day
                         THEN '3_after'
                         WHEN library.remind_due AND loan.due_date <= here.day
                         THEN '2_due'
                         WHEN library.remind_before_days > 0
                          AND loan.due_date > here.day
                          AND loan.due_date - library.remind_before_days <= here.day
                         THEN '1_before'
                       END AS stage) due
                 WHERE loan.returned_at IS NULL AND loan.lost_at IS NULL
                   AND loan.due_date <= here.day + 365
                   AND loan.reminded IS DISTINCT FROM '3_after'
                   AND due.stage > COALESCE(loan.reminded, '')
                   %(only)s
              ORDER BY loan.library_id, loan.person_id, loan.id
                """,
                library_ids=[library_id for library_id, _day in days],
                days=[day for _library_id, day in days],
                only=only,
            )
        )
        due = {}
        for loan_id, person_id, library_id, stage in rows:
            mails = due.setdefault(stage, {})
            mails.setdefault((person_id, library_id), []).append(loan_id)
        return {stage: list(mails.values()) for stage, mails in due.items()}
