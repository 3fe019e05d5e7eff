"""The summary table has the columns of the official form, and its numbers tie out (domain.md §B.2.3)."""

import unittest
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from .. import ages, summary
from .. import vocabulary as words

DAY = date(2026, 9, 20)

# The form as it is printed, block by block.
FORM = """
0–5周岁 小计 男 女 / 6–13周岁 小计 男 女 / 14–16周岁 小计 男 女 / 未采集
学龄前 幼儿园 小学 初中 高中 中专及以上 其他 未采集
农村居民户口 城镇居民户口 其他 未采集
健康 一般或较弱 重病 慢性病 残疾 其他 未采集
寄宿生 非寄宿生 未采集
父母双方同时外出 父母一方外出另一方无监护能力 父母双方无监护能力 未采集
祖父母外祖父母 亲戚朋友 无委托照料人
较好 一般 差 未采集
建档立卡 低保 特困供养 临时救助 医疗救助 住房救助 残疾人生活补助 残疾人护理补助 孤儿津贴 其他 无
"""
BLOCKS = (
    "年龄段",
    "教育情况",
    "户籍性质",
    "健康状况",
    "寄宿情况",
    "委托照料原因",
    "实际监护情况",
    "监护情况",
    "救助措施",
)


def _codes(terms):
    return st.none() | st.sampled_from([*(term.code for term in terms), "left_the_list"])


def _aid(codes):
    return ",".join(sorted(codes)) or None


ROWS = st.fixed_dictionaries(
    {
        "birth_date": st.none() | st.dates(date(2008, 1, 1), DAY),
        "sex": st.none() | st.sampled_from(["male", "female"]),
        "education": _codes(words.EDUCATION_STAGE),
        "hukou_kind": _codes(words.HUKOU_KIND),
        "health": _codes(words.HEALTH),
        "boarding": st.none() | st.sampled_from(["yes", "no"]),
        "care_reason": _codes(words.CARE_REASON),
        "carer_relation": _codes(words.RELATION),
        "carer_name": st.none() | st.just("李成年"),
        "care_quality": _codes(words.CARE_QUALITY),
        "aid": st.sets(st.sampled_from([term.code for term in words.AID])).map(_aid),
    }
)


class TestColumns(unittest.TestCase):
    def test_columns_are_those_of_the_form_in_its_order(self):
        expected = [("区域",), ("数量",), ("占总统计量%",)]
        for block, line in zip(BLOCKS, FORM.strip().splitlines(), strict=True):
            for part in line.split(" / "):
                first, *rest = part.split(" ")
                if rest[:1] == ["小计"]:
                    expected += [(block, first, word) for word in rest]
                else:
                    expected += [(block, word) for word in (first, *rest)]
        self.assertEqual(list(summary.HEADINGS), expected)
        self.assertEqual(len(summary.HEADINGS), 57)

    def test_every_test_names_a_value_of_its_fact(self):
        terms = {fact.code: {term.code for term in fact.terms} for fact in summary.FACTS}
        for figure in summary.FIGURES:
            for fact, code in figure.tests:
                self.assertTrue(code is None or code in terms[fact], figure)


class TestFacts(unittest.TestCase):
    def test_age_is_that_of_the_day_of_the_report(self):
        fourteen_tomorrow = date(2012, 9, 21)
        self.assertEqual(summary.age_band(fourteen_tomorrow, DAY), "6_13")
        self.assertEqual(summary.age_band(fourteen_tomorrow, DAY + timedelta(days=1)), "14_16")

    def test_the_last_band_holds_who_is_still_on_the_ledger_at_16(self):
        self.assertEqual(summary.age_band(date(2010, 9, 10), DAY), "14_16")

    def test_bands_agree_with_ages(self):
        for years in range(0, 17):
            birth = ages.add_months(DAY, -12 * years)
            band = "0_5" if years < 6 else "6_13" if years < 14 else "14_16"
            self.assertEqual(summary.age_band(birth, DAY), band, years)

    def test_who_looks_after_the_child(self):
        for relation in words.GRANDPARENTS:
            self.assertEqual(summary.carer_group(relation, True), "grandparents")
        for relation in ("mother_brother", "neighbour", "teacher", "institution"):
            self.assertEqual(summary.carer_group(relation, True), "relatives_friends")
        self.assertEqual(summary.carer_group(None, False), "none")

    def test_a_word_that_left_the_list_counts_as_not_collected(self):
        facts = summary.facts_of({"health": "plague"}, DAY)
        self.assertIsNone(facts["health"])

    def test_a_child_with_two_aids_counts_in_both_and_one_without_as_none(self):
        for aid, words_of_form in (("subsistence,medical", ["低保", "医疗救助"]), (None, ["无"])):
            counts = summary.count([{"aid": aid}], DAY)
            of_aid = [
                figure.headings[1]
                for figure, number in zip(summary.FIGURES, counts, strict=True)
                if number and figure.headings[0] == "救助措施"
            ]
            self.assertEqual(of_aid, words_of_form)


class TestTotals(unittest.TestCase):
    @given(st.lists(ROWS, max_size=12))
    def test_every_block_but_aid_adds_up_to_the_number_of_children(self, rows):
        counts = summary.count(rows, DAY)
        self.assertEqual(set(summary.blocks()), set(BLOCKS) - {"救助措施"})
        for block, positions in summary.blocks().items():
            self.assertEqual(sum(counts[position] for position in positions), len(rows), block)

    @given(st.lists(ROWS, max_size=12))
    def test_boys_and_girls_are_within_their_band(self, rows):
        counts = summary.count(rows, DAY)
        known = sum(1 for row in rows if row["sex"] and row["birth_date"])
        boys_and_girls = [n for n in range(len(counts)) if len(summary.FIGURES[n].tests) == 2]
        self.assertEqual(sum(counts[position] for position in boys_and_girls), known)

    @given(st.lists(ROWS, max_size=8), st.lists(ROWS, max_size=8))
    def test_two_areas_together_count_what_each_counts(self, here, there):
        both = summary.count(here + there, DAY)
        pairs = zip(summary.count(here, DAY), summary.count(there, DAY), strict=True)
        self.assertEqual(both, [one + other for one, other in pairs])
