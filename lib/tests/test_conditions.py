"""What the words about a parent mean (L-0b; domain.md §B.12, §C.6 case 4)."""

import itertools
import unittest

from hypothesis import given
from hypothesis import strategies as st

from .. import conditions, vocabulary
from ..conditions import parse_condition


class TestIncapacityFromDisability(unittest.TestCase):
    def test_every_kind_and_level(self):
        kinds = [term.code for term in vocabulary.DISABILITY_KIND]
        levels = [term.code for term in vocabulary.DISABILITY_LEVEL]
        for kind, level in itertools.product(kinds, levels):
            severe = level in ("1", "2") or kind in ("intellectual", "mental")
            self.assertEqual(
                conditions.incapacity_from_disability(kind, level), severe, (kind, level)
            )

    def test_unknown(self):
        self.assertFalse(conditions.incapacity_from_disability("mental", None))
        self.assertFalse(conditions.incapacity_from_disability(None, "3"))
        self.assertTrue(conditions.incapacity_from_disability(None, "2"))
        self.assertTrue(conditions.incapacity_from_disability("physical", 1))


class TestParseCondition(unittest.TestCase):
    def test_states(self):
        for text, state in (
            ("正常", "normal"),
            ("", "normal"),
            (None, "normal"),
            ("死亡", "dead"),
            ("2019年病故", "dead"),
            ("失踪", "missing"),
            ("失联", "lost_contact"),
            ("下落不明", "lost_contact"),
            ("服刑", "imprisoned"),
            ("在押", "imprisoned"),
            ("强制戒毒", "rehab"),
            ("强制隔离戒毒", "rehab"),
            ("不详", "unknown"),
            ("未服刑", "normal"),
        ):
            self.assertEqual(parse_condition(text).state, state, text)

    def test_every_word_of_the_vocabulary_is_understood(self):
        for term in vocabulary.PERSON_STATE:
            for word in (term.chinese, *term.synonyms):
                self.assertEqual(parse_condition(word).state, term.code, word)

    def test_disability(self):
        for text, *expected in (
            ("重度残疾（二级）", None, "2", "severe_disability", True),
            ("重度残疾", None, None, "severe_disability", False),
            ("重残", None, None, "severe_disability", False),
            ("肢体残疾一级", "physical", "1", "severe_disability", True),
            ("肢体残疾三级", "physical", "3", None, False),
            ("精神残疾三级", "mental", "3", "severe_disability", True),
            ("智力残疾 ４ 级", "intellectual", "4", "severe_disability", True),
            ("听力四级残疾", "hearing", "4", None, False),
            ("残疾三级", None, "3", "severe_disability", False),
            ("肢体残疾", "physical", None, None, False),
            ("无残疾", None, None, None, False),
        ):
            condition = parse_condition(text)
            found = [
                condition.disability_kind,
                condition.disability_level,
                condition.incapacity,
                condition.proved,
            ]
            self.assertEqual(found, expected, text)

    def test_illness_and_other_grounds_need_evidence(self):
        for text, incapacity in (
            ("重病", "severe_illness"),
            ("患重大疾病", "severe_illness"),
            ("无监护能力", "other"),
            ("丧失民事行为能力", "other"),
            ("无重病", None),
            ("慢性病", None),
        ):
            condition = parse_condition(text)
            self.assertEqual((condition.incapacity, condition.proved), (incapacity, False), text)

    @given(st.text())
    def test_any_text_has_a_condition_within_the_vocabulary(self, text):
        condition = parse_condition(text)
        self.assertIn(condition.state, conditions.STATES)
        self.assertIn(condition.incapacity, (None, *conditions.INCAPACITIES))
        self.assertTrue(condition.incapacity or not condition.proved)
