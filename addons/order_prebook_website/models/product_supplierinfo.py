from datetime import datetime, time, timedelta

import pytz

from odoo import fields, models


class ProductSupplierinfo(models.Model):
    _inherit = "product.supplierinfo"

    cutoff_hour = fields.Float(
        string="Order Until",
        help="The hour of the day, where the vendor is, until which he takes orders. "
        "0 for no such hour.",
    )

    _cutoff_hour_valid = models.Constraint(
        "CHECK(cutoff_hour >= 0 AND cutoff_hour < 24)",
        "Order until: give an hour of the day, from 0:00 to 23:59.",
    )

    def _next_cutoff(self, now):
        """When this vendor stops taking orders next.

        :param datetime now: UTC, naive
        :return: UTC, naive; False if he has no such hour
        """
        self.ensure_one()
        if not self.cutoff_hour:
            return False
        company = self.company_id or self.env.company
        zone = pytz.timezone(
            self.partner_id.tz or company.sudo().partner_id.tz or "UTC"
        )
        minutes = round(self.cutoff_hour * 60)
        today = pytz.utc.localize(now).astimezone(zone).date()
        for day in (today, today + timedelta(days=1)):
            local = datetime.combine(day, time(minutes // 60, minutes % 60))
            moment = zone.localize(local).astimezone(pytz.utc).replace(tzinfo=None)
            if moment > now:
                return moment
        return False
