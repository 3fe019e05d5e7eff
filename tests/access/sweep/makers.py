"""One record of every model: from its fields, and by hand where a record needs more than values."""

from datetime import timedelta

from odoo import fields

from ...common import XMLID
from .makers_ledger import makers as makers_ledger

CLEAR_NAMES = (
    "欧阳若水",
    "上官远山",
    "诸葛明月",
    "司徒守望",
)  # of children and adults, nowhere else
# Keep the place where it happened (architecture, idea 3).
STAYS_BEHIND = (
    "lbc.episode",
    "lbc.household",  # visits are owed to it; the child founds or joins another one
    "lbc.visit",
    "lbc.activity",
    "lbc.leave",
    "lbc.census.line",
    "lbc.snapshot",
    "lbc.submission.change",
    "lbc.submission.finding",
    "lbc.transfer",
    "lbc.export",  # of its requester's township
)
ONE_OF_ALL = (  # master data of everybody: no place
    "lbc.aid",
    "lbc.key.tag",
    "lbc.hazard",
    "lbc.duty.kind",
    "lbc.duty.kind.helper",
    "lbc.duty.run",
    "lbc.duty.step",
    "lbc.activity.kind",
    "lbc.organization.kind",
    "lbc.post",
    "lbc.department",
    "lbc.access.right",
    "lbc.journal.seal",
)
BY_HAND = ("lbc.publication", "lbc.statistic")  # see `tables`
ONE_OF = {  # one record of these for each place of a level
    "lbc.profile": "county",
    "lbc.risk.scheme": "county",
    "lbc.risk.item": "county",
    "lbc.risk.option": "county",
    "lbc.quarter": "county",
    "lbc.submission": "township",
    "lbc.submission.version": "township",
    "lbc.submission.step": "township",
    "lbc.submission.exception": "township",
    "lbc.submission.copy": "township",
    "lbc.submission.file": "township",
    "lbc.submission.village": "village",
    "lbc.area": "village",
    "lbc.area.population": "village",
    "lbc.organization": "village",
    "lbc.organization.name": "village",
    "lbc.posting": "village",
}


def models_of(env):
    """Return the product's models with records (list of names), from the registry."""
    return sorted(
        name
        for name, model in env.registry.items()
        if name.startswith("lbc.") and not model._abstract
    )


def make_child(case, place):
    """Create a child on the ledger, with a family and a photo; the school is that of the place."""
    area = case.area_of(place)
    away = {"area": area, "away_since": "2024-01-05", "phone": "13812345678"}
    return case.make_on_ledger(
        area,
        name=CLEAR_NAMES[0],
        father=case.make_guardian(name=CLEAR_NAMES[1], **away),
        mother=case.make_guardian(name=CLEAR_NAMES[2], **away),
        carer=case.make_guardian(area, name=CLEAR_NAMES[3], phone="13912345678"),
        school_id=case.organizations[place.school].id if place.school else False,
        photo="R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=",
        address="甲路一号",
        note="与祖父母同住",
    )


def make_records(case, place, child):
    """Remember the child and make one record of every other model that has a place."""
    env = case.env
    known = {
        "lbc.child": child,
        "lbc.household": child.household_id,
        "lbc.guardian": child.father_id,
        "lbc.guardianship": child.guardianship_ids[0],
        "lbc.migration": child.father_id.migration_ids,
        "lbc.episode": child.episode_id,
        "lbc.area": case.area_of(place),
        "lbc.profile": env["lbc.profile"]._for_county(child.county_id),
        "lbc.access.right": env["lbc.department"]._by_role()["village"].right_ids[0],
        "lbc.department": env["lbc.department"]._by_role()["village"],
    }
    for name in models_of(env):
        if env[name]._transient or name in BY_HAND:
            continue
        if name in ONE_OF_ALL and place.name != "own":
            continue
        key = getattr(place, ONE_OF[name]) if name in ONE_OF else None
        records = case.records.setdefault(name, {})
        if key and any(getattr(case.places[one], ONE_OF[name]) == key for one in records):
            continue
        records[place.name] = record_of(case, place, name, known)


def record_of(case, place, name, known):
    """Return the record of a model in the place, made when it is asked for first."""
    if name not in known:
        made = MAKERS[name](case, place, known, name) if name in MAKERS else {}
        model = case.env[name]
        if isinstance(made, dict):
            made = values_of(case, place, known, name, made)
        known[name] = model.create(made) if isinstance(made, dict) else made
    return known[name]


def values_of(case, place, known, name, given=()):
    """Return the given values and those which a record of the model cannot be without."""
    model = case.env[name]
    given_by_itself = model.default_get(list(model._fields))
    defaults = {key for key, value in given_by_itself.items() if value}
    values = dict(given)
    for field in model._fields.values():
        key = field.name in ("child_id", "area_id", "county_id") and field.store and not given
        if field.name in values or field.name in defaults or not (field.required or key):
            continue
        if field.related or field.compute and not (field.required and not field.readonly):
            continue
        value = value_of(case, place, known, field)
        if value is not None:
            values[field.name] = value
    return values


