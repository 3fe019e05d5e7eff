"""The slow, obvious way to say who answers for a child: look at one day, ask one person after the other."""

from datetime import timedelta


class Reference:
    """The slow, obvious way: look at one day, ask one person after the other."""

    def __init__(self, history, policy):
        """Take a history and {"tolerance", "scope", "reasons", "required"}."""
        self.history = history
        self.policy = policy

    def answer(self, day):
        """Return (kind, ground, who)."""
        running = [one for one in self.history.interims if holds(one, day)]
        for one in running:
            if one["kind"] == "institution":
                return "institution", "institution", None
        relations = [one for one in self.history.relations if holds(one, day)]
        for role, kind in (
            ("legal_guardian", "legal_guardian"),
            ("father", "parent"),
            ("mother", "parent"),
        ):
            for relation in relations:
                if relation["role"] == role and self.cares(relation, day):
                    return kind, role, relation["who"]
        confirmed = [
            one
            for one in self.history.agreements
            if one["state"] in ("in_force", "suspended", "ended", "renewed")
        ]
        current = next((one for one in confirmed if one["from"] <= day <= one["to"]), None)
        stopped = current is not None and any(
            first <= day and (last is None or day <= last) for first, last in current["suspended"]
        )
        if current and not stopped and self.cares(current, day):
            return "carer", "agreement", current["who"]
        for one in running:
            if one["kind"] == "person" and self.cares({**one, "excused": False}, day):
                return "interim", "interim", one["who"]
        carers = [one for one in relations if one["role"] == "carer"]
        if (
            not stopped
            and not running
            and (not self.policy["required"] or self.parent_beside(relations, day))
        ):
            for carer in carers:
                if self.cares(carer, day):
                    return "carer", "carer", carer["who"]
        return "gap", self.ground(day, confirmed, current, stopped, running, carers), None

    def ground(self, day, confirmed, current, stopped, running, carers):
        if stopped:
            return "suspended"
        if current:
            return "carer_unable"
        if any(one["kind"] == "person" for one in running):
            return "interim_unable"
        if running:
            return "nobody_named"
        over = [one for one in confirmed if one["from"] <= day and one["to"] < day]
        if over:
            last = max(over, key=lambda one: (one["to"], one["state"] == "ended"))
            return "ended" if last["state"] == "ended" else "expired"
        return "no_agreement" if carers else "no_carer"

    def parent_beside(self, relations, day):
        """Tell whether a parent lives at home, unable to care."""
        return any(
            one["role"] in ("father", "mother")
            and self.is_well(one["who"], day)
            and self.is_there(one["who"], day)
            and not self.is_able(one, day)
            for one in relations
        )

    def cares(self, relation, day):
        who = relation["who"]
        return self.is_well(who, day) and self.is_able(relation, day) and self.is_there(who, day)

    def is_well(self, who, day):
        person = self.history.people[who]
        if person["state"] == "normal":
            return True
        return person["since"] is not None and day < person["since"]

    def is_able(self, relation, day):
        person = self.history.people[relation["who"]]
        for loss in person["losses"]:
            if loss["passes"] and loss["reason"] in self.policy["reasons"] and holds(loss, day):
                return False
        birth = person["birth"]
        if birth is None or relation["excused"]:
            return True
        age = day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
        return age >= 18

    def is_there(self, who, day):
        away = False
        for spell in self.history.people[who]["spells"]:
            begun = spell["from"] is None or spell["from"] <= day
            over = spell["to"] is not None and spell["to"] <= day
            near = self.policy["scope"] == "cross_county" and spell["cross"] == "no"
            if not begun or over or near:
                continue
            away = True
            for first, last in spell["stays"]:
                if first + timedelta(days=self.policy["tolerance"]) < day and (
                    last is None or day <= last
                ):
                    return True
        return not away


def holds(thing, day):
    return (thing["from"] is None or thing["from"] <= day) and (
        thing["to"] is None or day <= thing["to"]
    )
