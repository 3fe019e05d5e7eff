"""Who is what to whom, from when to when (§C.1.1 监护关系; §B.8 for the order of guardians)."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..access import data_groups
from .vocabulary import CARE_QUALITY, RELATION

ROLES = [
    ("father", "Father"),
    ("mother", "Mother"),
    ("carer", "Entrusted carer"),
    ("legal_guardian", "Legal guardian"),
    ("relative", "Other relative"),
]


class Guardianship(models.Model):
    _name = "lbc.guardianship"
    _description = "Guardianship"
    _inherit = ["lbc.access.mixin"]
    _order = "child_id, role, id desc"  # of fields that everybody may read who reaches the line
    _thread_group = data_groups.WRITE_FILE
    _default_write_group = data_groups.WRITE_FILE
    _rec_name = "guardian_id"
    _journal_changes = True
    _journal_children = "child_id"

    child_id = fields.Many2one("lbc.child", required=True, ondelete="cascade", index=True)
    guardian_id = fields.Many2one(
        "lbc.guardian", "Person", required=True, ondelete="restrict", index=True
    )
    area_id = fields.Many2one(related="child_id.area_id", store=True, index=True, precompute=True)
    township_id = fields.Many2one(
        related="child_id.township_id", store=True, index=True, precompute=True
    )
    county_id = fields.Many2one(
        related="child_id.county_id", store=True, index=True, precompute=True
    )
    role = fields.Selection(ROLES, "Role for the Child", required=True)
    relation = fields.Selection(
        RELATION, help="What the person is to the child.", groups=data_groups.GUARDIANSHIP
    )
    date_from = fields.Date("From", groups=data_groups.GUARDIANSHIP)
    date_to = fields.Date("To", groups=data_groups.GUARDIANSHIP, help="Empty: today.")
    care_quality = fields.Selection(CARE_QUALITY, groups=data_groups.GUARDIANSHIP)
    basis = fields.Char(groups=data_groups.GUARDIANSHIP, help="Agreement, court decision, custom.")
    capacity_evidence = fields.Char(
        "Evidence of Full Capacity",
        groups=data_groups.GUARDIANSHIP,
        help="For a carer of 16 or 17 who lives on own work (article 18 of the Civil Code).",
    )
    guardian_name = fields.Char(
        "Full Name", related="guardian_id.name", groups=data_groups.IDENTITY
    )
    guardian_phone = fields.Char(
        "Phone", related="guardian_id.phone", groups=data_groups.PARENT_CONTACT
    )
    guardian_phone_masked = fields.Char(
        related="guardian_id.phone_masked", groups=data_groups.PARENT_CONTACT_MASKED
    )

    # Who was a parent on a day: the few that have ended since (`columns._parent_then`).
    _ended = models.Index("(date_to) WHERE date_to IS NOT NULL")
    _period = models.Constraint("CHECK(date_to >= date_from)", "It cannot end before it begins.")
    _one_parent = models.UniqueIndex(
        "(child_id, role) WHERE date_to IS NULL AND role IN ('father', 'mother', 'carer')",
        "The child already has a father, mother or carer today. End that relation first.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        self.flush_model(["date_to"])  # one save may end a line and begin the next
        return super().create(vals_list)

    @api.onchange("role")
    def _onchange_role(self):
        if self.role in ("father", "mother"):
            self.relation = self.role

    @api.ondelete(at_uninstall=False)
    def _unlink_only_of_drafts(self):
        for line in self:
            if line.child_id.state not in ("draft", "rejected"):
                raise UserError(
                    self.env._(
                        "%(child)s was submitted: end the relation with a date instead of deleting "
                        "it.",
                        child=line.child_id.display_name,
                    )
                )

    @api.constrains("role", "guardian_id", "capacity_evidence")
    def _check_carer_of_age(self):
        """L-1b, domain.md §C.6 case 25: a carer has full capacity."""
        for line in self.sudo():  # the birth date belongs to another data group
            day = line.date_from or fields.Date.context_today(self)
            young = line.role == "carer" and not line.guardian_id._is_of_age(day)
            if young and not line.capacity_evidence:
                raise ValidationError(
                    self.env._(
                        "%(person)s is under 18 and cannot be a carer. Choose an adult, or name "
                        "the evidence of full capacity (16 or 17, living on own work).",
                        person=line.guardian_id.display_name,
                    )
                )

    @api.constrains("date_to")
    def _check_ended(self):
        today = fields.Date.context_today(self)
        for line in self:
            if line.date_to and line.date_to > today:
                raise ValidationError(
                    self.env._(
                        "%(person)s: an end in the future cannot be entered. Enter it on the day.",
                        person=line.guardian_id.display_name,
                    )
                )

    @api.constrains("child_id", "guardian_id")
    def _check_not_same_number(self):
        for line in self.sudo():
            if line.child_id.id_number and line.child_id.id_number == line.guardian_id.id_number:
                raise ValidationError(
                    self.env._(
                        "%(person)s has the identity number of the child itself.",
                        person=line.guardian_id.display_name,
                    )
                )
