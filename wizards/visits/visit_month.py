"""The month's visits as a workbook: what the page shows, for the user's own area (R6, domain.md §C.3)."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...lib import periods, workbook
from ...models.access.export_delivery import Content
from ...models.territory.res_users import KEY_OF_SCOPE
from ...models.visits.visit import CHANNELS
from ...models.visits.visit_report import COUNTS, KEY_COUNTS, TIMES
from ...reports.visits import visit_month

TITLE = visit_month.TITLE


class VisitMonth(models.TransientModel):
    _name = "lbc.visit.month"
    _description = "Workbook of a Month's Visits"
    _inherit = ["lbc.export.ask"]

    month = fields.Date("A Day of the Month", required=True, default=fields.Date.context_today)
    area_id = fields.Many2one(
        "lbc.area",
        domain=lambda self: self._area_domain(),
        help="Empty: everything you are responsible for.",
    )

    @api.model
    def _own_areas(self):
        """Return the divisions (`lbc.area`) of the user's posting."""
        scope, area_ids, _organization_id = self.env.user._lbc_scope()
        return self.env["lbc.area"].browse(area_ids if scope in KEY_OF_SCOPE else ())

    @api.model
    def _area_domain(self):
        own = self._own_areas()
        return [("id", "child_of", own.ids), ("level", "in", list(KEY_OF_SCOPE))]

    def action_export(self):
        """Ask for the workbook; shows the request. Counts alone need no second person.

        :raises UserError: the area lies outside the user's own, or a word of the request is missing
        """
        self.ensure_one()
        self._require_group("duty_read")
        self.check_access("read")
        areas = self._areas()
        first = periods.month_start(self.month)
        place = areas[0].name if len(areas) == 1 else f"{areas[0].name}等"
        export = self.env["lbc.export"]._request(
            "visit_month",
            self._asked(),
            {"month": first.isoformat(), "area_id": self.area_id.id},
            title=TITLE,
            res_model="lbc.visit.report",
            record_count=self.env["lbc.visit.report"].search_count(self._domain(areas)),
            filename=workbook.safe_file_name(f"{place}{TITLE}{first:%Y-%m}", "xlsx"),
            counts_only=True,
        )
        return self._show(export)

    def _areas(self):
        """Return the divisions for which is written, after checking that they are the user's."""
        areas = self.area_id or self._own_areas()
        own = areas and all(
            area.level in KEY_OF_SCOPE and (self.env.su or self.env.user._lbc_covers(area))
            for area in areas
        )
        if not own:
            raise UserError(
                self.env._("The area lies outside your own. Choose a division of your posting.")
            )
        return areas

    def _domain(self, areas):
        """Return the domain over `lbc.visit.report` of the month and the areas."""
        key = KEY_OF_SCOPE[areas[0].level]
        first = periods.month_start(self.month)
        return [("month", "=", first), (key, "in", areas._with_predecessors().ids)]

    def _write(self, watermark):
        """Return the `Content` of the workbook, with what the present user may read now."""
        areas = self._areas()
        found = self._counts(self._domain(areas))
        data = visit_month.write(
            self._lines(areas), self._rows(found), fields.Date.context_today(self), watermark
        )
        return Content(data, "lbc.visit.report", [], set())

    def _counts(self, domain):
        """Return {village: {count: number}}: what the page adds up, without what the user may not read."""
        report = self.env["lbc.visit.report"]
        shown = [name for name in (*COUNTS, *TIMES, *KEY_COUNTS) if self._shows(name)]
        rows = report._read_group(
            domain, ["township_id", "area_id"], [f"{name}:sum" for name in shown]
        )
        found = {
            village: dict(zip(shown, (one or 0 for one in counts), strict=True))
            for _township, village, *counts in rows
        }
        if self._shows("channel"):
            for counts in found.values():
                counts.update(dict.fromkeys((code for code, _label in CHANNELS), 0))
            domain = [*domain, ("channel", "!=", False)]
            for village, channel, count in report._read_group(
                domain, ["area_id", "channel"], ["visited_count:sum"]
            ):
                found[village][channel] = count
        return found

    def _shows(self, name):
        """Return whether the user may read a count of the page (bool)."""
        report = self.env["lbc.visit.report"]
        return report._has_field_access(report._fields[name], "read")

    def _rows(self, found):
        """Return [(township, [(village, counts)])] by name, in the order of their codes."""
        rows = {}
        for village in sorted(found, key=lambda area: area.sudo().code or ""):
            township = village.sudo().township_id
            rows.setdefault(township, []).append(
                (village.short_name or village.name, found[village])
            )
        return [(township.name, villages) for township, villages in rows.items()]

    def _lines(self, areas):
        """Return the texts under the title: whose, which month, as of when."""
        today = fields.Date.context_today(self)
        names = "、".join(areas.mapped(lambda area: area.short_name or area.name))
        parts = (
            f"统计范围：{names}",
            f"统计月份：{self.month.year}年{self.month.month}月",
            f"数据截至：{today.year}年{today.month}月{today.day}日",
            "单位：户",
        )
        return ["　　　　".join(parts)]
