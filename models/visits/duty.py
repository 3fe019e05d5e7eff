"""The page on which a visit due is fulfilled, and how often a family is visited (L-2d, B-3.3d–f).

Each child has a pace: by the profile's interval, by its risk level, denser for key children; a
household takes that of its strictest child (§C.6 case 7).
"""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...lib import slots
from .visit import OPEN

LEVELS = ("high", "medium", "low")


class Duty(models.Model):
    _inherit = "lbc.duty"

    def _fulfil_action(self):
        if self.kind_id.evidence_model != "lbc.visit":
            return super()._fulfil_action()
        if not self.env["lbc.visit"].has_access("read"):
            return self.action_open_subject()  # the leading office is told, but enters no visit
        household = self.household_id or self.child_id.household_id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Visit"),
            "res_model": "lbc.visit",
            "view_mode": "form",
            "views": [(False, "form")],
            "res_id": self._own_draft(household).id,
            "context": {"default_household_id": household.id},
        }

    def _own_draft(self, household):
        """Return the visit to a household (`lbc.visit`) that the caller has begun and not filed; else none."""
        return self.env["lbc.visit"].search(
            [
                ("household_id", "=", household.id),
                ("visitor_id", "=", self.env.uid),
                ("state", "in", OPEN),
            ],
            limit=1,
        )

    @api.model
    def _visit_kind(self, profile):
        """Return the kind of the monthly visit, with the profile's unit (household or child)."""
        code = "monthly_visit" if profile.visit_unit == "household" else "monthly_visit_child"
        return self.env["lbc.duty.kind"].search([("code", "=", code)], limit=1)

    @api.model
    def _generate_visits(self, county, day):
        """Make the month's visits of a county, within the caller's area; returns their number.

        :raises UserError: the kind of duty was archived
        """
        profile = self.env["lbc.profile"]._for_county(county)
        kind = self._visit_kind(profile).sudo()  # its conditions may ask for what not all read
        if not kind:
            raise UserError(
                self.env._("The kind of duty for visits is archived. Ask your administrator.")
            )
        period = slots.period(kind.period, 1, day)
        return self._generate_period(kind, profile, day, period)

    @api.model
    def _child_paces(self, kind, profile):
        """Return (pace by the interval, {risk level: pace}, pace of key children)."""
        base = slots.pace_of_months(kind.interval * profile.visit_interval_months)
        levels = {level: slots.pace(profile[f"visit_days_{level}"]) for level in LEVELS}
        key = slots.pace(profile.key_visit_interval_days)
        return base, {level: max(base, pace) for level, pace in levels.items()}, max(base, key)

    @api.model
    def _paces(self, kind, profile):
        if kind.density == "same":
            return super()._paces(kind, profile)
        base, levels, key = self._child_paces(kind, profile)
        return {base, key, *levels.values()}

    @api.model
    def _sql_pace(self, kind, profile):
        if kind.density == "same":
            return super()._sql_pace(kind, profile)
        base, levels, key = self._child_paces(kind, profile)
        return SQL(
            """
            greatest(
                CASE lbc_child.risk_level WHEN 'high' THEN %(high)s WHEN 'medium' THEN %(medium)s
                                          WHEN 'low' THEN %(low)s ELSE %(base)s END,
                CASE WHEN lbc_child.id IN (
                          SELECT rel.lbc_child_id FROM lbc_child_lbc_key_tag_rel rel
                            JOIN lbc_key_tag tag ON tag.id = rel.lbc_key_tag_id
                           AND tag.is_key AND tag.active)
                     THEN %(key)s ELSE %(base)s END)
            """,
            base=base,
            key=key,
            **levels,
        )
