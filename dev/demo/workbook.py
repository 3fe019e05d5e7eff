"""The census workbook, and smaller ones in the same layout cut from it."""

import functools
import io
from datetime import date, datetime

import openpyxl

from odoo.addons.left_behind_children.lib import identity

from . import sizes

CENSUS = sizes.DATA / "census_500113.xlsx"
AS_OF = date(2026, 11, 20)
HEADINGS, FIRST_ROW = 4, 5


@functools.cache
def _headings():
    """Return {heading: column number} of the workbook."""
    sheet = openpyxl.load_workbook(CENSUS, read_only=True).active
    (row,) = sheet.iter_rows(min_row=HEADINGS, max_row=HEADINGS, values_only=True)
    return {heading: place for place, heading in enumerate(row)}


@functools.cache
def rows():
    """Return the rows of children as tuples of cells, and so as the district wrote them."""
    sheet = openpyxl.load_workbook(CENSUS, read_only=True).active
    cells = sheet.iter_rows(min_row=FIRST_ROW, values_only=True)
    return [row for row in cells if isinstance(row[0], int)]


def cell(row, heading):
    """Return the cell of a row under a heading."""
    return row[_headings()[heading]]


@functools.cache
def schools(township):
    """Return the names of schools and kindergartens of the children of a township, sorted."""
    return sorted(_of_township(township, "就读学校"))


@functools.cache
def villages(township):
    """Return the short names (set) under which the census knows villages of a township."""
    return {sizes.short(name) for name in _of_township(township, "村（居）")}


def _of_township(township, heading):
    return {cell(row, heading) for row in rows() if cell(row, "镇街") == township} - {None}


def cut(keep, as_of=AS_OF, change=None):
    """Return a workbook (bytes) like the census with those rows for which `keep(row)` is true.

    :param as_of: date written above the table
    :param change: function that returns another row (list) for a row
    """
    book = openpyxl.load_workbook(CENSUS)
    sheet = book.active
    kept = [list(row) for row in rows() if keep(row)]
    for row in sheet.iter_rows(max_row=FIRST_ROW - 1):
        for one in row:
            if isinstance(one.value, str) and AS_OF.isoformat() in one.value:
                one.value = one.value.replace(AS_OF.isoformat(), as_of.isoformat())
    foot = [one.value for one in sheet[sheet.max_row]]
    sheet.delete_rows(FIRST_ROW, sheet.max_row)
    for number, row in enumerate(kept, 1):
        row[0] = number
        sheet.append(change(row) if change else row)
    sheet.append([])
    sheet.append(foot)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def day(row, heading):
    """Return the date under a heading, or None where there is none or it is a text."""
    value = cell(row, heading)
    return value.date() if isinstance(value, datetime) else None


def birth_date(row):
    """Return the birth date by the identity number, or by the column, or None."""
    try:
        return identity.parse(identity.normalise(str(cell(row, "公民身份号码")))).birth_date
    except identity.IdNumberError:
        return day(row, "出生日期")


def fill(row, values):
    """Write {heading: value} into a row (list)."""
    for heading, value in values.items():
        row[_headings()[heading]] = value
