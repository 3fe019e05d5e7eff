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
    is_narrower = fields.Boolean(
        "What Is Ours Today", help="Made anew with what the recipient may have today."
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
            {"model": stored._name, "id": stored.id, "narrower": self.is_narrower},
            title=stored.name,
            res_model="lbc.child",
            record_count=0 if stored._is_counts_only() else stored.row_count,
            counts_only=stored._is_counts_only(),
            **self._facts(stored),
        )
        return self._show(export)

    def _facts(self, stored):
        """Return what the request says of the file: columns, data groups, name."""
        if not self.is_narrower:
            words = self.env._("As stored, SHA-256 %(digest)s", digest=stored.sha256)
            return {"columns": words, "data_groups": stored._groups(), "filename": stored.name}
        given = stored._narrower()
        return {
            "columns": "、".join(column.heading for column in given.columns.values()),
            "data_groups": {given.columns[code].group for code in given.clear} - {None},
            "filename": f"缩减件_{stored.name}",
        }

    def _checked_document(self):
        """Return the document, after asking for the rights with which its own page asks."""
        stored = self.document
        if not stored or stored._name not in STORED or not stored.exists():
            raise UserError(self.env._("Choose a document of a report."))
        if self.is_narrower and stored._name != "lbc.submission.copy":
            raise UserError(self.env._("Only copies are made anew with fewer columns."))
        if self.is_narrower:
            stored.action_fetch_narrower()
        else:
            stored.action_fetch()
        return stored
