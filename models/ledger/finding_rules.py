"""Contradictions for which the ledger is searched before a township reports (domain.md §C.1.2), one rule a line.

Each rule is a condition in SQL over these aliases: `asof` (child_id, day, date_entry, area_id, township_id of who is
on the ledger on the day), `child` (and `child_past`, what it said on that day), `father`, `mother`, `carer` (the
people; NULL where nobody is known), and the parameters %(start)s (first day of the quarter), %(age)s and %(reached)s
(from which age, and days after the birthday, a child is too old). Constants of the code only. `blocks`: the township
settles or explains it before the leader submits; what does not block is named in the report. `group`: the data group
of which the finding tells; who neither reads it nor sees it masked does not get the finding. `alone`: a decision is
due, so that no sentence explains several at once.
"""

from typing import NamedTuple

from .submission_rows import VERIFIED_THEN


class Rule(NamedTuple):
    """A contradiction. code: never changes. text: what is wrong and what to do (English source). sql: see above."""

    code: str
    text: str
    sql: str
    blocks: bool = True
    group: str | None = None
    alone: bool = False


def _incapable(alias):
    return (
        f"EXISTS (SELECT 1 FROM lbc_capacity k WHERE k.guardian_id = {alias}.id AND k.passes "
        "AND (k.valid_from IS NULL OR k.valid_from <= asof.day) "
        "AND (k.valid_to IS NULL OR k.valid_to >= asof.day))"
    )


def _home(alias):
    return f"({alias}.id IS NOT NULL AND {alias}.state = 'normal' AND NOT COALESCE({alias}.is_away, false))"


_TOO_OLD = (
    "child.birth_date IS NOT NULL AND "
    "(child.birth_date + make_interval(years => %(age)s))::date + %(reached)s <= asof.day"
)
_SCHOOL_AGE = (
    "child.birth_date IS NOT NULL AND (child.birth_date + interval '6 years')::date <= "
    "make_date(date_part('year', asof.day)::int - (date_part('month', asof.day) < 9)::int, 9, 1)"
)

RULES = (
    Rule(
        "both_home",
        "Both parents are at home: propose the exit, or say since when they are away again.",
        f"{_home('father')} AND {_home('mother')}",
        group="guardianship",
    ),
    Rule(
        "one_capable",
        "One parent is at home and able to care: propose the exit, or enter the proof that he is not.",
        f"({_home('father')} AND NOT {_home('mother')} AND NOT {_incapable('father')}) OR "
        f"({_home('mother')} AND NOT {_home('father')} AND NOT {_incapable('mother')})",
        group="guardianship",
    ),
    Rule(
        "too_old",
        "Has reached the age limit by the cut-off day: confirm the exit.",
        _TOO_OLD,
        group="identity",
        alone=True,
    ),
    Rule(
        "no_birth_date",
        "The birth date is missing.",
        "child.birth_date IS NULL",
        group="identity",
    ),
    Rule(
        "carer_missing",
        "Nobody is entered who takes care while both parents are away.",
        f"child.carer_id IS NULL AND NOT {_home('father')} AND NOT {_home('mother')}",
        group="guardianship",
    ),
    Rule(
        "carer_gone",
        "The carer is dead, missing, out of contact or detained: enter who takes care now.",
        "carer.state NOT IN ('normal', 'unknown')",
        group="guardianship",
    ),
    Rule(
        "carer_incapable",
        "The carer is unable to care, or not of age: enter who takes care now.",
        f"carer.id IS NOT NULL AND ({_incapable('carer')} OR "
        "(carer.birth_date + interval '18 years')::date > asof.day)",
        group="guardianship",
    ),
    Rule(
        "no_address",
        "The present address is missing.",
        "COALESCE(child.address, '') = ''",
        group="address",
    ),
    Rule(
        "no_id_number",
        "The identity number is missing, and no reason is given.",
        "COALESCE(child.id_number, '') = '' AND COALESCE(child.no_id_reason, '') = ''",
        group="identity",
    ),
    Rule(
        "doubtful_id_number",
        "The identity number cannot be right: have it checked by the police.",
        "child.id_status = 'doubtful'",
        group="identity",
    ),
    Rule(
        "same_id_number",
        "Another file has the same identity number: one child, one file.",
        "child.id_number <> '' AND EXISTS (SELECT 1 FROM lbc_child other WHERE other.id_number = "
        "child.id_number AND other.id <> child.id AND other.state IS DISTINCT FROM 'void')",
        group="identity",
    ),
    Rule(
        "no_school",
        "Of school age, and no school is entered.",
        f"{_SCHOOL_AGE} AND child.school_id IS NULL AND COALESCE(child.school_name, '') = ''",
        group="schooling",
    ),
    Rule(
        "exit_waiting",
        "An exit waits for the township's decision.",
        "child.state = 'exit_pending'",
        alone=True,
    ),
    Rule(
        "move_waiting",
        "A move waits for the receiving township's answer.",
        "child.state = 'transferring'",
        alone=True,
    ),
    Rule(
        "not_verified",
        "Nobody has verified this child in the quarter: it is named in the report.",
        f"COALESCE(({VERIFIED_THEN}) < %(start)s, true)",
        blocks=False,
    ),
)
# of a village, not of a child
VILLAGE_WAITING = Rule(
    "village_waiting", "The village has children and has not confirmed them yet.", ""
)
ALL = (*RULES, VILLAGE_WAITING)
BLOCKING = tuple(rule.code for rule in ALL if rule.blocks)
ALONE = frozenset(rule.code for rule in ALL if rule.alone)
