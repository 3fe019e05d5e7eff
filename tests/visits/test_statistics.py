"""The month's visits counted (R6, I3, I4): equal to a slow reference, on the page and in the workbook."""

import io
import random
from collections import Counter
from datetime import date, timedelta

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ...lib import workbook
from ...models.visits.visit import CHANNELS
from ..common import XMLID, CareCase

TODAY = date(2026, 11, 21)
MONTHS = (date(2026, 10, 1), date(2026, 11, 1))
COUNTS = (
    *("due_count", "visited_count", "not_met_count", "overdue_count", "late_count"),
    *("due_times", "done_times", "key_due_count", "key_visited_count"),
)


class StatisticsCase(CareCase):
    roles = ("village", "township", "township_leader", "civil_affairs", "leader", "school")

    def setUp(self):
        super().setUp()
        self.kind = self.env.ref(f"{XMLID}.duty_kind_monthly_visit")

    def make_duty(self, household, start, due, done_on=None, visit=None, kind=None):
        """Return a duty of the household, done by `visit` on `done_on` if given."""
        area = household.area_id
        return self.env["lbc.duty"].create(
            {
                "kind_id": (kind or self.kind).id,
                "household_id": household.id,
                "subject_key": f"household:{household.id}",
                "area_id": area.id,
                "township_id": area.township_id.id,
                "county_id": area.county_id.id,
                "slot_start": start,
                "window_start": start,
                "due_date": due,
                "state": "done" if done_on else "open",
                "done_on": done_on,
                "evidence_model": "lbc.visit" if visit else False,
                "evidence_id": visit.id if visit else False,
            }
        )

    def make_visit(self, household, day, channel="village", state="submitted"):
        """Return a visit of the household as it lies in the table."""
        return self.env["lbc.visit"].create(
            {"household_id": household.id, "date": day, "channel": channel, "state": state}
        )

    def make_district(self, dice, households=24):
        """Make households with random duties, visits and attempts of two months."""
        villages = self.village_a1 | self.village_a2 | self.village_b1 | self.village_b2
        for _one in range(households):
            child = self.make_on_ledger(dice.choice(villages), sex=dice.choice(("male", "female")))
            for month in MONTHS:
                self._make_month(dice, child.household_id, month)
        # A girl was one only from a day on; the month in which she became one counts.
        self.env.flush_all()
        for span in self.env["lbc.key.span"].search([]):
            span.date_from = dice.choice((date(2026, 8, 1), date(2026, 11, 5), date(2026, 12, 1)))
            span.date_to = dice.choice((False, False, span.date_from + timedelta(days=40)))

    def _make_month(self, dice, household, month):
        size = dice.choice((0, 1, 1, 2, 4))
        for slot in range(size):
            start = month + timedelta(days=7 * slot)
            due = start + timedelta(days=6)
            done_on = visit = None
            if dice.random() < 0.6:
                done_on = due + timedelta(days=dice.choice((-3, 0, 4)))
                visit = self.make_visit(household, done_on, dice.choice(CHANNELS)[0])
            duty = self.make_duty(household, start, due, done_on, visit)
            if not done_on and dice.random() < 0.2:
                duty.write({"state": "cancelled"})
        if dice.random() < 0.4:
            day = month + timedelta(days=dice.randrange(28))
            self.make_visit(household, day, state="not_met")

    # -- the slow way

    def reference(self, duties, month):
        """Return {village: Counter} of a month, counted household by household in plain Python."""
        found = {}
        duties = duties.sudo().filtered(
            lambda duty: (
                duty.kind_id.evidence_model == "lbc.visit"
                and duty.state != "cancelled"
                and duty.due_date.replace(day=1) == month
            )
        )
        for home in duties.household_id:
            of_home = duties.filtered(lambda duty, home=home: duty.household_id == home)
            found.setdefault(home.area_id, Counter()).update(self._of_household(of_home, month))
        return found

    def _of_household(self, duties, month):
        home, done = duties.household_id, duties.filtered(lambda duty: duty.state == "done")
        after = (month + timedelta(days=32)).replace(day=1)
        visits = self.env["lbc.visit"].search([("household_id", "=", home.id)])
        missed = visits.filtered(lambda one: one.state == "not_met" and month <= one.date < after)
        spans = self.env["lbc.key.span"].search([("household_id", "=", home.id)])
        key = any(
            one.date_from < after and (not one.date_to or one.date_to > month) for one in spans
        )
        counts = Counter(
            due_count=1,
            visited_count=bool(done),
            not_met_count=bool(missed) and not done,
            overdue_count=any(duty.state == "open" and duty.due_date < TODAY for duty in duties),
            late_count=any(duty.done_on > duty.due_date for duty in done),
            due_times=len(duties),
            done_times=len(done),
            key_due_count=key,
            key_visited_count=key and bool(done),
        )
        if done:
            first = min(done, key=lambda duty: (duty.done_on, duty.evidence_id))
            counts[self.env["lbc.visit"].browse(first.evidence_id).channel] = 1
        return counts

    # -- the page and the workbook

    def page(self, role, month, by="area_id"):
        """Return {area: Counter} of the page for a role."""
        report = self.env["lbc.visit.report"].with_user(self.users[role])
        rows = report._read_group([("month", "=", month)], [by], [f"{name}:sum" for name in COUNTS])
        found = {
            area.sudo(): Counter(dict(zip(COUNTS, map(int, counts), strict=True)))
            for area, *counts in rows
        }
        for area, channel, count in report._read_group(
            [("month", "=", month), ("channel", "!=", False)], [by, "channel"], ["__count"]
        ):
            found[area.sudo()][channel] = count
        return found

    def workbook(self, role, month, area=None):
        """Return (line under the title, {(township, village): [cells]}) of the workbook of a role."""
        user = self.users[role]
        wizard = self.env["lbc.visit.month"].with_user(user)
        wizard = wizard.create(
            {
                "month": month,
                "area_id": area.id if area else False,
                "purpose": "月度走访情况通报",
                "recipient": "区民政局",
            }
        )
        export = self.env["lbc.export"].with_user(user).browse(wizard.action_export()["res_id"])
        self.assertEqual(export.state, "approved")
        self.patch(workbook, "can_encrypt", lambda: False)
        _name, data = export._deliver()
        sheet = load_workbook(io.BytesIO(data)).active
        rows = list(sheet.iter_rows(values_only=True))
        first = next(n for n, row in enumerate(rows) if row[0] == "镇街")
        body = {}
        for row in rows[first + 2 :]:
            if isinstance(row[2], (int, float)):
                body[row[0], row[1]] = row[2:]
        return rows[1][0], body


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestStatistics(StatisticsCase):
    def test_the_page_equals_the_slow_way_for_every_scope(self):
        self.make_district(random.Random("R6"))
        self.env.flush_all()
        for month in MONTHS:
            for role in ("village", "township", "township_leader", "civil_affairs"):
                duties = self.env["lbc.duty"].with_user(self.users[role]).search([])
                wanted = self.reference(duties, month)
                self.assertTrue(wanted)
                page = self.page(role, month)
                self.assertEqual(
                    {area: +counts for area, counts in page.items()},
                    {area: +counts for area, counts in wanted.items()},
                    (role, month),
                )

    def test_the_workbook_has_the_totals_of_the_page_for_every_scope(self):
        self.make_district(random.Random("workbook"))
        self.env.flush_all()
        month = MONTHS[1]
        scopes = {"village": "东村", "township": "甲镇", "civil_affairs": "测试区"}
        for role, scope in scopes.items():
            line, body = self.workbook(role, month)
            self.assertIn(f"统计范围：{scope}", line)
            self.assertIn("统计月份：2026年11月", line)
            total = sum(self.page(role, month).values(), Counter())
            cells = body["合计", None]
            self.assertEqual(
                [cells[n] for n in (0, 1, 3, 4, 5, 6, 7, 8, 9)], [total[name] for name in COUNTS]
            )
            self.assertAlmostEqual(cells[2], total["visited_count"] / total["due_count"])
            self.assertEqual(list(cells[11:]), [total[channel] for channel, _label in CHANNELS])
            self.assertEqual(sum(cells[11:]), cells[1])
            for township, counts in self.page(role, month, "township_id").items():
                self.assertEqual(body[township.name, "小计"][0], counts["due_count"])

    def test_the_workbook_of_one_township_of_the_county(self):
        self.make_district(random.Random("one"), 8)
        line, body = self.workbook("civil_affairs", MONTHS[1], self.township_b)
        self.assertIn("统计范围：乙镇", line)
        page = self.page("civil_affairs", MONTHS[1], "township_id")
        self.assertEqual(body["合计", None][0], page[self.township_b]["due_count"])

    def test_rates_are_shares_of_households(self):
        homes = [self.make_on_ledger(sex=sex).household_id for sex in ("male", "female", "female")]
        visit = self.make_visit(homes[1], TODAY)
        for home in homes:
            done = {"done_on": TODAY, "visit": visit} if home == homes[1] else {}
            self.make_duty(home, "2026-11-01", "2026-11-30", **done)
        report = self.env["lbc.visit.report"].with_user(self.users["village"])
        ((rate, key_rate),) = report._read_group([], [], ["visit_rate:avg", "key_visit_rate:avg"])
        self.assertAlmostEqual(rate, 100 / 3)
        self.assertAlmostEqual(key_rate, 50)

    def test_every_number_opens_its_rows(self):
        home = self.make_on_ledger().household_id
        visit = self.make_visit(home, TODAY, state="not_met")
        self.make_duty(home, "2026-11-01", "2026-11-30")
        report = self.env["lbc.visit.report"].with_user(self.users["village"])
        row = report.search([("not_met_count", "=", 1)])
        action = row.action_open_household()
        found = self.env["lbc.visit"].with_user(self.users["village"]).search(action["domain"])
        self.assertEqual((row.household_id, found), (home, visit))
        self.assertEqual(row.status, "not_met")

    def test_a_late_visit_opens_with_the_month_it_was_due_in(self):
        home, other = self.make_on_ledger().household_id, self.make_on_ledger().household_id
        late, after = self.make_visit(home, "2026-11-05"), self.make_visit(home, "2026-11-20")
        self.make_duty(home, "2026-10-01", "2026-10-31", done_on="2026-11-05", visit=late)
        self.make_duty(home, "2026-11-01", "2026-11-30", done_on="2026-11-20", visit=after)
        self.make_duty(other, "2026-10-01", "2026-10-31")
        report = self.env["lbc.visit.report"].with_user(self.users["village"])
        visits = self.env["lbc.visit"].with_user(self.users["village"])
        row = report.search([("late_count", "=", 1)])
        self.assertEqual(row.month, MONTHS[0])
        self.assertEqual(visits.search(row.action_open_household()["domain"]), late)
        row = report.search([("month", "=", MONTHS[1])])
        self.assertEqual(visits.search(row.action_open_household()["domain"]), late | after)
        row = report.search([("household_id", "=", other.id)])
        self.assertFalse(visits.search(row.action_open_household()["domain"]))

    def test_a_visit_of_a_child_stays_with_the_household_that_was_visited(self):
        child, there = self.make_on_ledger(), self.make_on_ledger().household_id
        home = child.household_id
        visit = self.make_visit(home, "2026-10-05")
        duty = self.make_duty(home, "2026-10-01", "2026-10-31", done_on="2026-10-05", visit=visit)
        duty.write(
            {
                "kind_id": self.env.ref(f"{XMLID}.duty_kind_monthly_visit_child").id,
                "child_id": child.id,
                "household_id": False,
                "subject_key": f"child:{child.id}",
            }
        )
        report = self.env["lbc.visit.report"].with_user(self.users["village"])
        found = [("month", "=", MONTHS[0])]
        self.assertEqual(report.search(found).household_id, home)
        child.household_id = there
        self.env.invalidate_all()
        row = report.search(found)
        self.assertEqual((row.household_id, row.visited_count), (home, 1))
        visits = self.env["lbc.visit"].search(row.action_open_household()["domain"])
        self.assertEqual(visits, visit)

    def test_a_household_that_moved_is_due_where_it_was_and_where_it_is(self):
        home = self.make_on_ledger().household_id
        visit = self.make_visit(home, "2026-11-05")
        self.make_duty(home, "2026-11-01", "2026-11-15", done_on="2026-11-05", visit=visit)
        later = self.make_duty(home, "2026-11-16", "2026-11-30")
        later.write({"area_id": self.village_b1.id, "township_id": self.township_b.id})
        page = self.page("civil_affairs", MONTHS[1])
        self.assertEqual(page[self.village_a1]["visited_count"], 1)
        self.assertEqual(page[self.village_b1]["visited_count"], 0)

    def test_other_duties_are_not_counted(self):
        home = self.make_on_ledger().household_id
        kind = self.kind.copy({"name": "试", "period": "year", "density": "same"})
        self.make_duty(home, "2026-11-01", "2026-11-30", kind=kind)
        self.assertFalse(self.page("village", MONTHS[1]))

    def test_roles_without_duties_see_nothing(self):
        self.make_duty(self.make_on_ledger().household_id, "2026-11-01", "2026-11-30")
        for role in ("leader", "school"):
            report = self.env["lbc.visit.report"].with_user(self.users[role])
            with self.assertRaises(AccessError):
                report.search([])
        other = self.make_user("other_village", "child_director", self.village_b1)
        self.assertFalse(self.env["lbc.visit.report"].with_user(other).search([]))
        wizard = self.env["lbc.visit.month"].with_user(other)
        wizard = wizard.create(
            {"purpose": "月度走访情况", "recipient": "区民政局", "area_id": self.village_a1.id}
        )
        with self.assertRaises(UserError):
            wizard.action_export()
