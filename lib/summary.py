"""The official summary table, 《农村留守儿童基本情况排查汇总表》: its columns and what each of them counts.

domain.md §B.2.3, R3. Each child gives one code for each fact (a set of codes for aid); each column counts the
children whose facts pass its tests. The database counts with the same tests (`reports/ledger/summary_query.py`); what
is here in Python says what is right.
"""

from dataclasses import dataclass

from . import ages
from . import vocabulary as words
from .columns import TERM, TERMS
from .terms import Term
from .vocabulary import UNCOLLECTED

TITLE = "农村留守儿童基本情况排查汇总表"
# Before the counts: the area, its number of children, its share of the total.
LEADING = (("区域",), ("数量",), ("占总统计量%",))
TOTAL = "合计"

# First full year of age of each band; who is older than the last and not yet off the ledger stays in the last.
AGE_BANDS = (
    Term("0_5", "0–5 years", "0–5周岁"),
    Term("6_13", "6–13 years", "6–13周岁"),
    Term("14_16", "14–16 years", "14–16周岁"),
)
BAND_STARTS = (("14_16", 14), ("6_13", 6))

# The form has no 未采集 for aid: who has nothing on the ledger has none.
NO_AID = "none"

_REASON = tuple(term._replace(chinese=term.chinese.replace("，", "")) for term in words.CARE_REASON)
_BOARDING = (Term("yes", "Boards at school", "寄宿生"), Term("no", "Day pupil", "非寄宿生"))


@dataclass(frozen=True)
class Fact:
    """What the table knows of a child. code: name. column: column of the ledger that tells it. terms: allowed values.

    Whatever is not among the terms counts as not collected.
    """

    code: str
    column: str
    terms: tuple[Term, ...]
    kind: str = TERM


FACTS = (
    Fact("age_band", "birth_date", AGE_BANDS),
    Fact("sex", "sex", words.SEX),
    Fact("education", "education", words.EDUCATION_STAGE),
    Fact("hukou_kind", "hukou_kind", words.HUKOU_KIND),
    Fact("health", "health", words.HEALTH),
    Fact("boarding", "boarding", _BOARDING),
    Fact("care_reason", "care_reason", _REASON),
    Fact("carer", "carer_relation", words.CARER_GROUP),
    Fact("care_quality", "care_quality", words.CARE_QUALITY),
    Fact("aid", "aid", words.AID, TERMS),
)
# Columns of the ledger that are read to fill the table. The carer's name only tells whether there is one.
COLUMNS = (*(fact.column for fact in FACTS), "carer_name")


@dataclass(frozen=True)
class Figure:
    """One counted column. headings: from top to bottom. tests: ((fact, code), …), all hold; None: not collected."""

    headings: tuple[str, ...]
    tests: tuple[tuple[str, str | None], ...]


def _block(heading, fact, collected=True):
    """Return the figures of a block, one for each value, and 未采集 where the form has it."""
    found = next(one for one in FACTS if one.code == fact)
    figures = [Figure((heading, term.chinese), ((fact, term.code),)) for term in found.terms]
    if collected:
        figures.append(Figure((heading, UNCOLLECTED.chinese), ((fact, None),)))
    return figures


def _ages():
    figures = []
    for band in AGE_BANDS:
        of_band = ("age_band", band.code)
        figures.append(Figure(("年龄段", band.chinese, "小计"), (of_band,)))
        figures += [
            Figure(("年龄段", band.chinese, sex.chinese), (of_band, ("sex", sex.code)))
            for sex in words.SEX
        ]
    return [*figures, Figure(("年龄段", UNCOLLECTED.chinese), (("age_band", None),))]


FIGURES = (
    *_ages(),
    *_block("教育情况", "education"),
    *_block("户籍性质", "hukou_kind"),
    *_block("健康状况", "health"),
    *_block("寄宿情况", "boarding"),
    *_block("委托照料原因", "care_reason"),
    *_block("实际监护情况", "carer", collected=False),
    *_block("监护情况", "care_quality"),
    *_block("救助措施", "aid", collected=False),
)
HEADINGS = (*LEADING, *(figure.headings for figure in FIGURES))

FOOTNOTES = (
    "注：1. 除“救助措施”外，各栏之和等于“数量”（年龄段为各“小计”与“未采集”之和）；“救助措施”可多选，"
    "各项之和可以不等于“数量”，未登记救助措施的计入“无”。",
    "2. 年龄为数据截至日的周岁；“14–16周岁”指年满14周岁的在册儿童，含已满16周岁、退出待核实的儿童；"
    "性别未采集的只计入“小计”。",
    "3. “其他”：教育情况指文盲、特殊教育等，户籍性质指无户口、居民户口等，健康状况、救助措施指表列以外的情形；"
    "“未采集”指台账中该项未填写。",
    "4. “亲戚朋友”指祖父母、外祖父母以外的委托照料人，含邻居、教师、机构及关系未填写的；"
    "“无委托照料人”指未登记委托照料人。",
)


def age_band(birth_date, day, reached_on="birthday"):
    """Return the code of the age band on date `day` of a child born on `birth_date` (date or None), None without one.

    >>> from datetime import date
    >>> day = date(2026, 9, 20)
    >>> age_band(date(2012, 9, 20), day), age_band(date(2010, 1, 1), day), age_band(None, day)
    ('14_16', '14_16', None)
    """
    if not birth_date:
        return None
    age = ages.age_on(birth_date, day, reached_on)
    return next((band for band, start in BAND_STARTS if age >= start), AGE_BANDS[0].code)


def carer_group(relation, has_carer):
    """Return who really looks after the child: a code of CARER_GROUP.

    >>> carer_group("maternal_grandmother", True), carer_group(None, True), carer_group(None, False)
    ('grandparents', 'relatives_friends', 'none')
    """
    if relation in words.GRANDPARENTS:
        return "grandparents"
    return "relatives_friends" if has_carer or relation else "none"


def facts_of(row, day, reached_on="birthday"):
    """Return {fact: code or None; for aid a set of codes} of a ledger row {column: value} on date `day`."""
    found = {}
    for fact in FACTS:
        value = row.get(fact.column) or None
        allowed = {term.code for term in fact.terms}
        if fact.code == "age_band":
            found[fact.code] = age_band(value, day, reached_on)
        elif fact.code == "carer":
            found[fact.code] = carer_group(value, bool(row.get("carer_name")))
        elif fact.kind == TERMS:
            found[fact.code] = set((value or NO_AID).split(",")) & allowed
        else:
            found[fact.code] = value if value in allowed else None
    return found


def passes(figure, facts):
    """Return whether a child with these facts counts in the figure's column."""
    return all(
        code in facts[fact] if isinstance(facts[fact], set) else facts[fact] == code
        for fact, code in figure.tests
    )


def count(rows, day, reached_on="birthday"):
    """Return the number of children in each of FIGURES, for an iterable of ledger rows on date `day`."""
    known = [facts_of(row, day, reached_on) for row in rows]
    return [sum(passes(figure, facts) for facts in known) for figure in FIGURES]


def blocks():
    """Return {heading of a block: positions in FIGURES whose counts add up to the number of children}.

    Blocks in which a child may count several times are left out.
    """
    found = {}
    for position, figure in enumerate(FIGURES):
        several = any(fact.kind == TERMS and fact.code == figure.tests[0][0] for fact in FACTS)
        if not several and len(figure.tests) == 1:
            found.setdefault(figure.headings[0], []).append(position)
    return found
