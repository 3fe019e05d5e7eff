"""From which day on a child waits for its parents' contact: what sets off the weekly duty (L-1d, article 23)."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class Child(models.Model):
    _inherit = "lbc.child"

    # Written by `_refresh_contact_dates`: what sets off duties is a stored date.
    contact_due_on = fields.Date("Contact with Parents Due on", readonly=True, copy=False)

    @api.model
    def _refresh_contact_dates(self, ids=None):
        """Bring the day on which contact is due up to date, for children (`ids`, else all), in one statement.

        It lies the profile's days after the last contact, at first after the entry on the ledger;
        nothing is due where the profile says 0, or off the ledger.
        """
        self.env.flush_all()
        counties = self.env["lbc.profile"].sudo().search([("county_id", "!=", False)])
        limits = [(one.county_id.id, one.parent_contact_days) for one in counties]
        rows = [SQL("(%s, %s)", county, days) for county, days in limits if days > 0]
        self.env.cr.execute(
            SQL(
                """
                WITH fresh AS (
                    SELECT child.id, GREATEST(child.date_entry, last.day) + policy.days AS due
                      FROM lbc_child child
                      LEFT JOIN (VALUES %(rows)s) AS policy (county_id, days)
                        ON policy.county_id = child.county_id AND child.state IN %(states)s
                      LEFT JOIN LATERAL (
                           SELECT max(contact.date) AS day FROM lbc_contact contact
                            WHERE contact.child_id = child.id AND contact.state = 'recorded'
                              AND contact.outcome = 'reached' AND contact.way <> 'message') last
                        ON true
                     WHERE %(chosen)s)
                UPDATE lbc_child child SET contact_due_on = fresh.due FROM fresh
                 WHERE fresh.id = child.id AND child.contact_due_on IS DISTINCT FROM fresh.due
                """,
                rows=SQL(", ").join(rows or [SQL("(0, 0)")]),
                states=tuple(self._on_ledger_states()),
                chosen=SQL("child.id = ANY(%s)", list(ids)) if ids is not None else SQL("true"),
            )
        )
        self.invalidate_model(["contact_due_on"])

    @api.model
    def _cron_contact_dates(self):
        """Every night: children enter and leave, profiles change. Safe to run twice."""
        self._refresh_contact_dates()


class Contact(models.Model):
    _inherit = "lbc.contact"

    def _prove_duties(self):
        duties = super()._prove_duties()
        self._refresh_days()
        return duties

    def _withdraw_evidence(self):
        opened = super()._withdraw_evidence()
        self._refresh_days()
        return opened

    def _refresh_days(self):
        """Move the day on which the next contact of these children is due."""
        if self:
            self.env["lbc.child"].sudo()._refresh_contact_dates(self.sudo().child_id.ids)


class DutyKind(models.Model):
    """Contacts and letters can prove duties; contact that is due can set one off."""

    _inherit = "lbc.duty.kind"

    @api.model
    def _selection_evidence_model(self):
        contact = self.env._("Contact with parents")
        letter = self.env._("Letter of responsibility")
        found = super()._selection_evidence_model()
        return [*found, ("lbc.contact", contact), ("lbc.letter", letter)]

    @api.model
    def _selection_event_date(self):
        due = ("child:contact_due_on", self.env._("Child: contact with parents due on"))
        return [*super()._selection_event_date(), due]


class Duty(models.Model):
    _inherit = "lbc.duty"

    def _fulfil_action(self):
        """A contact due is recorded, a letter missing is signed, each on its page."""
        model, child = self.kind_id.evidence_model, self.child_id
        if model == "lbc.contact":
            action = self.env["ir.actions.act_window"]._for_xml_id(
                "left_behind_children.contact_record_action"
            )
            return {**action, "context": {"active_model": "lbc.child", "active_ids": child.ids}}
        if model == "lbc.letter":
            domain = Domain("child_id", "=", child.id) & Domain("state", "!=", "cancelled")
            return {
                "type": "ir.actions.act_window",
                "res_model": "lbc.letter",
                "view_mode": "list,form",
                "domain": list(domain),
                "context": {"default_child_id": child.id},
                "name": self.env._("Letters of Responsibility"),
            }
        return super()._fulfil_action()
