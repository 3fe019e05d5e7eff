"""The adults a census row names: father, mother and carer (L-0b, L-1b; domain.md §B.12, §C.6 case 25)."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from . import eligibility, identity, vocabulary
from .ages import AGE_MAJORITY, age_on
from .conditions import Condition, parse_condition
from .dates import DateError, parse_date
from .names import normalise_name
from .phones import is_plausible, normalise_phone

_SEX_OF_ROLE = {"father": "male", "mother": "female"}
_CARER_COLUMNS = {"relation": "carer_relation", "quality": "care_quality"}


@dataclass(slots=True)
class Adult:
    """A person as a row states it; empty text and None mean that the row says nothing.

    number: identity number, also one with a wrong check digit (doubtful). away: said to work away, since away_since at
    place, which lies outside the county or not. condition: what the words of the cell mean. relation and quality: of a
    carer, to the child of this row.
    """

    name: str
    number: str = ""
    birth_date: date | None = None
    sex: str | None = None
    phone: str = ""
    away: bool = False
    place: str = ""
    away_since: date | None = None
    outside: bool | None = None
    condition: Condition | None = None
    condition_text: str = ""
    relation: str | None = None
    quality: str | None = None

    def merge(self, other):
        """Take over what another row says of the same person and this one does not."""
        for name in self.__slots__:
            if name not in ("relation", "quality") and not getattr(self, name):
                setattr(self, name, getattr(other, name))


def read_adult(role, row, setting):
    """Return the Adult a `census_rows.Row` names as father, mother or carer, None for none; notes findings."""
    raw = row.raw
    name = normalise_name(_text(raw.get(f"{role}_name")))
    if not name:
        if raw.get(f"{role}_id_number") or raw.get(f"{role}_phone"):
            row.find("adult_nameless", f"{role}_name")
        if why := _text(raw.get(f"{role}_condition")):
            # The form asks why a parent is not recorded (B-3.2a); a census says it in this cell.
            row.values["parents_note"] = "；".join(
                filter(None, (row.values.get("parents_note"), why))
            )
        return None
    adult = Adult(name)
    _read_number(adult, role, row)
    _read_contact(adult, role, row, setting)
    if role == "carer":
        return _checked_carer(adult, row, setting)
    text = _text(raw.get(f"{role}_condition"))
    if text:
        adult.condition_text = text
        adult.condition = _condition(text)
    # "Both away" makes a parent of whom nothing else is said away, though nobody knows since when.
    declared = row.values.get("care_reason") == "both_away"
    adult.away = bool(adult.place or adult.away_since or (declared and not _is_absent(adult)))
    return adult


def _is_absent(adult):
    return bool(adult.condition) and adult.condition.state in eligibility.ABSENT_STATES


def _read_number(adult, role, row):
    column = f"{role}_id_number"
    cell = row.raw.get(column)
    number = identity.normalise(cell)
    adult.sex = _SEX_OF_ROLE.get(role)
    if not number:
        return
    if identity.excel_destroyed(cell):
        row.find("adult_number_destroyed", column)
        return
    try:
        known = identity.parse(number)
    except identity.IdNumberError as error:
        # A number with a wrong last character is worth keeping: the police can still tell whose it is.
        doubtful = error.code == "check_digit"
        row.find("adult_number_doubtful" if doubtful else "adult_number_malformed", column)
        adult.number = number if doubtful else ""
        return
    if adult.sex and adult.sex != known.sex:
        row.find("adult_sex", column)
    adult.number, adult.birth_date, adult.sex = known.number, known.birth_date, known.sex


def _read_contact(adult, role, row, setting):
    phone = normalise_phone(row.raw.get(f"{role}_phone"))
    if phone and is_plausible(phone):
        adult.phone = phone
    elif phone:
        row.find("phone_unreadable", f"{role}_phone")
    adult.place = _text(row.raw.get(f"{role}_work_place"))
    adult.outside = setting.home.is_outside(adult.place)
    try:
        adult.away_since = parse_date(row.raw.get(f"{role}_away_since"), partial=True)
    except DateError:
        row.find("date_unreadable", f"{role}_away_since")


def _checked_carer(adult, row, setting):
    """Return the carer, or None for somebody who cannot be one."""
    for name, column in _CARER_COLUMNS.items():
        terms = vocabulary.RELATION if name == "relation" else vocabulary.CARE_QUALITY
        cell = row.raw.get(column)
        value = vocabulary.code_of(terms, cell)
        setattr(adult, name, value)
        if cell and not value:
            row.find("unknown_word", column)
    if adult.birth_date and age_on(adult.birth_date, setting.as_of) < AGE_MAJORITY:
        row.find("carer_under_18", "carer_id_number")
        return None
    parents = {one.number for one in (row.father, row.mother) if one and one.number}
    if adult.number in parents or adult.relation in vocabulary.PARENTS:
        row.find("carer_is_parent", "carer_name")
        return None
    return adult


def parent_facts(adult, on, incapacities):
    """Return the `eligibility.ParentFacts` of a parent (Adult or None) as the file states it, on date `on`.

    incapacities: the grounds on which a parent counts as unable to care in the district.
    """
    if adult is None:
        return eligibility.ParentFacts(known=False)
    condition = adult.condition or Condition()
    unable = condition.incapacity in incapacities
    return eligibility.ParentFacts(
        state=condition.state,
        away_since=adult.away_since,
        away=adult.away,
        cross_county=adult.outside,
        incapacity=condition.incapacity if unable else None,
        incapacity_proved=unable and condition.proved,
        minor=bool(adult.birth_date) and age_on(adult.birth_date, on) < AGE_MAJORITY,
    )


@lru_cache(maxsize=1000)
def _condition(text):
    # A census says the same dozen things ten thousand times.
    return parse_condition(text)


def _text(cell):
    return "" if cell is None else str(cell).strip()
