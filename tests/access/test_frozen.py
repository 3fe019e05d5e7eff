"""Filed papers and sent messages stay as they are, and a form's defaults open nobody else's file."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ..common import XMLID
from ..visits.common import VisitCase
from .journal_common import JournalCase

PNG = b"iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAADklEQVR4nGNgBAMGCAUAAGIADXcYlVsAAAAASUVORK5CYII="
NAMES = {"child_names": {}, "child_ids": {}}
NOTE = "补充说明"


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestFormDefaults(JournalCase):
    roles = ("village", "township", "civil_affairs")

    def setUp(self):
        super().setUp()
        self.own = self.make_on_ledger()
        self.foreign = self.make_on_ledger(self.village_b1, name="周小山")
        self.foreign.household_id.address = "南村一组"
        self.rows_since()

    def _open(self, model, spec, values=None, names=(), **context):
        records = self.env[model].with_user(self.users["village"]).with_context(**context)
        return records.onchange(dict(values or {}), list(names), spec)["value"]

    def test_defaults_of_a_form_point_at_no_stranger(self):
        child, home = self.foreign, self.foreign.household_id
        carer = {"carer_name": {}, "carer_phone": {}}
        line = {"guardianship_ids": {"fields": {"guardian_name": {}}}}
        for model, spec, context in (
            ("lbc.visit", NAMES, {"default_child_ids": [[6, 0, child.ids]]}),
            ("lbc.visit", NAMES, {"default_child_ids": [[4, child.id]]}),
            ("lbc.visit", NAMES, {"default_child_ids": child.ids}),
            ("lbc.visit", NAMES, {"default_child_ids": [[1, child.id, {}]]}),
            ("lbc.visit", {"address": {}, "household_id": {}}, {"default_household_id": home.id}),
            ("lbc.visit", {"address": {}}, {"default_household_id": home.id}),
            ("lbc.visit", {"address": {}}, {"default_household_id": {"id": home.id}}),
            ("lbc.child", {**carer, "carer_id": {}}, {"default_carer_id": child.father_id.id}),
            ("lbc.child", {"father_name": {}}, {"default_father_id": child.father_id.id}),
            (
                "lbc.child",
                line,
                {
                    "default_guardianship_ids": [[0, 0, {"role": "father"}]],
                    "default_guardian_id": child.father_id.id,
                },
            ),
        ):
            with self.assertRaises(AccessError, msg=f"{model} {context}"):
                self._open(model, spec, **context)
        with self.assertRaises(AccessError):
            changed = {"date": "2026-11-20"}
            self._open("lbc.visit", {"address": {}}, changed, changed, default_household_id=home.id)

    def test_what_a_user_keeps_as_his_default_points_at_no_stranger(self):
        defaults = self.env["ir.default"].with_user(self.users["village"]).sudo()
        defaults.set("lbc.visit", "household_id", self.foreign.household_id.id, user_id=True)
        with self.assertRaises(AccessError):
            self._open("lbc.visit", {"address": {}})

    def test_values_of_a_form_point_at_no_stranger_in_whatever_shape(self):
        home = self.foreign.household_id
        for value in (home.id, {"id": home.id}):
            with self.assertRaises(AccessError, msg=value):
                self._open("lbc.visit", {"address": {}}, {"household_id": value}, ["household_id"])
        for value in ([self.foreign.id], [[1, self.foreign.id, {}]], [[4, self.foreign.id]]):
            with self.assertRaises(AccessError, msg=value):
                self._open("lbc.visit", NAMES, {"child_ids": value}, ["child_ids"])
        for value in (str(self.foreign.id), float(self.foreign.id)):
            with self.assertRaisesRegex(UserError, "by numbers"):
                self._open("lbc.visit", NAMES, {"child_ids": [[4, value]]}, ["child_ids"])
        visits = self.env["lbc.visit"].with_user(self.users["village"])
        with self.assertRaisesRegex(UserError, "by numbers"):
            visits.create({"household_id": str(home.id)})

    def test_the_own_family_opened_by_a_default_leaves_a_row(self):
        home = self.own.household_id
        shown = self._open(
            "lbc.visit",
            {"household_id": {}, "child_names": {}, "address": {}},
            default_household_id=home.id,
        )
        self.assertEqual(shown["child_names"], self.own.name)
        rows = self.rows_since().filtered(lambda row: row.model == "lbc.household")
        self.assertEqual((rows.action, rows.groups), ("read", "address,identity"))
        self.assertEqual(self.children_of(rows), self.own.ids)

    def test_who_an_activity_was_for_leaves_a_row(self):
        activity = self.env["lbc.activity"].with_user(self.users["village"])
        activity = activity.create(
            {
                "kind_id": self.env.ref(f"{XMLID}.activity_kind_law_publicity").id,
                "child_ids": [Command.link(self.own.id)],
            }
        )
        self.rows_since()
        activity.web_read({"date": {}, "child_count": {}})
        self.assertFalse(self.rows_since())
        activity.web_read({"child_ids": {}})
        rows = self.rows_since()
        self.assertEqual((rows.action, rows.groups), ("read", "activity"))
        self.assertEqual(self.children_of(rows), self.own.ids)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestFrozen(VisitCase):
    def _upload(self, model="lbc.visit", role="village", **vals):
        papers = self.env["ir.attachment"].with_user(self.users[role])
        return papers.create({"name": "房屋.png", "datas": PNG, "res_model": model, **vals})

    def _refused(self, paper, *steps):
        for vals in steps:
            with self.assertRaises(AccessError, msg=vals):
                paper.write(vals)

    def test_a_paper_is_never_published_replaced_or_moved(self):
        with self.assertRaises(AccessError):
            self._upload(public=True)
        photo = self._upload()
        visit = self.draft(photo_ids=photo.ids)
        for role in ("village", "township"):
            self._refused(
                self.as_role(photo, role),
                {"public": True},
                {"datas": PNG},
                {"raw": b"x"},
                {"res_id": 0},
                {"res_model": "res.partner", "res_id": 1},
            )
            with self.assertRaises(AccessError):
                self.as_role(photo, role).generate_access_token()
        loose = self.env["ir.attachment"].with_user(self.users["village"]).create({"name": "a"})
        self._refused(loose, {"res_model": "lbc.visit", "res_id": visit.id})

    def test_photographs_of_a_filed_visit_stay(self):
        photo = self._upload()
        visit = self.filed(photo_ids=photo.ids)
        for role in ("village", "township"):
            paper = self.as_role(photo, role)
            self._refused(paper, {"name": "b.png"})
            with self.assertRaises(AccessError):
                paper.unlink()
            with self.assertRaises(AccessError):
                paper.sudo()._delete_and_notify()
            with self.assertRaises(AccessError):
                self._upload(role=role, res_id=visit.id)
        self.assertEqual(visit.photo_ids, photo)

    def test_of_a_draft_a_photograph_is_taken_back_with_a_row(self):
        photo = self._upload()
        self.draft(photo_ids=photo.ids)
        self.cr.flush()
        self.as_role(photo, "village").unlink()
        self.cr.flush()
        self.assertFalse(photo.exists())
        row = self.env["lbc.journal"].search([("model", "=", "ir.attachment")], limit=1)
        self.assertEqual((row.action, row.child_count, row.groups), ("unlink", 1, "visits"))

    def test_papers_of_a_filed_activity_stay_wherever_they_come_from(self):
        loose = self.env["ir.attachment"].with_user(self.users["village"])
        papers = self._upload("lbc.activity") | loose.create({"name": "b.txt", "raw": b"1"})
        activity = self.env["lbc.activity"].with_user(self.users["village"])
        activity = activity.create(
            {
                "kind_id": self.env.ref(f"{XMLID}.activity_kind_law_publicity").id,
                "guardian_count": 3,
                "paper_ids": papers.ids,
            }
        )
        activity.action_file()
        for paper in papers:
            self._refused(paper, {"public": True}, {"raw": b"2"}, {"name": "c.txt"})
            with self.assertRaises(AccessError):
                paper.unlink()

    def test_messages_stay_as_they_were_sent(self):
        visit = self.filed()
        visit.message_post(body=NOTE)
        for message in visit.sudo().message_ids:
            mine = self.as_role(message, "village")
            with self.assertRaises(AccessError):
                mine.unlink()
            with self.assertRaises(AccessError):
                mine.body = "改"
            with self.assertRaisesRegex(UserError, "stay as they were sent"):
                visit._message_update_content(message, body="")

    def test_a_draft_is_deleted_with_its_messages_and_papers(self):
        photo = self._upload()
        visit = self.draft(photo_ids=photo.ids)
        visit.message_post(body=NOTE)
        visit.unlink()
        self.assertFalse(photo.exists())
