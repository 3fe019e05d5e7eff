"""How a right is shown to whoever gives it: in words, against the delivered state, with warnings (§C.2)."""

from odoo import api, fields, models

from ...lib import matrix
from . import rights


class AccessRight(models.Model):
    _inherit = "lbc.access.right"

    summary = fields.Char("Gives", compute="_compute_summary")
    shipped_summary = fields.Char("As Delivered", compute="_compute_summary")
    choices = fields.Char(compute="_compute_choices", help="Which kinds of access there are here.")
    is_sensitive = fields.Boolean(compute="_compute_is_sensitive")
    is_raised = fields.Boolean(
        "More than Delivered", compute="_compute_is_sensitive", help="Of sensitive data."
    )

    @api.depends("access", "scope", "approval", "shipped")
    @api.depends_context("lang")
    def _compute_summary(self):
        for right in self:
            right.summary = self._in_words(right._as_cell())
            right.shipped_summary = self._in_words(matrix.parse(right.shipped or "-"))

    @api.depends("is_function")
    def _compute_choices(self):
        of_data = (word for word in matrix.LETTERS.values() if word != matrix.USE)
        data, function = ",".join(of_data), f"{matrix.NONE},{matrix.USE}"
        for right in self:
            right.choices = function if right.is_function else data

    @api.depends("subject", "access", "shipped")
    def _compute_is_sensitive(self):
        for right in self:
            right.is_sensitive = right.subject in rights.SENSITIVE
            more = right.is_sensitive and right._as_cell().at_least(matrix.MASKED)
            right.is_raised = more and not matrix.parse(right.shipped or "-").at_least(right.access)

    @api.model
    def _in_words(self, cell):
        """Return a `lib.matrix.Cell` in the user's words (str), e.g. “Read · County · after approval”."""
        words = [dict(self._fields["access"]._description_selection(self.env))[cell.access]]
        if cell.scope:
            words.append(dict(self._fields["scope"]._description_selection(self.env))[cell.scope])
        if cell.approval:
            words.append(self.env._("after approval"))
        return " · ".join(words)

    @api.onchange("access")
    def _onchange_access(self):
        if self.access not in (matrix.MASKED, matrix.READ, matrix.WRITE):
            self.scope = self.approval = False
            return None
        if not self.scope:
            self.scope = self._scope_of_file()
        if not self.is_raised:
            return None
        return {
            "warning": {
                "title": self.env._("Sensitive data"),
                "message": self.env._(
                    "“%(data)s” is sensitive. Give it only where a duty needs it, and consider "
                    "“Needs Approval”. The change is written into the journal.",
                    data=dict(self._fields["subject"]._description_selection(self.env))[
                        self.subject
                    ],
                ),
            }
        }

    def _scope_of_file(self):
        """Return the scope in which the department meets children's files, False without."""
        try:
            return matrix.file_scope(self.department_id._cells()) or False
        except ValueError:  # while the page is being filled in; saving says what is wrong
            return False

    @api.model
    def _note_changes(self, before):
        """Write what was changed into the journal: one row for each department.

        :param before: {right: its cell as text} of all rights that may have changed
        """
        changed = self.browse().union(
            *(right for right, cell in before.items() if cell != str(right._as_cell()))
        )
        for department in changed.department_id:
            own = changed.filtered(lambda one, of=department: one.department_id == of)
            texts = [f"{one.subject} {before[one]} → {one._as_cell()}" for one in own]
            self.env["lbc.journal"]._note(
                "rights",
                self._name,
                own.ids,
                groups=own.mapped("subject"),
                reason=f"{department.name}: " + "; ".join(texts),
            )
