"""The monthly visits: planned by the county, made and filed by the villages (L-2d, B-3.3d).

Villages differ: most visit nearly everybody, some forget half, a few do nothing. Each files on one
day of the month what it has done since the last time.
"""

import random
from datetime import timedelta

from odoo.addons.left_behind_children.lib import periods

from .logins import TOWNSHIP, VILLAGE

FILING_DAYS = (8, 15, 22, 28)
DILIGENCE = (0.95, 0.95, 0.9, 0.9, 0.8, 0.8, 0.7, 0.6, 0.4, 0.0)  # share of visits made, mean 0.7
FAMILY = (
    "家中由祖父母操持，收入靠父母汇款和几亩田地，够用。",
    "奶奶身体尚可，父亲每月寄钱回来，家里整洁。",
    "新装了热水器，父母国庆回来过一次，住了四天。",
    "爷爷近来腰痛，农活由邻居帮忙，生活没有困难。",
    "母亲换了工厂，新电话已记下；家中养了两头猪。",
    "房屋去年修过，饮水和用电正常，收入稳定。",
)
GUARDIANSHIP = (
    "照料人熟悉孩子作息，接送及时。",
    "孩子与照料人相处和睦，每周和父母视频两三次。",
    "照料人年纪大，管不住孩子看手机，已提醒。",
    "照料人每天检查作业，不懂的请老师帮助。",
)
SCHOOLING = (
    "成绩中等，老师反映课堂上较安静。",
    "按时到校，喜欢画画和跑步。",
    "数学有些吃力，参加了学校的课后服务。",
    "住校，周五由照料人接回。",
)
NEEDS = ("希望有课外书", "冬季衣物", "想多和父母通电话", "作业辅导")
LATE = "农忙，走访当天没有上网，集中补录。"


def plan(district):
    """Civil affairs: plan the visits of this month; returns how many were missing."""
    wizard = district.as_user("civil_affairs")["lbc.visit.generate"].create({})
    wizard.action_generate()
    return wizard.made_count


def filing_days(month, today):
    """Return {group of villages: day (date) on which it files its visits of the month}.

    A group whose day has not come has not filed; the first files early where the month is young.
    """
    days = [month.replace(day=number) for number in FILING_DAYS]
    days[0] = min(days[0], today)
    return {group: day for group, day in enumerate(days) if day <= today}


def file(district, month, group):
    """The villages of a group file their visits of the month; returns the number of visits.

    :param month: first day (date) of the month
    """
    today = district.day()
    filed = 0
    for village, duties in _open_duties(district, month, group):
        dice = random.Random(f"{village.code}{month}")
        homes = _visited(village, duties.household_id, dice)
        env = district.as_user(district.director(village))
        visits = env["lbc.visit"].create(
            [_visit(home, dice, month, today) for home in homes.with_env(env)]
        )
        visits.action_submit()
        filed += len(visits)
    return filed


def catch_up(district, month):
    """Make good what was missed: a second visit this month fulfils the duty of last month, late."""
    today = district.day()
    last = periods.month_start(month - timedelta(days=1))
    Duty = district.env["lbc.duty"]
    done = Duty.search([("slot_start", "=", month), ("state", "=", "done")]).household_id
    overdue = Duty.search(
        [
            ("slot_start", "=", last),
            ("state", "=", "open"),
            ("household_id", "in", done.ids),
        ]
    )
    filed = 0
    for village, duties in overdue.grouped("area_id").items():
        dice = random.Random(f"late{village.code}{month}")
        env = district.as_user(district.director(village))
        homes = duties.household_id.filtered(lambda _home, dice=dice: dice.random() < 0.5)
        visits = env["lbc.visit"].create(
            [_counted(_visit(home, dice, month, today)) for home in homes.with_env(env)]
        )
        visits.action_submit()
        filed += len(visits)
    return filed


def _open_duties(district, month, group):
    """Yield (village, its open duties of the month) for the villages of a group."""
    duties = district.env["lbc.duty"].search(
        [("slot_start", "=", month), ("state", "=", "open"), ("household_id", "!=", False)]
    )
    own = district.village(TOWNSHIP, VILLAGE)
    for village, of_village in duties.grouped("area_id").items():
        place = 0 if village == own else int(village.code[:9]) + int(village.code[9:])
        if place % len(FILING_DAYS) == group:
            yield village, of_village


def _visited(village, households, dice):
    """Return the households whom the village has visited by the day of filing."""
    share = 0.6 if village.short_name == VILLAGE else dice.choice(DILIGENCE)
    count = round(share * len(households) + dice.uniform(-0.4, 0.4))
    count = max(0, min(count, len(households) if share else 0))
    return households.browse(dice.sample(households.ids, count))


def _visit(household, dice, month, today):
    """Return the values of a visit; one in thirty met nobody, one in thirty was a telephone call."""
    back = dice.randint(0, 6) if dice.random() < 0.85 else dice.randint(7, 12)
    day = max(month, today - timedelta(days=back))
    late = (today - day).days > 7
    fate = dice.random()
    values = {
        "household_id": household.id,
        "date": day,
        "channel": "phone" if fate < 0.03 else "village",
        "late_reason": LATE if late else False,
    }
    if fate > 0.97:
        return {
            **values,
            "not_met_reason": "家中无人，邻居说去赶场了，改日再去。",
            "next_visit_date": today + timedelta(days=4),
        }
    stages = set(household.child_ids.mapped("education_stage")) - {"none", False}
    return {
        **values,
        "met_child": fate < 0.8,
        "met_carer": True,
        "met_parent": fate > 0.92,
        "family_note": dice.choice(FAMILY),
        "care_quality": dice.choices(("good", "fair", "poor"), (80, 17, 3))[0],
        "guardianship_note": dice.choice(GUARDIANSHIP),
        "schooling": "attending" if stages else "too_young",
        "schooling_note": dice.choice(SCHOOLING) if stages else False,
        "danger": "no",
        "needs": dice.choice(NEEDS) if dice.random() < 0.15 else False,
        # A day is agreed with every third family; no draw of its own, so that all else stays as it was.
        "next_visit_date": today + timedelta(days=3 + household.id % 20)
        if household.id % 3 == 0
        else False,
    }


def _counted(values):
    """Return the values with those of a visit at which the carer was met in person."""
    return {
        **values,
        "channel": "village",
        "met_carer": True,
        "not_met_reason": False,
        "family_note": values.get("family_note") or FAMILY[0],
        "care_quality": values.get("care_quality") or "good",
        "schooling": values.get("schooling") or "attending",
        "danger": "no",
    }
