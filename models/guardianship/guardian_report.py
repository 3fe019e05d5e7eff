"""Who answers for each child on the ledger today: the list “no valid guardian”, and R7 by village (I5, I11, I18).

A read-only view that asks the statement of `guardian_of_day` about the children the caller reaches. One row a child,
the child's id, so that every number opens its rows.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ...lib import guardian_day as rule
from ..access import data_groups
from .guardian_of_day import answers


class GuardianReport(models.Model):
    _name = "lbc.guardian.report"
    _description = "Guardians Today"
    _inherit = ["lbc.access.mixin"]
    _auto = False
    _order = "area_id, id"
    _rec_name = "child_id"
    _lbc_data_groups = ("guardianship",)
    _thread_group = data_groups.GUARDIANSHIP

    child_id = fields.Many2one("lbc.child", readonly=True)
    area_id = fields.Many2one("lbc.area", "Village", readonly=True)
    township_id = fields.Many2one("lbc.area", readonly=True)
    county_id = fields.Many2one("lbc.area", readonly=True)
    kind = fields.Selection(list(rule.KINDS.items()), "Guardian Today", readonly=True)
    ground = fields.Selection(list(rule.GROUNDS.items()), "Because", readonly=True)
    guardian_id = fields.Many2one("lbc.guardian", "Who Answers Today", readonly=True)
    agreement_id = fields.Many2one("lbc.agreement", readonly=True)
    organization_id = fields.Many2one("lbc.organization", "Institution", readonly=True)
    gap_since = fields.Date("Without a Guardian Since", readonly=True)
    children = fields.Integer("Number of Children", readonly=True)
    needed = fields.Integer(
        "Agreement Needed", readonly=True, help="No parent is at home and able."
    )
    valid = fields.Integer("Agreement Valid", readonly=True)
    expired = fields.Integer("Expired, Still Away", readonly=True)
    without_carer = fields.Integer(readonly=True, help="Nobody takes care who is able to.")
    gap = fields.Integer("No Valid Guardian", readonly=True)
    without_contact = fields.Integer(
        "No Recent Contact with Parents", readonly=True, groups=data_groups.VISITS
    )
    rate = fields.Float(
        "Agreements in Force (%)",
        readonly=True,
        aggregator="avg",
        digits=(5, 1),
        help="Of the children who need one (I5).",
    )

    @property
    def _table_query(self):
        children = self.env["lbc.child"]
        self.env.flush_all()
        # Of whom the caller reaches only, so that a village does not wait for its county.
        reached = children._search(children._on_ledger_domain())
        asked = reached.select(
            SQL("lbc_child.id AS child_id"),
            SQL("lbc_child.county_id"),
            SQL("%s::date AS day", fields.Date.context_today(self)),
        )
        return SQL(
            """
            SELECT c.id, c.id AS child_id, c.area_id, c.township_id, c.county_id, w.kind, w.ground,
                   w.guardian_id, w.agreement_id, w.organization_id, c.gap_since, 1 AS children,
                   w.needed::int AS needed, (w.ground = 'agreement')::int AS valid,
                   (w.ground = 'expired')::int AS expired,
                   (w.ground IN ('no_carer', 'nobody_named', 'carer_unable', 'interim_unable')
                    OR w.ground = 'ended' AND c.carer_id IS NULL)::int AS without_carer,
                   (w.kind = 'gap')::int AS gap,
                   (c.id IN (%s))::int AS without_contact,
                   CASE WHEN w.needed THEN 100.0 * (w.ground = 'agreement')::int END AS rate
              FROM (SELECT a.*, a.kind IN ('gap', 'interim') OR a.ground = 'agreement' AS needed
                      FROM (%s) a) w
              JOIN lbc_child c ON c.id = w.child_id
            """,
            children._sql_without_contact(),  # asked only where the column is
            answers(asked),
        )

    def exists(self):
        """Return those whose child exists: whoever does not reach it is refused, not told it is gone."""
        return self.browse(self.env["lbc.child"].browse(self.ids).exists().ids)

    def action_open_child(self):
        """Open the child's file."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "lbc.child",
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_draw_up(self):
        """List the families of the child's village who need an agreement, ready to be drawn up.

        :raises AccessError: another role than village, township, civil affairs
        """
        self.ensure_one()
        self._require_role("village", "township", "civil_affairs")
        self.check_access("read")
        prepare = self.env["lbc.agreement.prepare"].create({"area_id": self.area_id.id})
        return prepare.action_list()

    @api.model
    def action_open_indicators(self):
        """Open the indicators by townships for the county, by villages for who has one township."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "left_behind_children.guardian_report_action"
        )
        scope, _area_ids, _organization_id = self.env.user._lbc_scope()
        if scope in ("village", "township"):
            action["context"] = {"pivot_row_groupby": ["area_id"]}
        return action

    @api.model
    def _journal_children_sql(self, ids):
        return SQL("SELECT id FROM lbc_child WHERE id = ANY(%s)", ids)
