"""“View as role”: what a department sees, shown to whoever gives rights and to auditors (§C.2).

Two answers, both given by the running system and not by the matrix: which fields the role may read
and write, and five sample files as its people would meet them. The data officer sees masks only, so
the samples are fictitious: see `role_view_sample`.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

MODULE = "left_behind_children"


class RoleView(models.TransientModel):
    _name = "lbc.role.view"
    _description = "View as Role"
    _inherit = ["lbc.wizard.mixin"]

    department_id = fields.Many2one(
        "lbc.department", required=True, domain="[('role_id', '!=', False)]", ondelete="cascade"
    )
    fields_html = fields.Html("Table of Fields", readonly=True, sanitize=False)
    samples_html = fields.Html("Sample Files", readonly=True, sanitize=False)

    @api.depends("department_id")
    def _compute_display_name(self):
        for view in self:
            view.display_name = self.env._("View as: %(role)s", role=view.department_id.name or "")

    def action_show(self):
        """Show what the people of the chosen department see today.

        :raises AccessError: neither the data officer nor a reader of the journal
        :raises UserError: the department does not log in, or there is no village to play in
        """
        self.ensure_one()
        self._check_entitled()
        fields_seen, samples = self._look(self.department_id)
        qweb = self.env["ir.qweb"]
        # Read-only to the user: it is what the system has answered.
        self.sudo().write(
            {
                "fields_html": qweb._render(f"{MODULE}.role_view_fields", {"models": fields_seen}),
                "samples_html": qweb._render(f"{MODULE}.role_view_samples", {"models": samples}),
            }
        )
        return self._reopen()

    def _check_entitled(self):
        """Refuse whoever neither gives rights nor reads the journal.

        :raises AccessError: also for the system administrator
        """
        user = self.env.user
        groups = (f"{MODULE}.group_departments", f"{MODULE}.group_audit_read")
        if not any(user.has_group(group) for group in groups):
            raise AccessError(
                self.env._("Only the data protection officer and auditors see what a role sees.")
            )

    @api.model
    def _look(self, department):
        """Return (table of fields, sample files) of a department's role; nothing remains of it.

        :return: two lists of dicts, see `_fields_seen` and `_samples_seen`
        """
        role = department.sudo().role_id
        if not role:
            raise UserError(
                self.env._("Nobody of this department logs in. Choose one with a role.")
            )
        with self._sandbox():
            user = self._sample_user(role)
            samples = self._sample_records(user)
            # Values are collected as texts: the records are gone with the sandbox.
            return self._fields_seen(user), self._samples_seen(user, samples)

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("View as Role"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "current",
        }


class Department(models.Model):
    _inherit = "lbc.department"

    def action_view_as_role(self):
        """Open what the people of this department see."""
        self.ensure_one()
        view = self.env["lbc.role.view"].create({"department_id": self.id})
        return view.action_show()
