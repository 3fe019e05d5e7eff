"""The assessment of a child's risk by scorecard (domain.md §B.11, §C.1.2 风险, L-2m, B-3.3f).

Village or social worker assesses, the township puts it in force; the level drives the visits. Steps: `risk_steps.py`.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...lib import risk
from ...lib.periods import month_end
from ..access import data_groups

LEVELS = [("high", "High"), ("medium", "Medium"), ("low", "Low")]
STATES = [
    ("draft", "Draft"),
    ("to_review", "To Review"),
    ("in_force", "In Force"),
    ("replaced", "Replaced"),
]
OVERRIDE = {"override_level", "override_reason", "override_until"}


class RiskAssessment(models.Model):
    _name = "lbc.risk.assessment"
    _description = "Risk Assessment"
    _inherit = ["lbc.access.mixin"]
    _order = "date desc, id desc"
    _thread_group = data_groups.RISK
    _lbc_data_groups = ("risk",)
    _journal_changes = True
    _journal_children = "child_id"

    child_id = fields.Many2one("lbc.child", required=True, index=True, ondelete="cascade")
    area_id = fields.Many2one(
        related="child_id.area_id", string="Village", store=True, precompute=True
    )
    township_id = fields.Many2one(related="child_id.township_id", store=True, precompute=True)
    county_id = fields.Many2one(related="child_id.county_id", store=True, precompute=True)
    date = fields.Date("Assessed On", required=True, default=fields.Date.context_today)
    scheme_id = fields.Many2one(
        "lbc.risk.scheme",
        "Scorecard",
        compute="_compute_scheme_id",
        store=True,
        precompute=True,
        ondelete="restrict",
    )
    assessor_id = fields.Many2one(
        "res.users", readonly=True, default=lambda self: self.env.user, ondelete="restrict"
    )
    is_relative = fields.Boolean(
        "Assessor Is a Relative", help="Then somebody who is none takes part and is named."
    )
    participants = fields.Char("Who Took Part", help="Posts, such as teacher or resident cadre.")
    card = fields.Json(compute="_compute_card")
    answers = fields.Json(groups=data_groups.RISK)
    score = fields.Float(
        compute="_compute_verdict",
        store=True,
        digits=(5, 1),
        aggregator="avg",
        groups=data_groups.RISK,
    )
    proposed_level = fields.Selection(
        LEVELS, "Computed Level", compute="_compute_verdict", store=True, groups=data_groups.RISK
    )
    knock_outs = fields.Char(
        "High at Once Because", compute="_compute_verdict", store=True, groups=data_groups.RISK
    )
    missing = fields.Char("Still to Answer", compute="_compute_missing", groups=data_groups.RISK)
    override_level = fields.Selection(LEVELS, "Set Level Instead", groups=data_groups.RISK)
    override_reason = fields.Char("Why Another Level", groups=data_groups.RISK)
    override_until = fields.Date("Until", groups=data_groups.RISK)
    override_ended_on = fields.Date("Ended On", readonly=True, groups=data_groups.RISK)
    level = fields.Selection(
        LEVELS, "Risk", compute="_compute_level", store=True, groups=data_groups.RISK
    )
    note = fields.Text(groups=data_groups.RISK)
    submitted_on = fields.Date(readonly=True)
    reviewer_id = fields.Many2one(
        "res.users", readonly=True, ondelete="restrict", copy=False, index="btree_not_null"
    )
    reviewed_on = fields.Date(readonly=True, copy=False)
    return_reason = fields.Char("Why Returned", readonly=True, groups=data_groups.RISK)
    next_due_date = fields.Date("Next Assessment", compute="_compute_next_due_date")
    can_review = fields.Boolean(compute="_compute_can_review")
    state = fields.Selection(STATES, default="draft", required=True, readonly=True, index=True)

    _area_order = models.Index("(area_id, date DESC, id DESC)")
    _township_order = models.Index("(township_id, date DESC, id DESC)")
    _county_order = models.Index("(county_id, date DESC, id DESC)")
    _overrides = models.Index(
        "(override_until) WHERE override_until IS NOT NULL AND override_ended_on IS NULL"
    )
    _one_in_force = models.UniqueIndex(
        "(child_id) WHERE state = 'in_force'",
        "Another assessment of this child came into force meanwhile. Reload the page.",
    )

    @api.depends("child_id")
    def _compute_scheme_id(self):
        schemes = self.env["lbc.risk.scheme"]
        of_county = {
            county: schemes._for_county(county) for county in self.sudo().child_id.county_id
        }
        for assessment in self:
            county = assessment.sudo().child_id.county_id
            assessment.scheme_id = of_county.get(county, schemes).id

    @api.depends("scheme_id")
    def _compute_card(self):
        cards = {scheme: scheme._card() for scheme in self.scheme_id}
        for assessment in self:
            assessment.card = cards.get(assessment.scheme_id, [])

    @api.depends("answers", "scheme_id")
    def _compute_verdict(self):
        verdicts = self._verdicts()
        comma = self.env._("%(one)s, %(other)s", one="", other="")
        for assessment in self:
            verdict = verdicts[assessment]
            options = assessment.scheme_id.sudo().item_ids.option_ids.browse(verdict.knock_outs)
            assessment.score = verdict.score or 0
            assessment.proposed_level = verdict.level
            assessment.knock_outs = comma.join(options.mapped("name")) or False

    @api.depends("answers", "scheme_id")
    def _compute_missing(self):
        verdicts = self._verdicts()
        comma = self.env._("%(one)s, %(other)s", one="", other="")
        for assessment in self:
            items = assessment.scheme_id.sudo().item_ids.browse(verdicts[assessment].missing)
            assessment.missing = comma.join(items.mapped("name"))

    def _verdicts(self):
        """Return {assessment: `lib.risk.Verdict`} on the answers as they stand."""
        items = {scheme: scheme._items() for scheme in self.scheme_id}
        found = {}
        for assessment in self:
            scheme = assessment.scheme_id.sudo()
            found[assessment] = risk.judge(
                items.get(assessment.scheme_id, {}),
                _clean(assessment.answers) or {},
                scheme.low_from,
                scheme.medium_from,
            )
        return found

    @api.depends("proposed_level", "override_level", "override_ended_on")
    def _compute_level(self):
        for assessment in self:
            stands = assessment.override_level and not assessment.override_ended_on
            assessment.level = assessment.override_level if stands else assessment.proposed_level

    @api.depends("date", "county_id")
    def _compute_next_due_date(self):
        profiles = self.env["lbc.profile"]
        months = {
            county: profiles._for_county(county)._numbers("risk_months")
            for county in self.county_id
        }
        for assessment in self:
            start = assessment.date and risk.next_month(
                assessment.date, months.get(assessment.county_id, ())
            )
            assessment.next_due_date = start and month_end(start)

    @api.depends("child_id.display_name", "date")
    def _compute_display_name(self):
        for assessment in self:
            child = assessment.sudo().child_id  # masked by construction
            assessment.display_name = f"{child.display_name or ''} {assessment.date or ''}".strip()

    @api.depends("state", "assessor_id")
    @api.depends_context("uid")
    def _compute_can_review(self):
        reviewer = self.env.user._lbc_has_role("township", "civil_affairs")
        for assessment in self:
            own = self.env.user in assessment.assessor_id | assessment.create_uid
            assessment.can_review = reviewer and assessment.state == "to_review" and not own

    @api.onchange("override_level")
    def _onchange_override_level(self):
        if self.override_level and not self.override_until:
            today = fields.Date.context_today(self)
            self.override_until = today + timedelta(days=self.scheme_id.override_days or 90)

    @api.constrains("answers", "scheme_id")
    def _check_answers(self):
        for assessment in self:
            assessment._refuse_foreign_answers()

    def _refuse_foreign_answers(self):
        """Refuse answers that the scorecard does not offer, two to a question of one, none and others."""
        self.ensure_one()
        items = {item.id: item for item in self.scheme_id.sudo().item_ids}
        answers = _clean(self.answers)
        ok = answers is not None and answers.keys() <= items.keys()
        for key, chosen in answers.items() if ok else ():
            picked = items[key].option_ids.filtered(lambda one, chosen=chosen: one.id in chosen)
            alone = not items[key].several or any(picked.mapped("is_none"))
            ok &= len(picked) == len(chosen) and not (alone and len(picked) > 1)
        if not ok:
            raise ValidationError(
                self.env._("These answers are not those of the scorecard. Reload the page.")
            )

    @api.constrains("override_level", "override_reason", "override_until", "answers", "knock_outs")
    def _check_override(self):
        for assessment in self:
            assessment._refuse_override()

    def _refuse_override(self):
        """Refuse an override without reason or end, too long, or below a reason for high risk."""
        self.ensure_one()
        if not self.override_level or self.override_ended_on:
            return
        days = self.scheme_id.sudo().override_days or 90
        today = fields.Date.context_today(self)
        last = today + timedelta(days=days)
        text = None
        if not (self.override_reason or "").strip():
            text = self.env._("Say why the level is another one than the answers give.")
        elif not self.override_until or not today <= self.override_until <= last:
            text = self.env._("Say until when, %(days)s days from today at most.", days=days)
        elif self.knock_outs and self.override_level != "high":
            text = self.env._(
                "An answer makes the risk high at once. Correct the answer, if it is not true."
            )
        if text:
            raise ValidationError(text)

    def write(self, vals):
        # The answers and what they were given on stay once they were handed in.
        if not self.env.su:
            self._refuse_late_changes(vals)
        changes = bool(OVERRIDE & vals.keys())
        if changes and "override_ended_on" not in vals:
            ended = self.sudo().filtered("override_ended_on")
            ended.override_ended_on = False  # a new override begins
        result = super().write(vals)
        if changes:
            self.filtered(lambda one: one.state == "in_force")._carry_levels()
        return result

    def _refuse_late_changes(self, vals):
        """Refuse changes of what was handed in, but for the township's own level."""
        for assessment in self:
            late = assessment.state in ("in_force", "to_review") and not vals.keys() - OVERRIDE
            if late:
                self._require_role("township", "civil_affairs")
            elif assessment.state != "draft":
                raise UserError(
                    self.env._(
                        "An assessment that was handed in is not changed. Have the township return "
                        "it, or assess anew."
                    )
                )

    def _has_field_access(self, field, operation):
        # Whoever may write the record enters it, though the group is only read in the village (§C.1.2 风险).
        if operation == "write" and field.groups == data_groups.RISK:
            operation = "read"
        return super()._has_field_access(field, operation)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(assessment.state != "draft" for assessment in self):
            raise UserError(
                self.env._("An assessment that was handed in is never deleted. Assess anew.")
            )


def _clean(answers):
    """Return {item id: option ids (list)} of stored answers; None where they are no such thing."""
    answers = answers or {}
    if not isinstance(answers, dict) or not all(str(key).isdigit() for key in answers):
        return None
    ok = all(isinstance(chosen, list) for chosen in answers.values())
    return {int(key): chosen for key, chosen in answers.items()} if ok else None
