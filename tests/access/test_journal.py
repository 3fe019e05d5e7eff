"""Every look leaves a row; what says nothing of a data group leaves none (issue 3, architecture idea 7)."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.mail.tools.discuss import Store

from .journal_common import JournalCase

NEWS = "家访"
CLEAR = {"display_name": {}, "name": {}, "id_number": {}, "address": {}}
MASKED = {"display_name": {}, "file_number": {}, "name_masked": {}, "state": {}}


@tagged("post_install", "-at_install")
class TestLooks(JournalCase):
    def test_a_list_of_80_is_one_row_and_one_statement(self):
        children = self.env["lbc.child"].create(
            [
                {"name": "张三", "area_id": self.village_a1.id, "no_id_reason": "试"}
                for _number in range(80)
            ]
        )
        mine = self.env["lbc.child"].with_user(self.users["village"])
        mine.web_search_read([], CLEAR)
        self.rows_since()
        before = self.cr.sql_log_count
        found = mine.web_search_read([], CLEAR, limit=100)
        read = self.cr.sql_log_count
        rows = self.rows_since()
        self.assertEqual(len(found["records"]), 80)
        self.assertEqual(len(rows), 1)
        self.assertEqual((read - before, self.cr.sql_log_count - read), (1, 2))
        # read: SELECT; written down: INSERT with the hour's limit, and the search of this test
        self.assertEqual((rows.action, rows.role, rows.login), ("read", "village", "test_village"))
        self.assertEqual((rows.record_count, rows.child_count), (80, 80))
        self.assertEqual(rows.groups, "address,identity")
        self.assertEqual(rows.county, self.county.id)
        self.assertEqual(self.children_of(rows), sorted(children.ids))

    def test_a_form_is_a_handful_of_rows_of_one_statement(self):
        child = self.as_role(self.make_on_ledger(), "village")
        lines = {
            "fields": {
                "guardian_name": {},
                "guardian_phone": {},
                "guardian_id": {"fields": {"phone": {}}},
            }
        }
        child.web_read({**CLEAR, "guardianship_ids": lines})
        self.rows_since()
        child.env.invalidate_all()
        child.web_read({**CLEAR, "guardianship_ids": lines})
        with self.assertQueryCount(1):
            self.cr.flush()
        rows = self.new_rows()
        self.assertEqual(
            set(rows.mapped("model")), {"lbc.child", "lbc.guardianship", "lbc.guardian"}
        )
        for row in rows:
            self.assertEqual(self.children_of(row), child.ids, row.model)

    def test_masks_and_counts_leave_nothing(self):
        self.make_on_ledger()
        for role in ("township_leader", "village", "data_officer"):
            children = self.env["lbc.child"].with_user(self.users[role])
            self.rows_since()
            children.web_search_read([], MASKED)
            children.search_count([])
            children.formatted_read_group([], ["township_id"], ["__count"])
            children.name_search("")
            self.assertFalse(self.rows_since(), role)

    def test_grouping_by_a_data_group_leaves_a_row_without_ids(self):
        self.make_on_ledger()
        children = self.env["lbc.child"].with_user(self.users["civil_affairs"])
        self.rows_since()
        children.web_read_group([], ["living_with"], ["__count"])
        rows = self.rows_since()
        self.assertEqual(
            (rows.action, rows.groups, rows.record_count), ("group", "guardianship", 0)
        )
        children.formatted_read_group([], ["household_id.economy"], ["__count"])
        self.assertEqual(self.rows_since().groups, "economy")

    def test_groups_list_no_single_values(self):
        self.make_on_ledger()
        children = self.env["lbc.child"].with_user(self.users["village"])
        for groupby, aggregates in (
            (["township_id"], ["name:array_agg"]),
            (["township_id"], ["id_number:array_agg_distinct"]),
            (["township_id"], ["name:max"]),
            (["name"], ["__count"]),
            (["id_number"], ["__count"]),
            (["birth_date:day"], ["__count"]),
            (["id", "living_with"], ["__count"]),
            (["file_number", "living_with"], ["__count"]),
            (["household_id.address"], ["__count"]),
        ):
            with self.assertRaises(UserError, msg=(groupby, aggregates)):
                children.formatted_read_group([], groupby, aggregates)
            with self.assertRaises(UserError, msg=(groupby, aggregates)):
                children.formatted_read_grouping_sets([], [groupby], aggregates)
        with self.assertRaises(UserError):
            children.web_read_group([], ["name"], ["__count"])
        with self.assertRaises(UserError):
            children.read_group([], ["all:array_agg(name)"], ["township_id"])
        with self.assertRaises(UserError):
            children.formatted_read_group(
                [], ["township_id"], ["__count"], having=[("name:max", "=", "a")]
            )

    def test_groups_count_choices_places_and_months(self):
        child = self.make_on_ledger()
        children = self.env["lbc.child"].with_user(self.users["village"])
        for groupby in (["living_with"], ["birth_date:month"], ["birth_date:year"], ["school_id"]):
            children.web_read_group([], groupby, ["__count"])
            children.formatted_read_group([], [*groupby, "township_id"], ["__count"])
        children.formatted_read_group([], ["township_id"], ["id:array_agg"])
        self.rows_since()
        children.formatted_read_group([], ["living_with"], ["id:array_agg"])
        [row] = self.rows_since().filtered(lambda row: row.action == "read")
        self.assertEqual(self.children_of(row), child.ids)

    def test_searching_by_protected_data_leaves_one_row_without_ids(self):
        child = self.make_on_ledger()
        children = self.env["lbc.child"].with_user(self.users["village"])
        for domain, groups in (
            ([("id_number", "=", child.id_number)], "identity"),
            ([("display_name", "ilike", "张三")], "identity"),
            ([("address", "ilike", "号"), ("living_with", "!=", False)], "address,guardianship"),
            ([("household_id.address", "ilike", "号")], "address"),
            ([("household_id", "any", [("address", "ilike", "号")])], "address"),
        ):
            self.rows_since()
            for search in (children.search, children.search_count):
                search(domain)
            rows = self.rows_since()
            [row] = rows.filtered(lambda row: row.model == "lbc.child")
            self.assertEqual(
                (row.action, row.groups, row.record_count), ("lookup", groups, 0), domain
            )

    def test_searching_by_what_everybody_sees_and_the_system_s_searches_leave_nothing(self):
        child = self.make_on_ledger()
        children = self.env["lbc.child"].with_user(self.users["village"])
        self.rows_since()
        children.search([("township_id", "=", child.township_id.id), ("state", "!=", "x")])
        children.search([("household_id.area_id", "=", child.area_id.id)])
        children.sudo().search([("id_number", "=", child.id_number)])
        children._search([("id_number", "=", child.id_number)], bypass_access=True)
        self.assertFalse(self.rows_since())

    def test_papers_and_messages_are_part_of_the_file(self):
        child = self.make_on_ledger()
        message = child.message_post(body=NEWS)
        paper = self.env["ir.attachment"].create(
            {"name": "户口簿", "res_model": "lbc.child", "res_id": child.id, "raw": b"x"}
        )
        for door in (
            lambda: self.as_role(paper, "village").read(["raw"]),
            lambda: self.as_role(paper, "village").read(["datas"]),
            lambda: self.as_role(message, "village").read(["body"]),
            lambda: Store().add(self.as_role(message, "village")).get_result(),
        ):
            self.env.invalidate_all()
            self.rows_since()
            door()
            [row] = self.rows_since()
            self.assertEqual((row.action, row.model, row.groups), ("read", "lbc.child", "identity"))
            self.assertEqual(self.children_of(row), child.ids)
        self.as_role(paper, "village").read(["name"])
        paper.read(["raw"])
        self.assertFalse(self.rows_since())

    def test_every_door_is_watched(self):
        child = self.make_on_ledger()
        user = self.users["village"]
        user.group_ids += self.env.ref("base.group_allow_export")
        own = child.with_user(user)
        self.rows_since()
        doors = {
            "read": lambda: own.read(["name"]),
            "search_read": lambda: own.search_read([], ["name"]),
            "web_read": lambda: own.web_read({"name": {}}),
            "name_search": lambda: own.name_search("张三"),
            "web_name_search": lambda: own.web_name_search("张三", {"display_name": {}}),
        }
        for name, door in doors.items():
            door()
            rows = self.rows_since()
            self.assertEqual(len(rows), 1, name)
            self.assertEqual(self.children_of(rows), child.ids, name)
            self.assertTrue(rows.groups, name)

    def test_health_and_census_cells_are_data_groups_of_their_own(self):
        child = self.make_on_ledger()
        health = self.as_role(self.env["lbc.health"].create({"child_id": child.id}), "village")
        self.rows_since()
        health.read(["child_id", "display_name"])
        self.assertFalse(self.rows_since())
        health.read(["condition"])
        rows = self.rows_since()
        self.assertEqual((rows.groups, self.children_of(rows)), ("health", child.ids))
        self.assertEqual(self.env["lbc.census.line"]._data_groups_of(["raw"]), {"identity"})

    def test_every_model_tells_whose_files(self):
        child = self.make_on_ledger()
        visit = self.env["lbc.visit"].create({"household_id": child.household_id.id})
        migration = child.father_id.migration_ids
        stay = self.env["lbc.home.stay"].create(
            {"migration_id": migration.id, "date_from": "2025-01-01", "date_to": "2025-01-03"}
        )
        capacity = self.env["lbc.capacity"].create(
            {"guardian_id": child.mother_id.id, "reason": "other"}
        )
        health = self.env["lbc.health"].create({"child_id": child.id})
        journal = self.env["lbc.journal"]
        for record in (
            *(child, child.guardianship_ids, child.household_id, child.father_id, child.episode_id),
            *(visit, migration, stay, capacity, health),
        ):
            self.rows_since()
            journal._note("read", record._name, record.ids)
            self.assertEqual(self.children_of(self.rows_since()), child.ids, record._name)
        for model in ("lbc.duty", "lbc.snapshot", "lbc.transfer", "lbc.census.line"):
            journal._note("read", model, [1])
            self.assertEqual(self.rows_since().model, model)

    def test_reads_are_served_where_rows_can_be_written(self):
        for model in ("lbc.child", "lbc.guardian", "lbc.health", "lbc.visit"):
            for name in (
                *("read", "web_read", "search_read", "web_search_read", "name_search"),
                *("web_name_search", "formatted_read_group", "web_read_group", "read_group"),
                *("formatted_read_grouping_sets", "read_progress_bar", "search_panel_select_range"),
                "search_panel_select_multi_range",
            ):
                method = getattr(self.env.registry[model], name)
                self.assertIs(method._readonly, False, f"{model}.{name}")

    def test_the_superuser_reads_without_a_trace_and_rollback_drops_rows(self):
        child = self.make_on_ledger()
        self.rows_since()
        child.read(["name"])
        self.as_role(child, "village").sudo().read(["name"])
        self.assertFalse(self.rows_since())
        with self.assertRaises(ZeroDivisionError), self.cr.savepoint():
            self.as_role(child, "village").read(["name"])
            raise ZeroDivisionError
        self.assertFalse(self.rows_since())

    def test_files_read_is_a_bound_below_the_limit_and_exact_above(self):
        children = self.make_on_ledger() | self.make_on_ledger() | self.make_on_ledger()
        journal = self.env["lbc.journal"].with_user(self.users["village"])
        for _times in range(4):
            self.as_role(children[:2], "village").read(["name"])
            self.cr.flush()
        self.assertEqual(journal._files_read(100), 8)
        self.assertEqual(journal._files_read(7), 2)
        self.as_role(children[1:], "village").read(["name"])
        self.cr.flush()
        self.assertEqual(journal._files_read(9), 3)
        self.assertEqual(self.env["lbc.journal"].with_user(self.users["police"])._files_read(0), 0)
