"""Loss of the capacity to care, 无监护能力 (L-0b, D30, domain.md §B.12), with its evidence and validity."""

from odoo import api, fields, models
from odoo.tools import SQL

from ...lib import eligibility
from ..access import data_groups
from .vocabulary import DISABILITY_KIND, DISABILITY_LEVEL


class Capacity(models.Model):
    _name = "lbc.capacity"
    _description = "Loss of Capacity to Care"
    _inherit = ["lbc.access.mixin"]
    _order = "guardian_id, id desc"  # of fields that everybody may read who reaches the line
    _thread_group = data_groups.WRITE_FILE
    _default_write_group = data_groups.WRITE_FILE
    _rec_name = "guardian_id"
    _journal_changes = True

    guardian_id = fields.Many2one("lbc.guardian", required=True, ondelete="cascade", index=True)
    area_id = fields.Many2one(
        related="guardian_id.area_id", store=True, index=True, precompute=True
    )
    township_id = fields.Many2one(
        related="guardian_id.township_id", store=True, index=True, precompute=True
    )
    county_id = fields.Many2one(
        related="guardian_id.county_id", store=True, index=True, precompute=True
    )
    reason = fields.Selection(
        [
            ("severe_illness", "Severe illness"),
            ("severe_disability", "Severe disability"),
            ("other", "Other"),
        ],
        required=True,
        groups=data_groups.GUARDIANSHIP,
    )
    disability_kind = fields.Selection(DISABILITY_KIND, groups=data_groups.GUARDIANSHIP)
    disability_level = fields.Selection(DISABILITY_LEVEL, groups=data_groups.GUARDIANSHIP)
    evidence = fields.Char(
        help="Kind and number of the certificate or of the medical report.",
        groups=data_groups.GUARDIANSHIP,
    )
    evidence_ids = fields.Many2many(
        "ir.attachment", string="Papers", groups=data_groups.GUARDIANSHIP, bypass_search_access=True
    )
    is_proved = fields.Boolean(
        "Evidence Seen",
        compute="_compute_is_proved",
        store=True,
        precompute=True,
        groups=data_groups.GUARDIANSHIP,
        help="The paper named proves the loss; without it the child stays “to be verified”.",
    )
    passes = fields.Boolean(
        "Counts as Incapable",
        compute="_compute_passes",
        store=True,
        precompute=True,
        groups=data_groups.GUARDIANSHIP,
        help="Disability of level 1 or 2, or mental or intellectual disability of level 3 or 4; "
        "other losses as the evidence says.",
    )
    valid_from = fields.Date(default=fields.Date.context_today, groups=data_groups.GUARDIANSHIP)
    valid_to = fields.Date(groups=data_groups.GUARDIANSHIP)

    _period = models.Constraint(
        "CHECK(valid_to >= valid_from)", "The certificate cannot end before it begins."
    )

    @api.depends("evidence", "evidence_ids")
    def _compute_is_proved(self):
        for capacity in self:
            capacity.is_proved = bool(capacity.evidence or capacity.evidence_ids)

    @api.depends("reason", "disability_kind", "disability_level")
    def _compute_passes(self):
        for capacity in self:
            capacity.passes = (
                capacity.reason != "severe_disability"
                or not capacity.disability_level
                or eligibility.incapacity_from_disability(
                    capacity.disability_kind, capacity.disability_level
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        losses = super().create(vals_list)
        losses._own_papers()
        return losses

    def write(self, vals):
        result = super().write(vals)
        if "evidence_ids" in vals:
            self._own_papers()
        return result

    def _own_papers(self):
        """Tie uploaded papers to the record, so that they are read by whoever may read it."""
        for loss in self:
            papers = loss.sudo().evidence_ids.filtered(
                lambda paper: (
                    not paper.res_id
                    and paper.res_model == self._name
                    and paper.create_uid == self.env.user
                )
            )
            papers.write({"res_model": self._name, "res_id": loss.id})

    def _holds_on(self, day, reasons):
        """Return those of the records that hold on `day` (date) for one of `reasons` (codes)."""
        return self.filtered(
            lambda one: (
                one.passes
                and one.reason in reasons
                and (not one.valid_from or one.valid_from <= day)
                and (not one.valid_to or one.valid_to >= day)
            )
        )

    @api.model
    def _journal_children_sql(self, ids):
        return SQL(
            "SELECT line.child_id FROM lbc_capacity own "
            "JOIN lbc_guardianship line USING (guardian_id) WHERE own.id = ANY(%s)",
            ids,
        )
