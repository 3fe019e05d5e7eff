"""A census workbook is read whatever a district has made of it, and what is no census is refused with a reason."""

import io
import unittest
import zipfile
from datetime import date, datetime
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from .. import census_workbook
from ..census_headings import REASONS_HEADING
from ..census_workbook import WorkbookError, check_file
from .census import COLUMNS, REQUIRED, Sheet, good, number, sheet

TITLE = ["农村留守儿童信息台账（花名册）", *[None] * 5]
UNIT = ["填报单位（盖章）：", None, None, "数据截至：2026-11-20"]
FOOT = ["填表人：      审核人：      填报日期："]
JUNK = [
    [],
    [None] * 9,
    ["", " ", "　"],
    FOOT,
    ["合计", None, 12],
    [column.heading for column in COLUMNS],
]


def read(*sheets, required=REQUIRED):
    """Return the `census_workbook.Sheet` of these sheets."""
    return census_workbook.read(sheets, COLUMNS, required)


def code(content):
    """Return why a file is refused, None when it is not."""
    try:
        check_file(content)
    except WorkbookError as error:
        return error.code
    return None


class TestSheet(unittest.TestCase):
    def test_title_date_and_signature_are_no_children(self):
        census = read(sheet([good()], above=[TITLE, UNIT], below=[[], FOOT]))
        self.assertEqual(census.as_of, date(2026, 11, 20))
        self.assertEqual(census.rows, [(4, good())])

    def test_as_of_is_read_however_it_is_written(self):
        for text in ("数据截至：2026年11月20日", "数据截至:2026.11.20", "统计截止时间：2026/11/20"):
            self.assertEqual(read(sheet([], above=[[text]])).as_of, date(2026, 11, 20), text)
        self.assertIsNone(read(sheet([], above=[["数据截至："]])).as_of)
        self.assertIsNone(read(sheet([], above=[["数据截至：2026-13-45"]])).as_of)

    @given(
        st.permutations(COLUMNS),
        st.lists(st.sampled_from(JUNK), max_size=12),  # headings are looked for near the top
        st.lists(st.sampled_from(JUNK)),
    )
    def test_order_of_columns_and_junk_do_not_matter(self, columns, above, below):
        twin = good(name="萧文", id_number=number(serial="732"))
        above = [row for row in above if row != JUNK[-1]]
        census = read(sheet([good(), twin], columns, above, below))
        self.assertEqual([raw for _number, raw in census.rows], [good(), twin])

    def test_the_first_sheet_with_the_headings_counts(self):
        census = read(
            Sheet([["说明"], ["一人一行"]], "填写说明"),
            sheet([good()], title="一"),
            sheet([], title="二"),
        )
        self.assertEqual(census.title, "一")

    def test_cells_keep_their_kind(self):
        row = good(id_number=5.001992023072156e17, birth_date=datetime(2016, 8, 18), note=" 补录 ")
        raw = read(sheet([row])).rows[0][1]
        self.assertEqual(raw["id_number"], 5.001992023072156e17)
        self.assertEqual(raw["birth_date"], "2016-08-18")
        self.assertEqual(raw["note"], "补录")

    def test_a_row_that_speaks_of_nobody_is_left_out(self):
        census = read(sheet([{"township": "圣灯山镇", "aid": "无"}, good()]))
        self.assertEqual(len(census.rows), 1)

    def test_cells_merged_over_siblings_hold_for_all_of_them(self):
        second = good(name="萧文", id_number=number(serial="732"), father_name=None, village=None)
        places = {column.code: at for at, column in enumerate(COLUMNS)}
        merged = [(places["father_name"], 2, 3), (places["village"], 2, 3)]
        census = read(sheet([good(), second], merged=merged))
        self.assertEqual(census.rows[1][1]["father_name"], good()["father_name"])
        self.assertEqual(census.rows[1][1]["village"], good()["village"])

    def test_merged_cells_never_cost_more_than_the_rows(self):
        census = read(sheet([good()], merged=[(0, 2, 10**9)] * 50))
        self.assertEqual(census.rows, [(2, good())])

    def test_too_many_rows_are_refused(self):
        with (
            patch.object(census_workbook, "MAX_ROWS", 3),
            self.assertRaises(WorkbookError) as caught,
        ):
            read(sheet([good()] * 4))
        self.assertEqual(caught.exception.code, "too_many_rows")
        self.assertEqual(caught.exception.params, {"limit": 3})


