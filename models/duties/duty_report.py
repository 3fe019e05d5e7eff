"""Duties counted by how they stand today: done, done late, open, overdue (I3, R6).

Overdue and late follow from dates and are not stored; this read-only view of `lbc.duty` gives them
a column to group by. Same ids as the duties, so that every number opens its rows.
"""

from odoo import api, fields, models
from odoo.tools import SQL


class DutyReport(models.Model):
    _name = "lbc.duty.report"
    _description = "Progress of Duties"
    _inherit = ["lbc.access.mixin"]
    _auto = False
    _order = "due_date, id"
    _rec_name = "kind_id"

    kind_id = fields.Many2one("lbc.duty.kind", "Duty", readonly=True)
    household_id = fields.Many2one("lbc.household", readonly=True)
    child_id = fields.Many2one("lbc.child", readonly=True)
    area_id = fields.Many2one("lbc.area", "Village", readonly=True)
    township_id = fields.Many2one("lbc.area", readonly=True)
    county_id = fields.Many2one("lbc.area", readonly=True)
    slot_start = fields.Date("Month", readonly=True)
    due_date = fields.Date("Due", readonly=True)
    done_on = fields.Date(readonly=True)
    subject_count = fields.Integer("Number of Children", readonly=True)
    status = fields.Selection(
        [
            ("done", "Done"),
            ("late", "Done Late"),
            ("open", "Open"),
            ("overdue", "Overdue"),
            ("cancelled", "Cancelled"),
        ],
        readonly=True,
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT d.id, d.kind_id, d.household_id, d.child_id, d.area_id, d.township_id,
                   d.county_id, d.slot_start, d.due_date, d.done_on, d.subject_count,
                   CASE WHEN d.state = 'done' AND d.done_on > d.due_date THEN 'late'
                        WHEN d.state = 'open' AND d.due_date < %s THEN 'overdue'
                        ELSE d.state END AS status
              FROM lbc_duty d
            """,
            fields.Date.context_today(self),
        )

    @api.model
    def action_open_progress(self):
        """Open the progress by townships for the county, by villages for who has one township."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "left_behind_children.duty_overview_action"
        )
        scope, _area_ids, _organization_id = self.env.user._lbc_scope()
        if scope in ("village", "township"):
            action["context"] = {
                "search_default_not_cancelled": 1,
                "search_default_slot_start": 1,
                "pivot_row_groupby": ["area_id"],
                "graph_groupbys": ["area_id", "status"],
            }
        return action

    def action_open_duty(self):
        """Open whom the duty concerns."""
        self.ensure_one()
        return self.env["lbc.duty"].browse(self.id).action_open_subject()
