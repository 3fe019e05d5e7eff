"""Changes are written down with old and new value, secrets as keyed digests (issue 3)."""

from odoo.tests import tagged

from .journal_common import JournalCase

CLEAR = {"display_name": {}, "name": {}, "id_number": {}, "address": {}}


@tagged("post_install", "-at_install")
class TestChanges(JournalCase):
    def test_a_change_keeps_old_and_new_and_secrets_as_keyed_digests(self):
        child, other = self.make_on_ledger(), self.make_on_ledger()
        self.rows_since()
        self.as_role(child, "village").write({"living_with": "grandparents", "address": "一号院"})
        row = self.rows_since().filtered(lambda row: row.action == "write")
        changes = row.changes[str(child.id)]
        self.assertEqual(changes["living_with"][0], None)
        self.assertRegex(changes["living_with"][1], "^#[0-9a-f]{16}$")
        self.assertEqual(changes["address"][0], None)
        self.assertRegex(changes["address"][1], "^#[0-9a-f]{16}$")
        self.assertEqual(row.groups, "address,guardianship")
        self.assertNotIn("grandparents", row.changes_text)
        self.as_role(other, "village").address = "一号院"
        again = self.rows_since().changes[str(other.id)]
        self.assertEqual(again["address"], changes["address"])  # equal values, equal digests
        self.env["ir.config_parameter"].set_param("left_behind_children.journal_key", "00" * 32)
        self.as_role(child, "village").write({"address": "二号院"})
        self.as_role(child, "village").write({"address": "一号院"})
        keyed = self.rows_since()
        self.assertNotEqual(keyed[0].changes[str(child.id)]["address"][1], changes["address"][1])

    def test_steps_count_for_whom_they_run_and_system_for_itself(self):
        child = self.make_child()
        self.rows_since()
        self.as_role(child, "village").action_submit()
        self.as_role(child, "village").sudo().write({"living_with": "alone"})
        self.assertEqual(self.rows_since()[0].login, "test_village")
        child.write({"living_with": "parent"})
        self.assertEqual(self.rows_since().role, "system")

    def test_a_write_costs_at_most_one_query_more(self):
        child = self.make_on_ledger()
        child.note = "初记"  # caches of keys and roles
        self.cr.flush()
        counts = []
        for watched in (False, True):
            self.env.registry["lbc.child"]._journal_changes = watched
            try:
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                child.write({"note": f"记 {watched}"})
                self.env.flush_all()
                counts.append(self.cr.sql_log_count - before)
            finally:
                del self.env.registry["lbc.child"]._journal_changes
        self.assertLessEqual(counts[1], counts[0] + 1)

    def test_nothing_changed_leaves_nothing(self):
        child = self.make_on_ledger()
        self.rows_since()
        child.write({"living_with": child.living_with, "aid_ids": [(6, 0, child.aid_ids.ids)]})
        self.assertFalse(self.rows_since())

    def test_deleting_keeps_whose_file_it_was(self):
        child = self.make_child()
        line = child.guardianship_ids[0]
        line_id = line.id
        self.rows_since()
        line.unlink()
        row = self.rows_since().filtered(lambda row: row.action == "unlink")
        self.assertEqual((row.model, self.children_of(row)), ("lbc.guardianship", child.ids))
        self.cr.execute("SELECT record_ids FROM lbc_journal WHERE id = %s", [row.id])
        self.assertEqual(self.cr.fetchone()[0], [line_id])

    def test_every_field_of_a_data_group_is_a_digest_and_the_rest_is_clear(self):
        child = self.make_on_ledger()
        self.rows_since()
        child.write({"school_id": self.school.id, "area_id": self.village_a2.id})
        [row] = self.rows_since().filtered(lambda row: row.model == "lbc.child")
        changes = row.changes[str(child.id)]
        self.assertEqual(changes["area_id"], [self.village_a1.id, self.village_a2.id])
        self.assertRegex(changes["school_id"][1], "^#[0-9a-f]{16}$")
        for model in (name for name in self.env.registry if name.startswith("lbc.")):
            own = self.env[model]
            if getattr(own, "_journal_changes", False):
                for name in own._data_group_map():
                    self.assertTrue(own._is_journal_secret(own._fields[name]), f"{model}.{name}")

    def test_rights_and_policy_are_written_down(self):
        self.rows_since()
        self.profile.journal_retention_years = 5
        posting = self.users["village"].lbc_posting_ids
        posting.date_to = "2030-01-01"
        rows = self.rows_since()
        self.assertEqual(set(rows.mapped("model")), {"lbc.profile", "lbc.posting"})
        policy = rows.filtered(lambda row: row.model == "lbc.profile")
        self.assertEqual(policy.changes[str(self.profile.id)]["journal_retention_years"], [3, 5])

    def test_no_clear_name_or_number_anywhere(self):
        child = self.make_on_ledger(name="欧阳明月")
        number = child.id_number
        village = self.as_role(child, "village")
        village.web_read(CLEAR)
        village.name_search("欧阳明月")
        village.write({"name": "欧阳清风", "note": "欧阳明月的情况"})
        self.as_role(child.father_id, "village").write({"phone": "13800138000", "name": "欧阳父"})
        self.env["lbc.health"].create({"child_id": child.id, "details": "欧阳明月哮喘"})
        village.action_mark_verified()
        self.as_role(child, "civil_affairs")._void("录入错误 欧阳")
        self.cr.flush()
        self.cr.execute("SELECT string_agg(row::text, ' ') FROM lbc_journal row")
        text = self.cr.fetchone()[0]
        for secret in ("欧阳", number, "13800138000", "哮喘"):
            self.assertNotIn(secret, text)
