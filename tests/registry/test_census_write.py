"""What an import writes: families, updates that say what they changed, and nothing at all where it fails."""

import base64
from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ...lib.tests.census import number
from .census import NO_NUMBERS, CensusCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestCensusFamilies(CensusCase):
    def test_one_child_with_everything_the_row_says(self):
        self.imported(
            self.row(
                aid="低保、临时救助", health="残疾", disability_kind="肢体", disability_level="二级"
            )
        )
        child = self.child()
        self.assertEqual((child.name, child.name_masked, child.sex), ("萧英", "萧*", "female"))
        self.assertEqual((child.state, child.date_entry), ("on_ledger", date(2026, 11, 20)))
        self.assertEqual((child.eligibility, child.episode_id.reason), ("eligible", "both_away"))
        self.assertIn("普查.xlsx", child.episode_id.basis)
        self.assertEqual(child.father_id.phone, "17435800699")
        self.assertEqual(
            (child.father_id.is_away, child.father_id.work_place), (True, "贵州省贵阳市")
        )
        self.assertEqual(child.father_id.migration_ids.cross_county, "yes")
        self.assertEqual(child.carer_relation, "paternal_grandfather")
        self.assertEqual(
            child.guardianship_ids.filtered(lambda line: line.role == "carer").care_quality, "good"
        )
        self.assertEqual(set(child.aid_ids.mapped("code")), {"subsistence", "temporary"})
        self.assertEqual(
            (child.health_ids.condition, child.health_ids.disability_level), ("disabled", "2")
        )
        self.assertEqual(child.household_id.address, "东村六组111号")
        self.assertRegex(child.display_name, r"^LE\d{7} 萧\*$")

    def test_cells_left_empty_assume_nothing(self):
        self.imported(self.row(ethnicity=None, hukou_kind=None, health=None, aid=None))
        child = self.child()
        self.assertFalse(child.ethnicity or child.hukou_kind or child.health_ids or child.aid_ids)

    def test_siblings_share_everybody(self):
        self.imported(self.row(), self.sister())
        one, other = self.child(), self.child(number(serial="732"))
        for name in ("household_id", "father_id", "mother_id", "carer_id"):
            self.assertEqual(one[name], other[name], name)

    def test_a_later_sibling_joins_the_household_of_the_first(self):
        for people in ({}, NO_NUMBERS):
            with self.subTest(people=people), self.env.cr.savepoint():
                self.imported(self.row(**people))
                self.imported(self.sister(**people))
                one, other = self.child(), self.child(number(serial="732"))
                for name in ("household_id", "father_id", "mother_id", "carer_id"):
                    self.assertEqual(one[name], other[name], name)
                (one | other).with_context(active_test=False)._void("again")

    def test_a_parent_on_file_elsewhere_is_the_same_person(self):
        father = self.make_guardian(
            self.village_b1, "2025-01-05", id_number=number("19860809", "567"), name="萧泽志"
        )
        self.imported(self.row())
        self.assertEqual(self.child().father_id, father)
        self.assertEqual(father.area_id, self.village_b1)

    def test_the_verdict_rests_on_what_is_on_file_as_well(self):
        father = self.make_guardian(id_number=number("19860809", "567"), name="萧泽志")
        spell = {"guardian_id": father.id, "date_from": "2022-12-31", "date_to": "2026-11-21"}
        self.env["lbc.migration"].create({**spell, "cross_county": "yes"})
        self.imported(self.row())
        self.assertEqual(
            self.child().eligibility, "ineligible", "he has come back since the census"
        )

    def test_a_disabled_parent_is_recorded_with_the_words_as_evidence(self):
        self.imported(
            self.row(
                mother_work_place=None,
                mother_away_since=None,
                mother_condition="重度残疾（二级）",
                care_reason="父母一方外出，另一方无监护能力",
            )
        )
        child = self.child()
        capacity = child.mother_id.capacity_ids
        self.assertEqual((capacity.reason, capacity.is_proved), ("severe_disability", True))
        self.assertIn("重度残疾（二级）", capacity.evidence)
        self.assertEqual(child.eligibility_reason, "one_away_other_incapable")
        self.assertEqual(child.episode_id.reason, "one_away")

    def test_what_is_to_be_verified_enters_as_such(self):
        census = self.imported(
            self.row(mother_work_place=None, mother_away_since=None, mother_condition="残疾三级")
        )
        self.assertEqual(census.line_ids.status, "warning")
        self.assertEqual(self.child().eligibility, "suspected")

    def test_a_carer_under_age_is_left_out(self):
        self.imported(self.row(carer_id_number=number("20090101", "267")))
        self.assertFalse(self.child().carer_id)
        self.assertFalse(self.env["lbc.guardian"].search([("name", "=", "萧浩")]))

    def test_a_doubtful_number_of_an_adult_is_kept_as_doubtful(self):
        wrong = number("19860809", "567")[:17] + "0"
        self.imported(self.row(father_id_number=wrong))
        father = self.child().father_id
        self.assertEqual((father.id_number, father.id_status), (wrong, "doubtful"))

    def test_a_registered_school_is_recognised(self):
        self.imported(self.row(school="甲镇中心小学"), self.sister(school="无名小学"))
        self.assertEqual(self.child().school_id, self.school)
        self.assertFalse(self.child().school_name)
        self.assertEqual(self.child(number(serial="732")).school_name, "无名小学")

    def test_names_are_found_by_their_initials(self):
        self.imported(self.row())
        found = self.env["lbc.child"].with_user(self.users["township"]).name_search("萧")
        self.assertEqual([found_id for found_id, _name in found], self.child().ids)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestCensusUpdates(CensusCase):
    def setUp(self):
        super().setUp()
        self.imported(self.row(), self.sister())

    def _again(self, *rows):
        census = self.imported(*rows)
        return census, census.line_ids.sorted("row").mapped("message")

    def test_the_same_rows_change_nothing(self):
        census, messages = self._again(self.row(), self.sister())
        self.assertEqual(
            (census.unchanged_count, census.updated_count, census.created_count), (2, 0, 0)
        )
        self.assertFalse(any(messages))

    def test_empty_cells_change_nothing(self):
        bare = {
            code: None
            for code in self.row()
            if code not in ("township", "village", "name", "id_number", "sex")
        }
        parents = {
            code: self.row()[code] for code in self.row() if code.startswith(("father", "mother"))
        }
        census, _messages = self._again(self.row(**{**bare, **parents, "address": None}))
        self.assertEqual(self.results(census), ["unchanged"])
        self.assertEqual(self.child().address, "东村六组111号")
        self.assertTrue(self.child().carer_id)

    def test_the_file_wins_and_says_so(self):
        self.child().write({"address": "别处", "education_stage": "junior"})
        census, (message, _other) = self._again(self.row(education="小学"), self.sister())
        self.assertEqual(self.results(census), ["updated", "unchanged"])
        self.assertEqual(self.child().address, "东村六组111号")
        self.assertEqual(self.child().education_stage, "primary")
        self.assertIn("Changed:", message)
        for label in ("Present Address", "Education"):
            self.assertIn(label, message)

    def test_what_it_changes_is_of_its_day_and_names_it(self):
        self.child().write({"address": "别处"})
        census, _messages = self._again(self.row(father_phone="13800000000"), self.sister())
        rows = self.env["lbc.past"].search([("basis", "!=", False)])
        found = {(row.model, row.field): (row.after, row.is_correction) for row in rows}
        self.assertEqual(found["lbc.child", "address"], ("东村六组111号", False))
        self.assertEqual(found["lbc.guardian", "phone"], ("13800000000", False))
        self.assertEqual(set(rows.mapped("day")), {census.as_of})
        self.assertEqual(set(rows.mapped("basis")), {census._basis()})
        self.assertEqual(rows.user_id, self.users["township"])

    def test_what_adults_changed_reaches_the_whole_family(self):
        census, _messages = self._again(
            self.row(father_phone="13800000000"), self.sister(father_phone=None)
        )
        self.assertEqual(self.results(census), ["updated", "updated"])
        self.assertEqual(self.child().father_id.phone, "13800000000")

    def test_another_carer_follows_the_first(self):
        before = self.child().carer_id
        self._again(
            self.row(
                carer_name="马大山",
                carer_id_number=number("19600101", "555"),
                carer_relation="外祖父",
            )
        )
        child = self.child()
        self.assertEqual(
            (child.carer_id.name, child.carer_relation), ("马大山", "maternal_grandfather")
        )
        old = child.guardianship_ids.filtered(lambda line: line.guardian_id == before)
        self.assertEqual(old.date_to, date(2026, 11, 20))
        self.assertEqual(self.child(number(serial="732")).carer_id, before)

    def test_a_number_found_later_goes_to_the_same_child(self):
        nameless = {
            "id_number": None,
            "note": "未办理户口登记",
            "name": "萧山",
            "address": "东村七组1号",
        }
        self.imported(self.row(**nameless))
        child = self.env["lbc.child"].search([("name", "=", "萧山")])
        census, _messages = self._again(self.row(**{**nameless, "id_number": number(serial="736")}))
        self.assertEqual(self.results(census), ["updated"])
        self.assertEqual((child.id_number, child.id_status), (number(serial="736"), "valid"))
        census, _messages = self._again(self.row(**nameless))
        self.assertEqual(self.results(census), ["unchanged"])

    def test_an_adult_who_gets_a_number_stays_the_same(self):
        nameless = {
            **NO_NUMBERS,
            "address": "东村八组1号",
            "name": "萧山",
            "id_number": number(serial="736"),
        }
        self.imported(self.row(**nameless))
        child = self.child(number(serial="736"))
        father = child.father_id
        self._again(self.row(**{**nameless, "father_id_number": number("19850101", "555")}))
        self.assertEqual(child.father_id, father)
        self.assertEqual(father.id_number, number("19850101", "555"))

    def test_work_away_that_ended_since_stays_ended(self):
        spell = self.child().father_id.migration_ids
        spell.date_to = "2026-11-21"
        census, _messages = self._again(self.row())
        self.assertEqual(self.results(census), ["unchanged"])
        self.assertEqual(self.child().father_id.migration_ids, spell)

    def test_a_later_note_on_health_stays_the_latest(self):
        self.env["lbc.health"].create(
            {"child_id": self.child().id, "date": "2026-11-21", "condition": "chronic"}
        )
        census, _messages = self._again(self.row())
        self.assertEqual(self.results(census), ["unchanged"])

    def test_another_village_of_the_township_takes_the_child_over(self):
        child = self.child()
        census, (message, *_others) = self._again(self.row(village="西村", address="西村1号"))
        self.assertEqual(self.results(census), ["updated"])
        self.assertIn("Village", message)
        self.assertEqual(
            (child.area_id, child.household_id.area_id), (self.village_a2, self.village_a2)
        )
        self.assertEqual(child.episode_id.entry_kind, "moved_in")
        self.assertEqual(child.state, "on_ledger")
        self.assertEqual(child.episode_ids.mapped("area_id"), self.village_a1 | self.village_a2)

    def test_a_child_who_left_the_ledger_is_not_put_back_in_silence(self):
        child = self.child()
        child._propose_exit("parent_returned", date(2026, 11, 20), "父亲返乡")
        child.action_confirm_exit()
        census, (message, *_others) = self._again(self.row())
        self.assertEqual(census.line_ids.problem, "not_on_ledger")
        self.assertIn("Left the ledger", message)
        self.assertEqual(child.state, "exited")

    def test_a_wrong_child_that_was_voided_gives_its_number_free(self):
        self.child()._void("录错")
        census, _messages = self._again(self.row())
        self.assertEqual(self.results(census), ["created"])


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestCensusWhole(CensusCase):
    def test_a_failure_at_the_last_step_leaves_nothing(self):
        census = self.upload(self.row(), self.sister())
        census.action_check()
        with (
            self.assertRaises(RuntimeError),
            patch.object(type(census), "_finish", side_effect=RuntimeError),
            self.env.cr.savepoint(),
        ):
            census.action_import()
        self.env.invalidate_all()
        for model in ("child", "guardian", "household", "episode", "guardianship", "migration"):
            self.assertFalse(self.env[f"lbc.{model}"].search([]), model)
        self.assertEqual(census.state, "checked")
        census.action_import()
        self.assertEqual(census.created_count, 2)

    def test_errors_stay_out_and_come_back_with_reasons(self):
        census = self.imported(self.row(), self.sister(sex="男"))
        self.assertEqual((census.created_count, census.rejected_count), (1, 1))
        self.assertEqual(self.results(census), ["created", "rejected"])
        sheet = self.opened(census.report_file)
        heads = [cell.value for cell in sheet[4]]
        self.assertEqual(heads[:-1], [column.heading for column in self.columns()])
        self.assertEqual(heads[-1], "不能导入的原因")
        cells = dict(zip(heads, (cell.value for cell in sheet[5]), strict=True))
        self.assertEqual((cells["儿童姓名"], cells["公民身份号码"]), ("萧文", number(serial="732")))
        self.assertIn("17th digit", cells["不能导入的原因"])
        self.assertEqual(sheet.max_row, 5)

    def test_a_destroyed_number_does_not_come_back_as_if_it_were_one(self):
        census = self.imported(self.row(id_number=5.001992016081873e17))
        again = self.upload_file(base64.b64decode(census.report_file))
        again.action_check()
        self.assertEqual(self.findings(again), {5: ("error", "id_stored_as_number")})

    def test_without_errors_there_is_no_report(self):
        self.assertFalse(self.imported(self.row()).report_file)

    def test_import_checks_by_itself_what_was_not_checked(self):
        census = self.upload(self.row())
        census.action_import()
        self.assertEqual((census.state, census.created_count), ("done", 1))

    def test_what_happened_since_the_check_counts(self):
        census = self.upload(self.row(), self.sister())
        census.action_check()
        self.imported(self.row(township="乙镇", village="南村"), role="civil_affairs")
        census.action_import()
        self.assertEqual((census.created_count, census.rejected_count), (1, 1))
        self.assertEqual(census.line_ids.sorted("row")[0].problem, "other_township")

    def test_what_was_imported_is_kept(self):
        census = self.imported(self.row())
        with self.assertRaises(UserError):
            census.unlink()
        with self.assertRaises(UserError):
            census.as_of = "2026-01-01"
        self.upload(self.row()).unlink()

    def test_a_census_is_imported_once(self):
        census = self.imported(self.row())
        self.child().address = "新地址"
        for step in (census.action_import, census.action_check):
            with self.assertRaisesRegex(UserError, "Imported"):
                step()
        self.assertEqual((census.created_count, census.unchanged_count), (1, 0))
        self.assertEqual(self.child().address, "新地址")
        with self.assertRaisesRegex(UserError, "Imported"):
            census.sudo().action_import()

    def test_the_same_file_may_be_imported_again_as_a_census_of_its_own(self):
        first = self.imported(self.row())
        again = self.upload_file(base64.b64decode(first.file))
        again.action_import()
        self.assertEqual((again.created_count, again.unchanged_count), (0, 1))

    def test_a_refused_row_speaks_for_no_child(self):
        self.imported(self.row())
        census = self.imported(self.row(sex="男", agreement_from="2026-03-01"))
        self.assertEqual(self.results(census), ["rejected"])
        self.assertFalse(census.line_ids.child_id)
        self.assertFalse(self.env["lbc.census.line"]._waiting_rows(["paired_teacher_x"]))
        dates = self.env["lbc.census.line"]._waiting_rows(["agreement_from"])
        self.assertNotIn("2026-03-01", [cells["agreement_from"] for _c, _d, cells in dates])

    def test_a_duplicate_is_an_upload_that_still_needs_its_file(self):
        census = self.imported(self.row())
        copy = census.copy()
        self.assertEqual((copy.state, copy.posting_id), ("draft", census.posting_id))
        self.assertFalse(copy.file or copy.filename or copy.as_of or copy.line_ids)
        with self.assertRaisesRegex(UserError, "Choose the census workbook"):
            copy.action_check()
        copy.unlink()
