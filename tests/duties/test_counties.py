"""Counties that ask for the same share one plan, those that do not have their own (architecture, idea 5)."""

from datetime import date
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tests.common import freeze_time
from odoo.tools import mute_logger

from ..common import CareCase

FAILURES = "odoo.addons.left_behind_children.models.duties.duty_failure"


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestCounties(CareCase):
    roles = ("form_admin",)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.villages, cls.profiles = cls.village_a1, cls.profile
        cls.make_on_ledger(cls.village_a1)

    def _more_counties(self):
        """Add five counties with the same parameters and a child on the ledger in each."""
        for serial in range(14, 19):
            self._add_county(serial)

    def _add_county(self, serial):
        city = self.county.parent_id
        county = self._area(f"9901{serial}000000", f"第{serial}区", "county", city)
        township = self._area(f"9901{serial}100000", "某镇", "township", county)
        village = self._area(f"9901{serial}100200", "某村", "village", township)
        self.profiles |= self.profile.copy({"name": county.name, "county_id": county.id})
        self.villages |= village
        self.make_on_ledger(village)

    def _night(self, day="2026-11-21"):
        with freeze_time(day):
            self.env["lbc.duty"]._cron_generate()

    def _kind(self, **vals):
        kinds = self.env["lbc.duty.kind"].with_user(self.users["form_admin"])
        values = {"name": "Kind", "subject_type": "child", "period": "quarter"}
        proof = {"evidence_model": "lbc.activity"}
        return kinds.create({**values, **proof, **vals}).with_env(self.env)

    def _move(self, child, village):
        """Let the family live in another county; there is no “Move” across the border, only a correction."""
        child.write({"area_id": village.id})

    def _come_back_in(self, child, village):
        """Let the child leave the ledger, and enter it again where it lives then."""
        child._propose_exit("other", date(2026, 11, 21), "离开")
        child.action_confirm_exit()
        child.area_id = village
        child._return(date(2026, 11, 21), "返回")

    def _owed(self, child, kinds=None):
        """Return the open duties of a child and of its household: visits, unless other kinds are given."""
        kinds = kinds or self.env["lbc.duty.kind"].search([("evidence_model", "=", "lbc.visit")])
        subject = ["|", ("child_id", "=", child.id), ("household_id", "=", child.household_id.id)]
        domain = [*subject, ("state", "=", "open"), ("kind_id", "in", kinds.ids)]
        return self.env["lbc.duty"].search(domain, order="slot_start")

    def _statements(self):
        """Return how many statements a night takes that finds every duty made."""
        duties = self.env["lbc.duty"]
        duties._cron_generate()
        self.env.flush_all()
        before = self.cr.sql_log_count
        duties._cron_generate()
        return self.cr.sql_log_count - before

    def _due(self, village):
        visits = [("area_id", "=", village.id), ("kind_id.evidence_model", "=", "lbc.visit")]
        return self.env["lbc.duty"].search(visits).mapped("due_date")

    def test_six_counties_take_the_statements_of_one(self):
        one = self._statements()
        self._more_counties()
        self.assertEqual(self._statements(), one)
        for village in self.villages:
            self.assertEqual(self._due(village), [date(2026, 11, 30)])

    def test_another_interval_is_another_plan(self):
        self._more_counties()
        other = self.profiles[1]
        other.visit_days_medium = 7
        self.env["lbc.child"].search([("area_id", "in", self.villages.ids)]).risk_level = "medium"
        self.assertEqual(sorted(map(len, self.profiles._alike())), [1, 5])
        self.env["lbc.duty"]._cron_generate()
        self.assertEqual(len(self._due(self.villages[1])), 4)
        self.assertEqual(len(self._due(self.villages[0])), 2)
        self.assertEqual(len(self._due(self.villages[2])), 2)

    def test_another_time_zone_is_another_day(self):
        self._add_county(14)
        self.profiles[1].time_zone = "America/New_York"
        with freeze_time("2026-11-30 20:00"):
            self.assertEqual(len(self.profiles._alike()), 2)
            self.env["lbc.duty"]._cron_generate()
        self.assertEqual(self._due(self.villages[0]), [date(2026, 12, 31)])
        self.assertEqual(self._due(self.villages[1]), [date(2026, 11, 30)])

    def test_a_new_county_has_its_own_past(self):
        with freeze_time("2026-10-10"):
            self.env["lbc.duty"]._cron_generate()
        self._add_county(14)
        self.env["lbc.duty"]._cron_generate()
        months = [date(2026, 10, 31), date(2026, 11, 30)]
        self.assertEqual(self._due(self.villages[0]), months)
        self.assertEqual(self._due(self.villages[1]), months[1:])

    def test_planning_anew_takes_the_statements_of_one_county(self):
        self._more_counties()
        self.env["lbc.duty"]._cron_generate()
        children = self.env["lbc.child"].search([("area_id", "in", self.villages.ids)])
        one, others = children[:1], children[1:]
        self.assertGreater(len(others.county_id), 1)
        self.assertEqual(self._replanned("high", one), self._replanned("high", others))
        self.assertEqual(self._replanned(False, one), self._replanned(False, others))

    def _replanned(self, level, children):
        """Return how many statements it takes to plan for children of another risk, which changes their duties."""
        children.risk_level = level
        self.env.flush_all()
        owed = [("household_id", "in", children.household_id.ids), ("state", "=", "open")]
        duties = self.env["lbc.duty"]
        seen = set(duties.search(owed).mapped("due_date"))
        before = self.cr.sql_log_count
        duties._replan(children)
        count = self.cr.sql_log_count - before
        self.assertNotEqual(set(duties.search(owed).mapped("due_date")), seen)
        return count

    # -- moves between counties

    def test_a_family_that_moves_owes_the_visits_of_the_new_county_only(self):
        self._add_county(14)
        self.profiles[1].visit_unit = "child"
        child = self.make_on_ledger(self.village_a1)
        self._night()
        self.assertEqual(self._owed(child).kind_id.mapped("code"), ["monthly_visit"])
        self._move(child, self.villages[1])
        self.assertFalse(self._owed(child))
        self._night("2026-11-22")
        self._night("2026-12-01")
        owed = self._owed(child)
        self.assertEqual(owed.kind_id.mapped("code"), ["monthly_visit_child"])
        self.assertEqual(owed.mapped("due_date"), [date(2026, 11, 30), date(2026, 12, 31)])
        self.assertEqual(owed.county_id, child.county_id)

    def test_what_was_overdue_before_the_move_stays_due(self):
        self._add_county(14)
        self.profiles[1].visit_unit = "child"
        child = self.make_on_ledger(self.village_a1)
        self._night("2026-10-10")
        self._move(child, self.villages[1])
        self.assertEqual(self._owed(child).mapped("due_date"), [date(2026, 10, 31)])

    def test_the_night_cancels_what_does_not_hold_however_that_came(self):
        child = self.make_on_ledger(self.village_a1)
        self._night()
        duty = self._owed(child)
        self.env.flush_all()
        self.cr.execute(
            "UPDATE lbc_profile SET visit_unit = 'child' WHERE id = %s", self.profile.ids
        )
        self.env.invalidate_all()
        self._night("2026-11-22")
        self.assertEqual((duty.state, duty.cancel_reason), ("cancelled", "moved"))
        self.assertEqual(self._owed(child).kind_id.mapped("code"), ["monthly_visit_child"])

    def test_a_kind_limited_to_a_profile_ends_at_its_border_and_comes_back(self):
        self._add_county(14)
        kind = self._kind(profile_ids=[(6, 0, self.profile.ids)])
        child = self.make_on_ledger(self.village_a1)
        self._night()
        duty = self._owed(child, kind)
        self.assertEqual(duty.child_id, child)
        self._move(child, self.villages[1])
        self.assertEqual((duty.state, duty.cancel_reason), ("cancelled", "moved"))
        self._night("2026-11-22")
        self.assertEqual(duty.state, "cancelled")
        self._move(child, self.village_a1)
        self.assertEqual((duty.state, duty.county_id), ("open", self.county))

    def test_who_comes_back_in_another_county_owes_what_holds_there(self):
        self._add_county(14)
        kind, everywhere = self._kind(profile_ids=[(6, 0, self.profile.ids)]), self._kind()
        child = self.make_on_ledger(self.village_a1)
        self._night()
        self.assertEqual(self._owed(child, kind | everywhere).kind_id, kind | everywhere)
        self._come_back_in(child, self.villages[1])
        self.assertEqual(self._owed(child, kind | everywhere).kind_id, everywhere)
        self._come_back_in(child, self.village_a1)
        self.assertEqual(self._owed(child, kind | everywhere).kind_id, kind | everywhere)

    def test_who_leaves_and_comes_back_elsewhere_owes_the_visits_there(self):
        self._add_county(14)
        self.profiles[1].visit_unit = "child"
        child = self.make_on_ledger(self.village_a1)
        self._night()
        self._come_back_in(child, self.villages[1])
        self._night("2026-12-01")
        self.assertEqual(self._owed(child).kind_id.mapped("code"), ["monthly_visit_child"])

    def test_a_township_that_goes_to_another_county_owes_what_holds_there(self):
        self._add_county(14)
        self.profiles[1].visit_unit = "child"
        child = self.make_on_ledger(self.village_b1)
        self._night()
        duty = self._owed(child)
        self.township_b.parent_id = self.villages[1].county_id
        self.assertEqual((duty.county_id, duty.state), (self.villages[1].county_id, "cancelled"))
        self._night("2026-11-22")
        self.assertEqual(self._owed(child).kind_id.mapped("code"), ["monthly_visit_child"])

    def test_a_home_that_fills_again_owes_what_holds_there(self):
        self._add_county(14)
        kind = self._kind(subject_type="household", profile_ids=[(6, 0, self.profile.ids)])
        child = self.make_on_ledger(self.village_a1)
        self._night()
        home = child.household_id
        duty = self._owed(child, kind)
        child.household_id = self.env["lbc.household"].create({"area_id": self.village_a1.id})
        own = self._owed(child, kind)
        self.assertEqual(own, duty)  # went along
        home.area_id = self.villages[1]
        child.write({"area_id": self.villages[1].id, "household_id": home.id})
        self.assertFalse(self._owed(child, kind))

    # -- slots of several months

    def _every_two_months(self):
        days = {f"visit_days_{level}": 60 for level in ("high", "medium", "low")}
        self.profile.write({"visit_interval_months": 2, "key_visit_interval_days": 60, **days})

    def _every_month(self):
        days = {f"visit_days_{level}": 30 for level in ("high", "medium", "low")}
        self.profile.write({"visit_interval_months": 1, "key_visit_interval_days": 30, **days})

    def _visits(self):
        domain = [("area_id", "=", self.village_a1.id), ("state", "!=", "cancelled")]
        domain += [("kind_id.code", "=", "monthly_visit")]
        visits = self.env["lbc.duty"].search(domain, order="slot_start")
        return [(visit.slot_start, visit.due_date) for visit in visits]

    def test_a_shorter_interval_does_not_double_the_running_slot(self):
        self._every_two_months()
        self._night()
        slot = [(date(2026, 11, 1), date(2026, 12, 31))]
        self.assertEqual(self._visits(), slot)
        with freeze_time("2026-12-05"):
            self._every_month()
        self.assertEqual(self._visits(), slot)
        self._night("2026-12-06")
        self.assertEqual(self._visits(), slot)
        self._night("2027-01-01")
        self.assertEqual(self._visits(), [*slot, (date(2027, 1, 1), date(2027, 1, 31))])

    def test_a_visit_in_the_old_slot_does_not_stand_for_the_new_month(self):
        self._every_two_months()
        self._night()
        duty = self._owed(self.env["lbc.child"].search([("area_id", "=", self.village_a1.id)]))
        duty.write({"state": "done", "done_on": date(2026, 11, 10)})
        with freeze_time("2026-12-05"):
            self._every_month()
        self._night("2026-12-06")
        self.assertEqual(self._visits()[1:], [(date(2026, 12, 1), date(2026, 12, 31))])

    def test_a_denser_pace_brings_the_running_slot_forward(self):
        self._every_two_months()
        self._night()
        with freeze_time("2026-12-05"):
            self._every_month()
            self.profile.visit_days_high = 7
            child = self.env["lbc.child"].search([("area_id", "=", self.village_a1.id)])
            child.risk_level = "high"
            self.env["lbc.duty"]._replan(child)
        self._night("2026-12-06")
        days = [due for _start, due in self._visits()]
        self.assertEqual(len(days), 4)
        self.assertEqual((days[0].day < 15, days[-1]), (True, date(2026, 12, 31)))

    def test_a_month_that_was_late_does_not_cover_the_next(self):
        self._every_two_months()
        self.profile.visit_days_high = 30
        self.env["lbc.child"].search([("area_id", "=", self.village_a1.id)]).risk_level = "high"
        self._night("2026-10-10")
        child = self.env["lbc.child"].search([("area_id", "=", self.village_a1.id)])
        duty = self._owed(child)
        duty.write({"state": "done", "done_on": date(2026, 11, 3)})
        self._night()
        self.assertEqual(self._visits()[-1], (date(2026, 11, 1), date(2026, 11, 30)))

    # -- kinds that fail

    def _fail_in(self, kind, *counties):
        """Let a kind fail wherever one of the counties is among those planned; nobody has to see the log."""
        real = type(self.env["lbc.duty"])._generate_kind

        def generate(duties, one, profiles, *rest):
            if one == kind and profiles.county_id & self.env["lbc.area"].union(*counties):
                raise ValueError(kind.name)
            return real(duties, one, profiles, *rest)

        self.startPatcher(patch.object(type(self.env["lbc.duty"]), "_generate_kind", generate))
        logger = mute_logger(FAILURES)
        logger.__enter__()
        self.addCleanup(logger.__exit__, None, None, None)

    def _told(self, user, kind):
        return self.env["mail.message"].search_count(
            [("partner_ids", "in", user.partner_id.ids), ("body", "ilike", kind.name)]
        )

    def test_bad_data_of_one_county_stops_no_other(self):
        self._more_counties()
        kind = self._kind(subject_type="township", period="year")
        self._fail_in(kind, self.profiles[2].county_id)
        self._night()
        made = self.env["lbc.duty"].search([("kind_id", "=", kind.id)]).county_id
        self.assertEqual(made, (self.profiles - self.profiles[2]).county_id)

    def test_everybody_concerned_hears_once_of_a_kind_that_fails(self):
        for serial in (14, 15, 16):
            self._add_county(serial)
        self.profiles[1].visit_days_medium = 8  # another group
        here, second, third, silent = self.profiles.county_id
        keepers = {
            county: self.make_user(county.code, "civil_affairs_officer", county)
            for county in (here, second, third)
        }
        keepers["all"] = self.make_user("all", "civil_affairs_officer", here | second)
        kind = self._kind(subject_type="township", period="year", name="某项职责")
        self._fail_in(kind, here, second)
        admin = self.env.ref("base.user_admin")
        self._night()
        told = {user: self._told(user, kind) for user in (*keepers.values(), admin)}
        self.assertEqual(
            told,
            {keepers[here]: 1, keepers[second]: 1, keepers[third]: 0, keepers["all"]: 1, admin: 0},
        )
        self._fail_in(kind, silent, third)
        self._night("2026-11-22")
        told = [self._told(user, kind) for user in (keepers[here], keepers[third], admin)]
        self.assertEqual(told, [2, 1, 1])
