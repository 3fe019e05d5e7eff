"""The official summary table as a workbook: one row an area, the last one the total (R3, domain.md §B.2.3).

The table is the statutory report, complete for who reads the data in clear; for others cells are withheld.
"""

from ...lib import summary
from ..sheet import Sheet

AREA_WIDTH, COUNT_WIDTH, SHARE_WIDTH, FIGURE_WIDTH = 18, 7, 9, 5
SHARE = 2
WITHHELD = "—"


def write(lines, areas, found, day, watermark, remarks=(), withheld=()):
    """Return the workbook (bytes).

    :param lines: texts under the title
    :param areas: [(id, name)] of the rows, in order
    :param found: {id: (number of children, one count for each of `lib.summary.FIGURES`)}
    :param day: date of which the data are
    :param watermark: `lib.workbook.Watermark`
    :param remarks: texts that follow the footnotes
    :param withheld: cells left out, (area id or None for the whole, position in FIGURES)
    """
    widths = (AREA_WIDTH, COUNT_WIDTH, SHARE_WIDTH, *(FIGURE_WIDTH for _ in summary.FIGURES))
    sheet = Sheet("汇总表", summary.HEADINGS, widths, len(summary.LEADING), day, watermark)
    sheet.begin(summary.TITLE, lines)
    nothing = (0,) * (1 + len(summary.FIGURES))
    rows = [(area_id, name, found.get(area_id, nothing)) for area_id, name in areas]
    total = tuple(map(sum, zip(nothing, *(counts for *_area, counts in rows), strict=True)))
    for area_id, name, counts in (*rows, (None, summary.TOTAL, total)):
        share = counts[0] / total[0] if total[0] else 0
        figures = [
            WITHHELD if (area_id, position) in withheld else count
            for position, count in enumerate(counts[1:])
        ]
        sheet.add([name, counts[0], share, *figures], share=(SHARE,))
    return sheet.end((*summary.FOOTNOTES, *remarks))
