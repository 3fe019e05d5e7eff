"""Who looks after a child while its agreement is suspended, or after it ended (domain.md §C.1.2, §C.6 cases 11, 15).

A row without anybody says so openly: a gap. Rows also remember on which days an agreement was suspended.
"""

from odoo import fields, models

from ..access import data_groups
from .vocabulary import INTERIM_KINDS


class AgreementInterim(models.Model):
    _name = "lbc.agreement.interim"
    _description = "Interim Care"
    _inherit = ["lbc.access.mixin"]
    _order = "child_id, date_from desc, id desc"
    _rec_name = "child_id"
    _thread_group = data_groups.GUARDIANSHIP
    _lbc_data_groups = ("guardianship",)
    _journal_changes = True
    _journal_children = "child_id"

    agreement_id = fields.Many2one(
        "lbc.agreement", required=True, readonly=True, ondelete="cascade", index=True
    )
    child_id = fields.Many2one(
        "lbc.child", required=True, readonly=True, ondelete="cascade", index=True
    )
    area_id = fields.Many2one(related="child_id.area_id", store=True, index=True, precompute=True)
    township_id = fields.Many2one(
        related="child_id.township_id", store=True, index=True, precompute=True
    )
    county_id = fields.Many2one(
        related="child_id.county_id", store=True, index=True, precompute=True
    )
    cause = fields.Selection(
        [("suspension", "The agreement is suspended"), ("end", "The agreement ended")],
        required=True,
        default="suspension",
        readonly=True,
    )
    date_from = fields.Date("From", required=True, readonly=True)
    date_to = fields.Date("To", readonly=True, help="Empty: it goes on.")
    kind = fields.Selection(INTERIM_KINDS, "Cared for by", required=True, readonly=True)
    carer_id = fields.Many2one(
        "lbc.guardian",
        "Interim Carer",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    organization_id = fields.Many2one(
        "lbc.organization", "Institution", readonly=True, ondelete="restrict"
    )
    note = fields.Text(readonly=True, groups=data_groups.GUARDIANSHIP)

    _period = models.Constraint(
        "CHECK(date_to >= date_from - 1)", "Interim care cannot end before it begins."
    )
    _named = models.Constraint(
        "CHECK((kind = 'person') = (carer_id IS NOT NULL) "
        "AND (kind = 'institution') = (organization_id IS NOT NULL))",
        "Name the person or the institution that looks after the child meanwhile, or choose "
        "“Nobody yet: a gap”.",
    )
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(child_id, child_id, '[]') WITH &&, "
        "daterange(date_from, date_to + 1) WITH &&)",
        "Interim care of the child is already recorded for some of these days. End that first.",
    )

    def _runs_on(self, day):
        """Return whether this interim care still runs on `day` (date) or begins later (bool)."""
        self.ensure_one()
        return not self.date_to or self.date_to >= day
