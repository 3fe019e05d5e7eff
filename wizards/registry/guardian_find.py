"""Link a parent or carer who is on file elsewhere: number and name must both be known (§C.6 case 8)."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...lib import identity, names
from ...models.registry.guardianship import ROLES
from ...models.registry.vocabulary import RELATION


class GuardianFind(models.TransientModel):
    _name = "lbc.guardian.find"
    _description = "Link a Person on File"
    _inherit = ["lbc.wizard.mixin"]

    child_id = fields.Many2one(
        "lbc.child", required=True, default=lambda self: self.env.context.get("active_id")
    )
    role = fields.Selection(ROLES, "Role for the Child", required=True)
    relation = fields.Selection(RELATION)
    id_number = fields.Char("Identity Number", required=True)
    name = fields.Char("Full Name", required=True)

    def action_link(self):
        """Make the person of this number and name a parent or carer of the child.

        A person whose other children live elsewhere is in no list of the user; whoever knows both
        the number and the name gets the relation, and with it the file.

        :raises UserError: nobody on file has both (the text does not say which of the two is wrong),
            or too many searches within the last hour
        """
        self.ensure_one()
        self._require_group("registry_write")
        self.child_id.check_access("write")
        number = identity.normalise(self.id_number)
        # Outside the user's area; nothing of the person is shown before both are right.
        person = self.env["lbc.guardian"].sudo().search([("id_number", "=", number)], limit=1)
        children = self.env["lbc.child"]
        if not person or person.name != names.normalise_name(self.name):
            children._note_failed_lookup("lbc.guardian", person.ids)
            raise UserError(
                self.env._(
                    "Nobody on file has this number and this name together. Check both, or enter "
                    "the person as a new one."
                )
            )
        if not person.sudo(False).has_access("read"):
            children._note_lookup("lbc.guardian", person.ids)
        self.env["lbc.guardianship"].sudo().create(
            {
                "child_id": self.child_id.id,
                "guardian_id": person.id,
                "role": self.role,
                "relation": self.relation or (self.role in ("father", "mother") and self.role),
            }
        )
        return {"type": "ir.actions.act_window_close"}
