"""Lists, counts and grouped reads under record rules and masks, role by role.

Numerator: the page's list (`list_page.py`), the number of its children, and its children counted by
place and by a selection, as an officer of the role; clear readers see names, masked ones companions.
Denominator: the superuser with the domain that the rules give the officer, written out, and the same
fields. For information: the superuser without any rule, who meets the whole province. What the
journal adds is measured apart (`journal.py`).
"""

from .journal_switch import without_journal
from .list_page import ALL, COUNT_LIMIT, LIMIT, OWN, ROUNDS, SAME, Page, cells, headings, measure
from .measure import take_turns
from .tables import milliseconds, report, table

# role: (level of the area, post)
POSTS = {
    "village": ("village", "child_director"),
    "township": ("township", "child_supervisor"),
    "township_leader": ("township", "township_leader"),
    "civil_affairs": ("county", "civil_affairs_officer"),
    "education": ("county", "education_officer"),
    "police": ("county", "police_officer"),
    "data_officer": ("county", "data_officer"),
}
MASKED = ("township_leader", "data_officer")
PLACE = {"village": "area_id", "township": "area_id", "county": "township_id"}
SELECTION = "sex"
PARTS = {
    "list": "The list: 80 rows and the count",
    "count": "The number of children",
    "places": "Counted by village (in a county: by township)",
    "selection": "Counted by sex",
}
WAYS = (OWN, SAME)


class Reads(Page):
    """The page of one officer, and its children counted."""

    def __init__(self, env, user, level):
        """Take the officer's own views; `level` is that of his area."""
        super().__init__(env, user)
        self._place = PLACE[level]

    def _count(self, model, domain):
        return model.search_count(domain)

    def _places(self, model, domain):
        return model.formatted_read_group(domain, [self._place], ["__count"])

    def _selection(self, model, domain):
        return model.formatted_read_group(domain, [SELECTION], ["__count"])


class Results:
    """The tables, size by size."""

    def __init__(self, promised):
        """Begin with no rows; `promised`: whether a ratio is promised for the sizes to come."""
        self._limit = LIMIT if promised else None
        self._rows = {part: [] for part in PARTS}
        self._all = []

    def add(self, env, size, officers):
        """Measure with the children that are there, `size` of them on the ledger."""
        with without_journal():
            for role, (user, _area) in officers.items():
                self._add_role(size, role, Reads(env, user, POSTS[role][0]))
            user, _area = officers["civil_affairs"]
            self._add_all(size, Reads(env, user, "county"))

    def _add_role(self, size, role, reads):
        level = POSTS[role][0]
        kind = "masked" if role in MASKED else "clear"
        for part, rows in self._rows.items():
            own, same = (reads.call(part, way)[2] for way in WAYS)
            if own != same:
                raise AssertionError(f"The superuser does not see what {role} sees: {part}.")
            if part == "list":
                seen = own["length"]
                number = f"{seen:,}" if seen < COUNT_LIMIT else "10,000+"
            times = measure(reads, part, WAYS)
            rows.append([f"{size:,}", level, role, kind, number, *cells(times, WAYS, self._limit)])

    def _add_all(self, size, reads):
        for part, title in PARTS.items():
            calls = {ALL: lambda part=part: reads.call(part, ALL)[0]}
            timing = take_turns(calls)[ALL]
            self._all.append([f"{size:,}", title, milliseconds(timing)])

    def report(self, env, name):
        """Print and keep the tables."""
        first = ["children", "of a", "role", "names", "of whom it sees"]
        parts = [
            f"Milliseconds: CPU, and in brackets least / median on the wall, of {ROUNDS} rounds. "
            "*Same* is the superuser with the rules' domain written out and the same fields. The "
            "journal is off; what it adds is measured apart."
        ]
        for part, title in PARTS.items():
            parts += [f"## {title}", table([*first, *headings(WAYS)], self._rows[part])]
        parts += [
            "## For information: the superuser without any rule, of the whole province",
            table(["children", "what", "ms"], self._all),
        ]
        report(env, name, "Reading under rules and masks", parts)
