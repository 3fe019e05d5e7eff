"""The tables of `security/` are what is installed, complete, and the district's to change (domain.md §C.2)."""

import re
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.models import MAGIC_COLUMNS
from odoo.tests import tagged

from ...lib import matrix as cells_of
from ...models.access import rights
from ..common import XMLID, CareCase
from .sweep.makers import models_of
from .sweep.matrix import Matrix, group_of, table
from .sweep.methods import public_methods

DOMAIN = Path(__file__).parents[2] / "doc" / "domain.md"
# Row of the table in §C.2: departments that stand for it.
ROWS = {
    "村（居）儿童主任": "village",
    "镇街 儿童督导员": "township",
    "镇街 领导": "township_leader",
    "区民政局": "civil_affairs",
    "领导小组办公室": "leading_office",
    "区教委": "education",
    "学校/幼儿园": "school",
    "公安": "police",
    "检察院": "procuratorate",
    "法院": "court",
    "司法局/法援": "justice",
    "卫健委 / 医院": "health",
    "人社局": "human_resources",
    "财政/发改/住建/税务/交通": "finance",
    "总工会/团委/关工委": "mass_organization",
    "妇联": "mass_organization",
    "残联": "mass_organization",
    "政法委(综治)/网信/广电": "political_legal",
    "救助管理机构/未保机构/福利机构": "institution",
    "社工机构/社会组织": "provider",
    "托管服务机构": "provider",
    "区领导/成员单位领导": "leader",
    "审计/数据保护负责人": "data_officer",
    "系统管理员": "system_administrator",
    "家长/监护人": "family",
}
LETTERS = {"r": "perm_read", "w": "perm_write", "c": "perm_create", "u": "perm_unlink"}


