"""Before a township reports: villages confirm their children, contradictions are settled or explained."""

from datetime import date
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests.common import freeze_time, tagged

from .common import LedgerCase

DAY = "2026-09-10 04:00:00"


@tagged("post_install", "-at_install")
class TestVillages(LedgerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visited = cls.make_on_ledger(name="王小明")
        cls.unseen = cls.make_on_ledger(name="赵小红")
        cls.startClassPatcher(freeze_time(DAY))
        (cls.visited | cls.unseen).verified_on = False

    def setUp(self):
        super().setUp()
        self.quarter = self.open_quarter()
        self.submission = self.submission_of(self.quarter)
        self.part = self.submission.village_ids.filtered(lambda one: one.area_id == self.village_a1)

    def visit(self, child, day="2026-08-05"):
        """File a visit of the village to a child's family."""
        visit = self.env["lbc.visit"].create(
            {
                "household_id": child.household_id.id,
                "child_ids": [(6, 0, child.ids)],
                "date": day,
                "visitor_id": self.users["village"].id,
            }
        )
        visit.state = "submitted"
        return visit

    def page(self, role="village", part=None):
        return (
            self.env["lbc.quarter.confirm"]
            .with_user(self.users[role])
            .create({"part_id": (part or self.part).id})
        )

    def test_every_village_of_the_township_is_asked(self):
        self.assertEqual(self.submission.village_ids.area_id, self.village_a1 | self.village_a2)
        self.open_quarter()
        self.assertEqual(len(self.submission.village_ids), 2)

    def test_visited_children_are_ticked_and_the_others_are_not(self):
        self.visit(self.visited)
        page = self.page()
        ticked = {line.child_id: (line.is_visited, line.is_verified) for line in page.line_ids}
        self.assertEqual(ticked, {self.visited: (True, True), self.unseen: (False, False)})
        self.assertEqual((page.ticked_count, page.other_count), (1, 1))

    def test_who_is_unticked_is_no_longer_counted_among_those_to_confirm(self):
        self.visit(self.visited)
        page = self.page()
        page.line_ids.is_verified = False
        self.assertEqual((page.ticked_count, page.other_count), (0, 2))

    def test_the_page_is_kept_so_that_files_open_from_it_and_it_is_up_to_date_after(self):
        action = self.part.with_user(self.users["village"]).action_confirm_page()
        page = self.env[action["res_model"]].with_user(self.users["village"])
        page = page.browse(action["res_id"])
        self.assertEqual((page.part_id.id, action["target"]), (self.part.id, "current"))
        line = page.line_ids.filtered(lambda one: one.child_id == self.visited)
        self.assertEqual((line.child_name, line.file_number), ("王*明", self.visited.file_number))
        opened = line.action_open_child()
        self.assertEqual((opened["res_id"], opened["target"]), (self.visited.id, "current"))
        self.visited.with_user(self.users["village"]).action_mark_verified()
        self.assertEqual(page.line_ids.filtered("is_settled"), line)
        self.assertEqual((page.verified_count, page.ticked_count, page.other_count), (1, 0, 1))

    def test_who_has_moved_meanwhile_is_left_out(self):
        page = self.page()
        page.line_ids.is_verified = True
        transfers = self.env["lbc.transfer"].with_user(self.users["township"])
        transfers._propose(
            self.as_role(self.visited, "township"), self.village_a2, date.today(), "搬家"
        )
        self.env.invalidate_all()
        page.action_confirm()
        self.assertEqual(self.unseen.verified_on, date(2026, 9, 10))
        self.assertFalse(self.visited.verified_on)
        self.assertEqual((self.part.state, self.part.unverified_count), ("confirmed", 0))

    def test_the_village_is_named_without_its_township(self):
        self.assertEqual((self.part.village_name, self.page().village_name), ("东村", "东村"))

    def test_a_visit_before_the_quarter_does_not_count(self):
        self.visit(self.visited, "2026-06-30")
        self.assertFalse(any(self.page().line_ids.mapped("is_verified")))

    def test_confirming_verifies_the_ticked_children_and_names_the_others(self):
        self.visit(self.visited)
        self.page().action_confirm()
        self.assertEqual(self.visited.verified_on, date(2026, 9, 10))
        self.assertFalse(self.unseen.verified_on)
        self.assertEqual(self.part.state, "confirmed")
        self.assertEqual((self.part.child_count, self.part.unverified_count), (2, 1))
        self.assertEqual(self.part.confirmed_by, self.users["village"])
        self.assertEqual((self.part.open_count, self.part.verified_share), (1, 50))
        # said again, child by child
        page = self.page()
        self.assertEqual(page.line_ids.child_id, self.unseen)
        page.line_ids.is_verified = True
        page.action_confirm()
        self.assertEqual(self.part.unverified_count, 0)

    def test_a_child_nobody_verified_stops_nothing_and_is_named(self):
        self.page().action_confirm()
        self.submit(self.quarter)
        version = self.submission.current_version_id
        self.assertEqual(version.unverified_count, 2)
        found = self.submission.finding_ids.filtered(lambda one: one.rule == "not_verified")
        self.assertEqual(set(found.mapped("child_ref")), set((self.visited | self.unseen).ids))
        self.assertEqual(set(found.mapped("state")), {"open"})

    def test_the_township_may_confirm_in_the_place_of_the_village(self):
        self.page("township").action_confirm()
        self.assertEqual(self.part.state, "confirmed")

    def test_nobody_else_confirms(self):
        for role in ("township_leader", "civil_affairs", "leading_office"):
            with self.assertRaises(AccessError):
                self.part.with_user(self.users[role])._confirm()
        other = self.submission.village_ids - self.part
        with self.assertRaises(UserError):
            other.with_user(self.users["village"])._confirm()

    def test_nothing_is_confirmed_after_the_report(self):
        self.submit(self.quarter)
        self.env.invalidate_all()
        with self.assertRaises(UserError):
            self.part.with_user(self.users["village"])._confirm()
        with self.assertRaises(UserError):
            self.part.with_user(self.users["village"]).action_confirm_page()
        self.assertFalse(self.part.is_to_make)


@tagged("post_install", "-at_install")
class TestContradictions(LedgerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(DAY))
        cls.carer = cls.make_guardian(birth_date=date(1960, 1, 1))
        cls.child = cls.make_on_ledger(carer=cls.carer, address="东村一组", school_name="甲镇小学")
        cls.child.verified_on = "2026-09-01"

    def setUp(self):
        super().setUp()
        self.submission = self.submission_of(self.open_quarter())
        self.own = self.submission.with_user(self.users["township"])
        self.submission.village_ids.with_user(self.users["township"])._confirm()

    def rules(self, state="open"):
        """Search, and return the codes of what is found of the child."""
        self.own.action_view_findings()
        found = self.submission.finding_ids.filtered(lambda one: one.state == state)
        return set(found.mapped("rule"))

    def test_a_ledger_without_contradictions_is_checked_at_once(self):
        self.assertEqual(self.rules(), set())
        self.own.action_check()
        self.assertEqual(self.submission.state, "checked")

    def test_what_is_wrong_is_found(self):
        cases = [
            ({"address": False}, "no_address"),
            ({"id_number": False}, "no_id_number"),
            ({"school_name": False}, "no_school"),
            ({"verified_on": "2026-06-30"}, "not_verified"),
        ]
        for values, rule in cases:
            with self.subTest(rule=rule):
                before = self.child.read(list(values))[0]
                self.child.write(values)
                self.assertIn(rule, self.rules())
                self.child.write({name: before[name] for name in values})
                self.assertNotIn(rule, self.rules())

    def test_parents_at_home_and_carers_who_cannot_care_are_found(self):
        self.child.father_id.migration_ids.date_to = "2026-08-01"
        self.assertIn("one_capable", self.rules())
        self.child.mother_id.migration_ids.date_to = "2026-08-01"
        self.assertIn("both_home", self.rules())
        self.carer.state = "dead"
        self.assertIn("carer_gone", self.rules())
        self.carer.write({"state": "normal", "birth_date": "2010-01-01"})
        self.assertEqual(self.rules() & {"carer_gone", "carer_incapable"}, {"carer_incapable"})

    def test_sixteen_on_the_cutoff_is_found_and_the_day_after_is_not(self):
        self.child.write({"id_number": False, "no_id_reason": "未办理", "birth_date": "2010-09-20"})
        with freeze_time("2026-09-19 15:00:00"):  # 23:00 on the day before: not yet sixteen
            self.assertNotIn("too_old", self.rules())
        with freeze_time("2026-09-25 04:00:00"):
            self.assertIn("too_old", self.rules())
            self.child.birth_date = "2010-09-21"
            self.assertNotIn("too_old", self.rules())

    def test_a_waiting_exit_is_found(self):
        self.as_role(self.child, "village")._propose_exit(
            "joined_parents", date(2026, 9, 9), "核实"
        )
        self.assertIn("exit_waiting", self.rules())

    def test_a_village_that_has_not_confirmed_is_found_where_children_live(self):
        self.submission.village_ids.sudo().state = "waiting"
        self.own.action_view_findings()
        found = self.submission.finding_ids.filtered(lambda one: one.rule == "village_waiting")
        self.assertEqual((found.area_id, found.label), (self.village_a1, "东村"))

    def test_it_is_settled_or_explained_before_the_leader_submits(self):
        self.child.address = False
        with self.assertRaisesRegex(UserError, "1 "):
            self.own.action_check()
        self.assertEqual(self.rules(), {"no_address"})
        finding = self.submission.finding_ids
        wizard = self.env["lbc.finding.explain"].with_user(self.users["township"])
        with self.assertRaises(UserError):
            finding.with_user(self.users["township"])._explain("  ")
        wizard.create({"finding_ids": finding.ids, "note": "随外婆暂住，地址待定"}).action_explain()
        self.assertEqual(
            (finding.state, finding.explained_by), ("explained", self.users["township"])
        )
        self.own.action_check()
        self.assertEqual(self.submission.state, "checked")

    def test_an_explanation_stays_as_long_as_it_is_found(self):
        self.child.address = False
        self.rules()
        self.submission.finding_ids.with_user(self.users["township"])._explain("地址待定")
        self.assertEqual(self.rules("explained"), {"no_address"})
        self.child.address = "东村二组"
        self.assertEqual(self.rules("settled"), {"no_address"})

    def test_the_number_is_that_of_this_moment_whether_or_not_anybody_searched(self):
        self.assertEqual(self.own.open_finding_count, 0)
        self.child.write({"address": False, "school_name": False})
        self.env.invalidate_all()
        self.assertEqual(self.own.open_finding_count, 2)
        self.assertFalse(self.submission.finding_ids)
        self.rules()
        found = self.submission.finding_ids.filtered(lambda one: one.rule == "no_address")
        found.with_user(self.users["township"])._explain("地址待定")
        self.child.school_name = "甲镇小学"
        self.env.invalidate_all()
        counts = (self.own.open_finding_count, self.own.explained_finding_count)
        self.assertEqual(counts, (0, 1))

    def test_who_presses_the_button_too_early_gets_the_list_at_once(self):
        self.child.address = False
        action = self.own.action_check_page()
        self.assertEqual(action["tag"], "display_notification")
        self.assertEqual(action["params"]["next"]["res_model"], "lbc.submission.finding")
        self.assertEqual(self.submission.finding_ids.rule, "no_address")
        self.assertEqual(self.submission.state, "filling")
        self.child.address = "东村二组"
        self.assertIs(self.own.action_check_page(), True)
        self.assertEqual(self.submission.state, "checked")

    def test_what_needs_a_decision_is_not_explained_with_others(self):
        self.child.write({"address": False, "id_number": False, "no_id_reason": "未办理"})
        self.child.birth_date = "2010-09-05"
        other = self.make_on_ledger(
            carer=self.carer, address="东村一组", school_name="甲镇小学", verified_on="2026-09-01"
        )
        other.write({"id_number": False, "no_id_reason": "未办理", "birth_date": "2010-09-01"})
        self.rules()
        found = self.submission.finding_ids.with_user(self.users["township"])
        old = found.filtered(lambda one: one.rule == "too_old")
        self.assertEqual(len(old), 2)
        self.assertLess(old, found)
        with self.assertRaises(UserError):
            found._explain("已核实")
        with self.assertRaises(UserError):
            old.action_explain()
        context = found.action_explain()["context"]
        self.assertEqual(context["default_finding_ids"], (found - old).ids)
        self.assertEqual(context["default_left_out_count"], 2)
        for one in old:
            self.assertEqual(one.action_explain()["context"]["default_finding_ids"], one.ids)
            one._explain("退出手续办理中")
        self.assertEqual(set(old.mapped("state")), {"explained"})

    def test_who_does_not_see_a_data_group_does_not_get_its_findings(self):
        self.child.father_id.migration_ids.date_to = "2026-08-01"
        self.child.write({"address": False, "id_number": False, "verified_on": False})
        self.rules()
        all_of_them = {"one_capable", "no_address", "no_id_number", "not_verified"}
        seen = {
            "township": all_of_them,
            "civil_affairs": all_of_them,
            "township_leader": all_of_them,
            "leading_office": {"no_id_number", "not_verified"},
        }
        for role, rules in seen.items():
            findings = self.env["lbc.submission.finding"].with_user(self.users[role])
            found = findings.search([("submission_id", "=", self.submission.id)])
            self.assertEqual(set(found.mapped("rule")), rules, role)
            self.assertEqual(self.as_role(self.submission, role).open_finding_count, 3)
        hidden = self.submission.finding_ids.filtered(lambda one: one.rule == "one_capable")
        with self.assertRaises(AccessError):
            self.as_role(hidden, "leading_office").read(["label"])

    def test_reading_a_finding_is_a_look_at_its_data_group(self):
        self.child.father_id.migration_ids.date_to = "2026-08-01"
        self.child.verified_on = False
        self.rules()
        findings = self.env["lbc.submission.finding"].with_user(self.users["civil_affairs"])
        for rule, groups in (("one_capable", {"guardianship"}), ("not_verified", None)):
            one = findings.search([("rule", "=", rule)])
            with patch.object(type(self.env["lbc.journal"]), "_note") as note:
                one.read(["label", "rule"])
            noted = [call.args[3] for call in note.call_args_list]
            self.assertEqual(noted, [groups] if groups else [])

    def test_only_the_township_explains(self):
        self.child.address = False
        self.rules()
        for role in ("village", "township_leader", "civil_affairs"):
            with self.assertRaises(AccessError):
                self.submission.finding_ids.with_user(self.users[role])._explain("无误")

    def test_searching_takes_the_same_statements_for_many_children(self):
        def count():
            self.env.invalidate_all()
            self.own.sudo()._places()
            before = self.env.cr.sql_log_count
            self.submission._find_contradictions()
            return self.env.cr.sql_log_count - before

        few = count()
        for _number in range(5):
            self.make_on_ledger(self.village_a2, verified_on=fields.Date.today())
        count()  # the village that has them now is asked again, once
        self.assertLessEqual(count(), few)

    def test_a_village_is_asked_again_when_a_child_came_after_it_confirmed(self):
        part = self.submission.village_ids.filtered(lambda one: one.area_id == self.village_a1)
        self.own.action_check()
        self.own.sudo().state = "filling"
        self.make_on_ledger(day="2026-09-09", verified_on=fields.Date.today())
        self.assertEqual(part.state, "confirmed")
        with self.assertRaises(UserError), self.cr.savepoint():
            self.own.action_check()
        self.own.action_view_findings()
        self.assertEqual(part.state, "waiting")
        found = self.submission.finding_ids.filtered(lambda one: one.state == "open")
        self.assertEqual(found.filtered("blocks").mapped("rule")[:1], ["carer_missing"])
        self.assertIn("village_waiting", found.mapped("rule"))

    def test_what_came_up_since_the_check_is_not_submitted(self):
        self.own.action_check()
        self.child.address = False
        leader = self.users["township_leader"]
        page = self.env["lbc.quarter.submit"].with_user(leader)
        action = page.create({"submission_id": self.submission.id}).action_submit()
        self.assertEqual(action["tag"], "display_notification")
        self.assertIn("东村", action["params"]["message"])
        self.assertEqual(action["params"]["next"]["res_id"], self.submission.id)
        self.assertFalse(self.submission.version_ids)
        self.assertEqual(self.submission.state, "filling")
        self.assertEqual(self.submission.return_reason, action["params"]["message"])
        self.child.address = "东村一组"
        self.own.action_check()
        action = page.create({"submission_id": self.submission.id}).action_submit()
        self.assertEqual(
            (action["res_model"], self.submission.state), ("lbc.submission", "submitted")
        )

    def test_a_correction_is_made_for_what_the_office_wrote_also_after_a_refusal(self):
        self.own.action_check()
        leader = self.submission.with_user(self.users["township_leader"])
        self.assertFalse(leader._submit())
        self.as_role(self.submission, "leading_office")._return("住址有误")
        self.own.action_check()
        self.child.address = False
        self.assertTrue(leader._submit())
        self.assertEqual(self.submission.state, "returned")
        self.child.address = "东村三组"
        self.own.action_check()
        self.assertFalse(leader._submit())
        self.assertEqual(self.submission.current_version_id.reason, "住址有误")

    def test_a_settled_contradiction_that_comes_back_is_explained_anew(self):
        self.child.address = False
        self.rules()
        finding = self.submission.finding_ids
        finding.with_user(self.users["township"])._explain("地址待定")
        self.child.address = "东村二组"
        self.rules()
        self.assertEqual(finding.state, "settled")
        self.child.address = False
        self.assertEqual(self.rules("open"), {"no_address"})
        page = self.env["lbc.finding.explain"].with_user(self.users["township"])
        page = page.create({"finding_ids": finding.ids})
        self.assertEqual(page.note, "地址待定")
        page.action_explain()
        self.assertEqual(finding.state, "explained")
