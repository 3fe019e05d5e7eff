"""The copies of a version for its recipients, made once with its documents (D6, D7): which, and what they hold."""

from odoo import models

from ...reports.ledger import roster
from ...reports.ledger.frozen_rows import Given, select, stream
from ...reports.sheet import Book
from .submission_documents import NAMES

COPY_NAMES = {
    "leading_office": "报领导小组办公室",
    "civil_affairs": "报民政部门",
    "education": "抄送教育部门",
    "police": "抄送公安机关",
}


class SubmissionVersion(models.Model):
    _inherit = "lbc.submission.version"

    def _make_copies(self):
        """Store a copy for each recipient that the district's profile names."""
        columns = self.env["lbc.copy.column"]
        for recipient in self._recipients():
            chosen, reader = columns._columns_of(recipient), columns._reader(recipient)
            given = Given({column.code: column for column in chosen}, reader)
            data, rows = self._write_copy(recipient, given)
            groups = {given.columns[code].group for code in given.clear} - {None}
            self.env["lbc.submission.copy"].create(
                {
                    **self._stored(
                        self._file_name(COPY_NAMES[recipient], "xlsx"), data, rows, groups
                    ),
                    "recipient": recipient,
                    "columns": list(given.columns),
                }
            )

    def _recipients(self):
        """Return the recipients (list of codes) of the report and of its copies (D6, D7)."""
        profile = self._profile()
        recipients = list(profile._report_receivers())
        recipients += ["education"] if profile.report_cc_education else []
        recipients += ["police"] if profile.report_cc_police else []
        return recipients

    def _write_copy(self, recipient, given, mark=None, remark=None):
        """Return (workbook, number of rows) of a recipient's copy.

        :param given: `Given`: the columns that the recipient gets
        :param mark: `Watermark` other than that of the report
        :param remark: text (str) under the titles, of a copy that is not the original
        """
        mark = mark or self._mark(COPY_NAMES[recipient])
        version = self.with_context(lbc_paper_remark=remark) if remark else self
        book = Book(NAMES["register"], self.cutoff, mark)
        wanted, rows = self._wanted_papers(), 0
        if wanted["changes"]:
            rows = version._write_change_sheets(book, given, mark)
        if wanted["register"]:
            listing = roster.register(given.columns)
            names = [given.reader.name_of(column) for column in listing.columns]
            frozen = stream(self.env.cr, select(self.id, names))
            lines = version._paper_lines()
            roster.write(listing, lines, frozen, self.cutoff, mark, book, "信息台账")
            rows = self.closing_count
        if recipient in self._profile()._report_receivers():
            # Who receives the report answers for it; who is told of it needs no list of what is left to do.
            version._write_annexes(book, given, mark)
        return book.close(), rows
