"""Where and when kinds of duty hold; what follows when an administrator changes one."""

from odoo import models
from odoo.exceptions import UserError

# What duties that exist are made of: to change it would leave them without meaning.
FOUNDATIONS = {"subject_type", "period", "interval", "event_date", "density"}
# What duties that exist follow: whom the kind concerns, when they are due, what proves them.
FIT = {
    "active",
    "subject_domain",
    "profile_ids",
    "date_from",
    "due_rule",
    "due_value",
    "due_parameter",
    "early_days",
    "evidence_model",
    "evidence_date",
    "evidence_domain",
}


class DutyKind(models.Model):
    _inherit = "lbc.duty.kind"

    def _in_force(self, profile, day):
        """Return the active kinds (sudo) that hold on `day` in the county of a profile."""
        return self._holding(day).filtered(lambda kind: kind._valid_in(profile))

    def _holding(self, day):
        """Return the active kinds (sudo) that hold on `day` anywhere."""
        return self.sudo().with_context(active_test=True).search([("date_from", "<=", day)])

    def _valid_in(self, profile):
        """Return whether the kind holds in the county of a profile (bool); rooms may say no."""
        self.ensure_one()
        return not self.profile_ids or bool(self.profile_ids & (profile | profile.based_on_id))

    def write(self, vals):
        touched = {name for name in FOUNDATIONS & vals.keys() if self._changes(name, vals[name])}
        if touched:
            self._refuse_if_used(touched)
        result = super().write(vals)
        if FIT & vals.keys():
            profiles = self.env["lbc.profile"].sudo().search([("county_id", "!=", False)])
            # Duties follow from their kind; whoever keeps kinds need not read them.
            self.env["lbc.duty"].sudo()._refit(self.sudo(), profiles)
        return result

    def _changes(self, name, value):
        """Return whether the value is another one for any of these kinds (bool)."""
        return any(kind[name] != value for kind in self)

    def _refuse_if_used(self, names):
        """Refuse to change what existing duties are made of.

        :raises UserError: names the field and the remedy
        """
        duties = self.env["lbc.duty"].sudo()  # whoever keeps kinds need not read duties
        if duties.search_count([("kind_id", "in", self.ids)], limit=1):
            name = min(names)
            raise UserError(
                self.env._(
                    "“%(field)s” cannot be changed any more: there are duties of this kind. Archive "
                    "it and make a new one.",
                    field=self._fields[name]._description_string(self.env),
                )
            )
