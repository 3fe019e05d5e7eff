"""What a census row says and what is wrong with it (B-2a, L-0a; domain.md §B.2.2, §C.6 cases 7, 8, 25).

Raw cells go in, a `Row` of normalised values with its findings comes out; nothing here knows a database.

The import follows the file (issue "census import"), the forms follow domain.md §C.6: a wrong check digit is refused
here, while a form keeps it "to be checked with the police".
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from . import eligibility, identity, vocabulary
from .ages import birthday
from .census_family import Adult, parent_facts, read_adult
from .census_findings import ERROR, WARNING, Finding
from .census_places import HomeCounty, Territory
from .conditions import INCAPACITIES
from .dates import DateError, parse_date
from .names import normalise_name

# column code: field of the child
TEXTS = {
    "address": "address",
    "school": "school_name",
    "grade_class": "grade_class",
    "note": "note",
}
TERMS = {
    "ethnicity": ("ethnicity", vocabulary.ETHNICITY),
    "hukou_kind": ("hukou_kind", vocabulary.HUKOU_KIND),
    "education": ("education_stage", vocabulary.EDUCATION_STAGE),
    "boarding": ("boarding", vocabulary.YES_NO),
    "care_reason": ("care_reason", vocabulary.CARE_REASON),
}
# verdict: the standings that decide it; standing: the cell to look at (others: the parent's condition)
_DECIDED_BY = {
    "other_parent_capable": ("at_home", "away_in_county"),
    "parent_at_home": ("at_home", "away_in_county"),
    "both_incapable": ("incapable", "incapacity_unproved"),
    "incapacity_unproved": ("incapacity_unproved",),
    "away_unverified": ("away_unverified",),
    "not_long_enough": ("away_not_long",),
    "parents_unknown": ("unknown",),
}
_CELL_OF = {
    "away_in_county": "work_place",
    "away_unverified": "away_since",
    "away_not_long": "away_since",
    "unknown": "name",
}


@dataclass(frozen=True)
class Setting:
    """What rows are judged by: the date of the census, the district's policy, its divisions and its own name.

    incapacities: the grounds on which a parent counts as unable to care (codes of `conditions.INCAPACITIES`).
    """

    as_of: date
    policy: eligibility.Policy
    territory: Territory
    home: HomeCounty
    incapacities: frozenset = frozenset(INCAPACITIES)


@dataclass(slots=True)
class Row:
    """A census row: number in the sheet, raw cells, keys of its place, and what the cells mean.

    values: fields of the child that the file states, by field name (name, sex, birth_date, id_number, address, …).
    health: (condition, kind of disability, level) or None. aids: codes of `vocabulary.AID`, None when not stated.
    existing: whatever stands for the child in the database, set by the caller.
    """

    number: int
    raw: dict
    township: Any = None
    village: Any = None
    values: dict = field(default_factory=dict)
    health: tuple | None = None
    aids: tuple | None = None
    father: Adult | None = None
    mother: Adult | None = None
    carer: Adult | None = None
    findings: list = field(default_factory=list)
    existing: Any = None

    @property
    def id_number(self):
        """The child's identity number, "" for none."""
        return self.values.get("id_number", "")

    @property
    def status(self):
        """ "error", "warning" or "ok"."""
        severities = {finding.severity for finding in self.findings}
        return ERROR if ERROR in severities else WARNING if severities else "ok"

    @property
    def adults(self):
        """[(role, Adult)] of those the row names."""
        roles = (("father", self.father), ("mother", self.mother), ("carer", self.carer))
        return [(role, adult) for role, adult in roles if adult]

    @property
    def ranked(self):
        """The findings, the one that explains the others first."""
        return sorted(self.findings, key=lambda finding: finding.rank)

    def find(self, code, column, **params):
        """Note a finding."""
        self.findings.append(Finding(code, column, params))


def read_row(number, raw, setting):
    """Return the Row of one line of the sheet: {column code: cell}; raises nothing."""
    row = Row(number, raw)
    _read_place(row, setting)
    _read_name(row)
    _read_number(row)
    _read_birth_and_sex(row, setting)
    _read_texts(row)
    _read_terms(row)
    _read_health(row)
    for role in ("father", "mother", "carer"):
        setattr(row, role, read_adult(role, row, setting))
    _judge(row, setting)
    return row


def _read_place(row, setting):
    found = setting.territory.find(row.raw.get("township"), row.raw.get("village"))
    row.township, row.village = found.township, found.village
    if found.problem:
        row.find(found.problem, "township" if found.problem.endswith("township") else "village")


def _read_name(row):
    name = normalise_name(text_of(row.raw.get("name")))
    if name:
        row.values["name"] = name
    else:
        row.find("missing_name", "name")


