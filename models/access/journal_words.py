"""The journal in words, for its pages: names, roles, kinds of records and changes in the reader's language."""

from odoo import api, fields, models


class Journal(models.Model):
    _inherit = "lbc.journal"

    who = fields.Char(
        "By Whom", compute="_compute_who", help="Name of the user today, or the login."
    )
    role_name = fields.Char("Role", compute="_compute_role_name")
    model_name = fields.Char("Kind of Record", compute="_compute_model_name")
    group_names = fields.Char("Data Groups", compute="_compute_group_names")
    changes_text = fields.Text("Changes in Words", compute="_compute_changes_text")

    @api.depends("user_id", "login")
    def _compute_who(self):
        users = self.env["res.users"].sudo().with_context(active_test=False)
        users = users.browse(set(self.mapped("user_id")) - {0}).exists()
        names = {user.id: user.name for user in users}
        for row in self:
            row.who = names.get(row.user_id) or row.login

    @api.depends("role")
    @api.depends_context("lang")
    def _compute_role_name(self):
        names = self.env["res.groups"]._lbc_names_of_roles()
        names["system"] = self.env._("System")
        for row in self:
            row.role_name = names.get(row.role, row.role)

    @api.depends("model")
    @api.depends_context("lang")
    def _compute_model_name(self):
        known = set(self.mapped("model")) - {False, ""}
        models_ = self.env["ir.model"].sudo().search([("model", "in", list(known))])
        names = {model.model: model.name for model in models_}
        for row in self:
            row.model_name = names.get(row.model, row.model)

    @api.depends("groups")
    @api.depends_context("lang")
    def _compute_group_names(self):
        labels = self.env["res.groups"]._lbc_data_group_names()
        comma = self.env._("%(one)s, %(other)s", one="", other="")
        for row in self:
            codes = filter(None, (row.groups or "").split(","))
            row.group_names = comma.join(labels.get(code, code) for code in codes)

    @api.depends("model", "changes")
    @api.depends_context("lang")
    def _compute_changes_text(self):
        for row in self:
            lines = []
            for record_id, values in (row.changes or {}).items():
                for name, (old, new) in values.items():
                    field = self.env[row.model]._fields.get(name) if row.model in self.env else None
                    label = field._description_string(self.env) if field else name
                    lines.append(f"{record_id}  {label}: {_shown(old)} → {_shown(new)}")
            row.changes_text = "\n".join(lines) or False

    @api.depends("action", "login", "at")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.login or ''} {row.at or ''}".strip()


def _shown(value):
    """Return a value of `changes` as text for a page."""
    if value is None or value is False:
        return "–"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
