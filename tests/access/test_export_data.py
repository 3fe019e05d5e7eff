"""Odoo's own export button and `export_data` over RPC follow the gate."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import XMLID
from .export_common import GateCase

PHONES = ["display_name", "carer_phone"]
MASKED = ["display_name", "area_id"]


@tagged("post_install", "-at_install")
class TestExportData(GateCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.users["township"]
        cls.user.group_ids += cls.env.ref("base.group_allow_export")
        cls.own = cls.children[:2].with_user(cls.user).with_context(import_compat=False)

    def test_no_list_of_children_without_a_request(self):
        for columns in (PHONES, MASKED, ["id"], [".id"], ["guardianship_ids/phone"]):
            with self.assertRaisesRegex(UserError, "Request an Export", msg=str(columns)):
                self.own.export_data(columns)
        visits = self.env["lbc.visit"].with_user(self.user)
        with self.assertRaisesRegex(UserError, "Request an Export"):
            visits.export_data(["date"])

    def test_hidden_columns_stay_hidden(self):
        education = self.own.with_user(self.users["education"])
        self.users["education"].group_ids += self.env.ref("base.group_allow_export")
        for columns in (["carer_phone"], ["guardianship_ids/guardian_id/phone"]):
            with self.assertRaises(AccessError, msg=str(columns)):
                education.export_data(columns)

    def test_a_request_opens_it_and_every_export_is_counted(self):
        export = self.approved(self.user, self.children[:2], PHONES)
        with self.noted() as rows:
            data = self.own.export_data(PHONES)["datas"]
        self.assertEqual(data[0][1], "13812345678")
        self.assertEqual(export.download_count, 1)
        self.assertIn(("export", "lbc.child", self.own.ids, {"parent_contact"}, export.name), rows)
        self.own.export_data(["carer_phone", "display_name"])
        self.assertEqual(export.download_count, 2)

    def test_not_before_the_second_person(self):
        self.request(self.user, self.children[:2], PHONES)
        with self.assertRaises(UserError):
            self.own.export_data(PHONES)

    def test_a_request_covers_only_its_data_groups(self):
        self.approved(self.user, self.children[:2], MASKED)
        self.assertTrue(self.own.export_data(MASKED)["datas"])
        with self.assertRaises(UserError):
            self.own.export_data(PHONES)
        with self.assertRaises(UserError):
            self.own.export_data(["guardianship_ids/guardian_id/phone"])

    def test_a_request_covers_only_its_columns(self):
        self.approved(self.user, self.children[:2], PHONES)
        self.assertTrue(self.own.export_data(["id", "carer_phone"])["datas"])
        for path in (
            "father_id/phone",
            "father_id/migration_ids/place",
            "household_id/child_ids/name",
            "carer_id/phone",
            "area_id/id",
        ):
            with self.assertRaisesRegex(UserError, "Request an Export", msg=path):
                self.own.export_data(["display_name", path])

    def test_a_request_covers_only_its_files(self):
        self.approved(self.user, self.children[:1], MASKED)
        with self.assertRaises(UserError):
            self.own.export_data(MASKED)
        self.assertTrue(self.own[:1].export_data(MASKED)["datas"])

    def test_a_request_covers_only_its_model_its_user_and_its_time(self):
        export = self.approved(self.user, self.children[:2], MASKED)
        colleague = self.make_user("colleague", "child_supervisor", self.township_a)
        colleague.group_ids += self.env.ref("base.group_allow_export")
        with self.assertRaises(UserError):
            self.own.with_user(colleague).export_data(MASKED)
        with self.assertRaises(UserError):
            self.own.household_id.export_data(["display_name"])
        export.action_withdraw()
        with self.assertRaises(UserError):
            self.own.export_data(MASKED)

    def test_cells_are_guarded_and_the_last_row_is_the_watermark(self):
        self.children[0].address = "@SUM(1)"
        columns = ["display_name", "address"]
        export = self.approved(self.user, self.children[:2], columns)
        rows = self.own.export_data(columns)["datas"]
        self.assertIn("'@SUM(1)", [row[1] for row in rows])
        self.assertIn(export.name, rows[-1][0])

    def test_the_watermark_never_stands_where_numbers_are_added_up(self):
        self.approved(self.user, self.children[:2], ["age", "display_name"])
        rows = self.own.export_data([".id", "age", "display_name"])["datas"]
        self.assertEqual(rows[-1][:2], ["", ""])
        self.assertIn("严禁外传", rows[-1][2])

    def test_a_file_for_reading_in_again_is_left_as_it_is(self):
        self.approved(self.user, self.children[:2], PHONES)
        rows = self.own.with_context(import_compat=True).export_data(PHONES)["datas"]
        self.assertEqual(len(rows), 2)

    def test_a_path_from_elsewhere_does_not_go_around_the_gate(self):
        county = self.county.with_user(self.user)
        for name, field in county._fields.items():
            model = self.env[field.comodel_name] if field.comodel_name else None
            if model is not None and model._lbc_is_about_children():
                with self.assertRaises((UserError, AccessError), msg=name):
                    county.export_data([f"{name}/display_name"])

    def test_lists_without_children_export_freely(self):
        for model in ("lbc.area", "lbc.post", "lbc.organization", "lbc.profile"):
            records = self.env[model].with_user(self.user).search([], limit=2)
            self.assertTrue(records.export_data(["display_name"])["datas"], model)

    def test_counts_are_free_but_written_down(self):
        exports = self.env["lbc.export"].with_user(self.user)
        export = self.approved(self.user, self.children[:1], MASKED)
        with self.noted() as rows:
            exports.browse(export.id).export_data(["name"])
        self.assertEqual(rows[0][:3], ("export", "lbc.export", export.ids))

    def test_every_model_about_children_is_behind_the_gate(self):
        free = {
            *("lbc.quarter", "lbc.submission", "lbc.export", "lbc.publication", "lbc.statistic"),
            *("lbc.journal", "lbc.journal.seal", "lbc.department", "lbc.access.right"),
            *(
                "lbc.duty.kind",
                "lbc.duty.kind.helper",
                "lbc.duty.run",
                "lbc.duty.step",
                "lbc.leave",
            ),
            *("lbc.risk.scheme", "lbc.risk.item", "lbc.risk.option", "lbc.activity.kind"),
            "lbc.agreement.template",
            "lbc.copy.column",
            *(f"lbc.submission.{part}" for part in ("version", "step", "exception", "village")),
        }
        for name in self.env["ir.model"].search([("model", "=like", "lbc.%")]).mapped("model"):
            model = self.env[name]
            mixin = isinstance(model, self.env.registry["lbc.access.mixin"])
            if mixin and not model._abstract and not model._transient:
                self.assertEqual(model._lbc_is_about_children(), name not in free, name)

    def test_models_of_one_data_group_say_so(self):
        """What only a data group opens is that group's: a new room cannot forget it."""
        for name in self.env["ir.model"].search([("model", "=like", "lbc.%")]).mapped("model"):
            rights = self.env["ir.model.access"].search(
                [("model_id.model", "=", name), ("perm_read", "=", True)]
            )
            groups = rights.group_id.get_external_id().values()
            shorts = {
                group.removeprefix(f"{XMLID}.group_").removesuffix("_read").removesuffix("_write")
                for group in groups
            }
            protected = ("health", "psychology", "visits", "reporter", "case", "placement", "court")
            if shorts and shorts <= set(protected):
                self.assertLessEqual(shorts, self.env[name]._lbc_whole_groups(), name)
