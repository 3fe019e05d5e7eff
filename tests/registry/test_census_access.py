"""Who may import a census, for which places, and who sees its rows; asked of the server, not of the page."""

import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ...dev.demo import synthetic
from ...lib.tests.census import number
from ..common import STAFF
from .census import CensusCase

IMPORTERS = ("township", "civil_affairs")


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestCensusAdultsElsewhere(CensusCase):
    """A number alone opens no file outside the importer's area."""

    def setUp(self):
        super().setUp()
        self.father = self.make_guardian(
            self.village_b1,
            "2025-01-05",
            id_number=number("19860809", "567"),
            name="萧泽志",
            phone="13900000000",
        )
        self.brother = self.make_child(self.village_b1, father=self.father, name="萧山")

    def _assert_untouched(self):
        self.assertEqual((self.father.phone, self.father.state), ("13900000000", "normal"))
        self.assertEqual(self.father.work_place, "广东省东莞市")
        self.assertEqual(len(self.father.migration_ids), 1)
        self.assertFalse(self.father.capacity_ids)

    def test_the_number_under_another_name_is_an_error_that_names_nobody(self):
        census = self.imported(self.row(father_name="赵某"))
        line = census.line_ids
        self.assertEqual((line.status, line.problem), ("error", "adult_number_elsewhere"))
        for secret in ("萧泽志", "赵某", self.father.id_number, "乙镇", "南村"):
            self.assertNotIn(secret, line.message)
        self.assertFalse(self.child())
        self.assertFalse(self.as_role(self.env["lbc.guardian"], "township").search([]))
        self._assert_untouched()

    def test_number_and_name_link_and_overwrite_nothing_however_often(self):
        for serial in ("731", "732"):
            census = self.imported(
                self.row(
                    id_number=number(serial=serial) if serial != "731" else number(),
                    name=f"萧{serial}",
                    father_name="萧 泽志",
                    father_condition="残疾一级",
                ),
            )
            self.assertEqual(self.results(census), ["created"])
            self.assertEqual(self.findings(census), {3: ("warning", "adult_kept")})
            again = self.imported(*[line.raw for line in census.sudo().line_ids])
            self.assertEqual(self.results(again), ["unchanged"])
            self._assert_untouched()
        self.assertEqual(self.child().father_id, self.father)

    def test_death_is_not_told_from_elsewhere(self):
        self.imported(self.row(father_condition="死亡", father_work_place=None))
        self._assert_untouched()

    def test_the_county_brings_everybody_up_to_date(self):
        census = self.imported(self.row(), role="civil_affairs")
        self.assertEqual(self.findings(census), {3: ("ok", False)})
        self.assertEqual(self.father.phone, "17435800699")

    def test_a_file_of_which_all_children_have_come_is_brought_up_to_date(self):
        self.brother._void("again")
        self.imported(self.row())
        self.imported(self.row())
        self.assertEqual(self.father.phone, "17435800699")


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestCensusAccess(CensusCase):
    roles = tuple(STAFF)

    def test_only_township_and_civil_affairs_import(self):
        census = self.imported(self.row())
        for role in STAFF:
            if role in IMPORTERS:
                self.upload(self.row(), role=role)
                continue
            with self.assertRaises(AccessError, msg=role):
                self.upload(self.row(), role=role)
            for call in (
                "action_check",
                "action_import",
                "get_progress",
                "action_report",
                "action_show_rows",
            ):
                with self.assertRaises(AccessError, msg=(role, call)):
                    getattr(self.as_role(census, role), call)()
            for record in (census, census.line_ids):
                with self.assertRaises(AccessError, msg=role):
                    self.as_role(record, role).read([])

    def test_a_township_imports_its_own_rows_only(self):
        census = self.imported(self.row(), self.sister(township="乙镇", village="南村"))
        self.assertEqual(self.results(census), ["created", "rejected"])
        self.assertEqual(census.line_ids.sorted("row")[1].problem, "not_your_area")
        self.assertFalse(self.child(number(serial="732")))

    def test_the_county_imports_all_its_townships(self):
        census = self.imported(
            self.row(), self.sister(township="乙镇", village="南村"), role="civil_affairs"
        )
        self.assertEqual(self.results(census), ["created", "created"])

    def test_a_township_does_not_change_a_child_of_another(self):
        self.imported(self.row(township="乙镇", village="南村"), role="civil_affairs")
        census = self.imported(self.row(address="别处"))
        self.assertEqual(self.results(census), ["rejected"])
        self.assertNotEqual(self.child().address, "别处")

    def test_uploads_of_others_are_not_seen(self):
        other = self.make_user("test_township_b", "child_supervisor", self.township_b)
        census = self.imported(self.row())
        for record in (census, census.line_ids):
            with self.assertRaises(AccessError):
                record.with_user(other).read(["display_name"])
            self.assertFalse(record.with_user(other).search([]))
        with self.assertRaises(AccessError):
            census.with_user(other).action_import()

    def test_a_township_sees_its_rows_of_the_county_s_census(self):
        census = self.imported(
            self.row(), self.sister(township="乙镇", village="南村"), role="civil_affairs"
        )
        lines = self.as_role(self.env["lbc.census.line"], "township").search([])
        self.assertEqual(lines.mapped("township_id"), self.township_a)
        self.assertFalse(self.as_role(self.env["lbc.census.import"], "township").search([]))
        self.assertEqual(len(census.line_ids), 2)

    def test_the_county_sees_the_uploads_of_its_townships(self):
        census = self.imported(self.row())
        self.assertEqual(
            self.as_role(self.env["lbc.census.import"], "civil_affairs").search([]), census
        )

    def test_who_has_left_the_post_sees_his_upload_no_more(self):
        census = self.imported(self.row())
        user = self.users["township"]
        user.lbc_posting_ids.date_to = "2026-11-20"
        self.make_user("test_successor", "child_supervisor", self.township_a)
        posting = self.env["lbc.posting"].search([("user_id.login", "=", "test_successor")])
        posting.copy({"user_id": user.id, "area_ids": [(6, 0, self.township_b.ids)]})
        self.assertFalse(
            self.env["lbc.census.import"].with_user(user).search([("id", "=", census.id)])
        )
        self.assertFalse(self.env["lbc.census.line"].with_user(user).search([]))

    def test_results_and_rows_are_not_written_by_hand(self):
        census = self.upload(self.row())
        census.action_check()
        for vals in (
            {"state": "done"},
            {"created_count": 9},
            {"layout": []},
            {"report_file": "eA=="},
            {"posting_id": False},
        ):
            with self.assertRaises(AccessError, msg=vals):
                census.write(vals)
        with self.assertRaises(AccessError):
            census.line_ids.write({"raw": self.sister()})
        with self.assertRaises(AccessError):
            census.line_ids.create({"import_id": census.id, "row": 99, "status": "ok"})
        with self.assertRaises(AccessError):
            census.line_ids.unlink()
        with self.assertRaises(AccessError):
            census.write({"line_ids": [(0, 0, {"row": 99, "status": "ok"})]})

    def test_the_context_of_a_call_opens_no_door(self):
        census = self.imported(self.row())
        with self.assertRaises(UserError):
            census.with_context(lbc_census_step=True).write({"as_of": "2026-01-01"})

    def test_files_follow_the_census(self):
        census = self.imported(self.row(), self.sister(sex="男"))
        attachments = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "lbc.census.import"),
                ("res_id", "=", census.id),
                ("res_field", "!=", False),
            ]
        )
        self.assertEqual(set(attachments.mapped("res_field")), {"file", "report_file"})
        for role in ("village", "leader", "education", "data_officer"):
            with self.assertRaises(AccessError, msg=role):
                attachments.with_user(self.users[role]).read(["datas"])

    def test_a_forged_file_of_a_township_is_judged_like_any_other(self):
        columns = self.columns()
        content = synthetic.workbook([self.row(township="乙镇", village="南村")], columns)
        census = (
            self.env["lbc.census.import"]
            .with_user(self.users["township"])
            .create({"file": base64.b64encode(content), "county_id": self.county.id})
        )
        census.action_import()
        self.assertEqual(self.results(census), ["rejected"])
