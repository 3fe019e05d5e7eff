"""What changed in a quarter (R1, 农村留守儿童信息变更情况季报; domain.md §C.3): the numbers, then the list of lines.

Everything comes from frozen rows (`lbc.submission.change`): nothing here is computed from the living ledger.
"""

from odoo.tools import SQL

from ...lib import ledger_changes, vocabulary
from ...lib.terms import Term
from ..sheet import Sheet
from .frozen_rows import stream

TITLE = "农村留守儿童信息变更情况季报"
NUMBERS, LINES = "变更数据", "变更明细"
KINDS = {
    "joined": "新增",
    "left": "退出",
    "moved_in": "调入",
    "moved_out": "调出",
    "guardian": "监护人变更",
    "work": "外出务工变更",
    "address": "住址变更",
    "school": "就学变更",
    "other": "其他变更",
}
MEMBERSHIP = ("joined", "left", "moved_in", "moved_out")
GROUNDS = {
    term.code: term.chinese
    for term in (
        Term("both_away", "", "父母双方外出务工"),
        Term("one_away", "", "父母一方外出务工、另一方无监护能力"),
        Term("return", "", "再次纳入"),
        Term("void", "", "录入错误作废"),
        *vocabulary.EXIT_REASON,
    )
}
UNKNOWN = "未注明"
_HEADINGS = (
    ("序号", 5),
    ("档案号", 14),
    ("姓名", 9),
    ("性别", 5),
    ("身份证号", 20),
    ("村（居）", 12),
    ("变更类型", 14),
    ("变更项目", 16),
    ("变更前", 20),
    ("变更后", 20),
    ("变更日期", 11),
    ("依据", 20),
    ("经办", 16),
)


def write(book, version, given, lines, day, watermark):
    """Write both sheets; returns the number (int) of lines.

    :param book: `reports.sheet.Book`
    :param version: `lbc.submission.version`, superuser
    :param given: `frozen_rows.Given`: which columns, for whom
    :param lines: texts under the title
    """
    _write_numbers(book, version, given, lines, day, watermark)
    return _write_lines(book, version, given, lines, day, watermark)


def _write_numbers(book, version, given, lines, day, watermark):
    sheet = Sheet(NUMBERS, (("项目",), ("其中",), ("人数",)), (30, 60, 12), 1, day, watermark, book)
    sheet.begin(TITLE, lines)
    for row in numbers(version, given):
        sheet.add(row)
    sheet.finish()


def numbers(version, given):
    """Return the rows (item, part, number of children) of the table of numbers, in order."""
    counts = _counts(version)
    rows = [("期初人数", "", version.opening_count)]
    for kind, total in (
        ("joined", version.joined_count),
        ("moved_in", version.moved_in_count),
        ("left", version.left_count),
        ("moved_out", version.moved_out_count),
    ):
        rows.append((KINDS[kind], "", total))
        if kind in ("joined", "left"):
            rows += [("", GROUNDS.get(code, UNKNOWN), n) for code, n in counts.get(kind, ())]
    rows.append(("变更", "（同一儿童只计一次）", version.changed_count))
    told = {ledger_changes.KIND_OF.get(code) for code in given.columns}
    for kind, label in KINDS.items():
        if kind not in MEMBERSHIP and kind in told:
            rows.append(("", label, sum(n for _code, n in counts.get(kind, ()))))
    rows.append(("期末人数", "", version.closing_count))
    rows.append(("本季度未核实", "", version.unverified_count))
    return rows


def _counts(version):
    """Return {kind: [(ground, number of children)]}."""
    found = version.env.execute_query(
        SQL(
            """
            SELECT kind, CASE WHEN kind IN ('joined', 'left') THEN COALESCE(ground, '') END AS ground,
                   count(DISTINCT child_ref)
              FROM lbc_submission_change WHERE version_id = %s AND against = 'quarter'
             GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2
            """,
            version.id,
        )
    )
    counts = {}
    for kind, ground, number in found:
        counts.setdefault(kind, []).append((ground, number))
    return counts


