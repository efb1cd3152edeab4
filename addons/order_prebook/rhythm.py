"""The days on which a standing order delivers. Plain Python."""

from calendar import monthrange
from datetime import timedelta


def days(first, last, *, rhythm, interval, start, weekdays=(), month_day=1, skips=()):
    """Yield the days of a rhythm from ``first`` to ``last``, both included.

    :param str rhythm: ``daily``, ``weekly`` or ``monthly``
    :param int interval: every how many days, weeks or months, counted from ``start``
    :param weekdays: numbers of weekdays, Monday is 0; for weekly rhythms
    :param int month_day: 1 to 31, in short months their last day; for monthly rhythms
    :param skips: ``(from, to)`` pairs of days left out, both included
    """
    matches = {"daily": _daily, "weekly": _weekly, "monthly": _monthly}[rhythm]
    day = max(first, start)
    while day <= last:
        if matches(day, start, interval, weekdays, month_day) and not any(
            skip_from <= day <= skip_to for skip_from, skip_to in skips
        ):
            yield day
        day += timedelta(days=1)


def _daily(day, start, interval, _weekdays, _month_day):
    return (day - start).days % interval == 0


def _weekly(day, start, interval, weekdays, _month_day):
    monday = start - timedelta(days=start.weekday())
    return day.weekday() in weekdays and (day - monday).days // 7 % interval == 0


def _monthly(day, start, interval, _weekdays, month_day):
    months = (day.year - start.year) * 12 + day.month - start.month
    length = monthrange(day.year, day.month)[1]
    return months % interval == 0 and day.day == min(month_day, length)
