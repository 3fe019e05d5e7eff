"""Workbooks of a census: the empty template, and the refused rows with their reasons, ready to be corrected."""

import base64
import io

import xlsxwriter

from odoo import fields, models

from ...lib import identity, workbook
from ...lib.census_headings import REASONS_HEADING, Place
from ...lib.census_rows import text_of
from ...lib.columns import DATE, TERM

_TITLE_ROW, _DATE_ROW, _BLOCK_ROW, _HEADING_ROW = range(4)
# So many rows of the template offer drop-downs; who has more children copies the last one down.
_TEMPLATE_ROWS = 2000
_SHEET, _CHOICES = "花名册", "选项"
_AS_OF = "数据截至："
_REASONS_WIDTH = 60


class CensusImport(models.Model):
    _inherit = "lbc.census.import"

    template_file = fields.Binary("Template", compute="_compute_template_file")

    def _compute_template_file(self):
        # The same for all of them: what is offered depends on the user.
        content = base64.b64encode(self._template())
        for census in self:
            census.template_file = content

    def action_template(self):
        """Download an empty workbook with our headings and drop-downs."""
        self.ensure_one()
        self.check_access("read")
        name = workbook.safe_file_name(self.env._("Census template"), "xlsx")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/template_file/{name}?download=true",
            "target": "download",
        }

    def action_report(self):
        """Download the refused rows with their reasons."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/report_file/{self.report_filename}?download=true",
            "target": "download",
        }

    def _template(self):
        """Return the bytes of the template: made from the same columns that the import reads."""
        columns = self._columns()
        places = [Place(at, one.heading, one.block, one.code) for at, one in enumerate(columns)]
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer) as book:
            book.set_properties({"title": self.env._("Census template")})
            sheet = _Table(book, places, columns)
            sheet.head(self.env._("Census of left-behind children"), _AS_OF)
            sheet.offer(self._choices(columns))
            self._explain(book, columns)
        return buffer.getvalue()

    def _choices(self, columns):
        """Return {column code: texts of its drop-down}, places of the user's own area included."""
        choices = {
            column.code: [term.chinese for term in column.terms]
            for column in columns
            if column.kind == TERM
        }
        areas = self.env["lbc.area"].search(
            [("level", "in", ("township", "village")), ("valid_to", "=", False), *self._own_area()]
        )
        for code in ("township", "village"):
            of_level = areas.filtered(lambda area, level=code: area.level == level)
            choices[code] = list(dict.fromkeys(of_level.mapped("short_name")))
        return {code: texts for code, texts in choices.items() if texts}

    def _own_area(self):
        """Return the domain of the divisions whose children the user imports."""
        scope, area_ids, _organization = self.env.user._lbc_scope()
        if scope == "township":
            return [("township_id", "in", area_ids)]
        return [("county_id", "in", area_ids or self.county_id.ids or self._default_county().ids)]

    def _explain(self, book, columns):
        """Add the sheet that says how to fill in the table."""
        sheet = book.add_worksheet(self.env._("Instructions"))
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        bold = book.add_format({"bold": True})
        sheet.set_column(0, 0, 26, wrap)
        sheet.set_column(1, 1, 90, wrap)
        lines = [
            self.env._("One row per child. Columns may be moved; headings must stay."),
            self.env._(
                "Write the date of the census behind 数据截至： above the table, like 2026-11-20."
            ),
            self.env._(
                "Identity numbers are text. A number that Excel has rounded is lost: type it again."
            ),
            self.env._("Dates are written like 2016-08-18."),
            self.env._("A child without a number needs the reason in the note."),
        ]
        for number, line in enumerate(lines):
            sheet.merge_range(number, 0, number, 1, line, wrap)
        start = len(lines) + 1
        sheet.write_string(start, 0, self.env._("Column"), bold)
        sheet.write_string(start, 1, self.env._("What to write"), bold)
        for number, column in enumerate(columns, start + 1):
            sheet.write_string(number, 0, column.heading)
            sheet.write_string(number, 1, self._explanation(column))

    def _explanation(self, column):
        """Return what a column wants (str)."""
        words = "、".join(term.chinese for term in column.terms)
        if column.kind == TERM:
            return self.env._("One of: %(words)s", words=words)
        if column.terms:
            return self.env._("One or several of: %(words)s", words=words)
        if column.kind == DATE:
            return self.env._("A date, like 2016-08-18")
        return self.env._("Text")

    def _report(self, rows):
        """Return the fields that hold the workbook of the rows with errors; empty where there are none."""
        refused = [row for row in rows if row.status == "error"]
        if not refused:
            return {"report_file": False, "report_filename": False}
        stem = (self.filename or "").rpartition(".")[0] or self.filename or self.env._("Census")
        name = self.env._("%(census)s – rows to correct", census=stem)
        return {
            "report_file": base64.b64encode(self._report_content(refused)),
            "report_filename": workbook.safe_file_name(name, "xlsx"),
        }

    def _report_content(self, rows):
        """Return the bytes of a workbook in the layout of the uploaded one, with a column of reasons."""
        places = [Place(**spot) for spot in self.layout or () if spot["key"]]
        speaker = self._speaker()
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer) as book:
            table = _Table(book, places, self._columns())
            table.head(self.env._("Rows to correct and import again"), f"{_AS_OF}{self.as_of}")
            table.reasons()
            for number, row in enumerate(rows, _HEADING_ROW + 1):
                table.row(number, row, speaker.verdict(row)["message"])
        return buffer.getvalue()


