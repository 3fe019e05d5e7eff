"""Compare the code on a sealed cover or a receipt with what lies here (architecture, idea 6)."""

from odoo import fields, models

from ...lib import digest


class QuarterVerify(models.TransientModel):
    _name = "lbc.quarter.verify"
    _description = "Compare a Printed Code"
    _inherit = ["lbc.wizard.mixin"]

    version_id = fields.Many2one(
        "lbc.submission.version",
        required=True,
        default=lambda self: self.env.context.get("active_id"),
    )
    code = fields.Char("Printed Code", required=True, help="Twelve characters, as on the cover.")
    is_same = fields.Boolean(readonly=True)
    result = fields.Text(readonly=True)

    def action_verify(self):
        """Compute everything again, compare the code, and show what differs."""
        self.ensure_one()
        self.check_access("read")
        self._require_group("ledger_rows")
        self.version_id.check_access("read")
        found = self.sudo()._differences()  # of the whole report, not the user's part
        same = self.env._("As reported: the code is that of the rows, changes and files here.")
        self.sudo().write(  # the answer is not entered by hand
            {"is_same": not found, "result": "\n".join(found) or same}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Compare a Printed Code"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _differences(self):
        """Return what differs (list of str) between the typed code, the rows and what was sealed."""
        version = self.version_id
        if digest.is_blank(self.code):
            return [self.env._("Type the twelve characters as they are printed: no sign was read.")]
        others = version.submission_id.version_ids - version
        other = others.filtered(lambda one: digest.same_code(self.code, one.check_code))[:1]
        if not other:
            return version._verify(self.code)
        text = self.env._(
            "This is the code of version %(number)s. Compare it there: this is version %(this)s.",
            number=other.number,
            this=version.number,
        )
        return [text, *version._verify()]
