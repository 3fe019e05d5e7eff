"""Verify the journal: is everything that was sealed still there, and is it the chain of which the paper speaks?"""

from odoo import Command, fields, models
from odoo.exceptions import AccessError

GROUP = "left_behind_children.group_audit_write"


def check_auditor(model):
    """Refuse whoever may not verify and purge.

    :raises AccessError: the caller lacks the right
    """
    if not model.env.su and not model.env.user.has_group(GROUP):
        raise AccessError(
            model.env._("Verifying and purging the journal is the task of the data officer.")
        )


class JournalVerify(models.TransientModel):
    _name = "lbc.journal.verify"
    _description = "Verify the Journal"
    _inherit = ["lbc.wizard.mixin"]

    day = fields.Date("Day of the Code", help="Day of the message or of the line of the report.")
    code = fields.Char("Check Code", help="As on paper, 16 letters and digits.")
    state = fields.Selection(
        [("open", "Not yet verified"), ("sound", "Sound"), ("unsound", "Not sound")],
        default="open",
        readonly=True,
    )
    row_count = fields.Integer("Rows Sealed", readonly=True)
    line_ids = fields.One2many("lbc.journal.verify.line", "verify_id", "Findings", readonly=True)

    def action_verify(self):
        """Verify everything, compare the code if one was typed, and show what was found."""
        self.ensure_one()
        check_auditor(self)
        seals = self.env["lbc.journal.seal"]
        expected = {self.day: self.code} if self.day and self.code else {}
        findings = seals._verify(expected)
        # Results are read-only for the user; the step writes them.
        self.sudo().write(
            {
                "state": "unsound" if findings else "sound",
                "row_count": seals.sudo()._read_group([], [], ["row_count:sum"])[0][0],
                "line_ids": [
                    Command.clear(),
                    *(Command.create({"kind": kind, "text": text}) for kind, text in findings),
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Verify the Journal"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }


class JournalVerifyLine(models.TransientModel):
    _name = "lbc.journal.verify.line"
    _description = "Finding in the Journal"
    _inherit = ["lbc.wizard.mixin"]

    verify_id = fields.Many2one("lbc.journal.verify", required=True, ondelete="cascade")
    kind = fields.Selection(
        [
            ("trigger", "Trigger switched off"),
            ("seal", "Chain broken"),
            ("gone", "Rows gone"),
            ("altered", "Rows altered"),
            ("batch", "Seal altered"),
            ("inserted", "Rows slipped in"),
            ("time", "Other time than the seal's"),
            ("code", "Other check code"),
        ],
        readonly=True,
    )
    text = fields.Char("What Was Found", readonly=True)
