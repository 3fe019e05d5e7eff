"""What a census row says, and every way in which it can be wrong."""

import unittest
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from .. import census_rows
from ..census_file import read_rows
from ..census_findings import ERRORS, WARNINGS
from ..eligibility import Policy
from .census import AS_OF, COLUMNS, SETTING, good, number, read

NO_MOTHER_AWAY = {"mother_work_place": None, "mother_away_since": None}
ONE_AWAY = {**NO_MOTHER_AWAY, "care_reason": "父母一方外出"}


def codes(row):
    """Return {code of a finding: column it stands in}."""
    return {finding.code: finding.column for finding in row.findings}


class TestGoodRow(unittest.TestCase):
    def test_nothing_is_found(self):
        row = read()
        self.assertEqual((row.status, row.findings), ("ok", []))
        self.assertEqual((row.township, row.village), ("T1", "V1"))

    def test_values_are_those_of_the_ledger(self):
        row = read(
            health="残疾", disability_kind="肢体", disability_level="二级", aid="低保、临时救助"
        )
        self.assertEqual(row.values["sex"], "female")
        self.assertEqual(row.values["birth_date"], date(2016, 8, 18))
        self.assertEqual(row.values["care_reason"], "both_away")
        self.assertEqual(row.health, ("disabled", "physical", "2"))
        self.assertEqual(row.aids, ("subsistence", "temporary"))
        self.assertEqual(row.father.away_since, date(2022, 12, 31))
        self.assertIs(row.father.outside, True)
        self.assertEqual(row.carer.relation, "paternal_grandfather")

    def test_untidy_cells_are_read(self):
        for cells in (
            {"birth_date": "2016年08月18日"},
            {"birth_date": "2016.8.18"},
            {"birth_date": "２０１６／８／１８"},
            {"birth_date": "20160818"},
            {"birth_date": 42600},
            {"birth_date": None},
            {"name": " 萧　英 "},
            {"id_number": f" {number()[:6]} {number()[6:]}"},
            {"id_number": number().translate(str.maketrans("0123456789", "０１２３４５６７８９"))},
            {"sex": "女孩"},
            {"sex": None},
            {"father_phone": "174 3580 0699"},
            {"father_away_since": "2022年12月"},
            {"township": "圣灯山镇人民政府"},
            {"village": "永隆村村民委员会"},
        ):
            row = read(**cells)
            self.assertEqual(row.status, "ok", cells)
            self.assertEqual(row.values["name"], "萧英")
            self.assertEqual(row.values["birth_date"], date(2016, 8, 18))
            self.assertEqual(row.id_number, number())

    def test_an_empty_cell_states_nothing(self):
        values = read(address=None, health=None, aid=None, care_reason=None).values
        self.assertFalse({"address", "note", "care_reason"} & values.keys())
        self.assertIsNone(read(health=None).health)
        self.assertIsNone(read(aid=None).aids)


