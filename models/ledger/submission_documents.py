"""The documents and copies of a version, made once at submission (R1–R4 and the cover; D4, D6, D7).

They are written from the frozen rows, with the version's check code, and never written again.
"""

import base64
import logging

from odoo import fields, models, modules
from odoo.exceptions import UserError

from ...lib import columns as column_lists
from ...lib import digest, summary, workbook
from ...reports.ledger import changes, cover, roster, summary_query, summary_table
from ...reports.ledger.frozen_rows import Reader, select, stream
from ...reports.sheet import Book
from ..access import export_groups
from .snapshot import FROZEN
from .submission_file import DOCUMENTS

_logger = logging.getLogger(__name__)

NAMES = {
    "changes": changes.TITLE,
    "register": "农村留守儿童信息台账",
    "summary": summary.TITLE,
    "roster": "农村留守儿童花名册",
    "cover": cover.TITLE,
}
COPY_NAMES = {
    "leading_office": "报领导小组办公室",
    "civil_affairs": "报民政部门",
    "education": "抄送教育部门",
    "police": "抄送公安机关",
}
REPORTED_TO = {
    "office": ("leading_office",),
    "civil_affairs": ("civil_affairs",),
    "both": ("leading_office", "civil_affairs"),
}
_EVERYTHING = Reader()


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
        mark = self._mark("季报存档")
        book = Book(changes.TITLE, self.cutoff, mark)
        columns = self._paper_columns()
        rows = changes.write(
            book, self, columns, _EVERYTHING, self._paper_lines(), self.cutoff, mark
        )
        groups = {"identity", "guardianship", *self.change_ids.mapped("data_group")}
        return book.close(), rows, groups - {False}

    def _write_register(self):
        return self._write_listing(roster.register(self._paper_columns()))

    def _write_roster(self):
        return self._write_listing(roster.roster(self._paper_columns(), "township"))

    def _write_listing(self, listing):
        """Return (workbook, number of rows, data groups) of a line list."""
        rows = stream(self.env.cr, select(self.id, listing.codes))
        mark = self._mark("季报存档")
        data = roster.write(listing, self._paper_lines(), rows, self.cutoff, mark)
        groups = {column.group for column in listing.columns} - {None}
        return data, self.closing_count, groups

    def _write_summary(self):
        """Return (workbook, number of rows, data groups) of the official summary table, by village."""
        rows = [("version_id", "=", self.id)]
        # Everything is counted: the table goes to who reads all that it counts.
        source = self.env["lbc.snapshot"]._ledger_source(summary.COLUMNS, rows, masked=False)
        reached = self._profile().age_reached_on
        query = summary_query.counts(source, "area_id", self.cutoff, reached)
        found = {place: tuple(counts) for place, *counts in self.env.execute_query(query)}
        villages = self.submission_id.village_ids.area_id
        villages |= villages.browse(set(found))
        areas = [(one.id, one.short_name or one.name) for one in villages.sorted("code")]
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
        page = cover.write(
            self,
            self._unit_name(),
            self.submission_id.quarter_id,
            self._profile().quarter_content,
            moments,
            files,
        )
        pdf = self._printed(page)
        data, extension = (pdf, "pdf") if pdf else (str(page).encode(), "html")
        self._store("cover", data, extension, 0, set())

    def _printed(self, page):
        """Return the page as PDF (bytes), None without an engine; tests ask for it by the context, as core's do."""
        testing = modules.module.current_test
        if testing and not self.env.context.get("force_report_rendering"):
            return None
        report = self.env["ir.actions.report"]
        if report.get_wkhtmltopdf_state() not in ("ok", "workers"):
            return None
        try:
            return report._run_wkhtmltopdf([str(page)])
        except (UserError, OSError):
            # A report is not refused because a printer is missing: the page can be printed as well.
            _logger.warning(
                "The cover could not be made a PDF; it is stored as a page.", exc_info=True
            )
            return None

    # -- copies

    def _make_copies(self):
        """Store a copy for each recipient that the district's profile names."""
        columns = self.env["lbc.copy.column"]
        for recipient in self._recipients():
            chosen, reader = columns._columns_of(recipient), columns._reader(recipient)
            data, rows = self._write_copy(recipient, chosen, reader)
            groups = {column.group for column in chosen if reader.reads(column.group)} - {None}
            self.env["lbc.submission.copy"].create(
                {
                    **self._stored(
                        self._file_name(COPY_NAMES[recipient], "xlsx"), data, rows, groups
                    ),
                    "recipient": recipient,
                    "columns": [column.code for column in chosen],
                }
            )

    def _recipients(self):
        """Return the recipients (list of codes) of the report and of its copies (D6, D7)."""
        profile = self._profile()
        recipients = list(REPORTED_TO[profile.report_to])
        recipients += ["education"] if profile.report_cc_education else []
        recipients += ["police"] if profile.report_cc_police else []
        return recipients

    def _write_copy(self, recipient, columns, reader):
        """Return (workbook, number of rows) with these `Column`s, as the reader gets them."""
        mark = self._mark(COPY_NAMES[recipient])
        book = Book(NAMES["register"], self.cutoff, mark)
        known = {column.code: column for column in columns}
        wanted, rows, lines = self._wanted_papers(), 0, self._paper_lines()
        if wanted["changes"]:
            rows = changes.write(book, self, known, reader, lines, self.cutoff, mark)
        if wanted["register"]:
            listing = roster.register(known)
            names = [reader.name_of(column) for column in listing.columns]
            frozen = stream(self.env.cr, select(self.id, names))
            roster.write(listing, lines, frozen, self.cutoff, mark, book, "信息台账")
            rows = self.closing_count
        return book.close(), rows

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
        return ["　　　　".join([*parts, *(("单位：人",) if unit else ())])]

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
