"""The access matrix: what each role may do with each data group, and whose (domain.md §C.2).

`security/access_matrix.csv` is a table, one row per data group or function, one column per role; a cell reads
like those of §C.2: an access letter, the scope after `@`, and `!` where each case needs approval.
"""

import csv
from dataclasses import dataclass

NONE, AGGREGATED, MASKED, READ, WRITE, USE = (
    "none",
    "aggregated",
    "masked",
    "read",
    "write",
    "use",
)
LETTERS = {"-": NONE, "A": AGGREGATED, "M": MASKED, "R": READ, "W": WRITE, "X": USE}
RANK = {NONE: 0, AGGREGATED: 1, MASKED: 2, READ: 3, WRITE: 4}
SCOPES = ("villages", "townships", "county", "organization", "assigned", "case")
AREA_SCOPES = {"villages": "village", "townships": "township", "county": "county"}

# Data groups of the child's own file: fields of records that many may see; one scope for a role.
FILE_GROUPS = (
    "identity",
    "address",
    "parent_contact",
    "economy",
    "schooling",
    "guardianship",
    "visits",
    "risk",
)


@dataclass(frozen=True)
class Cell:
    """One cell of the matrix.

    access: one of the words above. scope: one of SCOPES, None without rows. approval: every single
    case has to be asked for and approved.
    """

    access: str = NONE
    scope: str | None = None
    approval: bool = False

    def at_least(self, access):
        """Return whether the cell gives this access or more (bool); a function is used or not.

        >>> parse("R@county").at_least(MASKED), parse("A").at_least(MASKED), parse("X").at_least(USE)
        (True, False, True)
        """
        if USE in (self.access, access):
            return self.access == access
        return RANK[self.access] >= RANK[access]

    def __str__(self):
        letter = next(letter for letter, access in LETTERS.items() if access == self.access)
        return letter + (f"@{self.scope}" if self.scope else "") + ("!" if self.approval else "")


def parse(text):
    """Return the `Cell` that a text of the table means.

    :raises ValueError: names what is wrong with the text

    >>> parse("W@villages")
    Cell(access='write', scope='villages', approval=False)
    >>> str(parse("R@county!")), str(parse("-"))
    ('R@county!', '-')
    >>> parse("R")
    Traceback (most recent call last):
    ValueError: 'R': rows that may be read need a scope
    """
    body, mark, after = text.strip().partition("!")
    letter, _at, scope = body.partition("@")
    access = LETTERS.get(letter)
    if access is None or after:
        raise ValueError(f"{text!r}: expected one of {' '.join(LETTERS)}, with @scope and !")
    if scope and scope not in SCOPES:
        raise ValueError(f"{text!r}: no such scope; expected one of {', '.join(SCOPES)}")
    if access in (MASKED, READ, WRITE) and not scope:
        raise ValueError(f"{text!r}: rows that may be read need a scope")
    if access in (NONE, AGGREGATED, USE) and (scope or mark):
        raise ValueError(f"{text!r}: {access} has neither scope nor approval")
    return Cell(access, scope or None, bool(mark))


def read(lines):
    """Return ({(role, subject): Cell}, {subject: code}) of the table, in its order.

    :param lines: iterable of CSV lines (str), the first with the names of the roles
    :raises ValueError: names the row and column of a cell that cannot be read
    """
    rows = csv.DictReader(lines)
    roles = [name for name in rows.fieldnames if name not in ("subject", "code")]
    cells, codes = {}, {}
    for row in rows:
        subject = row["subject"]
        codes[subject] = row["code"] or ""
        for role in roles:
            try:
                cells[role, subject] = parse(row[role])
            except (ValueError, AttributeError) as error:
                raise ValueError(f"{subject}, {role}: {error}") from error
    return cells, codes


def file_scope(cells):
    """Return the scope in which a role meets children's files, None for none.

    :param cells: {subject: Cell} of one role
    :raises ValueError: two data groups of the file have different scopes: one record cannot be
        nearer for one field than for another

    >>> file_scope({"identity": parse("M@county"), "risk": parse("R@county"), "visits": parse("A")})
    'county'
    """
    scopes = {cell.scope for group in FILE_GROUPS if (cell := cells.get(group)) and cell.scope}
    if len(scopes) > 1:
        raise ValueError("different scopes: " + ", ".join(sorted(scopes)))
    return scopes.pop() if scopes else None
