"""What is kept of children and of the adults around them: the columns of the ledger that have no dates of their own."""

from odoo import api, models

from .past_sql import then

_NEVER_REPORTED = "('draft', 'to_verify', 'rejected')"
_AIDS = (
    "SELECT string_agg(a.code, ',' ORDER BY a.sequence, a.id) FROM lbc_aid_lbc_child_rel r "
    "JOIN lbc_aid a ON a.id = r.lbc_aid_id WHERE r.lbc_child_id = own.id"
)


class Child(models.Model):
    _name = "lbc.child"
    _inherit = ["lbc.past.mixin", "lbc.child"]

    @api.model
    def _past_expressions(self):
        names = [
            *("name", "name_masked", "sex", "ethnicity", "id_number", "id_number_masked"),
            *("birth_date", "hukou_kind", "address", "education_stage", "school_id", "school_name"),
            *("grade_class", "boarding", "care_reason", "note", *self._past_added()),
        ]
        own = {name: f"own.{name}" for name in names}
        return {**super()._past_expressions(), **own, "aid": _AIDS}

    @api.model
    def _past_added(self):
        """Return {name: type of PostgreSQL} of the stored fields that an administrator has added."""
        return {
            name: field.column_type[1].partition("(")[0]
            for name, field in sorted(self._fields.items())
            if field.manual and field.store and field.column_type and name.startswith("x_")
        }

    @api.model
    def _added_then(self):
        """Return SQL text of the fields that an administrator added, as of the day, in one JSON object."""
        pairs = [
            f"'{name}', {then('child', name, kind)}" for name, kind in self._past_added().items()
        ]
        return f"jsonb_build_object({', '.join(pairs)})" if pairs else "NULL"

    @api.model
    def _past_triggers(self):
        return super()._past_triggers() | {"aid_ids"}

    @api.model
    def _past_counts(self):
        return f"COALESCE(own.state, 'draft') NOT IN {_NEVER_REPORTED}"


class Guardian(models.Model):
    _name = "lbc.guardian"
    _inherit = ["lbc.past.mixin", "lbc.guardian"]

    @api.model
    def _past_expressions(self):
        names = ("name", "name_masked", "id_number", "id_number_masked")
        names += ("phone", "phone_masked", "state")
        return {**super()._past_expressions(), **{name: f"own.{name}" for name in names}}

    @api.model
    def _past_counts(self):
        return (
            "EXISTS (SELECT 1 FROM lbc_guardianship g JOIN lbc_child c ON c.id = g.child_id "
            f"WHERE g.guardian_id = own.id AND COALESCE(c.state, 'draft') NOT IN {_NEVER_REPORTED})"
        )

    def _past_said(self, vals, day, basis, correction):
        """The day of a new situation is asked for on the person's own page already."""
        alone = self._past_triggers() & vals.keys() == {"state"}
        if not day and alone and vals.get("state_since"):
            day = vals["state_since"]
        return super()._past_said(vals, day, basis, correction)
