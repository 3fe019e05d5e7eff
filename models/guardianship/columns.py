"""The columns of the ledger on agreements (domain.md §B.2.2, §C.3 R4), from the agreements themselves."""

from ...lib import vocabulary as terms
from ...lib.columns import DATE, TERM, Column

_BLOCK = "委托照料"
_LINES = (
    "FROM lbc_agreement_line l WHERE l.child_id = child.id "
    "AND l.state IN ('in_force', 'suspended', 'ended', 'renewed') AND l.date_from <= asof.day"
)

# alias: the join that brings it; hangs on `child` and `asof`. The last one that had begun by the day reported.
JOINS = {
    "agreed": f"LEFT JOIN LATERAL (SELECT l.date_from, l.date_to {_LINES} "
    "ORDER BY l.date_from DESC, l.id DESC LIMIT 1) agreed ON true",
}

COLUMNS = (
    Column(
        "agreement_signed",
        "是否签订委托监护协议",
        "Agreement Signed",
        "guardianship",
        "CASE WHEN agreed.date_to >= asof.day THEN 'yes' ELSE 'no' END",
        dated=True,
        kind=TERM,
        terms=terms.YES_NO,
        block=_BLOCK,
        width=10,
        synonyms=("是否签订委托照护协议",),
    ),
    Column(
        "agreement_from",
        "协议起始日期",
        "Agreement From",
        "guardianship",
        "agreed.date_from",
        dated=True,
        kind=DATE,
        block=_BLOCK,
    ),
    Column(
        "agreement_to",
        "协议终止日期",
        "Agreement To",
        "guardianship",
        "agreed.date_to",
        dated=True,
        kind=DATE,
        block=_BLOCK,
    ),
)
