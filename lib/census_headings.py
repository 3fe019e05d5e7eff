"""Which column of a census sheet is which, by its heading (domain.md §B.2.2).

Districts change the order, put 父亲 above 姓名 instead of writing 父亲姓名, add columns of their own and explain
headings in brackets. Headers have one to three rows.
"""

import re
from collections import defaultdict
from typing import NamedTuple

from .text import half_width, squeeze

# Fewer headings than this are a coincidence.
LEAST_MATCHES = 3
# Columns that workbooks have and the ledger does not need: they are left out without a word.
_NUMBERING = ("序号", "编号", "行号")
# Our own column in the workbook of refused rows.
REASONS_HEADING = "不能导入的原因"
_BRACKET = re.compile(r"\([^()]*\)")
_SIGNS = str.maketrans("", "", "*:,.;、。·()[]/-_\"'")


class Place(NamedTuple):
    """One column of the sheet: its index, heading and block as written, key under which its cells are kept.

    The key is the code of a ledger column, "?" and the heading for a column the ledger does not know, "" for one that
    is left out.
    """

    index: int
    heading: str
    block: str
    key: str

    @property
    def letter(self):
        """The column's letters in a spreadsheet.

        >>> Place(28, "", "", "").letter
        'AC'
        """
        letters, index = "", self.index + 1
        while index:
            index, rest = divmod(index - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return letters

    @property
    def is_known(self):
        """Whether the ledger knows the column."""
        return bool(self.key) and not self.key.startswith("?")


class Headings:
    """The headings of the ledger's columns, to be found in a sheet whatever its order and blocks."""

    def __init__(self, columns):
        self._by_heading = {}
        self._by_block = defaultdict(list)
        for words in (lambda column: (column.heading,), lambda column: column.synonyms):
            for column in columns:
                for word in words(column):
                    self._by_heading.setdefault(_key(word), column)
        for column in columns:
            self._by_block[_key(column.block)].append(column)
        self._block_names = {(_key(column.block), column.block) for column in columns}
        self._ignored = {_key(word) for word in (*_NUMBERING, REASONS_HEADING)}

    def find(self, rows):
        """Return (index of the header's last row, places) for the row (of cells) that matches most headings."""
        best = (0, ())
        for at, cells in enumerate(rows):
            places = self._places(cells, rows[max(0, at - 2) : at])
            if matches(places) > matches(best[1]):
                best = (at, places)
        return best

    def _places(self, cells, above):
        """Return a Place per column that has a heading; the key of ignored ones is empty."""
        blocks = self._blocks(above[-1] if above else (), len(cells))
        places, taken = [], set()
        for index, cell in enumerate(cells):
            heading = _heading(cell) or next(
                (text for row in reversed(above) if (text := _heading(_at(row, index)))), ""
            )
            own = _heading(cell)
            column = self._column(heading, blocks[index])
            if column is None and not own:
                continue  # a title above an empty heading
            written = " ".join(str(cell).split()) if own else heading
            place = Place(index, written, blocks[index], f"?{heading}")
            if column is not None and column.code not in taken:
                place = place._replace(key=column.code)
            elif _key(heading) in self._ignored:
                place = place._replace(key="")
            elif place.key in taken:
                place = place._replace(key=f"?{heading} {place.letter}")
            taken.add(place.key)
            places.append(place)
        return tuple(places)

    def _blocks(self, row, width):
        """Return a block of the ledger per column, "" for none: a merged cell holds its text in its first column."""
        blocks, last = [], ""
        for index in range(width):
            if text := _heading(_at(row, index)):
                # 父亲信息 is the block 父亲; a title above the table is none.
                last = next(
                    (name for key, name in self._block_names if _key(text).startswith(key)), ""
                )
            blocks.append(last)
        return blocks

    def _column(self, heading, block):
        """Return the Column a heading means below a block ("父亲" over "姓名"), or None."""
        texts = dict.fromkeys((heading, _BRACKET.sub("", half_width(heading))))
        siblings = self._by_block.get(_key(block), ()) if block else ()
        for text in texts:
            combined = self._by_heading.get(_key(block + text)) if block else None
            own = self._by_heading.get(_key(text))
            if combined or own in siblings:
                return combined or own
            ends = [column for column in siblings if _key(text) and _ends_with(column, _key(text))]
            if len(ends) == 1:
                return ends[0]
            if own:
                return own
        return None

    def is_heading(self, cell):
        """Tell whether a cell is a heading or a block of the ledger's own form."""
        key = _key(cell) if isinstance(cell, str) else None
        return key in self._by_heading or key in self._by_block or key in self._ignored


def _ends_with(column, key):
    return any(_key(word).endswith(key) for word in (column.heading, *column.synonyms))


def _key(text):
    return squeeze(text).translate(_SIGNS).casefold()


def _heading(cell):
    return squeeze(cell) if isinstance(cell, str) else ""


def _at(row, index):
    return row[index] if index < len(row) else None


def matches(places):
    """Return how many of the places the ledger knows."""
    return sum(place.is_known for place in places)
