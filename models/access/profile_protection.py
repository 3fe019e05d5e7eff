"""Parameters that protect children from those who work with the system: not changed by who profits (§B.14, §C.2).

Civil affairs keeps the district profile. How much one may read, search, export and publish is set by the data
protection officer, within bounds that hold for everybody.
"""

from odoo import api, models
from odoo.exceptions import AccessError, ValidationError

# name: (smallest, largest)
BOUNDS = {
    "files_per_hour": (1, 5000),
    "export_rows_free": (0, 5000),
    "export_days": (1, 31),
    "grant_hours": (1, 24),
    "lookups_per_hour": (1, 200),
    "small_cell_k": (3, 100),
}


class Profile(models.Model):
    _inherit = "lbc.profile"

    @api.model_create_multi
    def create(self, vals_list):
        defaults = self.browse().default_get(list(BOUNDS))
        for vals in vals_list:
            self._check_protection(vals, defaults)
            self._check_bounds(vals)
        return super().create(vals_list)

    def write(self, vals):
        for profile in self:
            self._check_protection(vals, profile)
        self._check_bounds(vals)
        return super().write(vals)

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Show protective parameters read-only to who may not change them."""
        result = super().fields_get(allfields, attributes)
        user = self.env.user
        if not self.env.su and not user.has_group("left_behind_children.group_departments"):
            for name in BOUNDS.keys() & result.keys():
                result[name]["readonly"] = True
        return result

    @api.model
    def _check_protection(self, vals, known):
        """Refuse changes of protective parameters by who is no data protection officer.

        :param known: values before (mapping or `lbc.profile`)
        :raises AccessError: names the parameter; superuser code passes
        """
        changed = [name for name in BOUNDS if name in vals and vals[name] != known[name]]
        user = self.env.user
        if not changed or self.env.su or user.has_group("left_behind_children.group_departments"):
            return
        raise AccessError(
            self.env._(
                "“%(field)s” protects the children's data. Only the data protection officer "
                "changes it: ask there.",
                field=self._fields[changed[0]]._description_string(self.env),
            )
        )

    def _check_bounds(self, vals):
        """Refuse values outside the bounds; the server's own code may switch a limit off.

        No `constrains`: core calls those as superuser.

        :raises ValidationError: names the parameter and its bounds
        """
        for name, (least, most) in () if self.env.su else BOUNDS.items():
            if name in vals and not least <= (vals[name] or 0) <= most:
                raise ValidationError(
                    self.env._(
                        "“%(field)s” lies between %(least)s and %(most)s.",
                        field=self._fields[name]._description_string(self.env),
                        least=least,
                        most=most,
                    )
                )
