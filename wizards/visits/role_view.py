"""Visits and risk assessments among the sample files of “view as role” (G9, G10)."""

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
        children = env["lbc.child"].concat(*records["lbc.child"])
        assessments = self._sample_assessments(children, user)
        env.flush_all()
        return {**records, "lbc.visit": list(visits), "lbc.risk.assessment": list(assessments)}

    @api.model
    def _sample_assessments(self, children, user):
        """Return an assessment in force (sudo) of each child; none where the county has no scorecard.

        :param user: who assessed them
        """
        assessments = children.env["lbc.risk.assessment"]
        scheme = children.env["lbc.risk.scheme"]._for_county(children.county_id)
        if not scheme:
            return assessments
        answers = {
            str(item.id): item.option_ids.sorted("points")[-1:].ids for item in scheme.item_ids
        }
        made = assessments.create(
            [
                {
                    "child_id": child.id,
                    "answers": answers,
                    "assessor_id": user.id,
                    "participants": "样例：村儿童主任",
                    "state": "in_force",
                }
                for child in children
            ]
        )
        for assessment in made:
            assessment.child_id.risk_level = assessment.level
        return made
