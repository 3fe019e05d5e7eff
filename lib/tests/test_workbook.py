"""Cells that are no formulas, widths for Chinese text, file names for every system."""

import io
import unittest
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from .. import workbook


class TestSafeText(unittest.TestCase):
    def test_formulas(self):
        formulas = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "=张三", "＝1", "＋1+1", "-")
        for text in (*formulas, "\t=1", "\r=1", "  =1"):
            self.assertEqual(workbook.safe_text(text), "'" + text)

    def test_plain(self):
        for value in (
            "张三",
            "",
            "-5",
            "+8613812345678",
            "3-4",
            "五组111号",
            "'quoted",
            5,
            None,
            date(2026, 9, 20),
        ):
            self.assertEqual(workbook.safe_text(value), value)

    def test_what_a_cell_cannot_hold(self):
        self.assertEqual(workbook.safe_text("a\x00b\x1fc\uffff\n"), "abc\n")
        self.assertEqual(len(workbook.safe_text("张" * 40000)), workbook.MAX_CELL)

    def test_other_values_come_back(self):
        for value in (5, None, date(2026, 9, 20)):
            self.assertIs(workbook.plain_text(value), value)

    @given(st.text(st.sampled_from("=+-@＝＋－＠ \t\r\n\x00\x1f张1'(")))
    def test_no_formula_ever(self, text):
        safe = workbook.safe_text(text)
        self.assertNotIn(safe.lstrip()[:1], set("=@＝＋－＠"))
        self.assertTrue(safe.lstrip()[:1] not in set("+-") or safe.strip("+-0123456789.") == "")

    @given(st.text(st.sampled_from("=+-@ \t张1'")).filter(lambda text: not text.startswith("'")))
    def test_the_apostrophe_comes_off_again(self, text):
        self.assertEqual(workbook.plain_text(workbook.safe_text(text)), text)


class TestWidth(unittest.TestCase):
    def test_display_width(self):
        widths = {
            "公民身份号码": 12,
            "abc": 3,
            "ＡＢ": 4,
            "e\u0301": 1,
            "张\n三丰": 4,
            12: 2,
            "": 0,
            None: 0,
        }
        for value, width in widths.items():
            self.assertEqual(workbook.display_width(value), width)

    def test_column_width(self):
        self.assertEqual(workbook.column_width([]), 6)
        self.assertEqual(workbook.column_width([None, "张三"]), 6)
        self.assertEqual(workbook.column_width(["公民身份号码"]), 14)
        self.assertEqual(workbook.column_width(["长" * 99]), 40)


class TestFileName(unittest.TestCase):
    def test_examples(self):
        for text, name in (
            ("圣灯山镇2026Q3花名册", "圣灯山镇2026Q3花名册.xlsx"),
            ("../../etc/passwd", "etc_passwd.xlsx"),
            ("a\\b:c*d?e", "a_b_c_d_e.xlsx"),
            ("CON", "_CON.xlsx"),
            ("con.txt", "_con.txt.xlsx"),
            ("a\u202eb\x00", "a_b.xlsx"),
            ("", "file.xlsx"),
            (None, "file.xlsx"),
            (" . ", "file.xlsx"),
        ):
            self.assertEqual(workbook.safe_file_name(text, "xlsx"), name)

    @given(st.text())
    def test_any_text(self, text):
        name = workbook.safe_file_name(text, "xlsx")
        self.assertTrue(name.endswith(".xlsx"))
        self.assertLessEqual(len(name.encode()), 255)
        self.assertFalse(set(name) & set('/\\:*?"<>|\x00\n'))
        self.assertFalse(name.startswith("."))

    def test_long_names_are_cut_between_characters(self):
        name = workbook.safe_file_name("册" * 300, "xlsx")
        self.assertEqual(set(name.removesuffix(".xlsx")), {"册"})


MARK = workbook.Watermark(
    "DC2026000012", "cun（儿童主任）", "东村&西村", "2026-09-20 08:00", "区教委"
)


class TestWatermark(unittest.TestCase):
    def test_a_footer_fits_excel_s_limit(self):
        long = workbook.Watermark("DC1", "甲" * 300, "乙" * 300, "", "")
        self.assertLessEqual(len(long.footer), 255)
        self.assertIn("东村&&西村", MARK.footer)

    def test_signs_that_a_file_cannot_hold_are_dropped(self):
        mark = workbook.Watermark("DC1", "a\x0bb", "o\x00", "", "r\x1f")
        for text in (mark.text, mark.footer):
            self.assertFalse(set(text) & set("\x00\x0b\x1f"))

    def test_the_properties_name_the_copy(self):
        found = MARK.properties("名册", date(2026, 9, 20))
        self.assertEqual((found["keywords"], found["comments"]), ("DC2026000012", MARK.text))


class TestPassword(unittest.TestCase):
    @unittest.skipUnless(workbook.can_encrypt(), "msoffcrypto-tool is not installed")
    def test_only_the_password_opens_it(self):
        import msoffcrypto  # noqa: PLC0415 (optional package)

        book = io.BytesIO()
        Workbook().save(book)
        data = book.getvalue()
        book, plain = (
            msoffcrypto.OfficeFile(io.BytesIO(workbook.encrypt(data, "abc"))),
            io.BytesIO(),
        )
        self.assertTrue(book.is_encrypted())
        book.load_key(password="abc", verify_password=True)
        book.decrypt(plain)
        self.assertEqual(plain.getvalue(), data)

    def test_passwords_differ_and_can_be_read_out(self):
        passwords = {workbook.new_password() for _one in range(100)}
        self.assertEqual(len(passwords), 100)
        self.assertFalse(set("".join(passwords)) & set("0o1liI"))
