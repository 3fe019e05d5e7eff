"""Father, mother and carer of today, and the verdict whether the child is left behind (B-2a, L-0a)."""

from odoo import api, fields, models

from ...lib import ages
from ...lib import eligibility as rules
from ..access import data_groups
from .vocabulary import RELATION


class Child(models.Model):
    _inherit = "lbc.child"

    father_id = fields.Many2one("lbc.guardian", compute="_compute_family", store=True, index=True)
    mother_id = fields.Many2one("lbc.guardian", compute="_compute_family", store=True, index=True)
    carer_id = fields.Many2one("lbc.guardian", compute="_compute_family", store=True, index=True)
    father_name = fields.Char(
        "Father's Name", related="father_id.name", groups=data_groups.IDENTITY
    )
    mother_name = fields.Char(
        "Mother's Name", related="mother_id.name", groups=data_groups.IDENTITY
    )
    carer_name = fields.Char("Carer's Name", related="carer_id.name", groups=data_groups.IDENTITY)
    carer_phone = fields.Char(
        "Carer's Phone", related="carer_id.phone", groups=data_groups.PARENT_CONTACT
    )
    carer_phone_masked = fields.Char(
        "Carer's Masked Phone",
        related="carer_id.phone_masked",
        groups=data_groups.PARENT_CONTACT_MASKED,
    )
    carer_relation = fields.Selection(
        RELATION,
        compute="_compute_family",
        store=True,
        groups=data_groups.GUARDIANSHIP,
    )
    eligibility = fields.Selection(
        [
            ("eligible", "Left behind"),
            ("suspected", "To be verified"),
            ("ineligible", "Not left behind"),
        ],
        compute="_compute_eligibility",
        store=True,
        tracking=True,
        index=True,
    )
    eligibility_reason = fields.Selection(
        list(rules.REASONS.items()),
        "Ground",
        compute="_compute_eligibility",
        store=True,
        groups=data_groups.GUARDIANSHIP,
    )
    eligibility_basis = fields.Char(
        "Facts", compute="_compute_eligibility", store=True, groups=data_groups.GUARDIANSHIP
    )
    eligibility_text = fields.Char(
        "Rests on", compute="_compute_eligibility_text", groups=data_groups.GUARDIANSHIP
    )
    review_on = fields.Date(
        compute="_compute_eligibility",
        store=True,
        index=True,
        help="First day on which the same facts may give another answer.",
    )

    @api.depends(
        "guardianship_ids.role",
        "guardianship_ids.guardian_id",
        "guardianship_ids.relation",
        "guardianship_ids.date_to",
    )
    def _compute_family(self):
        for child in self:
            lines = child.guardianship_ids.filtered(lambda line: not line.date_to)
            by_role = {line.role: line for line in lines}
            none = self.env["lbc.guardianship"]
            child.father_id = by_role.get("father", none).guardian_id
            child.mother_id = by_role.get("mother", none).guardian_id
            carer = by_role.get("carer", none)
            child.carer_id = carer.guardian_id
            child.carer_relation = carer.relation

    @api.depends(
        "birth_date",
        "county_id",
        "father_id.state",
        "father_id.birth_date",
        "father_id.migration_ids.date_from",
        "father_id.migration_ids.date_to",
        "father_id.migration_ids.cross_county",
        "father_id.migration_ids.home_stay_ids.date_from",
        "father_id.migration_ids.home_stay_ids.date_to",
        "father_id.capacity_ids.is_proved",
        "father_id.capacity_ids.passes",
        "father_id.capacity_ids.reason",
        "father_id.capacity_ids.valid_from",
        "father_id.capacity_ids.valid_to",
        "mother_id.state",
        "mother_id.birth_date",
        "mother_id.migration_ids.date_from",
        "mother_id.migration_ids.date_to",
        "mother_id.migration_ids.cross_county",
        "mother_id.migration_ids.home_stay_ids.date_from",
        "mother_id.migration_ids.home_stay_ids.date_to",
        "mother_id.capacity_ids.is_proved",
        "mother_id.capacity_ids.passes",
        "mother_id.capacity_ids.reason",
        "mother_id.capacity_ids.valid_from",
        "mother_id.capacity_ids.valid_to",
    )
    def _compute_eligibility(self):
        today = fields.Date.context_today(self)
        for child in self:
            if not self.env["lbc.profile"].sudo()._id_for_county(child.county_id.id):
                child.eligibility = child.eligibility_reason = child.eligibility_basis = False
                child.review_on = False
                continue
            verdict = child._assess(today)
            child.eligibility = verdict.status
            child.eligibility_reason = verdict.reason
            child.eligibility_basis = ",".join(verdict.basis)
            child.review_on = min(
                filter(None, (verdict.review_on, *child._other_turning_days(today))), default=False
            )

    def _other_turning_days(self, day):
        """Yield the dates after `day` on which a certificate ends or a young parent comes of age."""
        for parent in self.father_id | self.mother_id:
            yield from parent._turning_days(day)

    def _assess(self, day):
        """Return the `lib.eligibility.Verdict` for this child on `day` (date)."""
        self.ensure_one()
        profile = self._profile()
        policy = profile._eligibility_policy()
        return rules.assess(
            rules.ChildFacts(self.birth_date or None),
            self._parent_facts(self.father_id, day, profile),
            self._parent_facts(self.mother_id, day, profile),
            policy,
            day,
        )

    def _parent_facts(self, parent, day, profile):
        """Return the `lib.eligibility.ParentFacts` of a parent (0 or 1 guardian) on `day`."""
        if not parent:
            return rules.ParentFacts(known=False)
        spell = parent.migration_ids._latest_first()[:1]
        stay = spell.home_stay_ids.filtered(
            lambda one: one.date_from <= day and (not one.date_to or one.date_to >= day)
        )[:1]
        losses = parent.capacity_ids._holds_on(day, profile._incapacity_reasons())
        capacity = losses.sorted("is_proved", reverse=True)[:1]
        return rules.ParentFacts(
            state=parent.state,
            away_since=parent.migration_ids._away_since(profile.home_tolerance_days),
            away_until=spell.date_to or None,
            away=bool(spell) and not spell.date_to,
            cross_county={"yes": True, "no": False}.get(spell.cross_county),
            home_since=stay.date_from or None,
            incapacity=capacity.reason or None,
            incapacity_proved=capacity.is_proved,
            minor=bool(parent.birth_date)
            and ages.age_on(parent.birth_date, day) < ages.AGE_MAJORITY,
        )

    @api.depends("eligibility_reason", "eligibility_basis")
    @api.depends_context("lang")
    def _compute_eligibility_text(self):
        facts = self._fact_labels()
        separator = self.env._("%(one)s; %(other)s", one="", other="")
        for child in self:
            parts = []
            for fact in filter(None, (child.eligibility_basis or "").split(",")):
                who, _sep, what = fact.partition("_")
                label = facts.get(what, what)
                if who == "father":
                    parts.append(self.env._("The father %(fact)s", fact=label))
                elif who == "mother":
                    parts.append(self.env._("The mother %(fact)s", fact=label))
            child.eligibility_text = separator.join(parts)

    @api.model
    def _fact_labels(self):
        """Return {fact code: words in the user's language}."""
        states = self.env["lbc.guardian"]._fields["state"]._description_selection(self.env)
        return {
            **dict(states),
            "away": self.env._("works away"),
            "away_not_long": self.env._("has not been away long enough"),
            "away_unverified": self.env._("is said to work away (not verified)"),
            "away_in_county": self.env._("works inside the county"),
            "at_home": self.env._("is at home and able to care"),
            "incapable": self.env._("is unable to care"),
            "incapacity_unproved": self.env._("is said to be unable to care (evidence missing)"),
            "unknown": self.env._("is not recorded"),
        }

    @api.model
    def _cron_review(self):
        """Judge again the children for whom the day has come, and propose exits (daily).

        Time alone changes verdicts: birthdays, months of work away, ends of certificates. Safe to
        run twice and after days of outage: what is due is found by date.
        """
        today = fields.Date.context_today(self)
        due = self.search([("review_on", "<=", today), ("state", "!=", "void")])
        for name in ("eligibility", "eligibility_reason", "eligibility_basis", "review_on"):
            self.env.add_to_compute(self._fields[name], due)
        due.flush_recordset()
        self.search(
            [("state", "=", "on_ledger"), ("eligibility", "=", "ineligible")]
        )._propose_exits()
