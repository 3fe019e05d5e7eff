"""The columns of the ledger that visits bring (domain.md §C.3 R4): risk, and the last visit."""

from ...lib.columns import DATE, TERM, Column
from ...lib.terms import Term
from ..registry.past_sql import then

RISK = (
    Term("high", "High", "高"),
    Term("medium", "Medium", "中"),
    Term("low", "Low", "低"),
)

# alias: the join that brings it; hangs on `child` and `asof`. From the child to its visits, one by one: after a
# census the planner does not know yet how many visits there are, and would go through all of them for each child.
JOINS = {
    "seen": "LEFT JOIN LATERAL (SELECT max((SELECT v.date FROM lbc_visit v "
    "WHERE v.id = r.lbc_visit_id AND v.state IN ('submitted', 'reviewed') AND v.date <= asof.day)) AS day "
    "FROM lbc_child_lbc_visit_rel r WHERE r.lbc_child_id = child.id) seen ON true",
}

COLUMNS = (
    Column(
        "risk",
        "风险等级",
        "Risk",
        "risk",
        then("child", "risk_level"),
        past=("risk_level",),
        kind=TERM,
        terms=RISK,
        block="关爱服务",
        census=False,
        width=8,
    ),
    Column(
        "last_visit",
        "上次走访",
        "Last Visit",
        "visits",
        "seen.day",
        dated=True,
        kind=DATE,
        block="关爱服务",
        census=False,
    ),
)
