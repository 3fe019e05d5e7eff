"""The page on which an activity that is due is entered."""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...lib import domains


class Duty(models.Model):
    _inherit = "lbc.duty"

    @api.model
    def _prove(self, kind, rows):
        """What is due of a place is proved by who works there, not by whoever names the place."""
        if kind.evidence_model == "lbc.activity" and kind.subject_type in ("village", "township"):
            rows = self._sql_of_the_place(kind, rows)
        return super()._prove(kind, rows)

    @api.model
    def _sql_of_the_place(self, kind, rows):
        """Return the rows (SQL, see `_prove`) whose organiser lies in the place, or leads or helps there.

        A lead or helper works in its own division and all below: a department in every township of
        its county, a school in its township.
        """
        bodies = kind.lead_kind_id | kind.helper_ids.organization_kind_id
        return SQL(
            """
            SELECT r.* FROM (%(rows)s) r
              JOIN lbc_activity a ON a.id = r.id
              JOIN lbc_organization o ON o.id = a.organization_id
              JOIN lbc_organization_kind k ON k.id = o.kind_id
              JOIN lbc_area own ON own.id = o.area_id
              JOIN lbc_area place ON place.id = r.subject_id
             WHERE place.id IN (own.id, own.township_id)
                OR (o.kind_id = ANY(%(bodies)s) OR k.parent_id = ANY(%(bodies)s))
               AND own.id IN (place.township_id, place.county_id)
            """,
            rows=rows,
            bodies=bodies.ids,
        )

    def _fulfil_action(self):
        if self.kind_id.evidence_model != "lbc.activity":
            return super()._fulfil_action()
        return {
            "type": "ir.actions.act_window",
            "name": self.kind_id.name,
            "res_model": "lbc.activity",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": self._activity_defaults(),
        }

    def _activity_defaults(self):
        """Return the context that fills in the form: place, kind and whom the duty concerns."""
        children = self.child_id or self.household_id.child_ids.filtered_domain(
            self.env["lbc.child"]._on_ledger_domain()
        )
        kind = self._activity_kind()
        values = {
            "default_place_id": (self.area_id or self.township_id or self.county_id).id,
            "default_child_ids": children.ids,
            "default_kind_id": kind.id,
            "default_organization_id": self.organization_id.id,
        }
        return {name: value for name, value in values.items() if value}

    def _activity_kind(self):
        """Return the only kind of activity that can prove the duty, else an empty record."""
        kinds = self.env["lbc.activity.kind"]
        paths = {"kind_id": "id", "kind_id.code": "code", "kind_code": "code"}
        for term in Domain(domains.parse(self.kind_id.evidence_domain)).iter_conditions():
            if term.field_expr in paths and term.operator in ("=", "in"):
                found = kinds.search(Domain(paths[term.field_expr], term.operator, term.value))
                return found if len(found) == 1 else kinds
        return kinds
