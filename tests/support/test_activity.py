"""Activities: what was done, for whom, and what it proves (G16; B-3.3c, B-3.6, L-4)."""

from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tests.common import Form, freeze_time

from ..common import XMLID, CareCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestActivity(CareCase):
    def _kind(self, code):
        return self.env.ref(f"{XMLID}.activity_kind_{code}")

    def _activity(self, role, kind="law_publicity", **vals):
        values = {"kind_id": self._kind(kind).id, "guardian_count": 12, "minutes": 60, **vals}
        return self.env["lbc.activity"].with_user(self.users[role]).create(values)

    def _duty(self, kind, due=date(2026, 12, 31), **subject):
        (name, record), *_rest = subject.items()
        place = record if record._name == "lbc.area" else record.area_id
        return self.env["lbc.duty"].create(
            {
                "kind_id": kind.id,
                name: record.id,
                "subject_key": f"{name.removesuffix('_id')}:{record.id}",
                "area_id": place.id if place.level == "village" else False,
                "township_id": place.township_id.id,
                "county_id": place.county_id.id,
                "slot_start": date(2026, 10, 1),
                "window_start": date(2026, 10, 1),
                "due_date": due,
            }
        )

    def _publicity_kind(self):
        return self.env["lbc.duty.kind"].create(
            {
                "name": "每季度法治宣传",
                "subject_type": "township",
                "period": "quarter",
                "evidence_model": "lbc.activity",
                "evidence_date": "lbc.activity:date",
                "evidence_domain": "[('kind_id.code', '=', 'law_publicity')]",
                "lead_kind_id": self.env.ref(f"{XMLID}.organization_kind_department").id,
            }
        )

    # -- entering

    def test_the_form_begins_at_the_own_place_and_organisation(self):
        form = Form(self.env["lbc.activity"].with_user(self.users["village"]))
        self.assertEqual(form.place_id, self.village_a1)
        self.assertEqual(form.organization_id, self.organization)

    def test_a_group_is_entered_at_once(self):
        children = self.make_on_ledger() | self.make_on_ledger(name="李四光")
        self.make_on_ledger(self.village_a2)
        self.make_child(name="不在册")
        form = Form(self.env["lbc.activity"].with_user(self.users["township"]))
        form.kind_id = self._kind("homework_help")
        form.pick_area_id = self.village_a1
        self.assertEqual(form.child_ids[:], children)
        self.assertEqual((form.child_count, bool(form.pick_area_id)), (2, False))
        self.assertEqual(form.save().child_ids.with_env(self.env), children)

    def test_a_school_picks_its_own_children_only(self):
        own = self.make_on_ledger(school_id=self.school.id)
        self.make_on_ledger(name="别校学生")
        form = Form(self.env["lbc.activity"].with_user(self.users["school"]))
        form.kind_id = self._kind("safety_lesson")
        form.pick_school_id = self.school
        self.assertEqual(form.child_ids[:], own)
        form.pick_area_id = self.village_a1
        self.assertEqual(form.child_ids[:], own)

    def test_kinds_of_another_district_are_not_offered(self):
        form = Form(self.env["lbc.activity"].with_user(self.users["township"]))
        self.assertNotIn(self._kind("winter_sun"), form.available_kind_ids[:])
        self.profile.based_on_id = self.env.ref(f"{XMLID}.profile_banan_2016")
        form = Form(self.env["lbc.activity"].with_user(self.users["township"]))
        self.assertIn(self._kind("winter_sun"), form.available_kind_ids[:])

    def test_answers_to_the_questions_of_the_kind(self):
        activity = self._activity("village")
        definition = activity.kind_id.question_definition
        self.assertEqual([one["type"] for one in definition], ["selection", "float"])
        activity.questions = {definition[1]["name"]: 40.0}
        activity.action_file()
        self.assertEqual(activity.questions[definition[1]["name"]], 40.0)

    def test_the_questions_of_the_kind_stand_on_the_form_as_soon_as_it_is_chosen(self):
        activities = self.env["lbc.activity"].with_user(self.users["village"])
        spec = {"kind_id": {}, "questions": {}}
        for chosen in ("law_publicity", "vaccination"):
            kind = self._kind(chosen)
            values = {"kind_id": kind.id, "questions": []}
            answer = activities.onchange(values, ["kind_id"], spec)["value"]
            asked = [one["string"] for one in answer["questions"]]
            self.assertEqual(asked, [one["string"] for one in kind.question_definition], chosen)

    def test_what_is_missing_is_named(self):
        empty = self._activity("village", guardian_count=0)
        with self.assertRaisesRegex(UserError, "For how many"):
            empty.action_file()
        ahead = self._activity("village", date="2026-11-22")
        with self.assertRaisesRegex(UserError, "lies in the future"):
            ahead.action_file()

    def test_a_kind_may_ask_for_papers(self):
        kind = self._kind("law_publicity")
        kind.papers_required = True
        activity = self._activity("village")
        with self.assertRaisesRegex(UserError, "Papers"):
            activity.action_file()
        paper = self.env["ir.attachment"].with_user(self.users["village"])
        paper = paper.create({"name": "签到表.txt", "raw": b"1", "res_model": "lbc.activity"})
        activity.paper_ids = paper
        self.assertEqual(paper.res_id, activity.id)
        activity.action_file()

    def test_a_filed_activity_is_withdrawn_not_changed(self):
        activity = self._activity("village")
        activity.action_file()
        with self.assertRaises(UserError):
            activity.minutes = 90
        with self.assertRaises(UserError):
            activity.unlink()
        activity._withdraw("误填")
        self.assertEqual(activity.state, "withdrawn")
        draft = self._activity("village")
        draft.unlink()

    def test_nobody_files_past_the_step(self):
        activity = self._activity("village")
        with self.assertRaises(AccessError):
            activity.state = "filed"

    # -- who meets it

    def test_the_area_reads_it_and_others_do_not(self):
        activity = self._activity("village")
        elsewhere = self.make_user("village_b1", "child_director", self.village_b1)
        found = self.env["lbc.activity"].search([("id", "=", activity.id)])
        for role in ("village", "township", "township_leader", "civil_affairs", "leader"):
            self.assertTrue(self.as_role(found, role).search([("id", "=", activity.id)]), role)
        self.assertFalse(activity.with_user(elsewhere).search([("id", "=", activity.id)]))
        self.assertFalse(self.as_role(found, "school").search([("id", "=", activity.id)]))
        for role in ("police", "data_officer", "form_admin"):
            with self.assertRaises(AccessError):
                self.as_role(found, role).search([])

    def test_an_organisation_keeps_its_own_only(self):
        own = self._activity("school", kind="safety_lesson", child_count=30)
        self.assertEqual(own.organization_id, self.school)
        self.assertEqual(self.as_role(own, "school").search([]), own)
        with self.assertRaises(AccessError):
            self._activity("school", organization_id=self.organization.id)

    def test_who_reads_it_sees_only_children_whom_he_reaches(self):
        here, there = self.make_on_ledger(), self.make_on_ledger(self.village_b1, name="李四光")
        activity = self._activity(
            "civil_affairs", place_id=self.county.id, child_ids=[(6, 0, (here | there).ids)]
        )
        self.env.invalidate_all()
        seen = activity.with_user(self.users["village"])
        self.assertEqual(seen.search([]), activity)  # of a child of the village
        self.assertEqual(seen.child_ids.ids, here.ids)
        self.assertEqual(seen.child_count, 2)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            seen.write({"minutes": 5})

    def test_a_service_follows_the_child_who_moves(self):
        child = self.make_on_ledger()
        activity = self._activity("village", child_ids=[(6, 0, child.ids)])
        activity.action_file()
        move = self.env["lbc.transfer"].with_user(self.users["township"])
        move = move._propose(
            child.with_user(self.users["township"]),
            self.village_b1,
            date(2026, 11, 21),
            "随亲属居住",
        )
        move.with_user(self.users["civil_affairs"]).action_accept()
        new = self.make_user("village_b1", "child_director", self.village_b1)
        self.env.invalidate_all()
        self.assertEqual(child.with_user(new).support_ids.ids, activity.ids)
        self.assertEqual(activity.area_id, self.village_a1)

    def test_the_place_lies_in_the_county_of_the_organisation(self):
        city = self.county.parent_id
        foreign = self._area("990114000000", "邻区", "county", city)
        with self.assertRaises(ValidationError):
            self._activity("civil_affairs", place_id=foreign.id)

    # -- evidence

    def test_it_proves_the_duty_of_the_township(self):
        duty = self._duty(self._publicity_kind(), place_id=self.township_a)
        other = self._activity("village", kind="policy_publicity")
        other.action_file()
        self.assertEqual(duty.state, "open")
        session = self._activity("village", date="2026-11-18")
        session.action_file()
        self.assertEqual((duty.state, duty.done_on), ("done", date(2026, 11, 18)))
        self.assertEqual((duty.evidence_model, duty.evidence_id), ("lbc.activity", session.id))
        session._withdraw("误填")
        self.assertEqual(duty.state, "open")

    def test_who_does_not_work_there_proves_nothing(self):
        kind = self._publicity_kind()
        kind.lead_kind_id = self.env.ref(f"{XMLID}.organization_kind_township")
        here = self._duty(kind, place_id=self.township_a)
        there = self._duty(kind, place_id=self.township_b)
        self._activity("school", place_id=self.township_b.id).action_file()
        self._activity("health", place_id=self.township_b.id).action_file()
        self.assertEqual(there.state, "open")
        self._activity("school", place_id=self.township_a.id).action_file()  # lies there
        self.assertEqual(here.state, "done")
        kind.helper_ids = [(0, 0, {"organization_kind_id": self.organization.kind_id.id})]
        self._activity("health", place_id=self.township_b.id).action_file()  # helps
        self.assertEqual(there.state, "done")

    def test_an_area_enters_its_own_organisations_only(self):
        foreign = self.make_organization("乙镇小学", "school", self.township_b)
        for role in ("village", "township"):
            with self.assertRaises(ValidationError):
                self._activity(role, organization_id=foreign.id)
        self._activity("township", organization_id=self.school.id)
        self._activity("civil_affairs", organization_id=foreign.id, place_id=self.township_b.id)

    def test_what_police_or_procuratorate_held_is_entered_for_them(self):
        """G16 is A for both (§C.2): published tables only, no file of their own."""
        for role in ("police", "procuratorate"):
            with self.assertRaises(AccessError):
                self._activity(role)
        bureau = self.make_organization("区公安分局", "police_authority", self.county)
        kind = self._publicity_kind()
        kind.lead_kind_id = self.env.ref(f"{XMLID}.organization_kind_police_authority")
        duty = self._duty(kind, place_id=self.township_a)
        entered = self._activity(
            "civil_affairs", organization_id=bureau.id, place_id=self.township_a.id
        )
        entered.action_file()
        self.assertEqual((duty.state, entered.organization_id), ("done", bureau))

    def test_withdrawn_with_a_reason_by_its_author_or_a_supervisor(self):
        colleague = self.make_user("colleague", "child_director", self.village_a1)
        activity, other = self._activity("village"), self._activity("village")
        (activity | other).action_file()
        with self.assertRaises(AccessError):
            activity.with_user(colleague).action_withdraw()
        with self.assertRaisesRegex(UserError, "Say why"):
            activity._withdraw(" ")
        page = self.env["lbc.activity.withdraw"].with_user(self.users["village"])
        context = activity.action_withdraw()["context"]
        page.with_context(**context).create({"reason": "填错日期"}).action_withdraw()
        self.assertEqual((activity.state, activity.withdraw_reason), ("withdrawn", "填错日期"))
        page = page.with_user(colleague).create({"activity_id": other.id, "reason": "x"})
        with self.assertRaises(AccessError):
            page.action_withdraw()
        self.as_role(other, "township")._withdraw("重复")
        self.assertEqual(other.state, "withdrawn")

    def test_numbers_beyond_reason_are_refused_in_words(self):
        with self.assertRaisesRegex(UserError, "Correct the numbers"):
            self._activity("village", child_count=10**12)
        with self.assertRaisesRegex(UserError, "Correct the numbers"):
            self._activity("village").minutes = 10**12

    def test_another_session_proves_it_when_the_first_is_withdrawn(self):
        duty = self._duty(self._publicity_kind(), place_id=self.township_a)
        first, second = self._activity("village"), self._activity("township")
        first.action_file()
        second.action_file()
        first._withdraw("误填")
        self.assertEqual((duty.state, duty.evidence_id), ("done", second.id))

    def test_the_button_of_the_duty_fills_in_the_form(self):
        duty = self.as_role(
            self._duty(self._publicity_kind(), place_id=self.township_a), "township"
        )
        action = duty.action_fulfil()
        self.assertEqual(action["res_model"], "lbc.activity")
        self.assertEqual(action["context"]["default_kind_id"], self._kind("law_publicity").id)
        self.assertEqual(action["context"]["default_place_id"], self.township_a.id)

    def test_counted_by_kind_organiser_and_quarter(self):
        self._activity("village").action_file()
        self._activity("township", date="2026-09-30").action_file()
        rows = self.env["lbc.activity"].with_user(self.users["civil_affairs"])
        rows = rows._read_group(
            [("state", "=", "filed")],
            ["kind_id", "organization_id", "date:quarter"],
            ["guardian_count:sum"],
        )
        self.assertEqual([row[3] for row in rows], [12, 12])


