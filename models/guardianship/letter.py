"""Letter of responsibility, 农村留守儿童管理教育责任书 (B-4.3b; domain.md §C.1.2 责任书).

School, village and parent or guardian sign one letter for each child and school year; it is in
force only with all three signatures, and until the school year ends. Where a district asks for it
is said by the profile (`responsibility_letter`).
"""

from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...lib import placeholders
from ..access import data_groups
from . import document_values as values_of

FIRST_MONTH = 9  # the school year begins on 1 September
IN_TEXT = {"child_id", "guardian_id", "school_id", "school_year"}


class Letter(models.Model):
    _name = "lbc.letter"
    _description = "Letter of Responsibility"
    _inherit = ["lbc.access.mixin", "lbc.duty.evidence", "lbc.document.mixin"]
    _order = "school_year desc, id desc"
    _rec_name = "name"
    _document_kind = placeholders.LETTER
    _evidence_dates = ("in_force_on",)
    _evidence_subjects = {"child": "child_id"}
    _thread_group = data_groups.GUARDIANSHIP
    _lbc_data_groups = ("guardianship",)
    _journal_changes = True
    _journal_children = "child_id"

    name = fields.Char("Letter Number", readonly=True, copy=False)
    child_id = fields.Many2one("lbc.child", required=True, ondelete="cascade", index=True)
    area_id = fields.Many2one(
        related="child_id.area_id", string="Village", store=True, precompute=True
    )
    township_id = fields.Many2one(related="child_id.township_id", store=True, precompute=True)
    county_id = fields.Many2one(related="child_id.county_id", store=True, precompute=True)
    school_year = fields.Integer(
        required=True,
        default=lambda self: self._school_year_of(fields.Date.context_today(self)),
        help="The year in which it begins.",
    )
    date_to = fields.Date("Valid until", compute="_compute_date_to", store=True)
    school_id = fields.Many2one(
        "lbc.organization",
        compute="_compute_parties",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        domain="[('kind_code', 'in', ('school', 'kindergarten'))]",
    )
    guardian_id = fields.Many2one(
        "lbc.guardian",
        "Parent or Guardian",
        compute="_compute_parties",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        index="btree_not_null",
        help="Who signs for the family: a parent, or the carer for them.",
    )
    school_signed_on = fields.Date("Signed by the School on", readonly=True, copy=False)
    school_signature = fields.Binary(
        "Signature of the School", attachment=True, readonly=True, copy=False
    )
    school_user_id = fields.Many2one(
        "res.users", "Entered for the School by", readonly=True, copy=False
    )
    village_signed_on = fields.Date("Signed by the Village on", readonly=True, copy=False)
    village_signature = fields.Binary(
        "Signature of the Village", attachment=True, readonly=True, copy=False
    )
    village_user_id = fields.Many2one(
        "res.users", "Entered for the Village by", readonly=True, copy=False
    )
    guardian_signed_on = fields.Date("Signed by the Family on", readonly=True, copy=False)
    guardian_signature = fields.Binary(
        "Signature of the Family", attachment=True, readonly=True, copy=False
    )
    guardian_user_id = fields.Many2one(
        "res.users", "Entered for the Family by", readonly=True, copy=False
    )
    guardian_remote = fields.Boolean("Family Signed Remotely", readonly=True, copy=False)
    guardian_remote_note = fields.Char(
        "How the Family Signed",
        readonly=True,
        copy=False,
        groups=data_groups.GUARDIANSHIP,
        help="Channel, time and who witnessed it.",
    )
    scan = fields.Binary("Scan of the Paper", attachment=True, readonly=True, copy=False)
    state = fields.Selection(
        [
            ("to_sign", "To be signed"),
            ("partly_signed", "Partly signed"),
            ("in_force", "Signed by all"),
            ("cancelled", "Cancelled"),
        ],
        default="to_sign",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    in_force_on = fields.Date(
        readonly=True, copy=False, help="Day of the last of the three signatures."
    )
    is_lapsed = fields.Boolean(
        "School Year Is Over", compute="_compute_is_lapsed", search="_search_is_lapsed"
    )

    _one_a_year = models.UniqueIndex(
        "(child_id, school_year) WHERE state <> 'cancelled'",
        "The child already has a letter for this school year. Open that one.",
    )
    _years = models.Constraint(
        "CHECK(school_year BETWEEN 2000 AND 2100)", "The school year lies between 2000 and 2100."
    )
    _area_order = models.Index("(area_id, school_year DESC, id DESC)")
    _township_order = models.Index("(township_id, school_year DESC, id DESC)")
    _county_order = models.Index("(county_id, school_year DESC, id DESC)")

    @api.model
    def _school_year_of(self, day):
        """Return the year (int) in which the school year of a day (date) begins."""
        return day.year if day.month >= FIRST_MONTH else day.year - 1

    @api.depends("name", "child_id.display_name")
    def _compute_display_name(self):
        for letter in self:
            parts = (letter.name, letter.child_id.display_name)
            letter.display_name = " ".join(part for part in parts if part)

    @api.depends("school_year")
    def _compute_date_to(self):
        for letter in self:
            letter.date_to = letter.school_year and date(letter.school_year + 1, 8, 31)

    @api.depends("child_id")
    def _compute_parties(self):
        """The school attended; a parent who signs, or whoever cares for the child."""
        for letter in self:
            child = letter.child_id.sudo()  # the keys alone: who they are is read by their readers
            letter.school_id = child.school_id
            letter.guardian_id = child.mother_id or child.father_id or child.carer_id

    @api.depends("date_to")
    def _compute_is_lapsed(self):
        today = fields.Date.context_today(self)
        for letter in self:
            letter.is_lapsed = bool(letter.date_to) and letter.date_to < today

    @api.model
    def _search_is_lapsed(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        return Domain("date_to", "<" if True in value else ">=", today)

    @api.model
    def _evidence_filed(self):
        """Two signatures are no letter (B-4.3b)."""
        return Domain("state", "=", "in_force")

    @api.model_create_multi
    def create(self, vals_list):
        letters = super().create(vals_list)
        numbers = self.env["ir.sequence"]._lbc_take("lbc.letter", len(letters))
        # Read-only to everybody, so it is not among the values that the access mixin judges.
        for letter, number in zip(letters.sudo(), numbers, strict=True):
            letter.name = number
        return letters

    def write(self, vals):
        if not self.env.su and any(letter.state != "to_sign" for letter in self):
            self._refuse_readonly(vals)
            self.check_access("write")
            raise UserError(
                self.env._(
                    "A letter with a signature is not changed. Cancel it and make a new one."
                )
            )
        result = super().write(vals)
        if IN_TEXT & vals.keys():
            # What was printed before carries another check code and is not the one to be signed.
            self.filtered(lambda one: one.state == "to_sign" and one.sudo().text)._thaw_text()
        return result

    def _lbc_papers_open(self):
        return super()._lbc_papers_open() and self.state in ("to_sign", "partly_signed")

    def action_cancel(self):
        """Cancel the letter, e.g. because the child changed school; a new one can be made.

        :raises AccessError: another role than village, township, civil affairs
        """
        self._require_role("village", "township", "civil_affairs")
        self.check_access("write")
        self._require_state("state", "to_sign", "partly_signed", "in_force")
        # The state is written by steps only, hence the sudo after the checks above.
        self.sudo().state = "cancelled"
        self._withdraw_evidence()
        return True

    # -- text

    def _document_values(self):
        self.ensure_one()
        child, profile = self.child_id, self.env["lbc.profile"]._for_county(self.county_id)
        parents, roles = values_of.parents_of(child)
        year = self.school_year
        values = {
            **values_of.of_place(self.area_id, profile),
            **values_of.of_children(child),
            **values_of.of_parents(parents, roles),
            "number": values_of.escape(self.name),
            "school_year": f"{year}—{year + 1}学年",
        }
        if self.school_id:
            values["schools"] = values_of.escape(self.school_id.name)
        if self.guardian_id and self.guardian_id not in parents:
            values["parents"] = values_of.names(parents | self.guardian_id)
        return values
