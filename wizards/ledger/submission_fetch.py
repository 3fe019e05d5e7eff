"""Ask for a stored document or copy of a report: it leaves through the export gate, as it was stored (idea 6)."""

from odoo import fields, models
from odoo.exceptions import UserError

STORED = ("lbc.submission.file", "lbc.submission.copy")


class SubmissionFetch(models.TransientModel):
    _name = "lbc.submission.fetch"
    _description = "Stored Document of a Report"
    _inherit = ["lbc.export.ask"]

    document = fields.Reference(
        [("lbc.submission.file", "Document"), ("lbc.submission.copy", "Copy")], required=True
    )

    def action_export(self):
        """Ask for the document; shows the request: ready for download, or waiting for approval.

        :raises AccessError, UserError: the document is not the user's to have; see the models
        """
        self.ensure_one()
        self.check_access("read")
        stored = self._checked_document()
        export = self.env["lbc.export"]._request(
            "stored",
            self._asked(),
            {"model": stored._name, "id": stored.id},
            title=stored.name,
            res_model="lbc.child",
            record_count=0 if stored._is_counts_only() else stored.row_count,
            columns=self.env._("As stored, SHA-256 %(digest)s", digest=stored.sha256),
            data_groups=stored._groups(),
            filename=stored.name,
            counts_only=stored._is_counts_only(),
        )
        return self._show(export)

    def _checked_document(self):
        """Return the document, after asking for the rights with which its own page asks."""
        stored = self.document
        if not stored or stored._name not in STORED or not stored.exists():
            raise UserError(self.env._("Choose a document of a report."))
        stored.action_fetch()
        return stored
