"""What is due for a child, directly or through its household."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class Child(models.Model):
    _inherit = "lbc.child"

    visitor_id = fields.Many2one(related="household_id.visitor_id")
    next_due_date = fields.Date("Next Due", compute="_compute_due")
    due_urgency = fields.Selection(
        [("overdue", "Overdue"), ("soon", "Due within a week"), ("later", "Later")],
        "Urgency",
        compute="_compute_due",
    )
    has_open_duty = fields.Boolean(
        "Something Is Due", compute="_compute_due", search="_search_has_open_duty"
    )
    has_overdue_duty = fields.Boolean(
        "Something Is Overdue", compute="_compute_due", search="_search_has_overdue_duty"
    )

    @api.depends("household_id.duty_ids.state")
    def _compute_due(self):
        today = fields.Date.context_today(self)
        dates = self._first_due_dates()
        for child in self:
            due = dates.get(("household", child.household_id.id)) or False
            own = dates.get(("child", child._origin.id)) or False
            first = min(filter(None, (due, own)), default=False)
            child.next_due_date = first
            child.has_open_duty = bool(first)
            child.has_overdue_duty = bool(first) and first < today
            days = (first - today).days if first else 0
            urgency = "overdue" if days < 0 else "soon" if days <= 7 else "later"
            child.due_urgency = urgency if first else False

    def _first_due_dates(self):
        """Return {("household" or "child", id): first due date of an open duty} in two queries.

        Nothing is due for those whom duties do not concern: they see the child, not its duties.
        """
        Duty = self.env["lbc.duty"]
        found = {}
        if not Duty.has_access("read"):
            return found
        for kind, ids in (("household", self.household_id.ids), ("child", self._origin.ids)):
            key = f"{kind}_id"
            domain = [(key, "in", ids), ("state", "=", "open")]
            for record, due in Duty._read_group(domain, [key], ["due_date:min"]):
                found[kind, record.id] = due
        return found

    @api.model
    def _search_has_open_duty(self, operator, value):
        return self._search_due(operator, value, Domain("state", "=", "open"))

    @api.model
    def _search_has_overdue_duty(self, operator, value):
        return self._search_due(operator, value, Domain("is_overdue", "=", True))

    @api.model
    def _search_due(self, operator, value, domain):
        if operator != "in":
            return NotImplemented
        if not self.env["lbc.duty"].has_access("read"):
            return Domain.FALSE if True in value else Domain.TRUE
        duties = self.env["lbc.duty"]._search(domain & Domain("household_id", "!=", False))
        found = Domain(
            "household_id", "in", duties.subselect(SQL.identifier(duties.table, "household_id"))
        )
        own = self.env["lbc.duty"]._search(domain & Domain("child_id", "!=", False))
        found |= Domain("id", "in", own.subselect(SQL.identifier(own.table, "child_id")))
        return found if True in value else ~found
