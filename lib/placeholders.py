"""Placeholders in the texts of printed documents, such as 【儿童姓名】 (B-3.2c, B-4.3b; domain.md §B.3).

An administrator edits the text on a page; what stands between the brackets is taken from the record. The list is
fixed: nothing of a text is ever executed, and a word that is not on the list is refused when the text is saved. The
words are those of Chinese documents, like the headings of the ledger.
"""

import re
from html import unescape
from typing import NamedTuple

AGREEMENT, LETTER, SCHOOL, VILLAGE, REMINDER = (
    "agreement",
    "letter",
    "notice_school",
    "notice_village",
    "reminder",
)
ALL = (AGREEMENT, LETTER, SCHOOL, VILLAGE, REMINDER)
CARE = (AGREEMENT, SCHOOL, VILLAGE)

_MARK = re.compile(r"【(.*?)】", re.DOTALL)
_TAG = re.compile(r"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
# What a printing engine fetches, from the network or the server's own files; pictures within the text are no such.
_FETCHED = re.compile(
    r"""\b(?:src|srcset|background|data)\s*=\s*(?!["']?data:image/)["']?[^"'\s>]+|url\([^)]*\)""",
    re.I,
)


_TAG_OR_MARK = re.compile(rf"{_TAG.pattern}|{_MARK.pattern}", re.DOTALL)


class Placeholder(NamedTuple):
    """A word between brackets: its `code` in the values, a sample of it, in which documents it may stand.

    `is_block`: it becomes a table or list of its own and stands in a paragraph of its own.
    """

    word: str
    code: str
    sample: str
    kinds: tuple = ALL
    is_block: bool = False


PLACEHOLDERS = (
    Placeholder("编号", "number", "XY20260001"),
    Placeholder("区县", "county", "示例区"),
    Placeholder("镇街", "township", "示例镇"),
    Placeholder("镇街政府", "township_office", "示例镇人民政府"),
    Placeholder("村居", "village", "示例村村民委员会"),
    Placeholder("所在村居", "place", "示例村"),
    Placeholder("日期", "day", "2026年9月1日"),
    Placeholder("委托名称", "term", "委托照护"),
    Placeholder("儿童姓名", "children", "张三丰、张小丰"),
    Placeholder("儿童人数", "child_count", "2"),
    Placeholder("儿童列表", "child_table", "（儿童情况表）", ALL, True),
    Placeholder("学校", "schools", "示例镇中心小学"),
    Placeholder("父母姓名", "parents", "张大山、李秀英"),
    Placeholder("称呼", "you", "你们"),
    Placeholder("父母列表", "parent_table", "（父母情况表）", ALL, True),
    Placeholder("父母联系表", "parent_contacts", "（父母联系表）", ALL, True),
    Placeholder("联系天数", "contact_days", "7"),
    Placeholder("务工地", "work_place", "广东省东莞市"),
    Placeholder("被委托人姓名", "carer", "王桂芳"),
    Placeholder("委托原因", "reason", "外出务工", CARE),
    Placeholder("被委托人证件号", "carer_number", "500113195501011226", CARE),
    Placeholder("被委托人电话", "carer_phone", "13800000000", CARE),
    Placeholder("被委托人住址", "carer_address", "示例镇示例村", CARE),
    Placeholder("被委托人关系", "relation", "祖母", CARE),
    Placeholder("开始日期", "date_from", "2026年9月1日", CARE),
    Placeholder("结束日期", "date_to", "2027年8月31日", CARE),
    Placeholder("儿童意愿", "child_view", "愿意与奶奶一起生活", (AGREEMENT,)),
    Placeholder("学年", "school_year", "2026—2027学年", (LETTER,)),
    Placeholder("督促事项", "matters", "（待办事项清单）", (REMINDER,), True),
)
BY_WORD = {one.word: one for one in PLACEHOLDERS}
# Words of earlier versions, which a county's own text may hold.
BY_WORD |= {word.replace("被委托人", "受托人"): one for word, one in BY_WORD.items()}


def of_kind(kind):
    """Return the placeholders (list) that may stand in a kind of document."""
    return [one for one in PLACEHOLDERS if kind in one.kinds]


def faults(text, kind):
    """Return what is wrong with the placeholders of a text (HTML) as a list of (fault, words as typed).

    Faults are `unknown` (not on the list), `elsewhere` (not in this kind of document), `formatted` (tags between the
    brackets), `open` (a bracket without its partner), `inside` (within a tag, where a value would be markup) and
    `outside` (a picture or style that would be fetched when the text is printed).

    >>> faults("<p>【儿童姓名】与【儿童的名字】</p>", "agreement")
    [('unknown', '儿童的名字')]
    """
    tags = _TAG.findall(text or "")
    found = [("inside", tag.strip("<>")) for tag in tags if "【" in tag or "】" in tag]
    found += [("outside", one[:40]) for tag in tags for one in _FETCHED.findall(tag)]
    for inner in _MARK.findall(text or ""):
        word = _word(inner)
        if word not in BY_WORD:
            found.append(("unknown", word))
        elif kind not in BY_WORD[word].kinds:
            found.append(("elsewhere", word))
        elif _TAG.search(inner):
            found.append(("formatted", word))
    rest = _MARK.sub("", text or "")
    found += [("open", mark) for mark in "【】" if mark in rest]
    return found


def fill(text, values, blank):
    """Return the text (HTML) with every placeholder replaced by its value.

    :param values: {code: HTML}; the caller has escaped what people typed
    :param blank: HTML for what is not known: a line to be filled in by hand
    """

    def _filled(match):
        placeholder = BY_WORD.get(_word(match[1]))
        return (placeholder and values.get(placeholder.code)) or blank

    # A block in a paragraph of its own takes the paragraph's place: no table lies within a paragraph.
    blocks = "|".join(re.escape(one.word) for one in PLACEHOLDERS if one.is_block)
    text = re.sub(rf"<p[^>]*>\s*(【(?:{blocks})】)\s*(?:<br\s*/?>)?\s*</p>", r"\1", text or "")
    # Within a tag, where an older text may have one, nothing is filled in.
    return _TAG_OR_MARK.sub(
        lambda match: _filled(match) if match[1] is not None else match[0], text
    )


def _word(inner):
    return unescape(_TAG.sub("", inner)).strip()
