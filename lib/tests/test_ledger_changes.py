"""Opening, coming, going and closing add up to the child, whatever happens between two reports."""

import random
import unittest
from datetime import date, datetime

from .. import ledger_chain
from ..ledger_changes import MEMBERSHIP, Row, compare, numbers, of_places


def content(**other):
    """Return a content with something else than usual."""
    usual = {
        **{"previous": "", "unit": "990113100000", "keys": (3, 5, 7), "number": 1},
        **{"cutoff": date(2026, 9, 20), "on_time_until": datetime(2026, 9, 20, 16)},
        **{"submitted_at": datetime(2026, 9, 20, 4), "submitted_by": 7, "reason": ""},
        **{"statement": "", "compared": (), "counts": (1, 0), "rows": "ab", "changes": "cd"},
    }
    return ledger_chain.Content(**{**usual, **other})


class TestChanges(unittest.TestCase):
    def test_a_column_that_changed_is_one_line_before_and_after(self):
        old = {1: Row("a", {"school": "甲", "address": "一"})}
        new = {1: Row("a", {"school": "乙", "address": "一"})}
        (line,) = compare(old, new)
        self.assertEqual(
            (line.kind, line.column, line.before, line.after), ("school", "school", "甲", "乙")
        )

    def test_a_renamed_village_moves_nobody(self):
        old, new = {1: Row("a", {"village": "东村"})}, {1: Row("a", {"village": "东社区"})}
        self.assertFalse(compare(old, new))

    def test_a_renamed_school_moves_nobody(self):
        def school(name, key=None):
            return {1: Row("a", {"school": name, "school_key": key})}

        self.assertFalse(compare(school("甲", 7), school("甲中心", 7)))
        self.assertTrue(compare(school("甲", 7), school("甲", 8)))
        self.assertFalse(compare(school("甲"), school("甲", 7)))
        self.assertTrue(compare(school("甲"), school("乙", 7)))

    def test_who_came_from_or_went_to_another_unit_moved(self):
        kinds = [one.kind for one in compare({1: Row("a")}, {2: Row("a")}, {2: "z"}, {1: "z"})]
        self.assertEqual(kinds, ["moved_out", "moved_in"])

    def test_a_column_that_nobody_compares_changes_nothing(self):
        self.assertFalse(compare({1: Row("a", {"risk": "high"})}, {1: Row("a", {"risk": "low"})}))

    def test_everything_adds_up_for_units_and_villages(self):
        dice = random.Random(6)
        for _round in range(200):
            old = {child: Row(dice.choice("abc")) for child in dice.sample(range(12), 6)}
            new = {child: Row(dice.choice("abc")) for child in dice.sample(range(12), 6)}
            changes = compare(old, new, {1: "z", 2: "z"}, {3: "z", 4: "z"})
            self.assertEqual(numbers(old, changes)["closing"], len(new))
            places = of_places(old, changes)
            for place, row in places.items():
                self.assertEqual(row["closing"], sum(one.place == place for one in new.values()))
            inside = [one for one in changes if one.kind not in MEMBERSHIP]
            moved_in = sum(row["moved_in"] for row in places.values()) - len(inside)
            self.assertEqual(moved_in, numbers(old, changes)["moved_in"])


class TestChain(unittest.TestCase):
    def test_every_part_counts(self):
        digests = {
            ledger_chain.content_digest(content(**other))
            for other in (
                {},
                {"previous": "ab"},
                {"unit": "990113101000"},
                {"cutoff": date(2026, 12, 20)},
                {"number": 2},
                {"keys": (3, 5, 8)},
                {"on_time_until": datetime(2026, 9, 22, 16)},
                {"submitted_at": datetime(2026, 9, 20, 4, 0, 1)},
                {"submitted_by": 8},
                {"reason": "漏报"},
                {"statement": "无"},
                {"compared": ("ab",)},
                {"counts": (0, 1)},
                {"rows": "cd"},
                {"changes": "ab"},
            )
        }
        self.assertEqual(len(digests), 15)

    def test_the_encoding_never_changes(self):
        self.assertEqual(ledger_chain.content_digest(content())[:16], "0e25792da18ee5ee")

    def test_files_count_by_document(self):
        one, other = [("cover", "ab"), ("roster", "cd")], [("cover", "cd"), ("roster", "ab")]
        self.assertNotEqual(ledger_chain.head("ab", one), ledger_chain.head("ab", other))