class TestErrors(unittest.TestCase):
    def _refused(self, code, column, setting=SETTING, **cells):
        row = read(5, setting, **cells)
        self.assertEqual(row.status, "error", cells)
        self.assertEqual(codes(row).get(code), column, cells)

    def test_name(self):
        self._refused("missing_name", "name", name=None)
        self._refused("missing_name", "name", name="　")

    def test_number(self):
        self._refused("bad_check_digit", "id_number", id_number=number()[:17] + "1")
        self._refused("number_malformed", "id_number", id_number="12345")
        self._refused(
            "number_malformed", "id_number", id_number=f"{number()[:10]}1332{number()[14:]}"
        )
        self._refused("missing_number", "id_number", id_number=None)

    def test_number_that_excel_has_destroyed(self):
        for cell in (5.001992016081873e17, 500199201608187300, "5.00199E+17"):
            self._refused("id_stored_as_number", "id_number", id_number=cell)

    def test_birth_date(self):
        self._refused("birth_date_contradicts_id", "birth_date", birth_date="2016-08-19")
        self._refused(
            "missing_birth_date", "birth_date", birth_date=None, id_number=None, note="无户口"
        )
        self._refused(
            "birth_date_unreadable", "birth_date", birth_date="不详", id_number=None, note="无"
        )
        self._refused(
            "not_born", "birth_date", birth_date="2026-11-21", id_number=number("20261121")
        )

    def test_age_counts_on_the_day_of_the_census(self):
        born = date(2010, 11, 20)
        cells = {"birth_date": born.isoformat(), "id_number": number(f"{born:%Y%m%d}")}
        self._refused("over_age", "birth_date", **cells)
        for setting in (
            replace(SETTING, as_of=date(2026, 11, 19)),
            replace(SETTING, policy=Policy(age_reached_on="day_after")),
            replace(SETTING, policy=Policy(age_limit=18)),
        ):
            self.assertEqual(read(5, setting, **cells).status, "ok", setting)

    def test_sex(self):
        self._refused("sex_contradicts_id", "sex", sex="男")
        self._refused("missing_sex", "sex", sex=None, id_number=None, note="无户口")

    def test_place(self):
        self._refused("unknown_village", "village", village="不存在村")
        self._refused("ambiguous_village", "village", village="红光")
        self._refused("missing_village", "village", village=None)
        self._refused("unknown_township", "township", township="龙兴镇")
        self._refused("missing_township", "township", township=None)

    def test_the_other_parent_is_able_to_care(self):
        self._refused("other_parent_capable", "mother_condition", **ONE_AWAY)
        self._refused("other_parent_capable", "mother_work_place", mother_work_place="重庆市巴南区")
        self._refused(
            "other_parent_capable", "mother_condition", **{**ONE_AWAY, "mother_condition": None}
        )

    def test_no_parent_is_away(self):
        father = {"father_work_place": None, "father_away_since": None}
        self._refused("parent_at_home", "father_condition", **{**ONE_AWAY, **father})
        unable = {"mother_condition": "重残一级", "father_condition": "精神残疾三级"}
        self._refused("both_incapable", "father_condition", **{**ONE_AWAY, **father, **unable})

    def test_every_finding_can_be_ranked(self):
        self.assertEqual(len({*ERRORS, *WARNINGS}), len(ERRORS) + len(WARNINGS))
        row = read(name=None, village="不存在村", sex="男")
        self.assertEqual(
            [finding.code for finding in row.ranked],
            ["unknown_village", "missing_name", "sex_contradicts_id"],
        )


class TestEligible(unittest.TestCase):
    def test_one_away_and_the_other_unable(self):
        for condition in ("重度残疾（二级）", "精神残疾三级", "死亡", "服刑", "失踪"):
            self.assertEqual(
                read(**{**ONE_AWAY, "mother_condition": condition}).status, "ok", condition
            )

    def test_what_is_not_proved_is_imported_with_a_warning(self):
        row = read(**{**ONE_AWAY, "mother_condition": "重病"})
        self.assertEqual(codes(row), {"incapacity_unproved": "mother_condition"})
        self.assertEqual(row.status, "warning")

    def test_a_ground_that_the_district_does_not_know_counts_for_nothing(self):
        setting = replace(SETTING, incapacities=frozenset({"severe_disability"}))
        row = read(5, setting, **{**ONE_AWAY, "mother_condition": "重病"})
        self.assertEqual(codes(row), {"other_parent_capable": "mother_condition"})

    def test_work_inside_the_county_counts_where_the_district_says_so(self):
        setting = replace(SETTING, policy=Policy(out_scope="any"))
        self.assertEqual(read(5, setting, mother_work_place="本区").status, "ok")

    def test_away_without_a_date_or_a_place_is_to_be_verified(self):
        self.assertEqual(
            codes(read(mother_away_since=None)), {"away_unverified": "mother_away_since"}
        )
        self.assertEqual(codes(read(**NO_MOTHER_AWAY)), {"away_unverified": "mother_away_since"})
        self.assertTrue(read(**NO_MOTHER_AWAY).mother.away)

    def test_who_left_too_recently_is_to_be_verified(self):
        row = read(father_away_since="2026-10-01")
        self.assertEqual(codes(row), {"not_long_enough": "father_away_since"})

    def test_a_parent_of_whom_nothing_is_known(self):
        row = read(
            father_name=None, father_id_number=None, father_phone=None, father_condition="死亡"
        )
        self.assertEqual(codes(row), {"parents_unknown": "father_name"})
        self.assertEqual(row.values["parents_note"], "死亡")


