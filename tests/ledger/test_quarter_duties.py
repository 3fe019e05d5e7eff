"""The quarter opens by itself; its duties are proved by what was confirmed, submitted and received."""

from datetime import date

from odoo.tests.common import freeze_time, tagged

from .common import LedgerCase

KINDS = ("quarter_verify", "quarter_confirm", "quarter_submit", "quarter_receive_civil_affairs")


@tagged("post_install", "-at_install")
class TestOpeningByItself(LedgerCase):
    def quarters(self):
        return self.env["lbc.quarter"].search([("county_id", "=", self.county.id)])

    def test_it_opens_on_the_first_day_of_the_last_month_and_only_once(self):
        with freeze_time("2026-08-31 15:00:00"):  # 23:00 in China
            self.env["lbc.quarter"]._cron_open()
            self.assertFalse(self.quarters())
        with freeze_time("2026-08-31 17:00:00"):  # 01:00 on the first
            self.env["lbc.quarter"]._cron_open()
            self.assertEqual(self.quarters().display_name, "2026Q3")
        with freeze_time("2026-09-05 17:00:00"):
            new = self._area("990113103000", "丙镇", "township", self.county)
            self.env["lbc.quarter"]._cron_open()  # it looks again for what came late
            self.assertIn(new, self.quarters().submission_ids.township_id)
            new.valid_to = "2026-09-01"
            self.quarters().submission_ids.filtered(lambda one: one.township_id == new).unlink()
            kept = self.quarters().submission_ids
            self.env["lbc.quarter"]._cron_open()
            self.assertEqual(self.quarters().submission_ids, kept)
        self.assertEqual(len(self.quarters()), 1)
        self.assertEqual(len(self.quarters().submission_ids), 2)
        self.assertEqual(len(self.quarters().submission_ids.village_ids), 4)


@tagged("post_install", "-at_install")
class TestQuarterDuties(LedgerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.child = cls.make_on_ledger()

    def setUp(self):
        super().setUp()
        self.quarter = self.open_quarter()
        self.submission = self.submission_of(self.quarter)
        with freeze_time("2026-09-02 18:00:00"):
            self.env["lbc.duty"]._cron_generate()

    def duties(self, code, area=None):
        domain = [("kind_id.code", "=", code), ("county_id", "=", self.county.id)]
        if area:
            domain.append(("place_id", "=", area.id))
        return self.env["lbc.duty"].search(domain)

    def test_villages_townships_and_the_recipient_have_theirs(self):
        found = {code: len(self.duties(code)) for code in KINDS}
        self.assertEqual(found, dict(zip(KINDS, (4, 4, 2, 2), strict=True)))
        self.assertEqual(set(self.duties("quarter_submit").mapped("due_date")), {date(2026, 9, 20)})
        # Either may receive: both are told of it.
        self.assertEqual(self.profile.report_to, "both")
        self.assertEqual(len(self.duties("quarter_receive_office")), 2)

    def test_reminders_come_7_3_and_1_days_before_and_the_day_after_somebody_higher_is_told(self):
        kind = self.duties("quarter_submit").kind_id
        steps = [(one.days, one.whom) for one in kind.step_ids.sorted("days")]
        self.assertEqual(steps[:3], [(-7, "visitor"), (-3, "visitor"), (-1, "visitor")])
        self.env["lbc.duty"]._escalate(date(2026, 9, 20))
        self.assertEqual(set(self.duties("quarter_submit").mapped("escalation_level")), {0})
        self.env["lbc.duty"]._escalate(date(2026, 9, 21))
        self.assertEqual(set(self.duties("quarter_submit").mapped("escalation_level")), {3})

    def test_confirming_proves_the_village_and_verifying_asks_for_every_child(self):
        with freeze_time("2026-09-10 04:00:00"):
            self.child.verified_on = False
            part = self.submission.village_ids.filtered(lambda one: one.area_id == self.village_a1)
            part.with_user(self.users["village"])._confirm()
            self.assertEqual(self.duties("quarter_confirm", self.village_a1).state, "done")
            self.assertEqual(self.duties("quarter_verify", self.village_a1).state, "open")
            self.as_role(self.child, "village").action_mark_verified()
            part.with_user(self.users["village"])._confirm()
            self.assertEqual(self.duties("quarter_verify", self.village_a1).state, "done")

    def test_submitting_and_receiving_prove_theirs_and_returning_opens_them_again(self):
        submit = self.duties("quarter_submit", self.township_a)
        receive = self.duties("quarter_receive_civil_affairs", self.township_a)
        with freeze_time("2026-09-18 04:00:00"):
            self._submit_now(self.quarter, self.township_a)
        self.assertEqual((submit.state, submit.done_on), ("done", date(2026, 9, 18)))
        self.assertEqual(receive.state, "open")
        with freeze_time("2026-09-22 04:00:00"):
            own = self.submission.with_user(self.users["civil_affairs"])
            own.action_receive()
            self.assertEqual((receive.state, receive.done_on), ("done", date(2026, 9, 22)))
            own._return("住址有误")
            self.assertEqual((submit.state, receive.state), ("open", "open"))
        with freeze_time("2026-09-25 04:00:00"):
            self._submit_now(self.quarter, self.township_a)
        # the first submission decides
        self.assertEqual((submit.state, submit.done_on), ("done", date(2026, 9, 18)))

    def test_a_late_report_proves_its_own_quarter_and_not_the_next(self):
        with freeze_time("2026-10-05 18:00:00"):
            self.env["lbc.duty"]._cron_generate()
            both = self.duties("quarter_submit", self.township_a).sorted("slot_start")
            self.assertEqual(len(both), 2)
            self._submit_now(self.quarter, self.township_a)
        self.assertEqual(both.mapped("state"), ["done", "open"])
        self.assertEqual(both[0].done_on, date(2026, 10, 6))

    def test_it_is_done_from_my_work(self):
        with freeze_time("2026-09-10 04:00:00"):
            work = self.env["lbc.work"].with_user(self.users["village"])
            own = work.search([("kind_id.code", "=", "quarter_confirm"), ("is_mine", "=", True)])
            self.assertEqual(own.place_id, self.village_a1)
            self.assertTrue(own.can_fulfil)
            action = own.action_fulfil()
            self.assertEqual(action["res_model"], "lbc.quarter.confirm")
            page = self.env["lbc.quarter.confirm"].with_user(self.users["village"])
            page.browse(action["res_id"]).action_confirm()
            self.assertEqual(self.duties("quarter_confirm", self.village_a1).state, "done")
            leader = self.env["lbc.work"].with_user(self.users["township"])
            mine = leader.search([("kind_id.code", "=", "quarter_submit"), ("is_mine", "=", True)])
            self.assertEqual(mine.action_fulfil()["res_id"], self.submission.id)

    def test_another_day_of_the_quarter_is_another_day_of_its_duties(self):
        with freeze_time("2026-09-10 04:00:00"):
            self.quarter.cutoff = "2026-09-25"
        self.assertEqual(set(self.duties("quarter_submit").mapped("due_date")), {date(2026, 9, 25)})
