"""The documents of the ledger behind the export gate: roster, full register, official summary table."""

from odoo import fields, models


class Export(models.Model):
    _inherit = "lbc.export"

    kind = fields.Selection(
        selection_add=[
            ("roster", "Roster"),
            ("register", "Full register"),
            ("summary", "Official summary table"),
        ],
        ondelete=dict.fromkeys(("roster", "register", "summary"), "cascade"),
    )

    def _content(self, watermark):
        """Write the document again from what was asked, as the present user."""
        if self.kind not in ("roster", "register", "summary"):
            return super()._content(watermark)
        wizard = self.env["lbc.ledger.export"].create({**self.sudo().spec, **self._words()})
        return wizard._write(watermark)

    def _words(self):
        """Return the words of this request, for a wizard that asks for them."""
        names = ("purpose", "legal_ground", "recipient", "expires_at")
        return {name: self[name] for name in names}
