"""A record is judged by what it is made to point at, too: no re-pointing, no defaults, no self-made roles."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ..common import XMLID, CareCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestTargets(CareCase):
    def setUp(self):
        super().setUp()
        self.own = self.make_on_ledger()
        self.foreign = self.make_on_ledger(self.village_b1)

    def test_linking_a_foreign_adult_does_not_open_his_file(self):
        lines = self.env["lbc.guardianship"].with_user(self.users["village"])
        stranger = self.foreign.father_id
        with self.assertRaises(AccessError):
            lines.create({"child_id": self.own.id, "guardian_id": stranger.id, "role": "relative"})
        with self.assertRaises(AccessError):
            self.as_role(self.own.guardianship_ids[0], "village").guardian_id = stranger
        self.assertFalse(self.as_role(stranger, "village").has_access("read"))

    def test_own_records_are_not_pointed_at_foreign_ones(self):
        father = self.own.father_id
        capacity = self.env["lbc.capacity"].create(
            {"guardian_id": father.id, "reason": "other", "evidence": "证明"}
        )
        health = self.env["lbc.health"].create({"child_id": self.own.id})
        for record, values in (
            (capacity, {"guardian_id": self.foreign.father_id.id}),
            (father.migration_ids, {"guardian_id": self.foreign.father_id.id}),
            (health, {"child_id": self.foreign.id}),
            (self.own.guardianship_ids[0], {"child_id": self.foreign.id}),
            (self.own, {"household_id": self.foreign.household_id.id}),
            (self.own.household_id, {"area_id": self.village_b1.id}),
            (self.make_guardian(), {"area_id": self.village_b1.id}),
        ):
            with self.assertRaises(UserError, msg=f"{record} {values}"), self.cr.savepoint():
                self.as_role(record, "village").write(values)

    def test_a_visit_is_not_turned_to_a_foreign_household(self):
        visits = self.env["lbc.visit"].with_user(self.users["village"])
        visit = visits.create({"household_id": self.own.household_id.id})
        with self.assertRaises(AccessError):
            visit.household_id = self.foreign.household_id
        with self.assertRaises(AccessError):
            visit.child_ids = [(4, self.foreign.id)]

    def test_defaults_do_not_set_what_only_steps_set(self):
        visits = self.env["lbc.visit"].with_user(self.users["village"])
        visit = visits.with_context(default_state="submitted").create(
            {"household_id": self.own.household_id.id}
        )
        self.assertEqual(visit.state, "draft")
        children = self.env["lbc.child"].with_user(self.users["village"])
        child = children.with_context(default_verified_on="2026-11-21").create({"name": "李小小"})
        self.assertFalse(child.verified_on)

    def test_a_hidden_many2many_is_no_group(self):
        self.own.aid_ids = self.env["lbc.aid"].search([], limit=1)
        for role in ("township_leader", "education", "health"):
            with self.assertRaises(AccessError):
                self.as_role(self.own, role).formatted_read_group([], ["aid_ids"], ["__count"])

    def test_why_a_child_is_left_behind_is_not_for_readers_of_masks(self):
        for role in ("health", "leading_office", "data_officer"):
            child = self.as_role(self.own, role)
            self.assertEqual(child.eligibility, "eligible")
            for name in ("eligibility_basis", "eligibility_text", "parents_note"):
                with self.assertRaises(AccessError):
                    child.read([name])

    def test_nobody_posts_himself(self):
        officer = self.users["data_officer"]
        values = {
            "name": "自己",
            "post_id": self.env.ref(f"{XMLID}.post_civil_affairs_officer").id,
            "organization_id": self.organization.id,
            "area_ids": [(6, 0, self.county.ids)],
        }
        postings = self.env["lbc.posting"].with_user(officer)
        with self.assertRaises(AccessError):
            postings.create({**values, "user_id": officer.id})
        other = postings.create(values)
        with self.assertRaises(AccessError):
            other.user_id = officer
        with self.assertRaises(AccessError):
            self.env.ref(f"{XMLID}.post_data_officer").with_user(officer).role_id = self.env.ref(
                f"{XMLID}.role_civil_affairs"
            )

    def test_papers_of_others_are_not_taken(self):
        asset = self.env["ir.attachment"].create(
            {"name": "web.assets", "public": True, "res_model": "ir.ui.view"}
        )
        self.env["lbc.capacity"].with_user(self.users["village"]).create(
            {
                "guardian_id": self.own.father_id.id,
                "reason": "other",
                "evidence_ids": [(4, asset.id)],
            }
        )
        self.assertEqual((asset.res_model, asset.res_id), ("ir.ui.view", 0))

    def test_a_parent_on_file_elsewhere_is_linked_by_number_and_name(self):
        father = self.make_guardian(self.village_b1, id_number=self.id_number(), name="周大山")
        child = self.make_child(father=self.make_guardian())
        child.guardianship_ids.filtered(lambda line: line.role == "father").unlink()
        finder = self.env["lbc.guardian.find"].with_user(self.users["village"])
        values = {"child_id": child.id, "role": "father", "id_number": father.id_number}
        with self.assertRaises(UserError):
            finder.create({**values, "name": "周小山"}).action_link()
        finder.create({**values, "name": "周 大山"}).action_link()
        self.assertEqual(child.father_id, father)
        self.assertEqual(self.as_role(child, "village").father_name, "周大山")
        with self.assertRaises(AccessError):
            finder.create({**values, "child_id": self.foreign.id, "name": "周大山"})