def _read_number(row):
    cell = row.raw.get("id_number")
    number = identity.normalise(cell)
    if identity.excel_destroyed(cell):
        row.find("id_stored_as_number", "id_number")
    elif number:
        try:
            row.values["id_number"] = identity.parse(number).number
        except identity.IdNumberError as error:
            row.values["id_number"] = number
            digit = error.code == "check_digit"
            row.find("bad_check_digit" if digit else "number_malformed", "id_number")
    elif reason := text_of(row.raw.get("note")):
        row.values["no_id_reason"] = reason
        row.find("no_id_with_reason", "id_number")
    else:
        row.find("missing_number", "id_number")


def _read_birth_and_sex(row, setting):
    known = _parsed(row.id_number)
    _read_birth_date(row, known)
    sex = vocabulary.code_of(vocabulary.SEX, row.raw.get("sex"))
    if known and sex and sex != known.sex:
        row.find("sex_contradicts_id", "sex")
    elif not (known or sex):
        row.find("missing_sex", "sex")
    elif row.raw.get("sex") and not sex:
        row.find("unknown_word", "sex")
    row.values["sex"] = sex or (known.sex if known else False)
    birth = row.values.get("birth_date")
    if birth and birth > setting.as_of:
        row.find("not_born", "birth_date")
    elif birth and _last_day(birth, setting.policy) <= setting.as_of:
        row.find("over_age", "birth_date", limit=setting.policy.age_limit)


def _read_birth_date(row, known):
    try:
        birth = parse_date(row.raw.get("birth_date"))
    except DateError:
        birth = None
        row.find("birth_date_ignored" if known else "birth_date_unreadable", "birth_date")
    else:
        if birth and known and birth != known.birth_date:
            row.find("birth_date_contradicts_id", "birth_date")
        elif not (birth or known):
            row.find("missing_birth_date", "birth_date")
    birth = birth or (known.birth_date if known else None)
    if birth:
        row.values["birth_date"] = birth


def _last_day(birth, policy):
    return birthday(birth, policy.age_limit, policy.age_reached_on)


def _parsed(number):
    try:
        return identity.parse(number) if number else None
    except identity.IdNumberError:
        return None


def _read_texts(row):
    for code, name in TEXTS.items():
        if text := text_of(row.raw.get(code)):
            row.values[name] = text


def _read_terms(row):
    for code, (name, terms) in TERMS.items():
        if value := term_of(row, code, terms):
            row.values[name] = value
    if cell := row.raw.get("aid"):
        # Words nobody knows stay in the raw row; what is known of the child's aid is worth having.
        row.aids = vocabulary.codes_of(vocabulary.AID, cell)[0]


def term_of(row, code, terms):
    """Return the code that a cell means among `terms`, None (and a warning) when it means none of them."""
    cell = row.raw.get(code)
    if cell is None:
        return None
    value = vocabulary.code_of(terms, cell)
    if value is None:
        row.find("unknown_word", code)
    return value


def _read_health(row):
    condition = term_of(row, "health", vocabulary.HEALTH)
    kinds, unknown = vocabulary.codes_of(vocabulary.DISABILITY_KIND, row.raw.get("disability_kind"))
    if unknown:
        row.find("unknown_word", "disability_kind")
    level = term_of(row, "disability_level", vocabulary.DISABILITY_LEVEL)
    kind = "multiple" if len(kinds) > 1 else next(iter(kinds), None)
    if condition or kind or level:
        row.health = (condition or "disabled", kind, level)


def text_of(cell):
    """Return a cell as text without blanks at its edges, "" for an empty one; whole numbers have no ".0".

    >>> text_of(3.0), text_of(" 永隆村 "), text_of(None)
    ('3', '永隆村', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()


def _judge(row, setting):
    """Note what `eligibility` says of the row on the day of the census."""
    birth = row.values.get("birth_date")
    if not birth or any(
        one.column == "birth_date" and one.severity == ERROR for one in row.findings
    ):
        return
    verdict = eligibility.assess(
        eligibility.ChildFacts(birth),
        parent_facts(row.father, setting.as_of, setting.incapacities),
        parent_facts(row.mother, setting.as_of, setting.incapacities),
        setting.policy,
        setting.as_of,
    )
    if verdict.reason in _DECIDED_BY:
        row.find(verdict.reason, _cell_of(verdict))


def _cell_of(verdict):
    """Return the code of the column that decided: that of the parent of whom the verdict speaks."""
    for parent, _sep, standing in (fact.partition("_") for fact in verdict.basis):
        if standing in _DECIDED_BY[verdict.reason]:
            return f"{parent}_{_CELL_OF.get(standing, 'condition')}"
    return "care_reason"
