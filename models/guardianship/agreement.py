"""The agreement on entrusted care, 委托照护协议 (B-3.2c, B-4.1a, L-1b, articles 22 and 23 of the law, domain.md §B.3).

Parents entrust their children to a carer for a time; the village is witness, the township confirms. Expiring and
expired follow from dates, so nothing is rewritten at night. Steps: `agreement_steps` (until in force) and
`agreement_ending` (suspended, ended, renewed); what must be true before signing: `agreement_check`.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..access import data_groups
from ..registry.vocabulary import CARE_REASON, RELATION
from .vocabulary import CONFIRMED, END_REASONS, STATES, SUSPENSION_REASONS, TERMS, YES_NO


class Agreement(models.Model):
    _name = "lbc.agreement"
    _description = "Care Agreement"
    _inherit = ["lbc.access.mixin", "lbc.area.mixin", "lbc.duty.evidence"]
    _order = "date_from desc, id desc"
    _thread_group = data_groups.GUARDIANSHIP
    _lbc_data_groups = ("guardianship",)
    _default_write_group = data_groups.WRITE_OF_READ[data_groups.GUARDIANSHIP]
    _journal_changes = True
    _evidence_dates = ("confirmed_on", "date_from")
    _evidence_subjects = {"child": "line_ids.child_id", "village": "area_id"}

    name = fields.Char("Agreement Number", readonly=True, copy=False, index=True)
    state = fields.Selection(
        STATES, default="draft", required=True, readonly=True, copy=False, index=True
    )
    origin = fields.Selection(
        [("entered", "Entered"), ("census", "Taken over from a census")],
        default="entered",
        required=True,
        readonly=True,
        copy=False,
    )
    term = fields.Selection(
        TERMS,
        "Called",
        compute="_compute_term",
        store=True,
        precompute=True,
        help="The district's term for the arrangement, kept as it was when it was drafted.",
    )

    # Parties
    line_ids = fields.One2many("lbc.agreement.line", "agreement_id", "Children", copy=False)
    child_ids = fields.Many2many(
        "lbc.child", string="All Children", compute="_compute_child_ids", search="_search_child_ids"
    )
    parent_ids = fields.Many2many(
        "lbc.guardian", "lbc_agreement_parent_rel", "agreement_id", "guardian_id", "Parents"
    )
    carer_id = fields.Many2one("lbc.guardian", "Entrusted Person", ondelete="restrict", index=True)
    relation = fields.Selection(
        RELATION, groups=data_groups.GUARDIANSHIP, help="What the carer is to the children."
    )
    carer_name = fields.Char(
        "Entrusted Person's Name", related="carer_id.name", groups=data_groups.IDENTITY
    )
    reason = fields.Selection(CARE_REASON, groups=data_groups.GUARDIANSHIP)
    reason_note = fields.Char("More about the Reason", groups=data_groups.GUARDIANSHIP)
    work_place = fields.Char("Place of Work", groups=data_groups.PARENT_CONTACT)
    date_from = fields.Date("From", default=fields.Date.context_today)
    date_to = fields.Date("To")
    organization_id = fields.Many2one(
        "lbc.organization",
        "Village Committee",
        ondelete="restrict",
        domain="[('area_id', '=', area_id)]",
        help="Guides and witnesses the agreement.",
    )
    witness_id = fields.Many2one("res.users", "Village Witness", ondelete="restrict")
    witness_posting_id = fields.Many2one("lbc.posting", "Post of the Witness", ondelete="set null")

    # What article 22 asks of the carer; a person answers each, hints come from the registry
    check_adult = fields.Selection(YES_NO, "Of Age", groups=data_groups.GUARDIANSHIP)
    check_capable = fields.Selection(
        YES_NO, "Able to Care", groups=data_groups.GUARDIANSHIP, help="Full civil capacity, health."
    )
    capacity_evidence = fields.Char(
        "Evidence of Full Capacity",
        groups=data_groups.GUARDIANSHIP,
        help="For a carer of 16 or 17 who lives on own work (article 18 of the Civil Code).",
    )
    ban_violence = fields.Selection(
        YES_NO,
        "Ever Harmed Children",
        groups=data_groups.GUARDIANSHIP,
        help="Sexual assault, abuse, abandonment, abduction, violence.",
    )
    ban_addiction = fields.Selection(
        YES_NO, "Drugs, Drinking or Gambling", groups=data_groups.GUARDIANSHIP
    )
    ban_neglect = fields.Selection(
        YES_NO,
        "Ever Neglected a Duty of Care",
        groups=data_groups.GUARDIANSHIP,
        help="Refused it, or failed in it for long.",
    )
    ban_unfit = fields.Selection(YES_NO, "Otherwise Unfit", groups=data_groups.GUARDIANSHIP)
    clearance = fields.Char(
        "Decision That Clears the Carer",
        groups=data_groups.GUARDIANSHIP,
        help="After an allegation or a loss of capacity: who found the carer fit again, when, why.",
    )
    considered = fields.Text(
        "What Was Considered",
        groups=data_groups.GUARDIANSHIP,
        help="Character, family, health and the bond with the child (article 22).",
    )
    carer_hint = fields.Text(
        "What Is on File", compute="_compute_carer_hint", groups=data_groups.GUARDIANSHIP
    )

    # The text that is signed comes from `agreement_text`: rendered when it goes to signing, never again
    to_sign_on = fields.Date("Out for Signing Since", readonly=True, copy=False)
    signature_ids = fields.One2many(
        "lbc.agreement.signature", "agreement_id", "Signatures", copy=False
    )
    scan = fields.Binary(
        "Scan of the Signed Paper", attachment=True, copy=False, groups=data_groups.GUARDIANSHIP
    )
    scan_filename = fields.Char("File Name", copy=False, groups=data_groups.GUARDIANSHIP)
    confirmed_on = fields.Date(readonly=True, copy=False)
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")

    # Notices that article 23 asks for
    notice_school_on = fields.Date("Notice to the School", copy=False)
    notice_school_text = fields.Text(
        "What the School Was Told", copy=False, groups=data_groups.GUARDIANSHIP
    )
    notice_village_on = fields.Date("Notice to the Village", copy=False)
    notice_village_text = fields.Text(
        "What the Village Was Told", copy=False, groups=data_groups.GUARDIANSHIP
    )

    # How it goes on
    renews_id = fields.Many2one(
        "lbc.agreement", readonly=True, copy=False, index=True, ondelete="restrict"
    )
    renewed_by_id = fields.Many2one(
        "lbc.agreement", "Renewed by", readonly=True, copy=False, ondelete="set null"
    )
    suspension_reason = fields.Selection(
        SUSPENSION_REASONS, readonly=True, copy=False, groups=data_groups.GUARDIANSHIP
    )
    end_reason = fields.Selection(
        END_REASONS, readonly=True, copy=False, groups=data_groups.GUARDIANSHIP
    )
    decision_note = fields.Text(
        "Decision and Its Ground", readonly=True, copy=False, groups=data_groups.GUARDIANSHIP
    )
    ended_on = fields.Date("Last Day", readonly=True, copy=False)
    interim_ids = fields.One2many(
        "lbc.agreement.interim", "agreement_id", "Interim Care", readonly=True, copy=False
    )

    _period = models.Constraint(
        "CHECK(date_to >= date_from)", "The agreement cannot end before it begins."
    )
    _dated = models.Constraint(
        "CHECK(state IN ('draft', 'to_sign', 'cancelled') "
        "OR (date_from IS NOT NULL AND date_to IS NOT NULL AND confirmed_on IS NOT NULL))",
        "An agreement in force has a first and a last day.",
    )
    _area_order = models.Index("(area_id, date_from DESC, id DESC)")
    _township_order = models.Index("(township_id, date_from DESC, id DESC)")
    _county_order = models.Index("(county_id, date_from DESC, id DESC)")
    _expiry = models.Index("(date_to) WHERE state = 'in_force'")

    @api.depends("name", "carer_id.name_masked")
    def _compute_display_name(self):
        for agreement in self:
            carer = agreement.sudo().carer_id.name_masked  # masked by construction
            parts = (agreement.name, carer)
            agreement.display_name = " ".join(part for part in parts if part)

    @api.depends("area_id")
    def _compute_term(self):
        for agreement in self:
            profiles = self.env["lbc.profile"].sudo()
            profile = profiles.browse(profiles._id_for_county(agreement.county_id.id))
            agreement.term = agreement.term or profile.term_care or "entrusted_care"

    @api.depends("line_ids.child_id")
    def _compute_child_ids(self):
        for agreement in self:
            agreement.child_ids = agreement.line_ids.child_id

    @api.model
    def _search_child_ids(self, operator, value):
        if operator not in ("in", "any"):
            return NotImplemented
        return Domain("line_ids", "any", Domain("child_id", operator, value))

    @api.model
    def _evidence_filed(self):
        """Only confirmed agreements prove anything; suspended, ended and renewed ones did."""
        return Domain("state", "in", CONFIRMED)

    @api.onchange("area_id")
    def _onchange_area_id(self):
        if self.area_id and self.organization_id.area_id != self.area_id:
            self.organization_id = self._village_committee(self.area_id)

    @api.model
    def _village_committee(self, area):
        """Return the committee (0 or 1 `lbc.organization`) of a village."""
        domain = [("area_id", "=", area.id), ("kind_code", "=", "village_committee")]
        return self.env["lbc.organization"].search(domain, limit=1)

    def _first_day(self):
        """Return the first day (date or False) on which this agreement holds: the agreed one, but not before it was
        confirmed, so that days without an agreement stay what they were (§C.6 case 10).

        A census tells of papers that were in force long before it came.
        """
        days = [self.date_from]
        if self.origin != "census":
            days.append(self.confirmed_on)
        return max(filter(None, days), default=False) if self.date_from else False

    @api.model_create_multi
    def create(self, vals_list):
        agreements = super().create(vals_list)
        numbers = self.env["ir.sequence"]._lbc_take("lbc.agreement", len(agreements))
        # Read-only to everybody, so it is not among the values that the access mixin judges.
        for agreement, number in zip(agreements.sudo(), numbers, strict=True):
            agreement.name = number
        return agreements

    def write(self, vals):
        """What was signed is not changed: only drafts are edited, and the notices of all."""
        self.check_access("write")
        self._refuse_readonly(vals)
        if "scan" in vals and not self.env.su:
            self._refuse_another_scan()
        free = all(name.startswith(("notice_", "scan", "signature_ids")) for name in vals)
        if not self.env.su and not free and any(one.state != "draft" for one in self):
            raise UserError(
                self.env._(
                    "The text of an agreement that went to signing does not change. Take it back "
                    "to draft, or end it and draw up another one."
                )
            )
        return super().write(vals)

    def _refuse_another_scan(self):
        """Refuse to replace the signed paper of an agreement that is or was in force."""
        closed = self.sudo().with_context(bin_size=True)
        closed = closed.filtered(lambda one: one.scan and not one._lbc_papers_open())
        if closed:
            raise UserError(
                self.env._(
                    "%(agreement)s is confirmed: the scan of its paper stays as it is.",
                    agreement=closed[0].display_name,
                )
            )

    def _lbc_papers_open(self):
        return super()._lbc_papers_open() and self.state in ("draft", "to_sign")

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(agreement.state != "draft" for agreement in self):
            raise UserError(
                self.env._("An agreement that went to signing is never deleted. Cancel it instead.")
            )

    @api.model
    def _journal_children_sql(self, ids):
        return SQL("SELECT child_id FROM lbc_agreement_line WHERE agreement_id = ANY(%s)", ids)
