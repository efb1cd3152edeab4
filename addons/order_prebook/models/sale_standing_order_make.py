from datetime import datetime, time

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class SaleStandingOrder(models.Model):
    _inherit = "sale.standing.order"

    @api.model
    def _cron_make_orders(self):
        """Make the prebooks that came into reach; several hosts may do it at once."""
        running = self.search([("state", "=", "running")])
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(running))
        for standing_id in running.ids:
            # anew each time: the commit of the last one emptied the cache
            standing = self.browse(standing_id).try_lock_for_update()
            if standing and standing.state == "running":
                standing._make_due()
            if not cron._commit_progress(1):
                break

    def _make_due(self):
        """Make the orders of all days that are in reach and not dealt with yet."""
        for standing in self:
            done = set(standing.date_ids.mapped("date"))
            due = [day for day in standing._due_days() if day not in done]
            # the constraint on these rows is what keeps two hosts apart
            dates = (
                self.env["sale.standing.date"]
                .sudo()
                .create(
                    [{"standing_order_id": standing.id, "date": day} for day in due]
                )
            )
            dates.flush_recordset()
            standing._make_orders(dates)

    def _make_orders(self, dates):
        """Make and confirm the orders of some days.

        What cannot be confirmed stays a quotation, with an activity that says why.

        :param dates: ``sale.standing.date`` records, without orders
        """
        self.ensure_one()
        orders = self.env["sale.order"].sudo().with_company(self.company_id)
        for date_sudo in dates:
            order_sudo = orders.create(self._prepare_order(date_sudo.date))
            self._order_made(order_sudo)
            date_sudo.order_id = order_sudo
            try:
                with self.env.cr.savepoint():
                    order_sudo.action_confirm()
            except UserError as problem:
                self.env.invalidate_all()
                date_sudo.problem = str(problem)
                order_sudo.activity_schedule(
                    "mail.mail_activity_data_warning",
                    summary=self.env._("This prebook could not be confirmed"),
                    note=str(problem),
                    user_id=(self.user_id or self.env.user).id,
                )

    def _prepare_order(self, day):
        """Values of the order that is delivered on a day."""
        self.ensure_one()
        noon = self._zone().localize(datetime.combine(day, time(12)))
        return {
            "partner_id": self.partner_id.id,
            "partner_shipping_id": self.partner_shipping_id.id or self.partner_id.id,
            "company_id": self.company_id.id,
            "user_id": self.user_id.id,
            "client_order_ref": self.client_order_ref,
            "origin": self.name,
            "standing_order_id": self.id,
            "commitment_date": fields.Datetime.to_string(
                noon.astimezone(pytz.utc).replace(tzinfo=None)
            ),
            "order_line": [
                Command.create(
                    {
                        "product_id": line.product_id.id,
                        "product_uom_qty": line.quantity,
                        "product_uom_id": line.uom_id.id,
                        "prebook_by_hand": True,
                    }
                )
                for line in self.line_ids
            ],
        }

    def _order_made(self, order_sudo):
        """Hook: complete an order before it is confirmed."""
