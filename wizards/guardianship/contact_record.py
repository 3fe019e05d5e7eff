"""Record a contact between parents and children in one go: from a list, a file, a visit (L-1d, B-4.3c)."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.guardianship.contact import OUTCOMES, PARENTS, SOURCES, WAYS


class ContactRecord(models.TransientModel):
    _name = "lbc.contact.record"
    _description = "Record a Contact with Parents"
    _inherit = ["lbc.wizard.mixin"]
    _lbc_data_groups = ("visits",)

    child_ids = fields.Many2many("lbc.child", string="Children")
    with_siblings = fields.Boolean(
        "Brothers and Sisters Too",
        default=True,
        help="Those of the same household who are on the ledger.",
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    parent = fields.Selection(PARENTS, "With", required=True, default="mother")
    way = fields.Selection(WAYS, "How", required=True, default="call")
    outcome = fields.Selection(OUTCOMES, required=True, default="reached")
    minutes = fields.Integer(help="How long it lasted.")
    place = fields.Char("Where")
    source = fields.Selection(SOURCES, "Known from", default="carer")
    note = fields.Char()
    count = fields.Integer("Contacts to Be Recorded", compute="_compute_count")

    def default_get(self, names):
        values = super().default_get(names)
        if "child_ids" in names and self.env.context.get("active_model") == "lbc.child":
            values["child_ids"] = [fields.Command.set(self.env.context.get("active_ids", []))]
        return values

    @api.depends("child_ids", "with_siblings")
    def _compute_count(self):
        for wizard in self:
            wizard.count = len(wizard._children())

    def _children(self):
        """Return the children for whom a contact is recorded."""
        self.ensure_one()
        children = self.child_ids._origin
        if self.with_siblings:
            on_ledger = self.env["lbc.child"]._on_ledger_domain()
            children |= children.sibling_ids.filtered_domain(on_ledger)
        return children

    def action_record(self):
        """Record one contact for each child; it resolves what is due for them.

        :raises UserError: no child was chosen
        """
        self.ensure_one()
        self._require_group("visits_write")
        children = self._children()
        if not children:
            raise UserError(self.env._("Choose the children whom the parents contacted."))
        names = ("date", "parent", "way", "outcome", "minutes", "place", "source", "note")
        values = {name: self[name] for name in names}
        self.env["lbc.contact"].create([{**values, "child_id": child.id} for child in children])
        return {"type": "ir.actions.act_window_close"}
