"""From which day on a child waits for its parents' contact: what sets off the weekly duty (L-1d, article 23)."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..access import data_groups
from .contact import sql_counts


class Child(models.Model):
    _inherit = "lbc.child"

    # Written by `_refresh_contact_dates`: what sets off duties is a stored date.
    contact_due_on = fields.Date(
        "Contact with Parents Due on", readonly=True, copy=False, groups=data_groups.VISITS
    )

    @api.model
    def _refresh_contact_dates(self, ids=None, places=None):
        """Bring the day on which contact is due up to date, in one statement.

        It lies the profile's days after the last contact, at first after the entry on the ledger;
        nothing is due where the profile says 0, or off the ledger.

        :param ids: ids of the children; None for all
        :param places: counties (`lbc.area`), only the children there; None for all
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
                            WHERE contact.child_id = child.id AND %(counts)s) last ON true
                     WHERE %(chosen)s AND %(there)s)
                UPDATE lbc_child child SET contact_due_on = fresh.due FROM fresh
                 WHERE fresh.id = child.id AND child.contact_due_on IS DISTINCT FROM fresh.due
                """,
                rows=SQL(", ").join(rows or [SQL("(0, 0)")]),
                states=tuple(self._on_ledger_states()),
                counts=sql_counts("contact"),
                chosen=SQL("child.id = ANY(%s)", list(ids)) if ids is not None else SQL("true"),
                there=SQL("child.county_id = ANY(%s)", places.ids)
                if places is not None
                else SQL("true"),
            )
        )
        self.invalidate_model(["contact_due_on"])

    @api.model
    def _pass_the_night(self, counties):
        result = super()._pass_the_night(counties)
        self._refresh_contact_dates(places=counties)
        return result


class Profile(models.Model):
    _inherit = "lbc.profile"

    def write(self, vals):
        result = super().write(vals)
        if "parent_contact_days" in vals:
            self.env["lbc.child"]._refresh_contact_dates(places=self.county_id)
        return result


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
