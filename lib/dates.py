"""Dates as they stand in workbooks: real dates, serial numbers and text in the forms that people type.

The census of a district mixes five: a date cell, 2016/8/18, 2016.8.18, 2016年8月18日 and 20160818.
"""

import re
from datetime import date, datetime, timedelta

from .text import half_width, strip_blanks, strip_quotes

_TIME = re.compile(r"(?<=[0-9日号])[T\s]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?\s*$")
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})[日号]?")
_MONTH = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})月?")
_COMPACT_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_COMPACT_MONTH = re.compile(r"([0-9]{4})([0-9]{2})")
_SEPARATORS = {**dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"), ord("。"): ".", ord("\\"): "/"}
# Excel's day 1 is 1900-01-01 and it believes in a 29 February 1900; from 1 March 1900 on this is the origin.
_EXCEL_ORIGIN = date(1899, 12, 30)
# A bare year typed into a date cell is no serial number; beyond lies the year 2099.
_SERIALS = range(2101, 73051)
_YEARS = range(1900, 2101)

_MESSAGES = {
    "unreadable": "This is not a date; write it like 2016-08-18.",
    "month_only": "The day is missing; write the date like 2016-08-18.",
    "nonexistent": "There is no such day in the calendar.",
}


class DateError(ValueError):
    """A cell that is not a date: `code` is one of unreadable, month_only, nonexistent; `text` is what stood there.

    The text is not in the message: a shifted column may hold a name or a number, and messages reach logs.
    """

    def __init__(self, code, text):
        super().__init__(_MESSAGES[code])
        self.code = code
        self.text = text


def parse_date(value, partial=False):
    """Return the date in a cell value, None for an empty one; raises DateError.

    Takes date, datetime (its day, no time zone applied), Excel serial numbers of the 1900 system, and text. With
    `partial` a month without its day gives the first of the month, otherwise it is an error. Years from 1900 to 2100.

    >>> [str(parse_date(value)) for value in ("２０１６年８月１８日", "2016.8.18", "20160818", 42600)]
    ['2016-08-18', '2016-08-18', '2016-08-18', '2016-08-18']
    >>> parse_date("2016 年 8 月", partial=True), parse_date("  ")
    (datetime.date(2016, 8, 1), None)
    """
    if value is None:
        return None
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _checked(value.year, value.month, value.day, str(value))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_number(value, partial)
    if isinstance(value, str):
        return _from_text(value, partial)
    raise DateError("unreadable", str(value))


def _from_number(value, partial):
    # The fraction of a serial number is the time of day; infinities and NaN fail the comparison.
    if _SERIALS.start <= value < _SERIALS.stop:
        return _EXCEL_ORIGIN + timedelta(days=int(value))
    if value != value or value in (float("inf"), float("-inf")) or value != int(value):
        raise DateError("unreadable", str(value))
    return _from_text(str(int(value)), partial)


def _from_text(value, partial):
    text = strip_blanks(strip_quotes(_TIME.sub("", half_width(value)))).translate(_SEPARATORS)
    if not text:
        return None
    if found := _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text):
        return _checked(*map(int, found.groups()), value)
    if found := _MONTH.fullmatch(text) or _COMPACT_MONTH.fullmatch(text):
        first = _checked(*map(int, found.groups()), 1, value)
        if partial:
            return first
        raise DateError("month_only", value)
    raise DateError("unreadable", value)


def _checked(year, month, day, text):
    try:
        if year in _YEARS:
            return date(year, month, day)
    except ValueError as error:
        raise DateError("nonexistent", text) from error
    raise DateError("nonexistent", text)
