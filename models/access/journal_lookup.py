"""Searching by protected data is a look at it: who asks for the children of a telephone learns whose it is.

A search leaves one row a transaction and model, without ids, with the data groups its conditions compare.
"""

from odoo import api, models
from odoo.fields import Domain


class AccessMixin(models.AbstractModel):
    _inherit = "lbc.access.mixin"

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if domain and not (bypass_access or self.env.su):
            groups = self._data_groups_compared(domain)
            if groups:
                self.env["lbc.journal"]._note("lookup", self._name, groups=groups)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _data_groups_compared(self, domain):
        """Return the short names (set) of the data groups that the conditions of a domain compare."""
        found = set()
        for condition in Domain(domain).iter_conditions():
            path = condition.field_expr
            found |= self._data_groups_on_path(path.replace(".", "/"))
            if path == "display_name" and condition.value and self._searches_identities():
                found.add("identity")
            if isinstance(condition.value, (Domain, list, tuple)) and "any" in condition.operator:
                found |= self._data_groups_within(path, condition.value)
        return found

    @api.model
    def _data_groups_within(self, path, domain):
        """Return the data groups compared in the domain of an `any` condition on a path of fields."""
        model = self
        for name in path.split("."):
            field = model._fields.get(name)
            if field is None or not field.comodel_name:
                return set()
            model = self.env[field.comodel_name]
        return getattr(model, "_data_groups_compared", lambda _domain: set())(domain)
