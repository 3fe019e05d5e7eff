"""Make a table for readers who see no child: count, look at what is withheld, publish (§C.2 "A")."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class Publish(models.TransientModel):
    _name = "lbc.publish"
    _description = "Publish a Table"
    _inherit = ["lbc.wizard.mixin"]

    county_id = fields.Many2one(
        "lbc.area",
        required=True,
        domain="[('level', '=', 'county')]",
        default=lambda self: self._default_county(),
    )
    source = fields.Selection(
        [("live", "The ledger of today"), ("quarter", "A submitted quarter")],
        default="live",
        required=True,
    )
    quarter_id = fields.Many2one(
        "lbc.quarter",
        domain="[('county_id', '=', county_id)]",
        help="Every township has to have submitted it.",
    )
    as_of = fields.Date("As of", compute="_compute_as_of")
    title = fields.Char(compute="_compute_title", store=True, readonly=False)

    def _default_county(self):
        _scope, area_ids, _organization_id = self.env.user._lbc_scope()
        return self.env["lbc.area"].browse(area_ids).county_id[:1]

    @api.depends("source", "quarter_id")
    def _compute_as_of(self):
        for wizard in self:
            frozen = wizard.source == "quarter"
            today = self.env.user._lbc_today()
            wizard.as_of = wizard.quarter_id.cutoff if frozen else today

    @api.depends("county_id", "as_of")
    def _compute_title(self):
        for wizard in self:
            day = wizard.as_of
            place = wizard.county_id.name or ""
            when = f"（{day.year}年{day.month}月{day.day}日）" if day else ""
            wizard.title = f"{place}农村留守儿童统计表{when}"

    def action_preview(self):
        """Count, withhold what is too small, and open the draft: what its readers will see.

        :raises UserError: no quarter was chosen, it is another county's, or townships have not submitted
        """
        self.ensure_one()
        publications = self.env["lbc.publication"]
        publications._require_publisher(self.county_id)
        quarter = self.quarter_id if self.source == "quarter" else None
        if quarter is not None:
            quarter.check_access("read")
            if quarter.county_id != self.county_id:
                raise UserError(self.env._("Choose the quarter."))
        self._discard_own_drafts(quarter)
        draft = publications._prepare_draft(self.title, self.county_id, quarter)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Preview"),
            "res_model": "lbc.publication",
            "res_id": draft.id,
            "views": [(False, "form")],
            "target": "current",
        }

    def _discard_own_drafts(self, quarter):
        """Delete what the caller only looked at before: one preview of a table at a time."""
        drafts = self.env["lbc.publication"].search(
            [
                ("state", "=", "draft"),
                ("create_uid", "=", self.env.uid),
                ("county_id", "=", self.county_id.id),
                ("quarter_id", "=", quarter.id if quarter else False),
            ]
        )
        for draft in drafts:
            draft.action_discard()
