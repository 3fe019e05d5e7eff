"""Ask for sensitive data of one file; a second person decides (§C.2 “!”)."""

from odoo import api, fields, models

from ...models.access import rights


class AccessRequest(models.TransientModel):
    _name = "lbc.access.request"
    _description = "Request for Sensitive Data"
    _inherit = ["lbc.wizard.mixin"]

    child_id = fields.Many2one("lbc.child", required=True, ondelete="cascade")
    subject = fields.Selection(selection="_select_subjects", string="Data", required=True)
    reason = fields.Text(required=True)

    @api.model
    def _select_subjects(self):
        """Return the data groups that the user's role sees only after approval."""
        user = self.env.user
        labels = dict(
            self.env["lbc.access.right"]._fields["subject"]._description_selection(self.env)
        )
        return [(name, labels[name]) for name in rights.DATA if user._lbc_cell(name).approval]

    def action_ask(self):
        """Send the request to those who may approve it.

        :raises AccessError: the file is out of reach, or the role never gets these data
        """
        self.ensure_one()
        self.env["lbc.access.grant"]._request(self.child_id, self.subject, self.reason)
        return {"type": "ir.actions.act_window_close"}