class TestHeadings(unittest.TestCase):
    def test_blocks_give_short_headings_their_meaning(self):
        census = read(
            Sheet(
                [
                    ["基本信息", None, None, None, "父亲信息", None, "委托照料", None],
                    ["镇街", "村", "姓名", "身份证号", "姓名", "身份证号", "姓名", "身份证号"],
                    ["圣灯山镇", "永隆村", "萧英", "1", "萧泽志", "2", "萧浩", "3"],
                ]
            )
        )
        raw = census.rows[0][1]
        self.assertEqual(
            (raw["name"], raw["father_name"], raw["carer_name"]), ("萧英", "萧泽志", "萧浩")
        )
        self.assertEqual(
            (raw["id_number"], raw["father_id_number"], raw["carer_id_number"]), ("1", "2", "3")
        )

    def test_a_heading_may_reach_over_both_rows(self):
        census = read(
            Sheet(
                [
                    ["序号", "镇街", "村", "儿童姓名", "公民身份号码", "父亲", None],
                    [None, None, None, None, None, "姓名", "联系电话"],
                    [1, "圣灯山镇", "永隆村", "萧英", "1", "萧泽志", "2"],
                ]
            )
        )
        self.assertEqual(
            census.rows,
            [
                (
                    3,
                    {
                        "township": "圣灯山镇",
                        "village": "永隆村",
                        "name": "萧英",
                        "id_number": "1",
                        "father_name": "萧泽志",
                        "father_phone": "2",
                    },
                )
            ],
        )

    def test_signs_and_explanations_in_headings_do_not_matter(self):
        census = read(
            Sheet(
                [
                    ["*镇 街", "村(居)", "儿童姓名（必填）", "公民身份号码\n(18位)", "出生日期："],
                    ["圣灯山镇", "永隆村", "萧英", "1", "2016-08-18"],
                ]
            )
        )
        self.assertEqual(set(census.rows[0][1]), {*REQUIRED, "birth_date"})

    def test_unknown_columns_are_listed_and_their_cells_kept(self):
        heads = [column.heading for column in COLUMNS[:5]]
        rows = [
            [*heads, "家访人", "家访人", REASONS_HEADING, "序号"],
            ["圣灯山镇", "永隆村", "萧英", "女", "1", "甲", "乙", "?", 1],
        ]
        census = read(Sheet(rows))
        self.assertEqual(census.unknown_headings, ("家访人", "家访人"))
        raw = census.rows[0][1]
        self.assertEqual((raw["?家访人"], raw["?家访人 G"]), ("甲", "乙"))
        self.assertNotIn("?", {*raw.values()})

    def test_missing_columns_are_named_as_on_the_form(self):
        columns = [column for column in COLUMNS if column.code not in ("village", "id_number")]
        with self.assertRaises(WorkbookError) as caught:
            read(sheet([good()], columns))
        self.assertEqual(caught.exception.code, "missing_headings")
        self.assertEqual(caught.exception.params["headings"], ("村（居）", "公民身份号码"))

    def test_a_sheet_without_headings_is_no_census(self):
        with self.assertRaises(WorkbookError) as caught:
            read(Sheet([["甲", "乙", "丙"], ["1", "2", "3"]]))
        self.assertEqual(caught.exception.code, "no_header")

    def test_letters_of_places(self):
        census = read(sheet([]))
        letters = [place.letter for place in census.places]
        self.assertEqual(letters[:3] + letters[25:28], ["A", "B", "C", "Z", "AA", "AB"])


