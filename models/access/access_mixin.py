"""Rights on single fields, and the check with which every public action begins."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from . import data_groups


class AccessMixin(models.AbstractModel):
    _name = "lbc.access.mixin"
    _description = "Access by Data Group"
    _default_write_group = None  # who may write fields that everybody may read

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_readonly(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_readonly(vals)
        return super().write(vals)

    def _refuse_readonly(self, vals):
        """Refuse values for what only steps and computations set: states, masks, keys, verdicts.

        Core leaves `readonly` to the page. Put this mixin first in `_inherit`, so that mixins
        which fill in such fields come after it. Steps write as superuser once they have checked.
        """
        if self.env.su:
            return
        for name in vals:
            field = self._fields.get(name)
            if field is not None and field.readonly and field._module == "left_behind_children":
                raise AccessError(
                    self.env._(
                        "“%(field)s” is not entered by hand; the steps and checks set it.",
                        field=field._description_string(self.env),
                    )
                )

    def _has_field_access(self, field, operation):
        """Reading follows `groups=`; writing asks for the write group of the same data group."""
        if not super()._has_field_access(field, operation):
            return False
        if operation != "write" or self.env.su:
            return True
        write_group = data_groups.WRITE_OF_READ.get(field.groups)
        if not field.groups and field._module == "left_behind_children":
            write_group = self._default_write_group
        return not write_group or self.env.user.has_group(write_group)

    def _determine_fields_to_fetch(self, field_names=None, ignore_when_in_cache=False):
        """Fetch along what the record rules ask for.

        Core checks the rules on the records in memory too. A field that is missing there makes it
        read whole rows: on a list of 80 children that was a third of the time.
        """
        if field_names and not self.env.su:
            field_names = [*field_names, *self._rule_columns()]
        return super()._determine_fields_to_fetch(field_names, ignore_when_in_cache)

    @api.model
    def _rule_columns(self):
        """Return the names of the columns in the rules that keep the user from reading records."""
        domain = self.env["ir.rule"]._compute_domain(self._name, "read")
        names = {term.field_expr.partition(".")[0] for term in domain.iter_conditions()}
        fields = [self._fields[name] for name in sorted(names)]
        return [
            field.name
            for field in fields
            if field.store and field.column_type and self._has_field_access(field, "read")
        ]

    def _field_to_sql(self, alias, field_expr, query=None):
        """Refuse sorting and grouping by a hidden related field too.

        Core follows a non-stored related field to its target without asking whether the field
        itself may be read.
        """
        field = self._fields.get(field_expr.partition(".")[0])
        if field is not None and field.related and not field.store:
            self._check_field_access(field, "read")
        return super()._field_to_sql(alias, field_expr, query)

    def _require_role(self, *roles):
        """Refuse users who act in none of these roles, e.g. `_require_role("township")`.

        :raises AccessError: the caller's role may not do this; superuser code passes
        """
        if self.env.su or self.env.user._lbc_has_role(*roles):
            return
        names = self.env["res.groups"]._lbc_role_names(roles)
        raise AccessError(
            self.env._(
                "Your role may not do this. It is the task of: %(roles)s.",
                roles=self.env._("%(one)s, %(other)s", one="", other="").join(names),
            )
        )

    def _require_state(self, field_name, *states):
        """Refuse records that are in none of these states.

        :raises UserError: names the first such record and its state
        """
        field = self._fields[field_name]
        for record in self:
            if record[field_name] not in states:
                labels = dict(field._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(record)s is “%(state)s”; this step is not open to it. Reload the page.",
                        record=record.display_name,
                        state=labels.get(record[field_name], record[field_name] or ""),
                    )
                )
