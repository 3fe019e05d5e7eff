"""Every child and day has exactly one answer: thousands of random histories against a slow, obvious reference."""

import random
from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import SQL

from ...lib import guardian_day as rule
from ...models.guardianship.guardian_of_day import answers
from ..common import CareCase
from .histories import Family, History
from .reference import Reference

HISTORIES = 3000
DAYS = 60  # asked of each


@tagged("post_install", "-at_install")
class TestRandomHistories(CareCase):
    roles = ()

    def test_sql_and_reference_agree_on_every_day(self):
        seed = random.randrange(10**9)
        chance = random.Random(seed)
        policies = (
            {"required": True, "scope": "cross_county", "tolerance": 30},
            {"required": False, "scope": "any", "tolerance": 0, "illness": False},
        )
        asked = 0
        for _number, policy in enumerate(policies):
            self.profile.write(
                {
                    "agreement_required": policy["required"],
                    "out_scope": policy["scope"],
                    "home_tolerance_days": policy["tolerance"],
                    "incapacity_illness": policy.get("illness", True),
                }
            )
            policy["reasons"] = self.profile._incapacity_reasons()
            histories = [History(chance) for _one in range(HISTORIES // len(policies))]
            asked += self.compare(histories, policy, seed, chance)
        self.assertGreater(asked, HISTORIES * DAYS / 2)

    def compare(self, histories, policy, seed, chance):
        """Ask both of every history on some days, and of the days around every change; returns how many."""
        family = Family(self, histories)
        days = {}
        for history, child in zip(histories, family.children, strict=True):
            turns = {
                day + timedelta(days=shift)
                for one in (*history.agreements, *history.interims, *history.relations)
                for day in (one["from"], one["to"])
                if day
                for shift in (-1, 0, 1)
            }
            some = {history.day() for _one in range(DAYS - 20)}
            days[child] = sorted(some | set(chance.sample(sorted(turns), min(20, len(turns)))))
        pairs = [(child, day) for child, those in days.items() for day in those]
        found = self.env.execute_query(
            answers(
                SQL(
                    "SELECT u.child_id, %s::int AS county_id, u.day "
                    "FROM unnest(%s, %s::date[]) AS u (child_id, day)",
                    self.county.id,
                    [child for child, _day in pairs],
                    [day for _child, day in pairs],
                )
            )
        )
        told = {row[:2]: row for row in found}
        self.assertEqual(len(found), len(pairs), "exactly one answer for every child and day")
        self.assertEqual(set(told), set(pairs))
        grounds = set()
        for history, child in zip(histories, family.children, strict=True):
            reference = Reference(history, policy)
            for day in days[child]:
                _child, _day, kind, ground, guardian, _agreement, _organization = told[child, day]
                expected = reference.answer(day)
                who = family.names.get(guardian, (None, None))[1]
                self.assertEqual(
                    (kind, ground, who), expected, f"seed {seed}, {day}, child {child}"
                )
                grounds.add(ground)
        self.assertGreaterEqual(
            grounds, set(rule.GROUNDS) - {"carer"}, "histories meet every ground"
        )
        return len(pairs)
