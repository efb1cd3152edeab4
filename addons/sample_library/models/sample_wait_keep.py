from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .sample_wait import OPEN


class SampleWait(models.Model):
    """Who gets what is free."""

    _inherit = "sample.wait"

    def _close(self, state):
        """End waiting, and offer what was kept to the next in the queue.

        :param str state: ``expired`` or ``cancelled``
        """
        waits = self.filtered(lambda wait: wait.state in OPEN)
        kept = waits.copy_id
        # who is just put on the list still sees it kept
        waits.filtered("copy_id")._meet_scans()
        waits.write({"state": state, "copy_id": False})
        self._offer(kept)

    @api.model
    def _served(self, loan):
        """Somebody got what he waited for.

        What was kept for him may be another copy than he takes: that one is free now.

        :param loan: new ``sample.loan``
        """
        waits = self._open_of(loan.item_id.id, loan.library_id, loan.person_id)
        others = waits.copy_id - loan.copy_id
        vals = {"state": "served", "loan_id": loan.id}
        if others:
            waits._meet_scans()
            vals["copy_id"] = False
        waits.write(vals)
        self._offer(others)

    @api.model
    def _reopen(self, loan):
        """Who was served by a loan, which is undone, waits again where he was.

        :param loan: ``sample.loan``
        :return: the copy that is kept for him again
        :rtype: ``sample.copy``
        """
        waits = self.search([("loan_id", "=", loan.id), ("state", "=", "served")])
        if self._open_of(loan.item_id.id, loan.library_id, loan.person_id):
            # he was put on the list again meanwhile
            return self.browse().copy_id
        kept = waits.filtered("copy_id")
        kept.write({"state": "ready", "loan_id": False})
        (waits - kept).write({"state": "waiting", "loan_id": False})
        return kept.copy_id

    @api.model
    def _lose(self, copies):
        """Copies kept for somebody are gone: these people are first in the queue again.

        If another copy is here, it is kept for them instead.

        :param copies: ``sample.copy``, not here or not what it was any more
        """
        self._release(copies)._serve_free_copies()

    @api.model
    def _release(self, copies):
        """Keep copies for nobody any more.

        :param copies: ``sample.copy``
        :return: those who wait again
        """
        waits = self.search([("state", "=", "ready"), ("copy_id", "in", copies.ids)])
        waits.write(
            {
                "state": "waiting",
                "copy_id": False,
                "notified_at": False,
                "hold_until": False,
            }
        )
        return waits

    def _serve_free_copies(self):
        """Who waits for what is here after all is served at once."""
        if not self:
            return
        items = self.item_id
        self._meet_scans()
        copies = self.env["sample.copy"].search(
            [
                ("item_id", "in", items.ids),
                ("library_id", "in", self.library_id.ids),
                ("state", "=", "in"),
            ]
        )
        self._offer_free(copies)

    @api.model
    def _offer_free(self, copies):
        """Offer those of some copies that are kept for nobody.

        :param copies: ``sample.copy``
        """
        held = self.search([("state", "=", "ready"), ("copy_id", "in", copies.ids)])
        self._offer(copies - held.copy_id)

    def _meet_scans(self):
        """Let nobody lend or take back these samples at the same moment.

        A return that does not see the new wait, and a wait that does not see the
        return, would both pass: the sample would lie on the shelf and nobody be told.
        A row that both change lets one pass, and Odoo tries the other one again.
        """
        self.env.cr.execute(
            SQL(
                """
                UPDATE sample_copy SET write_date = write_date
                 WHERE item_id = ANY(%s) AND library_id = ANY(%s)
                """,
                self.item_id.ids,
                self.library_id.ids,
            )
        )

    @api.model
    def _offer(self, copies):
        """Keep copies that are here for those who wait longest, and tell these.

        :param copies: ``sample.copy`` that nobody keeps
        :return: what is kept now for whom
        :rtype: ``sample.wait``
        """
        copies = copies.filtered(lambda copy: copy.state == "in")
        if not copies:
            return self.browse()
        queue = {}
        waiting = self.search(
            Domain("state", "=", "waiting")
            & Domain("item_id", "in", copies.item_id.ids)
            & Domain("library_id", "in", copies.library_id.ids)
        )
        for wait in waiting:
            queue.setdefault((wait.item_id, wait.library_id), []).append(wait)
        served = self.browse()
        now = fields.Datetime.now()
        for copy in copies:
            line = queue.get((copy.item_id, copy.library_id))
            if line:
                wait = line.pop(0)
                days = timedelta(days=copy.library_id.hold_days)
                wait.write(
                    {
                        "state": "ready",
                        "copy_id": copy.id,
                        # the others are to be phoned
                        "notified_at": wait.person_id.email and now,
                        "hold_until": copy.library_id._today() + days,
                    }
                )
                served |= wait
        served._mail_ready()
        return served

    def _mail_ready(self):
        """Tell people that what they waited for is there."""
        reachable = self.filtered("person_id.email")
        if reachable:
            self.env.ref("sample_library.mail_template_wait").send_mail_batch(
                reachable.ids
            )

    @api.model
    def _expire(self):
        """Give up what nobody picked up in time.

        :return: how many people lost their turn
        :rtype: int
        """
        late = self.search(
            Domain("state", "=", "ready")
            & Domain.OR(
                Domain("library_id", "in", libraries.ids)
                & Domain("hold_until", "<", day)
                for day, libraries in self.env["sample.library"]._all_per_day().items()
            )
        )
        late._close("expired")
        return len(late)
