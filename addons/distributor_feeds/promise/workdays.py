"""Working days, from the days of the week that are worked and the days that are not."""

import datetime

ONE_DAY = datetime.timedelta(days=1)
# Holidays beyond this many days in a row are a mistake in the calendar, not a closure.
LONGEST_CLOSURE = 366


def working_days(weekdays, closed=()):
    """Make a function that counts working days.

    :param weekdays: numbers of the days that are worked, Monday is 0; none: all of them
    :param closed: dates on which nobody works
    :return: ``(day, n)`` -> the n-th working day after ``day``; for n = 0 the day
        itself, or the first working day after it
    """
    worked, closed = frozenset(weekdays) or frozenset(range(7)), frozenset(closed)

    def is_open(day):
        return day.weekday() in worked and day not in closed

    def count(day, days):
        day = _first_open(day, is_open)
        for _step in range(days):
            day = _first_open(day + ONE_DAY, is_open)
        return day

    return count


def _first_open(day, is_open):
    for _step in range(LONGEST_CLOSURE):
        if is_open(day):
            return day
        day += ONE_DAY
    return day
