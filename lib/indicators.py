"""What published tables count: indicators in blocks, each with the data group its reader needs (domain.md §A.9, §C.2).

Counts of children are those of the official summary table (`lib.summary`), without what crosses two facts: blocks that
share nothing but their total are what `lib.suppression` protects. Codes never change.
"""

from dataclasses import dataclass

from . import summary
from . import vocabulary as words
from .suppression import Block

CHILDREN, KEY_CHILDREN = "children", "key_children"
VISITS_DUE, VISITS_DONE = "visits_due", "visits_done"
# Who may read published tables at all may read how many children there are, by age and sex (G15).
STATISTICS = "statistics"


@dataclass(frozen=True)
class Indicator:
    """One counted column. code: name for good. block: code of its block. label: English. heading: word of the form.

    tests: ((fact, code or None), …) of `lib.summary`, all hold; empty for what is counted otherwise.
    """

    code: str
    block: str
    label: str
    heading: str
    tests: tuple = ()


@dataclass(frozen=True)
class Table:
    """A block of indicators. group: short name of the data group its reader needs at least aggregated.

    kind: "parts" add up to the total; "single" ones stand each for itself; "total" is what others are parts of.
    total: code of the indicator of which they are parts.
    """

    code: str
    label: str
    heading: str
    group: str
    indicators: tuple
    kind: str = "parts"
    total: str = CHILDREN


def _of_fact(fact, label, heading, group, kind="parts", leave_out=()):
    """Return the table of a fact of `lib.summary`, an indicator for each value."""
    terms = next(one.terms for one in summary.FACTS if one.code == fact)
    values = [(term.code, term) for term in terms if term.code not in leave_out]
    if kind == "parts" and fact != "carer":  # carer: every child has a value
        values.append((None, words.UNCOLLECTED))
    return Table(
        fact,
        label,
        heading,
        group,
        tuple(
            Indicator(f"{fact}_{term.code}", fact, term.english, term.chinese, ((fact, code),))
            for code, term in values
        ),
        kind,
    )


def _alone(code, label, heading, group, indicators, kind="single", total=CHILDREN):
    made = tuple(Indicator(one, code, english, chinese) for one, english, chinese in indicators)
    return Table(code, label, heading, group, made, kind, total)


TABLES = (
    _alone(
        "total",
        "Number of Children",
        "儿童人数",
        STATISTICS,
        ((CHILDREN, "Children on the ledger", "在册儿童"),),
        "total",
    ),
    _of_fact("age_band", "Age", "年龄段", STATISTICS),
    _of_fact("sex", "Sex", "性别", STATISTICS),
    _of_fact("education", "Education", "教育情况", "schooling"),
    _of_fact("boarding", "Boarding", "寄宿情况", "schooling"),
    _of_fact("hukou_kind", "Household Registration", "户籍性质", "address"),
    _of_fact("health", "Health", "健康状况", "health"),
    _of_fact("care_reason", "Reason of Care", "委托照料原因", "guardianship"),
    _of_fact("carer", "Actual Carer", "实际监护情况", "guardianship"),
    _of_fact("care_quality", "Quality of Care", "监护情况", "guardianship"),
    # Several at once are possible: no parts. Without "none", which says what the others are together.
    _of_fact("aid", "Aid", "救助措施", "economy", "single", (summary.NO_AID,)),
    _alone(
        "risk", "Key Children", "重点对象", "risk", ((KEY_CHILDREN, "Key children", "重点对象"),)
    ),
    _alone(
        "visits_due",
        "Visits Due Last Month",
        "上月应访",
        "visits",
        ((VISITS_DUE, "Visits due", "应访"),),
        "total",
    ),
    _alone(
        "visits_done",
        "Visits Made Last Month",
        "上月实访",
        "visits",
        ((VISITS_DONE, "Visits made", "实访"),),
        total=VISITS_DUE,
    ),
)
INDICATORS = {one.code: one for table in TABLES for one in table.indicators}
TABLE_OF = {one.code: table for table in TABLES for one in table.indicators}
FIGURES = tuple(
    summary.Figure((one.heading,), one.tests) for one in INDICATORS.values() if one.tests
)
COUNTED = tuple(one.code for one in INDICATORS.values() if one.tests)  # in the order of FIGURES


def blocks(codes):
    """Return the `lib.suppression.Block`s of the indicators with these codes.

    >>> blocks(["children", "sex_male", "sex_female", "key_children"])
    ... # doctest: +NORMALIZE_WHITESPACE
    (Block(total='children', parts=('sex_male', 'sex_female'), closed=True),
     Block(total='children', parts=('key_children',), closed=False))
    """
    found = []
    for table in TABLES:
        parts = tuple(one.code for one in table.indicators if one.code in codes)
        if table.kind == "parts" and parts:
            found.append(Block(table.total, parts))
        elif table.kind == "single":
            found += [Block(table.total, (code,), closed=False) for code in parts]
    return tuple(found)
