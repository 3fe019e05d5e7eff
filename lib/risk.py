"""The scorecard of risk: points, knock-outs, level, and when the next assessment is due (domain.md §B.11).

A score is the share of the points that the answered items could give, in percent: it stays comparable when a district
adds an item. High points mean safety, as in the county forms from which the items come.
"""

from datetime import date, timedelta
from typing import NamedTuple

HIGH, MEDIUM, LOW = "high", "medium", "low"
# An assessment so many days before a month of assessment begins is already that of the month.
EARLY_DAYS = 30


class Option(NamedTuple):
    """One answer. points: given, or taken off where several answers are possible."""

    points: float = 0
    knock_out: bool = False


class Item(NamedTuple):
    """One question. points: the most it gives. several: whether each chosen answer takes points off."""

    points: float
    options: dict  # {key: Option}
    weight: float = 1
    several: bool = False


class Verdict(NamedTuple):
    """score: 0 to 100, None before the first answer. missing: keys of items without an answer."""

    score: float | None
    level: str | None
    knock_outs: tuple
    missing: tuple


def judge(items, answers, low_from, medium_from):
    """Return the `Verdict` on `answers`.

    :param items: {key: `Item`} in the order of the form
    :param answers: {key of item: keys of the options chosen}; unknown keys count for nothing
    :param low_from, medium_from: scores (percent) from which the risk is low, or medium; below: high

    >>> age = Item(10, {"small": Option(3), "big": Option(10)})
    >>> care = Item(0, {"none": Option(), "alone": Option(knock_out=True)}, several=True)
    >>> judge({"age": age, "care": care}, {"age": ["big"], "care": ["none"]}, 75, 50)
    Verdict(score=100.0, level='low', knock_outs=(), missing=())
    >>> judge({"age": age, "care": care}, {"care": ["alone"]}, 75, 50)
    Verdict(score=None, level='high', knock_outs=('alone',), missing=('age',))
    """
    reached = possible = 0
    knock_outs, missing = [], []
    for key, item in items.items():
        chosen = [one for one in answers.get(key, ()) if one in item.options]
        if not chosen:
            missing.append(key)
            continue
        knock_outs += [one for one in chosen if item.options[one].knock_out]
        reached += item.weight * _points(item, chosen)
        possible += item.weight * item.points
    score = round(100 * reached / possible, 1) if possible else None
    level = HIGH if knock_outs else _level(score, low_from, medium_from)
    if level is None and not missing and items:
        level = LOW  # nothing but questions that knock out, and none did
    return Verdict(score, level, tuple(knock_outs), tuple(missing))


def _points(item, chosen):
    """Return what the chosen options give, between nothing and the most of the item."""
    given = sum(item.options[one].points for one in chosen)
    return min(max(item.points - given if item.several else given, 0), item.points)


def _level(score, low_from, medium_from):
    if score is None:
        return None
    return LOW if score >= low_from else MEDIUM if score >= medium_from else HIGH


def next_month(last, months):
    """Return the first day of the month in which to assess again after the date `last`; None without months.

    :param last: date of the last assessment, or so many days before the child came
    :param months: months of assessment (1 to 12), such as March and September

    >>> next_month(date(2026, 11, 20), [3, 9]), next_month(date(2027, 2, 1), [3, 9])
    (datetime.date(2027, 3, 1), datetime.date(2027, 9, 1))
    """
    after = last + timedelta(days=EARLY_DAYS)
    starts = (
        date(year, month, 1)
        for year in range(after.year, after.year + 2)
        for month in months
        if 1 <= month <= 12
    )
    return min((start for start in starts if start > after), default=None)
