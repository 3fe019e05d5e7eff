"""The steps of a quarterly report and who takes them (domain.md §C.1.2 季报; B-5.2d, L-2i).

The township's supervisor checks, its leader submits; the office or civil affairs, as the profile has it, receives or
returns with reasons. A department (D8) submits by itself. Each step checks role, area and state on the server.
"""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .submission import REPORTED, TO_MAKE

RECEIVERS = {
    "office": ("leading_office",),
    "civil_affairs": ("civil_affairs",),
    "both": ("leading_office", "civil_affairs"),
}


class Submission(models.Model):
    _inherit = "lbc.submission"

    def action_check(self):
        """Supervisor: every contradiction is settled or explained, the leader may submit."""
        self._check_maker("township")
        self._require_state("state", "filling", "returned")
        if self.organization_id:
            raise UserError(self.env._("A department submits without a check. Use “Submit”."))
        submissions = self.sudo()  # read-only for every role; role and area were checked above
        submissions._check_findings()
        submissions.state = "checked"
        self._after_flow()
        return True

    def _send_back(self, reason):
        """Leader: the report is not ready, the supervisor looks at it again (已审 → 填报中)."""
        self._check_maker("township_leader")
        self._require_state("state", "checked")
        for submission in self.sudo():  # read-only for every role
            state = "returned" if submission.version_ids else "filling"
            submission.write({"state": state, "return_reason": self._reason(reason)})
        self._after_flow()

    def action_receive(self):
        """Office or civil affairs: the report has arrived and is accepted (已上报 → 已接收)."""
        self._check_receiver()
        self._require_state("state", "submitted")
        for submission in self.sudo():  # read-only for every role
            submission.write(
                {
                    "state": "received",
                    "accepted_version_id": submission.current_version_id.id,
                    "received_at": fields.Datetime.now(),
                    "received_by": self.env.uid,
                }
            )
            submission._note_step("received")
        self._after_flow()
        return True

    def _return(self, reason):
        """Office or civil affairs: the unit corrects its report (退回补正).

        :raises UserError: no reason, or a later quarter of the unit rests on this one
        """
        self._check_receiver()
        self._require_state("state", *REPORTED)
        for submission in self.sudo():  # read-only for every role
            submission._check_is_last()
            submission.write({"state": "returned", "return_reason": self._reason(reason)})
            submission._note_step("returned", reason)
        self._after_flow()

    def _grant_exception(self, date_to, reason):
        """Office or civil affairs: this unit may report until the end of a day although it is locked.

        :param date_to: date, today or later
        """
        self._check_receiver()
        self._require_state("state", *TO_MAKE)
        if date_to < fields.Date.context_today(self):
            raise UserError(
                self.env._("The exception would have ended already. Choose another day.")
            )
        self.env["lbc.submission.exception"].sudo().create(  # read-only for every role
            [
                {
                    "submission_id": submission.id,
                    "date_to": date_to,
                    "reason": self._reason(reason),
                    "granted_by": self.env.uid,
                    "granted_at": fields.Datetime.now(),
                }
                for submission in self
            ]
        )

    # -- who may

    def _check_maker(self, role):
        """Refuse who does not act for the unit in this role; for a department its own people act.

        :raises AccessError: another role, another unit
        """
        self.check_access("read")
        for submission in self:
            if submission.organization_id:
                submission._check_department()
            else:
                self._require_role(role)
                submission._check_covered()

    def _check_department(self):
        self._require_group("duty_own")
        _scope, _area_ids, organization_id = self.env.user._lbc_scope()
        if not self.env.su and self.organization_id.id != organization_id:
            raise AccessError(self.env._("Only the department itself reports its quarter."))

    def _check_covered(self):
        if not self.env.su and not self.env.user._lbc_covers(self.township_id):
            raise AccessError(
                self.env._("%(unit)s lies outside your area.", unit=self.township_id.display_name)
            )

    def _check_receiver(self):
        """Refuse who is not the recipient that the district's profile names (D6)."""
        self.check_access("read")
        for county in self.county_id:
            profile = self.env["lbc.profile"]._for_county(county)
            self._require_role(*RECEIVERS[profile.report_to])
            if not self.env.su and not self.env.user._lbc_covers(county):
                raise AccessError(
                    self.env._("%(unit)s lies outside your area.", unit=county.display_name)
                )

    def _check_is_last(self):
        """Refuse to return a report on which a later one of the unit rests: that one comes first."""
        later = self.search(
            [*self._of_unit(), ("state", "in", REPORTED), ("cutoff", ">", self.cutoff)], limit=1
        )
        if later:
            raise UserError(
                self.env._(
                    "%(later)s begins with the numbers of this report. Return that one first.",
                    later=later.display_name,
                )
            )

    def _reason(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Say what is to be corrected, or why; name nobody."))
        return reason.strip()

    # -- what follows

    def _note_step(self, kind, reason=None):
        """Leave a line in the submission's log."""
        self.env["lbc.submission.step"].create(
            {
                "submission_id": self.id,
                "version_id": self.current_version_id.id,
                "kind": kind,
                "done_at": fields.Datetime.now(),
                "done_by": self.env.uid,
                "reason": reason or False,
            }
        )

    def _check_findings(self):
        """Hook: refuse a report with contradictions that are neither settled nor explained."""

    def _after_flow(self):
        """Hook: the state of these submissions has changed."""

    def _counted_versions(self):
        """Return the versions that statistics count: as received last, until then as submitted."""
        versions = self.env["lbc.submission.version"]
        for submission in self.sudo():  # a reference; the rows follow their own rules
            versions |= submission.accepted_version_id or submission.current_version_id
        return versions.with_env(self.env)
