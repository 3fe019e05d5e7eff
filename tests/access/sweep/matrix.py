"""What may happen, from the three tables of `security/` and from nothing else.

`access_matrix.csv` says what a role may do with a data group or function and whose, `access_models.csv` which of
these opens a model, for which operations and in which scope, `access_fields.csv` which of them each field
belongs to. Rules, groups and code of the product are not asked: they are what is judged.
"""

import csv
from dataclasses import dataclass, field

from odoo.tools import file_open

from ....lib import matrix as cells_of
from ....models.access import rights

FOLDER = "left_behind_children/security"
LETTERS = {"read": "r", "write": "w", "create": "c", "unlink": "u"}
NOTHING = cells_of.Cell()
LEVELS = ("village", "township", "county")


@dataclass(frozen=True)
class Person:
    """Who asks: role, and the post's level, places and organisation; no role: no post."""

    role: str
    level: str = "none"
    village: str = ""
    township: str = ""
    county: str = ""
    organization: str = ""


@dataclass(frozen=True)
class Place:
    """Where records lie, and by what else than the place somebody reaches them.

    glass: roles whose glass is broken; approved: pairs of role and subject; creator: role.
    """

    name: str
    village: str
    township: str
    county: str
    school: str = ""
    services: frozenset = field(default_factory=frozenset)
    cases: frozenset = field(default_factory=frozenset)
    glass: frozenset = field(default_factory=frozenset)
    approved: frozenset = field(default_factory=frozenset)
    creator: str = ""
    # Of published tables: whether readers see the table, and what one of its numbers tells.
    is_published: bool = True
    data_group: str = ""
    is_whole: bool = False  # of the county, not of one township


@dataclass(frozen=True)
class Row:
    """One line of `access_models.csv`."""

    model: str
    subject: str
    access: str
    operations: str
    scope: str
    thread: str
    gate: str
    remark: str


def group_of(subject, access):
    """Return the name of the group that stands for a subject at an access; "debug" has none."""
    if subject == "everybody":
        return "group_user"
    if subject == "system":
        return "base.group_system"
    if subject == "files":
        return "group_registry_write" if access == "write" else "group_registry_read"
    if subject == "statistics":
        return "group_published_read" if access == "aggregated" else "group_ledger_count"
    return rights.GROUP_OF_FUNCTION.get(subject) or f"group_{subject}_{access}"


def table(name):
    """Return the rows (list of dict) of a table of `security/`."""
    with file_open(f"{FOLDER}/{name}") as lines:
        return list(csv.DictReader(lines))


