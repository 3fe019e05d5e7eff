"""What is done beside the visits: two duties of the district, activities that prove some, a director on leave.

The duties are those that the administrator adds on the page of kinds; some townships have held their session.
"""

from datetime import date, timedelta

from odoo.fields import Command

from .logins import TOWNSHIP, VILLAGE

MODULE = "left_behind_children"


def add_duties(district):
    """The district asks for a session of law publicity a quarter and a vaccination status a year."""
    kinds = district.as_user("form_admin")["lbc.duty.kind"]
    ref = district.env.ref
    year = date(district.day().year, 1, 1)
    kinds.create(
        [
            {
                "name": "监护人法治宣传（每季度一次）",
                "clause": "B-3.3c, L-2c",
                "subject_type": "township",
                "period": "quarter",
                "date_from": year,
                "lead_kind_id": ref(f"{MODULE}.organization_kind_township").id,
                "helper_ids": [_helper(ref, "justice_authority")],
                "evidence_model": "lbc.activity",
                "evidence_domain": "[('kind_code', '=', 'law_publicity')]",
            },
            {
                "name": "预防接种情况核查（每年一次）",
                "clause": "B-3.3h",
                "subject_type": "child",
                "period": "year",
                "date_from": year,
                "lead_kind_id": ref(f"{MODULE}.organization_kind_health_authority").id,
                "helper_ids": [_helper(ref, "school")],  # it sees the certificates
                "evidence_model": "lbc.activity",
                "evidence_domain": "[('kind_code', '=', 'vaccination')]",
            },
        ]
    )
    district.env["lbc.duty"]._cron_generate()
    return len(kinds.search([]))


def _helper(ref, kind):
    """Return the command by which organisations of a kind co-operate in a duty."""
    kind = ref(f"{MODULE}.organization_kind_{kind}")
    return Command.create({"organization_kind_id": kind.id})


def record(district):
    """Activities of the last weeks, each entered by who organised it; returns their number."""
    filed = 0
    for login, kind, days, values in _plan(district):
        env = district.as_user(login)
        activity = env["lbc.activity"].create(
            {
                "kind_id": district.env.ref(f"{MODULE}.activity_kind_{kind}").id,
                "date": district.day() - timedelta(days=days),
                **values,
            }
        )
        activity.action_file()
        filed += 1
    return filed


def _plan(district):
    """Yield (login, kind, days ago, values)."""
    village = district.village(TOWNSHIP, VILLAGE)
    yield (
        "township",
        "law_publicity",
        12,
        {
            "guardian_count": 46,
            "minutes": 90,
            "venue_kind": "service_centre",
            "result": "讲解监护职责和未成年人保护法，发放宣传册46份。",
        },
    )
    yield (
        "township",
        "policy_publicity",
        40,
        {"guardian_count": 30, "public_count": 25, "minutes": 60},
    )
    on_ledger = [("state", "=", "on_ledger")]
    ours = [*on_ledger, ("area_id", "=", village.id)]
    children = district.as_user("village")["lbc.child"].search(ours)
    yield (
        "village",
        "contact_help",
        6,
        {"child_ids": [(6, 0, children[:4].ids)], "minutes": 80, "venue_kind": "children_home"},
    )
    pupils = district.as_user("school")["lbc.child"].search(on_ledger)
    yield (
        "school",
        "safety_lesson",
        20,
        {"child_ids": [(6, 0, pupils.ids)], "minutes": 40, "venue_kind": "school"},
    )
    checked = district.as_user("health")["lbc.child"].search(on_ledger, limit=25)
    yield (
        "health",
        "vaccination",
        9,
        {"child_ids": [(6, 0, checked.ids)], "venue_kind": "institution"},
    )
    yield (
        "mass_organization",
        "family_education",
        26,
        {"guardian_count": 38, "minutes": 120, "venue_kind": "outdoors"},
    )


def leave(district):
    """A director of another village is ill; a colleague stands in for two weeks."""
    others = district.villages().filtered(
        lambda one: one.township_id.name == TOWNSHIP and one.short_name != VILLAGE
    )
    posts = district.env["lbc.posting"].search(
        [
            ("area_ids", "in", others.ids),
            ("user_id", "!=", False),
            ("post_id.code", "=", "child_director"),
        ],
        limit=1,
    )
    stands_in = district.director(district.village(TOWNSHIP, VILLAGE))
    today = district.day()
    district.as_user("township")["lbc.leave"].create(
        {
            "posting_id": posts.id,
            "kind": "sick",
            "substitute_id": stands_in.id,
            "date_from": today - timedelta(days=2),
            "date_to": today + timedelta(days=12),
        }
    )
    return posts.area_ids.short_name


def tell(district):
    """The night of today: late duties are told, everybody gets his digest."""
    district.env["lbc.duty"]._cron_escalate()
    return district.env["lbc.duty"].search_count([("escalation_level", ">", 0)])
