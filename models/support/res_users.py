"""Whose activities a user meets (G16, domain.md §C.2): those of the own area, or of the own organisation."""

from odoo import models
from odoo.fields import Domain

from ...lib.matrix import AREA_SCOPES, MASKED, READ
from ..territory.res_users import by_query


class ResUsers(models.Model):
    _inherit = "res.users"

    def _lbc_activity_domain(self):
        """Return the domain of the activities that the user may keep."""
        cell = self._lbc_cell("activity")
        if cell.scope != "organization" or not cell.at_least(MASKED):
            return self._lbc_domain("activity", child="child_ids")
        _scope, _area_ids, organization_id = self._lbc_scope()
        own = Domain("organization_id", "=", organization_id)
        return own if organization_id else Domain.FALSE

    def _lbc_activity_of_children_domain(self):
        """Return the domain of what else was done for the children of one's own area, for reading.

        A course held in the town, or before the child moved here, is part of its file.
        """
        cell = self._lbc_cell("activity")
        if cell.scope not in AREA_SCOPES or not cell.at_least(READ):
            return Domain.FALSE
        children = self._lbc_domain("files", child="") | self._lbc_granted_domain("files", child="")
        return (
            Domain.FALSE if children.is_false() else by_query(Domain("child_ids", "any!", children))
        )
