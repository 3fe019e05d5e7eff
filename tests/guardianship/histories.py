"""Random histories of families: parents leave and return, carers die, agreements run out, are renewed or suspended."""

from datetime import date, timedelta

from odoo.tools import SQL

BEGIN, END = date(2024, 1, 1), date(2026, 12, 31)
SPAN = (END - BEGIN).days
TABLES = ("lbc_child", "lbc_guardian", "lbc_guardianship", "lbc_migration", "lbc_home_stay")
TABLES += ("lbc_capacity", "lbc_agreement", "lbc_agreement_line", "lbc_agreement_interim")
STATES = ("normal", "normal", "normal", "dead", "missing", "imprisoned", "unknown")


class History:
    """What happened in one family, as plain lists of dicts; made at random, then written and asked."""

    def __init__(self, chance):
        """Invent a family."""
        self.chance = chance
        self.people = {
            name: self.person() for name in ("father", "mother", "granny", "uncle", "legal")
        }
        self.relations = [rel for rel in map(self.relation, ("father", "mother")) if rel]
        if chance.random() < 0.8:
            self.relations.append(self.relation_of("granny", "carer"))
        if chance.random() < 0.15:
            self.relations.append(self.relation_of("legal", "legal_guardian"))
        self.agreements = self.make_agreements()
        self.interims = self.make_interims()

    def day(self, low=0, high=SPAN):
        return BEGIN + timedelta(days=self.chance.randint(low, high))

    def maybe_day(self, share, *bounds):
        return self.day(*bounds) if self.chance.random() < share else None

    def person(self):
        chance = self.chance
        state = chance.choice(STATES) if chance.random() < 0.4 else "normal"
        young = chance.random() < 0.08
        spells, at = [], 0
        for _number in range(chance.choice((0, 1, 1, 2, 3))):
            at += chance.randint(0, 250)
            last = at + chance.randint(0, 400)
            stays = []
            for _stay in range(chance.choice((0, 0, 1, 2))):
                first = at + chance.randint(0, max(1, last - at))
                until = first + chance.randint(0, 90) if chance.random() < 0.8 else None
                stays.append((offset(first), offset(until)))
            spells.append(
                {
                    "from": offset(at) if chance.random() < 0.95 else None,
                    "to": offset(last),
                    "cross": chance.choice(("yes", "yes", "yes", "no", None)),
                    "stays": stays if chance.random() < 0.5 else [],
                }
            )
            at = last
        if spells and chance.random() < 0.6:
            spells[-1]["to"] = None
        losses = [
            {
                "reason": chance.choice(("severe_illness", "severe_disability", "other")),
                "passes": chance.random() < 0.8,
                "from": self.maybe_day(0.9),
                "to": None,
            }
            for _number in range(chance.choice((0, 0, 0, 1, 2)))
        ]
        for loss in losses:
            if chance.random() < 0.5:
                loss["to"] = (loss["from"] or BEGIN) + timedelta(days=chance.randint(0, 300))
        return {
            "state": state,
            "since": self.maybe_day(0.9) if state != "normal" else None,
            "birth": date(2007, 1, 1) + timedelta(days=chance.randint(0, 900)) if young else None,
            "spells": spells,
            "losses": losses,
        }

    def relation(self, role):
        return self.relation_of(role, role) if self.chance.random() < 0.9 else None

    def relation_of(self, who, role):
        first = self.maybe_day(0.2, 0, 300)
        last = (first or BEGIN) + timedelta(days=self.chance.randint(0, 600))
        return {
            "who": who,
            "role": role,
            "from": first,
            "to": last if self.chance.random() < 0.15 else None,
            "excused": self.chance.random() < 0.1,
        }

    def make_agreements(self):
        made, at = [], self.chance.randint(0, 400)
        for _number in range(self.chance.choice((0, 1, 1, 2, 3))):
            length = self.chance.randint(0, 400)
            first, last = at, at + length
            agreed = first - self.chance.choice((0, 0, 10))  # confirmed later than agreed
            state, ended, late = (
                self.chance.choice(("in_force", "renewed", "ended", "suspended")),
                None,
                0,
            )
            if state == "ended":
                ended = self.chance.randint(first - 1, last)
                last = ended
            if self.chance.random() < 0.15:  # never came into force
                state, ended = self.chance.choice(("draft", "to_sign", "cancelled")), None
            if self.chance.random() < 0.5:
                late = self.chance.randint(1, 90)  # renewed late
            suspended = []
            if (
                state in ("in_force", "ended", "renewed")
                and length > 30
                and self.chance.random() < 0.3
            ):
                begin = self.chance.randint(first, max(first, last))
                suspended.append((begin, min(last, begin + self.chance.randint(0, 40))))
            if state == "suspended":
                begin = self.chance.randint(first, last)
                suspended.append((begin, None))
            made.append(
                {
                    "who": self.chance.choice(("granny", "uncle")),
                    "state": state,
                    "agreed": offset(agreed),
                    "from": offset(first),
                    "to": offset(last),
                    "ended": offset(ended),
                    "suspended": [(offset(one), offset(two)) for one, two in suspended],
                    "excused": self.chance.random() < 0.1,
                }
            )
            at = max(last, first) + 1 + late
            if state == "suspended":  # nothing follows before it is decided on
                break
        return made

    def make_interims(self):
        """Interim care during suspensions and after ends; one at a time."""
        found = []
        for agreement in self.agreements:
            for first, last in agreement["suspended"]:
                if last is None or last >= first:
                    found.append(self.interim(agreement, "suspension", first, last))
        for agreement in self.agreements:
            if agreement["state"] == "ended" and self.chance.random() < 0.7:
                first = agreement["to"] + timedelta(days=1)
                last = first + timedelta(days=self.chance.randint(0, 60))
                if not any(
                    one["from"] <= last and (one["to"] is None or one["to"] >= first)
                    for one in found
                ):
                    found.append(self.interim(agreement, "end", first, last))
        return found

    def interim(self, agreement, cause, first, last):
        kind = self.chance.choice(("person", "person", "institution", "none"))
        return {
            "agreement": agreement,
            "cause": cause,
            "from": first,
            "to": last,
            "kind": kind,
            "who": self.chance.choice(("uncle", "granny")) if kind == "person" else None,
        }


