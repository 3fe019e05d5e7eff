"""The documents of a version, made once at submission (R1–R4 and the cover; D4, D6).

They are written from the frozen rows, with the version's check code, and never written again.
"""

import base64
import logging

from odoo import fields, models, modules
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...lib import columns as column_lists
from ...lib import digest, summary, workbook
from ...reports.ledger import annexes, changes, cover, roster, summary_query, summary_table
from ...reports.ledger.frozen_rows import FILE_NUMBER, Given, Reader, select, stream
from ...reports.sheet import Book
from ..access import export_groups
from .snapshot import FROZEN
from .submission_file import DOCUMENTS
from .submission_version import COUNTS

_logger = logging.getLogger(__name__)

NAMES = {
    "changes": changes.TITLE,
    "register": "农村留守儿童信息台账",
    "summary": summary.TITLE,
    "roster": "农村留守儿童花名册",
    "cover": cover.TITLE,
}
_EVERYTHING = Reader()
# Code and seal stand on one page; without these the company's margins for letterheads hold.
_MARGINS = {
    "data-report-margin-top": 6,
    "data-report-margin-bottom": 6,
    "data-report-header-spacing": 0,
}


class SubmissionVersion(models.Model):
    _inherit = "lbc.submission.version"

    def _make_documents(self):
        """Make the files and copies of these versions, once; each carries the check code."""
        result = super()._make_documents()
        # Files are read-only for every role. What was made is never made again, whoever seals anew.
        for version in self.sudo().filtered(lambda one: not one.file_ids):
            if version.township_id:
                version._make_files()
                version._make_copies()
            version._make_cover()
            version.invalidate_recordset(["file_ids", "copy_ids"])
        return result

    # -- files

    def _make_files(self):
        """Store R1 and R2, as the district reports, R3 and R4."""
        makers = {"changes": self._write_changes, "register": self._write_register}
        makers |= {"summary": self._write_summary, "roster": self._write_roster}
        wanted = self._wanted_papers()
        for document, _label in DOCUMENTS:
            if document in makers and wanted.get(document, True):
                data, rows, groups = makers[document]()
                self._store(document, data, "xlsx", rows, groups)

    def _wanted_papers(self):
        """Return {document: whether the district reports it} (D4)."""
        content = self._profile().quarter_content
        return {"changes": content in ("changes", "both"), "register": content in ("full", "both")}

    def _profile(self):
        return self.env["lbc.profile"]._for_county(self.county_id)

    def _paper_columns(self):
        return column_lists.by_code(FROZEN)  # what is not frozen cannot be reported

    def _write_changes(self):
        """Return (workbook, number of lines, data groups) of the changes."""
        mark, given = self._mark("季报存档"), self._everything()
        book = Book(changes.TITLE, self.cutoff, mark)
        rows = self._write_change_sheets(book, given, mark)
        self._write_annexes(book, given, mark)
        return book.close(), rows, {"identity", "guardianship", *self._changed_groups()}

    def _everything(self):
        """Return the `Given` of a document that is stored whole."""
        return Given({FILE_NUMBER.code: FILE_NUMBER, **self._paper_columns()}, _EVERYTHING)

    def _write_change_sheets(self, book, given, mark):
        """Write R1 and each village's numbers; returns the number (int) of lines."""
        lines = self._paper_lines()
        rows = changes.write(book, self, given, lines, self.cutoff, mark)
        if given.field("village"):
            found = {area: row for (_version, area), row in self._movements().items()}
            areas = self._village_names(found)
            annexes.write_villages(book, self, areas, found, lines, self.cutoff, mark)
        return rows

    def _write_annexes(self, book, given, mark):
        """Name who was not verified, and what was explained: both are part of what is reported."""
        for write in (annexes.write_unverified, annexes.write_explained):
            write(book, self, given, self._paper_lines(), self.cutoff, mark)

    def _changed_groups(self):
        """Return the data groups (set of short names) of the columns that changed."""
        return {
            group
            for (group,) in self.env.execute_query(
                SQL(
                    "SELECT DISTINCT data_group FROM lbc_submission_change "
                    "WHERE version_id = %s AND data_group IS NOT NULL",
                    self.id,
                )
            )
        }

    def _write_register(self):
        """Return (workbook, number of rows, data groups) of the full register."""
        mark = self._mark("季报存档")
        book = Book(NAMES["register"], self.cutoff, mark)
        listing = roster.register(self._paper_columns())
        rows = stream(self.env.cr, select(self.id, listing.codes))
        roster.write(listing, self._paper_lines(), rows, self.cutoff, mark, book)
        self._write_annexes(book, self._everything(), mark)
        return book.close(), self.closing_count, self._groups_of(listing) | {"guardianship"}

    def _write_roster(self):
        """Return (workbook, number of rows, data groups) of the roster."""
        listing = roster.roster(self._paper_columns(), "township")
        rows = stream(self.env.cr, select(self.id, listing.codes))
        data = roster.write(listing, self._paper_lines(), rows, self.cutoff, self._mark("季报存档"))
        return data, self.closing_count, self._groups_of(listing)

    def _groups_of(self, listing):
        return {column.group for column in listing.columns} - {None}

    def _village_names(self, others=()):
        """Return [(id, name)] of the villages of this report, in order.

        :param others: ids of divisions that have numbers as well
        """
        villages = self.submission_id.village_ids.area_id
        villages |= villages.browse(set(others))
        return [(one.id, one.short_name or one.name) for one in villages.sorted("code")]

    def _write_summary(self):
        """Return (workbook, number of rows, data groups) of the official summary table, by village."""
        rows = [("version_id", "=", self.id)]
        # Everything is counted: the table goes to who reads all that it counts.
        source = self.env["lbc.snapshot"]._ledger_source(summary.COLUMNS, rows, masked=False)
        reached = self._profile().age_reached_on
        query = summary_query.counts(source, "area_id", self.cutoff, reached)
        found = {place: tuple(counts) for place, *counts in self.env.execute_query(query)}
        areas = self._village_names(found)
        lines = self._paper_lines(unit=True)
        data = summary_table.write(lines, areas, found, self.cutoff, self._mark("季报存档"))
        known = self._paper_columns()
        groups = {known[code].group for code in summary.COLUMNS} - {None}
        return data, len(areas), groups

    def _make_cover(self):
        """Store the cover, as PDF, or as a page to print where no PDF engine is there."""
        files = [
            (one.name, one.row_count or None, one.sha256)
            for one in self.env["lbc.submission.file"].search([("version_id", "=", self.id)])
        ]
        moments = [
            self._local(self.submission_id.first_submitted_at),
            self._local(self.submitted_at),
        ]
        page = self._cover_page(
            cover.values(
                self,
                self._unit_name(),
                self.submission_id.quarter_id,
                self._profile().quarter_content,
                moments,
                files,
                COUNTS,
            )
        )
        pdf = self._printed(page)
        data, extension = (pdf, "pdf") if pdf else (page.encode(), "html")
        self._store("cover", data, extension, 0, set())

    def _cover_page(self, values):
        """Return the cover (str) in the district's words.

        :raises UserError: the district's words lack the check code, with which the seal would prove nothing
        """
        page = self.env["ir.qweb"]._render(cover.TEMPLATE, values)
        if self.check_code and self.check_code not in page:
            raise UserError(
                self.env._(
                    "The cover lacks the check code. The administrator puts it back into the view "
                    "“%(view)s”.",
                    view=cover.TEMPLATE,
                )
            )
        return f"<!DOCTYPE html>\n{page}"

    def _printed(self, page):
        """Return the page as PDF (bytes), None without an engine; tests ask for it by the context, as core's do."""
        testing = modules.module.current_test
        if testing and not self.env.context.get("force_report_rendering"):
            return None
        report = self.env["ir.actions.report"]
        if report.get_wkhtmltopdf_state() not in ("ok", "workers"):
            return None
        try:
            return report._run_wkhtmltopdf([page], specific_paperformat_args=_MARGINS)
        except (UserError, OSError):
            # A report is not refused because a printer is missing: the page can be printed as well.
            _logger.warning(
                "The cover could not be made a PDF; it is stored as a page.", exc_info=True
            )
            return None

    # -- words

    def _store(self, document, data, extension, rows, groups):
        name = self._file_name(NAMES[document], extension)
        values = self._stored(name, data, rows, groups)
        self.env["lbc.submission.file"].create({**values, "document": document})

    def _stored(self, name, data, rows, groups):
        """Return the values of a stored document."""
        return {
            "version_id": self.id,
            "name": name,
            "township_id": self.township_id.id,
            "county_id": self.county_id.id,
            "content": base64.b64encode(data),
            "sha256": digest.sha256_bytes(data),
            "check_code": self.check_code,
            "size": len(data),
            "row_count": rows,
            "data_groups": export_groups.joined(groups),
        }

    def _unit_name(self):
        return self.township_id.name or self.organization_id.name

    def _file_name(self, title, extension):
        quarter = self.submission_id.quarter_id
        correction = f"（更正{self.number - 1}）" if self.number > 1 else ""
        name = f"{self._unit_name()}{quarter.year}年第{quarter.number}季度{title}{correction}"
        return workbook.safe_file_name(name, extension)

    def _paper_lines(self, unit=False):
        """Return the texts under a document's title: who reports, as of when, the check code."""
        quarter = self.submission_id.quarter_id
        parts = [
            f"填报单位：{self._unit_name()}",
            f"数据截至：{self.cutoff.year}年{self.cutoff.month}月{self.cutoff.day}日",
            f"{quarter.year}年第{quarter.number}季度（第{self.number}版）",
            f"校验码：{self.check_code}",
        ]
        remark = self.env.context.get("lbc_paper_remark")
        line = "　　　　".join([*parts, *(("单位：人",) if unit else ())])
        return [line, *((remark,) if remark else ())]

    def _mark(self, recipient):
        """Return the `Watermark` of a document that belongs to the report, not to who fetches it."""
        role = self.submitted_by.lbc_role_id.with_context(lang="zh_CN").name or ""
        return workbook.Watermark(
            number=self.check_code,
            who=f"{self.submitted_by.login}（{role}）",
            organization=self._unit_name(),
            when=self._local(self.submitted_at),
            recipient=recipient,
        )

    def _local(self, moment):
        """Return a moment (naive UTC) as text in the district's time."""
        zoned = self.with_context(tz=self._profile().time_zone)
        return f"{fields.Datetime.context_timestamp(zoned, moment):%Y-%m-%d %H:%M:%S}"
