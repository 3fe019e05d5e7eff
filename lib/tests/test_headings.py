"""Headings of several rows cover every cell once and share what is common."""

import unittest

from hypothesis import given
from hypothesis import strategies as st

from ..headings import Cell, depth, lay_out

PATHS = st.lists(
    st.lists(st.sampled_from("甲乙丙"), min_size=1, max_size=3).map(tuple), min_size=1, max_size=8
)


class TestLayOut(unittest.TestCase):
    def test_neighbours_share_what_stands_above_them(self):
        cells = lay_out(
            [
                ("序号",),
                ("年龄段", "0–5周岁", "小计"),
                ("年龄段", "0–5周岁", "男"),
                ("年龄段", "未采集"),
            ]
        )
        self.assertIn(Cell("序号", 0, 0, 2, 0), cells)
        self.assertIn(Cell("年龄段", 0, 1, 0, 3), cells)
        self.assertIn(Cell("0–5周岁", 1, 1, 1, 2), cells)
        self.assertIn(Cell("未采集", 1, 3, 2, 3), cells)

    def test_equal_words_of_two_columns_stay_two_headings(self):
        cells = lay_out([("姓名",), ("姓名",)])
        self.assertEqual([cell.text for cell in cells], ["姓名", "姓名"])

    @given(PATHS)
    def test_every_cell_of_the_heading_is_covered_once(self, paths):
        covered = [
            (row, column)
            for cell in lay_out(paths)
            for row in range(cell.first_row, cell.last_row + 1)
            for column in range(cell.first_column, cell.last_column + 1)
        ]
        wanted = {(row, column) for row in range(depth(paths)) for column in range(len(paths))}
        self.assertEqual(len(covered), len(set(covered)))
        self.assertEqual(set(covered), wanted)

    @given(PATHS)
    def test_every_column_reads_its_own_path_from_above(self, paths):
        cells = lay_out(paths)
        for column, path in enumerate(paths):
            above = [cell for cell in cells if cell.first_column <= column <= cell.last_column]
            self.assertEqual(tuple(cell.text for cell in above), path)
