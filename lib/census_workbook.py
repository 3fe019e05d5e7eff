"""Reading a census workbook as districts have it (B-2a; domain.md §B.2.2).

Title lines, cells merged over siblings, headings printed again in the middle, signatures at the end: all that goes in,
and rows of {column code: cell} come out. What a cell means is `census_rows`' business; which program unpacks the file
is the caller's, who hands in sheets. What a file may unpack to is bounded before anything is unpacked, since one of
some kilobytes can hold gigabytes; whatever is beyond ends in a `WorkbookError`.
"""

import io
import re
import zipfile
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain, islice

from .census_headings import LEAST_MATCHES, Headings, matches
from .dates import DateError, parse_date
from .text import squeeze
from .workbook import plain_text

# Twice the children of the heaviest county (domain.md §C.5); such a workbook has some 15 MB and unpacks to 130 MB.
MAX_ROWS = 50_000
MAX_BYTES = 30 * 2**20
MAX_UNPACKED = 200 * 2**20
# Sheets are read row by row, everything else at once. The texts of MAX_ROWS children have some 40 MB.
MAX_BESIDE_SHEETS = 60 * 2**20
# Formats are the dearest to read, by far; a sheet that people have formatted cell by cell has less than 1 MB of them.
MAX_STYLES = 10 * 2**20
MAX_PARTS = 1000
# A sheet whose last cell lies far out would otherwise give each row thousands of empty cells.
MAX_COLUMNS = 250
# Excel's own limit; a file that counts further was not made by a spreadsheet.
_LAST_ROW = 1_048_576
_HEADER_ROWS = 30
_FOOTER_CELLS = 4

