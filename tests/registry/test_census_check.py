"""The check judges every row and writes nothing else; the official reads where, what and what to do."""

import base64
import io
import zipfile
from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ...dev.demo import synthetic
from ...lib import census_workbook
from ...lib.census_findings import ERRORS, WARNINGS
from ...lib.columns import Column
from ...lib.tests.census import number
from ...models.registry.census_texts import FILES, FINDINGS
from .census import CensusCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestCensusCheck(CensusCase):
    def _checked(self, *rows, **options):
        census = self.upload(*rows, **options)
        census.action_check()
        return census

    def _message(self, **cells):
        return self._checked(self.row(**cells)).line_ids.message

    def test_writes_nothing_but_its_own_rows(self):
        self._checked(self.row(), self.sister())
        for model in ("child", "guardian", "household", "episode"):
            self.assertFalse(self.env[f"lbc.{model}"].search([]), model)

    def test_may_be_repeated(self):
        census = self._checked(self.row(), self.sister(sex="男"))
        census.action_check()
        self.assertEqual(len(census.line_ids), 2)
        self.assertEqual((census.ok_count, census.warning_count, census.error_count), (1, 0, 1))
        self.assertEqual(census.state, "checked")

    def test_keeps_the_row_whole(self):
        row = self.row(agreement_from="2026-03-01", paired_teacher="黄梅")
        line = self._checked(row).line_ids
        self.assertEqual(line.sudo().raw, row)
        self.assertEqual((line.row, line.status), (3, "ok"))
        self.assertEqual(line.area_id, self.village_a1)
        self.assertEqual(line.township_id, self.township_a)
        self.assertEqual(line.county_id, self.county)
        self.assertEqual(line.name_masked, "萧*")

    def test_a_finding_names_cell_heading_reason_and_remedy(self):
        message = self._message(sex="男")
        self.assertRegex(message, r"^D3 .*性别")
        self.assertIn("17th digit", message)
        self.assertIn("Correct", message)

    def test_a_number_as_a_number_is_explained(self):
        message = self._message(id_number=5.001992016081873e17)
        self.assertRegex(message, r"^F3 .*公民身份号码")
        for word in ("Excel", "destroyed", "text", "again"):
            self.assertIn(word, message)

    def test_every_finding_and_every_file_has_its_sentence(self):
        self.assertEqual(set(FINDINGS), {*ERRORS, *WARNINGS})
        labels = dict(
            self.env["lbc.census.line"]._fields["problem"]._description_selection(self.env)
        )
        self.assertEqual(set(labels), set(FINDINGS))
        self.assertTrue(FILES)

    def test_no_message_names_another_child(self):
        self.imported(self.row())
        other = self.imported(
            self.row(name="萧竹", id_number=number(serial="734")), role="civil_affairs"
        )
        self.assertEqual(self.results(other), ["created"])
        rows = (
            self.row(township="乙镇", village="南村"),
            self.sister(father_id_number=number(serial="734")),
            self.row(name="赵某"),
            self.sister(),
        )
        census = self._checked(*rows, role="civil_affairs")
        for line in census.line_ids:
            self.assertEqual(line.status, "error")
            for secret in (number(), number(serial="734"), "萧英", "萧竹"):
                self.assertNotIn(secret, line.message)

    def test_a_child_of_another_township_is_named_by_its_township_only(self):
        self.imported(self.row(township="乙镇", village="南村"), role="civil_affairs")
        line = self._checked(self.row()).line_ids
        self.assertEqual((line.status, line.problem), ("error", "other_township"))
        self.assertIn("乙镇", line.message)
        self.assertIn("move", line.message)
        self.assertFalse(line.child_id)

    def test_a_number_that_belongs_to_an_adult_on_file(self):
        self.make_guardian(id_number=number())
        self.assertEqual(
            self.findings(self._checked(self.row())), {3: ("error", "number_of_adult")}
        )

    def test_a_number_that_belongs_to_a_child_on_file(self):
        self.make_child(id_number=number(serial="732"))
        census = self._checked(self.row(father_id_number=number(serial="732")))
        self.assertEqual(self.findings(census), {3: ("error", "adult_number_of_child")})

    def test_a_number_on_file_under_quite_another_name(self):
        self.imported(self.row())
        self.assertEqual(
            self.findings(self._checked(self.row(name="赵某"))), {3: ("error", "other_child")}
        )

    def test_as_of_is_read_from_the_sheet_unless_entered(self):
        self.assertEqual(self._checked(self.row()).as_of, date(2026, 11, 20))
        census = self._checked(self.row(), as_of="2032-08-17")
        self.assertEqual(census.as_of, date(2032, 8, 17))
        self.assertEqual(census.ok_count, 1)
        census.as_of = "2032-08-18"
        self.assertEqual((census.state, len(census.line_ids)), ("draft", 0))
        census.action_check()
        self.assertEqual(self.findings(census), {3: ("error", "over_age")})

    def test_another_file_brings_its_own_date(self):
        census = self._checked(self.row(), as_of="2026-11-01")
        census.file = self.upload(self.row()).file
        census.action_check()
        self.assertEqual(census.as_of, date(2026, 11, 20))

    def test_without_a_date_the_official_is_asked_for_one(self):
        content = synthetic.workbook([self.row()], self.columns())
        with patch.object(census_workbook, "_as_of", return_value=None):
            census = self.upload_file(content)
            with self.assertRaisesRegex(UserError, "数据截至"):
                census.action_check()
            census.as_of = "2026-11-20"
            census.action_check()
        self.assertEqual(census.ok_count, 1)

    def test_what_cannot_be_read_is_refused_with_a_sentence(self):
        for content, words in (
            ("镇街,村,姓名\n甲,乙,丙".encode(), "CSV"),
            (b"\xd0\xcf\x11\xe0" + b"\0" * 100, ".xls"),
            (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
            (self._with_part("xl/styles.xml", b"<!DOCTYPE a><a/>"), "can do harm"),
            (self._with_part("xl/styles.xml", b"<a/>" + b" " * 11 * 2**20), "formats"),
            (b"%PDF-1.7", "not an Excel workbook"),
            (synthetic.workbook([], self.columns())[:-40], "damaged"),
            (synthetic.workbook([], self.columns()[:2]), "headings"),
            (synthetic.workbook([], self.columns()[:5]), "公民身份号码"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self.upload_file(content).action_check()
        with self.assertRaisesRegex(UserError, "Choose the census workbook"):
            self.env["lbc.census.import"].with_user(self.users["township"]).create(
                {}
            ).action_check()

    def _with_part(self, name, content):
        """Return a census workbook of which one part is replaced."""
        whole = zipfile.ZipFile(io.BytesIO(synthetic.workbook([self.row()], self.columns())))
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in whole.namelist():
                archive.writestr(part, content if part == name else whole.read(part))
        return buffer.getvalue()

    def test_the_only_township_needs_no_column(self):
        columns = [column for column in self.columns() if column.code != "township"]
        census = self.upload_file(synthetic.workbook([self.row()], columns))
        census.action_check()
        self.assertEqual(census.line_ids.area_id, self.village_a1)
        county = self.upload_file(synthetic.workbook([self.row()], columns), "civil_affairs")
        with self.assertRaisesRegex(UserError, "镇街"):
            county.action_check()

    def test_the_county_follows_from_the_townships_where_nobody_names_it(self):
        other = self._area("990114000000", "邻区", "county", self.county.parent_id)
        self.env["lbc.profile"].create({"name": "邻区", "county_id": other.id})
        content = synthetic.workbook([self.row()], self.columns())
        census = self.env["lbc.census.import"].create({"file": base64.b64encode(content)})
        self.assertFalse(census.county_id)
        census.action_check()
        self.assertEqual((census.county_id, census.ok_count), (self.county, 1))

    def test_a_merged_village_is_found_by_its_old_name(self):
        self.village_a1._merge_into(self.village_a2, date(2026, 10, 1))
        self.assertEqual(self._checked(self.row()).line_ids.area_id, self.village_a2)

    def test_unknown_columns_are_listed_and_kept(self):
        columns = [*self.columns(), Column("visitor", "家访人", "Visitor")]
        census = self.upload_file(synthetic.workbook([self.row(visitor="黄某")], columns))
        census.action_check()
        self.assertEqual(census.unknown_headings, "家访人")
        self.assertEqual(census.line_ids.sudo().raw["?家访人"], "黄某")
