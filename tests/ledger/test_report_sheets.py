"""What stands behind the lists of a report: villages, who was not verified, what was explained; the five figures."""

from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ...lib import ledger_changes
from ...models.ledger.completeness import ASKED
from ...reports.ledger import annexes, cover
from .changed import ChangedQuarter

NUMBERS = [name for name, _heading in annexes.MOVEMENTS]


@tagged("post_install", "-at_install")
class TestReportSheets(ChangedQuarter):
    def file_of(self, version, document="changes"):
        return version.file_ids.filtered(lambda one: one.document == document)

    def rows(self, stored, sheet):
        """Return the rows (list of tuples) under the headings of a sheet, without notes and signatures."""
        rows = self.sheets(stored._stored_bytes())[sheet]
        first = next(at for at, row in enumerate(rows) if row[0] in ("序号", "村（居）"))
        return [row for row in rows[first + 1 :] if row[1] is not None]

    # -- villages

    def expected(self, version):
        """Return {village id: numbers} by the rule of `lib.ledger_changes`, from the frozen rows alone."""
        compared = version.browse([one for one, _digest in version.compared_refs])
        old, new = (
            {
                row.child_ref: ledger_changes.Row(row.area_id._on(version.cutoff).id)
                for row in versions.snapshot_ids
            }
            for versions in (compared, version)
        )
        others = version.submission_id.quarter_id.submission_ids.version_ids - version
        is_elsewhere = {row.child_ref: row.area_id.id for row in others.snapshot_ids}
        earlier = self.env["lbc.submission.version"].search([("cutoff", "<", version.cutoff)])
        was = {row.child_ref: row.area_id.id for row in (earlier - compared).snapshot_ids}
        lines = ledger_changes.compare(old, new, was, is_elsewhere)
        return ledger_changes.of_places(old, lines)

    def test_each_village_adds_up_as_the_rule_says(self):
        version = self.report()
        found = {
            area: {name: row[name] for name in NUMBERS if name != "unverified"}
            for (_version, area), row in version._movements().items()
        }
        self.assertEqual(found, self.expected(version))
        a1, a2 = found[self.village_a1.id], found[self.village_a2.id]
        self.assertEqual(list(a1.values()), [1, 1, 2, 0, 0, 4])
        self.assertEqual(list(a2.values()), [3, 0, 0, 1, 2, 0])

    def test_a_village_that_was_merged_counts_with_its_successor(self):
        with freeze_time("2026-08-20 04:00:00"):
            self.village_a2._merge_into(self.village_a1, date(2026, 8, 20))
        version = self.report()
        found = version._movements()
        self.assertEqual({area for _version, area in found}, {self.village_a1.id})
        (row,) = found.values()
        self.assertEqual([row[name] for name in NUMBERS[:6]], [4, 1, 1, 1, 1, 4])

    def test_many_versions_take_one_statement(self):
        version = self.report()
        versions = version.submission_id.quarter_id.submission_ids.current_version_id
        self.assertEqual(len(versions), 2)
        together = versions._movements()
        self.assertEqual(together, {**versions[0]._movements(), **versions[1]._movements()})

    def test_the_sheet_has_each_village_and_the_sum(self):
        version = self.report()
        rows = self.rows(self.file_of(version), annexes.VILLAGES)
        self.assertEqual([row[0] for row in rows], ["东村", "西村", annexes.TOTAL])
        for column in range(1, 8):
            self.assertEqual(rows[2][column], rows[0][column] + rows[1][column])
        self.assertEqual((rows[2][1], rows[2][6]), (version.opening_count, version.closing_count))

    def test_the_pages_show_the_same_numbers(self):
        version = self.report()
        submission = self.as_role(version.submission_id, "township")
        parts = self.env["lbc.submission.village"].with_user(self.users["township"])
        parts = parts.search(submission.action_view_movements()["domain"])
        for part in parts:
            row = version._movements()[version.id, part.area_id.id]
            self.assertEqual(part.opening_count, row["opening"])
            self.assertEqual(part.closing_count, row["closing"])
            self.assertEqual(part.reported_unverified_count, row["unverified"])
        quarter = self.as_role(version.submission_id.quarter_id, "civil_affairs")
        action = quarter.action_view_villages()
        parts = self.env["lbc.submission.village"].with_user(self.users["civil_affairs"])
        parts = parts.search(action["domain"])
        self.assertEqual(parts.area_id.township_id, self.township_a | self.township_b)
        self.assertEqual(sum(parts.mapped("closing_count")), quarter.child_count)
        with self.assertRaises(AccessError):
            self.as_role(quarter, "form_admin").action_view_villages()

    def test_before_the_report_a_village_has_no_numbers(self):
        with freeze_time("2026-09-10 04:00:00"):
            parts = self.submission_of(self.open_quarter()).village_ids
            self.assertEqual(parts.mapped("opening_count"), [0, 0])

    # -- who was not verified, what was explained

    def test_who_was_not_verified_is_named_in_both_documents(self):
        self.child.verified_on = "2026-05-01"
        self.mover.verified_on = "2026-08-05"
        with freeze_time("2026-09-30 04:00:00"):  # what comes after the report changes nothing
            version = self.report()
            self.child.verified_on = "2026-09-30"
        for document in ("changes", "register"):
            rows = self.rows(self.file_of(version, document), annexes.UNVERIFIED)
            self.assertEqual(len(rows), version.unverified_count)
            files = {row[1]: row[2:4] for row in rows}
            self.assertEqual(files[self.child.file_number], ("张无忌", "东村村民委员会"))
            self.assertNotIn(self.mover.file_number, files)

    def test_who_receives_the_report_gets_the_list_with_masks_and_who_is_told_does_not(self):
        self.child.verified_on = "2026-05-01"
        version = self.report()
        office = self.rows(self.copy_of(version, "leading_office"), annexes.UNVERIFIED)
        self.assertIn("张*忌", [row[2] for row in office])
        for recipient in ("education", "police"):
            names = set(self.sheets(self.copy_of(version, recipient)._stored_bytes()))
            self.assertFalse(names & {annexes.UNVERIFIED, annexes.EXPLAINED})

    def test_what_was_explained_is_part_of_the_report(self):
        version = self.report()
        explained = version.submission_id.finding_ids.filtered(lambda one: one.state == "explained")
        self.assertTrue(explained)
        rows = self.rows(self.file_of(version), annexes.EXPLAINED)
        self.assertEqual(len(rows), len(explained))
        self.assertEqual({row[4] for row in rows}, {"已核实，情况属实"})
        children = self.env["lbc.child"].browse(filter(None, explained.mapped("child_ref")))
        self.assertTrue(children)
        self.assertLessEqual(set(children.mapped("file_number")), {row[3] for row in rows})
        explained.sudo().note = "后来改的话"
        rows = self.rows(self.file_of(version), annexes.EXPLAINED)
        self.assertEqual({row[4] for row in rows}, {"已核实，情况属实"})

    def test_explanations_go_to_who_reads_what_they_are_about(self):
        version = self.report()
        whole = self.rows(self.copy_of(version, "civil_affairs"), annexes.EXPLAINED)
        self.assertEqual(len(whole), len(self.rows(self.file_of(version), annexes.EXPLAINED)))
        office = self.sheets(self.copy_of(version, "leading_office")._stored_bytes())
        self.assertIn((annexes.NOTHING,), [row[:1] for row in office[annexes.EXPLAINED]])

    def test_every_rule_has_its_column(self):
        rules = self.env["lbc.submission.finding"]._fields["rule"].selection
        self.assertLessEqual(
            {code for code, _text in rules} - {"not_verified"}, set(annexes.COLUMN_OF_RULE)
        )
        known = self.env["lbc.copy.column"]._known()
        self.assertLessEqual(set(filter(None, annexes.COLUMN_OF_RULE.values())), set(known))

    # -- completeness

    def test_a_child_shows_what_is_still_empty(self):
        with freeze_time("2026-09-10 04:00:00"):
            part = self.submission_of(self.open_quarter()).village_ids.filtered(
                lambda one: one.area_id == self.village_a1
            )
            child = self.child
            child.write({"verified_on": False, "boarding": "no", "hukou_kind": False})
            page = self.env["lbc.quarter.confirm"].with_user(self.users["village"])
            page = page.create({"part_id": part.id})
            line = page.line_ids.filtered(lambda one: one.child_id == child)
            self.assertIn("户籍性质", line.missing)
            self.assertNotIn("是否寄宿", line.missing)
            before = line.completeness
            child.hukou_kind = "rural"
            page = page.create({"part_id": part.id})
            line = page.line_ids.filtered(lambda one: one.child_id == child)
            self.assertNotIn("户籍性质", line.missing)
            self.assertAlmostEqual(line.completeness - before, 100 / len(ASKED), delta=0.1)

    def test_a_village_shows_the_share_over_its_children(self):
        with freeze_time("2026-09-10 04:00:00"):
            part = self.submission_of(self.open_quarter()).village_ids.filtered(
                lambda one: one.area_id == self.village_a1
            )
            own = self.as_role(part, "township")
            children = self.env["lbc.child"].search(
                [("area_id", "=", self.village_a1.id), ("state", "=", "on_ledger")]
            )
            missing = children._missing_columns(list(ASKED), part.cutoff)
            share = 1 - sum(map(len, missing.values())) / len(ASKED) / len(children)
            self.assertGreater(len(children), 1)
            self.assertAlmostEqual(own.completeness, 100 * share, delta=0.1)
            self.as_role(self.profile, "civil_affairs").completeness_columns = "sex"
            part.invalidate_recordset(["completeness"])
            self.assertEqual(part.completeness, 100)

    def test_what_is_asked_for_is_a_column_of_the_ledger(self):
        with self.assertRaises(ValidationError):
            self.as_role(self.profile, "civil_affairs").completeness_columns = "sex,shoe_size"
        self.profile.completeness_columns = False
        self.assertEqual(self.profile._asked_columns(), list(ASKED))

    # -- the five figures

    def test_the_five_figures_add_up_over_any_choice(self):
        version = self.report()
        self.as_role(version.submission_id, "civil_affairs").action_receive()
        submissions = self.env["lbc.submission"].with_user(self.users["leading_office"])
        measures = ["expected", "reported", "received", "on_time"]
        (found,) = submissions._read_group(
            [("quarter_id", "=", version.submission_id.quarter_id.id)],
            [],
            [*(f"{one}:sum" for one in measures), "reporting_rate:avg", "on_time_rate:avg"],
        )
        self.assertEqual(found, (2, 2, 1, 2, 100, 100))
        for view in ("list", "pivot", "graph"):
            arch = submissions.get_view(view_type=view)["arch"]
            for name in (*measures, "reporting_rate", "on_time_rate"):
                self.assertIn(f'name="{name}"', arch, (view, name))

    # -- the cover's words are the district's

    def test_the_cover_has_the_words_of_the_district(self):
        view = self.env.ref(cover.TEMPLATE)
        view.arch_db = view.arch_db.replace("单位负责人（签字）", "镇长（签字）")
        page = self.file_of(self.report(), "cover")._stored_bytes().decode()
        self.assertIn("镇长（签字）", page)
        self.assertNotIn("单位负责人（签字）", page)

    def test_a_cover_without_the_code_is_refused(self):
        view = self.env.ref(cover.TEMPLATE)
        view.arch_db = view.arch_db.replace('t-out="code"', "")
        with self.assertRaisesRegex(UserError, "check code"):
            self.report()

    def test_an_upgrade_leaves_the_words_of_the_district(self):
        data = self.env["ir.model.data"].search([("name", "=", cover.TEMPLATE.split(".")[1])])
        self.assertTrue(data.noupdate)

    # -- statements

    def test_children_of_a_document_are_found_in_one_statement(self):
        version = self.report()
        stored = self.file_of(version)
        stored.mapped("version_id")  # read before statements are counted
        with self.assertQueryCount(1):
            children = stored._child_ids()
        self.assertIn(self.leaver.id, children)
        self.assertIn(self.child.id, children)

    def test_both_receivers_have_the_duty(self):
        kinds = self.env["lbc.duty.kind"].search([("code", "like", "quarter_receive_%")])
        self.assertEqual(len(kinds), 2)
        for setting, count in (("both", 2), ("office", 1), ("civil_affairs", 1)):
            self.profile.report_to = setting
            valid = kinds.filtered(lambda kind: kind._valid_in(self.profile))
            self.assertEqual(len(valid), count, setting)
