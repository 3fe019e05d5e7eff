"""Outside the own area: search by masks, broken glass for hours, sensitive data by a second person (§C.2, §B.14)."""

from datetime import date
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tests.common import freeze_time

from ..common import CareCase

NOW, BEFORE, AFTER = "2026-11-21 02:00:00", "2026-11-21 04:59:59", "2026-11-21 05:00:01"
REASON = "孩子昨晚独自到本村求助，需联系家人"


class TemporaryCase(CareCase):
    """A child of village b1, and those who keep its file."""

    def setUp(self):
        super().setUp()
        self.carer = self.make_guardian(self.village_b1, name="王桂英", phone="13812345678")
        self.child = self.make_on_ledger(
            self.village_b1, carer=self.carer, address="南村三组", grade_class="三年级"
        )
        self.director_b = self.make_user("director_b", "child_director", self.village_b1)
        self.supervisor_b = self.make_user("supervisor_b", "child_supervisor", self.township_b)

    def find(self, role, **values):
        """Return the search (wizard) that a role has made; by the child's number by default."""
        values = values or {"id_number": self.child.id_number}
        wizard = self.env["lbc.child.find"].with_user(self.users[role]).create(values)
        wizard.action_find()
        return wizard

    def break_glass(self, role, reason=REASON):
        """Let a role find the child and break the glass; returns the grant (superuser)."""
        wizard = self.find(role)
        wizard.reason = reason
        wizard.line_ids.action_break_glass()
        return self.env["lbc.access.grant"].search([("user_id", "=", self.users[role].id)], limit=1)

    def meets(self, role, record=None):
        """Return whether a role meets a record (the child by default) by reading and by searching."""
        record = self.as_role(self.child if record is None else record, role)
        self.env.invalidate_all()
        found = record.browse().has_access("read") and record in record.search([])
        self.assertEqual(found, record.has_access("read"), (role, record))
        return found

    def noted(self, action):
        """Return how many rows of the journal have this action."""
        journal = self.env["lbc.journal"].sudo()
        journal._flush_notes()
        return journal.search_count([("action", "=", action)])


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSearchOutside(TemporaryCase):
    def test_the_answer_is_file_number_masked_name_and_township(self):
        line = self.find("village").line_ids
        self.assertEqual(line.file, f"{self.child.file_number} 张*丰")
        self.assertEqual(line.township, "乙镇")
        self.assertFalse(line.is_open)
        seen = line.read()[0]
        self.assertFalse({"child_id"} & seen.keys())
        for clear in ("张三丰", self.child.id_number, "南村", "13812345678"):
            self.assertNotIn(clear, str(seen))
        for path in ("child_id", "child_id.name", "find_id.line_ids.child_id"):
            with self.assertRaises(AccessError, msg=path):
                line.mapped(path)
        with self.assertRaises(AccessError):
            line.search([("child_id.name", "=", "张三丰")])
        with self.assertRaises(AccessError):
            line.formatted_read_group([], ["child_id"], ["__count"])
        with self.assertRaises(AccessError):
            line.web_read({"child_id": {"fields": {"display_name": {}}}})

    def test_name_with_birth_date_finds_and_half_of_it_does_not(self):
        wizard = self.find("township", name="张三丰", birth_date=self.child.birth_date)
        self.assertEqual(wizard.line_ids.mapped("township"), ["乙镇"])
        self.assertFalse(self.find("township", name="张三", birth_date="2016-08-18").line_ids)
        for values in ({"name": "张三丰"}, {"birth_date": "2016-08-18"}, {"reason": "查"}):
            with self.assertRaises(UserError):
                self.find("township", **values)

    def test_part_of_a_number_finds_nothing(self):
        wizard = self.find("village", id_number=self.child.id_number[:14])
        self.assertTrue(wizard.is_done)
        self.assertFalse(wizard.line_ids)

    def test_every_search_is_written_down_also_the_vain(self):
        before = self.noted("lookup")
        self.find("village")
        self.find("village", id_number="500199199001010017")
        self.assertEqual(self.noted("lookup"), before + 2)

    def test_so_many_searches_an_hour_and_no_more(self):
        self.profile.lookups_per_hour = 3
        for _time in range(3):
            self.find("village")
        with self.assertRaises(UserError):
            self.find("village")
        self.find("township")  # counted for each person
        with self.assertRaises(UserError):
            self.env["lbc.child"].with_user(self.users["village"]).find_similar("1")
        self.profile.lookups_per_hour = 4
        self.find("village")

    def test_only_entitled_roles_search(self):
        for role in set(self.roles) - {"village", "township", "school", "police", "institution"}:
            with self.assertRaises(AccessError, msg=role):
                self.find(role)

    def test_the_form_of_who_enters_files_is_a_search_like_any_other(self):
        self.profile.lookups_per_hour = 1
        before = self.noted("lookup")
        form = Form(self.env["lbc.child"].with_user(self.users["village"]))
        form.id_number = self.child.id_number
        self.assertIn(self.child.file_number, form.resemblance)
        self.assertEqual(self.noted("lookup"), before + 1)
        form.name = "某某"  # told already
        self.assertIn(self.child.file_number, form.resemblance)
        self.assertEqual(self.noted("lookup"), before + 1)
        other = self.make_on_ledger(self.village_b2)
        form.id_number = other.id_number
        self.assertNotIn(other.file_number, form.resemblance)
        own = self.make_on_ledger(self.village_a1)
        form.id_number = own.id_number  # within one's area it is no search
        self.assertIn(own.file_number, form.resemblance)

    def test_who_enters_no_files_compares_none(self):
        pupil = self.make_on_ledger(self.village_a1, school_id=self.school.id)
        for role in ("education", "school"):
            record = self.as_role(self.env["lbc.child"], role).browse(pupil.id)
            values = {"id_number": self.child.id_number}
            answer = record.onchange(values, ["id_number"], {"id_number": {}, "resemblance": {}})
            self.assertFalse(answer["value"].get("resemblance"), role)

    def test_a_taken_number_is_a_search_too(self):
        children = self.as_role(self.env["lbc.child"], "village")
        values = {"name": "某某", "id_number": self.child.id_number, "area_id": self.village_a1.id}
        values["household_id"] = (
            self.env["lbc.household"].create({"area_id": self.village_a1.id}).id
        )
        note = patch.object(type(children), "_note_failed_lookup")
        with note as noted, self.assertRaisesRegex(ValidationError, self.child.file_number):
            children.create(values)
        self.assertEqual(noted.call_args.kwargs["ids"], self.child.ids)
        told = patch.object(type(children), "_may_be_told", lambda _children: False)
        with note, told, self.assertRaisesRegex(ValidationError, "already on file") as refused:
            children.create(values)
        for clear in (self.child.file_number, "乙镇"):
            self.assertNotIn(clear, str(refused.exception))
        self.profile.lookups_per_hour = 0
        with self.assertRaisesRegex(UserError, "times within an hour"):
            children.create(values)

    def test_a_guess_at_a_parent_is_written_down(self):
        self.carer.id_number = self.id_number(date(1960, 1, 1), "female")
        child = self.make_on_ledger(self.village_a1)
        values = {"child_id": child.id, "role": "carer", "id_number": self.carer.id_number}
        finder = self.env["lbc.guardian.find"].with_user(self.users["village"])
        with patch.object(type(self.child), "_note_failed_lookup") as noted:
            with self.assertRaises(UserError):
                finder.create({**values, "name": "错名"}).action_link()
        noted.assert_called_once()
        before = self.noted("lookup")
        finder.create({**values, "name": "王桂英"}).action_link()
        self.assertEqual(self.noted("lookup"), before + 1)

    def test_a_failed_search_counts(self):
        children = self.as_role(self.env["lbc.child"], "village")
        before = self.noted("lookup")
        children._note_failed_lookup()
        self.assertEqual(self.noted("lookup"), before + 1)

    def test_without_the_function_nothing_is_searched(self):
        with self.assertRaises(AccessError):
            self.as_role(self.env["lbc.child"], "civil_affairs").find_similar(self.child.id_number)

    def test_nobody_uses_the_search_of_another(self):
        wizard = self.find("village")
        wizard.reason = REASON
        for method in ("action_break_glass", "action_open"):
            with self.assertRaises(AccessError, msg=method):
                getattr(self.as_role(wizard.line_ids, "township"), method)()
        with self.assertRaises(AccessError):
            wizard.line_ids.action_open()  # one's own, but the file is closed

    def test_a_line_is_what_the_server_found(self):
        other = self.make_on_ledger(self.village_b2)
        wizard = self.find("village")
        lines = wizard.line_ids
        for call in (
            lambda: lines.write({"child_id": other.id}),
            lambda: lines.create({"find_id": wizard.id, "child_id": other.id}),
            lambda: wizard.write({"line_ids": [Command.create({"child_id": other.id})]}),
        ):
            with self.assertRaises(AccessError):
                call()


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestBrokenGlass(TemporaryCase):
    def test_a_reason_is_asked_for(self):
        for reason in (False, " ", "查一下   "):
            with self.assertRaises(UserError, msg=reason):
                self.break_glass("village", reason)
        self.assertFalse(self.meets("village"))

    def test_it_opens_the_whole_file_for_reading_only(self):
        visit = self.env["lbc.visit"].create(
            {"household_id": self.child.household_id.id, "visitor_id": self.director_b.id}
        )
        health = self.env["lbc.health"].create({"child_id": self.child.id})
        parts = [self.child, self.carer, self.child.father_id, visit, health]
        parts += [self.child.guardianship_ids[0], self.child.household_id, self.child.episode_id]
        parts += [self.child.father_id.migration_ids]
        for record in parts:
            self.assertFalse(self.meets("village", record), record)
        self.break_glass("village")
        for record in parts:
            self.assertTrue(self.meets("village", record), record)
            for operation in ("write", "unlink"):
                self.assertFalse(self.as_role(record, "village").has_access(operation), record)
        self.assertEqual(self.as_role(self.child, "village").name, "张三丰")
        self.assertEqual(self.as_role(self.carer, "village").phone, "13812345678")
        with self.assertRaises(AccessError):
            self.as_role(self.child, "village").grade_class = "四年级"
        with self.assertRaises(AccessError):
            self.as_role(self.carer, "village").phone = "13900000000"
        with self.assertRaises(AccessError):
            self.env["lbc.health"].with_user(self.users["village"]).create(
                {"child_id": self.child.id}
            )

    def test_it_reaches_one_more_file_with_the_data_groups_of_the_role(self):
        self.break_glass("school")
        pupil = self.as_role(self.child, "school")
        self.assertEqual(pupil.name, "张三丰")
        self.assertTrue(self.meets("school"))
        with self.assertRaises(AccessError):
            pupil.read(["address"])
        with self.assertRaises(AccessError):
            pupil.write({"grade_class": "四年级"})
        other = self.make_on_ledger(self.village_b1)
        self.assertFalse(self.meets("school", other))

    def test_the_other_users_see_as_before(self):
        colleague = self.make_user("director_a2", "child_director", self.village_a2)
        self.break_glass("village")
        self.assertFalse(self.child.with_user(colleague).has_access("read"))
        for role in ("township", "township_leader", "school", "provider", "leader"):
            self.assertFalse(self.meets(role), role)

    def test_gone_at_the_minute(self):
        self.break_glass("village")
        with freeze_time(BEFORE):
            self.assertTrue(self.meets("village"))
            self.assertTrue(self.meets("village", self.carer))
        with freeze_time(AFTER):
            # No cache was cleared in between: the rule itself asks the clock.
            self.assertFalse(self.meets("village"))
            self.assertFalse(self.meets("village", self.carer))
            with self.assertRaises(AccessError):
                self.as_role(self.child, "village").read(["name"])
        with freeze_time(BEFORE):
            self.assertTrue(self.meets("village"))

    def test_the_hours_are_the_profiles(self):
        self.profile.grant_hours = 1
        self.break_glass("village")
        with freeze_time("2026-11-21 02:59:59"):
            self.assertTrue(self.meets("village"))
        with freeze_time("2026-11-21 03:00:01"):
            self.assertFalse(self.meets("village"))

    def test_given_back_early(self):
        grant = self.break_glass("village")
        self.assertTrue(self.as_role(grant, "village").is_open)
        self.as_role(grant, "village").action_end()
        self.assertFalse(self.meets("village"))
        with self.assertRaises(UserError):
            self.as_role(grant, "village").action_end()

    def test_taken_away_by_an_approver_of_the_area(self):
        leader_b = self.make_user("leader_b", "township_leader", self.township_b)
        grant = self.break_glass("village")
        for role in ("township_leader", "township", "education"):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(grant, role).action_end()
        with self.assertRaises(AccessError):
            grant.with_user(self.supervisor_b).action_end()  # keeps the file, but is no approver
        grant.with_user(leader_b).action_end()
        self.assertFalse(self.meets("village"))

    def test_whoever_keeps_the_file_is_told_at_once_by_masks(self):
        self.break_glass("village")
        message = self.env["mail.message"].search(
            [("model", "=", "lbc.child"), ("message_type", "=", "user_notification")], limit=1
        )
        owners = self.director_b | self.supervisor_b | self.users["civil_affairs"]
        self.assertEqual(message.notified_partner_ids, owners.partner_id)
        text = f"{message.subject} {message.body} {message.record_name}"
        self.assertIn(self.child.display_name, text)
        self.assertIn(REASON, text)
        self.assertNotIn("张三丰", text)
        self.assertNotIn(self.child.id_number, text)

    def test_it_stands_in_the_journal(self):
        before = self.noted("break_glass")
        self.break_glass("village")
        self.assertEqual(self.noted("break_glass"), before + 1)

    def test_a_file_that_is_open_needs_no_breaking(self):
        grants = self.env["lbc.access.grant"]
        before = grants.search_count([])
        with self.assertRaises(UserError):
            self.break_glass("police")
        self.break_glass("village")
        with self.assertRaises(UserError):
            self.break_glass("village")
        self.assertEqual(grants.search_count([]), before + 1)

    def test_a_grant_is_never_entered_or_changed_by_hand(self):
        grant = self.break_glass("village")
        values = {
            "kind": "break_glass",
            "child_id": self.child.id,
            "reason": REASON,
            "state": "granted",
            "expires_at": "2030-01-01 00:00:00",
        }
        for role in self.roles:
            own = {**values, "user_id": self.users[role].id}
            grants = self.env["lbc.access.grant"].with_user(self.users[role])
            with self.assertRaises(AccessError, msg=role):
                grants.create(own)
            with self.assertRaises(AccessError, msg=role):
                self.as_role(grant, role).write({"expires_at": "2030-01-01 00:00:00"})
            with self.assertRaises(AccessError, msg=role):
                self.as_role(grant, role).write({"answer": "好"})
            with self.assertRaises(AccessError, msg=role):
                self.as_role(grant, role).unlink()


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRequests(TemporaryCase):
    def setUp(self):
        super().setUp()
        make = self.env["lbc.health"].create
        self.health = make({"child_id": self.child.id, "condition": "chronic"})
        sibling = self.make_on_ledger(
            self.village_b1, household_id=self.child.household_id.id, carer=self.carer
        )
        self.of_sibling = make({"child_id": sibling.id, "condition": "chronic"})

    def ask(self, role="health", subject="health", child=None):
        """Let a role ask for sensitive data of the child; returns the request (superuser)."""
        wizard = self.env["lbc.access.request"].with_user(self.users[role])
        child = child or self.child
        wizard.create({"child_id": child.id, "subject": subject, "reason": REASON}).action_ask()
        return self.env["lbc.access.grant"].search([("user_id", "=", self.users[role].id)], limit=1)

    def test_after_approval_the_health_of_this_child_and_no_other(self):
        request = self.ask()
        self.assertEqual(request.state, "waiting")
        self.assertFalse(self.meets("health", self.health))
        self.as_role(request, "civil_affairs").action_approve("同意")
        self.assertEqual(request.approver_id, self.users["civil_affairs"])
        self.assertTrue(self.meets("health", self.health))
        self.assertFalse(self.meets("health", self.of_sibling))
        self.as_role(self.health, "health").details = "已复诊"  # the cell says W
        with self.assertRaises(AccessError):
            self.as_role(self.child, "health").read(["name"])  # the identity stays masked
        with freeze_time(AFTER):
            self.assertFalse(self.meets("health", self.health))

    def test_a_second_person_of_the_area_decides(self):
        request = self.ask()
        leader_b = self.make_user("leader_b", "township_leader", self.township_b)
        for role in ("township_leader", "township", "education", "health"):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(request, role).action_approve()
        with self.assertRaises(AccessError):
            request.with_user(self.director_b).action_approve()
        request.with_user(leader_b).action_approve()
        self.assertTrue(self.meets("health", self.health))
        with self.assertRaises(UserError):
            request.with_user(leader_b).action_refuse()

    def test_nobody_approves_his_own_request(self):
        request = self.ask("civil_affairs", "psychology")
        own = self.as_role(request, "civil_affairs")
        self.assertFalse(own.may_decide)
        for method in (own.action_approve, own.action_refuse):
            with self.assertRaises(AccessError):
                method()
        self.as_role(request, "data_officer").action_approve()
        self.assertEqual(request.state, "granted")

    def test_refused(self):
        before = self.noted("refuse")
        request = self.ask()
        self.as_role(request, "data_officer").action_refuse("请向镇里询问")
        self.assertEqual((request.state, request.answer), ("refused", "请向镇里询问"))
        self.assertFalse(self.meets("health", self.health))
        self.assertEqual(self.noted("refuse"), before + 1)
        with self.assertRaises(UserError):
            self.as_role(request, "civil_affairs").action_approve()

    def test_ended_early(self):
        request = self.ask()
        self.as_role(request, "data_officer").action_approve()
        self.as_role(request, "health").action_end()
        self.assertFalse(self.meets("health", self.health))

    def test_only_what_the_matrix_gives_after_approval_can_be_asked_for(self):
        ask = self.env["lbc.access.grant"].with_user(self.users["health"])._request
        for subject in ("psychology", "economy", "reporter"):
            with self.assertRaises(AccessError, msg=subject):
                ask(self.child, subject, REASON)
        own = self.make_on_ledger(self.village_a1)
        with self.assertRaises(UserError):  # without approval already
            self.env["lbc.access.grant"].with_user(self.users["village"])._request(
                own.with_user(self.users["village"]), "health", REASON
            )

    def test_only_for_a_file_within_reach(self):
        with self.assertRaises(AccessError):
            self.ask("village", "psychology")
        with self.assertRaises(UserError):
            self.env["lbc.access.grant"].with_user(self.users["health"])._request(
                self.as_role(self.child, "health"), "health", "看看"
            )

    def test_broken_glass_opens_nothing_that_needs_approval(self):
        self.break_glass("village")
        cell = self.users["village"]._lbc_cell("psychology")
        self.assertTrue(cell.approval)
        domain = self.users["village"]._lbc_granted_domain("psychology", child="child_id")
        self.assertTrue(domain.is_false())
