"""Printed sheets: title, merged headings, rows as they come, notes, signatures (domain.md §C.3).

Rows are written as they arrive and never held; the same rows give the same bytes.
"""

import io

import xlsxwriter

from ..lib import headings, workbook

FONT = "宋体"
A4 = 9
PAGE_WIDTH = 150  # characters of half width that a page of A4 across takes and can still be read
LINE = 12  # height of a line of text, in points
SIGNATURES = "填表人：　　　　　　　　　审核人：　　　　　　　　　填报日期：　　　　年　　月　　日"
_CELL = {"font_name": FONT, "font_size": 9, "border": 1, "valign": "vcenter", "text_wrap": True}
_CENTRE = {**_CELL, "align": "center"}
FORMATS = {
    "title": {"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"},
    "line": {"font_name": FONT, "font_size": 10, "valign": "vcenter"},
    "note": {"font_name": FONT, "font_size": 9, "valign": "top", "text_wrap": True},
    "mark": {"font_name": FONT, "font_size": 9, "font_color": "#9C0006", "text_wrap": True},
    "heading": {**_CENTRE, "bold": True, "bg_color": "#EAEFF5"},
    # Text, so that no spreadsheet makes a rounded number of an identity number or a telephone.
    "text": {**_CELL, "num_format": "@"},
    "date": {**_CENTRE, "num_format": "yyyy-mm-dd"},
    "number": {**_CENTRE, "num_format": "0"},
    "share": {**_CENTRE, "num_format": "0.00%"},
}


class Book:
    """A workbook of printed sheets, each written from top to bottom, one after the other."""

    def __init__(self, name, day, watermark):
        """Begin a workbook.

        :param name: title (str) of the document
        :param day: date of which the data are; it is also the file's date of creation, so that the
            same data give the same file
        :param watermark: `lib.workbook.Watermark`: whose copy it is
        """
        self.watermark = watermark
        self.stream = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.stream, {"constant_memory": True})
        self.book.set_properties(watermark.properties(name, day))
        self.formats = {name: self.book.add_format(f) for name, f in FORMATS.items()}

    def close(self):
        """Return the workbook (bytes)."""
        self.book.close()
        return self.stream.getvalue()


class Sheet:
    """A sheet, written from top to bottom; by itself it is a workbook of one."""

    def __init__(self, name, paths, widths, keys, day, watermark, book=None):
        """Begin a sheet.

        :param name: name (str) of the sheet
        :param paths: headings of each column, from top to bottom (see `lib.headings`)
        :param widths: width of each column in characters of half width
        :param keys: number of columns at the left that say whose row it is: always in view, on each page
        :param day: date of which the data are; it is also the file's date of creation, so that the
            same data give the same file
        :param watermark: `lib.workbook.Watermark`: whose copy it is
        :param book: `Book` to which the sheet belongs, None for one of its own
        """
        self._watermark = watermark
        self._paths = paths
        self._widths = widths
        self._keys = keys
        self._pages = max(1, round(sum(widths) / PAGE_WIDTH))
        self._lead = self._columns_of_first_page()
        self._book = book or Book(name, day, watermark)
        self._formats = self._book.formats
        self._sheet = self._book.book.add_worksheet(name)
        self._row = 0
        self._set_up_page()

    def _set_up_page(self):
        sheet = self._sheet
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(self._pages, 0)
        if self._pages > 1:
            sheet.repeat_columns(0, self._keys - 1)
            sheet.print_across()
        sheet.set_footer(self._watermark.footer)
        for column, width in enumerate(self._widths):
            sheet.set_column(column, column, width)

    def _columns_of_first_page(self):
        """Return how many columns the first page shows: title and notes stay within them."""
        share, taken = sum(self._widths) / self._pages, 0
        for column, width in enumerate(self._widths):
            taken += width
            if taken > share:
                return max(column, 1)
        return len(self._widths)

    def begin(self, title, lines):
        """Write the title, the lines under it (str) and the headings, which repeat on every page."""
        self._merged_line(title, "title", height=30)
        for line in lines:
            self._merged_line(line, "line", height=18)
        mark = self._watermark.text
        self._merged_line(mark, "mark", height=LINE * self._lines_of(mark) + 3)
        first = self._row
        self._write_headings()
        self._sheet.repeat_rows(first, self._row - 1)
        self._sheet.freeze_panes(self._row, self._keys)

    def _write_headings(self):
        cells = headings.lay_out(self._paths)
        texts = {(cell.first_row, cell.first_column): cell.text for cell in cells}
        for row, height in enumerate(self._heading_heights(cells)):
            self._sheet.set_row(self._row + row, height)
            for column in range(len(self._paths)):
                self._write(row, column, texts.get((row, column), ""), "heading")
        for cell in cells:
            self._merge(cell.first_row, cell.first_column, cell.last_row, cell.last_column)
        self._row += headings.depth(self._paths)

    def _heading_heights(self, cells):
        """Return the height of each row of headings, so that every word of them can be read."""
        heights = [LINE + 4] * headings.depth(self._paths)
        for cell in cells:
            width = sum(self._widths[cell.first_column : cell.last_column + 1])
            # A cell of width 5 holds two Chinese characters a line, not two and a half.
            lines = -(-workbook.display_width(cell.text) // max(width // 2 * 2, 2))
            rows = cell.last_row - cell.first_row + 1
            for row in range(cell.first_row, cell.last_row + 1):
                heights[row] = max(heights[row], lines * LINE / rows + 4)
        return heights

    def add_plain(self, values):
        """Write a row of text, dates and numbers, of which there may be very many."""
        workbook.write_row(self._sheet, self._row, values, self._formats)
        self._row += 1

    def add(self, values, share=()):
        """Write a row: text, dates and numbers; `share`: positions of numbers that are shares of one."""
        for column, value in enumerate(values):
            self._write(0, column, value, "share" if column in share else None)
        self._row += 1

    def finish(self, notes=()):
        """Write notes (str) and the line for signatures; another sheet of the book may follow."""
        for note in notes:
            self._merged_line(note, "note", height=LINE * self._lines_of(note) + 3)
        self._merged_line(SIGNATURES, "line", height=24)

    def end(self, notes=()):
        """Finish the sheet as the last one; returns the workbook (bytes)."""
        self.finish(notes)
        return self._book.close()

    def _lines_of(self, text):
        return -(-workbook.display_width(text) // sum(self._widths[: self._lead]))

    def _merged_line(self, text, style, height):
        self._sheet.set_row(self._row, height)
        for column in range(self._lead):
            self._write(0, column, text if not column else "", style)
        self._merge(0, 0, 0, self._lead - 1)
        self._row += 1

    def _merge(self, first_row, first_column, last_row, last_column):
        """Merge cells that are already written.

        `merge_range` writes the cells again, which rows that have left the memory no longer allow.
        """
        if (first_row, first_column) != (last_row, last_column):
            top = self._row
            self._sheet.merge.append([top + first_row, first_column, top + last_row, last_column])

    def _write(self, row, column, value, style):
        """Write one cell of the present row, or of one below it, without ever making a formula."""
        workbook.write_cell(self._sheet, self._row + row, column, value, self._formats, style)
