"""Ages and months by the calendar (domain.md §B.15 age lines, §C.4 age_reached_on).

Only dates come in and go out; which day it is in the district is `periods.local_date`.

Ages are full years (周岁) by the Gregorian calendar. Two readings of the day on which an age is reached are in use,
and the district's profile chooses: "birthday", the practice of civil registration and the default, and "day_after",
the reading of 法释〔2006〕1号 art. 2 for criminal responsibility (从周岁生日的第二天起算).

Who is born on 29 February reaches an age on 28 February in common years: 民法典 art. 202 ends a period of years on the
corresponding day and, where the month has none, on the last day of the month.
"""

import calendar
from datetime import date, timedelta

# Not left unattended under 8 (未成年人保护法 art. 21); limited civil capacity from 8 on (民法典 art. 19).
AGE_ATTENDED = 8
# Under 14 all personal information is sensitive (个人信息保护法 art. 28); report categories split here
# (高检发〔2020〕9号).
AGE_SENSITIVE = 14
# The ledger ends here (B-2a, L-0a); under 16 nobody lives alone (未成年人保护法 art. 21).
AGE_LEDGER = 16
# Minor until 18 (民法典 art. 17; 未成年人保护法 art. 2); a carer is of age (art. 22).
AGE_MAJORITY = 18

REACHED_ON = ("birthday", "day_after")


def add_months(day, months):
    """Return the date `months` (may be negative) later, clamped to the end of the month (民法典 art. 202).

    >>> add_months(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def months_between(start, end):
    """Return the full months from date `start` to date `end`: the largest n with add_months(start, n) <= end.

    Negative when `end` lies before `start`.

    >>> months_between(date(2026, 8, 31), date(2027, 2, 28)), months_between(date(2026, 5, 21), date(2026, 11, 20))
    (6, 5)
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def birthday(birth, years, reached_on="birthday"):
    """Return the date on which a person born on date `birth` reaches `years` full years.

    Raises ValueError for an unknown `reached_on`.

    >>> birthday(date(2012, 2, 29), 16), birthday(date(2012, 2, 29), 15), birthday(date(2012, 2, 29), 15, "day_after")
    (datetime.date(2028, 2, 29), datetime.date(2027, 2, 28), datetime.date(2027, 3, 1))
    """
    if reached_on not in REACHED_ON:
        raise ValueError(f"unknown reading of the day an age is reached: {reached_on!r}")
    return add_months(birth, 12 * years) + timedelta(days=reached_on == "day_after")


def age_on(birth, day, reached_on="birthday"):
    """Return the full years of age, on date `day`, of a person born on date `birth`; negative before the birth.

    Raises ValueError for an unknown `reached_on`.

    >>> age_on(date(2010, 9, 21), date(2026, 9, 20)), age_on(date(2010, 9, 21), date(2026, 9, 21))
    (15, 16)
    """
    years = day.year - birth.year
    if birthday(birth, years, reached_on) > day:
        years -= 1
    # Read as "day after", a child of the first day of life has reached no age at all; people still say nought.
    return max(years, 0) if day >= birth else min(years, -1)
