"""The register is as of its day: what is entered later changes it only where it corrects an error (§C.6 2, 16)."""

from datetime import date

from psycopg2 import errors

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tests.common import freeze_time
from odoo.tools import mute_logger

from ...models.ledger.snapshot import FROZEN
from ..visits.test_risk import HIGH, MEDIUM, RiskCase
from .common import LedgerCase

NOON = "04:00:00"  # of UTC, in China


@tagged("post_install", "-at_install")
@freeze_time(f"2026-06-20 {NOON}")
class TestPast(LedgerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(f"2026-05-01 {NOON}"):
            cls.father = cls.make_guardian(away_since="2024-01-05", phone="13800000000")
            cls.child = cls.make_on_ledger(
                day="2026-05-01",
                father=cls.father,
                address="一组1号",
                school_name="甲小学",
                note="与祖父母同住",
            )
        cls.village = cls.users["village"]

    def enter(self, day, record=None, role="village", **values):
        """Write as the village does on a day (MMDD) at noon."""
        with freeze_time(f"2026-{day[:2]}-{day[2:]} {NOON}"):
            self.as_role(record or self.child, role).write(values)
            self.env.flush_all()

    def report(self, day, number=3):
        """Report on a day (MMDD); returns the version."""
        with freeze_time(f"2026-{day[:2]}-{day[2:]} {NOON}"):
            submission = self._submit_now(self.open_quarter(2026, number), self.township_a)
        return submission.current_version_id

    def past(self, *names):
        return self.env["lbc.past"].search([("field", "in", names)], order="id")

    # -- the columns

    def test_every_column_is_dated_or_kept(self):
        kept = {
            "lbc.child": self.env["lbc.child"]._past_expressions(),
            "lbc.guardian": self.env["lbc.guardian"]._past_expressions(),
        }
        for column in FROZEN:
            self.assertNotEqual(bool(column.past), column.dated, column.code)
            adult = column.code.startswith(("father_", "mother_", "carer_"))
            for name in column.past:
                self.assertIn(name, kept["lbc.guardian" if adult else "lbc.child"], column.code)
                self.assertIn(f"? '{name}'", f"{column.sql} ? 'school_id'", column.code)
            if column.past and column.masked and column.code != "address":
                self.assertIn(f"? '{column.past[0]}_masked'", column.masked, column.code)

    def test_what_changed_after_the_cutoff_belongs_to_the_next_report(self):
        self.report("0620", 2)
        number = self.id_number(date(2015, 1, 1), "female")
        self.enter(
            "0921",
            name="李四",
            sex="female",
            id_number=number,
            birth_date="2015-01-01",
            ethnicity="03",
            hukou_kind="urban",
            address="九组9号",
            note="其他",
        )
        schooling = {"school_name": "乙小学", "grade_class": "三年级", "boarding": "yes"}
        # said with its day: what is filled in for the first time would be a supplement
        self.enter("0921", role="education", change_day="2026-09-21", **schooling)
        aid = self.env["lbc.aid"].search([], limit=1)
        self.enter("0921", role="civil_affairs", aid_ids=[(6, 0, aid.ids)], change_day="2026-09-21")
        self.enter("0921", self.father, name="王五", phone="13900000000", state="missing")
        third = self.report("0922")
        row, label = third.snapshot_ids, third.snapshot_ids.label
        self.assertEqual((row.name, row.name_masked, row.sex), ("张三丰", "张*丰", "male"))
        self.assertEqual((row.birth_date, row.ethnicity), (date(2016, 8, 18), "01"))
        self.assertNotEqual(row.id_number, number)
        self.assertEqual((row.address, row.school, row.note), ("一组1号", "甲小学", "与祖父母同住"))
        self.assertEqual((row.hukou_kind, row.aid), ("rural", False))
        self.assertEqual((row.father_name, row.father_phone), ("李成年", "13800000000"))
        self.assertEqual((row.father_phone_masked, row.father_condition), ("138****0000", "normal"))
        self.assertIn("张*丰", label)
        self.assertFalse(third.change_ids)
        fourth = self.report("1220", 4)
        row = fourth.snapshot_ids
        self.assertEqual((row.name, row.address, row.school), ("李四", "九组9号", "乙小学"))
        self.assertEqual((row.id_number, row.sex, row.aid), (number, "female", aid.code))
        self.assertEqual((row.father_name, row.father_condition), ("王五", "missing"))
        days = set(fourth.change_ids.mapped("day"))
        self.assertEqual(days, {date(2026, 9, 21)})

    def test_what_was_missing_is_supplied_whenever_it_is_entered(self):
        self.report("0620", 2)
        self.enter("0921", role="education", education_stage="primary", change_basis="学籍卡")
        third = self.report("0922")
        self.assertEqual(third.snapshot_ids.education, "primary")
        line = third.change_ids
        self.assertEqual((line.column, line.basis), ("education", "补录：学籍卡"))

    def test_what_is_told_later_of_an_earlier_day_wins(self):
        self.enter("0921", address="二组2号")
        self.enter("0922", address="三组3号", change_day="2026-09-10")
        self.assertEqual(self.report("0923").snapshot_ids.address, "三组3号")

    def test_of_several_later_changes_the_first_tells_what_was(self):
        self.enter("0921", address="二组2号")
        self.enter("0922", address="三组3号")
        self.enter("0923", address="四组4号", change_is_correction=True)
        self.assertEqual(self.report("0924").snapshot_ids.address, "一组1号")

    def test_another_father_the_day_after(self):
        line = self.child.guardianship_ids.filtered(lambda one: one.role == "father")
        other = self.make_guardian(name="赵继父", away_since="2024-01-05")
        self.enter("0921", line, date_to="2026-09-21")
        self.env["lbc.guardianship"].create(
            {
                "child_id": self.child.id,
                "guardian_id": other.id,
                "role": "father",
                "date_from": "2026-09-21",
            }
        )
        self.assertEqual(self.report("0922").snapshot_ids.father_name, "李成年")
        self.assertEqual(self.report("1220", 4).snapshot_ids.father_name, "赵继父")

    def test_the_live_register_can_be_read_as_of_a_day(self):
        self.enter("0921", address="二组2号")
        children = self.env["lbc.child"].with_user(self.users["civil_affairs"])
        for day, address in ((date(2026, 9, 20), "一组1号"), (date(2026, 9, 21), "二组2号")):
            source = children._ledger_source(["address"], [("id", "=", self.child.id)], day)
            self.assertEqual(self.env.execute_query(source)[0][3], address)

    # -- verified

    def test_verified_is_within_the_quarter_and_by_the_cutoff(self):
        with freeze_time(f"2026-10-10 {NOON}"):
            self.as_role(self.child, "village").action_mark_verified()
        third = self.report("1012")
        self.assertEqual(third.unverified_count, 1)
        self.assertFalse(third.snapshot_ids.verified_on)
        found = third.submission_id.finding_ids.filtered(lambda one: one.rule == "not_verified")
        self.assertEqual(found.child_ref, self.child.id)

    def test_a_later_verification_leaves_the_earlier_one(self):
        for day in ("09-10", "10-10"):
            with freeze_time(f"2026-{day} {NOON}"):
                self.as_role(self.child, "village").action_mark_verified()
        third = self.report("1012")
        self.assertEqual(third.unverified_count, 0)
        self.assertEqual(third.snapshot_ids.verified_on, date(2026, 9, 10))
        self.assertNotIn("not_verified", third.submission_id.finding_ids.mapped("rule"))

    # -- R1

    def test_who_said_so_is_not_whoever_wrote_last(self):
        self.report("0620", 2)
        self.enter("0801", address="二组2号", change_day="2026-07-15", change_basis="租房合同")
        self.enter("0901", role="education", grade_class="二年级")
        line = self.report("0920").change_ids
        self.assertEqual(line.column, "address")
        self.assertEqual((line.day, line.basis), (date(2026, 7, 15), "租房合同"))
        self.assertEqual(line.entered_by, self.village.name)

    def test_a_situation_since_a_day_has_that_day(self):
        self.report("0620", 2)
        self.enter("0901", self.father, state="missing", state_since="2026-08-10")
        line = self.report("0920").change_ids
        self.assertEqual((line.column, line.day), ("father_condition", date(2026, 8, 10)))

    def test_nothing_known_stays_empty(self):
        """As after an upgrade: of the time before nothing was kept."""
        self.report("0620", 2)
        self.env.cr.execute("UPDATE lbc_child SET address = '九组' WHERE id = %s", [self.child.id])
        line = self.report("0920").change_ids
        self.assertEqual((line.column, line.day, line.basis), ("address", False, False))
        self.assertFalse(line.entered_by)

    def test_a_loss_of_capacity_has_its_own_day_and_paper(self):
        self.report("0620", 2)
        with freeze_time(f"2026-09-01 {NOON}"):
            self.env["lbc.capacity"].with_user(self.village).create(
                {
                    "guardian_id": self.father.id,
                    "reason": "severe_illness",
                    "evidence": "诊断书",
                    "valid_from": "2026-08-10",
                }
            )
        line = self.report("0920").change_ids
        self.assertEqual((line.column, line.after_clear), ("father_condition", "severe_illness"))
        self.assertEqual((line.day, line.basis), (date(2026, 8, 10), "诊断书"))
        self.assertEqual(line.entered_by, self.village.name)

    def test_a_renamed_school_moves_nobody(self):
        self.enter("0610", role="education", school_id=self.school.id, school_name=False)
        self.report("0620", 2)
        self.school.action_rename("甲镇实验小学", date(2026, 9, 20))
        third = self.report("0922")
        self.assertEqual(third.snapshot_ids.school, "甲镇中心小学")
        fourth = self.report("1220", 4)
        self.assertEqual(fourth.snapshot_ids.school, "甲镇实验小学")
        self.assertEqual(fourth.snapshot_ids.school_key, self.school.id)
        self.assertFalse(fourth.change_ids)

    def test_the_difference_of_a_correction_shows_what_stands_beside_the_columns(self):
        first = self.report("0920")
        with freeze_time(f"2026-09-25 {NOON}"):
            self.as_role(first.submission_id, "leading_office")._return("纳入日期有误")
        with freeze_time(f"2026-09-26 {NOON}"):
            self.child.episode_id.sudo().date_entry = "2026-05-15"
            with self.child._keeping_past():
                self.child.sudo().verified_on = "2026-09-15"
        second = self.report("0927")
        lines = second.change_ids.filtered(lambda one: one.against == "version")
        found = {one.column: (one.column_name, one.after) for one in lines}
        self.assertEqual(found["date_entry"], ("纳入日期", "2026-05-15"))
        self.assertEqual(found["verified_on"], ("最近核实日期", "2026-09-15"))

    # -- how it is kept

    def test_only_what_was_on_the_ledger_is_kept(self):
        draft = self.make_child()
        draft.write({"address": "九组"})
        draft.father_id.write({"phone": "13900000001"})
        self.assertFalse(self.past("address", "phone"))

    def test_what_changed_is_kept_with_day_basis_and_person(self):
        self.enter("0801", address="二组2号", note="与祖父母同住", change_basis="村委会证明")
        row = self.past("address", "note")
        self.assertEqual((row.before, row.after), ("一组1号", "二组2号"))
        self.assertEqual((row.day, row.basis), (date(2026, 8, 1), "村委会证明"))
        self.assertEqual((row.user_id, row.is_correction), (self.village, False))
        self.assertEqual(self.as_role(self.child, "village").change_basis, False)

    def test_the_form_asks_when_and_why_and_forgets_it(self):
        for role, name, value in (
            ("village", "address", "二组2号"),
            ("education", "boarding", "yes"),
        ):
            with Form(self.as_role(self.child, role)) as form:
                form[name] = value
                form.change_day = "2026-06-10"
                form.change_basis = "证明"
                form.change_is_correction = True
            row = self.past(name)
            self.assertEqual((row.day, row.basis), (date(2026, 6, 10), "证明"))
            self.assertTrue(row.is_correction)
            with Form(self.as_role(self.child, role)) as form:
                self.assertFalse(form.change_day or form.change_basis)

    def test_the_day_is_that_of_the_district(self):
        with freeze_time("2026-09-20 16:00:00"):  # the 21st begins in China
            self.as_role(self.child, "village").address = "二组2号"
        self.assertEqual(self.past("address").day, date(2026, 9, 21))

    def test_no_day_in_the_future(self):
        with self.assertRaises(UserError):
            self.enter("0801", address="二组2号", change_day="2026-08-02")

    def test_a_school_says_when_and_why_as_well(self):
        self.child.school_id = self.school
        self.enter("0901", role="school", grade_class="二年级", change_basis="学籍")
        self.enter("0902", role="school", grade_class="三年级", change_day="2026-09-01")
        rows = self.past("grade_class")
        self.assertEqual(rows.user_id, self.users["school"])
        self.assertEqual(rows.mapped("before"), [False, "二年级"])

    def test_a_constant_number_of_statements(self):
        counts = []
        for size in (1, 4, 12):
            children = self.env["lbc.child"]
            for _serial in range(size):
                children |= self.make_on_ledger(day="2026-05-01", note="甲")
            self.env.flush_all()
            before = self.cr.sql_log_count
            with children._keeping_past():
                self.env.cr.execute(
                    "UPDATE lbc_child SET note = '乙' WHERE id = ANY(%s)", [children.ids]
                )
            counts.append(self.cr.sql_log_count - before)
            self.assertEqual(len(self.past("note")), sum((1, 4, 12)[: len(counts)]))
        self.assertEqual(counts[1], counts[2])
        self.assertLessEqual(counts[2], 4)

    @mute_logger("odoo.sql_db")
    def test_nobody_reads_it_and_nobody_changes_it(self):
        self.enter("0801", address="二组2号")
        row = self.past("address")
        for user in (*self.users.values(), self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError, msg=user.login):
                row.with_user(user).read(["day"])
        for statement in ("UPDATE lbc_past SET day = day", "DELETE FROM lbc_past"):
            with self.assertRaises(errors.RestrictViolation), self.cr.savepoint():
                self.env.cr.execute(statement)


@tagged("post_install", "-at_install")
class TestAddedFields(LedgerCase):
    def setUp(self):
        # After the rollback, which this order brings: the fields are gone, and the registry knows it.
        self.addCleanup(self.registry.reset_changes)
        self.addCleanup(self.registry.clear_all_caches)
        super().setUp()

    @freeze_time(f"2026-09-19 {NOON}")
    def test_fields_that_were_added_are_frozen_as_of_the_day(self):
        model = self.env["ir.model"]._get_id("lbc.child")
        for name, kind in (("x_shoe", "integer"), ("x_hobby", "char")):
            values = {"name": name, "field_description": name, "ttype": kind, "model_id": model}
            self.env["ir.model.fields"].create({**values, "state": "manual"})
        child = self.make_on_ledger()
        child.write({"x_shoe": 31, "x_hobby": "足球"})
        with freeze_time(f"2026-09-21 {NOON}"):
            child.write({"x_shoe": 32})
        with freeze_time(f"2026-09-22 {NOON}"):
            version = self._submit_now(self.open_quarter(), self.township_a).current_version_id
        self.assertEqual(version.snapshot_ids.sudo().extra, {"x_shoe": 31, "x_hobby": "足球"})
        self.assertFalse(version._verify())


@tagged("post_install", "-at_install")
class TestPastRisk(RiskCase, LedgerCase):
    roles = LedgerCase.roles

    def test_the_level_of_risk_is_that_of_the_day(self):
        """Levels are carried by SQL, past `write`."""
        with freeze_time(f"2026-05-01 {NOON}"):
            child = self.make_on_ledger(day="2026-05-01")
        with freeze_time(f"2026-08-01 {NOON}"):
            self.put_in_force(child, **MEDIUM)
        with freeze_time(f"2026-09-21 {NOON}"):
            self.put_in_force(child, **HIGH)
        self.assertEqual(child.risk_level, "high")
        with freeze_time(f"2026-09-22 {NOON}"):
            version = self._submit_now(self.open_quarter(), self.township_a).current_version_id
        self.assertEqual(version.snapshot_ids.risk, "medium")
        row = self.env["lbc.past"].search([("field", "=", "risk_level")], order="id")
        self.assertEqual(row.mapped("is_correction"), [False, False])
        self.assertEqual(row.user_id, self.users["township"])
