"""Health and disability of a child (G4): a model of its own, more sensitive than the file."""

from odoo import fields, models

from ..access import data_groups
from .vocabulary import DISABILITY_KIND, DISABILITY_LEVEL, HEALTH


class Health(models.Model):
    _name = "lbc.health"
    _description = "Health of a Child"
    _inherit = ["lbc.access.mixin"]
    _order = "child_id, date desc, id desc"
    _thread_group = data_groups.HEALTH
    _rec_name = "child_id"
    _data_group = "health"
    _journal_changes = True
    _journal_children = "child_id"

    child_id = fields.Many2one("lbc.child", required=True, ondelete="cascade", index=True)
    area_id = fields.Many2one(related="child_id.area_id", store=True, index=True, precompute=True)
    township_id = fields.Many2one(
        related="child_id.township_id", store=True, index=True, precompute=True
    )
    county_id = fields.Many2one(
        related="child_id.county_id", store=True, index=True, precompute=True
    )
    date = fields.Date("Recorded On", required=True, default=fields.Date.context_today)
    condition = fields.Selection(HEALTH, required=True, default="healthy")
    disability_kind = fields.Selection(DISABILITY_KIND)
    disability_level = fields.Selection(DISABILITY_LEVEL)
    details = fields.Text(help="Diagnosis, allergies, certificate, treatment.")

    _latest = models.Index("(child_id, date DESC, id DESC)")
