"""Two profiles side by side: which parameters differ (domain.md §A.3)."""

from odoo import api, fields, models


class ProfileCompare(models.TransientModel):
    _name = "lbc.profile.compare"
    _description = "Compare Profiles"
    _inherit = ["lbc.wizard.mixin"]

    left_id = fields.Many2one("lbc.profile", "First Profile", required=True)
    right_id = fields.Many2one("lbc.profile", "Second Profile", required=True)
    all_parameters = fields.Boolean("Show Equal Ones Too")
    line_ids = fields.One2many(
        "lbc.profile.compare.line", "compare_id", compute="_compute_line_ids", store=True
    )

    @api.model
    def default_get(self, names):
        values = super().default_get(names)
        chosen = self.env["lbc.profile"].browse(self.env.context.get("active_ids", []))
        chosen |= self.env["lbc.profile"].search([("is_preset", "=", True)])
        if len(chosen) > 1:
            values.update(left_id=chosen[0].id, right_id=chosen[1].id)
        return values

    @api.depends("left_id", "right_id", "all_parameters")
    def _compute_line_ids(self):
        for wizard in self:
            lines = [fields.Command.clear()]
            if wizard.left_id and wizard.right_id:
                lines += [fields.Command.create(vals) for vals in wizard._differences()]
            wizard.line_ids = lines

    def _differences(self):
        """Return [{parameter, left, right, differs}] in the order of the form."""
        rows = []
        for name in self.left_id._parameter_names():
            left, right = (self._shown(profile, name) for profile in (self.left_id, self.right_id))
            if left != right or self.all_parameters:
                label = self.left_id._fields[name]._description_string(self.env)
                rows.append(
                    {"parameter": label, "left": left, "right": right, "differs": left != right}
                )
        return rows

    @api.model
    def _shown(self, profile, name):
        """Return a parameter's value in words (str)."""
        field, value = profile._fields[name], profile[name]
        if field.type == "many2many":
            return ", ".join(value.mapped("display_name"))
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        if field.type == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        return str(value) if value is not False else ""


class ProfileCompareLine(models.TransientModel):
    _name = "lbc.profile.compare.line"
    _description = "Compared Parameter"

    compare_id = fields.Many2one("lbc.profile.compare", required=True, ondelete="cascade")
    parameter = fields.Char()
    left = fields.Char("First Profile")
    right = fields.Char("Second Profile")
    differs = fields.Boolean()
