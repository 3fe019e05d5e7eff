"""Who is left behind, with the ground, on every change it depends on (B-2a, L-0a, §C.6 cases 1, 3, 4, 16)."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ..common import CareCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestEligibility(CareCase):
    def _incapable(self, **vals):
        mother = self.make_guardian(name="王母")
        values = {"reason": "severe_disability", "evidence": "残疾证", **vals}
        self.env["lbc.capacity"].create({"guardian_id": mother.id, **values})
        return mother

    def _return_home(self, person, day):
        person.migration_ids.date_to = day

    def test_one_away_other_capable_does_not_belong(self):
        child = self.make_child(mother=self.make_guardian())
        self.assertEqual(child.eligibility_reason, "other_parent_capable")
        with self.assertRaises(UserError):
            child.action_submit()

    def test_disabled_parent_of_level_two_with_certificate(self):
        child = self.make_child(
            mother=self._incapable(disability_kind="physical", disability_level="2")
        )
        self.assertEqual(
            (child.eligibility, child.eligibility_reason), ("eligible", "one_away_other_incapable")
        )

    def test_without_certificate_the_township_must_verify(self):
        mother = self._incapable(disability_kind="physical", disability_level="2", evidence=False)
        self.assertEqual(self.make_child(mother=mother).eligibility, "suspected")

    def test_physical_disability_of_level_three_is_refused(self):
        child = self.make_child(
            mother=self._incapable(disability_kind="physical", disability_level="3")
        )
        self.assertEqual(child.eligibility_reason, "other_parent_capable")

    def test_mental_disability_of_level_three_is_accepted(self):
        child = self.make_child(
            mother=self._incapable(disability_kind="mental", disability_level="3")
        )
        self.assertEqual(child.eligibility, "eligible")

    def test_the_verdict_follows_every_fact_it_rests_on(self):
        child = self.make_child()
        self.assertEqual(child.eligibility, "eligible")
        self._return_home(child.father_id, "2026-11-01")
        self.assertEqual(child.eligibility_reason, "other_parent_capable")
        self.env["lbc.capacity"].create(
            {"guardian_id": child.father_id.id, "reason": "severe_illness", "evidence": "诊断证明"}
        )
        self.assertEqual(child.eligibility_reason, "one_away_other_incapable")
        child.father_id.state = "dead"
        self.assertEqual(child.eligibility_reason, "one_away_other_absent")

    def test_a_holiday_at_home_changes_nothing(self):
        child = self.make_on_ledger()
        stay = self.env["lbc.home.stay"].create(
            {"migration_id": child.father_id.migration_ids.id, "date_from": "2026-11-10"}
        )
        self.env["lbc.child"]._cron_review()
        self.assertEqual((child.eligibility, child.state), ("eligible", "on_ledger"))
        stay.date_from = "2026-09-10"
        self.env["lbc.child"]._cron_review()
        self.assertEqual((child.eligibility, child.state), ("ineligible", "exit_pending"))

    def test_a_short_gap_between_two_jobs_is_no_return(self):
        child = self.make_child()
        self._return_home(child.father_id, "2026-10-01")
        self.env["lbc.migration"].create(
            {"guardian_id": child.father_id.id, "date_from": "2026-10-15", "cross_county": "yes"}
        )
        self.assertEqual(child.eligibility, "eligible")

    def test_father_stays_at_home_but_cannot_care_the_child_stays(self):
        child = self.make_on_ledger()
        self._return_home(child.father_id, "2026-11-01")
        self.env["lbc.capacity"].create(
            {
                "guardian_id": child.father_id.id,
                "reason": "severe_disability",
                "evidence": "残疾证",
                "disability_kind": "physical",
                "disability_level": "1",
            }
        )
        self.env["lbc.child"]._cron_review()
        self.assertEqual(
            (child.state, child.eligibility_reason), ("on_ledger", "one_away_other_incapable")
        )

    def test_father_is_back_for_good(self):
        child = self.make_on_ledger()
        self._return_home(child.father_id, "2026-11-01")
        self.env["lbc.child"]._cron_review()
        self.assertEqual(child.state, "exit_pending")
        self.assertEqual(
            (child.exit_reason, child.date_exit), ("parent_returned", date(2026, 11, 1))
        )

    def test_sixteenth_birthday_proposes_the_exit_on_the_day(self):
        child = self.make_on_ledger(birth_date=date(2010, 11, 25))
        self.env["lbc.child"]._cron_review()
        self.assertEqual(child.state, "on_ledger")
        with freeze_time("2026-11-28"):  # after three days of outage
            self.env["lbc.child"]._cron_review()
            self.env["lbc.child"]._cron_review()
        self.assertEqual(child.state, "exit_pending")
        self.assertEqual((child.exit_reason, child.date_exit), ("age", date(2026, 11, 25)))

    def test_age_sixteen_today_is_refused(self):
        child = self.make_child(birth_date=date(2010, 11, 21))
        with self.assertRaises(UserError):
            child.action_submit()

    def test_corrected_birth_date_makes_the_age_new(self):
        child = self.make_on_ledger(birth_date=date(2011, 3, 1))
        child.write({"id_number": self.id_number(date(2010, 3, 1))})
        self.assertEqual((child.birth_date, child.age), (date(2010, 3, 1), 16))
        self.env["lbc.child"]._cron_review()
        self.assertEqual((child.state, child.date_exit), ("exit_pending", date(2026, 9, 1)))

    def test_an_expired_certificate_is_noticed_on_the_day(self):
        mother = self._incapable(
            disability_level="2", valid_from="2020-01-01", valid_to="2026-11-30"
        )
        child = self.make_on_ledger(mother=mother)
        self.assertEqual(child.review_on, date(2026, 12, 1))
        with freeze_time("2026-12-01"):
            self.env["lbc.child"]._cron_review()
        self.assertEqual(child.state, "exit_pending")

    def test_the_profile_says_which_losses_count(self):
        mother = self._incapable(reason="severe_illness")
        child = self.make_child(mother=mother)
        self.assertEqual(child.eligibility, "eligible")
        self.profile.incapacity_illness = False
        self.assertEqual(child.eligibility_reason, "other_parent_capable")

    def test_every_verdict_follows_a_changed_profile(self):
        child, void = self.make_on_ledger(), self.make_on_ledger()
        self.as_role(void, "civil_affairs")._void("录入错误")
        self.env.flush_all()
        self.as_role(self.profile, "civil_affairs").age_limit = 10
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((child.eligibility, void.eligibility), ("ineligible", "eligible"))
        self.env["lbc.child"]._cron_review()
        self.assertEqual((child.state, child.exit_reason), ("exit_pending", "age"))
        self.profile.age_limit = 16
        self.assertEqual(child.eligibility, "eligible")

    def test_papers_are_read_by_whoever_reads_the_record(self):
        paper = (
            self.env["ir.attachment"]
            .with_user(self.users["village"])
            .create({"name": "残疾证.txt", "raw": b"x", "res_model": "lbc.capacity"})
        )
        mother = self.make_guardian()
        self.env["lbc.capacity"].with_user(self.users["village"]).create(
            {"guardian_id": mother.id, "reason": "other", "evidence_ids": [(6, 0, paper.ids)]}
        )
        self.assertEqual(self.as_role(paper, "township").read(["name"])[0]["name"], "残疾证.txt")
        stranger = self.make_user("stranger", "child_director", self.village_b1)
        with self.assertRaises(AccessError):
            paper.with_user(stranger).read(["raw"])

    def test_both_incapable_goes_to_another_category(self):
        child = self.make_on_ledger(mother=self._incapable(disability_level="1"))
        self._return_home(child.father_id, "2026-11-01")
        child.father_id.state = "imprisoned"
        self.env["lbc.child"]._cron_review()
        self.assertEqual(child.exit_reason, "other_category")

    def test_the_daily_job_costs_no_query_per_child_that_is_not_due(self):
        counts = []
        for _time in range(3):  # the first one warms what is remembered
            for _serial in range(3):
                self.make_on_ledger()
            self.env.flush_all()
            before = self.cr.sql_log_count
            self.env["lbc.child"]._cron_review()
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
        self.assertLessEqual(counts[2], 7)
