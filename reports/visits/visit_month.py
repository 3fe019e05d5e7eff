"""The month's visits as a workbook: a row for each village, a subtotal for each township, the whole (R6)."""

from ..sheet import Sheet

TITLE = "农村留守儿童月走访统计表"
WITHHELD = "—"
_KEY, _HOW = "重点对象", "首次走访方式（户）"
# name of the count, or of the two whose quotient is a share: heading
COLUMNS = (
    ("due_count", ("应访户",)),
    ("visited_count", ("实访户",)),
    (("visited_count", "due_count"), ("走访率",)),
    ("not_met_count", ("未遇户",)),
    ("overdue_count", ("逾期户",)),
    ("late_count", ("逾期补访户",)),
    ("due_times", ("应访次",)),
    ("done_times", ("实访次",)),
    ("key_due_count", (_KEY, "应访户")),
    ("key_visited_count", (_KEY, "实访户")),
    (("key_visited_count", "key_due_count"), (_KEY, "走访率")),
    ("village", (_HOW, "村走访")),
    ("party_member", (_HOW, "党员干部家访")),
    ("resident_cadre", (_HOW, "驻村干部探访")),
    ("social_worker", (_HOW, "社工随访")),
    ("school", (_HOW, "学校家访")),
    ("phone", (_HOW, "电话")),
    ("video", (_HOW, "视频")),
)
NOTES = (
    "应访户：当月有到期走访任务的家庭；实访户：其中至少已完成一次走访的家庭。逾期户：有走访任务超过期限仍未完成的家庭；"
    "逾期补访户：超过期限后完成走访的家庭。未遇户：当月上门未遇且尚未走访的家庭。重点对象：当月内属于重点对象的儿童所在家庭。",
)
HIDDEN = "“—”：该项数据不在本岗位的查看范围内，不予显示。"


def write(lines, rows, day, watermark):
    """Return the workbook (bytes).

    :param lines: texts under the title, which state the scope
    :param rows: [(township, [(village, {count: number})])]; a count that is missing is withheld
    :param day: date of which the data are
    :param watermark: `lib.workbook.Watermark`
    """
    paths = (("镇街",), ("村（居）",), *(path for _name, path in COLUMNS))
    widths = (12, 12, *(8 for _column in COLUMNS))
    sheet = Sheet("月走访统计", paths, widths, 2, day, watermark)
    sheet.begin(TITLE, lines)
    everything = []
    for township, villages in rows:
        for village, counts in villages:
            _add(sheet, township, village, [counts])
        of_township = [counts for _village, counts in villages]
        everything += of_township
        _add(sheet, township, "小计", of_township)
    _add(sheet, "合计", "", everything)
    hidden = any(set(_names()) - counts.keys() for counts in everything)
    return sheet.end((*NOTES, HIDDEN) if hidden else NOTES)


def _names():
    return [name for name, _path in COLUMNS if isinstance(name, str)]


def _add(sheet, township, village, several):
    """Write a row of sums."""
    sums = {
        name: sum(counts[name] for counts in several)
        for name in _names()
        if all(name in counts for counts in several)
    }
    cells, shares = [township, village], []
    for name, _path in COLUMNS:
        if isinstance(name, str):
            cells.append(sums.get(name, WITHHELD))
            continue
        part, whole = (sums.get(one) for one in name)
        if part is None or whole is None:
            cells.append(WITHHELD)
        elif whole:
            shares.append(len(cells))
            cells.append(part / whole)
        else:
            cells.append("")
    sheet.add(cells, share=shares)
