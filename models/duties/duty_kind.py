"""Kinds of duty: what policy demands of whom, how often, and what proves it (B-3.1d, L-1g).

Kinds are data; a room adds the models that can be evidence with `_selection_evidence_model`.
"""

from odoo import api, fields, models


class DutyKind(models.Model):
    _name = "lbc.duty.kind"
    _description = "Kind of Duty"
    _inherit = ["lbc.journal.changes"]
    _journal_changes = True
    _journal_plain_text = True
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    clause = fields.Char(help="Rows of the policy documents, such as L-2d.")
    sequence = fields.Integer(default=10)
    subject_type = fields.Selection(
        [
            ("child", "Child"),
            ("household", "Household"),
            ("village", "Village"),
            ("township", "Township"),
            ("organization", "Organisation"),
        ],
        "Concerns",
        required=True,
    )
    period = fields.Selection(
        [("month", "Month"), ("quarter", "Quarter"), ("year", "Year"), ("event", "Event")],
        required=True,
    )
    evidence_model = fields.Selection(
        selection="_selection_evidence_model",
        string="Proved by",
        help="The filed record that resolves the duty.",
    )
    lead_kind_id = fields.Many2one("lbc.organization.kind", "Leads")
    helper_kind_ids = fields.Many2many("lbc.organization.kind", string="Help")
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint("UNIQUE(code)", "There is already a duty with this code.")

    @api.model
    def _selection_evidence_model(self):
        """Return the models that may prove a duty; rooms extend the list."""
        return []
