"""What the words in a parent's column mean: 正常, 重病, 残疾二级, 死亡, 服刑 (L-0b; domain.md §B.2.2, §B.12).

The national form's dictionary of these words is not published; the census is free text. The words are therefore
looked for inside the text, worst first.
"""

import re
from typing import NamedTuple

from .text import squeeze

NORMAL, UNKNOWN = "normal", "unknown"
# Not there to care for a child at all, by death or by law (domain.md §B.12, 民发〔2019〕62号).
ABSENT_STATES = ("dead", "missing", "lost_contact", "imprisoned", "rehab")
STATES = (NORMAL, *ABSENT_STATES, UNKNOWN)
INCAPACITIES = ("severe_illness", "severe_disability", "other")

_STATE_WORDS = (
    ("dead", r"死亡|去世|过世|亡故|已故|病故|身故|逝"),
    ("missing", r"失踪"),
    ("lost_contact", r"失联|失去联系|下落不明|离家出走"),
    # Not every custody: 拘留 ends after days; the national test is a deprivation of liberty of six months and more.
    ("imprisoned", r"服刑|在押|监禁|坐牢|判刑|羁押|逮捕"),
    ("rehab", r"戒毒"),
    (UNKNOWN, r"不详|不明|未知|不清楚|待核实|未采集"),
)
_DISABILITY_WORDS = (
    ("multiple", "多重"),
    ("intellectual", "智力|智障"),
    ("mental", "精神"),
    ("visual", "视力|视障|盲"),
    ("hearing", "听力|听障|聋"),
    ("speech", "言语|语言|哑"),
    ("physical", "肢体"),
)
_LEVEL = re.compile(r"([一二三四1-4])、?级")
_LEVEL_DIGITS = {"一": "1", "二": "2", "三": "3", "四": "4"}
_NOT = r"(?:无|未|没有|非|不是|不属于)"
_SEVERE_ILLNESS = re.compile(r"重病|重大疾病|大病|重症|重疾|瘫痪|植物人")
_SEVERE_DISABILITY = re.compile(r"重残|重度残疾|(?:重度|严重)\S{0,4}残疾")
_OTHER_INCAPACITY = re.compile(r"(?:无|丧失|没有|失去)(?:监护|民事行为|行为)能力")
_DENIED = re.compile(_NOT + r"(?:重大?|严重)?(?:残疾|疾病|病|残|重病|服刑|戒毒|死亡|失联|失踪)")


class Condition(NamedTuple):
    """How a parent is: `state` of STATES, `incapacity` of INCAPACITIES or None, disability, and whether it is proved.

    `proved` says that the words name a level which only a disability certificate gives and which passes the test of
    domain.md §B.12. It is what the census states, not the evidence itself (L-0b).
    """

    state: str = NORMAL
    incapacity: str | None = None
    disability_kind: str | None = None
    disability_level: str | None = None
    proved: bool = False


def incapacity_from_disability(kind, level):
    """Tell whether a disability makes a parent unable to care (重残, domain.md §B.12; codes of `vocabulary`).

    Levels "1" and "2" of every kind, and "3" and "4" of mental and intellectual disability; a missing level never
    does.

    >>> incapacity_from_disability("physical", "2"), incapacity_from_disability("physical", "3")
    (True, False)
    >>> incapacity_from_disability("mental", "3")
    True
    """
    level = str(level or "")
    return level in ("1", "2") or (level in ("3", "4") and kind in ("mental", "intellectual"))


def parse_condition(text):
    """Return the Condition a census cell stands for; an empty cell says nothing and is read as normal.

    >>> parse_condition("重度残疾（二级）")
    Condition(state='normal', incapacity='severe_disability', disability_kind=None, disability_level='2', proved=True)
    >>> parse_condition("肢体残疾三级").incapacity, parse_condition("强制戒毒").state, parse_condition("重病").proved
    (None, 'rehab', False)
    """
    words = _DENIED.sub("", squeeze(text))
    state = next((code for code, pattern in _STATE_WORDS if re.search(pattern, words)), NORMAL)
    kind = next((code for code, pattern in _DISABILITY_WORDS if re.search(pattern, words)), None)
    found = _LEVEL.search(words)
    level = _LEVEL_DIGITS.get(found[1], found[1]) if found else None
    incapacity, proved = _incapacity(words, kind, level)
    return Condition(state, incapacity, kind, level, proved)


def _incapacity(words, kind, level):
    """Return (incapacity, proved); doubtful cases are an unproved incapacity, which a person then settles."""
    if incapacity_from_disability(kind, level):
        return "severe_disability", True
    # Level three or four without its kind could still be mental or intellectual: ask, do not refuse.
    if _SEVERE_DISABILITY.search(words) or (level and kind is None and "残" in words):
        return "severe_disability", False
    if _SEVERE_ILLNESS.search(words):
        return "severe_illness", False
    if _OTHER_INCAPACITY.search(words):
        return "other", False
    return None, False
