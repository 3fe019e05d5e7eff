"""Quarters and decisions on the ledger (B-5.2c/d, L-2h/i, domain.md §C.1.2)."""

import random
from datetime import timedelta

from . import drafts
from .logins import SECOND_TOWNSHIP, TOWNSHIP, VILLAGE

LATE_TOWNSHIPS = ("石龙镇", "一品街道")
SILENT_TOWNSHIPS = ("姜家镇", "李家沱街道", "莲花街道")  # have not submitted at all
RETURNED = timedelta(days=9)  # before the day of loading


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
        supervisor = district.as_user(district.supervisor(submission.township_id))
        submission.with_env(supervisor).action_check()
        env = district.as_user(district.leader(submission.township_id))
        env["lbc.quarter.submit"].create({"submission_id": submission.id}).action_submit()
        count += 1
    return count


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