class TestWarnings(unittest.TestCase):
    def _warned(self, code, column, **cells):
        row = read(**cells)
        self.assertEqual((row.status, codes(row).get(code)), ("warning", column), cells)
        return row

    def test_no_number_but_a_reason(self):
        row = self._warned("no_id_with_reason", "id_number", id_number=None, note="未办理户口登记")
        self.assertEqual(row.values["no_id_reason"], "未办理户口登记")
        self.assertEqual(row.values["birth_date"], date(2016, 8, 18))

    def test_carer_under_18_is_left_out(self):
        row = self._warned(
            "carer_under_18", "carer_id_number", carer_id_number=number("20081121", "267")
        )
        self.assertIsNone(row.carer)
        self.assertEqual(read(carer_id_number=number("20081120", "267")).status, "ok")

    def test_a_parent_is_no_carer(self):
        self.assertIsNone(
            self._warned("carer_is_parent", "carer_name", carer_relation="父亲").carer
        )
        same = self._warned(
            "carer_is_parent", "carer_name", carer_id_number=good()["mother_id_number"]
        )
        self.assertIsNone(same.carer)

    def test_numbers_of_adults(self):
        wrong = good()["father_id_number"][:17] + "0"
        doubtful = self._warned("adult_number_doubtful", "father_id_number", father_id_number=wrong)
        self.assertEqual(doubtful.father.number, wrong)
        for code, cell in (
            ("adult_number_malformed", "12345"),
            ("adult_number_destroyed", 5.001991986080956e17),
        ):
            row = self._warned(code, "father_id_number", father_id_number=cell)
            self.assertEqual((row.father.name, row.father.number), ("萧泽志", ""))
        self._warned("adult_sex", "mother_id_number", mother_id_number=number("19911023", "291"))

    def test_cells_that_say_nothing_readable_are_left_out(self):
        self.assertEqual(
            self._warned("phone_unreadable", "father_phone", father_phone="无").father.phone, ""
        )
        self._warned("date_unreadable", "father_away_since", father_away_since="去年春天")
        self._warned("unknown_word", "health", health="壮")
        self._warned("unknown_word", "carer_relation", carer_relation="干爹")
        self._warned("birth_date_ignored", "birth_date", birth_date="不详")
        nameless = self._warned("adult_nameless", "carer_name", carer_name=None)
        self.assertIsNone(nameless.carer)

    def test_unknown_aid_stays_in_the_row(self):
        row = read(aid="低保、扶贫贷款")
        self.assertEqual((row.status, row.aids), ("ok", ("subsistence",)))
        self.assertEqual(row.raw["aid"], "低保、扶贫贷款")


class TestFile(unittest.TestCase):
    def _statuses(self, *rows):
        read_all = read_rows(list(enumerate(rows, 5)), SETTING)
        return [(row.status, codes(row)) for row in read_all]

    def test_of_two_rows_with_one_number_the_first_is_taken(self):
        rows = read_rows([(5, good()), (9, good(name="萧文"))], SETTING)
        self.assertEqual([row.status for row in rows], ["ok", "error"])
        self.assertEqual(rows[1].findings[-1].params, {"row": 5})

    def test_the_first_is_taken_even_where_it_is_wrong(self):
        first, second = self._statuses(good(village="不存在村"), good())
        self.assertEqual((first[0], second[0]), ("error", "error"))
        self.assertIn("duplicate_in_file", second[1])

    def test_one_child_without_a_number_twice(self):
        row = good(id_number=None, note="未办理户口登记")
        statuses = self._statuses(row, row, {**row, "name": "萧文"})
        self.assertEqual([status for status, _found in statuses], ["warning", "error", "warning"])

    def test_an_adult_with_the_number_of_a_child(self):
        first, second = self._statuses(
            good(), good(id_number=number(serial="732"), father_id_number=number())
        )
        self.assertEqual(first, ("ok", {}))
        self.assertEqual(second[1]["adult_number_of_child"], "father_id_number")

    def test_one_number_with_two_names(self):
        twin = number(serial="732")
        first, second = self._statuses(good(), good(id_number=twin, father_name="萧某"))
        self.assertEqual(first, ("ok", {}))
        self.assertEqual(second, ("warning", {"adult_name_differs": "father_name"}))


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=True, allow_infinity=True),
    st.sampled_from(list(good().values())),
)


class TestAnything(unittest.TestCase):
    @given(st.dictionaries(st.sampled_from([column.code for column in COLUMNS]), CELLS))
    def test_no_cell_breaks_the_import(self, cells):
        row = read(**cells)
        self.assertIn(row.status, ("ok", "warning", "error"))
        for finding in row.ranked:
            self.assertIn(finding.severity, ("error", "warning"))
        if row.status != "error":
            self.assertTrue({"name", "birth_date", "sex"} <= row.values.keys())
            self.assertTrue(row.id_number or row.values["no_id_reason"])
            self.assertLess(row.values["birth_date"], AS_OF)
            self.assertGreater(census_rows.birthday(row.values["birth_date"], 16), AS_OF)
