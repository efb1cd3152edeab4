from datetime import timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import models
from odoo.tools import SQL

from ..promise import working_days

# A leave without an end in sight is a mistake; nothing is promised beyond it either.
LONGEST = timedelta(days=366)


class ResCompany(models.Model):
    _inherit = "res.company"

    def _promise_calendar(self, now):
        """Today and the working days of the company, by its working hours.

        :param datetime now: naive, UTC
        :return: ``(date, function)``, as `promise.availability` takes them
        """
        self.ensure_one()
        self.env["resource.calendar.attendance"].flush_model()
        self.env["resource.calendar.leaves"].flush_model()
        calendar = self.resource_calendar_id
        zone = ZoneInfo(calendar.tz or "UTC")
        # A day is off when noon is within a leave: half days are worked.
        rows = self.env.execute_query(
            SQL(
                """
                SELECT TRUE, dayofweek, NULL, NULL FROM resource_calendar_attendance
                 WHERE calendar_id = %(calendar)s
                   AND day_period IS DISTINCT FROM 'lunch'
                   AND display_type IS NULL
                 UNION
                SELECT FALSE, NULL, date_from, date_to FROM resource_calendar_leaves
                 WHERE resource_id IS NULL AND time_type = 'leave' AND date_to > %(now)s
                   AND (calendar_id = %(calendar)s OR calendar_id IS NULL)
                   AND (company_id = %(company)s OR company_id IS NULL)
                """,
                calendar=calendar.id or None,
                company=self.id,
                now=now,
            )
        )
        weekdays = {int(day) for worked, day, _start, _end in rows if worked and day}
        closed = set()
        for worked, _day, start, end in rows:
            if not worked:
                closed.update(_noons(_local(start, zone), _local(end, zone)))
        return _local(now, zone).date(), working_days(weekdays, closed)


def _local(moment, zone):
    return moment.replace(tzinfo=timezone.utc).astimezone(zone)


def _noons(start, end):
    """The dates whose noon lies between two moments."""
    end = min(end, start + LONGEST)
    day = start if start.hour < 12 else start + timedelta(days=1)
    while day.replace(hour=12, minute=0) <= end:
        yield day.date()
        day += timedelta(days=1)
