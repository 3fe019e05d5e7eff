"""One child's life in real steps taken at random by real users, and plain notes of what was decided."""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests.common import freeze_time

DAY = timedelta(days=1)
CARERS = ("granny", "uncle", "aunt")
NEEDLESS = ("parent_returned",)  # after these nobody has to be named
OF_CARER = ("carer_withdrew", "carer_accused")
STEPS = ("draw_up", "draw_up", "renew", "renew", "suspend", "resume", "end", "end", "replace")
STEPS += ("die", "go_home")


class Life:
    """Takes steps on the records and writes the same into notes, which `Reference` reads as a history."""

    def __init__(self, case, chance, today):
        """Put a child on the ledger whose parents are away."""
        self.case, self.chance, self.today = case, chance, today
        self.child = case.make_on_ledger(day=str(today))
        self.ids = {name: case.make_guardian(name=name, birth_date="1970-01-01") for name in CARERS}
        self.ids.update(father=self.child.father_id, mother=self.child.mother_id)
        self.names = {person.id: name for name, person in self.ids.items()}
        well = {"state": "normal", "since": None, "birth": None, "losses": []}
        self.people = {name: {**well, "spells": []} for name in self.ids}
        self.relations = []
        for name in ("father", "mother"):
            began = self.ids[name].migration_ids.date_from
            self.people[name]["spells"].append(
                {"from": began, "to": None, "cross": "yes", "stays": []}
            )
            known = {"who": name, "role": name, "from": None, "to": None, "excused": False}
            self.relations.append(known)
        self.agreements, self.interims, self.told = [], [], []

    def step(self):
        """Let days pass and take one step; returns whether it was taken."""
        self.today += timedelta(days=self.chance.randint(1, 25))
        name = self.chance.choice(STEPS)
        self.told.append(f"{self.today} {name}")
        with freeze_time(self.today):
            if self.chance.random() < 0.5:
                self.case.env["lbc.child"]._pass_the_night(self.case.county)
            try:
                with self.case.env.cr.savepoint():
                    note = getattr(self, name)()
                    self.case.env.flush_all()
            except UserError as refused:
                self.case.env.invalidate_all()
                self.told[-1] += f" refused: {refused}"
                return False
        if note:
            note()
        return bool(note)

    # -- what can be decided on

    def is_open(self, note):
        after = note["renewed_by"]
        gave_way = after and after["from"] <= self.today
        return note["state"] in ("in_force", "suspended") and not gave_way

    def one(self, *states):
        found = [one for one in self.agreements if one["state"] in states and self.is_open(one)]
        return self.chance.choice(found) if found else None

    def onward(self, note, same, beyond=None):
        found, after = [note], note["renewed_by"]
        while after and (not same or after["who"] == note["who"]):
            found.append(after)
            after = after["renewed_by"]
        found += [
            one
            for one in self.agreements
            if one["who"] == note["who"]
            and one["state"] in ("in_force", "suspended")
            and one["from"] > max(note["to"], beyond or note["to"])
            and one not in found
        ]
        return sorted(found, key=lambda one: one["from"])

    def a_day(self):
        return self.today - timedelta(days=self.chance.choice((0, 0, 0, 1, 3)))

    def an_interim(self):
        kind = self.chance.choice(("person", "institution", "none"))
        who = self.chance.choice(CARERS) if kind == "person" else None
        vals = {"interim_kind": kind, "interim_carer_id": who and self.ids[who].id}
        if kind == "institution":
            vals["interim_organization_id"] = self.case.school.id
        return vals, {"kind": kind, "who": who}

    # -- notes of interim care

    def cut(self, day):
        """What runs on `day` or later ended the day before."""
        for one in self.interims:
            if one["to"] is None or one["to"] >= day:
                one["to"] = max(day, one["from"]) - DAY

    def name(self, day, interim):
        later = [
            one["from"]
            for one in self.agreements
            if one["state"] == "in_force" and one["from"] > day and one["to"] >= one["from"]
        ]
        self.interims.append({**interim, "from": day, "to": min(later) - DAY if later else None})

    # -- steps: each acts, and returns what then is noted

    def draw_up(self):
        agreed = self.today + timedelta(days=self.chance.randint(-30, 40))
        last = agreed + timedelta(days=self.chance.randint(20, 200))
        who = self.chance.choice(CARERS)
        draft = self.case.draft(
            self.child, self.ids[who], str(agreed), str(last), clearance="查无实据"
        )
        return self.confirm(draft, who, None)

    def renew(self):
        old = self.one("in_force")
        if not old:
            return None
        draft = self.case.renewal(old["record"])
        draft.clearance = "查无实据"
        who = old["who"]
        if self.chance.random() < 0.25:
            who = self.chance.choice(CARERS)
            draft.carer_id = self.ids[who]
        return self.confirm(draft, who, old)

    def confirm(self, draft, who, old):
        draft.action_to_sign()
        self.case.sign(draft)
        confirmed = self.today + timedelta(days=self.chance.choice((0, 0, 2)))
        with freeze_time(confirmed):
            self.case.as_role(draft, "township").action_confirm()

        def note():
            self.today = confirmed
            first = max(draft.date_from, confirmed)
            self.cut(first)
            made = {
                "record": draft.with_env(self.case.env),
                "who": who,
                "state": "in_force",
                "from": first,
                "to": draft.date_to,
                "suspended": [],
                "excused": False,
                "renews": old,
                "renewed_by": None,
            }
            if old:
                old["renewed_by"] = made
            self.agreements.append(made)

        return note

    def suspend(self):
        found = self.one("in_force")
        if not found:
            return None
        day, (vals, interim) = self.a_day(), self.an_interim()
        vals["suspension_reason"] = self.chance.choice(("carer_accused", "other"))
        self.case.decide(found["record"], "police", "suspend", day=day, **vals)

        def note():
            for one in self.onward(found, same=True):
                one["state"] = "suspended"
                one["suspended"].append([day, None])
            self.cut(day)
            self.name(day, interim)

        return note

    def resume(self):
        found = self.one("suspended")
        if not found:
            return None
        day = self.a_day()
        self.case.decide(found["record"], "township", "resume", day=day)

        def note():
            self.cut(day)
            together, before = self.onward(found, same=True), found["renews"]
            while before and before["who"] == found["who"]:
                together.append(before)
                before = before["renews"]
            for one in together:
                if one["suspended"] and one["suspended"][-1][1] is None:
                    one["suspended"][-1][1] = day - DAY
                if one["state"] == "suspended":
                    one["state"] = "in_force"

        return note

    def end(self):
        found = self.one("in_force", "suspended")
        if not found:
            return None
        day, (vals, interim) = self.a_day(), self.an_interim()
        reason = self.chance.choice((*NEEDLESS, *OF_CARER, "parent_cancelled"))
        self.case.decide(found["record"], "township", "end", day=day, end_reason=reason, **vals)

        def note():
            together = self.onward(found, same=reason in OF_CARER, beyond=self.today)
            for one in reversed(together):
                self.over(one, day, None if reason in NEEDLESS else interim)

        return note

    def over(self, one, day, interim):
        """Note that an agreement does not hold from `day` on, or never did."""
        one["state"] = "ended"
        if one["from"] > self.today:
            one["to"] = one["from"] - DAY
            for other in self.interims:
                if other["to"] == one["to"]:
                    other["to"] = None
            for other in self.agreements:
                if other["renewed_by"] is one:
                    other["renewed_by"] = None
            return
        self.cut(day)
        one["to"] = max(min(one["to"], day - DAY), one["from"] - DAY)
        if interim:
            self.name(day, interim)

    def replace(self):
        """Another one looks after the child meanwhile."""
        found = self.one("suspended")
        if not found:
            return None
        day, (vals, interim) = self.a_day(), self.an_interim()
        self.case.decide(found["record"], "township", "interim", day=day, **vals)

        def note():
            self.cut(day)
            self.name(day, interim)

        return note

    def die(self):
        alive = [name for name in CARERS if self.people[name]["state"] == "normal"]
        if len(alive) < 2 or self.chance.random() < 0.5:
            return None
        who = self.chance.choice(alive)
        self.ids[who].write({"state": "dead", "state_since": self.today})

        def note():
            self.people[who].update(state="dead", since=self.today)
            mine = [
                one
                for one in self.agreements
                if one["who"] == who and self.is_open(one) and one["to"] >= self.today
            ]
            for one in sorted(mine, key=lambda one: one["from"], reverse=True):
                self.over(one, self.today, {"kind": "none", "who": None})

        return note

    def go_home(self):
        """The mother comes home, or goes away again."""
        spell = self.people["mother"]["spells"][-1]
        if spell["to"] is None:
            self.ids["mother"].migration_ids.filtered(
                lambda one: not one.date_to
            ).date_to = self.today
            return lambda: spell.update(to=self.today)
        vals = {"date_from": self.today, "cross_county": "yes"}
        self.case.env["lbc.migration"].create({"guardian_id": self.ids["mother"].id, **vals})
        away = {"from": self.today, "to": None, "cross": "yes", "stays": []}
        return lambda: self.people["mother"]["spells"].append(away)
