"""Random lives in real steps: whatever is decided in whatever order, the answer of every day is the reference's."""

import random
from datetime import date, timedelta

from odoo.tests import tagged
from odoo.tests.common import freeze_time
from odoo.tools import SQL

from ...models.guardianship.guardian_of_day import answers
from .common import AgreementCase
from .lives import Life
from .reference import Reference

LIVES, STEPS = 12, 14
BEGIN, DAYS = date(2026, 1, 5), 900


@tagged("post_install", "-at_install")
@freeze_time(BEGIN)
class TestRandomSteps(AgreementCase):
    def test_decisions_in_any_order(self):
        seed = random.randrange(10**9)
        chance = random.Random(seed)
        self.profile.write({"agreement_required": True, "home_tolerance_days": 0})
        policy = {
            "required": True,
            "scope": self.profile.out_scope,
            "tolerance": 0,
            "reasons": self.profile._incapacity_reasons(),
        }
        taken = 0
        for number in range(LIVES):
            with self.env.cr.savepoint() as point:
                taken += self.live(Life(self, chance, BEGIN), policy, f"seed {seed}, life {number}")
                point.rollback()  # the next one begins on the same day: nights concern the county
            self.env.invalidate_all()
        self.assertGreater(taken, LIVES * STEPS / 4, "most lives go somewhere")

    def live(self, life, policy, words):
        """Take the steps of one life and compare after each; returns how many were taken."""
        taken = 0
        for _step in range(STEPS):
            if life.step():
                taken += 1
                self.compare(life, Reference(life, policy), words)
        return taken

    def compare(self, life, reference, words):
        self.env.flush_all()
        asked = SQL(
            "SELECT %s::int AS child_id, %s::int AS county_id, d::date AS day "
            "FROM generate_series(%s::date, %s::date, '1 day') AS d",
            life.child.id,
            self.county.id,
            BEGIN,
            BEGIN + timedelta(days=DAYS),
        )
        rows = self.env.execute_query(answers(asked))
        self.assertEqual(len(rows), DAYS + 1, "exactly one answer for every day")
        for _child, day, kind, ground, guardian, *_others in rows:
            told = (kind, ground, life.names.get(guardian))
            words_of_day = "\n".join([f"{words}, {day}", *life.told])
            self.assertEqual(told, reference.answer(day), words_of_day)
