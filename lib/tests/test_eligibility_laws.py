"""What holds for every family, every policy and every day: the laws of `eligibility.assess`."""

import unittest
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from .. import conditions, eligibility
from ..eligibility import ChildFacts, ParentFacts, Policy, assess

RANK = {"ineligible": 0, "suspected": 1, "eligible": 2}
DAYS = st.dates(date(2026, 1, 1), date(2027, 6, 30))
PARENTS = st.builds(
    ParentFacts,
    known=st.sampled_from([True, True, True, False]),
    state=st.sampled_from(["normal"] * 6 + list(conditions.STATES)),
    away_since=st.none() | DAYS,
    away_until=st.none() | DAYS,
    cross_county=st.sampled_from([None, True, True, False]),
    home_since=st.none() | DAYS,
    incapacity=st.sampled_from([None, None, *conditions.INCAPACITIES]),
    incapacity_proved=st.booleans(),
    minor=st.booleans(),
    away=st.sampled_from([None, True, False]),
)
CHILDREN = st.builds(ChildFacts, st.none() | st.dates(date(2010, 6, 1), date(2027, 1, 1)))
POLICIES = st.builds(
    Policy,
    age_limit=st.sampled_from([14, 16, 18]),
    age_reached_on=st.sampled_from(["birthday", "day_after"]),
    out_min_months=st.integers(0, 12),
    out_scope=st.sampled_from(["cross_county", "any"]),
    home_tolerance_days=st.integers(0, 90),
    count_from_departure=st.booleans(),
)


class TestLaws(unittest.TestCase):
    @given(CHILDREN, PARENTS, PARENTS, POLICIES, DAYS)
    def test_the_answer_has_a_name_and_does_not_depend_on_who_is_who(
        self, child, one, other, policy, on
    ):
        verdict = assess(child, one, other, policy, on)
        swapped = assess(child, other, one, policy, on)
        self.assertIn(verdict.status, eligibility.STATUSES)
        self.assertIn(verdict.reason, eligibility.REASONS)
        self.assertEqual((verdict.status, verdict.reason), (swapped.status, swapped.reason))

    @given(CHILDREN, PARENTS, PARENTS, POLICIES, DAYS, st.data())
    def test_a_wider_policy_never_excludes(self, child, father, mother, policy, on, data):
        wider = data.draw(
            st.sampled_from(
                [
                    replace(policy, age_limit=policy.age_limit + 1),
                    replace(policy, age_reached_on="day_after"),
                    replace(policy, out_min_months=policy.out_min_months // 2),
                    replace(policy, out_scope="any"),
                    replace(policy, home_tolerance_days=policy.home_tolerance_days + 15),
                    replace(policy, count_from_departure=True),
                ]
            )
        )
        narrow = assess(child, father, mother, policy, on)
        wide = assess(child, father, mother, wider, on)
        self.assertGreaterEqual(RANK[wide.status], RANK[narrow.status], (narrow, wide))

    @given(CHILDREN, PARENTS, PARENTS, POLICIES, DAYS)
    def test_evidence_never_excludes(self, child, father, mother, policy, on):
        before = assess(child, father, mother, policy, on)
        after = assess(child, replace(father, incapacity_proved=True), mother, policy, on)
        if RANK[after.status] < RANK[before.status]:
            # Only towards the neighbouring category: both parents are now known to be unable to care.
            self.assertEqual((before.status, after.reason), ("suspected", "both_incapable"))

    @given(CHILDREN, PARENTS, PARENTS, POLICIES, DAYS, st.integers(0, 400))
    def test_nothing_changes_before_the_review_day(self, child, father, mother, policy, on, days):
        verdict = assess(child, father, mother, policy, on)
        later = on + timedelta(days=days)
        if verdict.review_on is None or later < verdict.review_on:
            self.assertEqual(assess(child, father, mother, policy, later), verdict)

    @given(CHILDREN, PARENTS, PARENTS, POLICIES, DAYS)
    def test_the_review_day_lies_ahead(self, child, father, mother, policy, on):
        review_on = assess(child, father, mother, policy, on).review_on
        self.assertTrue(review_on is None or review_on > on)
