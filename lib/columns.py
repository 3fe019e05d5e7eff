"""One list of columns: what a ledger knows of a child, declared once (architecture, idea 8).

Census template and import, roster, frozen snapshot, official documents and the copies with fewer columns are
all made from `Column`s. A room declares its own; code and heading never change once a ledger was submitted
with them.
"""

from dataclasses import dataclass

from .vocabulary import Term, chinese

TEXT, DATE, NUMBER, TERM, TERMS = "text", "date", "number", "term", "terms"


@dataclass(frozen=True)
class Column:
    """One column of the ledger.

    code: ASCII name, also that of the frozen database column. heading: Chinese heading of the official
    form. label: English source text of the interface. group: short name of the data group that protects it
    (`identity`, …), None for what everybody may see. sql: expression over the aliases of the room's joins,
    None where only a census brings it. masked: expression for readers without the group; None leaves the
    cell empty. kind: TEXT, DATE, NUMBER, TERM (a code of `terms`) or TERMS (codes joined by commas). block:
    merged heading above it. synonyms: other headings met in workbooks. census: whether the census template
    has it. width: in characters of half width. dated: whether `sql` looks at the day by itself, from a table
    with dates. past: otherwise the names under which earlier values are kept of the child, or of the adult
    with whose role the code begins.
    """

    code: str
    heading: str
    label: str
    group: str | None = None
    sql: str | None = None
    masked: str | None = None
    kind: str = TEXT
    terms: tuple[Term, ...] = ()
    block: str = "基本信息"
    synonyms: tuple[str, ...] = ()
    census: bool = True
    width: int = 12
    dated: bool = False
    past: tuple[str, ...] = ()

    def printed(self, value):
        """Return what a document shows for a stored value: Chinese words for codes, "" for nothing, dates as they are.

        >>> from .vocabulary import SEX
        >>> Column("sex", "性别", "Sex", kind=TERM, terms=SEX).printed("female")
        '女'
        """
        if value is None or value is False:
            return ""
        if self.kind == TERM:
            return _word(self.terms, value)
        if self.kind == TERMS:
            return "、".join(_word(self.terms, code) for code in value.split(",") if code)
        return value


def printer(column):
    """Return what `column.printed` does as a function for many rows, None where values are printed as they are.

    >>> from .vocabulary import SEX
    >>> printer(Column("sex", "性别", "Sex", kind=TERM, terms=SEX))("female")
    '女'
    """
    return _Printed(column).__getitem__ if column.kind in (TERM, TERMS) else None


class _Printed(dict):
    """The words of a column that have been asked for: a district has few codes and many rows."""

    def __init__(self, column):
        super().__init__()
        self._column = column

    def __missing__(self, value):
        self[value] = self._column.printed(value)
        return self[value]


def _word(terms, code):
    # A code that has left the list since it was frozen is better shown than hidden.
    try:
        return chinese(terms, code)
    except KeyError:
        return code


def by_code(columns):
    """Return {code: Column}; raises ValueError when two rooms declare one code."""
    found = {}
    for column in columns:
        if column.code in found:
            raise ValueError(f"column {column.code!r} is declared twice")
        found[column.code] = column
    return found


def after_block(columns, own):
    """Return the columns with those of another room behind the last one of their block, else at the end.

    :param columns: list of Column in the order of the official form
    :param own: columns of one block

    >>> a, b, c = (Column(code, code, code, block=code[0]) for code in ("x1", "y1", "x2"))
    >>> [column.code for column in after_block([a, b], [c])]
    ['x1', 'x2', 'y1']
    """
    same = [place for place, column in enumerate(columns, 1) if column.block == own[0].block]
    place = max(same, default=len(columns))
    return [*columns[:place], *own, *columns[place:]]
