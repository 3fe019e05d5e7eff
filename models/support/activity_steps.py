"""Draft, filed, withdrawn: a filed activity proves duties, a withdrawn one no longer does (architecture, idea 2)."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class Activity(models.Model):
    _inherit = "lbc.activity"

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create(vals_list)
        activities._own_papers()
        return activities

    def write(self, vals):
        if not self.env.su and any(activity.state != "draft" for activity in self):
            raise UserError(
                self.env._("A filed activity is not changed. Withdraw it and enter it again.")
            )
        result = super().write(vals)
        if "paper_ids" in vals:
            self._own_papers()
        return result

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
        """Take filed activities back: what they proved is open again; the record stays."""
        self._require_group("activity_write")
        self.check_access("write")
        self._require_state("state", "filed")
        self.sudo().state = "withdrawn"
        self._withdraw_evidence()
        return True

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
