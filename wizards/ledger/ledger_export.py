"""The ledger as a workbook: roster (R4), official summary table (R3), full register (R2).

Written from the frozen rows of a submitted quarter or from the live ledger of today, for the user's
own area, with what the user may read; what is protected comes masked or empty (domain.md §C.2, §C.3).
The page only asks: the file comes through the export gate (`lbc.export`), when it is downloaded.
"""

import itertools

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...lib import columns as column_lists
from ...lib import summary, workbook
from ...models.access.export_delivery import Content
from ...models.territory.res_users import KEY_OF_SCOPE
from ...reports.ledger import roster, summary_query, summary_table

NOTE = "“—”：该项数据不在本岗位的查看范围内，或人数过少，不予显示。"
BELOW = {"county": "township", "township": "village", "village": "village"}
TITLES = {
    "roster": "农村留守儿童花名册",
    "register": "农村留守儿童信息台账",
    "summary": summary.TITLE,
}
_serial = itertools.count(1)


class LedgerExport(models.TransientModel):
    _name = "lbc.ledger.export"
    _description = "Ledger Workbook"
    _inherit = ["lbc.export.ask"]
    _chunk = 5000  # rows held in memory at a time

    document = fields.Selection(
        [
            ("roster", "Roster"),
            ("summary", "Official summary table"),
            ("register", "Full register"),
        ],
        default="roster",
        required=True,
    )
    source = fields.Selection(
        [("live", "The ledger of today"), ("quarter", "A submitted quarter")],
        default="live",
        required=True,
    )
    quarter_id = fields.Many2one("lbc.quarter", help="What the townships submitted for it.")
    version_choice = fields.Selection(
        [
            ("counted", "As accepted, else as submitted last"),
            ("newest", "As submitted last"),
            ("first", "As first reported"),
        ],
        "Version",
        default="counted",
        required=True,
        help="Of a report that was corrected; statistics count what was accepted.",
    )
    area_id = fields.Many2one(
        "lbc.area",
        domain=lambda self: self._area_domain(),
        default=lambda self: self._default_area(),
        help="Empty: everything you are responsible for.",
    )
    as_of = fields.Date("As of", compute="_compute_as_of")

    @api.model
    def _own_areas(self):
        """Return the divisions (`lbc.area`) of the user's posting that exist today."""
        scope, area_ids, _organization_id = self.env.user._lbc_scope()
        areas = self.env["lbc.area"].browse(area_ids if scope in KEY_OF_SCOPE else ())
        today = self.env.user._lbc_today()
        return areas.filtered(lambda area: not area.valid_to or area.valid_to >= today)

    def _default_area(self):
        own = self._own_areas()
        return own if len(own) == 1 else own.browse()

    @api.model
    def _area_domain(self):
        own = self._own_areas()
        return [("id", "child_of", own.ids), ("level", "in", list(BELOW))]

    @api.depends("source", "quarter_id", "area_id", "version_choice")
    def _compute_as_of(self):
        """The day of the rows: of reports that were made before the cut-off, the last such day."""
        for wizard in self:
            if wizard.source == "live":
                wizard.as_of = self.env.user._lbc_today()
                continue
            areas = wizard.area_id or wizard._own_areas()
            days = wizard._versions(wizard._made_in(areas)).mapped("cutoff") if areas else ()
            wizard.as_of = max(days, default=wizard.quarter_id.cutoff)

    def action_export(self):
        """Ask for the workbook; shows the request: ready for download, or waiting for approval.

        :raises UserError: the area lies outside the user's own, nothing was submitted for it, or a
            word of the request is missing
        """
        self.ensure_one()
        self.check_access("read")
        areas = self._areas()
        submissions, listing = self._submissions(areas), self._listing(areas)
        columns = listing.columns if listing else ()
        export = self.env["lbc.export"]._request(
            self.document,
            self._asked(),
            self._spec(),
            title=TITLES[self.document],
            res_model="lbc.snapshot" if submissions else "lbc.child",
            record_count=len(self._children(areas, submissions)),
            columns="、".join(column.heading for column in columns),
            data_groups=self._groups(listing),
            filename=self._file_name(areas),
            counts_only=not listing,
        )
        return self._show(export)

    def _spec(self):
        """Return the values of a wizard that writes the same document again."""
        places = {"quarter_id": self.quarter_id.id, "area_id": self.area_id.id}
        source = {"source": self.source, "version_choice": self.version_choice}
        return {"document": self.document, **source, **places}

    def _groups(self, listing):
        """Return the data groups (set of short names) that the user reads in clear in a listing."""
        child = self.env["lbc.child"]
        columns = listing.columns if listing else ()
        return {one.group for one in columns if one.group and child._may_read_column(one)}

    def _children(self, areas, submissions):
        """Return the ids of the children whom the document tells of, within the user's reach."""
        domain = self._area_key(areas)
        if submissions:
            rows = [("version_id", "in", self._versions(submissions).ids), *domain]
            query, column = self.env["lbc.snapshot"]._search(rows), "child_ref"
        else:
            child = self.env["lbc.child"]
            query, column = child._search([*child._on_ledger_domain(), *domain]), "id"
        rows = self.env.execute_query(query.select(SQL.identifier(query.table, column)))
        return [child_id for (child_id,) in rows]

    def _write(self, watermark):
        """Return the `Content` of the document, with what the present user may read now."""
        areas = self._areas()
        submissions, listing = self._submissions(areas), self._listing(areas)
        if listing:
            data = self._write_listing(listing, areas, submissions, watermark)
            ids = self._children(areas, submissions)
        else:
            data, ids = self._write_summary(areas, submissions, watermark), []
        return Content(data, "lbc.child", ids, self._groups(listing))

    def _areas(self):
        """Return the divisions for which is written, after checking that they are the user's."""
        areas = self.area_id or self._own_areas()
        own = all(
            area.level in BELOW and (self.env.su or self.env.user._lbc_covers(area))
            for area in areas
        )
        if not areas or not own:
            raise UserError(
                self.env._("The area lies outside your own. Choose a division of your posting.")
            )
        return areas

    def _area_key(self, areas):
        """Return the domain that keeps rows with the three keys within these divisions."""
        key = KEY_OF_SCOPE[areas[0].level]
        return [(key, "in", areas._with_predecessors().ids)]

    def _submissions(self, areas):
        """Return the submitted submissions (`lbc.submission`) that hold the rows; none for live data."""
        if self.source == "live":
            return self.env["lbc.submission"]
        if not self.quarter_id:
            raise UserError(self.env._("Choose the quarter."))
        self.quarter_id.check_access("read")
        found = self._made_in(areas)
        if not found:
            raise UserError(
                self.env._(
                    "Nothing was submitted for %(quarter)s yet. Submit first, or choose the ledger "
                    "of today.",
                    quarter=self.quarter_id.display_name,
                )
            )
        return found

    def _made_in(self, areas):
        """Return the reports of the quarter that were made of these divisions."""
        found = self.env["lbc.submission"].search(
            [
                ("quarter_id", "=", self.quarter_id.id),
                ("township_id", "!=", False),
                ("current_version_id", "!=", False),
            ]
        )
        if areas[0].level == "county":
            return found
        townships = areas._with_predecessors().township_id
        return found.filtered(lambda one: one.township_id in townships)

    def _versions(self, submissions):
        """Return the versions of these reports that were asked for, each by one rule."""
        return submissions._counted_versions(self.version_choice)

    def _source_rows(self, codes, areas, submissions, masked=True):
        """Return SQL of the rows; the record rules of the user hold (`_search`)."""
        domain = self._area_key(areas)
        if submissions:
            domain = [("version_id", "in", self._versions(submissions).ids), *domain]
            return self.env["lbc.snapshot"]._ledger_source(codes, domain, masked)
        child = self.env["lbc.child"]
        domain = [*child._on_ledger_domain(), *domain]
        return child._ledger_source(codes, domain, self.as_of, masked)

    # -- roster and register

    def _listing(self, areas):
        """Return the `Listing` of the roster or the full register; None for the summary table."""
        columns = column_lists.by_code(self.env["lbc.child"]._ledger_columns())
        if self.document == "roster":
            return roster.roster(columns, areas[0].level)
        return roster.register(columns) if self.document == "register" else None

    def _write_listing(self, listing, areas, submissions, watermark):
        """Return the workbook (bytes) of the roster or the full register."""
        source = self._source_rows(listing.codes, areas, submissions)
        rows, lines = self._stream(listing.codes, source), self._lines(areas, submissions)
        return roster.write(listing, lines, rows, self.as_of, watermark)

    def _stream(self, codes, source):
        """Yield the rows by village and file number, a chunk at a time: memory stays bounded."""
        cursor = SQL.identifier(f"lbc_ledger_{next(_serial)}")
        # All rows are wanted; a cursor is planned for the first few unless told.
        self.env.cr.execute("SET LOCAL cursor_tuple_fraction = 1")
        self.env.cr.execute(
            SQL(
                "DECLARE %s NO SCROLL CURSOR FOR SELECT %s FROM (%s) ledger ORDER BY "
                "(SELECT code FROM lbc_area WHERE id = ledger.area_id), ledger.file_number",
                cursor,
                SQL(", ").join(SQL.identifier("ledger", code) for code in codes),
                source,
            )
        )
        while True:
            self.env.cr.execute(SQL("FETCH %s FROM %s", self._chunk, cursor))
            rows = self.env.cr.fetchall()
            yield from rows
            if len(rows) < self._chunk:
                break
        self.env.cr.execute(SQL("CLOSE %s", cursor))

    # -- summary table

    def _write_summary(self, areas, submissions, watermark):
        """Return the workbook (bytes) of the official summary table."""
        level = BELOW[areas[0].level]
        key = KEY_OF_SCOPE[level]
        # The protected columns are counted, not shown; what tells of a single child is withheld.
        source = self._source_rows(summary.COLUMNS, areas, submissions, masked=False)
        profile = self.env["lbc.profile"]._for_county(areas[0].county_id)
        query = summary_query.counts(source, key, self.as_of, profile.age_reached_on)
        found = {place: tuple(counts) for place, *counts in self.env.execute_query(query)}
        rows = self._summary_areas(areas, level, found)
        withheld = self._withheld(areas, [area_id for area_id, _name in rows], found)
        remarks = (NOTE,) if withheld else ()
        return summary_table.write(
            self._lines(areas, submissions, unit=True),
            rows,
            found,
            self.as_of,
            watermark,
            (*remarks, *self._remarks(areas, submissions)),
            withheld,
        )

    def _summary_areas(self, areas, level, found):
        """Return [(id, name)]: the divisions of the day, and ended ones that still have children."""
        day = self.as_of
        below = self.env["lbc.area"].search(
            [("id", "child_of", areas.ids), ("level", "=", level)], order="code"
        )
        shown = below.filtered(
            lambda area: (
                (not area.valid_from or area.valid_from <= day)
                and (not area.valid_to or area.valid_to >= day)
            )
        )
        shown |= shown.browse(set(found))
        return [(area.id, area.short_name or area.name) for area in shown.sorted("code")]

    # -- words of the documents

    def _lines(self, areas, submissions, unit=False):
        """Return the texts under the title: who reports, as of when, from what."""
        parts = [
            "填报单位：" + "、".join(areas.mapped(lambda area: area.short_name or area.name)),
            f"数据截至：{self.as_of.year}年{self.as_of.month}月{self.as_of.day}日",
        ]
        if submissions:
            quarter = self.quarter_id
            parts.append(f"{quarter.year}年第{quarter.number}季度上报数据")
        if len(submissions) == 1:
            parts.append(f"校验码：{self._versions(submissions).check_code}")
        if unit:
            parts.append("单位：人")
        return ["　　　　".join(parts)]

    def _file_name(self, areas):
        place = areas[0].name if len(areas) == 1 else f"{areas[0].name}等"
        quarter = self.quarter_id.display_name
        when = quarter if self.source == "quarter" else self.as_of.isoformat()
        return workbook.safe_file_name(f"{place}{TITLES[self.document]}{when}", "xlsx")
