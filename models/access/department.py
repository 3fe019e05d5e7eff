"""The departments of the district and the role in which their people act (domain.md §A.6, §C.2).

One department is one role; `covers` names the rows of §C.2 that it stands for. Who is in the matrix
but does not log in is a department without a role.
"""

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...lib import matrix
from .res_groups import ROLE_PREFIX
from .rights import SCOPES, groups_of

MODULE = "left_behind_children"


class Department(models.Model):
    _name = "lbc.department"
    _description = "Department"
    _inherit = ["lbc.access.mixin"]
    _order = "sequence, id"
    _lbc_export_free = True  # says nothing of a child
    _default_write_group = f"{MODULE}.group_departments"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    role_id = fields.Many2one(
        "res.groups",
        readonly=True,
        ondelete="restrict",
        domain="[('lbc_is_role', '=', True)]",
        help="Empty: does not log in; others enter what it reports.",
    )
    covers = fields.Char(
        translate=True,
        help="The rows of the matrix of §C.2 that this department stands for.",
    )
    note = fields.Text(translate=True)
    right_ids = fields.One2many("lbc.access.right", "department_id", "Rights")
    data_right_ids = fields.One2many(
        "lbc.access.right",
        "department_id",
        "Data Groups",
        domain=[("is_function", "=", False)],
    )
    function_right_ids = fields.One2many(
        "lbc.access.right", "department_id", "Functions", domain=[("is_function", "=", True)]
    )
    change_count = fields.Integer("Changes Made Here", compute="_compute_change_count")
    file_scope = fields.Selection(SCOPES, "Meets Files Of", compute="_compute_file_scope")
    person_count = fields.Integer("People", compute="_compute_person_count")
    warning = fields.Char(
        compute="_compute_warning", help="Sensitive data given beyond the delivered state."
    )

    _role_unique = models.UniqueIndex(
        "(role_id) WHERE role_id IS NOT NULL", "The role already belongs to a department."
    )

    @api.depends("right_ids.is_changed")
    def _compute_change_count(self):
        for department in self:
            department.change_count = len(department.right_ids.filtered("is_changed"))

    @api.depends("right_ids.access", "right_ids.scope")
    def _compute_file_scope(self):
        for department in self:
            try:
                department.file_scope = matrix.file_scope(department._cells())
            except ValueError:  # only while the page is being filled in
                department.file_scope = False

    def _compute_person_count(self):
        # The number of people, of all counties, and nothing about them.
        for department in self:
            department.person_count = len(department.sudo().role_id.user_ids)

    @api.depends("right_ids.is_raised", "right_ids.summary")
    def _compute_warning(self):
        comma = self.env._("%(one)s, %(other)s", one="", other="")
        labels = self.env["lbc.access.right"]._fields["subject"]._description_selection(self.env)
        for department in self:
            raised = department.right_ids.filtered("is_raised")
            given = [f"{dict(labels)[right.subject]} ({right.summary})" for right in raised]
            department.warning = comma.join(given)

    def action_restore_all(self):
        """Set all rights of the department back to what the product was delivered with."""
        self.ensure_one()
        return self.right_ids.filtered("is_changed").action_restore()

    @api.model
    def _by_role(self):
        """Return {short name of the role: department} of those that log in."""
        found = self.sudo().search([("role_id", "!=", False)])
        names = found.role_id.get_external_id()
        prefix = f"{MODULE}.{ROLE_PREFIX}"
        return {names[one.role_id.id].removeprefix(prefix): one for one in found}

    def _cells(self):
        """Return {subject: `lib.matrix.Cell`} of this department's rights."""
        self.ensure_one()
        return {right.subject: right._as_cell() for right in self.right_ids}

    def _check_file_scope(self):
        for department in self:
            try:
                matrix.file_scope(department._cells())
            except ValueError:
                raise ValidationError(
                    self.env._(
                        "%(department)s: all data of the child's file need the same choice of whose "
                        "records, since they stand in one file. Choose “Published tables only” or "
                        "“None” for what the department should not see there.",
                        department=department.name,
                    )
                ) from None

    def _sync_roles(self):
        """Give each role exactly the groups that its cells amount to.

        :raises AccessError: the caller may not give rights. Only the product's own data groups and
            functions are ever given or taken.
        """
        if not self.env.su and not self.env.user.has_group(f"{MODULE}.group_departments"):
            raise AccessError(self.env._("Only the data protection officer gives rights."))
        ours = self.env["ir.model.data"].sudo()
        ours = ours.search([("module", "=", MODULE), ("model", "=", "res.groups")])
        group_of = {one.name: one.res_id for one in ours if one.name.startswith("group_")}
        for department in self.sudo():  # nobody else's right to give groups is used
            role = department.role_id
            if not role:
                continue
            wanted = {group_of[name] for name in groups_of(department._cells())}
            held = set(role.implied_ids.ids) & set(group_of.values())
            commands = [Command.link(one) for one in sorted(wanted - held)]
            commands += [Command.unlink(one) for one in sorted(held - wanted)]
            if commands:
                role.write({"implied_ids": commands})
        self.env.registry.clear_cache()  # rule domains hold the scope of the cells
        self.env.registry.clear_cache("groups")