class _Table:
    """The census table in a workbook that is being written: blocks, headings, rows."""

    def __init__(self, book, places, columns):
        self._book = book
        self._places = places
        self._columns = {column.code: column for column in columns}
        self._sheet = book.add_worksheet(_SHEET)
        # Text, so that Excel leaves identity numbers alone.
        self._text = book.add_format({"num_format": "@"})
        self._wrong = book.add_format({"num_format": "@", "bg_color": "#FDE2E1"})
        self._wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self._bold = book.add_format(
            {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
        )
        for at, place in enumerate(places):
            column = self._columns.get(place.key)
            width = column.width if column else workbook.column_width([place.heading])
            self._sheet.set_column(at, at, width, self._text)

    def head(self, title, as_of):
        """Write title, date, blocks and headings."""
        sheet = self._sheet
        sheet.write_string(
            _TITLE_ROW, 0, title, self._book.add_format({"bold": True, "font_size": 14})
        )
        sheet.write_string(_DATE_ROW, 0, as_of)
        for block, start, end in self._blocks():
            if end > start:
                sheet.merge_range(_BLOCK_ROW, start, _BLOCK_ROW, end, block, self._bold)
            else:
                sheet.write_string(_BLOCK_ROW, start, block, self._bold)
        for at, place in enumerate(self._places):
            sheet.write_string(_HEADING_ROW, at, place.heading, self._bold)
        sheet.freeze_panes(_HEADING_ROW + 1, 0)

    def _blocks(self):
        """Return [(block, first column, last column)] of neighbours under one block."""
        runs = []
        for at, place in enumerate(self._places):
            if runs and runs[-1][0] == place.block:
                runs[-1][2] = at
            else:
                runs.append([place.block, at, at])
        return [run for run in runs if run[0]]

    def reasons(self):
        """Add the column of reasons."""
        at = len(self._places)
        self._sheet.set_column(at, at, _REASONS_WIDTH, self._wrap)
        self._sheet.write_string(_HEADING_ROW, at, REASONS_HEADING, self._bold)

    def row(self, number, row, message):
        """Write a `lib.census_rows.Row` as it was read, its wrong cells marked."""
        wrong = {finding.column for finding in row.findings}
        for at, place in enumerate(self._places):
            text = _printed(row.raw.get(place.key))
            if text or place.key in wrong:
                style = self._wrong if place.key in wrong else self._text
                self._sheet.write_string(number, at, workbook.safe_text(text), style)
        self._sheet.write_string(number, len(self._places), message or "", self._wrap)

    def offer(self, choices):
        """Give columns their drop-downs; other words are allowed after a question."""
        lists = self._book.add_worksheet(_CHOICES)
        lists.hide()
        for at, (code, texts) in enumerate(choices.items()):
            lists.write_column(0, at, texts)
            column = [place.key for place in self._places].index(code)
            letter = Place(at, "", "", "").letter
            self._sheet.data_validation(
                _HEADING_ROW + 1,
                column,
                _HEADING_ROW + _TEMPLATE_ROWS,
                column,
                {
                    "validate": "list",
                    "source": f"={_CHOICES}!${letter}$1:${letter}${len(texts)}",
                    "error_type": "warning",
                },
            )


def _printed(cell):
    """Return a cell as text; a number that Excel has destroyed stays recognisable as one."""
    if not isinstance(cell, str) and identity.excel_destroyed(cell):
        return f"{cell:.5E}"
    return text_of(cell)
