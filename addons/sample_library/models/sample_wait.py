from odoo import api, fields, models

from odoo.addons.trade_network.context import as_system

#: States of those who still wait.
OPEN = ("waiting", "ready")


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
    loan_id = fields.Many2one(
        "sample.loan",
        string="Served By",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The loan that ended waiting.",
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
                    loan_id=False,
                    notified_at=False,
                    hold_until=False,
                )
        waits = super().create(vals_list)
        as_system(waits)._serve_free_copies()
        return waits

    def unlink(self):
        ready = as_system(self).filtered(lambda wait: wait.state == "ready")
        kept = ready.copy_id
        ready._meet_scans()
        result = super().unlink()
        as_system(self.env["sample.wait"])._offer(kept)
        return result

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
                ("state", "in", OPEN),
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
        as_system(self)._close("cancelled")
