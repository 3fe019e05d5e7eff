"""The quarter opens by itself (domain.md §C.1.2: 系 on day 1 of the last month), and its day is that of its duties."""

import logging

from odoo import api, models
from odoo.tools import SQL

from ...lib import periods
from ...lib.periods import Quarter as Period

_logger = logging.getLogger(__name__)


class Quarter(models.Model):
    _inherit = "lbc.quarter"

    @api.model
    def _cron_open(self):
        """Open the running quarter of every county with a profile once its last month has begun (nightly).

        Safe to run twice and after days of outage: what is open stays as it is, and is looked at again for
        townships, departments and villages that came late.
        A quarter that was not opened before it ended is opened now. A county that fails leaves the others alone.
        """
        profiles = self.env["lbc.profile"].search([("county_id", "!=", False)])
        for profile in profiles:
            try:
                with self.env.cr.savepoint():
                    self._open_due(profile)
            except Exception:  # tried again the next night; the others shall not wait for it
                _logger.exception("The quarter of county %s was not opened", profile.county_id.code)
            if self.env.context.get("ir_cron_progress_id"):  # outside the job its caller commits
                self.env["ir.cron"]._commit_progress(1)

    def _open_due(self, profile):
        """Open what should be open in the county of a profile: the running quarter, and the one before."""
        today = profile._today()
        period = Period.of(today)
        before = period.previous()
        since = periods.local_date(profile.create_date, profile.time_zone)
        if before.cutoff(profile.quarter_cutoff_day) >= since:  # it was there to report
            known = [("county_id", "=", profile.county_id.id), ("year", "=", before.year)]
            if not self.search_count([*known, ("number", "=", before.number)], limit=1):
                self._open(profile.county_id, before)
        if today >= period.last_month_start:
            self._open(profile.county_id, period)

    def _expect_submissions(self):
        result = super()._expect_submissions()
        self.submission_ids.filtered(lambda one: not one.first_submitted_at)._expect_villages()
        return result

    def write(self, vals):
        result = super().write(vals)
        if "cutoff" in vals:
            self._move_duties()
        return result

    def _move_duties(self):
        """Let what is due on the cut-off day be due on the day that was chosen instead."""
        self.env.flush_all()
        for quarter in self:
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE lbc_duty d SET due_date = %(day)s
                      FROM lbc_duty_kind k
                     WHERE k.id = d.kind_id AND k.due_parameter = 'quarter_cutoff_day'
                       AND k.period = 'quarter' AND d.county_id = %(county)s AND d.state = 'open'
                       AND d.slot_start = %(start)s AND d.window_start <= %(day)s
                    """,
                    day=quarter.cutoff,
                    county=quarter.county_id.id,
                    start=Period(quarter.year, quarter.number).start,
                )
            )
        self.env["lbc.duty"]._forget_cached()
