"""Duties of the quarter: verify, confirm, submit, receive (L-2h/i, B-5.2c/d); what proves them, where they are done."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...lib import periods
from .submission import REPORTED

PROOFS = ("lbc.submission", "lbc.submission.village")
DEPARTMENTS = "quarter_submit_department"
RECEIVES = {  # code of the kind: who receives the report
    "quarter_receive_office": "leading_office",
    "quarter_receive_civil_affairs": "civil_affairs",
}


class Submission(models.Model):
    _name = "lbc.submission"
    _inherit = ["lbc.submission", "lbc.duty.evidence"]
    _evidence_dates = ("first_submitted_on", "received_on")
    _evidence_subjects = {"township": "township_id", "organization": "organization_id"}

    first_submitted_on = fields.Date(compute="_compute_days", store=True)
    received_on = fields.Date(compute="_compute_days", store=True)

    @api.depends("first_submitted_at", "received_at")
    def _compute_days(self):
        for submission in self:
            zone = self.env["lbc.profile"]._for_county(submission.county_id).time_zone
            for name in ("first_submitted", "received"):
                moment = submission[f"{name}_at"]
                submission[f"{name}_on"] = moment and periods.local_date(moment, zone)

    @api.model
    def _evidence_filed(self):
        return Domain("state", "in", REPORTED)

    def _after_flow(self):
        """What was returned proves nothing until it is corrected; then the first submission counts again."""
        result = super()._after_flow()
        submissions = self.sudo()
        submissions.filtered(lambda one: one.state not in REPORTED)._withdraw_evidence()
        submissions.filtered(lambda one: one.state in REPORTED)._prove_duties()
        return result


class Duty(models.Model):
    _inherit = "lbc.duty"

    @api.model
    def _prove(self, kind, rows):
        """A report proves the duty of its own quarter, however late it is: never that of the next one."""
        if kind.evidence_model not in PROOFS or kind.period != "quarter":
            return super()._prove(kind, rows)
        evidence = self.env[kind.evidence_model]
        found = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (d.id) d.id, e.id, e.day
                  FROM (%(rows)s) e
                  JOIN %(table)s proof ON proof.id = e.id
                  JOIN lbc_duty d ON d.kind_id = %(kind)s AND d.state = 'open'
                   AND e.subject_id IN (d.place_id, d.organization_id)
                   AND d.slot_start <= proof.cutoff
                   AND d.slot_start + make_interval(months => %(months)s) > proof.cutoff
                 WHERE e.day IS NOT NULL
                 ORDER BY d.id, e.day, e.id
                """,
                rows=rows,
                table=SQL.identifier(evidence._table),
                kind=kind.id,
                months=3 * self._interval(kind),
            )
        )
        return self._set_done(evidence._name, found)

    @api.model
    def _grace_sql(self):
        """A report is late after the district's days of grace, and so is what belongs to it."""
        profiles = self.env["lbc.profile"].sudo().search([("quarter_on_time_days", ">", 0)])
        kinds = self.env["lbc.duty.kind"].sudo().with_context(active_test=False)
        kinds = kinds.search([("evidence_model", "in", PROOFS), ("period", "=", "quarter")])
        cases = [
            SQL(
                "WHEN w.county_id = %s AND w.kind_id = ANY(%s) THEN %s",
                profile.county_id.id,
                kinds.ids,
                profile.quarter_on_time_days,
            )
            for profile in profiles.filtered("county_id")
        ]
        if not cases:
            return super()._grace_sql()
        return SQL("(CASE %s ELSE %s END)", SQL(" ").join(cases), super()._grace_sql())

    @api.model
    def _places_sql(self, kind, profiles, only, cover):
        if kind.code == DEPARTMENTS:  # those that the district's profile names (D8)
            only &= Domain("kind_id", "in", profiles[:1].report_kind_ids.ids)
            only &= Domain("area_id", "in", profiles.county_id.ids)
        return super()._places_sql(kind, profiles, only, cover)

    def _fulfil_action(self):
        if self.kind_id.evidence_model not in PROOFS:
            return super()._fulfil_action()
        submission = self._submission()
        if self.kind_id.evidence_model == "lbc.submission":
            return {
                "type": "ir.actions.act_window",
                "res_model": "lbc.submission",
                "res_id": submission.id,
                "views": [(False, "form")],
            }
        part = self.env["lbc.submission.village"].search(
            [("submission_id", "=", submission.id), ("area_id", "=", self.place_id.id)]
        )
        return part.action_confirm_page() if part else submission.action_view_villages()

    def _submission(self):
        """Return the submission to which this duty belongs.

        :raises UserError: its quarter is not open yet
        """
        period = periods.Quarter.of(self.slot_start)
        unit = Domain("organization_id", "=", self.organization_id.id)
        if not self.organization_id:
            unit = Domain("township_id", "=", self.township_id.id)
        submission = self.env["lbc.submission"].search(
            unit
            & Domain("quarter_id.year", "=", period.year)
            & Domain("quarter_id.number", "=", period.number),
            limit=1,
        )
        if not submission:
            raise UserError(
                self.env._(
                    "The quarter opens on %(day)s. Until then keep the files up to date.",
                    day=period.last_month_start,
                )
            )
        return submission


class DutyKind(models.Model):
    _inherit = "lbc.duty.kind"

    @api.model
    def _selection_evidence_model(self):
        return [
            *super()._selection_evidence_model(),
            ("lbc.submission", self.env._("Quarterly submission")),
            ("lbc.submission.village", self.env._("Village's part of a quarter")),
        ]

    def _valid_in(self, profile):
        """Who receives, and whether departments submit, is the profile's to say."""
        valid = super()._valid_in(profile)
        if self.code in RECEIVES:
            return valid and RECEIVES[self.code] in profile._report_receivers()
        if self.code == DEPARTMENTS:
            return valid and profile.report_departments and bool(profile.report_kind_ids)
        return valid


class Profile(models.Model):
    _inherit = "lbc.profile"

    @api.model
    def _duty_parameters(self):
        names = {"report_to", "report_departments", "report_kind_ids"}
        return super()._duty_parameters() | names


class Work(models.Model):
    _inherit = "lbc.work"

    @api.depends("kind_id")
    @api.depends_context("uid")
    def _compute_can_fulfil(self):
        """Reports and parts are made by steps, so that nobody creates one: who reads them takes the steps."""
        result = super()._compute_can_fulfil()
        for work in self.filtered(lambda one: one.kind_id.evidence_model in PROOFS):
            work.can_fulfil = self.env[work.kind_id.evidence_model].has_access("read")
        return result
