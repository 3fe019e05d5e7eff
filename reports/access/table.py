"""A plain table as a workbook: the list that somebody asked for, with the row that tells whose copy it is."""

import io
import re

import xlsxwriter

from ...lib import workbook

FORMATS = {
    "text": {"num_format": "@", "text_wrap": True, "valign": "top"},
    "date": {"num_format": "yyyy-mm-dd", "valign": "top"},
    "datetime": {"num_format": "yyyy-mm-dd hh:mm", "valign": "top"},
    "number": {"valign": "top"},
    "heading": {"bold": True, "text_wrap": True, "bg_color": "#EAEFF5"},
    "line": {"font_color": "#9C0006"},
}


def write(title, headings, rows, watermark, day):
    """Return a workbook (bytes) of one plain table.

    :param headings: text of each column
    :param rows: iterable of rows of values, in the order of the headings
    :param watermark: `lib.workbook.Watermark`, above the headings, in the footer and in the properties
    :param day: date of the data
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"constant_memory": True})
    book.set_properties(watermark.properties(title, day))
    formats = {name: book.add_format(style) for name, style in FORMATS.items()}
    sheet = book.add_worksheet(_sheet_name(title))
    sheet.set_landscape()
    sheet.set_footer(watermark.footer)
    sheet.freeze_panes(2, 0)
    for column, heading in enumerate(headings):
        width = workbook.column_width([heading], least=10)
        sheet.set_column(column, column, width)
    workbook.write_cell(sheet, 0, 0, watermark.text, formats, "line")
    for column, heading in enumerate(headings):
        workbook.write_cell(sheet, 1, column, heading, formats, "heading")
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row):
            workbook.write_cell(sheet, number, column, value, formats)
    book.close()
    return stream.getvalue()


def _sheet_name(title):
    return re.sub(r"[\[\]:*?/\\']", " ", title or "").strip()[:31] or "Sheet1"
