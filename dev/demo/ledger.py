"""Quarters and decisions on the ledger (B-5.2c/d, L-2h/i, domain.md §C.1.2)."""

import random
from datetime import timedelta

from . import drafts
from .logins import SECOND_TOWNSHIP, TOWNSHIP, VILLAGE

LATE_TOWNSHIPS = ("石龙镇", "一品街道")
SILENT_TOWNSHIPS = ("姜家镇", "李家沱街道", "莲花街道")  # have not submitted at all
RETURNED = timedelta(days=9)  # before the day of loading
CORRECTED = ("木洞镇",)  # whose report is returned once
WAITING = ("东温泉镇", "姜家镇")  # whose villages have not all confirmed the running quarter
EXPLAINED = "已入户核实，情况属实，资料正在补充"


def open_quarter(district, quarter):
    """The office of the leading group opens a quarter; returns how many submissions it expects.

    :param quarter: `lib.periods.Quarter`
    """
    env = district.as_user("leading_office")
    wizard = env["lbc.quarter.open"].create({"year": quarter.year, "number": str(quarter.number)})
    wizard.action_open()
    return len(_submissions(district, quarter))


def submit(district, quarter, late):
    """The leaders of the punctual, or of the late, townships submit; returns how many did."""
    count = 0
    for submission in _submissions(district, quarter).filtered("township_id"):
        name = submission.township_id.name
        if name in SILENT_TOWNSHIPS or (name in LATE_TOWNSHIPS) != late:
            continue
        _report(district, submission)
        count += 1
    return count


def _report(district, submission):
    """Villages confirm, the supervisor checks and explains, the leader submits (§C.1.2)."""
    for part in submission.village_ids:
        _confirm(district, part)
    own = submission.with_env(district.as_user(district.supervisor(submission.township_id)))
    own.action_view_findings()
    findings = own.finding_ids.filtered(lambda one: one.state == "open" and one.blocks)
    wizard = own.env["lbc.finding.explain"]
    alone = findings._to_decide()  # each by itself
    for chosen in filter(None, (findings - alone, *alone)):
        wizard.create({"finding_ids": chosen.ids, "note": EXPLAINED}).action_explain()
    own.action_check()
    env = district.as_user(district.leader(submission.township_id))
    env["lbc.quarter.submit"].create({"submission_id": submission.id}).action_submit()


def _confirm(district, part):
    """The village's director confirms whom he visited and looks at three of four others.

    Where there is none the supervisor does it in his place.
    """
    somebody = district.director(part.area_id) or district.supervisor(part.township_id)
    env = district.as_user(somebody)
    page = env["lbc.quarter.confirm"].create({"part_id": part.id})
    dice = random.Random(f"confirm{part.area_id.code}")
    for line in page.line_ids:
        line.is_verified = line.is_verified or dice.random() < 0.75
    page.action_confirm()


def confirm(district, quarter):
    """Villages confirm the running quarter, all but some; returns how many did."""
    parts = _submissions(district, quarter).village_ids
    done = [part for part in parts if part.township_id.name not in WAITING or part.id % 3 == 0]
    for part in done:
        _confirm(district, part)
    return f"{len(done)} of {len(parts)}"


def receive(district, quarter):
    """Civil affairs receives the punctual reports and returns one; departments give their receipts."""
    own = district.as_user("civil_affairs")
    returned = []
    for submission in _submissions(district, quarter).filtered(
        lambda one: one.state == "submitted"
    ):
        name = submission.township_id.name
        if name in CORRECTED:
            page = own["lbc.quarter.decide"]
            page.create(
                {
                    "submission_id": submission.id,
                    "decision": "return",
                    "reason": "两名儿童的住址请核对",
                }
            ).action_decide()
            returned.append(name)
        elif name not in LATE_TOWNSHIPS:
            submission.with_env(own).action_receive()
    copies = district.as_user("education")["lbc.submission.copy"].search([])
    copies[::2].action_receive()
    return f"returned: {'、'.join(returned) or '-'}, receipts of education: {len(copies[::2])}"


