"""The census, taken twice: when the district began in September, and again in November (L-S1e).

The workbook of November is the one that lies beside this program. That of September is cut from it:
without the families who have become left behind since then.
"""

import base64
import json
from datetime import date

from odoo.exceptions import UserError

from . import sizes, workbook

SEPTEMBER, NOVEMBER = date(2026, 9, 5), workbook.AS_OF
IMPORTED = date(2026, 9, 8)  # three days after the census of September
LONG_AWAY = date(2026, 3, 5)  # whoever left later was not yet six months away in September
NEWCOMERS = 25  # beside those, one row in so many was not yet known in September


def take_first(district):
    """Import the census of September; returns the number of children."""
    content = workbook.cut(
        lambda row: _was_there(row) and _is_of(district, row), SEPTEMBER, _as_in_september
    )
    wizard = _import(district, content, "2026年9月普查.xlsx")
    return wizard.created_count


def take_second(district):
    """Import the census of November; returns how many children are new, changed, refused.

    :raises UserError: the whole district's census does not give the counts that it must
    """
    whole = district.places is None
    content = (
        workbook.CENSUS.read_bytes() if whole else workbook.cut(lambda row: _is_of(district, row))
    )
    wizard = _import(district, content, workbook.CENSUS.name)
    if whole:
        _compare(wizard)
    return wizard.created_count, wizard.updated_count, wizard.rejected_count


def _import(district, content, filename):
    env = district.as_user("civil_affairs")
    wizard = env["lbc.census.import"].create(
        {"file": base64.b64encode(content), "filename": filename}
    )
    wizard.action_check()
    wizard.action_import()
    return wizard


def _compare(wizard):
    """Refuse to go on when the census of the whole district was not read as it must be."""
    children = wizard.env["lbc.child"]
    found = {
        "rows_by_status": {
            "ok": wizard.ok_count,
            "warning": wizard.warning_count,
            "error": wizard.error_count,
        },
        "rows_rejected": wizard.rejected_count,
        # Those of September came with the first census, most of them.
        "children_created": children.search_count(children._on_ledger_domain()),
    }
    expectation = workbook.CENSUS.with_name("census_500113.expect.json")
    expected = json.loads(expectation.read_text(encoding="utf-8"))
    if any(expected[key] != value for key, value in found.items()):
        wanted = {key: expected[key] for key in found}
        raise UserError(f"The census must give {wanted}, but it gives {found}.")


def _was_there(row):
    """Return whether the child of a row of November was on the list of September already."""
    birth = workbook.birth_date(row)
    left = [workbook.day(row, f"{parent}外出时间") for parent in ("父亲", "母亲")]
    return (
        workbook.cell(row, "序号") % NEWCOMERS != 0
        and not (birth and (birth > SEPTEMBER or birth < date(2010, 11, 21)))
        and not any(day and day > LONG_AWAY for day in left)
    )


def _as_in_september(row):
    """Return the row (list) without the agreement if that was signed later."""
    signed = workbook.day(row, "协议起始日期")
    if signed and signed > SEPTEMBER:
        workbook.fill(
            row, {"是否签订委托监护协议": "否", "协议起始日期": None, "协议终止日期": None}
        )
    return row


def _is_of(district, row):
    """Return whether a row belongs to the size: its village, or a village that nobody knows."""
    if district.places is None:
        return True
    villages = district.places.get(workbook.cell(row, "镇街"))
    village = sizes.short(workbook.cell(row, "村（居）") or "")
    return villages is not None and (village in villages or village == "不存在村")
