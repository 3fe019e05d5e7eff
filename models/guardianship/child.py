"""Agreements on the child's file, who answers for the child on a day, and the dates that set off duties (B-4.1a, I5).

Whether an agreement is in force is no longer what a census said, but what the agreements say.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ...lib import guardian_day as rule
from ..access import data_groups
from . import guardian_dates
from .guardian_of_day import answers
from .vocabulary import OPEN


class Child(models.Model):
    _inherit = "lbc.child"

    agreement_line_ids = fields.One2many(
        "lbc.agreement.line", "child_id", "Agreements", groups=data_groups.GUARDIANSHIP
    )
    agreement_count = fields.Integer(
        "Number of Agreements", compute="_compute_agreement_count", groups=data_groups.GUARDIANSHIP
    )
    guardian_kind = fields.Selection(
        list(rule.KINDS.items()),
        "Guardian Today",
        compute="_compute_guardian_today",
        search="_search_guardian_kind",
        groups=data_groups.GUARDIANSHIP,
    )
    guardian_ground = fields.Selection(
        list(rule.GROUNDS.items()),
        "Because",
        compute="_compute_guardian_today",
        groups=data_groups.GUARDIANSHIP,
    )
    guardian_today_id = fields.Many2one(
        "lbc.guardian",
        "Who Answers Today",
        compute="_compute_guardian_today",
        groups=data_groups.GUARDIANSHIP,
    )
    # Written by `_refresh_guardian_dates`: what sets off duties is a stored date.
    gap_since = fields.Date(
        "Without a Guardian Since", readonly=True, copy=False, groups=data_groups.GUARDIANSHIP
    )
    agreement_until = fields.Date(
        "Agreement until", readonly=True, copy=False, groups=data_groups.GUARDIANSHIP
    )
    agreement_warn_on = fields.Date(
        "Agreement to Renew from", readonly=True, copy=False, groups=data_groups.GUARDIANSHIP
    )
    no_agreement = fields.Boolean(help="On this day no confirmed agreement holds for the child.")

    _gap = models.Index("(gap_since) WHERE gap_since IS NOT NULL")

    def _compute_agreement_count(self):
        lines = self.env["lbc.agreement.line"]._read_group(
            [("child_id", "in", self.ids)], ["child_id"], ["__count"]
        )
        counts = {child.id: count for child, count in lines}
        for child in self:
            child.agreement_count = counts.get(child._origin.id, 0)

    @api.depends("guardianship_ids", "agreement_line_ids")
    def _compute_guardian_today(self):
        found = self._origin._guardians_on(fields.Date.context_today(self))
        for child in self:
            answer = found.get(child._origin.id)
            child.guardian_kind = answer and answer.kind
            child.guardian_ground = answer and answer.ground
            child.guardian_today_id = answer and answer.guardian

    @api.model
    def _search_guardian_kind(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Core asks for the right to a field only where the field itself becomes SQL.
        self._check_field_access(self._fields["guardian_kind"], "read")
        # Of whom the caller reaches only: a village does not wait for its county.
        children = self.with_context(active_test=False)._search([])
        asked = children.select(
            SQL("lbc_child.id AS child_id"),
            SQL("lbc_child.county_id"),
            SQL("%s::date AS day", fields.Date.context_today(self)),
        )
        self.env.flush_all()
        return [
            (
                "id",
                "in",
                SQL(
                    "(SELECT w.child_id FROM (%s) w WHERE w.kind = ANY(%s))",
                    answers(asked),
                    [one for one in value if one],
                ),
            )
        ]

    def _guardians_on(self, day):
        """Return {id: `lib.guardian_day.Answer`} of these children on `day` (date): exactly one for each.

        Who answers for a child belongs to the data group of carers; callers check the right to it.
        """
        if not self:
            return {}
        self.env.flush_all()
        asked = SQL(
            "SELECT id AS child_id, county_id, %s::date AS day FROM lbc_child WHERE id = ANY(%s)",
            day,
            self.ids,
        )
        rows = self.env.execute_query(answers(asked))
        return {row[0]: rule.Answer(*row[2:]) for row in rows}

    @api.model
    def _refresh_guardian_dates_of(self, domain):
        """Bring the stored dates of the children in `domain` up to date, in a constant number of statements."""
        self.env.flush_all()
        children = self.sudo().with_context(active_test=False)._search(domain)
        profiles = self.env["lbc.profile"].sudo().search([("county_id", "!=", False)])
        warn_days = {one.county_id.id: one._agreement_warn_days() for one in profiles}
        today = fields.Date.context_today(self)
        self.env.cr.execute(guardian_dates.update(children, warn_days, today))
        self.invalidate_model(["gap_since", "agreement_until", "agreement_warn_on"])

    def _refresh_guardian_dates(self):
        """Bring the stored dates of these children up to date: since when without a guardian, when to renew."""
        if self.ids:
            self._refresh_guardian_dates_of([("id", "in", self.ids)])

    @api.model
    def _pass_the_night(self, counties):
        """Every night in these counties: days pass, agreements begin and end by themselves. Safe to run twice."""
        today = fields.Date.context_today(self)
        agreements = self.env["lbc.agreement"].sudo()
        agreements._renewed_early(counties)._give_way()
        agreements._begun(counties, today)._name_carers()
        self._refresh_guardian_dates_of([("county_id", "in", counties.ids)])

    @api.model
    def _sql_with_agreement(self, ids=None):
        """Return SQL: ids of children (of `ids`, else all) for whom an agreement holds today."""
        self.env["lbc.agreement.line"].flush_model()
        return SQL(
            "SELECT child_id FROM lbc_agreement_line WHERE state IN ('in_force', 'renewed', 'ended') "
            "AND %(day)s BETWEEN date_from AND date_to AND %(chosen)s",
            day=fields.Date.context_today(self),
            chosen=SQL("child_id = ANY(%s)", ids) if ids is not None else SQL("true"),
        )

    def _after_step(self):
        result = super()._after_step()
        gone = self.sudo().filtered(lambda child: child.state in ("exited", "void"))
        lines = gone.agreement_line_ids.filtered(
            lambda line: line.state in OPEN and not line.ended_on
        )
        for line in lines:
            line._leave(line.child_id.date_exit or fields.Date.context_today(self))
        self.sudo()._refresh_guardian_dates()
        return result

    def write(self, vals):
        result = super().write(vals)
        if "area_id" in vals:
            self.sudo()._take_agreements_along()
        return result

    def _take_agreements_along(self):
        """Agreements live where their children live; one with children elsewhere stays (idea 3)."""
        agreements = self.agreement_line_ids.agreement_id
        together = agreements.filtered(lambda one: len(one.line_ids.child_id.area_id) == 1)
        for area, own in together.grouped(lambda one: one.line_ids.child_id.area_id).items():
            own.area_id = area

    def action_view_agreements(self):
        """Open the agreements of this child."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Agreements"),
            "res_model": "lbc.agreement",
            "view_mode": "list,form",
            "domain": [("line_ids.child_id", "in", self.ids)],
            "context": {
                "default_area_id": self.area_id.id,
                "default_line_ids": [(0, 0, {"child_id": self.id})],
            },
        }
