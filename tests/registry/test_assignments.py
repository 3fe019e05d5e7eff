"""Children assigned to a service or a case: who meets them, how long, and who assigns (§C.2 “@”, “C”)."""

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ..common import CareCase


class AssignedCase(CareCase):
    """A child of village a1, and how to assign it."""

    def setUp(self):
        super().setUp()
        self.carer = self.make_guardian(self.village_a1, name="王桂英", phone="13812345678")
        self.child = self.make_on_ledger(self.village_a1, carer=self.carer, address="东村一组")
        self.other = self.make_on_ledger(self.village_a1)

    def assign(self, child=None, by="township", **values):
        """Let a role assign the child to the organisation of most test users."""
        return (
            self.env["lbc.assignment"]
            .with_user(self.users[by])
            .create(
                {
                    "child_id": (child or self.child).id,
                    "organization_id": self.organization.id,
                    "purpose": "每月入户陪伴",
                    "date_from": "2026-11-01",
                    "date_to": "2026-12-31",
                    **values,
                }
            )
        )

    def met_by(self, role):
        """Return the children that a role meets, asked anew."""
        self.env.invalidate_all()
        children = self.env["lbc.child"].with_user(self.users[role]).search([])
        for child in (self.child, self.other):
            self.assertEqual(self.as_role(child, role).has_access("read"), child in children)
        return children.with_user(self.env.user)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestServices(AssignedCase):
    def test_provider_and_mass_organisation_meet_the_assigned_child_masked(self):
        for role in ("provider", "mass_organization"):
            self.assertFalse(self.met_by(role), role)
        self.assign()
        for role in ("provider", "mass_organization"):
            self.assertEqual(self.met_by(role), self.child, role)
            child = self.as_role(self.child, role)
            self.assertEqual(child.name_masked, "张*丰")
            for name in ("name", "id_number", "birth_date", "address", "carer_phone"):
                with self.assertRaises(AccessError, msg=(role, name)):
                    child.read([name])
            for values in ({"note": "改"}, {"sex": "female"}):
                with self.assertRaises(AccessError, msg=role):
                    child.write(values)

    def test_what_hangs_on_the_child_follows_it(self):
        parts = (self.child.guardianship_ids[0], self.child.household_id, self.carer)
        strange = (self.other.guardianship_ids[0], self.other.household_id, self.other.father_id)
        self.assign()
        for record in parts:
            self.assertTrue(self.as_role(record, "provider").has_access("read"), record)
        for record in strange:
            self.assertFalse(self.as_role(record, "provider").has_access("read"), record)

    def test_provider_files_visits_to_the_assigned_child_only(self):
        self.assign()
        visits = self.env["lbc.visit"].with_user(self.users["provider"])
        block = {
            "channel": "social_worker",
            "met_child": True,
            "family_note": "奶奶在家",
            "care_quality": "good",
            "schooling": "attending",
            "danger": "no",
        }
        visit = visits.create({"household_id": self.child.household_id.id, **block})
        visit.action_submit()
        self.assertEqual(visit.state, "submitted")
        self.assertEqual(visits.search([]), visit)
        with self.assertRaises(AccessError):
            visits.create({"household_id": self.other.household_id.id, **block})
        with self.assertRaises(AccessError):
            self.env["lbc.visit"].with_user(self.users["mass_organization"]).create(
                {"household_id": self.child.household_id.id, **block}
            )

    def test_visits_of_others_are_met_with_the_child_and_gone_with_it(self):
        make = self.env["lbc.visit"].with_user(self.users["village"]).create
        visit = make({"household_id": self.child.household_id.id})
        self.assertFalse(self.as_role(visit, "provider").has_access("read"))
        assignment = self.assign()
        self.assertTrue(self.as_role(visit, "provider").has_access("read"))
        assignment.action_end()
        self.assertFalse(self.as_role(visit, "provider").has_access("read"))

    def test_gone_with_the_next_request(self):
        for how in (
            lambda one: one.action_end(),
            lambda one: one.write({"date_to": "2026-11-20"}),
            lambda one: one.write({"date_from": "2026-11-22"}),
            lambda one: one.write({"child_id": self.other.id}),
            lambda one: one.write({"organization_id": self.school.id}),
            lambda one: one.write({"user_id": self.users["institution"].id}),
            lambda one: one.sudo().unlink(),
        ):
            one = self.assign()
            self.assertIn(self.child, self.met_by("provider"))
            how(one)
            self.assertNotIn(self.child, self.met_by("provider"))

    def test_over_when_the_last_day_is_over(self):
        self.assign()
        with freeze_time("2026-12-31 15:59:00"):  # 23:59 in China
            self.assertEqual(self.met_by("provider"), self.child)
        with freeze_time("2026-12-31 16:01:00"):
            self.assertFalse(self.met_by("provider"))

    def test_not_before_it_begins(self):
        self.assign(date_from="2026-11-25")
        self.assertFalse(self.met_by("provider"))
        with freeze_time("2026-11-25 02:00:00"):
            self.assertEqual(self.met_by("provider"), self.child)

    def test_for_one_person_of_the_organisation(self):
        colleague = self.make_user("worker_2", "social_worker")
        self.assign(user_id=self.users["provider"].id)
        self.assertEqual(self.met_by("provider"), self.child)
        self.assertFalse(self.child.with_user(colleague).has_access("read"))

    def test_another_organisation_does_not_meet_the_child(self):
        agency = self.make_organization("另一社工站", "department", self.county)
        stranger = self.make_user("worker_3", "social_worker", organization=agency)
        self.assign()
        self.assertFalse(self.child.with_user(stranger).has_access("read"))
        self.users["provider"].lbc_posting_ids.organization_id = agency
        self.assertFalse(self.met_by("provider"))

    def test_an_assignment_for_a_service_is_no_part_in_a_case(self):
        self.assign()
        for role in ("procuratorate", "justice", "institution"):
            self.assertFalse(self.met_by(role), role)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestCases(AssignedCase):
    def test_participants_meet_the_child_of_the_case(self):
        self.assign(kind="case", by="civil_affairs", purpose="参与个案会商")
        for role in ("procuratorate", "justice", "institution"):
            self.assertEqual(self.met_by(role), self.child, role)
        for role in ("provider", "mass_organization"):
            self.assertFalse(self.met_by(role), role)
        self.assertEqual(self.as_role(self.child, "procuratorate").name, "张三丰")
        with self.assertRaises(AccessError):
            self.as_role(self.child, "justice").read(["name"])  # masked, also within the case

    def test_over_with_the_case(self):
        one = self.assign(kind="case", by="civil_affairs")
        one.action_end()
        for role in ("procuratorate", "justice", "institution"):
            self.assertFalse(self.met_by(role), role)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestWhoAssigns(AssignedCase):
    def test_township_and_civil_affairs_only(self):
        for role in set(self.roles) - {"township", "civil_affairs"}:
            with self.assertRaises(AccessError, msg=role):
                self.assign(by=role)
        self.assertTrue(self.assign(by="civil_affairs"))

    def test_children_of_the_own_township_only(self):
        elsewhere = self.make_on_ledger(self.village_b1)
        with self.assertRaises(AccessError):
            self.assign(elsewhere)
        one = self.assign()
        with self.assertRaises(AccessError):
            one.child_id = elsewhere
        foreign = self.assign(elsewhere, by="civil_affairs")
        township = self.as_role(foreign, "township")
        self.assertNotIn(township, township.search([]))
        for call in (township.action_end, lambda: township.write({"date_to": "2030-01-01"})):
            with self.assertRaises(AccessError):
                call()

    def test_nobody_reads_who_is_assigned_but_who_assigns(self):
        one = self.assign()
        for role in ("village", "provider", "mass_organization", "education", "leader"):
            self.assertFalse(self.as_role(one, role).has_access("read"), role)
        with self.assertRaises(AccessError):
            self.as_role(self.child, "village").read(["assignment_ids"])

    def test_no_sharing_without_purpose_ground_and_end(self):
        one = self.assign()
        for name in ("purpose", "legal_ground", "date_to", "date_from"):
            self.assertTrue(one._fields[name].required, name)
