"""Unpacking a census workbook with openpyxl, in its streaming mode; `lib.census_workbook` makes sense of it."""

import io
import re

import openpyxl
from openpyxl.utils import column_index_from_string

from ...lib import census_workbook

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})"')
_CHUNK = 2**20


def read(content, columns, required, progress=None):
    """Return the `lib.census_workbook.Sheet` in the bytes of a file; raises its WorkbookError."""
    census_workbook.check_file(content)
    try:
        workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = [_Sheet(workbook, sheet) for sheet in workbook.worksheets]
        return census_workbook.read(sheets, columns, required, progress)
    except census_workbook.WorkbookError:
        raise
    except Exception as error:
        # A broken archive fails in a dozen ways inside openpyxl, zlib and the XML parser; to people they are one.
        raise census_workbook.WorkbookError("damaged") from error


class _Sheet:
    """A worksheet as `census_workbook.read` wants it."""

    def __init__(self, workbook, sheet):
        self._workbook = workbook
        self._sheet = sheet
        self.title = sheet.title

    def rows(self):
        """Yield the cells row by row."""
        # Some programs write a wrong size into the sheet; reading must not believe it.
        self._sheet.reset_dimensions()
        return self._sheet.iter_rows(max_col=census_workbook.MAX_COLUMNS, values_only=True)

    def merged(self):
        """Yield (column, first row, last row) of cells merged downwards.

        The streaming reader passes over merged ranges, so they are taken from the sheet's own XML.
        """
        rest = b""
        with self._workbook._archive.open(self._sheet._worksheet_path) as part:
            while chunk := part.read(_CHUNK):
                text = rest + chunk
                for letters, first, last in _MERGED.findall(text):
                    if first != last:
                        yield column_index_from_string(letters.decode()) - 1, int(first), int(last)
                # A range cut in two by the end of the chunk is found together with the next one.
                rest = text[text.rfind(b"<") :]
