"""When a child's risk is to be assessed next, and the duty that follows (§B.11: March and September; §C.4 risk_months).

The month sets off the duty; the assessment resolves it and moves the month on.
"""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...lib import risk
from ..access import data_groups
from ..registry.episode import ON_LEDGER

COUNTS = ("to_review", "in_force", "replaced")
_DUE = """
WITH due AS (
    SELECT child.id, (
           SELECT min(make_date(y, m.month, 1))
             FROM unnest(%(counties)s::int[], %(months)s::int[]) AS m (county, month),
                  LATERAL generate_series(extract(year FROM base.day)::int,
                                          extract(year FROM base.day)::int + 1) AS y
            WHERE m.county = child.county_id AND make_date(y, m.month, 1) > base.day) AS day
      FROM lbc_child child
      LEFT JOIN LATERAL (
            SELECT max(a.date) AS day FROM lbc_risk_assessment a
             WHERE a.child_id = child.id AND a.state = ANY(%(states)s)) last ON true
      CROSS JOIN LATERAL (
            SELECT coalesce(last.day + %(early)s,
                            greatest(child.date_entry, %(begin)s::date)) AS day) base
     WHERE %(scope)s AND child.state = ANY(%(on_ledger)s) AND base.day IS NOT NULL)
UPDATE lbc_child child SET risk_month = due.day FROM due
 WHERE due.id = child.id AND child.risk_month IS DISTINCT FROM due.day
"""


class Child(models.Model):
    _inherit = "lbc.child"

    risk_month = fields.Date(
        "Next Risk Assessment",
        readonly=True,
        copy=False,
        groups=data_groups.RISK,
        help="First day of the month in which it is due.",
    )

    @api.model
    def _set_risk_due(self, scope):
        """Set by one statement when the children on the ledger are to be assessed next.

        Whoever was never assessed: in the first month of assessment after he came, or after the
        duty was introduced.

        :param scope: SQL condition over `lbc_child` as `child`
        """
        for name in ("lbc.child", "lbc.risk.assessment", "lbc.profile"):
            self.env[name].flush_model()
        pairs = self._months_of_assessment()
        kind = self.env.ref("left_behind_children.duty_kind_risk", raise_if_not_found=False)
        self.env.cr.execute(
            SQL(
                _DUE,
                counties=[county for county, _month in pairs],
                months=[month for _county, month in pairs],
                states=list(COUNTS),
                early=risk.EARLY_DAYS,
                begin=kind.sudo().date_from if kind else None,
                on_ledger=list(ON_LEDGER),
                scope=scope,
            )
        )
        if self.env.cr.rowcount:
            self.env["lbc.child"].invalidate_model(["risk_month"])

    @api.model
    def _months_of_assessment(self):
        """Return [(county id, month)] of every county with a profile."""
        profiles = self.env["lbc.profile"].sudo().search([("county_id", "!=", False)])
        return [
            (profile.county_id.id, month)
            for profile in profiles
            for month in profile._numbers("risk_months")
            if 1 <= month <= 12
        ]


class Profile(models.Model):
    _inherit = "lbc.profile"

    def write(self, vals):
        result = super().write(vals)
        if {"risk_months", "county_id"} & vals.keys() and self.sudo().county_id:
            counties = self.sudo().county_id.ids
            self.env["lbc.child"]._set_risk_due(SQL("child.county_id = ANY(%s)", counties))
        return result


class DutyKind(models.Model):
    _inherit = "lbc.duty.kind"

    @api.model
    def _selection_evidence_model(self):
        known = super()._selection_evidence_model()
        return [*known, ("lbc.risk.assessment", self.env._("Risk Assessment"))]

    @api.model
    def _selection_event_date(self):
        known = super()._selection_event_date()
        return [*known, ("child:risk_month", self.env._("Child: month of the risk assessment"))]

    @api.model
    def _planned_events(self):
        return super()._planned_events() | {"child:risk_month"}


class Duty(models.Model):
    _inherit = "lbc.duty"

    def _fulfil_action(self):
        if self.kind_id.evidence_model != "lbc.risk.assessment":
            return super()._fulfil_action()
        return self.child_id.action_assess_risk()


class RiskAssessment(models.Model):
    _name = "lbc.risk.assessment"
    _inherit = ["lbc.risk.assessment", "lbc.duty.evidence"]

    _evidence_dates = ("date",)
    _evidence_subjects = {"child": "child_id"}

    @api.model
    def _evidence_filed(self):
        # Handed in is assessed: the review may take its time, the village has done its part.
        return Domain("state", "in", COUNTS)

    def _after_filing(self):
        result = super()._after_filing()
        self._prove_duties()
        self._move_due_dates()
        return result

    def _after_taking_back(self):
        result = super()._after_taking_back()
        self._withdraw_evidence()
        self._move_due_dates()
        return result

    def _move_due_dates(self):
        self.env["lbc.child"]._set_risk_due(SQL("child.id = ANY(%s)", self.child_id.ids))
