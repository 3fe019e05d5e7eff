"""The two line lists of the ledger: the roster (花名册, R4) and the full register (R2), made from the columns.

A document names codes of `lib.columns.Column`s; their words, widths and kinds come from there.
"""

from dataclasses import dataclass

from ...lib import columns as column_lists
from ..sheet import Sheet

NUMBER = ("序号",)
NUMBER_WIDTH = 5
PLACES = {
    "county": (("township", ("镇街",)), ("village", ("村（居）",))),
    "township": (("village", ("村（居）",)),),
    "village": (),
}
_FATHER, _MOTHER, _CARER = "父亲", "母亲", "被委托人"
ROSTER = (
    ("name", ("姓名",)),
    ("sex", ("性别",)),
    ("birth_date", ("出生日期",)),
    ("ethnicity", ("民族",)),
    ("id_number", ("身份证",)),
    ("address", ("住址",)),
    ("school", ("学校年级", "学校")),
    ("grade_class", ("学校年级", "年级")),
    ("boarding", ("寄宿",)),
    ("father_name", (_FATHER, "姓名")),
    ("father_work_place", (_FATHER, "务工地")),
    ("father_phone", (_FATHER, "电话")),
    ("mother_name", (_MOTHER, "姓名")),
    ("mother_work_place", (_MOTHER, "务工地")),
    ("mother_phone", (_MOTHER, "电话")),
    ("carer_name", (_CARER, "姓名")),
    ("carer_relation", (_CARER, "关系")),
    ("carer_phone", (_CARER, "电话")),
    ("agreement_from", ("协议有效期", "起")),
    ("agreement_to", ("协议有效期", "止")),
    ("health", ("健康",)),
    ("aid", ("救助",)),
    ("risk", ("风险",)),
    ("paired_teacher", ("结对教师",)),
    ("last_visit", ("上次走访",)),
)
# Narrower than the register: a roster has to fit the width of two pages of A4.
ROSTER_WIDTHS = {
    **{"township": 9, "village": 8, "name": 8, "sex": 4, "birth_date": 10, "ethnicity": 7},
    **{"id_number": 19, "address": 14, "school": 11, "grade_class": 9, "boarding": 5},
    **{"father_name": 8, "father_work_place": 11, "father_phone": 12},
    **{"mother_name": 8, "mother_work_place": 11, "mother_phone": 12},
    **{"carer_name": 8, "carer_relation": 8, "carer_phone": 12},
    **{"agreement_from": 10, "agreement_to": 10, "health": 8, "aid": 10, "risk": 5},
    **{"paired_teacher": 8, "last_visit": 10},
}


@dataclass(frozen=True)
class Listing:
    """A line list. title: of the document. columns: `Column`s in order. paths: their headings. widths: theirs."""

    title: str
    columns: tuple
    paths: tuple
    widths: tuple

    @property
    def codes(self):
        """Codes of the columns, in order."""
        return [column.code for column in self.columns]


def roster(columns, level):
    """Return the roster's `Listing` for {code: Column}, with the places that a reader of `level` needs."""
    chosen = (*PLACES[level], *ROSTER)
    picked = tuple(columns[code] for code, _path in chosen)
    widths = tuple(ROSTER_WIDTHS[code] for code, _path in chosen)
    return Listing("农村留守儿童花名册", picked, tuple(path for _code, path in chosen), widths)


def register(columns):
    """Return the `Listing` of all columns of the census (B.2.2), under the headings of its blocks."""
    picked = tuple(column for column in columns.values() if column.census)
    paths = tuple((column.block, column.heading) for column in picked)
    return Listing("农村留守儿童信息台账", picked, paths, tuple(c.width for c in picked))


def write(listing, lines, rows, day, watermark, book=None, name=None):
    """Return the workbook (bytes) of a listing; with `book`, write it there as one of its sheets.

    :param lines: texts under the title
    :param rows: iterable of tuples of stored values, in the order of the listing's columns
    :param day: date of which the data are
    :param watermark: `lib.workbook.Watermark`
    :param name: name (str) of the sheet, if it is not the title
    """
    paths = (NUMBER, *listing.paths)
    codes = listing.codes
    # The number, and up to the name; a copy without names keeps the number in view.
    keys = codes.index("name") + 2 if "name" in codes else 1
    widths = (NUMBER_WIDTH, *listing.widths)
    sheet = Sheet(name or listing.title, paths, widths, keys, day, watermark, book)
    sheet.begin(listing.title, lines)
    printers = [
        (at, one)
        for at, column in enumerate(listing.columns, 1)
        if (one := column_lists.printer(column))
    ]
    for number, row in enumerate(rows, 1):
        cells = [number, *row]
        for at, printed in printers:
            cells[at] = printed(cells[at])
        sheet.add_plain(cells)
    return sheet.finish() if book else sheet.end()
