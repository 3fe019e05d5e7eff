"""Where a requester works, whose exports a user sees, how many files he may read."""

from odoo import models, tools
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    def _lbc_place(self):
        """Return (county, township, organisation) of the post in which the user acts (sudo).

        The township is empty for whoever works for several, or for the whole county.
        """
        posting = self._lbc_acting_posting()
        areas = posting.area_ids or posting.organization_id.area_id
        townships = areas.township_id
        return (
            areas.county_id[:1],
            townships if len(townships) == 1 else townships.browse(),
            posting.organization_id,
        )

    def _lbc_export_domain(self):
        """Return the domain of the exports a user sees: his own; approvers and auditors: their area's."""
        own = Domain("user_id", "=", self.id)
        names = ("group_approve", "group_audit_read")
        if not any(self.has_group(f"left_behind_children.{name}") for name in names):
            return own
        scope, area_ids, _organization_id = self._lbc_scope()
        key = {"township": "township_id", "county": "county_id"}.get(scope)
        return own | Domain(key, "in", area_ids) if key and area_ids else own

    def _lbc_files_per_hour(self):
        """Return how many files the user may read within an hour (int); 0: as many as he likes."""
        return self._lbc_files_per_hour_on(self._lbc_today())

    @tools.ormcache("self.id", "day")
    def _lbc_files_per_hour_on(self, day):
        # Cached: it is asked after every reading. Changes of profiles and postings clear the cache.
        county = self._lbc_place()[0]
        profiles = self.env["lbc.profile"].sudo()
        return profiles.browse(profiles._id_for_county(county.id)).files_per_hour if county else 0