_SHEETS, _STYLES = "xl/worksheets/", "xl/styles.xml"
# What comes before the first element of a part: a line that names the encoding, remarks, nothing else in a workbook.
_PROLOG = 2**16
_ROOT = re.compile(rb"<[A-Za-z_]")
_ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']*)""")
_ENCODINGS = {b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii"}

_OLE = b"\xd0\xcf\x11\xe0"
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_AS_OF = re.compile(
    r"(?:截至|截止)[^0-9]{0,8}([0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}|[0-9]{8})"
)
_FOOTER = re.compile(
    r"(?:填表|制表|审核|复核|负责|填报|单位负责|经办|联系)人|填报(?:日期|单位|时间)|制表(?:日期|时间)"
    r"|(?:合计|总计|小计)(?:$|[:\d])|(?:备?注|说明|填表说明)[:\d]"
)
# A row that says none of this speaks of nobody.
_PERSONAL = {
    *("name", "id_number", "birth_date", "address"),
    *("father_name", "father_id_number", "mother_name", "mother_id_number", "carer_name"),
}


class WorkbookError(ValueError):
    """The file cannot be read as a census; `code` says why, `params` what the sentence for the user needs.

    Codes: empty, too_large (megabytes), overloaded, csv, encrypted, old_format, not_a_workbook, damaged, unsafe,
    too_many_rows (limit), no_header, missing_headings (headings: tuple of str).
    """

    def __init__(self, code, **params):
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass
class Sheet:
    """A census sheet: name, "as of" date or None, `census_headings.Place`s in order, [(row number, {key: cell})].

    Cells are text, int or float as they stood there; dates are ISO text.
    """

    title: str
    as_of: date | None
    places: tuple
    rows: list = field(default_factory=list)

    @property
    def unknown_headings(self):
        """The headings nobody knows, in order."""
        return tuple(place.heading for place in self.places if place.key and not place.is_known)


def check_file(content):
    """Refuse bytes that are no workbook of today's format, or would not fit into memory; raises WorkbookError.

    >>> check_file("姓名,性别".encode())
    Traceback (most recent call last):
    lib.census_workbook.WorkbookError: csv
    """
    if not content:
        raise WorkbookError("empty")
    if len(content) > MAX_BYTES:
        raise WorkbookError("too_large", megabytes=MAX_BYTES // 2**20)
    if content.startswith(_OLE):
        raise WorkbookError("encrypted" if _OLE_ENCRYPTED in content else "old_format")
    if not content.startswith(b"PK"):
        raise WorkbookError("csv" if _looks_like_csv(content) else "not_a_workbook")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_sizes(archive.infolist())
            _check_prologs(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        # The latter two: a way of packing, or a password, that no spreadsheet uses.
        raise WorkbookError("damaged") from error


def _check_sizes(parts):
    """Refuse an archive that is no workbook, or unpacks to too much."""
    # zipfile stops reading a part at the size its directory states, so these are real bounds.
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise WorkbookError("too_large", megabytes=MAX_BYTES // 2**20)
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise WorkbookError("not_a_workbook")
    beside = sum(part.file_size for part in parts if not part.filename.startswith(_SHEETS))
    styles = sum(part.file_size for part in parts if part.filename == _STYLES)
    if beside > MAX_BESIDE_SHEETS or styles > MAX_STYLES or len(parts) > MAX_PARTS:
        raise WorkbookError("overloaded")


def _check_prologs(archive):
    """Refuse XML that defines a document type or entities of its own: no workbook has them, but bombs are made so.

    They stand before the first element or nowhere.
    """
    for info in archive.infolist():
        with archive.open(info) as part:
            # Without the zeros UTF-16 reads like ASCII, as far as mark-up goes.
            head = part.read(_PROLOG).replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n")
        if not head.startswith(b"<"):
            continue  # a picture, settings of a printer
        root, encoding = _ROOT.search(head), _ENCODING.match(head)
        prolog = head[: root.start()] if root else head
        strange = encoding and encoding[1].lower() not in _ENCODINGS
        if not root or strange or b"<!DOCTYPE" in prolog or b"<!ENTITY" in prolog:
            raise WorkbookError("unsafe")


def _looks_like_csv(content):
    for encoding in ("utf-8", "gb18030"):
        lines = content[:4096].decode(encoding, "ignore").lstrip("\ufeff").split()
        first = lines[0] if lines else ""
        if first.isprintable() and not first.startswith("<") and re.search(r"[,;，]", first):
            return True
    return False


def read(sheets, columns, required, progress=None):
    """Return the Sheet of the first sheet that has the headings; raises WorkbookError.

    :param sheets: objects with `title`, `rows()` (an iterable of cells row by row, dates as datetime) and `merged()`
        (an iterable of (index of the column, first row, last row) of cells merged downwards, rows counted from 1)
    :param columns: the `columns.Column`s to look for, by heading and synonyms, in any order
    :param required: codes of columns without which nothing can be read
    :param progress: called with the number of rows read, every thousand
    """
    headings, best = Headings(columns), ()
    for sheet in sheets:
        cells = enumerate(sheet.rows(), 1)
        head = list(islice(cells, _HEADER_ROWS))
        at, places = headings.find([row for _number, row in head])
        best = max(best, places, key=matches)
        found = {place.key for place in places}
        if matches(places) >= LEAST_MATCHES and found.issuperset(required):
            body = _Body(places, headings)
            body.take(chain(head[at + 1 :], cells), progress)
            body.fill_merged(sheet.merged())
            return Sheet(sheet.title, _as_of(head[:at]), places, body.rows())
    if matches(best) < LEAST_MATCHES:
        raise WorkbookError("no_header")
    known = {column.code: column.heading for column in columns}
    missing = [code for code in required if code not in {place.key for place in best}]
    raise WorkbookError("missing_headings", headings=tuple(known[code] for code in missing))


def _as_of(rows):
    """Return the date of "数据截至：…" in the lines above the header."""
    for cell in chain.from_iterable(cells for _number, cells in rows):
        found = _AS_OF.search(squeeze(cell)) if isinstance(cell, str) else None
        if found:
            try:
                return parse_date(found[1])
            except DateError:
                continue
    return None


class _Body:
    """The rows below the header, without what speaks of nobody."""

    def __init__(self, places, headings):
        self._places = [(place.index, place.key) for place in places if place.key]
        self._headings = headings
        self._rows = {}

    def take(self, rows, progress=None):
        """Take the rows [(number, cells)]."""
        for number, cells in rows:
            raw = {
                key: value
                for index, key in self._places
                if index < len(cells) and (value := cell_value(cells[index])) is not None
            }
            if raw and not self._is_remark(cells):
                self._rows[number] = raw
                if progress and not len(self._rows) % 1000:
                    progress(len(self._rows))
            if len(self._rows) > MAX_ROWS or number > _LAST_ROW:
                raise WorkbookError("too_many_rows", limit=MAX_ROWS)

    def _is_remark(self, cells):
        """Tell whether the row is a signature, a total, a note or the heading printed again."""
        filled = [cell for cell in cells if cell is not None and cell != ""]
        if len(filled) <= _FOOTER_CELLS and any(map(_FOOTER.match, map(squeeze, filled))):
            return True
        # Nearly always the first cell answers this.
        return len(filled) > 1 and all(map(self._headings.is_heading, filled))

    def fill_merged(self, ranges):
        """Give the value of a cell that is merged downwards to the rows it covers.

        Ranges that overlap are no spreadsheet's; only the first counts, so that the work stays bounded.
        """
        keys, end = dict(self._places), defaultdict(int)
        for index, first, last in sorted(ranges):
            key, top = keys.get(index), self._rows.get(first)
            if key and top and key in top and first > end[index]:
                end[index] = min(last, _LAST_ROW)
                for number in range(first + 1, end[index] + 1):
                    if number in self._rows:
                        self._rows[number].setdefault(key, top[key])

    def rows(self):
        """Return [(number, raw)] of the rows that speak of somebody."""
        return [
            (number, raw) for number, raw in self._rows.items() if not _PERSONAL.isdisjoint(raw)
        ]


def cell_value(cell):
    """Return a cell as it is kept: text without edges, numbers as numbers, dates as ISO text; None for nothing.

    >>> cell_value(" 张三 "), cell_value(datetime(2016, 8, 18)), cell_value("  "), cell_value(3)
    ('张三', '2016-08-18', None, 3)
    """
    if cell is None:
        return None
    if isinstance(cell, str):
        return plain_text(cell.strip()) or None
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return cell
    return str(cell)