def offset(number):
    return None if number is None else BEGIN + timedelta(days=number)


class Family:
    """Writes histories into the tables, below the ORM: only what the answer rests on."""

    def __init__(self, case, histories):
        """Write all histories; afterwards `children` has their ids and `names` who is who."""
        self.case, self.cr = case, case.env.cr
        self.names, self.children = {}, []
        place = (case.village_a1.id, case.township_a.id, case.county.id)
        case.env.flush_all()
        for number, history in enumerate(histories):
            self.store(history, number, place)
        for table in TABLES:  # last counted when they were empty
            self.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
        case.env.invalidate_all()

    def insert(self, table, **values):
        self.cr.execute(
            SQL(
                "INSERT INTO %s (%s) VALUES %s RETURNING id",
                SQL.identifier(table),
                SQL(", ").join(map(SQL.identifier, values)),
                tuple(values.values()),
            )
        )
        return self.cr.fetchone()[0]

    def store(self, history, number, place):
        keys = dict(zip(("area_id", "township_id", "county_id"), place, strict=True))
        child = self.insert(
            "lbc_child", name="某", file_number=f"T{number}", state="on_ledger", **keys
        )
        self.children.append(child)
        ids = {}
        for name, person in history.people.items():
            ids[name] = self.insert(
                "lbc_guardian",
                name="某",
                state=person["state"],
                state_since=person["since"],
                birth_date=person["birth"],
                **keys,
            )
            self.names[ids[name]] = (number, name)
            self.store_person(ids[name], person)
        for one in history.relations:
            self.insert(
                "lbc_guardianship",
                child_id=child,
                guardian_id=ids[one["who"]],
                role=one["role"],
                date_from=one["from"],
                date_to=one["to"],
                capacity_evidence="户口簿" if one["excused"] else None,
            )
        written = {}
        for one in history.agreements:
            confirmed = one["state"] not in ("draft", "to_sign", "cancelled")
            end = max(one["to"], one["from"])
            agreement = self.insert(
                "lbc_agreement",
                name=f"T{number}",
                state=one["state"],
                origin="entered",
                carer_id=ids[one["who"]],
                date_from=one["agreed"],
                date_to=end,
                ended_on=one["ended"],
                confirmed_on=one["from"] if confirmed else None,
                capacity_evidence="户口簿" if one["excused"] else None,
                **keys,
            )
            self.insert(
                "lbc_agreement_line",
                agreement_id=agreement,
                child_id=child,
                state=one["state"],
                date_from=one["from"],
                date_to=one["to"],
            )
            written[id(one)] = agreement
        for one in history.interims:
            self.insert(
                "lbc_agreement_interim",
                agreement_id=written[id(one["agreement"])],
                child_id=child,
                cause=one["cause"],
                kind=one["kind"],
                carer_id=ids.get(one["who"]),
                organization_id=self.case.school.id if one["kind"] == "institution" else None,
                date_from=one["from"],
                date_to=one["to"],
            )

    def store_person(self, guardian, person):
        for spell in person["spells"]:
            migration = self.insert(
                "lbc_migration",
                guardian_id=guardian,
                date_from=spell["from"],
                date_to=spell["to"],
                cross_county=spell["cross"],
            )
            for first, last in spell["stays"]:
                self.insert("lbc_home_stay", migration_id=migration, date_from=first, date_to=last)
        for loss in person["losses"]:
            self.insert(
                "lbc_capacity",
                guardian_id=guardian,
                reason=loss["reason"],
                passes=loss["passes"],
                valid_from=loss["from"],
                valid_to=loss["to"],
            )
