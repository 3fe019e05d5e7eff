"""Who is a left-behind child (B-2a, L-0a, L-0b; domain.md §C.6 cases 1, 3, 4)."""

import unittest
from dataclasses import replace
from datetime import date, timedelta

from .. import conditions, eligibility
from ..eligibility import ChildFacts, ParentFacts, Policy, assess

TODAY = date(2026, 11, 20)
CHILD = ChildFacts(date(2016, 8, 18))
AWAY = ParentFacts(away_since=date(2024, 3, 5), cross_county=True)
HOME = ParentFacts()
UNABLE = ParentFacts(incapacity="severe_disability", incapacity_proved=True)
DEAD = ParentFacts(state="dead")
UNKNOWN = ParentFacts(known=False)


class Case(unittest.TestCase):
    def verdict(self, father, mother, status, reason, on=TODAY, child=CHILD, **policy):
        """Assert the answer, for the parents in both orders, and return it."""
        swapped = assess(child, mother, father, Policy(**policy), on)
        verdict = assess(child, father, mother, Policy(**policy), on)
        self.assertEqual((verdict.status, verdict.reason), (status, reason))
        self.assertEqual((swapped.status, swapped.reason), (status, reason))
        return verdict


class TestTwoParents(Case):
    def test_both_away(self):
        verdict = self.verdict(AWAY, AWAY, "eligible", "both_away")
        self.assertEqual(verdict.basis, ("father_away", "mother_away"))

    def test_one_away_and_the_other_capable(self):
        verdict = self.verdict(AWAY, HOME, "ineligible", "other_parent_capable")
        self.assertEqual(verdict.basis, ("father_away", "mother_at_home"))

    def test_nobody_away(self):
        self.verdict(HOME, HOME, "ineligible", "parent_at_home")
        self.verdict(HOME, UNABLE, "ineligible", "parent_at_home")
        self.verdict(HOME, DEAD, "ineligible", "parent_at_home")

    def test_one_away_and_the_other_unable(self):
        verdict = self.verdict(AWAY, UNABLE, "eligible", "one_away_other_incapable")
        self.assertEqual(verdict.basis, ("father_away", "mother_incapable"))

    def test_one_away_and_the_other_absent(self):
        for state in conditions.ABSENT_STATES:
            verdict = self.verdict(
                ParentFacts(state=state), AWAY, "eligible", "one_away_other_absent"
            )
            self.assertEqual(verdict.basis, (f"father_{state}", "mother_away"))

    def test_nobody_left_to_care_goes_to_the_other_review(self):
        self.verdict(UNABLE, UNABLE, "ineligible", "both_incapable")
        self.verdict(UNABLE, DEAD, "ineligible", "both_incapable")
        self.verdict(DEAD, DEAD, "ineligible", "both_incapable")

    def test_unknown_parents(self):
        self.verdict(UNKNOWN, UNKNOWN, "suspected", "parents_unknown")
        self.verdict(UNKNOWN, AWAY, "suspected", "parents_unknown")
        self.verdict(ParentFacts(state="unknown"), DEAD, "suspected", "parents_unknown")

    def test_a_capable_parent_at_home_settles_it(self):
        self.verdict(UNKNOWN, HOME, "ineligible", "parent_at_home")


class TestIncapacity(Case):
    def test_without_evidence_the_township_verifies(self):
        ill = ParentFacts(incapacity="severe_illness")
        verdict = self.verdict(ill, AWAY, "suspected", "incapacity_unproved")
        self.assertEqual(verdict.basis, ("father_incapacity_unproved", "mother_away"))

    def test_census_words(self):
        for text, status, reason in (
            ("重度残疾（二级）", "eligible", "one_away_other_incapable"),
            ("精神残疾三级", "eligible", "one_away_other_incapable"),
            ("肢体残疾三级", "ineligible", "other_parent_capable"),
            ("重病", "suspected", "incapacity_unproved"),
            ("正常", "ineligible", "other_parent_capable"),
            ("服刑", "eligible", "one_away_other_absent"),
            ("不详", "suspected", "parents_unknown"),
        ):
            words = eligibility.parse_condition(text)
            mother = ParentFacts(
                state=words.state, incapacity=words.incapacity, incapacity_proved=words.proved
            )
            self.verdict(AWAY, mother, status, reason)

    def test_who_works_away_is_away_even_when_ill(self):
        self.verdict(AWAY, replace(AWAY, incapacity="severe_illness"), "eligible", "both_away")

    def test_proved_incapacity_outweighs_a_doubt_about_the_work(self):
        mother = replace(UNABLE, away_since=TODAY, cross_county=True)
        self.verdict(AWAY, mother, "eligible", "one_away_other_incapable")

    def test_parent_under_eighteen(self):
        young = ParentFacts(minor=True)
        self.verdict(AWAY, young, "suspected", "incapacity_unproved")
        self.verdict(
            AWAY, replace(young, incapacity_proved=True), "eligible", "one_away_other_incapable"
        )