@tagged("post_install", "-at_install")
class TestActivityKind(CareCase):
    roles = ("form_admin", "village")

    def test_an_administrator_adds_a_kind_with_questions(self):
        form = Form(self.env["lbc.activity.kind"].with_user(self.users["form_admin"]))
        form.name = "夏令营"
        form.question_text = "营员人数 | 数字\n是否住宿 | 是 / 否\n\n备注"
        kind = form.save()
        self.assertEqual(
            [one["type"] for one in kind.question_definition], ["float", "selection", "char"]
        )
        self.assertTrue(kind.code.startswith("activity_"))
        code, names = kind.code, [one["name"] for one in kind.question_definition]
        kind.write({"name": "暑期夏令营", "question_text": "备注\n营员人数 | 数字"})
        self.assertEqual(kind.code, code)
        self.assertEqual([one["name"] for one in kind.question_definition], [names[2], names[0]])

    def test_a_question_with_one_answer_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "是否住宿"):
            self.env["lbc.activity.kind"].create({"name": "x", "question_text": "是否住宿 | 是"})

    def test_a_kind_is_for_somebody(self):
        with self.assertRaises(ValidationError):
            self.env["lbc.activity.kind"].create({"name": "x", "for_children": False})

    def test_others_do_not_keep_kinds(self):
        with self.assertRaises(AccessError):
            self.env["lbc.activity.kind"].with_user(self.users["village"]).create({"name": "x"})

    def test_the_programmes_of_the_policy_are_there(self):
        names = self.env["lbc.activity.kind"].search([("is_programme", "=", True)]).mapped("name")
        for name in ("冬日阳光", "月悦见面汇", "团体辅导", "结对帮扶", "院坝课堂", "春蕾圆梦行动"):
            self.assertTrue(any(name in one for one in names), name)