class TestFile(unittest.TestCase):
    def test_what_is_no_workbook_is_told_apart(self):
        ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
        self.assertEqual(code(b""), "empty")
        self.assertEqual(code("镇街,村,姓名\n甲,乙,丙".encode("gb18030")), "csv")
        self.assertEqual(code("\ufeff镇街,村\r\n甲,乙".encode()), "csv")
        self.assertEqual(code(ole), "old_format")
        self.assertEqual(code(ole + "EncryptedPackage".encode("utf-16-le")), "encrypted")
        self.assertEqual(code(b"%PDF-1.7"), "not_a_workbook")
        self.assertEqual(code(b"<html><table>"), "not_a_workbook")
        self.assertEqual(code(b"PK\3\4 cut off"), "damaged")
        self.assertEqual(code(self._zip("word/document.xml", b"")), "not_a_workbook")
        self.assertIsNone(code(self._zip("xl/workbook.xml", b"")))

    def test_a_file_that_unpacks_to_too_much_is_refused_unread(self):
        bomb = self._zip("xl/workbook.xml", b"0" * 2000)
        with patch.object(census_workbook, "MAX_UNPACKED", 1000):
            self.assertEqual(code(bomb), "too_large")
        with patch.object(census_workbook, "MAX_BYTES", 10):
            self.assertEqual(code(bomb), "too_large")

    def test_what_is_beside_the_sheets_has_limits_of_its_own(self):
        for limit, parts in (
            ("MAX_STYLES", {"xl/styles.xml": b"<a/>" + b" " * 1000}),
            ("MAX_BESIDE_SHEETS", {"xl/sharedStrings.xml": b"<a/>" + b" " * 1000}),
            ("MAX_PARTS", {f"xl/worksheets/sheet{at}.xml": b"" for at in range(1000)}),
        ):
            packed = self._zip("xl/workbook.xml", b"<a/>", **parts)
            with patch.object(census_workbook, limit, 1000):
                self.assertEqual(code(packed), "overloaded", limit)
        sheet = {"xl/worksheets/sheet1.xml": b"<a/>" + b" " * 1000}
        with patch.object(census_workbook, "MAX_BESIDE_SHEETS", 1000):
            self.assertIsNone(code(self._zip("xl/workbook.xml", b"<a/>", **sheet)))

    def test_definitions_of_its_own_are_refused_in_every_part(self):
        doctype = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
        head = '<?xml version="1.0" encoding="%s"?>'
        for name in ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/x.bin", "a.rels"):
            for part in (
                doctype.encode(),
                (head % "UTF-8" + doctype).encode("utf-8-sig"),
                (head % "UTF-16" + doctype).encode("utf-16"),
                (head % "UTF-16" + doctype).encode("utf-16-be"),
                (head % "cp037").encode() + doctype.encode("cp037"),
                ("<!--" + "-" * 70000 + "-->" + doctype).encode(),
            ):
                packed = self._zip("xl/workbook.xml", b"<a/>", **{name: part})
                self.assertEqual(code(packed), "unsafe", part[:80])
        good = (head % "UTF-8" + "<!-- made by WPS --><a>&lt;!DOCTYPE</a>").encode()
        picture = {"xl/sharedStrings.xml": good, "xl/media/1.png": b"\x89PNG <!DOCTYPE"}
        self.assertIsNone(code(self._zip("xl/workbook.xml", b"<a/>", **picture)))

    def test_a_part_packed_in_a_strange_way_is_damaged(self):
        packed = bytearray(self._zip("xl/workbook.xml", b"<a/>" * 100))
        packed[45:50] = b"\xff" * 5
        self.assertEqual(code(bytes(packed)), "damaged")

    def _zip(self, name, content, **others):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, text in ({name: content} | others).items():
                archive.writestr(part, text)
        return buffer.getvalue()
