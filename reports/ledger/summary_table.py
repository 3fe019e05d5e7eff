"""The official summary table as a workbook: one row an area, the last one the total (R3, domain.md §B.2.3).

The table is the statutory report and complete; small numbers are hidden in what a district publishes.
"""

from ...lib import summary
from .sheet import Sheet

AREA_WIDTH, COUNT_WIDTH, SHARE_WIDTH, FIGURE_WIDTH = 18, 7, 9, 5
SHARE = 2


def write(lines, areas, found, day, watermark, remarks=()):
    """Return the workbook (bytes).

    :param lines: texts under the title
    :param areas: [(id, name)] of the rows, in order
    :param found: {id: (number of children, one count for each of `lib.summary.FIGURES`)}
    :param day: date of which the data are
    :param watermark: `lib.workbook.Watermark`
    :param remarks: texts that follow the footnotes
    """
    widths = (AREA_WIDTH, COUNT_WIDTH, SHARE_WIDTH, *(FIGURE_WIDTH for _ in summary.FIGURES))
    sheet = Sheet("汇总表", summary.HEADINGS, widths, len(summary.LEADING), day, watermark)
    sheet.begin(summary.TITLE, lines)
    nothing = (0,) * (1 + len(summary.FIGURES))
    rows = [(name, found.get(area_id, nothing)) for area_id, name in areas]
    total = tuple(map(sum, zip(nothing, *(counts for _name, counts in rows), strict=True)))
    for name, counts in (*rows, (summary.TOTAL, total)):
        share = counts[0] / total[0] if total[0] else 0
        sheet.add([name, counts[0], share, *counts[1:]], share=(SHARE,))
    return sheet.end((*summary.FOOTNOTES, *remarks))