def _write_lines(book, version, given, lines, day, watermark):
    paths = tuple((heading,) for heading, _width in _HEADINGS)
    widths = tuple(width for _heading, width in _HEADINGS)
    sheet = Sheet(LINES, paths, widths, 3, day, watermark, book)
    sheet.begin(TITLE, lines)
    number = 0
    for number, row in enumerate(stream(version.env.cr, _lines_sql(version, given)), 1):
        column = given.columns.get(row[6])
        sheet.add_plain(
            [
                number,
                *row[:2],
                vocabulary.chinese(vocabulary.SEX, row[2]) if row[2] else "",
                *row[3:5],
                KINDS.get(row[5], row[5]),
                column.heading if column else "",
                _words(column, row[7]),
                _words(column, row[8]),
                *row[9:],
            ]
        )
    sheet.finish()
    return number


def _words(column, value):
    return column.printed(value) if column and value else (value or "")


def _lines_sql(version, given):
    """Return SQL of the lines: file, name, sex, number, village, kind, column, before, after, day, basis, by.

    A line of a column that is not given is not there: that it changed is told to nobody who does not get the column.
    """
    return SQL(
        """
        SELECT %(file)s, %(name)s, %(sex)s, %(id_number)s, %(village)s, line.kind, line."column",
               CASE WHEN line."column" IS NULL THEN %(source)s
                    WHEN line."column" = ANY(%(clear)s) THEN line.before_clear
                    WHEN line."column" = ANY(%(masked)s) THEN line.before_masked END,
               CASE WHEN line."column" IS NULL THEN %(target)s
                    WHEN line."column" = ANY(%(clear)s) THEN line.after_clear
                    WHEN line."column" = ANY(%(masked)s) THEN line.after_masked END,
               line.day, %(basis)s, line.entered_by
          FROM lbc_submission_change line
          LEFT JOIN lbc_snapshot cur ON cur.version_id = line.version_id
                                    AND cur.child_ref = line.child_ref
          LEFT JOIN LATERAL (SELECT * FROM lbc_snapshot s WHERE s.version_id = ANY(%(compared)s)
                                AND s.child_ref = line.child_ref LIMIT 1) old ON cur.id IS NULL
          LEFT JOIN lbc_area village ON village.id = line.area_id
          LEFT JOIN lbc_area source ON source.id = line.from_area_id AND line.kind LIKE 'moved%%'
          LEFT JOIN lbc_area target ON target.id = line.to_area_id AND line.kind LIKE 'moved%%'
         WHERE line.version_id = %(version)s AND line.against = 'quarter'
           AND (line."column" IS NULL OR line."column" = ANY(%(told)s))
         ORDER BY line.sequence, line.id
        """,
        **_head_parts(given),
        clear=given.clear,
        masked=given.masked,
        told=[*given.clear, *given.masked],
        basis=_basis(given),
        compared=[one for one, _digest in version.compared_refs or ()],
        version=version.id,
    )


def _head_parts(given):
    """Return the SQL of whose line it is, as far as the document tells it."""
    nothing = SQL("NULL")
    village = given.field("village")
    return {
        "file": SQL("line.file_number") if given.field("file_number") else nothing,
        "name": _frozen(given.field("name")),
        "sex": _frozen(given.field("sex")),
        # A list of changes needs no whole number to say whose they are.
        "id_number": _frozen(given.field("id_number") and "id_number_masked"),
        "village": SQL("village.name") if village else nothing,
        "source": SQL("source.name") if village else nothing,
        "target": SQL("target.name") if village else nothing,
    }


def _frozen(name):
    if not name:
        return SQL("NULL")
    return SQL("COALESCE(%s, %s)", SQL.identifier("cur", name), SQL.identifier("old", name))


def _basis(given):
    """Return SQL of the basis: free words about the family, which may tell what the column is about as well."""
    if not given.tells_of_care:
        return SQL("NULL")
    return SQL(
        'CASE WHEN line."column" IS NULL OR line."column" = ANY(%s) '
        "THEN COALESCE(line.basis, %s) END",
        given.clear,
        UNKNOWN,
    )
