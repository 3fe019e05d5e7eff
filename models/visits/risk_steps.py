"""The steps of a risk assessment and who takes them (domain.md §C.1.2 风险, §C.6 case 23).

Draft → to review (village, social worker) → in force (township, never the assessor himself) → replaced (by the next).
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

ASSESSORS = ("village", "township", "civil_affairs", "provider")
REVIEWERS = ("township", "civil_affairs")


class RiskAssessment(models.Model):
    _inherit = "lbc.risk.assessment"

    def action_submit(self):
        """Hand the assessment in: it waits for the township's review (草稿 → 待复核).

        :raises UserError: names what is missing
        """
        self._require_role(*ASSESSORS)
        self.check_access("write")
        self._require_state("state", "draft")
        for assessment in self:
            assessment._check_complete()
        # The state is written by this step only, hence the sudo after the checks above.
        self.sudo().write(
            {
                "state": "to_review",
                "assessor_id": self.env.uid,
                "submitted_on": fields.Date.context_today(self),
                "return_reason": False,
            }
        )
        self._after_filing()
        return True

    def _check_complete(self):
        """Refuse what cannot be handed in yet, naming everything that is missing at once."""
        self.ensure_one()
        if self.date > fields.Date.context_today(self):
            raise UserError(
                self.env._("The day of the assessment lies in the future. Correct the date.")
            )
        if not self.scheme_id:
            raise UserError(
                self.env._("No scorecard is in force. An administrator publishes one first.")
            )
        self._refuse_override()
        missing = [self.missing] if self.missing else []
        if self.is_relative and not (self.participants or "").strip():
            missing.append(self.env._("Who Took Part (a relative does not assess alone)"))
        if missing:
            raise UserError(
                self.env._(
                    "The assessment cannot be handed in yet. Still to answer: %(fields)s.",
                    fields=self.env._("%(one)s, %(other)s", one="", other="").join(missing),
                )
            )

    def action_review(self):
        """Township: put the assessment in force; it replaces the child's last one (待复核 → 生效).

        :raises AccessError: the caller is the assessor himself
        """
        self._require_role(*REVIEWERS)
        self.check_access("write")
        self._require_state("state", "to_review")
        if not self.env.su and self.env.user in self.assessor_id | self.create_uid:
            raise AccessError(
                self.env._(
                    "Nobody reviews what he assessed himself. Ask another supervisor or the county."
                )
            )
        if len(self.child_id) < len(self):
            raise UserError(self.env._("Choose one assessment of each child."))
        for assessment in self:
            assessment._check_complete()
        self._put_in_force()
        return True

    def _put_in_force(self):
        """Replace the children's assessments in force by these and carry the level (step; superuser)."""
        step = self.sudo()
        domain = [("child_id", "in", self.child_id.ids), ("state", "=", "in_force")]
        step.search(domain).write({"state": "replaced"})
        step.flush_model(["state"])
        step.write(
            {
                "state": "in_force",
                "reviewer_id": self.env.uid,
                "reviewed_on": fields.Date.context_today(self),
            }
        )
        self._carry_levels()

    def action_return(self):
        """Open the page on which the township says why it returns the assessment (待复核 → 草稿)."""
        self.ensure_one()
        self._require_role(*REVIEWERS)
        self.check_access("write")
        self._require_state("state", "to_review")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Return"),
            "res_model": "lbc.risk.return",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_assessment_id": self.id},
        }

    def _return(self, reason):
        """Give an assessment back to its assessor with a reason (str); it no longer counts."""
        self._require_role(*REVIEWERS)
        self.check_access("write")
        self._require_state("state", "to_review")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the assessment is returned."))
        self.sudo().write({"state": "draft", "return_reason": reason, "submitted_on": False})
        self._after_taking_back()

    def action_end_override(self):
        """Township: let the level that follows from the answers be true again."""
        self._require_role(*REVIEWERS)
        self.check_access("write")
        self._require_state("state", "in_force", "to_review")
        today = fields.Date.context_today(self)
        self.sudo().filtered("override_level").override_ended_on = today
        self.filtered(lambda one: one.state == "in_force")._carry_levels()
        return True

    # -- the level on the file, and what follows from it

    def _carry_levels(self):
        """Give the children of assessments in force their level; their visits are planned anew at once."""
        if not self:
            return
        self.sudo().flush_model()
        changed = self._carry_sql(SQL("a.id = ANY(%s)", self.ids))
        self.env["lbc.child"]._risk_changed(changed)

    @api.model
    def _carry_sql(self, condition):
        """Set the children's levels by one statement; returns the ids of those that changed."""
        self.env["lbc.child"].flush_model(["risk_level"])
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE lbc_child child SET risk_level = fresh.level
                  FROM (SELECT old.id, old.risk_level, a.level
                          FROM lbc_risk_assessment a JOIN lbc_child old ON old.id = a.child_id
                         WHERE a.state = 'in_force' AND %s
                           AND old.risk_level IS DISTINCT FROM a.level) fresh
                 WHERE child.id = fresh.id
             RETURNING child.id, fresh.risk_level
                """,
                condition,
            )
        )
        changed = [row[0] for row in rows]
        if changed:
            before = {child_id: {"risk_level": level} for child_id, level in rows}
            self.env["lbc.child"]._note_past(before)
            self.env["lbc.child"].invalidate_model(["risk_level"])
            self.env["lbc.journal"]._note(
                "write", "lbc.child", changed, ["risk"], reason="risk assessment"
            )
        return changed

    @api.model
    def _cron_overrides(self):
        """End the overrides whose day has passed: the computed level is true again (nightly).

        What was replaced stays as it was.
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE lbc_risk_assessment
                   SET override_ended_on = %(today)s, level = proposed_level,
                       write_date = now() AT TIME ZONE 'UTC'
                 WHERE override_until < %(today)s AND override_ended_on IS NULL
                   AND override_level IS NOT NULL
                   AND state IN ('draft', 'to_review', 'in_force')
             RETURNING id
                """,
                today=self.env["lbc.profile"]._sql_today(SQL("county_id")),
            )
        )
        ended = [row[0] for row in rows]
        if ended:
            self.invalidate_model()
            self.env["lbc.journal"]._note("write", self._name, ended, ["risk"], reason="override")
            changed = self._carry_sql(SQL("a.id = ANY(%s)", ended))
            self.env["lbc.child"]._risk_changed(changed)
        return len(ended)

    def _after_filing(self):
        """Hook: these assessments count as evidence from now on."""

    def _after_taking_back(self):
        """Hook: these assessments no longer count as evidence."""