class TestWorkAway(Case):
    def test_six_months(self):
        late = ParentFacts(away_since=date(2026, 5, 21), cross_county=True)
        verdict = self.verdict(AWAY, late, "suspected", "not_long_enough")
        self.assertEqual(verdict.basis[1], "mother_away_not_long")
        self.assertEqual(verdict.review_on, date(2026, 11, 21))
        self.verdict(AWAY, late, "eligible", "both_away", on=date(2026, 11, 21))

    def test_months_can_be_switched_off(self):
        today = ParentFacts(away_since=TODAY, cross_county=True)
        self.verdict(today, today, "suspected", "not_long_enough")
        self.verdict(today, today, "eligible", "both_away", out_min_months=0)
        self.verdict(today, today, "eligible", "both_away", count_from_departure=True)

    def test_scope_can_be_switched_off(self):
        near = replace(AWAY, cross_county=False)
        verdict = self.verdict(near, AWAY, "ineligible", "other_parent_capable")
        self.assertEqual(verdict.basis, ("father_away_in_county", "mother_away"))
        self.verdict(near, AWAY, "eligible", "both_away", out_scope="any")
        self.verdict(near, near, "ineligible", "parent_at_home")

    def test_unverified(self):
        undated, unplaced = (
            ParentFacts(away=True, cross_county=True),
            replace(AWAY, cross_county=None),
        )
        self.verdict(AWAY, undated, "suspected", "away_unverified")
        self.verdict(AWAY, undated, "eligible", "both_away", out_min_months=0)
        self.verdict(AWAY, unplaced, "suspected", "away_unverified")
        self.verdict(AWAY, unplaced, "eligible", "both_away", out_scope="any")

    def test_return_for_good(self):
        back = replace(AWAY, away_until=TODAY)
        self.verdict(back, AWAY, "ineligible", "other_parent_capable")
        self.verdict(back, AWAY, "eligible", "both_away", on=TODAY - timedelta(days=1))

    def test_holiday_at_home(self):
        visit = replace(AWAY, home_since=date(2026, 10, 21))
        self.assertEqual(
            self.verdict(visit, AWAY, "eligible", "both_away").review_on, date(2026, 11, 21)
        )
        self.verdict(visit, AWAY, "ineligible", "other_parent_capable", on=date(2026, 11, 21))
        self.verdict(visit, AWAY, "ineligible", "other_parent_capable", home_tolerance_days=29)

    def test_a_stay_before_the_departure_is_no_visit(self):
        self.verdict(replace(AWAY, home_since=date(2024, 1, 1)), AWAY, "eligible", "both_away")

    def test_disabled_father_returns_and_the_mother_stays_away(self):
        back = replace(
            UNABLE, away_since=date(2020, 1, 1), away_until=date(2026, 11, 1), cross_county=True
        )
        self.verdict(back, AWAY, "eligible", "one_away_other_incapable")

    def test_departure_in_the_future(self):
        leaving = ParentFacts(away_since=date(2026, 12, 1), cross_county=True)
        verdict = self.verdict(leaving, AWAY, "ineligible", "other_parent_capable")
        self.assertEqual(verdict.review_on, date(2026, 12, 1))


class TestAge(Case):
    def test_sixteen_today(self):
        child = ChildFacts(date(2010, 11, 20))
        self.verdict(AWAY, AWAY, "ineligible", "too_old", child=child)
        verdict = self.verdict(
            AWAY, AWAY, "eligible", "both_away", child=child, on=date(2026, 11, 19)
        )
        self.assertEqual(verdict.review_on, TODAY)
        self.verdict(AWAY, AWAY, "eligible", "both_away", child=child, age_reached_on="day_after")
        self.verdict(AWAY, AWAY, "eligible", "both_away", child=child, age_limit=18)

    def test_no_birth_date(self):
        self.verdict(AWAY, AWAY, "suspected", "birth_date_unknown", child=ChildFacts())

    def test_not_born(self):
        self.verdict(AWAY, AWAY, "ineligible", "not_born", child=ChildFacts(date(2026, 11, 21)))
        self.verdict(AWAY, AWAY, "eligible", "both_away", child=ChildFacts(TODAY))
