"""What the form says before filing: whether the visit will count, and for which duty (domain.md §B.4)."""

from odoo import api, fields, models

from ..access import data_groups


class Visit(models.Model):
    _inherit = "lbc.visit"

    will_count = fields.Boolean(compute="_compute_verdict", groups=data_groups.VISITS)
    is_too_late = fields.Boolean(compute="_compute_verdict", groups=data_groups.VISITS)
    verdict = fields.Char("Does It Count?", compute="_compute_verdict", groups=data_groups.VISITS)

    @api.depends(
        "household_id",
        "date",
        "channel",
        "met_child",
        "met_carer",
        "met_parent",
        "state",
    )
    @api.depends_context("lang")
    def _compute_verdict(self):
        for visit in self:
            visit.is_too_late = bool(visit._days_too_late())
            met, counts = visit._is_met(), not visit.county_id or visit._counts()
            visit.will_count = met and counts
            visit.verdict = bool(visit.household_id) and visit._verdict(met, counts)

    def _verdict(self, met, counts):
        """Return the sentence above the form."""
        channels = dict(self._fields["channel"]._description_selection(self.env))
        if not counts:
            return self.env._(
                "“%(channel)s” does not count as a visit in this district: the duty stays open.",
                channel=channels.get(self.channel, ""),
            )
        if not met:
            return self.env._("Tick whom you met. A visit at which nobody was met does not count.")
        duty = self._duty_to_be_proved()
        if not duty:
            return self.env._("Nothing is due for this family; the visit is kept all the same.")
        text = self.env._("Counts for what is due on %(due)s.", due=duty.due_date)
        if duty.due_date < self.date:
            text += " " + self.env._("It was due earlier and will be marked as late.")
        return text

    def _duty_to_be_proved(self):
        """Return the open duty (0 or 1) that this visit would resolve, as far as the caller sees it."""
        Duty = self.env["lbc.duty"]
        if not Duty.has_access("read"):
            return Duty
        home, children = self.household_id._origin.ids, self.child_ids._origin.ids
        duties = Duty.search(
            [
                ("kind_id.evidence_model", "=", self._name),
                ("state", "=", "open"),
                ("window_start", "<=", self.date),
                "|",
                ("household_id", "in", home),
                ("child_id", "in", children),
            ],
            order="due_date desc",
        )
        holding = duties.filtered(lambda duty: duty.due_date >= self.date)
        return holding[-1:] or duties[:1]
