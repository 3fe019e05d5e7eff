"""The documents of the ledger behind the export gate: roster, full register, summary table, and what was stored
with a report.
"""

from odoo import fields, models
from odoo.exceptions import UserError

from ..access.export_delivery import Content

WRITTEN = ("roster", "register", "summary")


class Export(models.Model):
    _inherit = "lbc.export"

    kind = fields.Selection(
        selection_add=[
            ("roster", "Roster"),
            ("register", "Full register"),
            ("summary", "Official summary table"),
            ("stored", "Stored document of a report"),
        ],
        ondelete=dict.fromkeys((*WRITTEN, "stored"), "cascade"),
    )

    def _content(self, watermark):
        """Write the document again from what was asked, as the present user; what was stored is not written again."""
        if self.kind == "stored":
            return self._stored_content(watermark)
        if self.kind not in WRITTEN:
            return super()._content(watermark)
        wizard = self.env["lbc.ledger.export"].create({**self.sudo().spec, **self._words()})
        return wizard._write(watermark)

    def _stored_content(self, watermark):
        """Return the `Content` of a stored document, byte by byte as it was stored, or as its recipient may have it."""
        spec = self.sudo().spec
        stored = self.env[spec["model"]].browse(spec["id"]).exists()
        if not stored:
            raise UserError(self.env._("The document is no longer there."))
        if spec.get("narrower"):
            stored.action_fetch_narrower()
            given = stored._narrower()
            groups = {given.columns[code].group for code in given.clear} - {None}
            data = stored._narrower_bytes(watermark)
            return Content(data, "lbc.child", stored._child_ids(), groups)
        stored.action_fetch()  # rights may have changed since the request
        return Content(stored._stored_bytes(), "lbc.child", stored._child_ids(), stored._groups())

    def _words(self):
        """Return the words of this request, for a wizard that asks for them."""
        names = ("purpose", "legal_ground", "recipient", "expires_at")
        return {name: self[name] for name in names}
