"""The steps of a quarterly report and who takes them (domain.md §C.1.2 季报; B-5.2d, L-2i).

The township's supervisor checks, its leader submits; the office or civil affairs, as the profile has it, receives or
returns with reasons. A department (D8) submits by itself. Each step checks role, area and state on the server.
"""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...lib import periods
from .submission import REPORTED, TO_MAKE


class Submission(models.Model):
    _inherit = "lbc.submission"

    def action_check(self):
        """Supervisor: every contradiction is settled or explained, the leader may submit."""
        self._check_maker("township")
        self._take_turn()
        self._require_state("state", "filling", "returned")
        if self.organization_id:
            raise UserError(self.env._("A department submits without a check. Use “Submit”."))
        submissions = self.sudo()  # read-only for every role; role and area were checked above
        submissions._check_findings()
        submissions.state = "checked"
        for submission in submissions:
            submission._note_step("checked")
        self._after_flow()
        return True

    def _send_back(self, reason):
        """Leader: the report is not ready, the supervisor looks at it again (已审 → 填报中)."""
        self._check_maker("township_leader")
        self._take_turn()
        self._require_state("state", "checked")
        for submission in self.sudo():  # read-only for every role
            submission._fill_again(self._reason(reason))
            submission._note_step("sent_back", submission.return_reason)
        self._after_flow()

    def _fill_again(self, reason):
        """The report is no longer checked; before its first version it is filled in, then corrected."""
        state = "returned" if self.version_ids else "filling"
        self.write({"state": state, "return_reason": reason})

    def action_receive(self):
        """Office or civil affairs: the report has arrived and is accepted (已上报 → 已接收)."""
        self._check_receiver()
        self._take_turn()
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
        self._take_turn()
        self._require_state("state", *REPORTED)
        for submission in self.sudo():  # read-only for every role
            submission._check_is_last()
            submission.write({"state": "returned", "return_reason": self._reason(reason)})
            submission._note_step("returned", reason)
        self._after_flow()

    def _grant_exception(self, date_to, reason):
        """Office or civil affairs: this unit may report until the end of a day although it is locked.

        :param date_to: date, today or later, and before the next quarter has ended
        """
        self._check_receiver()
        self._require_state("state", *TO_MAKE)
        self.sudo()._check_exception_day(date_to)  # days of the district
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
        for submission in self.sudo():  # read-only for every role
            submission._note_step("excepted", self._reason(reason))

    def _check_exception_day(self, date_to):
        """Refuse a last day that has passed, or lies beyond the next quarter."""
        for submission in self:
            today = submission._today()
            last = periods.Quarter.of(today).next().end
            if not date_to or not today <= date_to <= last:
                raise UserError(
                    self.env._(
                        "The exception ends on a day from today until %(last)s. Choose such a day.",
                        last=last,
                    )
                )

    def _close(self, reason):
        """Office or civil affairs: the unit has become part of another one and reports this quarter no more.

        It stays expected, and is not submitted. What lies in it goes to the successor's report of
        the quarter, while that one is still to be made.

        :raises UserError: no reason, the report was made, or the unit is still there to make it
        """
        self._check_receiver()
        self._take_turn()
        self._require_state("state", *TO_MAKE)
        for submission in self.sudo():  # read-only for every role
            if not submission.merged_into_id or submission.version_ids:
                raise UserError(
                    self.env._(
                        "%(submission)s can still be made. Only the report of a unit that has become "
                        "part of another one, and has never reported the quarter, is closed.",
                        submission=submission.display_name,
                    )
                )
            submission.write({"state": "closed", "return_reason": self._reason(reason)})
            submission._note_step("closed", submission.return_reason)
            submission._hand_over_parts()
        self._after_flow()

    # -- who may

    def _take_turn(self):
        """Let no other step of these counties take place at the same time, and see their present state."""
        self.env["lbc.quarter"]._take_turn(self.sudo().county_id)
        self.invalidate_recordset(["state"])

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
            self._require_role(*profile._report_receivers())
            if not self.env.su and not self.env.user._lbc_covers(county):
                raise AccessError(
                    self.env._("%(unit)s lies outside your area.", unit=county.display_name)
                )

    def _check_is_last(self):
        """Refuse to return a report on which a later one of the unit rests: that one comes first."""
        later = self.search(
            [*self._after_unit(), ("state", "in", REPORTED), ("cutoff", ">", self.cutoff)], limit=1
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
                "done_at": (kind == "received" and self.received_at) or fields.Datetime.now(),
                "done_by": self.env.uid,
                "reason": reason or False,
            }
        )

    def _check_findings(self):
        """Hook: refuse a report with contradictions that are neither settled nor explained."""

    def _open_again(self):
        """Hook: of a report that is no longer what was checked, let it be filled in again; return why (str)."""
        return ""

    def _after_flow(self):
        """Hook: the state of these submissions has changed."""

    def _counted_versions(self, choice="counted"):
        """Return the versions that totals, statistics and workbooks are of, with their codes.

        :param choice: `counted`: as received last, until then as submitted last; `newest`: as
            submitted last; `first`: as first reported
        """
        versions = self.env["lbc.submission.version"]
        for submission in self.sudo():  # a reference; the rows follow their own rules
            newest = submission.current_version_id
            if choice == "counted":
                newest = submission.accepted_version_id or newest
            elif choice == "first":
                newest = submission.version_ids.sorted("number")[:1]
            versions |= newest
        return versions.with_env(self.env)
