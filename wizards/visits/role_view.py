"""Visits among the sample files of “view as role” (G9)."""

from odoo import api, fields, models


class RoleView(models.TransientModel):
    _inherit = "lbc.role.view"

    @api.model
    def _sample_records(self, user):
        records = super()._sample_records(user)
        env = records["lbc.child"][0].env
        visits = env["lbc.visit"].create(
            [
                {
                    "household_id": home.id,
                    "date": fields.Date.context_today(self),
                    "visitor_id": user.id,
                    "met_child": True,
                    "family_note": "样例：奶奶在家",
                    "care_quality": "good",
                    "schooling": "attending",
                    "danger": "no",
                }
                for home in records["lbc.household"]
            ]
        )
        env.flush_all()
        return {**records, "lbc.visit": list(visits)}
