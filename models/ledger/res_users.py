"""Who sees which quarter: counts are for the county, and for every township its own."""

from odoo import models
from odoo.fields import Domain

from ...lib import indicators, matrix


class ResUsers(models.Model):
    _inherit = "res.users"

    def _lbc_quarter_domain(self):
        """Return the domain over quarters and submissions: those of the user's county."""
        return Domain("county_id", "in", self._lbc_counties().ids)

    def _lbc_submission_domain(self):
        """Return the domain over submissions: of the own townships, or of the whole county."""
        scope, area_ids, _organization_id = self._lbc_scope()
        if scope not in ("village", "township"):
            return self._lbc_quarter_domain()
        townships = self.env["lbc.area"].sudo().browse(area_ids).township_id
        return Domain("township_id", "in", townships.ids)

    def _lbc_publication_domain(self):
        """Return the domain over published tables: those of the own county; drafts for publishers."""
        own = Domain("county_id", "in", self._lbc_table_areas().county_id.ids)
        if self.has_group("left_behind_children.group_publish"):
            return own
        return own & Domain("state", "=", "published")

    def _lbc_statistic_domain(self):
        """Return the domain over published numbers: data groups of the role, own townships, the county.

        Whoever knows the children of one township himself does not see the others beside it: by
        subtracting he would learn what is withheld there.
        """
        domain = Domain("publication_id", "any!", self._lbc_publication_domain())
        domain &= Domain("data_group", "in", sorted(self._lbc_aggregated_groups()))
        if self._lbc_scope()[0] == "county":
            return domain
        own = self._lbc_table_areas().township_id
        return domain & (Domain("is_whole", "=", True) | Domain("area_id", "in", own.ids))

    def _lbc_table_areas(self):
        """Return the divisions (sudo) of the user's posting, or of the organisation in which he works."""
        scope, area_ids, organization_id = self._lbc_scope()
        if scope == "organization":
            return self.env["lbc.organization"].sudo().browse(organization_id).area_id
        return self.env["lbc.area"].sudo().browse(area_ids)  # divisions are public

    def _lbc_aggregated_groups(self):
        """Return the short names (set) of the data groups of which the user may read counts at least."""
        rights = self.env["lbc.access.right"]
        return rights._groups_at_least(self._lbc_role_id(), matrix.AGGREGATED) & {
            table.group for table in indicators.TABLES
        }
