"""Calendar periods of quotas, in the time zone of the seller."""

import functools
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def _zone(name):
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


@functools.lru_cache(maxsize=256)  # asked for every line, with few different answers
def period_bounds(period, days, now, timezone_name="UTC"):
    """First instant of the running period and of the next one.

    :param str period: ``day``, ``week`` (from Monday), ``month`` or ``rolling``
    :param int days: length of a rolling period
    :param datetime now: naive UTC
    :param str timezone_name: IANA name; an unknown one counts as UTC
    :return: ``(start, end)`` as naive UTC; ``end`` is ``None`` for a rolling period
    :rtype: tuple[datetime, datetime | None]
    """
    if period == "rolling":
        return now - timedelta(days=days), None
    zone = _zone(timezone_name)
    local = now.replace(tzinfo=timezone.utc).astimezone(zone)
    midnight = datetime(local.year, local.month, local.day)
    if period == "day":
        start, end = midnight, midnight + timedelta(days=1)
    elif period == "week":
        start = midnight - timedelta(days=midnight.weekday())
        end = start + timedelta(days=7)
    elif period == "month":
        start = midnight.replace(day=1)
        end = (start + timedelta(days=32)).replace(day=1)
    else:
        raise ValueError(f"unknown period: {period}")

    def to_utc(value):
        aware = value.replace(tzinfo=zone).astimezone(timezone.utc)
        return aware.replace(tzinfo=None)

    return to_utc(start), to_utc(end)
