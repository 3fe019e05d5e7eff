"""The access matrix as data: what each role may do, and whose records it meets (domain.md §C.2).

Shipped by `security/access_matrix.csv`; a district changes single cells on the page “Departments”, and
an upgrade leaves those alone. Groups, and through them model access and fields, follow from the
cells (`_sync_roles`); the record rules ask them for the scope (`res.users._lbc_domain`).
"""

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import file_open

from ...lib import matrix
from . import rights

MATRIX_FILE = "left_behind_children/security/access_matrix.csv"


class AccessRight(models.Model):
    _name = "lbc.access.right"
    _description = "Right of a Department"
    _inherit = ["lbc.access.mixin"]
    _order = "department_id, sequence, id"
    _lbc_export_free = True  # says nothing of a child
    _default_write_group = "left_behind_children.group_departments"

    department_id = fields.Many2one(
        "lbc.department", required=True, readonly=True, index=True, ondelete="cascade"
    )
    role_id = fields.Many2one(related="department_id.role_id", store=True, index=True)
    subject = fields.Selection(rights.SUBJECTS, "Data or Function", required=True, readonly=True)
    code = fields.Char(readonly=True, help="Number of the data group in the matrix (§C.2).")
    is_function = fields.Boolean("Function", readonly=True)
    sequence = fields.Integer(readonly=True)
    access = fields.Selection(rights.ACCESS, required=True, default=matrix.NONE)
    scope = fields.Selection(rights.SCOPES, "Whose Records")
    approval = fields.Boolean(
        "Needs Approval", help="Every single file has to be asked for, with a reason, and approved."
    )
    shipped = fields.Char(readonly=True, help="What the product was delivered with.")
    is_changed = fields.Boolean("Changed Here", compute="_compute_is_changed", store=True)

    _subject_unique = models.Constraint(
        "UNIQUE(department_id, subject)", "The department already has a right on this."
    )

    @api.depends("access", "scope", "approval", "shipped")
    def _compute_is_changed(self):
        for right in self:
            right.is_changed = bool(right.shipped) and str(right._as_cell()) != right.shipped

    @api.depends("department_id", "subject")
    def _compute_display_name(self):
        labels = dict(self._fields["subject"]._description_selection(self.env))
        for right in self:
            names = (right.department_id.name or "", labels.get(right.subject, ""))
            right.display_name = " / ".join(names)

    @api.constrains("access", "scope", "approval", "is_function")
    def _check_cell(self):
        for right in self:
            cell = right._as_cell()
            if right.is_function != (cell.access == matrix.USE) and cell.access != matrix.NONE:
                raise ValidationError(right._mismatch())
            if cell.at_least(matrix.MASKED) and not cell.scope:
                raise ValidationError(
                    self.env._(
                        "%(right)s: choose whose records the department shall meet; it has no file "
                        "of children from which the choice could be taken.",
                        right=right.display_name,
                    )
                )
            try:
                matrix.parse(str(cell))
            except ValueError:
                raise ValidationError(
                    self.env._(
                        "%(right)s: whose records, and approval, are chosen for masked reading, "
                        "reading and writing only.",
                        right=right.display_name,
                    )
                ) from None

    def _mismatch(self):
        """Return the sentence for an access that the subject does not have."""
        if self.is_function:
            return self.env._(
                "%(right)s: a function is allowed or not. Choose “Allowed” or “None”.",
                right=self.display_name,
            )
        return self.env._(
            "%(right)s: data are read or written. Choose “Read”, not “Allowed”.",
            right=self.display_name,
        )

    def write(self, vals):
        self._refuse_own()
        before = {right: str(right._as_cell()) for right in self.department_id.right_ids}
        if vals.get("access") in (matrix.NONE, matrix.AGGREGATED, matrix.USE):
            vals = {**vals, "scope": False, "approval": False}
        elif vals.get("access") and not vals.get("scope"):
            for right in self.filtered(lambda right: not right.scope):
                if scope := right._scope_of_file():
                    # Whoever names no scope means that of the files the department has.
                    super(AccessRight, right).write({**vals, "scope": scope})
        scope = vals.get("scope")
        of_file = self.filtered(lambda right: right.subject in matrix.FILE_GROUPS)
        if scope and of_file:
            siblings = of_file.department_id.right_ids.filtered("scope") - self
            in_file = siblings.filtered(lambda right: right.subject in matrix.FILE_GROUPS)
            # The data of a file stand in one record: all are met in the same scope.
            super(AccessRight, in_file).write({"scope": scope})
        result = super().write(vals)
        if {"access", "scope", "approval"} & vals.keys():
            self.department_id._check_file_scope()
            self.department_id._sync_roles()
            self._note_changes(before)
        return result

    def _refuse_own(self):
        """Refuse changes to the rights of a role that one of the caller's own postings gives.

        :raises AccessError: superuser code passes
        """
        user = self.env.user.sudo().with_context(active_test=False)
        if not self.env.su and user.lbc_posting_ids.post_id.role_id & self.sudo().role_id:
            raise AccessError(
                self.env._("Nobody changes the rights of his own department. Ask a colleague.")
            )

    def action_restore(self):
        """Set the rights back to what the product was delivered with.

        :raises AccessError: the caller may not give rights, or they are those of his own role
        """
        self.check_access("write")
        for right in self:
            right.write(right._values_of(matrix.parse(right.shipped or "-")))
        return True

    def _as_cell(self):
        """Return the `lib.matrix.Cell` of this right."""
        self.ensure_one()
        return matrix.Cell(self.access, self.scope or None, self.approval)

    @api.model
    def _values_of(self, cell):
        """Return the values (dict) of a `lib.matrix.Cell`."""
        return {"access": cell.access, "scope": cell.scope or False, "approval": cell.approval}

    # -- asked by record rules

    @api.model
    @tools.ormcache("role_id")
    def _cells(self, role_id):
        """Return {subject: `lib.matrix.Cell`} of a role (id of `res.groups`); cached."""
        found = self.sudo().search([("role_id", "=", role_id)]) if role_id else self.browse()
        return {right.subject: right._as_cell() for right in found}

    @api.model
    def _cell(self, role_id, subject):
        """Return the `lib.matrix.Cell` of a role for a subject.

        `files` is the child's file as a whole; a function works in the scope of the files.
        """
        cells = self._cells(role_id)
        cell = cells.get(subject, matrix.Cell())
        if subject == "files" or cell.access == matrix.USE:
            scope = matrix.file_scope(cells)
            return matrix.Cell(matrix.READ if scope else matrix.NONE, scope)
        return cell

    @api.model
    def _groups_at_least(self, role_id, access):
        """Return the set of subjects to which a role has this access or more, e.g. "aggregated"."""
        return {name for name, cell in self._cells(role_id).items() if cell.at_least(access)}

    # -- loading

    @api.model
    def _load_matrix(self):
        """Bring in the shipped matrix: new cells, and cells that nobody has changed here.

        Called by the module's data on every installation and upgrade.
        """
        with file_open(MATRIX_FILE) as lines:
            cells, codes = matrix.read(lines)
        departments = self.env["lbc.department"]._by_role()
        own = self.search([("department_id", "in", [one.id for one in departments.values()])])
        known = {(right.department_id, right.subject): right for right in own}
        new = []
        for number, (subject, code) in enumerate(codes.items(), 1):
            for role, department in departments.items():
                cell = cells.get((role, subject), matrix.Cell())
                right = known.get((department, subject))
                fixed = {"shipped": str(cell), "sequence": number, "code": code}
                if not right:
                    values = {"department_id": department.id, "subject": subject}
                    is_function = subject in rights.GROUP_OF_FUNCTION
                    new.append(
                        {
                            **values,
                            **fixed,
                            **self._values_of(cell),
                            "is_function": is_function,
                        }
                    )
                elif right.shipped == str(right._as_cell()):
                    if right.shipped != fixed["shipped"]:
                        right.write({**fixed, **self._values_of(cell)})
                elif right.shipped != fixed["shipped"]:
                    right.write(fixed)
        self.create(new)
        self.env["lbc.department"].union(*departments.values())._sync_roles()
