"""Search outside the own area: exact number, or name with birth date; answers with masks only (§C.6 case 8)."""

from odoo import api, fields, models
from odoo.exceptions import UserError

NO_ACCESS = "."  # Odoo: nobody but the superuser


class ChildFind(models.TransientModel):
    _name = "lbc.child.find"
    _description = "Search outside the Area"
    _inherit = ["lbc.wizard.mixin"]

    id_number = fields.Char("Identity Number", help="The whole number.")
    name = fields.Char("Full Name", help="With the birth date, where there is no number.")
    birth_date = fields.Date()
    reason = fields.Char(help="Why you need the file now; whoever keeps it is told at once.")
    line_ids = fields.One2many("lbc.child.find.line", "find_id", "Found", readonly=True)
    is_done = fields.Boolean(readonly=True)

    def action_find(self):
        """Search, write the search into the journal and show what was found.

        :raises UserError: neither number nor name with birth date, or too many searches this hour
        """
        self.ensure_one()
        self._require_group("break_glass")
        if not self.id_number and not (self.name and self.birth_date):
            raise UserError(
                self.env._("Enter the whole identity number, or the full name and the birth date.")
            )
        children = self.env["lbc.child"]
        found = children._find_similar(self.id_number, self.name, self.birth_date)
        children._note_lookup(ids=found.ids)
        # Read-only for the user: the lines are what the server found.
        self.sudo().write(
            {
                "is_done": True,
                "line_ids": [(5,), *((0, 0, {"child_id": child.id}) for child in found)],
            }
        )
        return self._reopen()

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Search outside the Area"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }


class ChildFindLine(models.TransientModel):
    _name = "lbc.child.find.line"
    _description = "Child Found outside the Area"
    _inherit = ["lbc.wizard.mixin"]

    find_id = fields.Many2one("lbc.child.find", required=True, ondelete="cascade", readonly=True)
    # For the server only; a group would let those who hold it follow the path to the child.
    child_id = fields.Many2one(
        "lbc.child", required=True, ondelete="cascade", readonly=True, groups=NO_ACCESS
    )
    file = fields.Char(compute="_compute_file", compute_sudo=True)
    township = fields.Char(compute="_compute_file", compute_sudo=True)
    is_open = fields.Boolean("Open to You", compute="_compute_is_open")

    @api.depends("child_id")
    def _compute_file(self):
        for line in self:
            line.file = line.child_id.display_name
            line.township = line.child_id.township_id.name

    @api.depends("child_id")
    @api.depends_context("uid")
    def _compute_is_open(self):
        for line in self:
            line.is_open = line.sudo().child_id.sudo(False).has_access("read")

    def action_break_glass(self):
        """Open the file for the hours of the profile; the reason stands on the search.

        :raises AccessError: not the caller's own search, or his role may not
        :raises UserError: no reason
        """
        self.ensure_one()
        self.check_access("read")
        child = self.sudo().child_id
        self.env["lbc.access.grant"]._break_glass(child, self.find_id.reason)
        return self._open_file(child)

    def action_open(self):
        """Open a file that is open to the caller anyway."""
        self.ensure_one()
        self.check_access("read")
        child = self.sudo().child_id
        child.sudo(False).check_access("read")
        return self._open_file(child)

    def _open_file(self, child):
        return {
            "type": "ir.actions.act_window",
            "res_model": "lbc.child",
            "res_id": child.id,
            "views": [(False, "form")],
            "target": "current",
        }
