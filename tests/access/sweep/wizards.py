"""One of each wizard for several owners; the place says whose."""

from dataclasses import replace

from .makers import models_of, values_of

GIVEN = {  # what a page is opened with, or what an answer needs
    "lbc.export.request": {"res_model": "lbc.child"},
    "lbc.journal.report": {"year": 2026},
}
# The page is theirs for a report of their own department; `TestDepartments` plays it.
OF_DEPARTMENTS = {("lbc.quarter.submit", "school"), ("lbc.submission.fetch", "school")}
WIZARD_OWNERS = ("village", "township", "civil_affairs", "leading_office", "data_officer", "school")


def make_wizards(case):
    """Make every wizard once for several users; a wizard is for its owner alone."""
    own = case.places["own"]
    known = {name: by_place["own"] for name, by_place in case.records.items() if "own" in by_place}
    known["lbc.organization"] = case.organization
    for role in WIZARD_OWNERS:
        place = replace(own, name=f"of {role}", creator=role)
        case.places[place.name] = place
        mine = dict(known)
        for name in models_of(case.env):
            if case.env[name]._transient and (name, role) not in OF_DEPARTMENTS:
                record = wizard_of(case, place, name, mine)
                if record:
                    case.records.setdefault(name, {})[place.name] = record


def wizard_of(case, place, name, known):
    """Return the wizard of the place's creator, as superuser sees it."""
    if name not in known:
        model = case.env[name].with_user(case.users[place.creator]).sudo()
        for field in model._fields.values():
            if field.type == "many2one" and field.required and field.comodel_name not in known:
                if field.comodel_name in case.env and case.env[field.comodel_name]._transient:
                    wizard_of(case, place, field.comodel_name, known)
        given = dict(GIVEN.get(name, {}))
        if "res_ids" in model._fields:
            given["res_ids"] = known["lbc.child"].ids
        if "part_id" in model._fields:  # its default is the first one that the superuser finds
            given["part_id"] = known["lbc.submission.village"].id
        values = values_of(case, place, known, name, given)
        asked = {field.name for field in model._fields.values() if field.required}
        if asked - values.keys() - model.default_get(list(asked)).keys():
            return model  # nothing may be chosen by this person
        known[name] = model.create(values).with_env(case.env)
        case.env.flush_all()  # what a wizard computes, it computes before its lines are made
    return known[name]
