"""Leave: the substitute meets the area and its work while it lasts, and nothing is lost afterwards."""

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tests.common import freeze_time
from odoo.tools import mute_logger

from ..common import XMLID, CareCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestLeave(CareCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.make_user("second", "child_director", cls.village_a2)
        cls.director = cls.users["village"]

    def _leave(self, role="township", **vals):
        values = {
            "posting_id": self.director.lbc_posting_ids.id,
            "substitute_id": self.second.id,
            "date_from": "2026-11-21",
            "date_to": "2026-11-30",
        }
        return self.env["lbc.leave"].with_user(self.users[role]).create({**values, **vals})

    def _sees(self, user, child, day):
        with freeze_time(day):
            self.env.registry.clear_cache()
            return bool(child.with_user(user).search([("id", "=", child.id)]))

    def test_the_substitute_meets_the_area_while_it_lasts(self):
        here, own = self.make_on_ledger(), self.make_on_ledger(self.village_a2)
        self.assertFalse(self._sees(self.second, here, "2026-11-21"))
        self._leave(date_from="2026-11-23")
        for day, seen in (
            ("2026-11-22", False),
            ("2026-11-23", True),
            ("2026-11-30", True),
            ("2026-12-01", False),
        ):
            self.assertEqual(self._sees(self.second, here, day), seen, day)
            self.assertTrue(self._sees(self.second, own, day), day)

    def test_neither_over_nor_for_years(self):
        with self.assertRaises(ValidationError):
            self._leave(date_from="2026-11-01", date_to="2026-11-20")
        with self.assertRaises(ValidationError):
            self._leave(date_to="2027-11-22")
        self._leave(date_from="2026-11-01", date_to="2027-11-01")

    def test_why_somebody_is_away_is_no_business_of_his_colleagues(self):
        leave = self._leave(kind="sick")
        seen = leave.with_user(self.director)
        self.assertEqual(seen.date_to, leave.date_to)
        with self.assertRaises(AccessError):
            seen.read(["kind"])
        with self.assertRaises(AccessError):
            seen.search([("kind", "=", "sick")])
        self.assertEqual(leave.kind, "sick")

    def test_the_role_stays_one(self):
        role = self.second.lbc_role_id
        self._leave()
        self.env["lbc.posting"]._cron_roll_over()
        self.assertEqual(self.second.lbc_role_id, role)
        self.assertEqual(self.second._lbc_acting_posting().area_ids, self.village_a2)
        with freeze_time("2026-12-05"):
            self.env["lbc.posting"]._cron_roll_over()
            self.assertEqual(self.second.lbc_role_id, role)

    def test_the_substitute_works_there(self):
        child = self.make_on_ledger()
        self._leave()
        visit = self.env["lbc.visit"].with_user(self.second)
        self.assertTrue(visit.create({"household_id": child.household_id.id, "met_carer": True}))

    def test_the_substitute_holds_the_same_role(self):
        with self.assertRaisesRegex(ValidationError, "same role"), self.cr.savepoint():
            self._leave(substitute_id=self.users["school"].id)
        cadre = self.make_user("cadre", "resident_cadre", self.village_a2)
        self.assertTrue(self._leave(substitute_id=cadre.id))

    def test_no_overlaps(self):
        self._leave()
        refused = self.assertRaises(IntegrityError)
        with mute_logger("odoo.sql_db"), refused, self.cr.savepoint():
            self._leave(date_from="2026-11-30", date_to="2026-12-02")

    def test_who_is_away_does_not_stand_in(self):
        self._leave()
        with self.assertRaisesRegex(ValidationError, "on leave"):
            self._leave(
                posting_id=self.second.lbc_posting_ids.filtered(lambda one: not one.leave_id).id,
                substitute_id=self.director.id,
            )

    def test_who_stands_in_does_not_go_on_leave_himself(self):
        leave = self._leave()
        third = self.make_user("third", "child_director", self.village_a2)
        own = {
            "posting_id": self.second.lbc_posting_ids.filtered(lambda one: not one.leave_id).id,
            "substitute_id": third.id,
            "date_from": "2026-11-30",
            "date_to": "2026-12-05",
        }
        with self.assertRaisesRegex(ValidationError, "2026-11-21–2026-11-30"), self.cr.savepoint():
            self._leave(**own)
        leave.substitute_id = third
        self.assertTrue(
            self._leave(**{**own, "substitute_id": self.director.id, "date_from": "2026-12-01"})
        )

    def test_a_substitute_who_leaves_office_stands_in_no_longer(self):
        here = self.make_on_ledger()
        leave = self._leave()
        own = self.second.lbc_posting_ids.filtered(lambda one: not one.leave_id)
        own.date_to = "2026-11-24"
        self.assertEqual(str(leave.substitution_ids.date_to), "2026-11-24")
        self.assertTrue(self._sees(self.second, here, "2026-11-24"))
        with freeze_time("2026-11-25"):
            self.env.registry.clear_cache()
            self.env["lbc.posting"]._cron_roll_over()
            self.assertFalse(self.second.lbc_role_id)
            with self.assertRaisesRegex(ValidationError, "same role"), self.cr.savepoint():
                leave.date_to = "2026-12-10"
            leave.date_to = "2026-11-28"
            leave.action_end()
            self.assertEqual(str(leave.date_to), "2026-11-24")

    def test_another_follows_a_substitute_who_left_office(self):
        here = self.make_on_ledger()
        leave = self._leave()
        third = self.make_user("third", "child_director", self.village_a2)
        self.second.lbc_posting_ids.filtered(lambda one: not one.leave_id).active = False
        self.assertFalse(leave.with_context(active_test=False).substitution_ids.active)
        leave.substitute_id = third
        self.assertTrue(self._sees(third, here, "2026-11-22"))

    def test_the_township_enters_it_for_its_villages_only(self):
        with self.assertRaises(AccessError):
            self._leave("village")
        there = self.make_user("b1", "child_director", self.village_b1)
        with self.assertRaises(AccessError):
            self._leave(posting_id=there.lbc_posting_ids.id)
        supervisor = self.make_user("a", "child_supervisor", self.township_a)
        other = self.users["township"]
        with self.assertRaises(AccessError):
            self._leave(posting_id=other.lbc_posting_ids.id, substitute_id=supervisor.id)
        self._leave(
            "civil_affairs", posting_id=other.lbc_posting_ids.id, substitute_id=supervisor.id
        )

    def test_nobody_stands_in_by_his_own_entry(self):
        colleague = self.make_user("c", "civil_affairs_officer", self.county)
        with self.assertRaises(AccessError):
            self._leave(
                "civil_affairs",
                posting_id=colleague.lbc_posting_ids.id,
                substitute_id=self.users["civil_affairs"].id,
            )

    def test_ended_early_everything_falls_back_at_once(self):
        here = self.make_on_ledger()
        leave = self._leave()
        with freeze_time("2026-11-25"):
            self.env.registry.clear_cache()
            leave.action_end()
            self.assertEqual(str(leave.date_to), "2026-11-24")
        self.assertFalse(self._sees(self.second, here, "2026-11-25"))
        with freeze_time("2026-11-26"), self.assertRaises(UserError):
            leave.action_end()

    def test_cancelled_before_it_begins(self):
        here = self.make_on_ledger()
        leave = self._leave(date_from="2026-11-25")
        leave.action_end()
        self.assertFalse(leave.active)
        self.assertFalse(self._sees(self.second, here, "2026-11-26"))

    def test_another_substitute_takes_over(self):
        here = self.make_on_ledger()
        leave = self._leave()
        third = self.make_user("third", "child_director", self.village_a2)
        leave.substitute_id = third
        self.assertTrue(self._sees(third, here, "2026-11-21"))
        self.assertFalse(self._sees(self.second, here, "2026-11-21"))

    def test_it_is_written_down(self):
        leave = self._leave()
        self.env.cr.precommit.run()
        rows = self.env["lbc.journal"].search([("action", "=", "create")])
        self.assertIn("lbc.leave", rows.mapped("model"))
        self.assertIn("lbc.posting", rows.mapped("model"))
        with self.assertRaises(AccessError):
            leave.unlink()

    def _duty(self):
        """Return an open visit of a household in the director's village."""
        child = self.make_on_ledger()
        return self.env["lbc.duty"].create(
            {
                "kind_id": self.env.ref(f"{XMLID}.duty_kind_monthly_visit").id,
                "household_id": child.household_id.id,
                "subject_key": f"household:{child.household_id.id}",
                "area_id": self.village_a1.id,
                "township_id": self.township_a.id,
                "county_id": self.county.id,
                "slot_start": "2026-11-01",
                "window_start": "2026-11-01",
                "due_date": "2026-11-30",
            }
        )

    def _night(self, day):
        """Run the nightly job on a day."""
        with freeze_time(day):
            self.env.registry.clear_cache()
            self.env["lbc.duty"]._cron_generate()

    def test_the_work_goes_along_and_falls_back(self):
        duty = self._duty()
        mine = [("is_mine", "=", True), ("due_date", "=", "2026-11-30")]
        work = self.env["lbc.work"].with_user(self.second)
        self._leave(date_from="2026-11-23")
        for day, user in (
            ("2026-11-22", self.director),
            ("2026-11-23", self.second),
            ("2026-12-01", self.director),
        ):
            self._night(day)
            with freeze_time(day):
                self.assertEqual(duty.user_id, user, day)
                self.assertEqual(work.search(mine).ids, duty.ids if user == self.second else [])

    def test_the_work_falls_back_when_the_substitute_leaves_office(self):
        duty = self._duty()
        self._leave()
        self.assertEqual(duty.user_id, self.second)
        self.second.lbc_posting_ids.filtered(lambda one: not one.leave_id).date_to = "2026-11-24"
        self._night("2026-11-25")
        self.assertEqual(duty.user_id, self.director)

    def test_who_stands_in_keeps_the_work_when_the_director_leaves_office(self):
        duty = self._duty()
        self._leave()
        self.director.lbc_posting_ids.date_to = "2026-11-24"
        for day, user in (("2026-11-25", self.second), ("2026-12-01", self.env["res.users"])):
            self._night(day)
            self.assertEqual(duty.user_id, user, day)
        with freeze_time("2026-11-26"):
            follower = self.make_user("follower", "child_director", self.village_a1)
            self.assertEqual(duty.user_id, follower)
