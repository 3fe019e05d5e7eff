"""The plain table of a requested list: whose copy it is, and cells that are no formulas."""

import io
from datetime import date

from openpyxl import load_workbook

from odoo.tests import BaseCase, tagged

from ...lib.workbook import Watermark
from ...reports.access import table

MARK = Watermark("DC2026000012", "cun（儿童主任）", "东村&西村", "2026-09-20 08:00", "区教委")
DAY = date(2026, 9, 20)


def opened(data):
    return load_workbook(io.BytesIO(data))


@tagged("post_install", "-at_install")
class TestTable(BaseCase):
    def test_the_first_row_the_footer_and_the_properties_say_whose_copy_it_is(self):
        book = opened(table.write("儿童/名册", ["姓名"], [["张三"]], MARK, DAY))
        sheet = book.active
        self.assertEqual(sheet["A1"].value, MARK.text)
        self.assertIn("DC2026000012", sheet.oddFooter.left.text)
        self.assertIn("东村&", sheet.oddFooter.right.text)
        self.assertEqual(
            (book.properties.keywords, book.properties.title), ("DC2026000012", "儿童/名册")
        )

    def test_values_are_what_they_are_and_never_formulas(self):
        row = ["=1+1", "+8613812345678", "@SUM(A1)", "\t=1", 5, 0.5, DAY, True, False, None, "张三"]
        sheet = opened(table.write("x", [str(n) for n in row], [row], MARK, DAY)).active
        cells = [cell for line in sheet.iter_rows() for cell in line]
        self.assertNotIn("f", {cell.data_type for cell in cells})
        values = [cell.value for cell in sheet[3]]
        self.assertEqual(values[:3], ["'=1+1", "+8613812345678", "'@SUM(A1)"])
        self.assertEqual(values[4:6], [5, 0.5])
        self.assertEqual(values[6].date(), DAY)
        self.assertEqual(values[7:], ["是", None, None, "张三"])

    def test_sheet_names_are_allowed_ones(self):
        for title in ("a/b:c*d?e[f]g", "", "长" * 50):
            self.assertTrue(opened(table.write(title, ["a"], [], MARK, DAY)).active.title)
