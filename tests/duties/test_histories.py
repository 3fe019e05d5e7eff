"""Random histories of families against a slow, obvious reference: the same duties, none twice, none lost.

`make soak` plays the same for a year of 10,000 children.
"""

import random
from datetime import date, timedelta

from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ..common import CareCase
from .reference import DAY, Reference

PACES = {"high": 4, "medium": 2, False: 1}
FIRST = date(2026, 9, 14)


def _with_outages(day):
    """Tell whether the nightly job runs: it fails for three days, and over the end of a month."""
    return not (day.month == 9 and day.day > 28 or day.day in (1, 2, 11, 12, 13))


class District:
    """The product's side of a history: the same words as `Reference`, done with its own steps."""

    def __init__(self, case, size):
        self.case, self.env = case, case.env
        places = (case.village_a1, case.village_a2, case.village_b1)
        self.kids, self.homes = {}, []
        for serial in range(size):
            home = self.homes[-1] if serial % 3 == 2 else None
            area = home.area_id if home else places[serial % len(places)]
            vals = {"household_id": home.id} if home else {}
            self.kids[serial] = case.make_child(area, **vals)
            self.homes.append(self.kids[serial].household_id)

    def home(self, number):
        return self.kids[number].household_id.id

    def enter(self, number, day):
        kid = self.kids[number]
        if kid.state == "exited":
            kid._return(day, "返回")
        else:
            kid.action_submit()
            kid._verify(day, "普查")

    def leave(self, number, day):
        self.kids[number]._propose_exit("other", day, "离开")
        self.kids[number].action_confirm_exit()

    def risk(self, number, level):
        self.kids[number].risk_level = level
        self.env["lbc.duty"]._replan(self.kids[number])

    def move(self, number, area, day):
        transfer = self.env["lbc.transfer"]._propose(self.kids[number], area, day, "搬家")
        if transfer.state == "proposed":
            transfer.action_accept()

    def visit(self, home, day):
        values = {
            "household_id": home,
            "date": day,
            "met_carer": True,
            "family_note": "平安",
            "care_quality": "good",
            "schooling": "attending",
            "danger": "no",
            "late_reason": "补录",
        }
        visit = self.env["lbc.visit"].create(values)
        visit.action_submit()
        return visit.id

    def night(self):
        self.env["lbc.duty"]._cron_generate()

    def picture(self):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT household_id, slot_start, due_date, state, done_on FROM lbc_duty "
            "WHERE household_id = ANY(%s) AND state <> 'cancelled'",
            [list(self.env["lbc.household"].search([]).ids)],
        )
        found = {}
        for home, *row in self.env.cr.fetchall():
            found.setdefault(home, []).append(tuple(row))
        return {home: sorted(rows, key=str) for home, rows in found.items()}

    def orphans(self, today):
        """Return what must not be: open duties of nobody, or of another place than the family's."""
        self.env.cr.execute(
            """
            SELECT d.id FROM lbc_duty d JOIN lbc_household h ON h.id = d.household_id
             WHERE d.state = 'open' AND (
                   d.area_id <> h.area_id OR d.due_date >= %s AND NOT EXISTS (
                       SELECT 1 FROM lbc_child c WHERE c.household_id = h.id AND
                              c.state IN ('on_ledger', 'transferring', 'exit_pending')))
            """,
            [today],
        )
        return self.env.cr.fetchall()


@tagged("post_install", "-at_install", "lbc_long")
class TestHistories(CareCase):
    roles = ("village",)
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        kinds = cls.env["lbc.duty.kind"].search([("evidence_model", "!=", "lbc.visit")])
        kinds.active = False  # the reference knows visits only

    def _play(self, seed, days, size=9, nightly=lambda day: True, weights=(10, 4, 2, 1)):
        """Play a random history on both sides, compare them every day.

        :param nightly: tells on which days the nightly job runs
        :param weights: of visits, changes of risk, exits, moves
        :return: what is due of each family in the end, families in their order
        """
        dice, twice = random.Random(seed), random.Random(seed)
        self.weights = weights
        with freeze_time(FIRST):
            district, reference = District(self, size), Reference()
        on, self.told = set(), []
        for ahead in range(days):
            day = FIRST + timedelta(days=ahead)
            with freeze_time(day):
                for _event in range(dice.choice((0, 1, 1, 2, 3)) if ahead else size):
                    self._happen(dice, district, reference, on, day)
                if nightly(day):
                    for _run in range(twice.choice((1, 1, 2))):
                        district.night()
                    reference.night(day)
                told = (seed, day, self.told[-8:])
                self.assertEqual(district.picture(), reference.picture(), told)
                self.assertFalse(district.orphans(day), (seed, day))
        picture = district.picture()
        return [picture.get(home.id) for home in district.homes]

    def _happen(self, dice, district, reference, on, day):
        number = dice.randrange(len(district.kids))
        if number not in on:
            if reference.kids.get(number) and reference.kids[number].past[-1][1] > day - DAY:
                return  # who left today does not come back today
            pace = PACES[district.kids[number].risk_level]
            self.told.append((day, "enter", number, district.home(number), pace))
            district.enter(number, day)
            reference.enter(number, district.home(number), day, pace)
            on.add(number)
            return
        what = dice.choices(("visit", "risk", "leave", "move"), self.weights)[0]
        self.told.append((day, what, number, district.home(number)))
        if what == "visit":
            past = min(dice.choice((0, 0, 1, 3, 12)), (day - FIRST).days)
            home = district.home(number)
            reference.visit(district.visit(home, day - past * DAY), home, day - past * DAY)
        elif what == "risk":
            level = dice.choice(("high", "medium", False))
            district.risk(number, level)
            reference.change_pace(number, PACES[level], day)
        elif what == "leave":
            left_on = max(day - dice.choice((0, 0, 2)) * DAY, reference.kids[number].entry)
            district.leave(number, left_on)
            reference.leave(number, left_on, day)
            on.discard(number)
        else:
            places = [self.village_a1, self.village_a2, self.village_b1, self.village_b2]
            places = [area for area in places if area != district.kids[number].area_id]
            district.move(number, dice.choice(places), day)
            reference.move(number, district.home(number), day)

    def _replay(self, seed, **how):
        """Play a history, take everything back, return its end."""
        with self.cr.savepoint() as savepoint:
            end = self._play(seed, 60, **how)
            savepoint.rollback()
        self.env.invalidate_all(flush=False)
        return end

    def test_histories_run_every_night(self):
        for seed in range(3):
            with self.subTest(seed=seed):
                self.assertTrue(any(self._replay(seed)))

    def test_histories_with_outages(self):
        for seed in range(10, 13):
            with self.subTest(seed=seed):
                self._replay(seed, nightly=_with_outages)

    def test_late_is_as_good_as_in_time(self):
        for seed in range(20, 22):
            with self.subTest(seed=seed):
                in_time = self._replay(seed, weights=(10, 0, 2, 0))
                late = self._replay(seed, weights=(10, 0, 2, 0), nightly=_with_outages)
                self.assertEqual(late, in_time)
