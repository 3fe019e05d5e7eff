"""The page on which an activity that is due is entered."""

from odoo import models
from odoo.fields import Domain

from ...lib import domains


class Duty(models.Model):
    _inherit = "lbc.duty"

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
