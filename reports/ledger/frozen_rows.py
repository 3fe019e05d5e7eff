"""Frozen rows of a version as a reader of a role gets them, and a stream of any rows in bounded memory."""

import itertools
from dataclasses import dataclass

from odoo.tools import SQL

from ...lib import matrix
from ...lib.columns import Column

CHUNK = 5000  # rows held in memory at a time
# The number of a file says nothing of the child, and is ticked like a column of the census.
FILE_NUMBER = Column("file_number", "档案号", "File Number", census=False)
_serial = itertools.count(1)


@dataclass(frozen=True)
class Reader:
    """For whom a document is written. cells: {subject: `lib.matrix.Cell`} of a role; None reads everything."""

    cells: dict | None = None

    def reads(self, group):
        """Return whether the reader gets the data group (short name or None) in clear (bool)."""
        if not group or self.cells is None:
            return True
        cell = self.cells.get(group, matrix.Cell())
        # Where each file has to be asked for singly, no list of all is handed out.
        return cell.at_least(matrix.READ) and cell.scope == "county" and not cell.approval

    def sees_mask(self, group):
        """Return whether the reader gets masks of the data group (bool)."""
        if not group or self.cells is None:
            return True
        # Stricter than a page, where whoever meets the file sees masked names: a copy tells all names at once.
        cell = self.cells.get(group, matrix.Cell())
        return cell.at_least(matrix.MASKED) and cell.scope == "county"

    def name_of(self, column):
        """Return the name (str) of the frozen field that the reader gets for a `Column`, None for none."""
        if self.reads(column.group):
            return column.code
        if column.masked and self.sees_mask(column.group):
            return f"{column.code}_masked"
        return None

    def at_most(self, groups):
        """Return a `Reader` who gets in clear, of what this one gets, only these data groups (short names)."""
        if self.cells is None:
            raise ValueError("who reads everything is not a recipient")
        return Reader({name: _lowered(name, cell, groups) for name, cell in self.cells.items()})


def _lowered(name, cell, groups):
    if name in groups or not cell.at_least(matrix.READ):
        return cell
    return matrix.Cell(matrix.MASKED, cell.scope, cell.approval)


@dataclass(frozen=True)
class Given:
    """What of a report a document tells. columns: {code: `Column`} it holds. reader: `Reader` for whom it is."""

    columns: dict
    reader: Reader

    def field(self, code):
        """Return the name (str) of the frozen field in which the column is given, None for not at all."""
        column = self.columns.get(code)
        return column and self.reader.name_of(column)

    def is_clear(self, code):
        """Return whether the column is given, in clear (bool)."""
        return self.field(code) == code

    @property
    def clear(self):
        """Codes of the columns that are given in clear."""
        return [code for code in self.columns if self.is_clear(code)]

    @property
    def masked(self):
        """Codes of the columns of which only masks are given."""
        return [code for code in self.columns if self.field(code) not in (code, None)]

    @property
    def tells_of_care(self):
        """Whether free words about the family are given: grounds, explanations (bool)."""
        groups = {self.columns[code].group for code in self.clear}
        return "guardianship" in groups


def select(version_id, names):
    """Return SQL of the frozen rows of a version by village and file number.

    :param names: names of frozen fields, None for an empty column
    """
    return SQL(
        "SELECT %s FROM lbc_snapshot s LEFT JOIN lbc_area village ON village.id = s.area_id "
        "WHERE s.version_id = %s ORDER BY village.code, s.file_number, s.child_ref",
        SQL(", ").join(SQL.identifier("s", name) if name else SQL("NULL") for name in names),
        version_id,
    )


def stream(cr, query, chunk=CHUNK):
    """Yield the rows of a query (`SQL`), a chunk at a time: memory stays bounded.

    The cursor lives on the server and ends with its last row.
    """
    cursor = SQL.identifier(f"lbc_rows_{next(_serial)}")
    # All rows are wanted; a cursor is planned for the first few unless told.
    cr.execute("SET LOCAL cursor_tuple_fraction = 1")
    cr.execute(SQL("DECLARE %s NO SCROLL CURSOR FOR %s", cursor, query))
    while True:
        cr.execute(SQL("FETCH %s FROM %s", chunk, cursor))
        rows = cr.fetchall()
        yield from rows
        if len(rows) < chunk:
            break
    cr.execute(SQL("CLOSE %s", cursor))
