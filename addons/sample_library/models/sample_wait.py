from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

_OPEN = ("waiting", "ready")


class SampleWait(models.Model):
    """Somebody waits for a sample that is lent."""

    _name = "sample.wait"
    _description = "Wait List of a Sample Library"
    _order = "since, id"
    _rec_name = "item_id"
    _check_company_auto = True

    item_id = fields.Many2one(
        "sample.item",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    library_id = fields.Many2one(
        "sample.library",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company", related="library_id.company_id", store=True, index=True
    )
    person_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    since = fields.Datetime(
        required=True, default=fields.Datetime.now, readonly=True, copy=False
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("ready", "Kept for Pick-up"),
            ("served", "Served"),
            ("expired", "Not Picked Up"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        default="waiting",
        required=True,
        readonly=True,
        copy=False,
    )
    copy_id = fields.Many2one(
        "sample.copy",
        string="Kept Copy",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    notified_at = fields.Datetime(readonly=True, copy=False)
    hold_until = fields.Date(string="Kept Until", readonly=True, copy=False)

    _once = models.UniqueIndex(
        "(library_id, item_id, person_id) WHERE state IN ('waiting', 'ready')",
        "This person is on the wait list for this sample already.",
    )
    _held_once = models.UniqueIndex(
        "(copy_id) WHERE state = 'ready'",
        "This copy is kept for somebody already.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not self.env.su:
                # neither a place in the queue nor a copy is taken by hand
                vals.update(
                    state="waiting",
                    since=fields.Datetime.now(),
                    copy_id=False,
                    notified_at=False,
                    hold_until=False,
                )
        waits = super().create(vals_list)
        waits.sudo()._serve_free_copies()
        return waits

    @api.model
    def _wait_for(self, item, library, person):
        """Put a person on the list, or find him there.

        :return: his open ``sample.wait``
        """
        return self._open_of(item.id, library, person) or self.create(
            {
                "item_id": item.id,
                "library_id": library.id,
                "person_id": person.id,
            }
        )

    @api.model
    def _open_of(self, item_id, library, person):
        """Where a person is on the list."""
        return self.search(
            [
                ("item_id", "=", item_id),
                ("library_id", "=", library.id),
                ("person_id", "=", person.id),
                ("state", "in", _OPEN),
            ]
        )

    def _place_in_line(self):
        """How many are told before this one, and he himself.

        :rtype: int
        """
        line = self.search(
            [
                ("item_id", "=", self.item_id.id),
                ("library_id", "=", self.library_id.id),
                ("state", "=", "waiting"),
            ]
        )
        return line.ids.index(self.id) + 1

    def action_cancel(self):
        """Take people off the wait list; what was kept goes to the next one."""
        self.env["sample.library"]._refuse_all_but_clerks()
        self.check_access("read")
        self.sudo()._close("cancelled")

    def _close(self, state):
        """End waiting, and offer what was kept to the next in the queue.

        :param str state: ``served``, ``expired`` or ``cancelled``
        """
        waits = self.filtered(lambda wait: wait.state in _OPEN)
        kept = waits.copy_id
        waits.write({"state": state, "copy_id": False})
        if state != "served":
            self._offer(kept)

    @api.model
    def _served(self, item_id, library, person):
        """Somebody got what he waited for.

        What was kept for him may be another copy than he takes: that one is free now.
        """
        waits = self._open_of(item_id, library, person)
        kept = waits.copy_id
        waits._close("served")
        self._offer(kept)

    @api.model
    def _lose(self, copies):
        """Copies kept for somebody are gone: these people are first in the queue again.

        :param copies: ``sample.copy``
        """
        waits = self.search([("state", "=", "ready"), ("copy_id", "in", copies.ids)])
        waits.write({"state": "waiting", "copy_id": False, "hold_until": False})

    def _serve_free_copies(self):
        """Who waits for what is here after all is served at once."""
        if not self:
            return
        items = self.item_id
        self._meet_scans()
        held = self.search(
            [("state", "=", "ready"), ("item_id", "in", items.ids)]
        ).copy_id
        copies = self.env["sample.copy"].search(
            [
                ("item_id", "in", items.ids),
                ("library_id", "in", self.library_id.ids),
                ("state", "=", "in"),
                ("id", "not in", held.ids),
            ]
        )
        self._offer(copies)

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
        today = fields.Date.context_today(self)
        for copy in copies:
            line = queue.get((copy.item_id, copy.library_id))
            if line:
                wait = line.pop(0)
                days = timedelta(days=copy.library_id.hold_days)
                wait.write(
                    {
                        "state": "ready",
                        "copy_id": copy.id,
                        "notified_at": fields.Datetime.now(),
                        "hold_until": today + days,
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
            [
                ("state", "=", "ready"),
                ("hold_until", "<", fields.Date.context_today(self)),
            ]
        )
        late._close("expired")
        return len(late)
