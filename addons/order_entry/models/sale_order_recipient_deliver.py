from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

#: Recipients of one order whose deliveries are made in one transaction.
PORTION = 100


class SaleOrderRecipient(models.Model):
    _inherit = "sale.order.recipient"

    # === THE JOB === #

    def _cron_deliver(self):
        """Make the deliveries of division orders, some recipients at a time.

        Each portion is one transaction: killed anywhere, the job resumes with those
        who have no delivery yet. Any number of hosts may run it.
        """
        cron = self.env["ir.cron"]
        if not cron._commit_progress(remaining=self._count_work()):
            return
        while done := self._deliver_portion():
            if not cron._commit_progress(done):
                break

    def _count_work(self):
        return self.search_count(_TO_DELIVER) + self.search_count(_TO_RESERVE)

    def _deliver_portion(self):
        """Do the next piece of work, in the transaction of the caller.

        Deliveries first: people who pick can start while the rest is reserved.

        :return: how many recipients were dealt with, 0 when there is nothing to do
        :rtype: int
        """
        for domain, work in ((_TO_DELIVER, "_try_deliver"), (_TO_RESERVE, "_reserve")):
            first = self.search(domain, limit=1, order="order_id, number, id")
            while first:
                order = first.order_id
                rows = self.search(
                    [*domain, ("order_id", "=", order.id)],
                    limit=PORTION,
                    order="number, id",
                )
                rows = rows.try_lock_for_update().filtered_domain(domain)
                if rows:
                    getattr(rows, work)()
                    return len(rows)
                # another host has them: look at the next order
                first = self.search(
                    [*domain, ("order_id", ">", order.id)],
                    limit=1,
                    order="order_id, number, id",
                )
        return 0

    def _try_deliver(self):
        """Deliver to all of these recipients; mark those for whom it does not work."""
        try:
            with self.env.cr.savepoint():
                self._deliver()
            return
        except UserError as error:
            if len(self) == 1:
                self.error = str(error)
                self.order_id._division_tell_failure(self)
                return
        for recipient in self:
            recipient._try_deliver()

    def _reserve(self):
        """Reserve what is in stock for these recipients, as far as it goes."""
        self.to_reserve = False
        moves = self.picking_ids.move_ids.filtered(
            lambda move: (
                move.state in ("confirmed", "partially_available")
                and move._should_assign_at_confirm()
            )
        )
        moves._action_assign()

    # === ONE PORTION === #

    def _deliver(self):
        """Ask stock for what these recipients of one order have not been asked for.

        What was asked is kept with the recipient in the same transaction, so nothing
        is asked twice, and nothing again for those whose delivery was cancelled.
        """
        order = self.order_id.sudo()
        order.ensure_one()
        later = self._is_deferred(len(order.recipient_ids))
        lines = order.order_line.filtered(
            lambda line: line._is_divided() and line.product_id.type == "consu"
        ).with_company(order.company_id)
        self._make_references()
        batch, single = [], []
        needs = self._get_needs(lines)
        for line, recipients_by_need in needs.items():
            for (quantity, is_first), recipients in recipients_by_need.items():
                if quantity < 0:
                    recipients = recipients._lower(line, -quantity)
                jobs = line._division_jobs(quantity, recipients)
                for job in jobs:
                    (batch if is_first and job.is_simple() else single).append(job)
        made = self._deliver_batch(order, batch, later=later)
        made |= self._deliver_single(order, single)
        shares = {str(line.id): line.division_qty for line in lines}
        self.write(
            {
                "asked": shares,
                "to_deliver": False,
                "error": False,
                "to_reserve": later and bool(batch),
            }
        )
        return made

    def _get_needs(self, lines):
        """What is missing to the share of each recipient, alike ones together.

        :return: ``{line: {(quantity, whether it is the first one): recipients}}``
        """
        needs = {line: defaultdict(self.browse) for line in lines}
        called_off = self.filtered(
            lambda row: (
                row.asked
                and row.picking_ids
                and all(picking.state == "cancel" for picking in row.picking_ids)
            )
        )
        for recipient in self - called_off:
            asked = recipient.asked or {}
            for line in lines:
                missing = line.division_qty - asked.get(str(line.id), 0.0)
                if line.product_uom_id.is_zero(missing):
                    continue
                needs[line][missing, str(line.id) not in asked] |= recipient
        return needs

    def _lower(self, line, quantity):
        """Take goods out of the open transfers of these recipients.

        Core would take them from any transfer of the order.

        :param line: ``sale.order.line`` record
        :param float quantity: for each of them, in the unit of the line
        :return: those who have no transfers with the line: they are left to core
        :rtype: sale.order.recipient recordset
        """
        outgoing, _incoming = line._get_outgoing_incoming_moves(strict=False)
        by_recipient = outgoing.grouped(
            lambda move: move.picking_id.division_recipient_id
        )
        for recipient in self & self.browse().concat(*by_recipient):
            left = quantity
            for move in by_recipient[recipient].sorted("id", reverse=True):
                if move.state in ("done", "cancel") or left <= 0:
                    continue
                has = move.product_uom._compute_quantity(
                    move.product_uom_qty, line.product_uom_id, round=False
                )
                taken = min(has, left)
                left -= taken
                if line.product_uom_id.is_zero(has - taken):
                    move._action_cancel()
                    continue
                move.product_uom_qty = line.product_uom_id._compute_quantity(
                    has - taken, move.product_uom, rounding_method="HALF-UP"
                )
        return self - self.browse().concat(*by_recipient)

    def _make_references(self):
        """One tag per recipient: core puts moves with the same tag into a transfer."""
        rows = self.filtered(lambda row: not row.stock_reference_id)
        if not rows:
            return
        order = rows.order_id
        # Not by the ORM: for each new tag it would look among all moves for those
        # that have it, to tell their transfers which order they are for.  There are
        # none yet.
        references = self.env.execute_query(
            SQL(
                """
                WITH tag AS (
                    INSERT INTO stock_reference
                           (name, create_uid, create_date, write_uid, write_date)
                         SELECT name, %(user)s, %(now)s, %(user)s, %(now)s
                           FROM unnest(%(names)s) AS name
                      RETURNING id, name
                ), link AS (
                    INSERT INTO stock_reference_sale_rel (sale_id, reference_id)
                         SELECT %(order)s, id FROM tag
                )
                SELECT name, id FROM tag
                """,
                user=self.env.uid,
                now=fields.Datetime.now(),
                names=[row._get_reference_name() for row in rows],
                order=order.id,
            )
        )
        ids = dict(references)
        for row in rows:
            row.stock_reference_id = ids[row._get_reference_name()]
        self.env["stock.reference"].invalidate_model(flush=False)
        order.invalidate_recordset(["stock_reference_ids"], flush=False)

    def _get_reference_name(self):
        self.ensure_one()
        return f"{self.order_id.name}-{self.number:03}"

    def _deliver_single(self, order, jobs):
        """Leave it to core what to do: buy, drop-ship, make to order, change.

        :param list jobs: ``DivisionJob``
        :return: transfers of these recipients that core made or changed
        """
        if not jobs:
            return self.env["stock.picking"]
        procurements = [
            job.procurement(recipient) for job in jobs for recipient in job.recipients
        ]
        self.env["stock.rule"].run(procurements)
        references = self.stock_reference_id
        pickings = references.move_ids.picking_id.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        )
        pickings.action_confirm()
        return pickings


_TO_DELIVER = [
    ("to_deliver", "=", True),
    ("error", "=", False),
    ("is_skipped", "=", False),
    ("order_id.state", "=", "sale"),
]
_TO_RESERVE = [("to_reserve", "=", True), ("order_id.state", "=", "sale")]
