"""A contact with parents is recorded at a visit: whose and when are known (L-1d)."""

from odoo import fields, models


class ContactRecord(models.TransientModel):
    _inherit = "lbc.contact.record"

    def default_get(self, names):
        values = super().default_get(names)
        if self.env.context.get("active_model") == "lbc.visit":
            visit = self.env["lbc.visit"].browse(self.env.context.get("active_id"))
            known = {
                "child_ids": [fields.Command.set(visit.child_ids.ids)],
                "date": visit.date,
                "with_siblings": False,
                "source": "carer",
            }
            values.update({name: value for name, value in known.items() if name in names})
        return values