def value_of(case, place, known, field):
    """Return a value for a field; None where nothing can be said."""
    if field.type == "many2one":
        if field.comodel_name == "res.users":
            return case.users[place.creator].id if place.creator else case.env.uid
        if field.name == "county_id":
            return case.area_of(place).county_id.id
        if not field.comodel_name.startswith("lbc."):
            return case.env[field.comodel_name].search([], limit=1).id
        if field.comodel_name in ONE_OF_ALL and field.comodel_name not in known:
            return case.env[field.comodel_name].search([], limit=1).id
        return record_of(case, place, field.comodel_name, known).id
    if field.type in ("many2many", "one2many"):
        comodel = field.comodel_name
        return [(6, 0, known[comodel].ids)] if comodel in known and field.store else None
    if field.type == "selection":
        user = case.users[place.creator] if place.creator else case.env.user
        return next(iter(field.get_values(case.env(user=user))), None)
    today = fields.Date.today()
    simple = {
        "char": "试",
        "text": "试",
        "html": "试",
        "integer": 2026,
        "float": 1.0,
        "date": today,
        "binary": b"MQ==",
    }
    return simple.get(field.type)


# -- by hand


def _organization(case, place, known, name):
    kind = case.env.ref(f"{XMLID}.organization_kind_department").id
    return {"name": "试", "kind_id": kind, "area_id": case.area_of(place).id}


def _posting(case, place, known, name):
    area = case.area_of(place)
    post = case.env.ref(f"{XMLID}.post_child_director").id
    organization = record_of(case, place, "lbc.organization", known)
    return {
        "name": "试",
        "post_id": post,
        "organization_id": organization.id,
        "area_ids": [(6, 0, area.ids)],
        "date_from": "2024-01-01",
    }


def _quarter(case, place, known, name):
    county = case.area_of(place).county_id
    found = case.env[name].search([("county_id", "=", county.id)])
    return found or {"county_id": county.id, "year": 2026, "number": 4, "cutoff": "2026-12-20"}


def _submission(case, place, known, name):
    township, quarter = (
        case.area_of(place).township_id,
        record_of(case, place, "lbc.quarter", known),
    )
    values = {"township_id": township.id, "quarter_id": quarter.id}
    found = case.env[name].search([(key, "=", value) for key, value in values.items()])
    return found or values


def _keys(area):
    return {
        "area_id": area.id,
        "township_id": area.township_id.id,
        "county_id": area.county_id.id,
    }


def _snapshot(case, place, known, name):
    child, version = known["lbc.child"], record_of(case, place, "lbc.submission.version", known)
    submission = version.submission_id
    frozen = {"child_ref": child.id, "name": child.name, "label": child.display_name}
    frozen |= {"submission_id": submission.id, "version_id": version.id}
    return {**frozen, **_keys(case.area_of(place))}


def _duty(case, place, known, name):
    kinds = case.env["lbc.duty.kind"]
    kind = kinds.search([("code", "=", "sweep_child")], limit=1) or kinds.create(
        {
            "name": "每童走访",
            "code": "sweep_child",
            "subject_type": "child",
            "period": "month",
            "evidence_model": "lbc.visit",
            "evidence_date": "lbc.visit:date",
        }
    )
    child, first = known["lbc.child"], fields.Date.to_date("2026-11-01")
    return {
        "kind_id": kind.id,
        "child_id": child.id,
        "subject_key": f"child:{child.id}",
        **_keys(case.area_of(place)),
        "slot_start": first,
        "window_start": first,
        "due_date": first + timedelta(days=29),
    }


def _duty_report(case, place, known, name):
    duty = record_of(case, place, "lbc.duty", known)
    case.env.flush_all()
    return case.env[name].browse(duty.id)


def _risk_assessment(case, place, known, name):
    return {"child_id": known["lbc.child"].id}  # a draft, with the scorecard that is shipped


def _key_span(case, place, known, name):
    child = known["lbc.child"]
    values = {"child_id": child.id, "household_id": child.household_id.id}
    return {**values, **_keys(case.area_of(place)), "date_from": "2026-11-01"}


def _visit_report(case, place, known, name):
    duty = record_of(case, place, "lbc.duty", known)
    case.env.flush_all()
    return case.env[name].browse(duty.id)


def _leave(case, place, known, name):
    """The director of the village is away; one of the same role stands in, with no post before it."""
    area = case.area_of(place)
    away, stands_in = (
        case.make_user(f"leave_{place.name}_{one}".replace(" ", "_"), "child_director", area)
        for one in ("away", "in")
    )
    today = fields.Date.today()
    posting = away.lbc_posting_ids
    dates = {"date_from": today - timedelta(days=9), "date_to": today - timedelta(days=5)}
    return {"posting_id": posting.id, "substitute_id": stands_in.id, **dates}


