from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..const import MANAGER_GROUP


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _prebook_book(self):
        """Make prebooks of those confirmed lines whose goods are not here yet.

        Lines that were judged stay as they are: what is a prebook remains one, and what
        has moved or been invoiced never becomes one.
        """
        for company, lines in self.sudo().grouped("company_id").items():
            candidates = lines.with_company(company).filtered(
                lambda line: line._prebook_is_candidate()
            )
            if not candidates:
                continue
            sources = candidates._prebook_sources()
            candidates.write({"prebook_is_judged": True})
            booked = candidates.browse(line.id for line in sources)
            now = fields.Datetime.now()
            for line in booked:
                source = sources[line]
                line.write(
                    {
                        "prebook_source": source.kind,
                        "prebook_available_date": source.day,
                        "prebook_date": now,
                        "prebook_is_procured": (
                            company.prebook_procure == "booking"
                            and not line.prebook_hold
                        ),
                    }
                )
            if booked:
                # the user, not the superuser: rights and the log are his
                booked.sudo(self.env.su)._prebook_booked()

    def _prebook_is_candidate(self):
        """Whether a line may still become a prebook."""
        self.ensure_one()
        return (
            self.state == "sale"
            and not self.prebook_is_judged
            and self.product_id.type == "consu"
            and self.product_uom_qty > 0
            and not self.is_expense
            and not self.is_downpayment
            and self._prebook_policy() != "no"
            and not self.move_ids
            and not self.qty_invoiced
        )

    def _prebook_booked(self):
        """What follows a booking: check the date, write the log, offer the stock."""
        self._prebook_check_days()
        self.env["sale.prebook.log"]._add(
            "book", {line: line.product_uom_qty for line in self.sudo()}
        )
        self.env["sale.prebook.arrival"]._queue(self.sudo().product_id)

    def _prebook_unbook(self):
        """Forget bookings of lines of which nothing is checked out: judge them anew."""
        lines = self.sudo().filtered(
            lambda line: line.prebook_is_judged and not line.prebook_qty_checked_out
        )
        lines.write(
            {
                "prebook_is_judged": False,
                "prebook_source": False,
                "prebook_date": False,
                "prebook_available_date": False,
                "prebook_is_procured": False,
                "prebook_qty_arrived": 0.0,
                "prebook_qty_told": 0.0,
            }
        )

    def _prebook_check_days(self):
        """Refuse prebooks that are wanted sooner than the company allows.

        Managers may. Where the customer or a payment confirms, nothing is refused
        behind his back: the order gets a note instead.

        :raise UserError: with the first day that is allowed
        """
        if self.env.user.has_group(MANAGER_GROUP) and not self.env.su:
            return
        near = []
        for order, lines in self.sudo().grouped("order_id").items():
            first = order._prebook_first_day()
            if not first:
                continue
            wanted = order._prebook_wanted_day()
            days = [wanted or line.prebook_available_date for line in lines]
            if any(not day or day < first for day in days):
                near.append((order, first))
        if not near:
            return
        if self.env.su:
            for order, first in near:
                order._message_log(
                    body=self._prebook_near_text(first, order.display_name)
                )
            return
        raise UserError(
            "\n".join(
                self._prebook_near_text(first, order.display_name)
                for order, first in near
            )
        )

    def _prebook_near_text(self, first, name):
        return self.env._(
            "%(order)s: prebooks are delivered from %(day)s on. Set that delivery date "
            "or a later one, or ask a prebook manager.",
            order=name,
            day=format_date(self.env, first),
        )
