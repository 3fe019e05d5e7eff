"""The monthly access report (R21 of domain.md §C.3): who looked at what, and each day's check code, to keep."""

from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...models.access.journal_seal import ZONE
from ...reports.access import journal_month

GROUP = "left_behind_children.group_audit_read"
MONTHS = [(str(month), str(month)) for month in range(1, 13)]


class JournalReport(models.TransientModel):
    _name = "lbc.journal.report"
    _description = "Monthly Access Report"
    _inherit = ["lbc.wizard.mixin"]

    year = fields.Integer(required=True, default=lambda self: self._default_month().year)
    month = fields.Selection(
        MONTHS, required=True, default=lambda self: str(self._default_month().month)
    )
    county = fields.Char(compute="_compute_county")

    @api.model
    def _default_month(self):
        """Return a day of the last month."""
        return fields.Date.subtract(fields.Date.context_today(self), months=1)

    @api.depends_context("uid")
    def _compute_county(self):
        self.county = self._profile().county_id.name

    def _profile(self):
        """Return the profile (sudo, 0 or 1 record) of the reader's county."""
        return self.env["lbc.journal.seal"]._profile_of(self.env.user)

    def action_print(self):
        """Make the report as a PDF file; leaves a row in the journal itself."""
        self.ensure_one()
        self._check_reader()
        if not 2000 <= self.year <= 2200:
            raise UserError(self.env._("Choose a year with four digits."))
        report = self.env.ref("left_behind_children.journal_report_print")
        return report.report_action(self)

    def _check_reader(self):
        """Refuse whoever may not read the journal.

        :raises AccessError: the caller lacks the right
        """
        if not self.env.su and not self.env.user.has_group(GROUP):
            raise AccessError(self.env._("You may not read the journal."))

    def _period(self):
        """Return (first day, last day) of the month."""
        first = date(self.year, int(self.month), 1)
        return first, fields.Date.end_of(first, "month")

    def _figures(self):
        """Return the report's tables, {name: rows}, of what the reader may see; called by the document."""
        self.ensure_one()
        self._check_reader()
        first, last = self._period()
        journal = self.env["lbc.journal"]
        journal._note("print", self._name, reason=f"{self.year}-{self.month}")
        domain = journal._on_day(first, self._profile().time_zone or ZONE, last)
        return journal_month.tables(self.env, journal._search(domain), first, last)
