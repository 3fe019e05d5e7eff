"""Who helps with a kind of duty, in order: lead first, then those who co-operate (L-1g)."""

from odoo import fields, models


class DutyKindHelper(models.Model):
    _name = "lbc.duty.kind.helper"
    _description = "Who Helps with a Duty"
    _inherit = ["lbc.access.mixin", "lbc.journal.changes"]
    _journal_changes = True
    _lbc_export_free = True  # says nothing of a child
    _default_write_group = "left_behind_children.group_forms"
    _order = "sequence, id"
    _rec_name = "organization_kind_id"

    kind_id = fields.Many2one(
        "lbc.duty.kind", "Duty", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    organization_kind_id = fields.Many2one(
        "lbc.organization.kind", "Kind of Organisation", required=True, ondelete="restrict"
    )

    _once = models.Constraint(
        "UNIQUE(kind_id, organization_kind_id)", "This kind of organisation helps already."
    )
