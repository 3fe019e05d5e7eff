"""Who of a census file is one person, and who lives together (B-2a; domain.md §C.6 case 7).

A parent or carer is found again by number, in the file and among those known already; one without a number by name
and telephone, but only at the same address. Children of the same parents at the same address share a household.
"""

from dataclasses import dataclass, field
from typing import Any

from .census_family import Adult
from .text import squeeze


@dataclass(slots=True)
class Person:
    """An adult of the file: what all rows state, the village of the first one, and the known record, if any.

    file_number: given by whoever makes the record of a new person.
    """

    adult: Adult
    village: Any
    known: Any = None
    file_number: str = ""


@dataclass(slots=True, eq=False)
class Household:
    """Children who live together: village, address as first written, and the known record, if any.

    file_number: given by whoever makes the record of a new household.
    """

    village: Any
    address: str
    known: Any = None
    file_number: str = ""


@dataclass
class Plan:
    """The people and households of a file; `family` and `homes` say for each row number who and where."""

    people: list = field(default_factory=list)
    households: list = field(default_factory=list)
    family: dict = field(default_factory=dict)
    homes: dict = field(default_factory=dict)


@dataclass(slots=True)
class Known:
    """What the database knows already.

    numbers: {identity number: adult}. neighbours: {(village, address key, name, phone): adult without a number}.
    holders: {(child, role): (adult, name, whether its number is missing or doubtful)} of the children of the file who
    are known. homes: {child: household}. families: {(village, address key, father, mother): household}.
    """

    numbers: dict = field(default_factory=dict)
    neighbours: dict = field(default_factory=dict)
    holders: dict = field(default_factory=dict)
    homes: dict = field(default_factory=dict)
    families: dict = field(default_factory=dict)


def address_key(address):
    """Return an address in the form in which two are compared.

    >>> address_key("永隆村 六组１１１号")
    '永隆村六组111号'
    """
    return squeeze(address)


def make_plan(rows, known):
    """Return the Plan of `census_rows.Row`s, given what is Known; a row's `existing` is the known child."""
    plan, people = Plan(), {}
    for row in rows:
        plan.family[row.number] = {
            role: _person(plan, people, row, role, adult, known) for role, adult in row.adults
        }
    _settle(plan, rows, known)
    return plan


def _person(plan, people, row, role, adult, known):
    """Return the Person an adult of a row is, a new one if nobody else is the same."""
    found, key = _recognise(row, role, adult, known)
    person = people.get(key) if key else None
    if person is None:
        person = Person(adult, row.village, found)
        plan.people.append(person)
        if key:
            people[key] = person
    else:
        person.adult.merge(adult)
    return person


def _recognise(row, role, adult, known):
    """Return (known adult or None, key under which the file's other rows find the same person)."""
    found = known.numbers.get(adult.number) if adult.number else None
    if found is None and row.existing:
        holder, name, open_number = known.holders.get((row.existing, role), (None, "", False))
        # The same name in the same place by the same child is the same person, who may have got a number since.
        if holder and name == adult.name and (open_number or not adult.number):
            found = holder
    if found is not None:
        return found, ("known", found)
    if adult.number:
        return None, ("number", adult.number)
    address = address_key(row.values.get("address"))
    if not (address or adult.phone):
        return None, None
    place = (row.village, address, adult.name, adult.phone)
    found = known.neighbours.get(place)
    return found, ("known", found) if found else ("place", place)


def _settle(plan, rows, known):
    """Give every row a household: that of its known child, else that of the same parents at the same address."""
    homes = {}
    # Known children first, so that a new sibling joins their household whatever the order of the file.
    for row in sorted(rows, key=lambda one: not one.existing):
        key = _household_key(row, plan.family[row.number])
        found = known.homes.get(row.existing) if row.existing else None
        if found is None and key is not None:
            found = known.families.get(_known_key(row, plan.family[row.number]))
        home = homes.get(key) if key is not None else None
        if home is None or (found is not None and home.known != found):
            home = Household(row.village, row.values.get("address", ""), found)
            plan.households.append(home)
            if key is not None:
                homes.setdefault(key, home)
        plan.homes[row.number] = home


def _household_key(row, family):
    """Return what the rows of one household have in common, None when nothing tells who lives with whom."""
    address = address_key(row.values.get("address"))
    parents = tuple(id(family[role]) if role in family else None for role in ("father", "mother"))
    return (row.village, address, *parents) if address or any(parents) else None


def _known_key(row, family):
    address = address_key(row.values.get("address"))
    parents = (family[role].known if role in family else None for role in ("father", "mother"))
    return (row.village, address, *parents)
