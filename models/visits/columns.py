"""The columns of the ledger that visits bring (domain.md §C.3 R4): risk, and the last visit."""

from ...lib.columns import DATE, TERM, Column
from ...lib.terms import Term

RISK = (
    Term("high", "High", "高"),
    Term("medium", "Medium", "中"),
    Term("low", "Low", "低"),
)

# alias: the join that brings it; hangs on `child` and `asof`
JOINS = {
    "seen": "LEFT JOIN LATERAL (SELECT max(v.date) AS day FROM lbc_child_lbc_visit_rel r "
    "JOIN lbc_visit v ON v.id = r.lbc_visit_id WHERE r.lbc_child_id = child.id "
    "AND v.state = 'submitted' AND v.date <= asof.day) seen ON true",
}

COLUMNS = (
    Column(
        "risk",
        "风险等级",
        "Risk",
        "risk",
        "child.risk_level",
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
        kind=DATE,
        block="关爱服务",
        census=False,
    ),
)
