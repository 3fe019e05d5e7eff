"""What every request for data says: what for, on what ground, to whom, until when (domain.md §C.2 cross rules)."""

from datetime import timedelta

from odoo import api, fields, models

from ...models.access.legal_grounds import LEGAL_GROUNDS


class ExportAsk(models.AbstractModel):
    """Base of the wizards that ask for an export."""

    _name = "lbc.export.ask"
    _description = "Request for Data"
    _inherit = ["lbc.wizard.mixin"]

    purpose = fields.Text(required=True, help="What the data are needed for. No names, please.")
    legal_ground = fields.Selection(LEGAL_GROUNDS, required=True, default="statutory_duty")
    recipient = fields.Char(required=True, help="Who receives the data: office and person.")
    expires_at = fields.Datetime(
        "Open Until",
        required=True,
        default=lambda self: self._default_expires_at(),
        help="Until then the data can be downloaded or read; earlier is better.",
    )

    @api.model
    def _default_expires_at(self):
        county = self.env.user._lbc_place()[0]
        profiles = self.env["lbc.profile"].sudo()
        profile = profiles.browse(profiles._id_for_county(county.id)) if county else profiles
        return fields.Datetime.now() + timedelta(days=profile.export_days or 7)

    def _asked(self):
        """Return the words of the request for `lbc.export._request`."""
        self.ensure_one()
        names = ("purpose", "legal_ground", "recipient", "expires_at")
        return {name: self[name] for name in names}

    def _show(self, export):
        """Return the action that shows a request: what becomes of it, password, download."""
        return {
            "type": "ir.actions.act_window",
            "name": export.name,
            "res_model": "lbc.export",
            "res_id": export.id,
            "views": [(False, "form")],
            "target": "current",
        }
