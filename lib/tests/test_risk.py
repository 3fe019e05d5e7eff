"""Points, knock-outs, levels and months of assessment (domain.md §B.11)."""

import unittest
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from .. import risk
from ..risk import Item, Option

AGE = Item(10, {1: Option(3), 2: Option(5), 3: Option(10)})
HAZARDS = Item(10, {4: Option(0), 5: Option(4), 6: Option(8)}, several=True)
CARE = Item(0, {7: Option(), 8: Option(knock_out=True)}, several=True)
CARD = {"age": AGE, "hazards": HAZARDS, "care": CARE}
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
MONTHS = st.lists(st.integers(1, 12), min_size=1)


def judge(answers, items=None):
    return risk.judge(items or CARD, answers, 75, 50)


class TestScore(unittest.TestCase):
    def test_points_are_shares_of_what_could_be_reached(self):
        self.assertEqual(judge({"age": [3], "hazards": [4], "care": [7]}).score, 100)
        self.assertEqual(judge({"age": [1], "hazards": [4], "care": [7]}).score, 65)

    def test_each_hazard_takes_points_off_but_never_more_than_there_are(self):
        self.assertEqual(judge({"hazards": [5]}).score, 60)
        self.assertEqual(judge({"hazards": [5, 6]}).score, 0)

    def test_a_weight_counts_its_item_more_often(self):
        heavy = {**CARD, "age": AGE._replace(weight=3)}
        self.assertEqual(judge({"age": [1], "hazards": [4]}, heavy).score, 47.5)

    def test_levels_begin_at_their_thresholds(self):
        half = {"one": Item(100, {n: Option(n) for n in range(101)})}
        levels = [judge({"one": [n]}, half).level for n in (49, 50, 74, 75)]
        self.assertEqual(levels, ["high", "medium", "medium", "low"])

    def test_a_knock_out_is_high_at_once(self):
        verdict = judge({"age": [3], "hazards": [4], "care": [8]})
        self.assertEqual((verdict.score, verdict.level, verdict.knock_outs), (100, "high", (8,)))

    def test_what_is_missing_is_named_in_the_order_of_the_form(self):
        self.assertEqual(judge({"hazards": [4]}).missing, ("age", "care"))
        self.assertEqual(judge({}), (None, None, (), ("age", "hazards", "care")))

    def test_answers_of_other_cards_count_for_nothing(self):
        self.assertEqual(judge({"age": [99], "other": [1]}), judge({}))

    @given(st.dictionaries(st.sampled_from(list(CARD)), st.lists(st.integers(1, 8))))
    def test_a_score_lies_between_0_and_100(self, answers):
        score = judge(answers).score
        self.assertTrue(score is None or 0 <= score <= 100)


class TestNextMonth(unittest.TestCase):
    @given(DAYS, MONTHS)
    def test_it_is_the_first_month_of_assessment_that_the_last_one_was_not_made_for(
        self, last, months
    ):
        start = risk.next_month(last, months)
        self.assertIn(start.month, months)
        self.assertEqual(start.day, 1)
        self.assertTrue(risk.EARLY_DAYS < (start - last).days <= 366 + risk.EARLY_DAYS)

    def test_an_assessment_is_never_made_for_two_months(self):
        self.assertEqual(risk.next_month(date(2026, 3, 31), [3, 9]), date(2026, 9, 1))
        self.assertEqual(risk.next_month(date(2026, 1, 29), [3, 9]), date(2026, 3, 1))
        self.assertEqual(risk.next_month(date(2026, 1, 30), [3, 9]), date(2026, 9, 1))

    def test_no_months_no_day(self):
        self.assertIsNone(risk.next_month(date(2026, 1, 1), []))
        self.assertIsNone(risk.next_month(date(2026, 1, 1), [13]))
