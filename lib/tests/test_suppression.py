"""A published table tells nobody a small count: shown by an auditor who knows nothing of how cells are chosen."""

import unittest

from hypothesis import given, reject, settings
from hypothesis import strategies as st

from .. import suppression
from ..suppression import WHOLE, Block

K = 5
PATIENCE = 1500  # steps of one question; a table that takes more is left out
BLOCKS = (
    Block("children", ("boys", "girls")),
    Block("children", ("young", "middle", "old")),
    Block("children", ("aided",), closed=False),
    Block("due", ("done",), closed=False),
)


@st.composite
def tables(draw, blocks=BLOCKS):
    """Draw {area: {code: number}} of two to five areas, many of them small."""
    table = {}
    for number in range(draw(st.integers(2, 5))):
        row = table[f"area {number}"] = {}
        for block in blocks:
            if block.total not in row:
                row[block.total] = draw(st.one_of(st.integers(0, 4), st.integers(0, 16)))
            left = row[block.total]
            for code in block.parts:
                last = block.closed and code == block.parts[-1]
                row[code] = left if last else draw(st.integers(0, left))
                left -= row[code]
    return table


class Auditor:
    """Finds what a hidden cell may be, by trying: whole numbers that agree with every published one."""

    def __init__(self, table, blocks, hidden):
        self.truth = suppression.with_whole(table)
        areas = list(self.truth)
        most = max(max(row.values()) for row in self.truth.values()) + 2 * K
        self.start, self.equations, self.steps = {}, [], 0
        for area, row in self.truth.items():
            for code, number in row.items():
                known = (area, code) not in hidden
                self.start[area, code] = (number, number) if known else (0, most)
            for block in blocks:
                parts = [(area, code) for code in block.parts]
                if not block.closed:
                    self.start[area, block, "rest"] = (0, most)
                    parts.append((area, block, "rest"))
                self.equations.append(((area, block.total), parts))
        for code in self.truth[WHOLE]:
            self.equations.append(((WHOLE, code), [(area, code) for area in areas if area]))
        self.of = {}
        for equation in self.equations:
            for cell in (equation[0], *equation[1]):
                self.of.setdefault(cell, []).append(equation)

    def may_be(self, cell, number):
        """Return whether a table agrees with what is published in which the cell has this number."""
        low, high = self.start[cell]
        self.steps = 0
        return low <= number <= high and self._solve({**self.start, cell: (number, number)}, [cell])

    def _solve(self, bounds, changed):
        self.steps += 1
        if self.steps > PATIENCE:
            reject()
        if not self._narrow(bounds, changed):
            return False
        open_cells = [cell for cell, (low, high) in bounds.items() if low < high]
        if not open_cells:
            return True
        cell = min(open_cells, key=lambda one: bounds[one][1] - bounds[one][0])
        low, high = bounds[cell]
        real = self.truth[cell[0]].get(cell[1], low) if len(cell) == 2 else low
        tries = sorted(range(low, high + 1), key=lambda number: abs(number - real))
        return any(self._solve({**bounds, cell: (one, one)}, [cell]) for one in tries)

    def _narrow(self, bounds, changed):
        """Draw the bounds together along the sums; returns False where nothing is left."""
        waiting = [equation for cell in changed for equation in self.of[cell]]
        waiting = waiting if changed else list(self.equations)
        while waiting:
            total, parts = waiting.pop()
            lows, highs = (sum(bounds[part][end] for part in parts) for end in (0, 1))
            new = {total: (lows, highs)}
            for part in parts:
                low, high = bounds[part]
                new[part] = (
                    bounds[total][0] - (highs - high),
                    bounds[total][1] - (lows - low),
                )
            for cell, (low, high) in new.items():
                both = (max(low, bounds[cell][0]), min(high, bounds[cell][1]))
                if both[0] > both[1]:
                    return False
                if both != bounds[cell]:
                    bounds[cell] = both
                    waiting += self.of[cell]
        return True

    def values(self, cell):
        """Return (least, most) that a cell may be."""
        self._narrow(self.start, [])
        low, high = self.start[cell]
        found = [number for number in range(low, high + 1) if self.may_be(cell, number)]
        return found[0], found[-1]


def audited(table, blocks=BLOCKS, k=K):
    """Return (hidden cells, auditor) of a table."""
    hidden = suppression.suppress(table, blocks, k)
    auditor = Auditor(table, blocks, hidden)
    auditor._narrow(auditor.start, [])
    return hidden, auditor


