"""Opening a quarter, and taking it back (domain.md §C.1.2: by itself on day 1 of the last month, or by the county).

Its day is that of its duties.
"""

import logging

from odoo import api, models
from odoo.exceptions import UserError
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

    @api.model
    def _open(self, county, period):
        """Open a quarter of a county, or return it when it is open: opening twice does nothing twice.

        :param county: `lbc.area` of level county
        :param period: `lib.periods.Quarter`
        """
        self._require_role("civil_affairs", "leading_office")
        if not self.env.su and not self.env.user._lbc_covers(county):
            raise UserError(
                self.env._("%(county)s lies outside your area.", county=county.display_name)
            )
        self._take_turn(county)
        # County, year and number are read-only for every role; role and area were checked above.
        quarters = self.sudo()
        quarter = quarters._find(county, period)
        today = self.env["lbc.profile"]._for_county(county)._today()
        if not quarter:
            quarters._check_period(county, period, today)
            quarter = quarters._create_of(county, period)
        elif quarter.cutoff < today:
            return quarter.with_env(self.env)  # who came later owes nothing of that day
        quarter._expect_submissions()
        return quarter.with_env(self.env)

    def _find(self, county, period):
        return self.search(
            [
                ("county_id", "=", county.id),
                ("year", "=", period.year),
                ("number", "=", period.number),
            ]
        )

    def _create_of(self, county, period):
        profile = self.env["lbc.profile"]._for_county(county)
        return self.create(
            {
                "county_id": county.id,
                "year": period.year,
                "number": period.number,
                "cutoff": period.cutoff(profile.quarter_cutoff_day),
            }
        )

    def _check_period(self, county, period, today):
        """Refuse a quarter that would stand before every later one: a slip of the year stops all units.

        :raises UserError: later than the next quarter, before the first that was reported, or, where
            none was, more than a year ago
        """
        reported = self.search(
            [("county_id", "=", county.id), ("submission_ids.first_submitted_at", "!=", False)],
            order="cutoff",
            limit=1,
        )
        running = Period.of(today)
        first = (
            Period(reported.year, reported.number)
            if reported
            else running._replace(year=running.year - 1)
        )
        if not first <= period <= running.next():
            raise UserError(
                self.env._(
                    "%(quarter)s cannot be opened: choose a quarter from %(first)s to %(last)s.",
                    quarter=period.label,
                    first=first.label,
                    last=running.next().label,
                )
            )

    def action_withdraw(self):
        """Office or civil affairs: the quarter was opened by mistake; it goes while nobody has begun with it.

        :raises UserError: a unit has begun, or the quarter is due: it would open by itself again
        """
        self.check_access("read")
        self._require_role("civil_affairs", "leading_office")
        for quarter in self:
            if not self.env.su and not self.env.user._lbc_covers(quarter.county_id):
                raise UserError(
                    self.env._(
                        "%(county)s lies outside your area.",
                        county=quarter.county_id.display_name,
                    )
                )
            self._take_turn(quarter.county_id)
            own = quarter.sudo()  # read-only for every role; role and area were checked above
            begun = own.submission_ids.filtered(
                lambda one: one.step_ids or one.exception_ids or one.confirmed_count
            )
            if begun:
                raise UserError(
                    self.env._(
                        "%(unit)s has begun with it already. The quarter stays.",
                        unit=begun[0].display_name,
                    )
                )
            self.env["lbc.journal"]._note("unlink", self._name, own.ids, reason=own.display_name)
            own.submission_ids.unlink()
            own.unlink()
        return self.env["ir.actions.act_window"]._for_xml_id("left_behind_children.quarter_action")

    def _expect_submissions(self):
        """Expect one submission of every township that exists on the cut-off day.

        Of one merged since then, the successor reports what lay in it.
        """
        self.ensure_one()
        townships = self.env["lbc.area"].search(
            [
                ("county_id", "=", self.county_id.id),
                ("level", "=", "township"),
                ("successor_id", "=", False),
            ]
        )
        existing = townships.filtered(
            lambda area: (
                (not area.valid_to or area.valid_to >= self.cutoff)
                and (not area.valid_from or area.valid_from <= self.cutoff)
            )
        )
        missing = existing - self.submission_ids.township_id
        departments = self._departments() - self.submission_ids.organization_id
        self.env["lbc.submission"].create(
            [
                *({"quarter_id": self.id, "township_id": one.id} for one in missing),
                *({"quarter_id": self.id, "organization_id": one.id} for one in departments),
            ]
        )
        self.submission_ids.filtered(lambda one: not one.first_submitted_at)._expect_villages()

    def _departments(self):
        """Return the organisations that submit as well, where the profile has it so (D8)."""
        profile = self.env["lbc.profile"]._for_county(self.county_id)
        organizations = self.env["lbc.organization"]
        if not profile.report_departments:
            return organizations
        found = organizations.search(
            [
                ("kind_id", "in", profile.report_kind_ids.ids),
                ("area_id", "=", self.county_id.id),
            ]
        )
        return found.filtered(
            lambda one: (
                (not one.valid_to or one.valid_to >= self.cutoff)
                and (not one.valid_from or one.valid_from <= self.cutoff)
            )
        )

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
