"""The steps of a visit: draft → filed → reviewed or returned by the township (domain.md §C.1.2 走访).

A returned visit no longer proves the duty: it is open again until the visitor has corrected the visit
and filed it anew. Every step back asks for a reason; nothing that was filed is deleted.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..access import data_groups
from .visit import FILED, OPEN, REVIEWERS, VISITORS

RETURNED = "left_behind_children.mail_activity_returned"


class Visit(models.Model):
    _inherit = "lbc.visit"

    next_visit_date = fields.Date("Next Appointment", groups=data_groups.VISITS)
    appointment_open = fields.Boolean(
        "Appointment Stands",
        readonly=True,
        help="Until the family is visited again.",
        groups=data_groups.VISITS,
    )
    submitted_on = fields.Datetime("Filed on", readonly=True, copy=False)
    submitted_by_id = fields.Many2one("res.users", "Filed by", readonly=True, copy=False)
    entered_late = fields.Boolean(
        readonly=True, copy=False, help="Filed more days after the visit than the profile allows."
    )
    reviewed_on = fields.Datetime(readonly=True, copy=False)
    reviewed_by_id = fields.Many2one("res.users", "Reviewed by", readonly=True, copy=False)
    return_reason = fields.Char(
        "What Has to Be Corrected", readonly=True, copy=False, groups=data_groups.VISITS
    )
    withdraw_reason = fields.Char(
        "Why Withdrawn", readonly=True, copy=False, groups=data_groups.VISITS
    )

    _appointments = models.Index("(area_id, next_visit_date) WHERE appointment_open")

    # -- filing

    def action_submit(self):
        """File the visit: it resolves the household's duty, unless nobody was met or the channel does not count.

        :raises UserError: names everything that is missing
        """
        self._require_role(*VISITORS)
        self.check_access("write")
        self._require_own()
        self._require_state("state", *OPEN)
        for visit in self:
            visit._check_complete()
        for visit in self:
            # What a step says is written by the step only, hence the sudo after the checks above.
            visit.sudo().write(
                {
                    "state": "submitted" if visit._is_met() else "not_met",
                    "submitted_on": visit.submitted_on or fields.Datetime.now(),
                    "submitted_by_id": self.env.uid,
                    "entered_late": bool(visit._days_too_late()),
                }
            )
        self.sudo().activity_unlink([RETURNED])
        self._prove_duties()
        self._follow_up()
        return True

    def _check_complete(self):
        """Refuse a visit that lacks one of its three blocks or lies in the future (L-2e)."""
        self.ensure_one()
        if self.date > fields.Date.context_today(self):
            raise UserError(
                self.env._("The day of the visit lies in the future. Correct the date.")
            )
        missing = self._missing()
        if missing:
            raise UserError(
                self.env._(
                    "The visit cannot be filed yet. Fill in: %(fields)s.",
                    fields=self.env._("%(one)s; %(other)s", one="", other="").join(missing),
                )
            )

    def _missing(self):
        """Return the labels (list of str) of what has to be filled in before the visit can be filed."""
        met, labels = self._is_met(), self.fields_get(attributes=["string"])
        wanted = {
            "child_ids": self.child_ids,
            "next_visit_date": met or self.next_visit_date or not self.not_met_reason,
            "family_note": self.family_note or not met,
            "care_quality": self.care_quality or not met,
            "schooling": self.schooling or not met,
            "danger": self.danger or not met,
            "danger_note": self.danger != "yes" or self.danger_note,
            "late_reason": self.late_reason or not self._days_too_late(),
        }
        missing = [labels[name]["string"] for name, there in wanted.items() if not there]
        if not met and not self.not_met_reason:  # the first question, when nothing is answered yet
            missing.insert(
                0, self.env._("Whom you met, or why nobody was met and the next appointment")
            )
        return missing

    def _days_too_late(self):
        """Return by how many days (int) the visit is entered later than the profile allows; 0 in time.

        A visit that was sent back counts by the day on which it was filed first.
        """
        if not self.date or not self.county_id:
            return 0
        filed = self.submitted_on
        day = fields.Datetime.context_timestamp(self, filed).date() if filed else None
        limit = self.env["lbc.profile"]._for_county(self.county_id).visit_backdate_days
        return max(((day or fields.Date.context_today(self)) - self.date).days - limit, 0)

    # -- review

    def action_review(self):
        """Mark filed visits as read and in order; nobody reviews what he filed himself."""
        self._require_role(*REVIEWERS)
        self.check_access("read")
        self._require_state("state", "submitted")
        if not self.env.su and self.env.user in self.submitted_by_id | self._visitors():
            raise UserError(
                self.env._("Nobody reviews his own visit. A colleague or civil affairs does it.")
            )
        self._step({"state": "reviewed", "return_reason": False})
        return True

    def _return(self, reason):
        """Send filed visits back to be corrected: until then they prove nothing.

        :param reason: what has to be corrected, shown to the visitor
        """
        self._require_role(*REVIEWERS)
        self.check_access("read")
        self._require_state("state", *FILED, "not_met")
        self._require_reason(reason)
        self._step({"state": "returned", "return_reason": reason})
        self._withdraw_evidence()
        self._follow_up()
        for visit in self.sudo():  # who sends a visit back need not write it
            visit._tell_visitor()

    def _tell_visitor(self):
        """Put the returned visit on its visitor's list of activities; the text names nobody."""
        self.activity_schedule(
            RETURNED,
            user_id=self.visitor_id.id,
            summary=self.env._("Correct this visit and file it again"),
        )

    def _step(self, vals):
        """Write a reviewer's step with who took it and when."""
        stamp = {"reviewed_on": fields.Datetime.now(), "reviewed_by_id": self.env.uid}
        self.sudo().write({**stamp, **vals})  # read-only to everybody; the step has checked

    def _require_reason(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Say why: the step is kept with its reason."))

    # -- withdrawal

    def _withdraw(self, reason):
        """Take visits back, filed ones or drafts that raised an alarm: the duty is open again, the record stays.

        :param reason: why, kept with the visit
        """
        self._require_role(*VISITORS)
        self.check_access("read")
        self._require_state("state", *FILED, "returned", "not_met")
        self._require_reason(reason)
        for visit in self:
            if self.env.user not in visit.visitor_id | visit.create_uid:
                self._require_role(*REVIEWERS)
            else:
                visit.check_access("write")
        self.sudo().write({"state": "withdrawn", "withdraw_reason": reason})
        self._withdraw_evidence()
        self._follow_up()

    # -- duties

    def _counts(self):
        """Return whether a visit by this channel satisfies the duty (profile parameters)."""
        return self._channel_counts(self.county_id, self.channel)

    @api.model
    def _channel_counts(self, county, channel):
        profile = self.env["lbc.profile"]._for_county(county)
        counts = {"phone": profile.visit_phone_counts, "video": profile.visit_video_counts}
        return counts.get(channel, True)

    @api.model
    def _evidence_filed(self):
        """Filed visits count; by telephone or video only where the profile says so (B-3.3d)."""
        profiles = self.env["lbc.profile"].sudo().search([("county_id", "!=", False)])
        domain = Domain("state", "in", FILED)
        for channel in ("phone", "video"):
            counties = profiles.filtered(f"visit_{channel}_counts").county_id
            domain &= Domain("channel", "!=", channel) | Domain("county_id", "in", counties.ids)
        return domain

    # -- what hangs on the household's visits

    def _follow_up(self):
        """Bring appointments and counts of attempts up to date after a step."""
        self._refresh_appointments()
        self.env["lbc.duty"].sudo()._refresh_attempts(
            self.household_id
        )  # only evidence changes duties

    def _refresh_appointments(self):
        """Let the appointment of each household's last visit stand, and no other one."""
        # Other visits of these households may be of another visitor; the step has checked its own.
        visits = self.sudo().search(
            [
                ("household_id", "in", self.household_id.ids),
                ("state", "in", (*FILED, "not_met")),
            ],
            order="date desc, id desc",
        )
        last = {}
        for visit in visits:
            last.setdefault(visit.household_id, visit)
        standing = self.sudo().browse().union(*last.values()).filtered("next_visit_date")
        gone = (visits | self.sudo()).filtered("appointment_open") - standing
        gone.write({"appointment_open": False})
        (standing - standing.filtered("appointment_open")).write({"appointment_open": True})