def correct(district, quarter):
    """Who was to correct reports anew, and is received; returns how many."""
    returned = _submissions(district, quarter).filtered(lambda one: one.state == "returned")
    for submission in returned:
        _report(district, submission)
        submission.with_env(district.as_user("civil_affairs")).action_receive()
    return len(returned)


def publish(district):
    """The office of the leading group publishes the table of the month; returns the withheld cells."""
    env = district.as_user("leading_office")
    draft = env["lbc.publish"].create({}).action_preview()["res_id"]
    publication = env["lbc.publication"].browse(draft)
    publication.action_publish()
    return f"{publication.suppressed_count} of {len(publication.statistic_ids)} cells withheld"


def _submissions(district, quarter):
    return district.env["lbc.submission"].search(
        [("quarter_id.year", "=", quarter.year), ("quarter_id.number", "=", quarter.number)]
    )


def verify(district):
    """Supervisors of two townships in three check what no census of this quarter has (B-5.2c)."""
    checked = 0
    for township in district.townships():
        dice = random.Random(f"verify{township.code}")
        if dice.random() < 0.35 and township.name != TOWNSHIP:
            continue
        env = district.as_user(district.supervisor(township))
        children = env["lbc.child"].search(
            [("state", "=", "on_ledger"), ("is_unverified", "=", True)]
        )
        children = children.filtered(lambda _child, dice=dice: dice.random() < 0.8)
        if children:
            children.action_mark_verified()
        checked += len(children)
    return checked


def propose(district):
    """The decisions that wait on the day of loading: two drafts, two exits, a move."""
    drafts.enter(district)
    alone = _children_alone(district)
    _father_returned(district, alone[0])
    _joined_parents(district, alone[1])
    _move(district, alone[2])
    return "2 + 2 + 1"


def _children_alone(district):
    """Return children of the township of the logins who are the only ones of their household."""
    children = district.as_user("township")["lbc.child"].search(
        [("state", "=", "on_ledger"), ("birth_date", "<", district.day() - timedelta(days=2500))]
    )
    own = district.village(TOWNSHIP, VILLAGE)
    alone = children.filtered(
        lambda child: (
            len(child.household_id.child_ids) == 1
            and len(child.father_id.guardianship_ids) == 1
            and child.father_id.away_since
            and child.father_id.away_since < district.day() - RETURNED
        )
    )
    return alone.sorted(lambda child: (child.area_id != own, child.id))


def _father_returned(district, child):
    """The village records that the father is back, and proposes the exit (§C.6 case 3)."""
    env = district.as_user(district.director(child.area_id))
    child = child.with_env(env)
    day = district.day() - RETURNED
    child.father_id.migration_ids[:1].date_to = day
    _propose_exit(env, child, "parent_returned", day, "父亲已返乡就业，村里入户核实")


def _joined_parents(district, child):
    """The village proposes the exit of a child who now lives with its parents."""
    env = district.as_user(district.director(child.area_id))
    day = district.day() - timedelta(days=4)
    _propose_exit(
        env, child.with_env(env), "joined_parents", day, "随父母到务工地就读，学校出具转学证明"
    )


def _propose_exit(env, child, reason, day, basis):
    day = max(day, child.date_entry)
    env["lbc.child.exit"].create(
        {"child_ids": [(6, 0, child.ids)], "reason": reason, "day": day, "basis": basis}
    ).action_propose()


def _move(district, child):
    """The supervisor proposes the move of a child to the second township (§C.6 case 5)."""
    env = district.as_user("township")
    to_village = district.villages().filtered(
        lambda area: area.township_id.name == SECOND_TOWNSHIP and area.short_name.endswith("村")
    )[:1]
    env["lbc.child.move"].create(
        {
            "child_id": child.id,
            "to_area_id": to_village.id,
            "day": max(district.day() - timedelta(days=2), child.date_entry),
            "reason": "随祖父母搬到外祖父母家居住",
        }
    ).action_move()
