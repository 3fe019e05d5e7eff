"""Who is a left-behind child (B-2a, L-0a, L-0b; domain.md §B.10, §B.12, §C.4, §C.6 cases 1, 3, 4).

未满十六周岁, and both parents away for work, or one away and the other unable to care. One pure function: facts of
the child and of each parent, the district's parameters and a day go in; a verdict with its reason and the facts it
rests on comes out. All times are dates in the district's time zone.

Each parent is first given a standing: away, home, incapable (at home, unable to care), absent (dead, missing, in
prison, …) or unknown, together with a doubt when a person still has to verify it. The two standings decide; a doubt
turns "eligible" into "suspected" and never turns anything into "ineligible".
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from .ages import add_months, birthday
from .conditions import (  # noqa: F401  (the words of a census belong to the same question)
    ABSENT_STATES,
    Condition,
    incapacity_from_disability,
    parse_condition,
)

STATUSES = ("eligible", "suspected", "ineligible")
REASONS = {
    "both_away": "Both parents are away for work.",
    "one_away_other_incapable": "One parent is away for work, the other is unable to care.",
    "one_away_other_absent": "One parent is away for work, the other is dead, missing, out of contact or detained.",
    "not_long_enough": "A parent has not been away for the required number of months yet.",
    "away_unverified": "Since when, or where, a parent is away is not known yet.",
    "incapacity_unproved": "The evidence that the parent at home is unable to care is missing.",
    "parents_unknown": "Nothing is known of a parent.",
    "birth_date_unknown": "The birth date is not known.",
    "not_born": "The birth date lies in the future.",
    "too_old": "The child has reached the age limit.",
    "parent_at_home": "No parent is away for work.",
    "other_parent_capable": "The other parent is able to care.",
    "both_incapable": "No parent is away and none is able to care: review as a child without effective guardianship.",
}


@dataclass(frozen=True)
class ChildFacts:
    """What is asked of the child: its birth date, None when nobody knows it."""

    birth_date: date | None = None


@dataclass(frozen=True)
class ParentFacts:
    """What is known of one parent on the day of the question.

    known: a person is recorded. state: one of `conditions.STATES`. away_since, away_until: first day of work away and
    day of the return for good, None while it lasts. away: True when the parent is away but nobody knows since when.
    cross_county: whether the place of work lies in another county, None when unknown. home_since: day on which the
    present stay at home began. incapacity: one of `conditions.INCAPACITIES`. minor: under 18, hence without full
    capacity (民法典 art. 18).
    """

    known: bool = True
    state: str = "normal"
    away_since: date | None = None
    away_until: date | None = None
    cross_county: bool | None = None
    home_since: date | None = None
    incapacity: str | None = None
    incapacity_proved: bool = False
    minor: bool = False
    away: bool | None = None


@dataclass(frozen=True)
class Policy:
    """The district's parameters (domain.md §C.4); out_min_months 0 and out_scope "any" switch their tests off.

    home_tolerance_days: so many days at home do not interrupt work away. count_from_departure: a parent counts as
    away from the first day, because the stay is expected to last.
    """

    age_limit: int = 16
    age_reached_on: str = "birthday"
    out_min_months: int = 6
    out_scope: str = "cross_county"
    home_tolerance_days: int = 30
    count_from_departure: bool = False


@dataclass(frozen=True)
class Verdict:
    """The answer: status of STATUSES, reason of REASONS, `basis` of fact codes (father_away, mother_incapable).

    review_on is the first date on which the same facts may give another answer, or None.
    """

    status: str
    reason: str
    basis: tuple[str, ...] = ()
    review_on: date | None = None


class _Standing(NamedTuple):
    kind: str  # away, home, incapable, absent, unknown
    fact: str  # word in the basis
    doubt: str | None = None  # reason for "suspected"


def assess(child, father, mother, policy, on):
    """Return the Verdict for ChildFacts and two ParentFacts under a Policy on the date `on`; raises nothing.

    "suspected" is for the township to verify. Who has left too recently is suspected, not refused: the village
    registers the child at once and `review_on` says when the months are full.

    >>> away, home = ParentFacts(away_since=date(2026, 1, 5), cross_county=True), ParentFacts()
    >>> assess(ChildFacts(date(2016, 8, 18)), away, away, Policy(), date(2026, 11, 20)).reason
    'both_away'
    >>> assess(ChildFacts(date(2016, 8, 18)), away, home, Policy(), date(2026, 11, 20)).reason
    'other_parent_capable'
    """
    if child.birth_date is None:
        return Verdict("suspected", "birth_date_unknown", ("birth_date_unknown",))
    if child.birth_date > on:
        return Verdict("ineligible", "not_born", ("not_born",), child.birth_date)
    last_day = birthday(child.birth_date, policy.age_limit, policy.age_reached_on)
    if last_day <= on:
        return Verdict("ineligible", "too_old", ("too_old",))
    standings = (_standing(father, policy, on), _standing(mother, policy, on))
    status, reason = _decide(*standings)
    basis = (f"father_{standings[0].fact}", f"mother_{standings[1].fact}")
    turning_days = [last_day, *_turning_days(father, policy), *_turning_days(mother, policy)]
    return Verdict(status, reason, basis, min(day for day in turning_days if day > on))


def _decide(father, mother):
    """Return (status, reason) for two standings."""
    kinds = {father.kind, mother.kind}
    if "home" in kinds:
        # A capable parent at home settles it, whatever is still unknown about the other.
        return "ineligible", "other_parent_capable" if "away" in kinds else "parent_at_home"
    if "unknown" in kinds:
        return "suspected", "parents_unknown"
    if "away" not in kinds:
        return "ineligible", "both_incapable"
    doubts = {father.doubt, mother.doubt} - {None}
    if doubts:
        # What time settles by itself comes last: first the questions that need a person.
        order = ("away_unverified", "incapacity_unproved", "not_long_enough")
        return "suspected", min(doubts, key=order.index)
    if "absent" in kinds:
        # L-0b says 重病、重残等: who is dead or detained can care no more than who is gravely ill (domain.md §B.12).
        return "eligible", "one_away_other_absent"
    return "eligible", "both_away" if kinds == {"away"} else "one_away_other_incapable"


def _standing(parent, policy, on):
    """Return the _Standing of one ParentFacts."""
    if not parent.known or parent.state == "unknown":
        return _Standing("unknown", "unknown")
    if parent.state in ABSENT_STATES:
        return _Standing("absent", parent.state)
    away = _away(parent, policy, on)
    unable = parent.incapacity is not None or parent.minor
    # Doubt about the work of a parent who is unable to care anyway leads nowhere: incapable is certain.
    if away and not (away.doubt and unable and parent.incapacity_proved):
        return away
    if unable:
        if parent.incapacity_proved:
            return _Standing("incapable", "incapable")
        return _Standing("incapable", "incapacity_unproved", "incapacity_unproved")
    if _working(parent, on) and parent.cross_county is False and policy.out_scope == "cross_county":
        return _Standing("home", "away_in_county")
    return _Standing("home", "at_home")


def _away(parent, policy, on):
    """Return the _Standing of a parent who counts as away for work, None when he or she does not."""
    if not _working(parent, on):
        return None
    if _visiting(parent) and on > _tolerated_until(parent, policy):
        return None
    if policy.out_scope == "cross_county" and parent.cross_county is False:
        return None
    months = 0 if policy.count_from_departure else policy.out_min_months
    unplaced = policy.out_scope == "cross_county" and parent.cross_county is None
    if unplaced or (months and parent.away_since is None):
        return _Standing("away", "away_unverified", "away_unverified")
    if months and add_months(parent.away_since, months) > on:
        return _Standing("away", "away_not_long", "not_long_enough")
    return _Standing("away", "away")


def _working(parent, on):
    """Tell whether a spell of work away is open on that day; on the day of the return it is not."""
    if parent.away_until is not None and parent.away_until <= on:
        return False
    return bool(parent.away) if parent.away_since is None else parent.away_since <= on


def _visiting(parent):
    """Tell whether a stay at home belongs to the spell; one before the departure does not."""
    return parent.home_since is not None and (
        parent.away_since is None or parent.home_since >= parent.away_since
    )


def _tolerated_until(parent, policy):
    # 民法典 art. 201: the first day is not counted.
    return parent.home_since + timedelta(days=policy.home_tolerance_days)


def _turning_days(parent, policy):
    """Yield every date on which the passing of time may change the standing of a parent."""
    if parent.away_since is not None:
        yield parent.away_since
        yield add_months(parent.away_since, policy.out_min_months)
    if parent.away_until is not None:
        yield parent.away_until
    if _visiting(parent):
        yield _tolerated_until(parent, policy) + timedelta(days=1)