class Matrix:
    """The expectations. `cells`: {role: {subject: Cell}}, the shipped ones unless given."""

    def __init__(self, cells=None):
        if cells is None:
            with file_open(f"{FOLDER}/access_matrix.csv") as lines:
                shipped, _codes = cells_of.read(lines)
            cells = {}
            for (role, subject), cell in shipped.items():
                cells.setdefault(role, {})[subject] = cell
            # Odoo's own administrator keeps the master data and sees no child.
            use = cells_of.parse("X")
            cells["system"] = {"divisions": use, "profile": use, "forms": use}
        self.cells = cells
        self.models = {}
        for row in table("access_models.csv"):
            self.models.setdefault(row["model"], []).append(Row(**row))
        self.fields = {}
        for row in table("access_fields.csv"):
            for name in row["fields"].split():
                self.fields[row["model"], name] = (row["read"], row["write"])

    def cell(self, person, subject):
        """Return the `Cell` of a person for a subject; `files` and functions have the files' scope."""
        cells = self.cells.get(person.role, {})
        cell = cells.get(subject, NOTHING)
        if subject == "files" or cell.access == cells_of.USE:
            scope = cells_of.file_scope(cells)
            return cells_of.Cell(cells_of.READ if scope else cells_of.NONE, scope)
        return cell

    def holds(self, person, subject, access=cells_of.READ):
        """Return whether the person's role has this access to the subject at all."""
        cells = self.cells.get(person.role)
        if cells is None or subject == "debug":
            return False
        if subject == "everybody":
            return True
        if subject == "system":
            return person.role == subject
        if subject == "files":
            entering = cells.get("identity", NOTHING).at_least(cells_of.WRITE)
            return entering if access == "write" else bool(cells_of.file_scope(cells))
        cell = cells.get(subject, NOTHING)
        return cell.access == cells_of.USE if subject in rights.FUNCTIONS else cell.at_least(access)

    def opens(self, person, place, model, operation):
        """Return whether the person may do the operation on the model's record of the place."""
        letter = LETTERS[operation]
        return any(
            letter in row.operations
            and self.holds(person, row.subject, row.access)
            and self._reaches(person, place, row, operation)
            for row in self.models.get(model, ())
        )

    def has(self, person, model, operation):
        """Return whether the person may do the operation on some record of the model."""
        letter = LETTERS[operation]
        rows = self.models.get(model, ())
        return any(letter in r.operations and self.holds(person, r.subject, r.access) for r in rows)

    def reads(self, person, model, name):
        """Return whether the person may read a field of records that he may read."""
        read, _write = self.fields.get((model, name), ("open", "open"))
        named = (one.partition(":") for one in read.split())
        return read == "open" or any(
            self.holds(person, subject, access or cells_of.READ)
            for subject, _colon, access in named
        )

    def writes(self, person, model, name):
        """Return whether the person may write a field of records that he may write."""
        _read, write = self.fields.get((model, name), ("open", "open"))
        if write == "steps":
            return False
        return self.reads(person, model, name) and (
            write == "open" or self.holds(person, write, cells_of.WRITE)
        )

    def threads(self, person, model):
        """Return whether the person may see messages and papers of records that he may read."""
        named = {row.thread for row in self.models.get(model, ())} - {""}
        return all(self.holds(person, *one.split()) for one in named)

    def gates(self, model):
        """Return whether rows of the model leave only through an approved export (§C.2 cross rules)."""
        return any(row.gate for row in self.models.get(model, ()))

    # -- scopes, by what the place and the person are

    def _reaches(self, person, place, row, operation):
        kind, _colon, subject = row.scope.partition(":")
        if kind in ("child", "area"):
            return self._by_cell(person, place, subject, operation, kind == "child")
        return getattr(self, f"_reaches_{kind}")(person, place, operation)

    def _by_cell(self, person, place, subject, operation, by_child):
        cell = self.cell(person, subject)
        if not cell.scope:
            return False
        if cell.approval:
            return by_child and (person.role, subject) in place.approved
        by_glass = by_child and operation == "read" and person.role in place.glass
        return by_glass or self._in_scope(person, place, cell.scope, by_child)

    def _in_scope(self, person, place, scope, by_child):
        if scope in cells_of.AREA_SCOPES:
            widest = LEVELS.index(cells_of.AREA_SCOPES[scope])
            return self._in_area(person, place, widest)
        found = {"organization": {place.school}, "assigned": place.services, "case": place.cases}
        return by_child and bool(person.organization) and person.organization in found[scope]

    def _in_area(self, person, place, widest=2):
        if person.level not in LEVELS or LEVELS.index(person.level) > widest:
            return False
        own = getattr(person, person.level)
        return bool(own) and own == getattr(place, person.level)

    def _reaches_public(self, person, place, operation):
        return True

    def _reaches_owner(self, person, place, operation):
        return place.creator == person.role

    def _reaches_keeper(self, person, place, operation):
        return person.role == "system" or bool(person.county) and person.county == place.county

    def _reaches_county(self, person, place, operation):
        return bool(person.county) and person.county == place.county

    def _reaches_township(self, person, place, operation):
        below = person.level in ("village", "township")
        key = "township" if below else "county"
        return bool(getattr(person, key)) and getattr(person, key) == getattr(place, key)

    def _reaches_sides(self, person, place, operation):
        dutiful = self.holds(person, "duties")
        return dutiful and person.level in ("township", "county") and self._in_area(person, place)

    def _reaches_importer(self, person, place, operation):
        enters = self.holds(person, "files", cells_of.WRITE)  # an import writes files
        if not enters or person.level not in ("township", "county"):
            return False
        own = place.creator == person.role or operation == "create"  # who creates it, owns it
        return own or person.level == "county" and self._in_area(person, place)

    def _reaches_rows(self, person, place, operation):
        enters = self.holds(person, "files", cells_of.WRITE)
        own = enters and self._in_area(person, place)
        return own or self._reaches_importer(person, place, operation)

    def _reaches_published(self, person, place, operation):
        own = bool(person.county) and person.county == place.county
        return own and (place.is_published or self.holds(person, "publish"))

    def _reaches_numbers(self, person, place, operation):
        """Numbers of the own townships and of the whole; those of others tell what is withheld."""
        counts = self.cell(person, place.data_group).at_least(cells_of.AGGREGATED)
        if not counts or not self._reaches_published(person, place, operation):
            return False
        own = bool(person.township) and person.township == place.township
        return person.level == "county" or place.is_whole or own

    def _reaches_exports(self, person, place, operation):
        return self._reaches_grants(person, place, operation)

    def _reaches_grants(self, person, place, operation):
        deciding = [one for one in ("approve", "audit") if self.cell(person, one).scope]
        by_area = any(self._by_cell(person, place, one, operation, False) for one in deciding)
        return by_area or place.creator == person.role
