"""The month's visits counted: due, visited, nobody met, overdue, late, key children, by channel (R6, I3, I4, B-3.3d–f).

A read-only view with one row for each household, month and village: 应访户 and 实访户 are households, however many
visits the plan asks of them. Its id is that of the household's first duty of the month, so that every number opens its
rows. The month is that in which a visit is due; what is done stays
where it was due, what is overdue goes with the family.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ..access import data_groups
from .visit import CHANNELS

# What is added up, in the order of the page and the workbook.
COUNTS = ("due_count", "visited_count", "not_met_count", "overdue_count", "late_count")
TIMES = ("due_times", "done_times")
KEY_COUNTS = ("key_due_count", "key_visited_count")


class VisitReport(models.Model):
    _name = "lbc.visit.report"
    _description = "Visits of a Month"
    _inherit = ["lbc.access.mixin"]
    _auto = False
    _order = "month desc, area_id, id"
    _rec_name = "household_id"
    _depends = {
        "lbc.duty": [
            *("kind_id", "child_id", "household_id", "area_id", "township_id", "county_id"),
            *("due_date", "state", "done_on", "evidence_model", "evidence_id"),
        ],
        "lbc.duty.kind": ["evidence_model", "period"],
        "lbc.visit": ["household_id", "state", "date", "channel"],
        "lbc.key.span": ["household_id", "date_from", "date_to"],
        "lbc.child": ["household_id"],
    }

    month = fields.Date(readonly=True, help="First day of the month in which the visit was due.")
    household_id = fields.Many2one("lbc.household", readonly=True)
    area_id = fields.Many2one("lbc.area", "Village", readonly=True)
    township_id = fields.Many2one("lbc.area", readonly=True)
    county_id = fields.Many2one("lbc.area", readonly=True)
    due_count = fields.Integer("Households Due", readonly=True)
    visited_count = fields.Integer("Households Visited", readonly=True)
    not_met_count = fields.Integer(
        "Nobody Met",
        readonly=True,
        groups=data_groups.VISITS,
        help="Households where nobody was met in the month and that were not visited since.",
    )
    overdue_count = fields.Integer("Overdue", readonly=True)
    late_count = fields.Integer("Visited Late", readonly=True)
    due_times = fields.Integer("Visits Due", readonly=True)
    done_times = fields.Integer("Visits Made", readonly=True)
    key_due_count = fields.Integer("Key Households Due", readonly=True, groups=data_groups.RISK)
    key_visited_count = fields.Integer(
        "Key Households Visited", readonly=True, groups=data_groups.RISK
    )
    visit_rate = fields.Float(
        "Visited (%)", readonly=True, aggregator="avg", digits=(5, 1), help="I3"
    )
    key_visit_rate = fields.Float(
        "Key Households Visited (%)",
        readonly=True,
        aggregator="avg",
        digits=(5, 1),
        groups=data_groups.RISK,
        help="I4",
    )
    channel = fields.Selection(
        CHANNELS,
        "How",
        readonly=True,
        groups=data_groups.VISITS,
        help="Of the visit that came first.",
    )
    status = fields.Selection(
        [
            ("visited", "Visited"),
            ("late", "Visited late"),
            ("open", "Open"),
            ("not_met", "Nobody met"),
            ("overdue", "Overdue"),
        ],
        readonly=True,
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT g.id, g.month, g.household_id, g.area_id, g.township_id, g.county_id,
                   1 AS due_count, (g.done_times > 0)::int AS visited_count,
                   (f.missed AND g.done_times = 0)::int AS not_met_count,
                   g.overdue::int AS overdue_count, g.late::int AS late_count,
                   g.due_times, g.done_times, f.key::int AS key_due_count,
                   (f.key AND g.done_times > 0)::int AS key_visited_count,
                   100.0 * (g.done_times > 0)::int AS visit_rate,
                   CASE WHEN f.key THEN 100.0 * (g.done_times > 0)::int END AS key_visit_rate,
                   g.channel,
                   CASE WHEN g.overdue THEN 'overdue' WHEN g.late THEN 'late'
                        WHEN g.done_times > 0 THEN 'visited'
                        WHEN f.missed THEN 'not_met' ELSE 'open' END AS status
              FROM (%(groups)s) g
             CROSS JOIN LATERAL (SELECT
                   EXISTS (SELECT FROM lbc_visit v
                            WHERE v.household_id = g.household_id AND v.state = 'not_met'
                              AND v.date >= g.month AND v.date < g.month + interval '1 month'
                   ) AS missed,
                   EXISTS (SELECT FROM lbc_key_span s
                            WHERE s.household_id = g.household_id
                              AND s.date_from < g.month + interval '1 month'
                              AND (s.date_to IS NULL OR s.date_to > g.month)) AS key
                   ) f
            """,
            groups=self._duties_by_household(),
        )

    @api.model
    def _duties_by_household(self):
        """Return SQL: a row for each household, month and village in which a visit was due.

        Where a child moved to another household its visits made stay with that which was visited.
        """
        return SQL(
            """
            SELECT min(d.id) AS id, date_trunc('month', d.due_date)::date AS month,
                   coalesce(d.household_id, v.household_id, c.household_id) AS household_id,
                   d.area_id, d.township_id, d.county_id, count(*) AS due_times,
                   count(*) FILTER (WHERE d.state = 'done') AS done_times,
                   bool_or(d.state = 'open' AND d.due_date < %(today)s) AS overdue,
                   bool_or(d.state = 'done' AND d.done_on > d.due_date) AS late,
                   (array_agg(v.channel ORDER BY d.done_on, v.id)
                        FILTER (WHERE v.id IS NOT NULL))[1] AS channel
              FROM lbc_duty d
              JOIN lbc_duty_kind k ON k.id = d.kind_id AND k.evidence_model = 'lbc.visit'
                   AND k.period = 'month'
              LEFT JOIN lbc_child c ON c.id = d.child_id
              LEFT JOIN lbc_visit v ON d.state = 'done' AND d.evidence_model = 'lbc.visit'
                   AND v.id = d.evidence_id
             WHERE d.state <> 'cancelled' AND num_nonnulls(d.household_id, d.child_id) = 1
             GROUP BY 2, 3, 4, 5, 6
            """,
            today=fields.Date.context_today(self),
        )

    @api.model
    def action_open_month(self):
        """Open this month's visits by townships for the county, by villages for who has one township."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "left_behind_children.visit_report_action"
        )
        scope, _area_ids, _organization_id = self.env.user._lbc_scope()
        by = "area_id" if scope in ("village", "township") else "township_id"
        action["context"] = {
            "search_default_month": 1,
            "pivot_row_groupby": [by],
            "graph_groupbys": [by, "status"],
        }
        return action

    def _visits_made(self):
        """Return the ids (list) of the visits by which what was due to the household was done, late ones too."""
        self.ensure_one()
        # Only ids are taken: the rules of visits decide which of them the caller opens.
        done = self.env["lbc.duty"].sudo()
        done = done.search(
            [
                ("due_date", ">=", self.month),
                ("due_date", "<=", fields.Date.end_of(self.month, "month")),
                ("area_id", "=", self.area_id.id),
                ("kind_id.period", "=", "month"),
                ("state", "=", "done"),
                ("evidence_model", "=", "lbc.visit"),
                "|",
                ("household_id", "=", self.household_id.id),
                ("child_id", "!=", False),
            ]
        )
        return done.mapped("evidence_id")

    def action_open_household(self):
        """Open the visits of the household in this month, also the failed ones, and those that came late."""
        self.ensure_one()
        self.check_access("read")
        month = self.month
        return {
            "type": "ir.actions.act_window",
            "res_model": "lbc.visit",
            "view_mode": "list,form",
            "domain": [
                ("household_id", "=", self.household_id.id),
                "|",
                ("id", "in", self._visits_made()),
                "&",
                ("date", ">=", month),
                ("date", "<=", fields.Date.end_of(month, "month")),
            ],
            "context": {"default_household_id": self.household_id.id},
            "name": self.env._("Visits"),
        }

    @api.model
    def _journal_children_sql(self, ids):
        return SQL(
            "SELECT coalesce(duty.child_id, child.id) FROM lbc_duty duty "
            "LEFT JOIN lbc_child child USING (household_id) WHERE duty.id = ANY(%s)",
            ids,
        )
