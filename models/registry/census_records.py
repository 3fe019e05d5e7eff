"""The records of the children whom a census brings, and of their families, ready to be written all at once.

Every stored column is given here, computed ones too, by the same functions of `lib` that the models' computes use;
`tests/registry/test_census_shared.py` recomputes them through the ORM and finds no difference.
"""

from odoo import fields

from ...lib import ages, eligibility, identity, masks, names
from ...lib.census_family import parent_facts
from .bulk import Bulk

ROLES = ("father", "mother", "carer")


class Writer:
    """Builds the records of new children and of people who are new with any child, and writes them.

    After `make`, every `Person` and `Household` of the plan has its id in `known`, and `children` says which child a
    row has become.
    """

    def __init__(self, census, plan, rows):
        self._census = census
        self.env = census.env
        self.bulk = Bulk(self.env)
        self._plan = plan
        self._rows = rows
        self._people = [person for person in plan.people if person.known is None]
        self._homes = [home for home in plan.households if home.known is None]
        self._on_file = [person.known for person in plan.people if person.known]
        self._day = census.as_of
        self._today = fields.Date.context_today(census)
        self._profile = self.env["lbc.profile"]._for_county(census.county_id)
        self._policy = self._profile._eligibility_policy()
        self._incapacities = self._profile._incapacity_reasons()
        self._basis = census._basis()
        self.children = {}

    def make(self, tell):
        """Write everything; `tell` is called with the number of children of whom all is written, roughly."""
        bulk = self.bulk
        self._keys = self._area_keys()
        self._number(bulk)
        size = 7 * len(self._rows) + 2 * len(self._people) + 1
        for add in (self._add_people, self._add_work, self._add_children, self._add_relations):
            add(bulk)
            bulk.insert(lambda done: tell(min(len(self._rows), len(self._rows) * done // size)))

    def _add_people(self, bulk):
        bulk.add("lbc.household", [self._household(home) for home in self._homes])
        bulk.add("lbc.guardian", [self._guardian(person) for person in self._people])

    def _add_work(self, bulk):
        away = [person for person in self._people if person.adult.away]
        bulk.add("lbc.migration", [self._migration(person) for person in away])
        unable = [person for person in self._people if _incapacity(person.adult)]
        bulk.add("lbc.capacity", [self._capacity(person) for person in unable])

    def _area_keys(self):
        """Return {village: its three geographic keys}."""
        villages = {row.village for row in self._rows}
        villages |= {person.village for person in self._people}
        villages |= {home.village for home in self._homes}
        areas = self.env["lbc.area"].sudo().browse(villages)
        return {
            area.id: {
                "area_id": area.id,
                "township_id": area.township_id.id,
                "county_id": area.county_id.id,
            }
            for area in areas
        }

    def _number(self, bulk):
        """Take ids and file numbers for people, households and children."""
        take = self.env["ir.sequence"]._lbc_take
        for model, things in (("lbc.guardian", self._people), ("lbc.household", self._homes)):
            fresh = zip(bulk.new_ids(model, len(things)), take(model, len(things)), strict=True)
            for thing, (new, number) in zip(things, fresh, strict=True):
                thing.known, thing.file_number = new, number
        count = len(self._rows)
        self._child_numbers = take("lbc.child", count)
        self._episode_ids = bulk.new_ids("lbc.episode", count)
        ids = bulk.new_ids("lbc.child", count)
        self.children = {row.number: new for row, new in zip(self._rows, ids, strict=True)}

    def _household(self, home):
        return {
            "id": home.known,
            **self._keys[home.village],
            "number": home.file_number,
            "address": home.address or None,
        }

    def _guardian(self, person):
        adult = person.adult
        condition = adult.condition
        return {
            "id": person.known,
            **self._keys[person.village],
            **_person_columns(person.file_number, adult.name, adult.number),
            "sex": adult.sex or None,
            "birth_date": adult.birth_date,
            "phone": adult.phone or None,
            "phone_masked": masks.mask_phone(adult.phone),
            "state": condition.state if condition else "normal",
            "is_away": adult.away,
            "away_since": adult.away_since if adult.away else None,
            "work_place": (adult.place or None) if adult.away else None,
        }

    def _migration(self, person):
        return {
            **self._keys[person.village],
            "guardian_id": person.known,
            **self._census._spell_vals(person.adult),
        }

    def _capacity(self, person):
        vals = self._census._capacity_vals(person.adult)
        return {
            **self._keys[person.village],
            "guardian_id": person.known,
            **vals,
            "is_proved": bool(vals["evidence"]),
            "passes": True,  # what does not pass is no incapacity, see `_incapacity`
        }

    def _add_children(self, bulk):
        """Children with their first time on the ledger, which refer to each other."""
        children, episodes = [], []
        schools = self._census._schools(self._rows)
        extra = self.env["lbc.child"]._census_values(self._day)
        numbers = zip(self._rows, self._child_numbers, self._episode_ids, strict=True)
        for row, file_number, episode in numbers:
            child, keys = self.children[row.number], self._keys[row.village]
            family = self._plan.family[row.number]
            verdict = self._verdict(row, family)
            children.append(
                {
                    "id": child,
                    **keys,
                    **_person_columns(file_number, row.values["name"], row.id_number),
                    **self._stated(row, schools),
                    **_family_columns(row, family),
                    **_verdict_columns(verdict, self._turning_days(family)),
                    "household_id": self._plan.homes[row.number].known,
                    "episode_id": episode,
                    "state": "on_ledger",
                    "date_entry": self._day,
                    "date_exit": None,
                    **extra,
                }
            )
            episodes.append({"id": episode, "child_id": child, **keys, **self._episode(verdict)})
        bulk.add("lbc.child", children)
        bulk.add("lbc.episode", episodes)

    def _add_relations(self, bulk):
        """Who is what to the children, their health and aid."""
        lines, health, aid = [], [], []
        aids = self._census._aids()
        for row in self._rows:
            child, keys = self.children[row.number], self._keys[row.village]
            family = self._plan.family[row.number]
            lines += [
                {
                    "child_id": child,
                    "guardian_id": family[role].known,
                    **keys,
                    **_relation(role, one),
                }
                for role, one in row.adults
            ]
            if row.health:
                health.append({"child_id": child, **keys, **self._health(row)})
            aid += [(child, aids[code]) for code in row.aids or () if code in aids]
        bulk.add("lbc.guardianship", lines)
        bulk.add("lbc.health", health)
        bulk.link("lbc.child", "aid_ids", aid)

    def _stated(self, row, schools):
        """Return the columns that come from cells; what the file does not state stays empty, not assumed."""
        stated = row.values
        school = schools.get(stated.get("school_name"))
        return {
            **{name: stated.get(name) for name in self._census._stated_fields()},
            "school_id": school,
            "school_name": None if school else stated.get("school_name"),
        }

    def _verdict(self, row, family):
        """Return today's `lib.eligibility.Verdict`, as the child's compute will judge it."""
        return eligibility.assess(
            eligibility.ChildFacts(row.values.get("birth_date")),
            self._facts(family.get("father")),
            self._facts(family.get("mother")),
            self._policy,
            self._today,
        )

    def _facts(self, person):
        """Return the facts of a parent: as stated for new people, as on file for known ones."""
        if person and person.file_number:
            # What the census says of an incapacity holds from its day on.
            held = self._incapacities if self._day <= self._today else ()
            return parent_facts(person.adult, self._today, held)
        guardian = self._guardians(person)
        return self.env["lbc.child"].sudo()._parent_facts(guardian, self._today, self._profile)

    def _guardians(self, *people):
        """Return the records of known people."""
        ids = [person.known for person in people if person and not person.file_number]
        return self.env["lbc.guardian"].sudo().browse(ids).with_prefetch(self._on_file)

    def _turning_days(self, family):
        """Yield the dates on which something else than the verdict's own facts may change it."""
        for role in ("father", "mother"):
            person = family.get(role)
            if person is None:
                continue
            if not person.file_number:
                yield from self._guardians(person)._turning_days(self._today)
                continue
            if _incapacity(person.adult) and self._day > self._today:
                yield self._day
            if person.adult.birth_date:
                majority = ages.birthday(person.adult.birth_date, ages.AGE_MAJORITY)
                if majority > self._today:
                    yield majority

    def _episode(self, verdict):
        return {
            "state": "on_ledger",
            "entry_kind": "new",
            "date_entry": self._day,
            "reason": self.env["lbc.episode"]._reason_of(verdict.reason),
            "basis": self._basis,
        }

    def _health(self, row):
        condition, kind, level = row.health
        return {
            "date": self._day,
            "condition": condition,
            "disability_kind": kind,
            "disability_level": level,
        }


def _person_columns(file_number, name, id_number):
    """Return the stored columns of `lbc.person.mixin` that follow from number of file, name and identity number."""
    masked = masks.mask_name(name)
    return {
        "file_number": file_number,
        "name": name,
        "name_masked": masked,
        "name_initials": names.pinyin_initials(name),
        "display_name": f"{file_number} {masked}",
        "id_number": id_number or None,
        "id_number_masked": masks.mask_id(id_number),
        "id_status": "missing"
        if not id_number
        else "valid"
        if _is_valid(id_number)
        else "doubtful",
    }


def _is_valid(id_number):
    try:
        return bool(identity.parse(id_number))
    except identity.IdNumberError:
        return False


def _family_columns(row, family):
    return {
        **{f"{role}_id": family[role].known if role in family else None for role in ROLES},
        "carer_relation": row.carer.relation if row.carer else None,
    }


def _verdict_columns(verdict, turning_days):
    return {
        "eligibility": verdict.status,
        "eligibility_reason": verdict.reason,
        "eligibility_basis": ",".join(verdict.basis),
        "review_on": min(filter(None, (verdict.review_on, *turning_days)), default=None),
    }


def _relation(role, adult):
    is_carer = role == "carer"
    return {
        "role": role,
        "relation": adult.relation if is_carer else role,
        "care_quality": adult.quality if is_carer else None,
    }


def _incapacity(adult):
    return adult.condition.incapacity if adult.condition else None
