"""Quarters, months, cut-off days and what counts as on time (B-3.3, L-2; domain.md §A.7, §C.4, §C.6 cases 2 and 13).

Due days are dates in the district's time zone; moments come from the database as naive UTC datetimes. The zone is a
parameter because it is one in Odoo, its default is China's only one.
"""

import calendar
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

CHINA = "Asia/Shanghai"


class Quarter(NamedTuple):
    """A calendar quarter, ordered by time; `number` is 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day):
        """Return the quarter in which the date `day` lies.

        >>> Quarter.of(date(2026, 11, 20)).label
        '2026Q4'
        """
        return cls(day.year, (day.month + 2) // 3)

    @property
    def start(self):
        """First date of the quarter."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def end(self):
        """Last date of the quarter."""
        return month_end(self.last_month_start)

    @property
    def last_month_start(self):
        """First date of the last month, on which the township's filling-in begins (domain.md §C.1.2)."""
        return date(self.year, 3 * self.number, 1)

    @property
    def label(self):
        """Short name such as 2026Q4, sortable as text."""
        return f"{self.year:04d}Q{self.number}"

    def next(self):
        """Return the following quarter."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    def previous(self):
        """Return the preceding quarter."""
        return Quarter(self.year - (self.number == 1), (self.number + 2) % 4 + 1)

    def cutoff(self, day):
        """Return the due date in the last month: its `day` (B: 20), or its last day for 0 or a day it lacks (L: 0).

        Raises ValueError for a negative day.

        >>> Quarter(2026, 3).cutoff(20), Quarter(2026, 3).cutoff(0), Quarter(2026, 3).cutoff(31)
        (datetime.date(2026, 9, 20), datetime.date(2026, 9, 30), datetime.date(2026, 9, 30))
        """
        if day < 0:
            raise ValueError("the cut-off day is a day of the month, or 0 for its last day")
        last = self.end
        return last.replace(day=day) if 0 < day < last.day else last


def month_start(day):
    """Return the first date of the month in which the date `day` lies."""
    return date(day.year, day.month, 1)


def month_end(day):
    """Return the last date of the month in which the date `day` lies."""
    return date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])


def month_slots(year, month, n):
    """Return `n` (start, end) pairs of dates, both inclusive, that cover the month in order without gaps.

    One slot for a monthly visit (L-2e), two or four for denser visits to key children (domain.md §C.4). Lengths
    differ by at most one day. Raises ValueError unless 1 <= n <= 28.

    >>> [(start.day, end.day) for start, end in month_slots(2026, 2, 4)]
    [(1, 7), (8, 14), (15, 21), (22, 28)]
    """
    if not 1 <= n <= 28:
        raise ValueError("a month has between 1 and 28 slots")
    days = calendar.monthrange(year, month)[1]
    edges = [date(year, month, 1) + timedelta(days=days * i // n) for i in range(n + 1)]
    return [
        (start, after - timedelta(days=1)) for start, after in zip(edges, edges[1:], strict=False)
    ]


def local_date(utc_datetime, tz=CHINA):
    """Return the date in zone `tz` (a name) at a moment given as naive UTC, or aware, datetime.

    >>> from datetime import datetime
    >>> local_date(datetime(2026, 9, 20, 16, 0))
    datetime.date(2026, 9, 21)
    """
    if utc_datetime.tzinfo is None:
        utc_datetime = utc_datetime.replace(tzinfo=ZoneInfo("UTC"))
    return utc_datetime.astimezone(ZoneInfo(tz)).date()


def on_time(submitted_at_utc, due, tz=CHINA):
    """Tell whether a submission at a naive UTC datetime lies on or before the date `due` in zone `tz`.

    The whole of the due day counts (民法典 art. 203: the last day of a period ends at 24:00). The due date does not
    move for holidays (domain.md §C.6 case 22).
    """
    return days_late(submitted_at_utc, due, tz) == 0


def end_of(day, tz=CHINA):
    """Return the naive UTC datetime at which a date of zone `tz` ends: the first moment that is no longer in it.

    >>> end_of(date(2026, 9, 20))
    datetime.datetime(2026, 9, 20, 16, 0)
    """
    midnight = datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(tz))
    return midnight.astimezone(UTC).replace(tzinfo=None)


def days_late(submitted_at_utc, due, tz=CHINA):
    """Return how many days after the date `due` in zone `tz` a naive UTC datetime lies; 0 when on time."""
    return max((local_date(submitted_at_utc, tz) - due).days, 0)