def _duty_step(case, place, known, name):
    kind = case.env["lbc.duty.kind"].search([], limit=1)
    return {"kind_id": kind.id, "days": 5, "whom": "visitor"}


def _activity(case, place, known, name):
    organization = case.organizations["school" if place.school else "agency"]
    if place.county == "2":
        organization = record_of(case, place, "lbc.organization", known)
    return {
        "kind_id": case.env.ref(f"{XMLID}.activity_kind_theme_activity").id,
        "place_id": case.area_of(place).id,
        "organization_id": organization.id,
        "child_ids": [(6, 0, known["lbc.child"].ids)],
    }


def _transfer(case, place, known, name):
    area, child = case.area_of(place), known["lbc.child"]
    values = {"child_id": child.id, "from_area_id": area.id, "to_area_id": area.id}
    return {**values, "reason": "试", "state": "refused"}


def _census_import(case, place, known, name):
    who = case.users[place.creator] if place.creator else case.env.user
    county = case.area_of(place).county_id
    return case.env[name].with_user(who).sudo().create({"county_id": county.id}).sudo(False).sudo()


def _census_line(case, place, known, name):
    census = record_of(case, place, "lbc.census.import", known)
    return {"import_id": census.id, "row": 1, **_keys(case.area_of(place))}


def _assignment(case, place, known, name):
    child, office = known["lbc.child"], case.organization
    today = fields.Date.today()
    values = {"child_id": child.id, "organization_id": office.id, "purpose": "试"}
    return {**values, "date_to": today, "ended_on": today}


def _grant(case, place, known, name):
    who = case.users[place.creator] if place.creator else case.env.user
    values = {"child_id": known["lbc.child"].id, "user_id": who.id, "reason": "核实情况需要"}
    return {**values, "kind": "request", "subject": "health", "state": "ended"}


def _journal(case, place, known, name):
    county = case.area_of(place).county_id
    case.env.cr.execute(
        "INSERT INTO lbc_journal (at, login, action, model, county, record_count, child_count) "
        "VALUES (now(), '试', 'read', 'lbc.child', %s, 0, 0) RETURNING id",
        (county.id,),
    )
    return case.env[name].browse(case.env.cr.fetchone()[0])


def _export(case, place, known, name):
    who, area = case.users[place.creator] if place.creator else case.env.user, case.area_of(place)
    return {
        "name": f"试-{place.name}",
        "kind": "list",
        "purpose": "核实情况需要",
        "legal_ground": "statutory_duty",
        "recipient": "区民政局",
        "expires_at": fields.Datetime.now() + timedelta(days=1),
        "user_id": who.id,
        "role_id": who.lbc_role_id.id,
        "township_id": area.township_id.id,
        "county_id": area.county_id.id,
        "res_model": "lbc.child",
        "spec": {"ids": known["lbc.child"].ids, "fields": ["display_name"]},
    }


def _agreement(case, place, known, name):
    area, child = case.area_of(place), known["lbc.child"]
    return {"area_id": area.id, "line_ids": [(0, 0, {"child_id": child.id})]}


def _agreement_line(case, place, known, name):
    return record_of(case, place, "lbc.agreement", known).line_ids


def _agreement_signature(case, place, known, name):
    agreement = record_of(case, place, "lbc.agreement", known)
    return {"agreement_id": agreement.id, "who": "witness", "user_id": case.env.uid}


def _agreement_interim(case, place, known, name):
    agreement, child = record_of(case, place, "lbc.agreement", known), known["lbc.child"]
    day = fields.Date.today()
    found = {"agreement_id": agreement.id, "child_id": child.id, "kind": "none"}
    return {**found, "date_from": day, "date_to": day}


def _guardian_report(case, place, known, name):
    case.env.flush_all()
    return case.env[name].browse(known["lbc.child"].id)


MAKERS = {
    "lbc.agreement": _agreement,
    "lbc.agreement.line": _agreement_line,
    "lbc.agreement.signature": _agreement_signature,
    "lbc.agreement.interim": _agreement_interim,
    "lbc.guardian.report": _guardian_report,
    "lbc.organization": _organization,
    "lbc.posting": _posting,
    "lbc.quarter": _quarter,
    "lbc.submission": _submission,
    "lbc.snapshot": _snapshot,
    "lbc.duty": _duty,
    "lbc.duty.report": _duty_report,
    "lbc.risk.assessment": _risk_assessment,
    "lbc.key.span": _key_span,
    "lbc.visit.report": _visit_report,
    "lbc.duty.step": _duty_step,
    "lbc.work": _duty_report,
    "lbc.leave": _leave,
    "lbc.activity": _activity,
    "lbc.transfer": _transfer,
    "lbc.census.import": _census_import,
    "lbc.census.line": _census_line,
    "lbc.assignment": _assignment,
    "lbc.access.grant": _grant,
    "lbc.journal": _journal,
    "lbc.export": _export,
    **makers_ledger(record_of, _keys),
}
