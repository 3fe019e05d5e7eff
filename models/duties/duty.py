"""One table of duties; evidence, not ticks (architecture, idea 2).

Stored states are open, done and cancelled; overdue and late follow from dates, so nothing has to be
rewritten at night. A duty is resolved only by the filed record that satisfies it, and taken back
when that record is withdrawn.
"""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..access import data_groups
from ..registry.episode import ON_LEDGER

SUBJECT_COLUMN = {
    "child": "child_id",
    "household": "household_id",
    "village": "place_id",
    "township": "place_id",
    "organization": "organization_id",
}
CANCEL_REASONS = [
    ("left", "No child of the household is on the ledger any more"),
    ("moved", "The household moved; what is due goes on in the new one"),
    ("replanned", "The new plan has no such day"),
    ("event", "The day of the event was corrected"),
    ("kind", "The duty does not apply to it any more"),
]


class Duty(models.Model):
    _name = "lbc.duty"
    _description = "Duty"
    _inherit = ["lbc.access.mixin"]
    _order = "due_date, id"

    kind_id = fields.Many2one("lbc.duty.kind", "Duty", required=True, ondelete="restrict")
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        ondelete="set null",
        help="Empty: whoever is posted there.",
    )
    child_id = fields.Many2one("lbc.child", ondelete="cascade", index="btree_not_null")
    household_id = fields.Many2one("lbc.household", ondelete="cascade", index="btree_not_null")
    place_id = fields.Many2one("lbc.area", ondelete="cascade", index="btree_not_null")
    organization_id = fields.Many2one(
        "lbc.organization", ondelete="cascade", index="btree_not_null"
    )
    subject_key = fields.Char(required=True)
    area_id = fields.Many2one("lbc.area", "Village", ondelete="restrict")
    township_id = fields.Many2one("lbc.area", ondelete="restrict")
    county_id = fields.Many2one("lbc.area", required=True, ondelete="restrict")
    slot_start = fields.Date(required=True, help="First day of the period the duty belongs to.")
    window_start = fields.Date("From", required=True)
    due_date = fields.Date("Due", required=True)
    subject_count = fields.Integer("Number of Children", default=1)
    state = fields.Selection(
        [("open", "Open"), ("done", "Done"), ("cancelled", "Cancelled")],
        default="open",
        required=True,
    )
    done_on = fields.Date()
    cancelled_on = fields.Date()
    cancel_reason = fields.Selection(CANCEL_REASONS, "Why Cancelled")
    evidence_model = fields.Char()
    evidence_id = fields.Many2oneReference(model_field="evidence_model")
    attempt_count = fields.Integer("Failed Attempts", default=0)
    last_attempt_on = fields.Date("Last Attempt")
    escalation_level = fields.Integer(default=0, help="0: nobody but the responsible was told.")
    acknowledged_by_id = fields.Many2one("res.users", ondelete="set null")
    acknowledged_on = fields.Date()
    acknowledged_until = fields.Date(help="Comes back after this day if it is still open.")
    told_from = fields.Date(help="Opened again: new to who is told, from this day on.")
    handed_from = fields.Date(help="Handed over: new to who is responsible, from this day on.")
    is_overdue = fields.Boolean("Overdue", compute="_compute_lateness", search="_search_is_overdue")
    is_late = fields.Boolean("Done Late", compute="_compute_lateness", search="_search_is_late")
    urgency = fields.Selection(
        [("overdue", "Overdue"), ("soon", "Due within a week"), ("later", "Later")],
        compute="_compute_lateness",
    )
    address = fields.Char(related="household_id.address")
    children_label = fields.Char("Who", compute="_compute_children_label")
    children_names = fields.Char(
        "Children's Names", compute="_compute_children_label", groups=data_groups.IDENTITY
    )
    reason = fields.Char("Why", compute="_compute_reason")
    can_fulfil = fields.Boolean("May Be Done Here", compute="_compute_can_fulfil")

    _slot_unique = models.Constraint(
        "UNIQUE(kind_id, subject_key, slot_start)",
        "This duty already exists for the period. Reload the page.",
    )
    _subject = models.Constraint(
        "CHECK(num_nonnulls(child_id, household_id, place_id, organization_id) = 1 AND "
        "subject_key = CASE WHEN child_id IS NOT NULL THEN 'child:' || child_id "
        "WHEN household_id IS NOT NULL THEN 'household:' || household_id "
        "WHEN place_id IS NOT NULL THEN 'place:' || place_id "
        "ELSE 'organization:' || organization_id END)",
        "A duty concerns exactly one child, household, place or organisation.",
    )
    _window = models.Constraint(
        "CHECK(slot_start <= due_date AND window_start <= due_date)",
        "A duty cannot be due before its period begins.",
    )
    _done = models.Constraint(
        "CHECK((state = 'done') = (done_on IS NOT NULL))", "A duty is done on a day."
    )
    _kind_order = models.Index("(kind_id, slot_start)")
    # What reaches into another month, see `_floor`: rare where visits are due every month.
    _long = models.Index(
        "(kind_id, due_date, slot_start) WHERE due_date >= slot_start + interval '1 month'"
    )
    _user_order = models.Index("(user_id, due_date, id) WHERE state = 'open'")
    _area_order = models.Index("(area_id, due_date, id)")
    _township_order = models.Index("(township_id, due_date, id)")
    _county_order = models.Index("(county_id, due_date, id)")
    _cancelled = models.Index("(county_id, due_date) WHERE state = 'cancelled'")
    _evidence = models.Index("(evidence_model, evidence_id) WHERE evidence_id IS NOT NULL")

    @api.depends("kind_id.name", "household_id.number", "child_id.display_name", "slot_start")
    def _compute_display_name(self):
        # Masked by construction; the child may have moved away from where the duty was.
        for duty, known in zip(self, self.sudo(), strict=True):
            subject = (
                known.child_id or known.household_id or known.place_id or known.organization_id
            )
            duty.display_name = f"{duty.kind_id.name or ''} {subject.display_name or ''}".strip()

    @api.depends("state", "due_date", "done_on")
    def _compute_lateness(self):
        today = fields.Date.context_today(self)
        for duty in self:
            is_open = duty.state == "open"
            duty.is_overdue = is_open and bool(duty.due_date) and duty.due_date < today
            duty.is_late = duty.state == "done" and duty.done_on > duty.due_date
            days = (duty.due_date - today).days if duty.due_date else 0
            urgency = "overdue" if days < 0 else "soon" if days <= 7 else "later"
            duty.urgency = urgency if is_open else False

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        overdue = Domain("state", "=", "open") & Domain("due_date", "<", today)
        return overdue if True in value else ~overdue

    @api.model
    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("state", "=", "done") & Domain.custom(
            to_sql=lambda model, alias, query: model._sql_is_late(alias, query)
        )
        return late if True in value else ~late

    def _sql_is_late(self, alias, query):
        return SQL(
            "%s > %s",
            self._field_to_sql(alias, "done_on", query),
            self._field_to_sql(alias, "due_date", query),
        )

    @api.depends("household_id.child_ids.state", "child_id")
    @api.depends_context("lang", "uid")
    def _compute_children_label(self):
        """Name the children: masked, clear only those whose files the caller reaches.

        What was done stays where it was done, also when the child has moved away since.
        """
        known = self.sudo()
        children = known.child_id | known.household_id.child_ids
        reached = set(children.with_env(self.env)._filtered_access("read").ids)
        comma = self.env._("%(one)s, %(other)s", one="", other="")
        for duty, own in zip(self, known, strict=True):
            children = own.child_id or own.household_id.child_ids.filtered(
                lambda child: child.state in ON_LEDGER and child.id in reached
            )
            duty.children_label = comma.join(
                child.display_name if child.id in reached else child.file_number
                for child in children
            )
            # Computed for all, read only with the right to identities (`groups`).
            clear = children.filtered(lambda child: child.id in reached)
            duty.children_names = comma.join(clear.mapped("name"))

    @api.depends("kind_id", "subject_count", "slot_start", "due_date")
    @api.depends_context("lang")
    def _compute_reason(self):
        for duty in self:
            words = {
                "kind": duty.kind_id.name or "",
                "clause": duty.kind_id.clause or self.env._("own rule of the district"),
                "count": duty.subject_count,
                "start": duty.slot_start or "",
                "due": duty.due_date or "",
            }
            if duty.child_id or duty.household_id:
                duty.reason = self.env._(
                    "%(kind)s (%(clause)s): %(count)s children on the ledger, %(start)s to %(due)s.",
                    **words,
                )
            else:
                duty.reason = self.env._("%(kind)s (%(clause)s): %(start)s to %(due)s.", **words)

    @api.depends("kind_id", "state")
    @api.depends_context("uid")
    def _compute_can_fulfil(self):
        may = self.kind_id._may_prove()
        for duty in self:
            duty.can_fulfil = duty.state == "open" and duty.kind_id in may

    def action_fulfil(self):
        """Open the page on which the evidence of this duty is entered."""
        self.ensure_one()
        self.check_access("read")
        self._require_state("state", "open")
        return self._fulfil_action()

    def action_open_subject(self):
        """Open whom the duty concerns."""
        self.ensure_one()
        self.check_access("read")
        subject = self.household_id or self.child_id or self.place_id or self.organization_id
        return {
            "type": "ir.actions.act_window",
            "res_model": subject._name,
            "res_id": subject.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _fulfil_action(self):
        """Return the action for `action_fulfil`; rooms answer for their evidence model."""
        return False

    @api.model
    def _journal_children_sql(self, ids):
        return SQL(
            "SELECT coalesce(duty.child_id, child.id) FROM lbc_duty duty "
            "LEFT JOIN lbc_child child USING (household_id) WHERE duty.id = ANY(%s)",
            ids,
        )
