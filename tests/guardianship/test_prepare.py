"""Agreements of a village drawn up at once, printed as a stack, signatures entered in bulk (B-3.2c, B-4.1a)."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .papers import PaperCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestPrepare(PaperCase):
    roles = ("village", "township", "civil_affairs", "school", "education")

    def test_siblings_with_the_same_carer_share_one_agreement(self):
        siblings, alone = self.make_family(2), self.make_family(1)
        drafts = self.make_drafts()
        self.assertEqual(len(drafts), 2)
        found = sorted((one.child_ids.ids for one in drafts), key=len)
        self.assertEqual(found, [alone.ids, siblings.ids])
        draft = drafts.filtered(lambda one: len(one.child_ids) == 2)
        self.assertEqual(draft.state, "draft")
        self.assertEqual(draft.parent_ids, siblings.father_id | siblings.mother_id)
        self.assertEqual((draft.relation, draft.reason), ("paternal_grandmother", "both_away"))
        self.assertEqual(draft.work_place, "广东省东莞市")
        self.assertEqual(draft.organization_id, self.committee)
        self.assertEqual((draft.date_to - draft.date_from).days, 364)

    def test_drawing_up_twice_draws_up_nothing_twice(self):
        self.make_family()
        self.make_drafts()
        self.assertFalse(self.prepare().line_ids)
        with self.assertRaisesRegex(UserError, "at least one family"):
            self.prepare().action_draft()

    def test_from_the_list_of_gaps_to_the_families(self):
        family = self.make_family(1)
        self.env.flush_all()
        gap = self.env["lbc.guardian.report"].browse(family.id)
        action = self.as_role(gap, "village").action_draw_up()
        prepare = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(prepare.line_ids.child_ids, family)
        for role in ("school", "education"):
            with self.assertRaises(AccessError):
                self.as_role(gap, role).action_draw_up()

    def test_what_was_drawn_up_before_is_gone_on_with(self):
        self.make_family(2)
        drafts = self.make_drafts()
        self.assertEqual(self.prepare().agreement_ids, drafts)

    def test_only_the_latest_agreement_is_renewed(self):
        family = self.make_family(1)
        old = self.out_for_signing(date_to="2026-11-30")
        self.collect(old)
        self.as_role(old, "township").action_confirm()
        aunt = self.make_guardian(name="周姑姑", birth_date="1985-01-01")
        with freeze_time("2026-12-05"):
            self.env.invalidate_all()
            new = self.env["lbc.agreement"].with_user(self.users["village"])
            new = new.create(
                {
                    "area_id": self.village_a1.id,
                    "line_ids": [(0, 0, {"child_id": family.id})],
                    "parent_ids": [(6, 0, (family.father_id | family.mother_id).ids)],
                    "carer_id": aunt.id,
                    "relation": "paternal_grandmother",
                    "reason": "both_away",
                    "organization_id": self.committee.id,
                    "date_from": "2026-12-05",
                    "date_to": "2027-12-04",
                }
            )
            self.make_ready(new).action_to_sign()
            self.collect(new)
            self.as_role(new, "township").action_confirm()
            self.assertFalse(self.prepare().line_ids)

    def test_who_came_home_is_not_proposed_for_a_renewal(self):
        family = self.make_family(1)
        old = self.out_for_signing(date_to="2026-12-31")
        self.collect(old)
        self.as_role(old, "township").action_confirm()
        self.assertEqual(self.prepare().line_ids.renews_id, old)
        family.mother_id.migration_ids.date_to = "2026-09-01"
        self.assertFalse(self.prepare().line_ids)
        with freeze_time("2027-01-10"):
            self.env.invalidate_all()
            self.assertFalse(self.prepare().line_ids)

    def test_many_families_take_few_statements(self):
        counts = []
        for _round in range(2):
            for _family in range(4):
                self.make_family(1)
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.prepare()
            counts.append(self.env.cr.sql_log_count - start)
        self.assertLessEqual(counts[1], counts[0] + 4)

    def test_what_is_missing_is_said_without_clear_names(self):
        family = self.make_family(1, carer=False)
        family.father_id.sudo().phone = False
        family.school_id = False
        line = self.prepare().line_ids
        for words in ("No carer", "telephone", "school"):
            self.assertIn(words, line.missing)
        self.assertNotIn(family.father_id.name, line.missing)
        self.assertFalse(line.is_chosen)

    def test_a_parent_at_home_needs_no_agreement(self):
        family = self.make_family(1)
        family.mother_id.migration_ids.date_to = "2026-09-01"
        self.assertFalse(self.prepare().line_ids)

    def test_the_village_prepares_its_own_children_only(self):
        self.make_family(1)
        self.make_family(1, self.village_a2)
        self.assertEqual(self.prepare().line_ids.area_id, self.village_a1)
        foreign = self.prepare(area_id=self.village_a2.id)
        self.assertFalse(foreign.line_ids)
        both = self.prepare("township", area_id=self.township_a.id)
        self.assertEqual(both.line_ids.area_id, self.village_a1 | self.village_a2)

    def test_others_draw_up_nothing(self):
        for role in ("school", "education"):
            with self.assertRaises(AccessError):
                self.prepare(role)

    def test_only_complete_drafts_go_to_signing(self):
        self.make_family(1)
        self.make_family(1)
        wizard = self.prepare()
        wizard.action_draft()
        with self.assertRaisesRegex(UserError, "No draft is complete"):
            wizard.action_to_sign()
        self.make_ready(wizard.agreement_ids[:1])
        wizard.action_to_sign()
        self.assertEqual(sorted(wizard.agreement_ids.mapped("state")), ["draft", "to_sign"])

    def test_what_a_child_says_is_written_down(self):
        self.make_family(1)
        draft = self.make_ready(self.make_drafts())
        line = draft.line_ids
        line.view_note = False
        self.assertIn("ask the child", draft.missing_text)
        line.view_note = "愿意"
        self.assertFalse(draft.missing_text)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE lbc_child SET birth_date = NULL WHERE id = %s", line.child_id.ids
        )
        self.env.invalidate_all()
        line.view_note = False
        self.assertIn("of unknown age", draft.missing_text)

    def test_the_words_do_not_say_that_an_infant_was_heard(self):
        self.make_family(1, birth_date=date(2025, 12, 1))
        text = self.make_drafts()._document_text()
        self.assertIn("未单独征询", text)
        self.assertNotIn("了解其意愿", text)

    def test_the_stack_is_one_document(self):
        self.make_family(1)
        self.make_family(2)
        wizard = self.prepare()
        with self.assertRaisesRegex(UserError, "nothing to print"):
            wizard.action_print()
        wizard.action_draft()
        action = wizard.action_print()
        self.assertEqual(action["report_name"], "left_behind_children.agreement_document")
        self.assertEqual(len(action["context"]["active_ids"]), 2)

    def test_signatures_come_back_in_bulk_and_the_township_confirms(self):
        self.make_family(2)
        self.make_family(1)
        agreements = self.out_for_signing()
        self.collect(agreements)
        for agreement in agreements:
            self.assertEqual(
                sorted(agreement.signature_ids.mapped("who")),
                ["carer", "parent", "parent", "witness"],
            )
        self.as_role(agreements, "township").action_confirm()
        self.assertEqual(set(agreements.mapped("state")), {"in_force"})
        self.assertFalse(self.prepare().line_ids)

    def test_who_signed_already_is_not_asked_again(self):
        self.make_family(1)
        agreement = self.out_for_signing()
        self.collect(agreement)
        self.collect(agreement)
        self.assertEqual(len(agreement.signature_ids), 4)

    def test_signatures_ask_for_the_paper(self):
        self.make_family(1)
        agreement = self.out_for_signing()
        with self.assertRaisesRegex(UserError, "scan or a photo"):
            self.collect(agreement, scan=False)

    def test_signatures_of_a_late_meeting_are_entered(self):
        self.make_family(1)
        agreement = self.out_for_signing()
        with freeze_time("2026-11-25"):
            self.collect(agreement)
        self.assertEqual(len(agreement.signature_ids), 4)

    def test_parents_who_sign_from_afar_are_marked(self):
        self.make_family(1)
        agreement = self.out_for_signing()
        wizard = self.env["lbc.agreement.collect"].with_user(self.users["village"])
        wizard = wizard.with_context(active_model="lbc.agreement", active_ids=agreement.ids).create(
            {}
        )
        wizard.line_ids.write({"scan": "MQ==", "remote_note": "微信视频，村主任在场"})
        wizard.action_collect()
        remote = agreement.signature_ids.filtered("is_remote")
        self.assertEqual(set(remote.mapped("who")), {"parent"})

    def test_an_expired_agreement_is_renewed_not_prolonged(self):
        self.make_family(2)
        old = self.out_for_signing(date_to="2026-12-31")
        self.collect(old)
        self.as_role(old, "township").action_confirm()
        with freeze_time("2027-01-10"):
            self.env.invalidate_all()
            wizard = self.prepare()
            self.assertEqual(wizard.line_ids.renews_id, old)
            wizard.action_draft()
            new = wizard.agreement_ids
            self.assertEqual((new.renews_id, new.child_ids), (old, old.child_ids))
            self.assertEqual(str(new.date_from), "2027-01-10")  # the gap stays visible
            self.assertFalse(self.prepare().line_ids)
