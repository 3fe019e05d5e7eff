"""A child of an agreement: siblings with the same carer share one, each has a period of its own (B-3.2c).

Two agreements for one child on one day are impossible in the database itself (`_no_overlap`).
"""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..access import data_groups
from .fixed import refuse_moved
from .vocabulary import STATES, YES_NO


class AgreementLine(models.Model):
    _name = "lbc.agreement.line"
    _description = "Child of an Agreement"
    _inherit = ["lbc.access.mixin"]
    _order = "agreement_id, id"
    _rec_name = "child_id"
    _thread_group = data_groups.GUARDIANSHIP
    _lbc_data_groups = ("guardianship",)
    _default_write_group = data_groups.WRITE_OF_READ[data_groups.GUARDIANSHIP]
    _journal_changes = True
    _journal_children = "child_id"

    agreement_id = fields.Many2one("lbc.agreement", required=True, ondelete="cascade", index=True)
    child_id = fields.Many2one("lbc.child", required=True, ondelete="restrict", index=True)
    area_id = fields.Many2one(related="child_id.area_id", store=True, index=True, precompute=True)
    township_id = fields.Many2one(
        related="child_id.township_id", store=True, index=True, precompute=True
    )
    county_id = fields.Many2one(
        related="child_id.county_id", store=True, index=True, precompute=True
    )
    child_name = fields.Char("Child's Name", related="child_id.name", groups=data_groups.IDENTITY)
    view_heard = fields.Selection(
        YES_NO,
        groups=data_groups.GUARDIANSHIP,
        help="From 8 years on the child is asked (articles 4 and 22).",
    )
    view_note = fields.Text("What the Child Says", groups=data_groups.GUARDIANSHIP)
    # Stored with the line, because the database compares them for one child.
    state = fields.Selection(
        STATES, compute="_compute_period", store=True, precompute=True, index=True
    )
    date_from = fields.Date("From", compute="_compute_period", store=True, precompute=True)
    date_to = fields.Date(
        "To", compute="_compute_period", store=True, precompute=True, help="The last day it held."
    )
    ended_on = fields.Date(
        "Last Day of This Child",
        readonly=True,
        copy=False,
        help="Where it ended for this child before it ended for the others.",
    )

    # No extension is needed: ranges of numbers and of days share one GiST index.
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(child_id, child_id, '[]') WITH &&, "
        "daterange(date_from, date_to + 1) WITH &&) "
        "WHERE (state IN ('in_force', 'suspended', 'ended', 'renewed'))",
        "The child already has an agreement on some of these days. End that one first, or let this "
        "one begin later.",
    )
    _period = models.Constraint(
        "CHECK(date_to >= date_from - 1)", "An agreement cannot end before it begins."
    )
    _child_once = models.Constraint(
        "UNIQUE(agreement_id, child_id)", "The child is already part of this agreement."
    )
    _child_days = models.Index("(child_id, date_from, date_to)")

    @api.depends(
        "agreement_id.state",
        "agreement_id.date_from",
        "agreement_id.date_to",
        "agreement_id.confirmed_on",
        "agreement_id.ended_on",
        "ended_on",
    )
    def _compute_period(self):
        for line in self:
            agreement = line.agreement_id
            line.state = agreement.state
            line.date_from = agreement._first_day()
            ends = (agreement.date_to, agreement.ended_on, line.ended_on)
            line.date_to = min(filter(None, ends), default=False)

    def write(self, vals):
        self.check_access("write")
        self._refuse_readonly(vals)
        refuse_moved(self, ("agreement_id", "child_id"), vals)
        self._check_draft()
        return super().write(vals)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_draft()
        return lines

    @api.ondelete(at_uninstall=False)
    def _unlink_only_of_drafts(self):
        self._check_draft()

    def _lbc_papers_open(self):
        return super()._lbc_papers_open() and self.agreement_id._lbc_papers_open()

    def _check_draft(self):
        """Refuse changes of an agreement that went to signing; its steps write as superuser."""
        if not self.env.su and any(line.agreement_id.state != "draft" for line in self):
            raise UserError(
                self.env._(
                    "The children of an agreement that went to signing do not change. Take it back "
                    "to draft first."
                )
            )
