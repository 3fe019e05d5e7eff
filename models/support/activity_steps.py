"""Draft, filed, withdrawn: a filed activity proves duties, a withdrawn one no longer does (architecture, idea 2)."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

SUPERVISORS = ("township", "civil_affairs")
NUMBERS = ("minutes", "child_count", "guardian_count", "public_count")
MOST = 1_000_000


class Activity(models.Model):
    _inherit = "lbc.activity"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_numbers(vals_list)
        activities = super().create(vals_list)
        activities._check_organizer()
        activities._own_papers()
        return activities

    def write(self, vals):
        if not self.env.su and any(activity.state != "draft" for activity in self):
            raise UserError(
                self.env._("A filed activity is not changed. Withdraw it and enter it again.")
            )
        self._check_numbers([vals])
        result = super().write(vals)
        if "organization_id" in vals:
            self._check_organizer()
        if "paper_ids" in vals:
            self._own_papers()
        return result

    @api.model
    def _check_numbers(self, vals_list):
        """Refuse numbers beyond what anybody meets, before the database stumbles over them."""
        for vals in vals_list:
            if any((vals.get(name) or 0) > MOST for name in NUMBERS):
                raise UserError(
                    self.env._("Correct the numbers: %(most)s is the most that counts.", most=MOST)
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(activity.state != "draft" for activity in self):
            raise UserError(self.env._("A filed activity is never deleted. Withdraw it instead."))

    def _own_papers(self):
        """Tie uploaded papers to the record, so that they are read by whoever may read it."""
        for activity in self:
            papers = activity.sudo().paper_ids.filtered(
                lambda paper: (
                    not paper.res_id
                    and paper.res_model == self._name
                    and paper.create_uid == self.env.user
                )
            )
            papers.write({"res_model": self._name, "res_id": activity.id})

    def action_file(self):
        """File the activities: they prove what was due.

        :raises UserError: something is missing; the text names it
        """
        self._require_group("activity_write")
        self.check_access("write")
        self._require_state("state", "draft")
        for activity in self:
            activity._check_complete()
        # The state is written by this step only, hence the sudo after the checks above.
        self.sudo().write({"state": "filed", "filed_on": fields.Date.context_today(self)})
        self._prove_duties()
        return True

    def action_withdraw(self):
        """Open the page on which it is said why the activity is withdrawn."""
        self.ensure_one()
        self._check_withdraw()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Withdraw"),
            "res_model": "lbc.activity.withdraw",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_activity_id": self.id},
        }

    def _check_withdraw(self):
        """Refuse who neither entered the activities nor supervises, and what is not filed."""
        self._require_group("activity_write")
        self.check_access("write")
        self._require_state("state", "filed")
        if any(activity.create_uid != self.env.user for activity in self):
            self._require_role(*SUPERVISORS)

    def _withdraw(self, reason):
        """Take filed activities back: what they proved is open again; the record stays.

        :param reason: why (str), kept with the activity
        :raises UserError: no reason
        """
        self._check_withdraw()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why: the step is kept with its reason."))
        # Read-only to everybody; the step has checked.
        self.sudo().write({"state": "withdrawn", "withdraw_reason": reason})
        self._withdraw_evidence()

    def _check_complete(self):
        """Refuse an activity of the future, or without those for whom it was."""
        self.ensure_one()
        if (self.date_to or self.date) > fields.Date.context_today(self):
            raise UserError(
                self.env._("The activity lies in the future. File it when it has taken place.")
            )
        kind = self.kind_id
        present = self.child_count or self.guardian_count or self.public_count
        missing = [
            label
            for label, value in (
                (self.env._("For how many children, parents or others it was"), present),
                (
                    self.env._("Number of Children"),
                    self.child_count or kind.for_parents or kind.for_public,
                ),
                (
                    self.env._("Papers"),
                    not kind.papers_required or self.sudo().paper_ids,
                ),
            )
            if not value
        ]
        if missing:
            raise UserError(
                self.env._(
                    "The activity cannot be filed yet. Fill in: %(fields)s.",
                    fields=self.env._("%(one)s; %(other)s", one="", other="").join(missing),
                )
            )

    # -- evidence

    @api.model
    def _evidence_filed(self):
        """Return the domain of the activities that count at all."""
        return Domain("state", "=", "filed")
