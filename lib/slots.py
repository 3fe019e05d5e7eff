"""Periods, slots and due days of duties (domain.md §C.4: visits by risk; §C.1.2).

A pace says how often something is due: 4, 2 or 1 times a month, or -k for once in k months; the denser of two is the
greater number. Months are cut as `periods.month_slots` cuts them; longer slots begin on fixed months, so that the
same day lies in the same slot whenever one asks.
"""

from datetime import date, timedelta

from .ages import add_months
from .periods import month_end, month_slots, month_start

PERIOD_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12, "school_year": 12}
SCHOOL_YEAR_BEGINS = 9  # September


def period(name, interval, day):
    """Return (first day, last day) of the period in which `day` lies.

    :param name: key of `PERIOD_MONTHS`
    :param interval: so many periods together

    >>> period("quarter", 1, date(2026, 11, 20))
    (datetime.date(2026, 10, 1), datetime.date(2026, 12, 31))
    >>> period("school_year", 1, date(2027, 2, 1))
    (datetime.date(2026, 9, 1), datetime.date(2027, 8, 31))
    >>> period("month", 2, date(2026, 11, 20))
    (datetime.date(2026, 11, 1), datetime.date(2026, 12, 31))
    """
    months = PERIOD_MONTHS[name] * interval
    shift = SCHOOL_YEAR_BEGINS - 1 if name == "school_year" else 0
    number = 12 * day.year + day.month - 1
    first = number - (number - shift) % months
    start = date(first // 12, first % 12 + 1, 1)
    return start, month_end(add_months(start, months - 1))


def periods_between(name, interval, first, last):
    """Return the periods, in order, from that of the day `first` to that of the day `last`.

    >>> len(periods_between("month", 1, date(2026, 9, 30), date(2026, 11, 3)))
    3
    """
    found = [period(name, interval, first)]
    while found[-1][1] < last:
        found.append(period(name, interval, found[-1][1] + timedelta(days=1)))
    return found


def due_day(rule, value, start, end):
    """Return the day on which something is due in the period from `start` to `end`.

    :param rule: period_end, month_day (day `value` of the last month, 0: its last day), after_start (`value` days)

    >>> due_day("month_day", 20, date(2026, 10, 1), date(2026, 12, 31))
    datetime.date(2026, 12, 20)
    >>> due_day("after_start", 10, date(2026, 10, 1), date(2026, 12, 31))
    datetime.date(2026, 10, 11)
    """
    if rule == "after_start":
        return start + timedelta(days=value)
    if rule == "month_day" and 0 < value < end.day:
        return end.replace(day=value)
    return end


def pace(days):
    """Return the pace of a visit every `days` days: four slots a month up to 10 days, two up to 20, else months.

    >>> [pace(days) for days in (7, 14, 30, 45, 60, 90)]
    [4, 2, 1, 1, -2, -3]
    """
    if days <= 10:
        return 4
    if days <= 20:
        return 2
    return pace_of_months(max(days // 30, 1))


def pace_of_months(months):
    """Return the pace of once in so many months.

    >>> pace_of_months(1), pace_of_months(2)
    (1, -2)
    """
    return 1 if months <= 1 else -months


def slots(day, rate):
    """Return the slots [(start, end)] of a pace that belong to the month of `day`.

    >>> [(start.day, end.day) for start, end in slots(date(2026, 11, 20), 2)]
    [(1, 15), (16, 30)]
    >>> slots(date(2026, 12, 20), -2)
    [(datetime.date(2026, 11, 1), datetime.date(2026, 12, 31))]
    """
    if rate >= 1:
        return month_slots(day.year, day.month, rate)
    return [period("month", -rate, day)]


def earliest_start(day, rates):
    """Return the earliest day on which a slot of these paces that belongs to the month of `day` may begin."""
    longest = max((-rate for rate in rates if rate < 0), default=1)
    return add_months(month_start(day), 1 - longest)
