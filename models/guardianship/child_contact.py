"""The parents' contact with a child on its file, and who is without it (L-1d, article 23)."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..access import data_groups
from .contact import sql_counts


class Child(models.Model):
    _inherit = "lbc.child"

    contact_ids = fields.One2many(
        "lbc.contact", "child_id", "Contact with Parents", groups=data_groups.VISITS
    )
    contact_count = fields.Integer(
        "Contacts", compute="_compute_contacts", groups=data_groups.VISITS
    )
    last_contact_date = fields.Date(
        "Last Contact with Parents", compute="_compute_contacts", groups=data_groups.VISITS
    )
    without_contact = fields.Boolean(
        "No Recent Contact with Parents",
        compute="_compute_without_contact",
        search="_search_without_contact",
        groups=data_groups.VISITS,
        help="On the ledger for the days of the district's profile, and no contact recorded within them.",
    )

    @api.depends("contact_ids.state", "contact_ids.outcome", "contact_ids.date")
    def _compute_contacts(self):
        counted = self.env[
            "lbc.contact"
        ].sudo()  # a field of the visits' group is read by its readers
        domain = counted._evidence_filed() & Domain("child_id", "in", self.ids)
        rows = counted._read_group(domain, ["child_id"], ["__count", "date:max"])
        found = {child.id: (number, last) for child, number, last in rows}
        for child in self:
            number, last = found.get(child._origin.id, (0, False))
            child.contact_count, child.last_contact_date = number, last

    @api.depends("contact_ids.state", "contact_ids.outcome", "contact_ids.date", "state")
    def _compute_without_contact(self):
        rows = self.env.execute_query(self._sql_without_contact(self.ids)) if self.ids else ()
        without = {child_id for (child_id,) in rows}
        for child in self:
            child.without_contact = child._origin.id in without

    @api.model
    def _search_without_contact(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Core asks for the right to a field only where the field itself becomes SQL.
        self._check_field_access(self._fields["without_contact"], "read")
        without = Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s IN (%s)", SQL.identifier(alias, "id"), self._sql_without_contact()
            )
        )
        return without if True in value else ~without

    @api.model
    def _sql_without_contact(self, ids=None):
        """Return SQL: ids of children on the ledger (of `ids`, else all) whose parents were silent too long.

        How long is the profile's `parent_contact_days`, 7 by article 23; 0 switches the test off. The
        days count from the entry on the ledger, as those of the duty do.
        """
        self.env.flush_all()
        today = fields.Date.context_today(self)
        counties = self.env["lbc.profile"].sudo().search([("county_id", "!=", False)])
        limits = [(one.county_id.id, one.parent_contact_days) for one in counties]
        rows = [
            SQL("(%s, %s::date)", county_id, today - timedelta(days=days))
            for county_id, days in limits
            if days > 0
        ]
        if not rows:
            return SQL("SELECT id FROM lbc_child WHERE false")
        return SQL(
            """
            SELECT child.id
              FROM lbc_child child
              JOIN (VALUES %(rows)s) AS policy (county_id, since)
                ON policy.county_id = child.county_id
             WHERE child.state IN %(states)s AND %(chosen)s AND child.date_entry <= policy.since
               AND NOT EXISTS (
                   SELECT FROM lbc_contact contact
                    WHERE contact.child_id = child.id AND %(counts)s
                      AND contact.date > policy.since)
            """,
            counts=sql_counts("contact"),
            rows=SQL(", ").join(rows),
            states=tuple(self._on_ledger_states()),
            chosen=SQL("child.id = ANY(%s)", ids) if ids is not None else SQL("true"),
        )

    @api.model
    def _on_ledger_states(self):
        """Return the states (list of str) of children who are on the ledger."""
        ((_field, _operator, states),) = self._on_ledger_domain()
        return list(states)

    def action_view_contacts(self):
        """Open the contacts of this child, with a line to record the next."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "lbc.contact",
            "view_mode": "list,form",
            "domain": [("child_id", "=", self.id)],
            "context": {"default_child_id": self.id, "contact_of_one_child": True},
            "name": self.env._("Contact with Parents"),
        }