@tagged("post_install", "-at_install")
class TestMatrix(CareCase):
    roles = ("data_officer", "school", "civil_affairs")

    def right(self, role, subject):
        department = self.env["lbc.department"]._by_role()[role]
        return department.right_ids.filtered(lambda right: right.subject == subject)

    # -- what is installed

    def test_model_access_is_that_of_the_table(self):
        expected = {
            (row["model"], group_of(row["subject"], row["access"]), row["operations"])
            for row in table("access_models.csv")
        }
        lines = self.env["ir.model.access"].search([("model_id.model", "=like", "lbc.%")])
        names = lines.group_id.get_external_id()
        found = {
            (
                line.model_id.model,
                names[line.group_id.id].removeprefix(f"{XMLID}."),
                "".join(letter for letter, name in LETTERS.items() if line[name]),
            )
            for line in lines
        }
        self.assertEqual(found, expected)

    def test_roles_imply_what_their_cells_amount_to(self):
        for role, cells in Matrix().cells.items():
            group = "base.group_system" if role == "system" else f"{XMLID}.role_{role}"
            held = self.env.ref(group).implied_ids.get_external_id().values()
            ours = {name.partition(".")[2] for name in held if name.startswith(XMLID)}
            wanted = rights.groups_of(cells) - ({"group_user"} if role == "system" else set())
            self.assertEqual(ours, wanted, role)

    def test_the_page_shows_the_shipped_matrix(self):
        for role, cells in Matrix().cells.items():
            for subject, cell in cells.items() if role != "system" else ():
                self.assertEqual(self.right(role, subject)._as_cell(), cell, (role, subject))

    # -- what is complete

    def test_every_model_has_a_row(self):
        known = {row["model"] for row in table("access_models.csv")}
        for name in models_of(self.env):
            self.assertIn(
                name,
                known,
                f"{name} is in no row of security/access_models.csv: say which data group or "
                "function opens it, for which operations and in which scope.",
            )
        self.assertFalse(known - set(models_of(self.env)), "rows of models that are not there")

    def test_every_field_has_its_data_group(self):
        known = Matrix().fields
        there = set()
        for name in models_of(self.env):
            for field in self.env[name]._fields.values():
                if field._module != XMLID or field.name in MAGIC_COLUMNS:
                    continue
                there.add((name, field.name))
                self.assertIn(
                    (name, field.name),
                    known,
                    f"{name}.{field.name} is in no row of security/access_fields.csv: name the "
                    "data group that reads it (`open`: whoever reads the record) and that which "
                    "writes it (`steps`: nobody by hand).",
                )
        self.assertFalse(known.keys() - there, "rows of fields that are not there")

    def test_every_public_method_has_a_row(self):
        known = {(row["model"], row["method"]) for row in table("access_methods.csv")}
        there = public_methods(self.env)
        for model, method in there:
            self.assertIn(
                (model, method),
                known,
                f"{model}.{method} is in no row of security/access_methods.csv: say who may call "
                "it. A method that nobody calls from outside begins with an underscore.",
            )
        self.assertFalse(known - set(there), "rows of methods that are not there")

    def test_every_department_of_the_policy_is_covered(self):
        text = DOMAIN.read_text(encoding="utf-8")
        part = text[text.index("## C.2 ") : text.index("## C.3 ")]
        rows = [line.split("|")[1].strip() for line in part.splitlines() if line.startswith("| ")]
        names = [re.sub(r" ?\([^)]*\)| ?（[^村居）]*）", "", row).strip() for row in rows[2:]]
        self.assertEqual(len(names), 25)
        for row, name in zip(rows[2:], names, strict=True):
            found = [key for key in ROWS if row.startswith(key)]
            self.assertTrue(found, f"{row}: no department stands for this row of §C.2 ({name})")
            department = self.env.ref(f"{XMLID}.department_{ROWS[found[0]]}")
            self.assertTrue(department.covers, row)
        roles = {one.removeprefix("role_") for one in self.env["lbc.department"]._by_role()}
        self.assertEqual(roles - set(ROWS.values()), {"form_admin"})

    # -- what the district changes

    def test_a_districts_change_survives_an_upgrade(self):
        right = self.right("school", "economy").with_user(self.users["data_officer"])
        right.write({"access": "read", "scope": "organization"})
        self.assertTrue(right.is_changed)
        self.env["lbc.access.right"]._load_matrix()
        self.assertEqual((right.access, right.scope), ("read", "organization"))
        self.assertTrue(self.users["school"].has_group(f"{XMLID}.group_economy_read"))
        right.action_restore()
        self.assertEqual((right.access, right.is_changed), ("none", False))
        self.assertFalse(self.users["school"].has_group(f"{XMLID}.group_economy_read"))

    def test_a_shipped_change_reaches_cells_that_nobody_changed(self):
        changed = self.right("school", "economy")
        changed.with_user(self.users["data_officer"]).write(
            {"access": "read", "scope": "organization"}
        )
        read = cells_of.read

        def shipped(lines):
            cells, codes = read(lines)
            new = {("school", "economy"): "M@organization", ("leader", "risk"): "-"}
            return {**cells, **{key: cells_of.parse(one) for key, one in new.items()}}, codes

        with patch.object(cells_of, "read", shipped):
            self.env["lbc.access.right"]._load_matrix()
        self.assertEqual(changed.access, "read")
        self.assertEqual(self.right("leader", "risk").access, "none")
        changed.action_restore()
        self.assertEqual(changed.access, "masked")

    def test_who_gives_rights(self):
        own = self.right("data_officer", "identity")
        values = {"access": "read"}
        with self.assertRaises(AccessError):
            own.with_user(self.users["data_officer"]).write(values)
        for user in (self.env.ref("base.user_admin"), self.users["civil_affairs"]):
            with self.assertRaises(AccessError):
                self.right("school", "address").with_user(user).write(values)

    def test_roles_exclude_each_other(self):
        with self.assertRaises(ValidationError):
            self.users["school"].group_ids = [(4, self.env.ref(f"{XMLID}.role_police").id)]
