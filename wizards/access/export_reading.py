"""“Ask to Read More Files” than the district allows within an hour."""

from odoo import fields, models
from odoo.exceptions import UserError


class ExportReading(models.TransientModel):
    _name = "lbc.export.reading"
    _description = "Ask to Read More Files"
    _inherit = ["lbc.export.ask"]

    files_per_hour = fields.Integer("Files Read an Hour Now", compute="_compute_files_per_hour")
    record_count = fields.Integer("Files an Hour", required=True, default=1000)

    def _compute_files_per_hour(self):
        for wizard in self:
            wizard.files_per_hour = self.env.user._lbc_files_per_hour()

    def action_request(self):
        """Ask for a higher limit of reading; somebody else decides.

        :raises UserError: it is no more than what the user has, or a word is missing
        """
        self.ensure_one()
        self.check_access("read")
        limit = self.env.user._lbc_files_per_hour()
        if not limit or self.record_count <= limit:
            raise UserError(
                self.env._("You may read that many files already; nothing has to be asked for.")
            )
        export = self.env["lbc.export"]._request(
            "reading",
            self._asked(),
            {},
            title=self.env._("Reading of More Files"),
            record_count=self.record_count,
        )
        return self._show(export)
