"""Ways round the rules that were tried once: forms, defaults, filters, own postings, clocks, user lists."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ..common import XMLID, CareCase

NEWS = "beats"


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestWaysRound(CareCase):
    def setUp(self):
        super().setUp()
        self.child = self.make_on_ledger()
        self.foreign = self.make_on_ledger(self.village_b1)
        self.stranger = self.foreign.father_id

    def test_a_form_tells_nothing_of_a_stranger(self):
        village = self.env(user=self.users["village"])
        clear = {"guardian_name": {}, "guardian_phone": {}}
        with self.assertRaises(AccessError):
            village["lbc.guardianship"].onchange(
                {"guardian_id": self.stranger.id}, ["guardian_id"], clear
            )
        with self.assertRaises(AccessError):
            village["lbc.child"].onchange(
                {"father_id": self.stranger.id}, ["father_id"], {"father_name": {}}
            )
        line = Command.create({"guardian_id": self.stranger.id, "role": "father"})
        with self.assertRaises(AccessError):
            village["lbc.child"].onchange(
                {"guardianship_ids": [line]},
                ["guardianship_ids"],
                {"guardianship_ids": {"fields": clear}},
            )
        own = village["lbc.guardianship"].onchange(
            {"guardian_id": self.child.father_id.id}, ["guardian_id"], clear
        )
        self.assertEqual(own["value"]["guardian_name"], self.child.father_id.name)

    def test_a_default_points_at_no_stranger(self):
        lines = self.env["lbc.guardianship"].with_user(self.users["village"])
        with self.assertRaises(AccessError):
            lines.with_context(default_guardian_id=self.stranger.id).create(
                {"child_id": self.child.id, "role": "relative"}
            )
        self.assertFalse(self.as_role(self.stranger, "village").has_access("read"))

    def test_messages_are_no_filter_for_who_does_not_see_them(self):
        self.child.message_post(body=NEWS)
        paths = ("message_ids.body", "message_ids.attachment_ids.name", "activity_ids.note")
        for role in ("leading_office", "education", "township_leader", "data_officer"):
            children = self.env["lbc.child"].with_user(self.users[role])
            for path in paths:
                with self.assertRaises(AccessError, msg=f"{role} {path}"):
                    children.search([(path, "ilike", NEWS)])
        mine = self.env["lbc.child"].with_user(self.users["village"])
        self.assertIn(self.child, mine.search([("message_ids.body", "ilike", NEWS)]))

    def test_an_ended_posting_is_not_taken_up_again_by_oneself(self):
        officer = self.users["data_officer"]
        old = self.env["lbc.posting"].create(
            {
                "name": "旧岗位",
                "user_id": officer.id,
                "post_id": self.env.ref(f"{XMLID}.post_civil_affairs_officer").id,
                "organization_id": self.organization.id,
                "area_ids": [(6, 0, self.county.ids)],
                "date_from": "2024-01-01",
                "date_to": "2025-12-31",
            }
        )
        for end in (False, "2030-12-31"):
            with self.assertRaises(AccessError):
                old.with_user(officer).date_to = end

    def test_nobody_raises_a_role_of_another_of_his_postings(self):
        officer = self.users["data_officer"]
        self.env["lbc.posting"].create(
            {
                "name": "兼职",
                "user_id": officer.id,
                "post_id": self.env.ref(f"{XMLID}.post_child_director").id,
                "organization_id": self.organization.id,
                "area_ids": [(6, 0, self.village_a1.ids)],
            }
        )
        rights = self.env.ref(f"{XMLID}.department_village").right_ids
        with self.assertRaises(AccessError):
            rights.filtered(lambda one: one.subject == "psychology").with_user(officer).write(
                {"approval": False}
            )

    def test_the_administrator_of_users_gives_no_right(self):
        admin = self.env(user=self.env.ref("base.user_admin"))
        officer = self.env.ref(f"{XMLID}.group_departments")
        reader = self.env.ref(f"{XMLID}.group_identity_read")
        with self.assertRaises(UserError):
            admin["res.users"].browse(admin.uid).group_ids = [Command.link(officer.id)]
        with self.assertRaises(UserError):
            self.users["leading_office"].with_env(admin).group_ids = [Command.link(reader.id)]
        with self.assertRaises(UserError):
            self.env.ref(f"{XMLID}.role_school").with_env(admin).implied_ids = [
                Command.link(reader.id)
            ]
        with self.assertRaises(UserError):
            self.env.ref("base.group_user").with_env(admin).implied_ids = [Command.link(reader.id)]
        with self.assertRaises(UserError):
            admin["res.groups"].create({"name": "x", "implied_ids": [Command.link(reader.id)]})
        plain = admin["res.users"].create({"name": "新人", "login": "newcomer"})
        plain.group_ids = [Command.link(self.env.ref("base.group_allow_export").id)]

    def test_the_own_clock_moves_no_end(self):
        posting = self.users["village"].lbc_posting_ids
        self.env.flush_all()
        # As it is on the morning after, before the daily job has taken the role back.
        self.env.cr.execute(
            "UPDATE lbc_posting SET date_to = '2026-11-20' WHERE id = %s", posting.ids
        )
        self.env.registry.clear_cache()
        self.users["village"].sudo().tz = "Pacific/Pago_Pago"
        self.env.invalidate_all()
        child = self.as_role(self.child, "village").with_context(tz="Pacific/Pago_Pago")
        self.assertFalse(child.has_access("read"))
        self.assertFalse(child.search([]))

    def test_a_grant_ends_with_the_role_in_which_it_was_asked_for(self):
        supervisor = self.users["township"]
        grants = self.env["lbc.access.grant"].with_user(supervisor)
        grants._break_glass(self.foreign.sudo(), "孩子在本镇走失，需联系家人")
        child = self.as_role(self.foreign, "township")
        self.assertTrue(child.has_access("read"))
        supervisor.lbc_posting_ids.post_id = self.env.ref(f"{XMLID}.post_township_leader")
        self.env.invalidate_all()
        self.assertFalse(child.has_access("read"))
