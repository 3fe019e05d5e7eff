"""Agreements, letters, contact with parents: what the census stated and villages did since (B-3.2c, B-4.3b, L-1d).

Agreements of the census came with it. Some villages have held their meeting: most agreements are in force, those of
some villages expire soon or have expired, some wait for signatures or for answers. One is suspended, one has ended.
"""

import random
from datetime import timedelta

from .logins import SECOND_TOWNSHIP, TOWNSHIP, VILLAGE

MEETING_DAYS_AGO = 25
# A drawn stroke stands for a scan: one white pixel.
SCAN = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg=="
ANSWERS = {
    "check_adult": "yes",
    "check_capable": "yes",
    "ban_violence": "no",
    "ban_addiction": "no",
    "ban_neglect": "no",
    "ban_unfit": "no",
    "considered": "与孩子长期共同生活，感情好，身体健康，能辅导作业、按时接送。",
}
VIEWS = ("愿意由奶奶照顾。", "愿意，周末想和爸爸妈妈视频。", "同意，希望父母春节回来。")
# What becomes of the meetings, village by village: days for which its agreements run from then on, or why none do.
WAITING, DRAFTED, NOT_MET = "wait for signatures", "wait for answers", "not met yet"
YEAR, SOON, OVER = 365, MEETING_DAYS_AGO + 20, MEETING_DAYS_AGO - 3
FATES = (YEAR, SOON, WAITING, OVER, DRAFTED, YEAR, NOT_MET)


def hold_meetings(district):
    """Villages draw up their agreements and have them signed; returns how many came into force."""
    held = met = 0
    for village in _villages(district):
        wizard = _list(district, village)
        if not wizard.line_ids.filtered("carer_id"):
            continue
        fate, met = FATES[met % len(FATES)], met + 1
        if fate == NOT_MET:
            continue
        agreements = _draw_up(wizard, fate if isinstance(fate, int) else YEAR)
        signing = agreements.browse() if fate == DRAFTED else _answer(agreements)
        if fate == WAITING or not signing:
            continue
        _sign(district, village, signing)
        supervisor = district.as_user(district.supervisor(village.township_id))
        signing.with_env(supervisor).action_confirm()
        held += len(signing)
    return held


def _villages(district):
    """Return the villages with children, that of the login first."""
    own = district.village(TOWNSHIP, VILLAGE)
    groups = district.env["lbc.child"]._read_group([], ["area_id"])
    known = own.browse(area.id for (area,) in groups)
    return own | (district.villages() & known)


def _list(district, village):
    """Return the list of families of a village that need an agreement, in its director's environment."""
    env = district.as_user(district.director(village))
    wizard = env["lbc.agreement.prepare"].create({"area_id": village.id})
    wizard.action_list()
    return wizard


def _draw_up(wizard, days):
    """Return the drafts of a village, running for so many days from today."""
    wizard.date_to = wizard.date_from + timedelta(days=days - 1)
    wizard.action_draft()
    return wizard.agreement_ids


def _answer(agreements):
    """Answer the questions of article 22; returns those that went to signing."""
    dice = random.Random(str(agreements.ids))
    agreements.write(ANSWERS)
    for line in agreements.line_ids:
        line.write({"view_heard": "yes", "view_note": dice.choice(VIEWS)})
    ready = agreements.filtered(lambda one: not one._missing() and not one._refusals())
    ready.action_to_sign()
    return ready


def _sign(district, village, agreements):
    """Enter the signatures of the meeting: parents signed from afar."""
    env = district.as_user(district.director(village))
    wizard = env["lbc.agreement.collect"].with_context(
        active_model="lbc.agreement", active_ids=agreements.ids
    )
    wizard = wizard.create({})
    wizard.line_ids.write(
        {
            "scan": SCAN,
            "scan_filename": "协议签字页.png",
            "remote_note": "微信视频，晚七点半，村委会见证",
        }
    )
    wizard.action_collect()


def decide(district):
    """A carer is accused and the children go to the welfare home; another withdraws; returns the decisions."""
    township = district.township(TOWNSHIP)
    env = district.as_user("township")
    today = district.day()
    agreements = env["lbc.agreement"].search(
        [
            ("state", "=", "in_force"),
            ("township_id", "=", township.id),
            ("date_from", "<=", today),
            ("date_to", ">=", today),
        ]
    )
    village = district.village(TOWNSHIP, VILLAGE)
    elsewhere = agreements.filtered(lambda one: one.area_id != village)[:2]
    home = district.organization("巴南区儿童福利院")
    taken = [
        {
            "decision": "suspend",
            "suspension_reason": "carer_accused",
            "note": "学校报告孩子身上有伤，派出所已受理，核查期间中止委托。",
            "interim_kind": "institution",
            "interim_organization_id": home.id,
        },
        {
            "decision": "end",
            "end_reason": "carer_withdrew",
            "note": "被委托人年迈体弱，提出退出；父母正在商量由谁接手。",
            "interim_kind": "none",
        },
    ]
    for agreement, values in zip(elsewhere, taken, strict=False):
        wizard = env["lbc.agreement.decide"].create({"agreement_id": agreement.id, **values})
        wizard.action_decide()
    return len(elsewhere)


def sign_letters(district):
    """Letters of responsibility of two townships: most signed by all three, some by two; returns their number."""
    made = 0
    for name in (TOWNSHIP, SECOND_TOWNSHIP):
        township = district.township(name)
        env, today = district.as_user(district.supervisor(township)), district.day()
        wizard = env["lbc.letter.prepare"].create({"area_id": township.id})
        if not wizard.missing_count:
            continue
        letters = env["lbc.letter"].search(wizard.action_prepare()["domain"])
        made += len(letters)
        letters = letters.filtered("school_id")
        dice = random.Random(name)
        for letter in letters:
            fate = dice.random()
            parties = ("guardian", "village", "school")[: 3 if fate < 0.8 else 2]
            for party in parties if fate < 0.93 else ():
                letter._sign(party, today, image=SCAN)
    return made


def record_contacts(share):
    """Return a step: villages record what parents did in the last days, for this share of the children."""
    return lambda district: _record_contacts(district, share)


def _record_contacts(district, share):
    today, made = district.day(), 0
    children = district.env["lbc.child"]
    children = children.search([("state", "=", "on_ledger")])
    for village, of_village in children.grouped("area_id").items():
        dice = random.Random(f"contact{village.code}{today}")
        env = district.as_user(district.director(village))
        told = of_village.filtered(lambda _child, dice=dice: dice.random() < share)
        made += len(env["lbc.contact"].create([_contact(child, dice, today) for child in told]))
    return made


def _contact(child, dice, today):
    """Return the values of a contact; one attempt in twelve was in vain."""
    reached = dice.random() < 0.92
    way = dice.choices(("video", "call", "parent_came", "message"), (55, 35, 6, 4))[0]
    return {
        "child_id": child.id,
        "date": today - timedelta(days=dice.randint(0, 5)),
        "parent": dice.choices(("mother", "father", "both"), (5, 3, 2))[0],
        "way": way if reached else "call",
        "outcome": "reached" if reached else dice.choice(("no_answer", "wrong_number")),
        "minutes": dice.choice((5, 10, 15, 20, 30)) if reached else 0,
        "source": dice.choice(("carer", "child")),
    }
