"""The words of the forms are complete, consistent, and understood as people write them."""

import re
import unittest

from hypothesis import given
from hypothesis import strategies as st

from .. import conditions
from .. import vocabulary as v

TABLES = {
    name: value
    for name, value in vars(v).items()
    if name.isupper() and isinstance(value, tuple) and isinstance(value[0], v.Term)
}


class TestTables(unittest.TestCase):
    def test_sizes_of_the_official_forms(self):
        sizes = {
            "SEX": 2,
            "ETHNICITY": 58,
            "HUKOU_KIND": 3,
            "HEALTH": 6,
            "DISABILITY_KIND": 7,
            "DISABILITY_LEVEL": 4,
        }
        sizes |= {
            "EDUCATION_STAGE": 7,
            "CARE_REASON": 3,
            "CARE_QUALITY": 3,
            "AID": 11,
            "PERSON_STATE": 7,
        }
        for name, size in sizes.items():
            self.assertEqual(len(TABLES[name]), size, name)

    def test_codes_are_selection_keys_and_words_are_unique(self):
        for name, terms in TABLES.items():
            for words in zip(*(term[:3] for term in terms), strict=True):
                self.assertEqual(len(set(words)), len(terms), name)
            for term in terms:
                self.assertRegex(term.code, r"^[a-z0-9_]{1,24}$")
                self.assertTrue(
                    term.english.isascii() and re.search("[\u4e00-\u9fff]", term.chinese)
                )

    def test_every_word_leads_back_to_its_code(self):
        for name, terms in TABLES.items():
            for term in terms:
                for word in (term.code, term.english, term.chinese, *term.synonyms):
                    self.assertEqual(v.code_of(terms, word), term.code, (name, word))
                self.assertEqual(v.chinese(terms, term.code), term.chinese)

    def test_states_and_relations_fit_their_users(self):
        self.assertEqual([term.code for term in v.PERSON_STATE], list(conditions.STATES))
        self.assertLessEqual({*v.PARENTS, *v.GRANDPARENTS}, {term.code for term in v.RELATION})

    def test_ethnicity_is_in_the_order_of_the_standard(self):
        for code, name in (
            ("01", "汉族"),
            ("06", "苗族"),
            ("15", "土家族"),
            ("56", "基诺族"),
            ("97", "其他"),
        ):
            self.assertEqual(v.chinese(v.ETHNICITY, code), name)


class TestLookUp(unittest.TestCase):
    def test_as_people_write(self):
        for terms, text, code in (
            (v.ETHNICITY, "汉", "01"),
            (v.ETHNICITY, " 土家 族 ", "15"),
            (v.RELATION, "爷爷", "paternal_grandfather"),
            (v.RELATION, "外公", "maternal_grandfather"),
            (v.RELATION, "姥姥", "maternal_grandmother"),
            (v.RELATION, "舅舅", "mother_brother"),
            (v.CARE_REASON, "父母一方外出,另一方无监护能力", "one_away"),
            (v.CARE_REASON, "父母一方外出另一方无监护能力", "one_away"),
            (v.HUKOU_KIND, "其他（无户口，居民户口）", "other"),
            (v.DISABILITY_LEVEL, "２级", "2"),
            (v.DISABILITY_KIND, "肢体残疾", "physical"),
            (v.SEX, "Male", "male"),
            (v.YES_NO, "√", "yes"),
        ):
            self.assertEqual(v.code_of(terms, text), code, text)

    def test_unknown_and_empty(self):
        for text in (None, "", "  ", "火星", "、"):
            self.assertIsNone(v.code_of(v.RELATION, text))
        self.assertEqual(v.chinese(v.SEX, False), "")
        with self.assertRaises(KeyError):
            v.chinese(v.SEX, "neither")

    def test_several_values(self):
        for text, codes, unknown in (
            ("低保、临时救助", ("subsistence", "temporary"), ()),
            ("临时救助，低保，低保", ("subsistence", "temporary"), ()),
            ("无", ("none",), ()),
            (None, (), ()),
            ("低保 和 火星补贴", ("subsistence",), ("火星补贴",)),
        ):
            self.assertEqual(v.codes_of(v.AID, text), (codes, unknown))
        self.assertEqual(v.codes_of(v.EDUCATION_STAGE, "中专及以上"), (("vocational",), ()))

    def test_selection(self):
        self.assertEqual(v.selection(v.SEX), [("male", "Male"), ("female", "Female")])

    @given(st.text())
    def test_any_text(self, text):
        self.assertIn(v.code_of(v.AID, text), (None, *(term.code for term in v.AID)))
        codes, unknown = v.codes_of(v.AID, text)
        self.assertEqual(len(set(codes)), len(codes))
        self.assertEqual(len(set(unknown)), len(unknown))
