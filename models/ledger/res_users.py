"""Who sees which quarter: counts are for the county, and for every township its own."""

from odoo import models
from odoo.fields import Domain

from ...lib import indicators, matrix
from ...lib.matrix import MASKED, READ
from ..access import rights
from ..territory.res_users import by_query
from . import finding_rules
from .snapshot import FROZEN


class ResUsers(models.Model):
    _inherit = "res.users"

    def _lbc_quarter_domain(self):
        """Return the domain over quarters and submissions: those of the user's county."""
        return Domain("county_id", "in", self._lbc_counties().ids)

    def _lbc_submission_domain(self, path=None):
        """Return the domain over submissions: of the own townships, the whole county, the own office.

        Who may not read counts (a department of D8) meets what his own organisation submits.

        :param path: many2one that leads to the submission; None where the unit's keys are its own
        """
        scope, area_ids, organization_id = self._lbc_scope()
        if not self._lbc_cell("statistics").at_least(READ):
            domain = Domain("organization_id", "=", organization_id or 0)
        elif scope in ("village", "township"):
            townships = self.env["lbc.area"].sudo().browse(area_ids).township_id
            domain = Domain("township_id", "in", townships.ids)
        else:
            domain = self._lbc_quarter_domain()
        return by_query(Domain(path, "any!", domain)) if path else domain

    def _lbc_copy_domain(self):
        """Return the domain over copies of submissions: those for the own role, of the own county."""
        role = self._lbc_actor()[2]
        return self._lbc_quarter_domain() & Domain("recipient", "=", role)

    def _lbc_whole_domain(self):
        """Return the domain over documents: of whole townships, not for who has a part of one.

        A department (D8) meets the cover of its own report, which it seals.
        """
        scope, _area_ids, organization_id = self._lbc_scope()
        whole = Domain.FALSE
        if scope in ("township", "county"):
            whole = self._lbc_domain("frozen_register")
        if not (organization_id and self.has_group("left_behind_children.group_duty_own")):
            return whole
        own = by_query(
            Domain("version_id", "any!", Domain("organization_id", "=", organization_id))
        )
        return whole | (own & Domain("document", "=", "cover"))

    def _lbc_change_domain(self):
        """Return the domain over frozen changes: of the own area, of columns that show the user something.

        That somebody's health has changed is told to nobody who would not see it, not even masked.
        """
        hidden = [column.code for column in FROZEN if not self._lbc_sees_column(column)]
        return self._lbc_domain("frozen_register") & Domain("column", "not in", hidden)

    def _lbc_sees_column(self, column):
        """Return whether the user reads a `lib.columns.Column`, or at least its mask (bool)."""
        group = f"left_behind_children.group_{column.group}"
        if not column.group or self.has_group(f"{group}_read"):
            return True
        masked = column.group not in rights.MASKED or self.has_group(f"{group}_masked")
        return bool(column.masked) and masked

    def _lbc_finding_domain(self):
        """Return the domain over contradictions: of the own area, of data groups seen at least masked."""
        seen = {None}
        for group in {rule.group for rule in finding_rules.ALL} - seen:
            cell = self._lbc_cell(group)
            if cell.at_least(MASKED) and not cell.approval:
                seen.add(group)
        rules = [rule.code for rule in finding_rules.ALL if rule.group in seen]
        return self._lbc_domain("frozen_register") & Domain("rule", "in", rules)

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