class TestAudit(unittest.TestCase):
    @settings(max_examples=100, deadline=None, derandomize=True)
    @given(tables())
    def test_no_withheld_cell_can_be_worked_out(self, table):
        hidden, auditor = audited(table)
        for cell in hidden:
            truth = auditor.truth[cell[0]][cell[1]]
            others = (truth + 1, truth - 1, truth + 2, truth - 2)
            self.assertTrue(any(auditor.may_be(cell, one) for one in others), (cell, truth))

    @settings(max_examples=30, deadline=None, derandomize=True)
    @given(tables())
    def test_a_small_count_may_be_k_different_numbers_and_more(self, table):
        hidden, auditor = audited(table)
        for cell in sorted(hidden, key=str):
            truth = auditor.truth[cell[0]][cell[1]]
            if 0 < truth < K:
                least, most = auditor.values(cell)
                self.assertGreaterEqual(most - least, K, (cell, truth))

    @settings(max_examples=30, deadline=None, derandomize=True)
    @given(tables())
    def test_a_small_rest_may_be_k_different_numbers_and_more(self, table):
        _hidden, auditor = audited(table)
        for area, row in auditor.truth.items():
            for block in BLOCKS:
                rest = row[block.total] - sum(row[code] for code in block.parts)
                if 0 < rest < K:
                    least, most = auditor.values((area, block, "rest"))
                    self.assertGreaterEqual(most - least, K, (area, block, rest))

    @settings(deadline=None)
    @given(tables())
    def test_what_is_published_is_large_or_nought(self, table):
        hidden, auditor = audited(table)
        for area, row in auditor.truth.items():
            for code, number in row.items():
                if (area, code) not in hidden:
                    self.assertFalse(0 < number < K, (area, code, number))

    @settings(deadline=None)
    @given(tables())
    def test_no_line_has_exactly_one_withheld_cell(self, table):
        hidden, auditor = audited(table)
        areas = [area for area in auditor.truth if area is not WHOLE]
        for area, codes in ((area, block.parts) for area in auditor.truth for block in BLOCKS[:2]):
            withheld = [code for code in codes if (area, code) in hidden]
            if (area, "children") not in hidden:
                self.assertNotEqual(len(withheld), 1, area)
        for code in auditor.truth[WHOLE]:
            withheld = [area for area in (*areas, WHOLE) if (area, code) in hidden]
            self.assertNotEqual(len(withheld), 1, code)

    @settings(deadline=None)
    @given(tables(), st.randoms(use_true_random=False))
    def test_the_same_counts_withhold_the_same_cells(self, table, random):
        first = suppression.suppress(table, BLOCKS, K)
        self.assertEqual(suppression.suppress(dict(table), BLOCKS, K), first)
        cells = [
            (area, dict(random.sample(list(row.items()), len(row)))) for area, row in table.items()
        ]
        self.assertEqual(suppression.suppress(dict(cells), BLOCKS, K), first)

    @settings(deadline=None)
    @given(tables())
    def test_off_is_off(self, table):
        self.assertFalse(suppression.suppress(table, BLOCKS, 1))

    def test_the_auditor_finds_what_is_badly_hidden(self):
        table = {
            "a": {"children": 20, "boys": 18, "girls": 2},
            "b": {"children": 30, "boys": 14, "girls": 16},
        }
        for hidden in (
            {("a", "girls")},
            {("a", "girls"), ("a", "boys")},
            {("a", "girls"), ("b", "girls")},
        ):
            auditor = Auditor(table, BLOCKS[:1], hidden)
            self.assertEqual(auditor.values(("a", "girls")), (2, 2), hidden)


class TestChoice(unittest.TestCase):
    def _table(self, *rows):
        codes = ("children", "boys", "girls", "young", "middle", "old", "aided", "due", "done")
        return {f"area {n}": dict(zip(codes, row, strict=True)) for n, row in enumerate(rows)}

    def test_a_township_of_two_is_withheld_whole_with_the_next_smallest(self):
        table = self._table(
            (60, 30, 30, 20, 20, 20, 30, 50, 25),
            (2, 1, 1, 0, 2, 0, 1, 0, 0),
            (40, 20, 20, 10, 20, 10, 20, 40, 20),
        )
        hidden = suppression.suppress(table, BLOCKS[:3], K)
        self.assertEqual({area for area, _code in hidden}, {"area 1", "area 2"})
        self.assertIn(("area 1", "children"), hidden)
        self.assertIn(("area 2", "children"), hidden)

    def test_the_smallest_cells_are_given_up_first(self):
        table = self._table(
            (60, 58, 2, 20, 20, 20, 30, 50, 25),
            (90, 45, 45, 30, 30, 30, 45, 0, 0),
            (40, 20, 20, 10, 20, 10, 20, 40, 20),
        )
        hidden = suppression.suppress(table, BLOCKS, K)
        self.assertEqual(
            hidden, {(area, sex) for area in ("area 0", "area 2") for sex in ("boys", "girls")}
        )

    def test_nearly_everybody_is_as_telling_as_hardly_anybody(self):
        table = self._table(
            (60, 30, 30, 20, 20, 20, 58, 50, 25),
            (40, 20, 20, 10, 20, 10, 20, 40, 20),
        )
        hidden = suppression.suppress(table, BLOCKS, K)
        self.assertEqual(hidden, {("area 0", "aided"), ("area 1", "aided")})

    def test_a_district_of_three_shows_nothing_but_where_nobody_is(self):
        table = self._table((3, 2, 1, 1, 1, 1, 0, 0, 0), (0,) * 9)
        hidden = suppression.suppress(table, BLOCKS[:3], K)
        self.assertEqual({area for area, _code in hidden}, {"area 0", WHOLE})
        self.assertIn((WHOLE, "children"), hidden)

    def test_one_township_is_the_district(self):
        table = self._table((20, 18, 2, 10, 5, 5, 10, 0, 0))
        hidden = suppression.suppress(table, BLOCKS, K)
        self.assertIn((WHOLE, "girls"), hidden)
        self.assertNotIn((WHOLE, "children"), hidden)

    def test_parts_that_do_not_add_up_are_refused(self):
        for row in ((9, 5, 5, 3, 3, 3, 0, 0, 0), (9, 5, 4, 3, 3, 3, 10, 0, 0)):
            with self.assertRaisesRegex(ValueError, "add up"):
                suppression.suppress(self._table(row), BLOCKS, K)
