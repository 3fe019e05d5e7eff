"""The visit form: what comes filled in, what must be filled in, who files (L-2d, L-2e)."""

import io
from datetime import date

from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tests.common import freeze_time

from .common import COMPLETE, NOT_MET, VisitCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestVisit(VisitCase):
    def _form(self, role="village"):
        visits = self.env["lbc.visit"].with_user(self.users[role])
        return Form(visits.with_context(default_household_id=self.home.id))

    # -- what comes filled in

    def test_the_form_comes_filled_in(self):
        form = self._form()
        self.assertEqual(form.child_ids.ids, self.child.ids)
        self.assertEqual(form.area_id, self.village_a1)
        self.assertEqual(form.visitor_id, self.users["village"])

    def test_facts_come_from_the_last_visit_answers_do_not(self):
        fire = self.env.ref("left_behind_children.hazard_fire")
        self.filed(
            date="2026-11-15", hazard_ids=fire.ids, met_child=True, needs="棉衣", danger="no"
        )
        form = self._form()
        self.assertEqual((form.family_note, form.schooling), (COMPLETE["family_note"], "attending"))
        self.assertEqual(form.hazard_ids.ids, fire.ids)
        self.assertEqual(form.previous_id.date, date(2026, 11, 15))
        for name in ("met_child", "met_carer", "danger", "needs"):
            self.assertFalse(form[name], name)

    def test_the_previous_visit_is_the_one_before_whatever_was_entered_later(self):
        first, third = self.filed(date="2026-11-15"), self.filed(date="2026-11-19")
        second = self.filed(date="2026-11-17", family_note="补录")
        twin = self.filed(date="2026-11-19")
        previous = {visit: visit.previous_id for visit in first | second | third | twin}
        self.assertEqual(
            previous, {first: first.browse(), second: first, third: second, twin: third}
        )

    def test_a_backdated_visit_begins_with_what_was_known_on_its_day(self):
        self.filed(date="2026-11-15", family_note="父亲每月汇款")
        self.filed(date="2026-11-20", family_note="父亲回家")
        visits = self.env["lbc.visit"].with_user(self.users["village"])
        form = Form(visits.with_context(default_date="2026-11-17"))
        form.household_id = self.home.with_user(self.users["village"])
        self.assertEqual(form.family_note, "父亲每月汇款")
        self.assertEqual(form.previous_id.date, date(2026, 11, 15))

    def test_a_visit_that_was_withdrawn_hands_nothing_on(self):
        self.filed()._withdraw("填错家庭")
        self.assertFalse(self._form().family_note)

    def test_siblings_who_are_not_on_the_ledger_are_members_of_the_household(self):
        elder = self.make_child(name="张大姐", household_id=self.home.id)
        form = self._form()
        self.assertEqual(form.child_ids.ids, self.child.ids)
        self.assertEqual(form.member_ids.ids, elder.ids)

    def test_each_visit_keeps_the_carer_of_its_day(self):
        grandmother = self.make_guardian(name="王奶奶")
        uncle = self.make_guardian(name="张叔叔")
        line = self.env["lbc.guardianship"].create(
            {"child_id": self.child.id, "guardian_id": grandmother.id, "role": "carer"}
        )
        before = self.filed(date="2026-11-16")
        line.date_to = "2026-11-18"
        line.create(
            {
                "child_id": self.child.id,
                "guardian_id": uncle.id,
                "role": "carer",
                "date_from": "2026-11-19",
            }
        )
        after, corrected = self.filed(), self.filed(date="2026-11-17")
        self.assertEqual(before.carer_ids, grandmother)
        self.assertEqual(corrected.carer_ids, grandmother)
        self.assertEqual(after.carer_ids, uncle)

    # -- what must be filled in

    def test_the_three_blocks_are_asked_for_by_name(self):
        with self.assertRaises(UserError) as refused:
            self.draft(met_child=True).action_submit()
        for word in ("Family", "Guardianship Is", "School", "Is a Child in Danger?"):
            self.assertIn(word, str(refused.exception))

    def test_nobody_met_asks_why_and_when_you_try_again(self):
        with self.assertRaisesRegex(UserError, "in: Whom you met, or why .* next appointment\\.$"):
            self.draft().action_submit()
        with self.assertRaisesRegex(UserError, "in: Next Appointment\\.$"):
            self.draft(not_met_reason="家中无人").action_submit()
        visit = self.draft(**NOT_MET)
        visit.action_submit()
        self.assertEqual(visit.state, "not_met")

    def test_a_visit_entered_late_asks_why_and_is_marked(self):
        visit = self.draft(date="2026-11-01", **COMPLETE)
        self.assertTrue(visit.is_too_late)
        with self.assertRaisesRegex(UserError, "Why Entered Late"):
            visit.action_submit()
        visit.late_reason = "山洪断路"
        visit.action_submit()
        self.assertEqual((visit.state, visit.entered_late), ("submitted", True))
        self.assertFalse(self.filed(date="2026-11-14").entered_late)

    def test_the_button_of_the_duty_goes_on_with_the_own_draft(self):
        duty = self.as_role(self.plan(), "village")
        self.assertFalse(duty.action_fulfil()["res_id"])
        self.draft("township")
        self.assertFalse(duty.action_fulfil()["res_id"])
        own = self.draft()
        self.assertEqual(duty.action_fulfil()["res_id"], own.id)

    def test_a_visit_in_the_future_is_refused(self):
        with self.assertRaisesRegex(UserError, "future"):
            self.draft(date="2026-11-22", **NOT_MET).action_submit()

    def test_a_filed_visit_is_neither_changed_nor_deleted(self):
        visit = self.filed()
        for step in (
            lambda: visit.write({"needs": "改写"}),
            lambda: visit.write({"state": "draft"}),
            visit.unlink,
        ):
            with self.assertRaises(UserError):
                step()

    def test_the_state_is_not_entered_by_hand(self):
        with self.assertRaises(AccessError):
            self.draft(state="submitted")

    # -- what the form says before filing

    def test_the_form_says_for_which_duty_the_visit_will_count(self):
        self.plan()
        form = self._form()
        self.assertFalse(form.will_count)
        form.met_carer = True
        self.assertTrue(form.will_count)
        self.assertIn("2026-11-30", form.verdict)

    def test_the_form_says_that_the_telephone_does_not_count(self):
        form = self._form()
        form.met_carer = True
        form.channel = "phone"
        self.assertFalse(form.will_count)
        self.assertIn("does not count", form.verdict)
        self.profile.visit_phone_counts = True
        form.channel = "village"
        form.channel = "phone"
        self.assertTrue(form.will_count)

    # -- duties, attempts, appointments

    def test_attempts_are_counted_on_the_duty(self):
        duty = self.plan()
        for day in ("2026-11-18", "2026-11-20"):
            self.filed(date=day, met_carer=False, **NOT_MET)
        self.assertEqual((duty.state, duty.attempt_count), ("open", 2))
        self.assertEqual(duty.last_attempt_on, date(2026, 11, 20))
        self.env["lbc.visit"].search([], limit=1)._withdraw("走错门")
        self.assertEqual((duty.attempt_count, duty.last_attempt_on), (1, date(2026, 11, 18)))

    def test_a_duty_planned_after_the_attempt_learns_of_it(self):
        self.filed(met_carer=False, **NOT_MET)
        duty = self.plan()
        self.assertEqual(self.env["lbc.duty"]._refresh_attempts(), 1)
        self.assertEqual(duty.attempt_count, 1)
        self.assertEqual(self.env["lbc.duty"]._refresh_attempts(), 0)

    def test_an_appointment_stands_until_the_next_visit(self):
        first = self.filed(date="2026-11-15", next_visit_date="2026-11-28")
        child = self.as_role(self.child, "village")
        self.assertEqual((first.appointment_open, child.appointment_on), (True, date(2026, 11, 28)))
        second = self.filed()
        self.assertFalse(first.appointment_open or child.appointment_on)
        second._withdraw("填错家庭")
        self.assertEqual((first.appointment_open, child.appointment_on), (True, date(2026, 11, 28)))

    def test_a_visit_stays_where_it_happened(self):
        visit = self.filed()
        self.home.area_id = self.village_a2
        self.assertEqual(visit.area_id, self.village_a1)

    def test_the_file_knows_its_last_visit(self):
        visit = self.filed()
        child = self.as_role(self.child, "township")
        self.assertEqual((child.visit_count, child.last_visit_date), (1, visit.date))

    # -- who

    def test_another_village_neither_sees_nor_files(self):
        other = self.make_user("other_village", "child_director", self.village_b1)
        visit = self.draft(**NOT_MET)
        with self.assertRaises(AccessError):
            visit.with_user(other).action_submit()
        with self.assertRaises(AccessError):
            self.env["lbc.visit"].with_user(other).create({"household_id": self.home.id})

    # -- photographs

    def _upload(self, role="village", **vals):
        picture = Image.new("RGB", (2400, 1200), "green")
        exif = Image.Exif()
        exif[0x010F] = "telephone"
        file = io.BytesIO()
        picture.save(file, "JPEG", exif=exif)
        papers = self.env["ir.attachment"].with_user(self.users[role])
        values = {"name": "房屋.jpg", "raw": file.getvalue(), "res_model": "lbc.visit", "res_id": 0}
        return papers.create({**values, **vals})

    def test_photographs_follow_the_visit_and_tell_neither_place_nor_device(self):
        photo = self._upload()
        visit = self.draft(photo_ids=photo.ids)
        self.assertEqual(photo.res_id, visit.id)
        plain = Image.open(io.BytesIO(photo.raw))
        self.assertFalse(plain.getexif())
        self.assertEqual(plain.size, (1600, 800))
        self.assertTrue(self.as_role(photo, "township").has_access("read"))
        self.assertFalse(self.as_role(photo, "school").has_access("read"))

    def test_photographs_of_other_files_and_other_papers_are_refused(self):
        foreign = self._upload("township")
        with self.assertRaises(AccessError):
            self.draft(photo_ids=foreign.ids)
        paper = self._upload(raw=b"%PDF-1.4", mimetype="application/pdf", name="a.pdf")
        with self.assertRaisesRegex(UserError, "no photograph"):
            self.draft(photo_ids=paper.ids)
