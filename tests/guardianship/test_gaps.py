"""Gaps are found, become duties the same day, and their numbers open their rows (B-4.1a, I5, I11, §C.6 case 10)."""

from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .common import AgreementCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestGaps(AgreementCase):
    def rows(self, role, **domain):
        reports = self.env["lbc.guardian.report"].with_user(self.users[role])
        return reports.search([(name, "=", value) for name, value in domain.items()])

    def test_the_list_of_gaps_by_village(self):
        with_agreement, without, elsewhere = (
            self.make_on_ledger(),
            self.make_on_ledger(carer=self.uncle),
            self.make_on_ledger(self.village_b1),
        )
        self.in_force(with_agreement)
        self.assertEqual(self.rows("village", kind="gap").child_id.ids, without.ids)
        self.assertEqual(self.rows("village").child_id.ids, (with_agreement | without).ids)
        gaps = self.rows("civil_affairs", kind="gap")
        self.assertEqual(set(gaps.child_id.ids), {without.id, elsewhere.id})
        self.assertEqual(
            {row.child_id.id: row.ground for row in gaps},
            {without.id: "no_agreement", elsewhere.id: "no_carer"},
        )
        children = self.env["lbc.child"].with_user(self.users["village"])
        found = children.search([("guardian_kind", "=", "gap")])
        self.assertEqual(found.ids, without.ids)
        self.assertEqual(found.guardian_kind, "gap")

    def test_indicators_are_counted_from_the_same_rows(self):
        self.in_force(self.make_on_ledger())
        self.in_force(self.make_on_ledger(), last="2026-11-20")
        home = self.make_on_ledger()
        home.father_id.migration_ids.date_to = "2026-11-20"
        self.make_on_ledger()
        measures = ["children", "needed", "valid", "expired", "without_carer", "gap"]
        reports = self.env["lbc.guardian.report"].with_user(self.users["township"])
        ((_area, *counts, rate),) = reports._read_group(
            [], ["area_id"], [*(f"{name}:sum" for name in measures), "rate:avg"]
        )
        self.assertEqual(
            dict(zip(measures, counts, strict=True)),
            {
                "children": 4,
                "needed": 3,
                "valid": 1,
                "expired": 1,
                "without_carer": 1,
                "gap": 2,
            },
        )
        self.assertAlmostEqual(rate, 100 / 3, 2)
        self.assertEqual(len(self.rows("township", gap=1)), 2)

    def test_silent_parents_are_counted_for_who_reads_visits(self):
        silent, heard = self.make_on_ledger(), self.make_on_ledger()
        contacts = self.env["lbc.contact"].with_user(self.users["village"])
        contacts.create({"child_id": heard.id, "date": "2026-11-19"})
        self.assertEqual(self.rows("township", without_contact=1).child_id.ids, silent.ids)
        reports = self.env["lbc.guardian.report"].with_user(self.users["township"])
        self.assertEqual(reports._read_group([], [], ["without_contact:sum"]), [(1,)])
        with self.assertRaises(AccessError):
            self.rows("school", without_contact=1)

    def test_a_fact_that_is_taken_away_is_asked_about_at_once(self):
        home = self.make_on_ledger()
        stays = self.env["lbc.home.stay"].with_user(self.users["village"])
        stay = stays.create(
            {"migration_id": home.father_id.migration_ids.id, "date_from": "2026-01-01"}
        )
        self.assertFalse(home.gap_since)
        stay.unlink()
        self.assertTrue(home.gap_since)

    def test_a_gap_begins_on_the_day_the_agreement_ran_out(self):
        child = self.make_on_ledger(day="2026-09-01")
        self.assertEqual(child.gap_since, date(2026, 9, 1), "from the entry on")
        self.in_force(child, last="2026-11-10")
        self.assertEqual(child.gap_since, date(2026, 11, 11))
        self.env["lbc.child"]._pass_the_night(self.county)
        self.assertEqual(child.gap_since, date(2026, 11, 11))
        child.father_id.migration_ids.date_to = "2026-11-15"
        self.assertFalse(child.gap_since)
        self.env["lbc.migration"].create(
            {"guardian_id": child.father_id.id, "date_from": "2026-11-20", "cross_county": "yes"}
        )
        self.assertEqual(child.gap_since, date(2026, 11, 20))

    def test_renewal_is_announced_as_the_profile_says(self):
        child = self.make_on_ledger()
        self.in_force(child, last="2027-02-28")
        self.profile.agreement_warn_days = "60,30,7"
        self.assertEqual(child.agreement_warn_on, date(2026, 12, 30))
        self.profile.agreement_warn_days = "30"
        self.assertEqual(child.agreement_warn_on, date(2027, 1, 29))

    def test_a_confirmed_agreement_proves_the_duty(self):
        child = self.make_on_ledger(day="2026-11-01")
        kind = self.env.ref("left_behind_children.duty_kind_guardian_gap")
        duty = self.env["lbc.duty"].create(
            {
                "kind_id": kind.id,
                "child_id": child.id,
                "subject_key": f"child:{child.id}",
                "area_id": child.area_id.id,
                "township_id": child.township_id.id,
                "county_id": child.county_id.id,
                "slot_start": child.gap_since,
                "window_start": child.gap_since,
                "due_date": child.gap_since,
            }
        )
        self.assertEqual(
            self.as_role(duty, "village").action_fulfil()["res_model"], "lbc.agreement"
        )
        agreement = self.in_force(child, first="2026-11-21")
        self.assertEqual((duty.state, duty.evidence_id), ("done", agreement.id))
        self.assertTrue(duty.is_late)

    def test_who_may_not_read_carers_is_told_nothing(self):
        health = self.make_user("test_health", "health_officer", self.county)
        for model, domain in (
            ("lbc.guardian.report", []),
            ("lbc.child", [("guardian_kind", "=", "gap")]),
            ("lbc.child", [("gap_since", "!=", False)]),
        ):
            with self.assertRaises(AccessError):
                self.env[model].with_user(health).search(domain)

    def test_a_whole_county_takes_a_constant_number_of_statements(self):
        self.make_on_ledger()
        self.env.flush_all()
        self.env["lbc.child"]._refresh_guardian_dates_of([])
        counts = []
        for _turn in range(2):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["lbc.child"]._refresh_guardian_dates_of([])
            counts.append(self.cr.sql_log_count - before)
            for _child in range(3):
                self.make_on_ledger()
            self.env.flush_all()
        self.assertEqual(*counts)
