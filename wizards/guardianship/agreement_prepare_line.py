"""A family that needs an agreement, and what the registry does not know of it yet."""

from odoo import api, fields, models


class AgreementPrepareLine(models.TransientModel):
    _name = "lbc.agreement.prepare.line"
    _description = "Family That Needs an Agreement"
    _inherit = ["lbc.wizard.mixin"]
    _order = "id"

    wizard_id = fields.Many2one(
        "lbc.agreement.prepare", required=True, ondelete="cascade", readonly=True
    )
    area_id = fields.Many2one("lbc.area", "Village", readonly=True)
    child_ids = fields.Many2many("lbc.child", string="Children", readonly=True)
    parent_ids = fields.Many2many("lbc.guardian", string="Parents", readonly=True)
    carer_id = fields.Many2one("lbc.guardian", "Entrusted Person", readonly=True)
    renews_id = fields.Many2one("lbc.agreement", readonly=True)
    missing = fields.Text("What Is Missing", readonly=True)
    is_chosen = fields.Boolean("Draw Up")

    @api.model
    def _gaps(self, children, parents, carer, day):
        """Return what the registry does not know yet for an agreement from `day` on (list of sentences)."""
        # Completeness alone, whoever reads which of these fields.
        children, parents, carer = children.sudo(), parents.sudo(), carer.sudo()
        gaps = []
        if not carer:
            gaps.append(self.env._("No carer is on file. Enter one under “Parents and Carers”."))
        elif not carer._is_of_age(day):
            gaps.append(self.env._("The carer is under 18: choose an adult."))
        if not parents:
            gaps.append(self.env._("No parent is on file."))
        for person in parents | carer:
            lacks = [
                self.env._("identity number") if not person.id_number else "",
                self.env._("telephone") if not person.phone else "",
                self.env._("place of work") if person in parents and not person.work_place else "",
            ]
            if any(lacks):
                comma = self.env._("%(one)s, %(other)s", one="", other="")
                what = comma.join(filter(None, lacks))
                gaps.append(
                    self.env._("%(person)s: %(what)s", person=person.display_name, what=what)
                )
        for child in children:
            if not child.id_number and not child.no_id_reason:
                gaps.append(self.env._("%(child)s: identity number", child=child.display_name))
            if not child.school_id and not child.school_name:
                gaps.append(self.env._("%(child)s: school", child=child.display_name))
        return gaps
