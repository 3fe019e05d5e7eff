"""The scorecard of risk as data: items, weights, knock-outs, thresholds, versions (domain.md §B.11, §C.4 risk_scheme).

What assessments were made with never changes: a published scheme is copied into a new version, which replaces it.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...lib import risk

STATES = [("draft", "Draft"), ("in_force", "In Force"), ("replaced", "Replaced")]


class RiskScheme(models.Model):
    _name = "lbc.risk.scheme"
    _description = "Risk Scorecard"
    _inherit = ["lbc.access.mixin"]
    _order = "county_id, name, version desc, id"
    _journal_changes = True
    _journal_plain_text = True
    _lbc_export_free = True  # the form says nothing of a child

    name = fields.Char(required=True)
    version = fields.Integer(default=1, required=True, readonly=True, copy=False)
    county_id = fields.Many2one(
        "lbc.area",
        domain="[('level', '=', 'county')]",
        ondelete="restrict",
        default=lambda self: self.env.user._lbc_counties()[:1],
        help="Empty: every county that has no scorecard of its own.",
    )
    low_from = fields.Float(
        "Low Risk from", default=75, required=True, digits=(5, 1), help="Score in percent."
    )
    medium_from = fields.Float(
        "Medium Risk from", default=50, required=True, digits=(5, 1), help="Below it: high."
    )
    override_days = fields.Integer(
        "Days an Override Lasts",
        default=90,
        required=True,
        help="After that the level that follows from the answers is true again.",
    )
    item_ids = fields.One2many("lbc.risk.item", "scheme_id", "Items", copy=True)
    item_count = fields.Integer("Number of Items", compute="_compute_item_count")
    previous_id = fields.Many2one(
        "lbc.risk.scheme", "Replaces", readonly=True, copy=False, ondelete="restrict"
    )
    state = fields.Selection(STATES, default="draft", required=True, readonly=True, copy=False)
    in_force_from = fields.Date(readonly=True, copy=False)

    _one_in_force = models.UniqueIndex(
        "(coalesce(county_id, 0)) WHERE state = 'in_force'",
        "The county already has a scorecard in force. Publish a new version of it instead.",
    )
    _thresholds = models.Constraint(
        "CHECK(0 < medium_from AND medium_from < low_from AND low_from <= 100)",
        "The thresholds are percentages; medium risk begins below low risk.",
    )
    _override = models.Constraint(
        "CHECK(override_days BETWEEN 1 AND 366)", "An override lasts 1 to 366 days."
    )

    @api.depends("item_ids")
    def _compute_item_count(self):
        for scheme in self:
            scheme.item_count = len(scheme.item_ids)

    @api.depends("name", "version")
    def _compute_display_name(self):
        for scheme in self:
            scheme.display_name = f"{scheme.name or ''} V{scheme.version}"

    @api.constrains("county_id")
    def _check_county(self):
        for scheme in self:
            if scheme.county_id and scheme.county_id.level != "county":
                raise ValidationError(self.env._("A scorecard belongs to a county or to all."))

    def write(self, vals):
        self._refuse_published()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._refuse_published()

    def _refuse_published(self):
        """Raise that what assessments were made with stays as it is; data files are loaded anyway."""
        context = self.env.context  # callers choose it: it says something of the superuser only
        if self.env.su and (context.get("install_mode") or context.get("lbc_risk_step")):
            return
        if any(scheme.state != "draft" for scheme in self):
            raise UserError(
                self.env._(
                    "A published scorecard is not changed: assessments were made with it. Make a "
                    "new version and publish that."
                )
            )

    def action_publish(self):
        """Put the draft in force for its county; the version in force until now is replaced.

        :raises UserError: it belongs to no county, or an item cannot be answered
        """
        self._require_group("forms")
        self.check_access("write")
        self._require_state("state", "draft")
        for scheme in self:
            if not scheme.county_id and not self.env.su:
                raise UserError(self.env._("Choose the county for which the scorecard is meant."))
            scheme._check_items()
            scheme._publish()
        return True

    def _publish(self):
        """Replace the county's scorecard in force by this one (steps; superuser)."""
        self.ensure_one()
        step = self.sudo().with_context(lbc_risk_step=True)
        step.search(
            [("county_id", "=", self.county_id.id), ("state", "=", "in_force")]
        ).state = "replaced"
        step.flush_model(["state"])
        step.write({"state": "in_force", "in_force_from": fields.Date.context_today(self)})

    def _check_items(self):
        """Refuse a scorecard with which nobody could be assessed, naming the item."""
        if not self.item_ids:
            raise UserError(self.env._("Add items to the scorecard before publishing it."))
        for item in self.item_ids:
            if len(item.option_ids) < 2:
                raise UserError(
                    self.env._(
                        "“%(item)s” needs two answers at least to choose from.", item=item.name
                    )
                )
            if item.several and not item.option_ids.filtered("is_none"):
                raise UserError(
                    self.env._(
                        "“%(item)s” takes several answers: add one that says that none applies.",
                        item=item.name,
                    )
                )

    def action_new_version(self):
        """Copy the scorecard into a draft of its next version; opens it."""
        self.ensure_one()
        self._require_group("forms")
        self.check_access("read")
        county = self.env.user._lbc_counties()[:1] or self.county_id
        last = self.sudo().search(  # versions of other counties count in the name's numbering too
            [("name", "=", self.name)], order="version desc", limit=1
        )
        draft = self.copy({"county_id": county.id})
        # Set by the product, as the mixin knows: hence the superuser.
        draft.sudo().write({"version": last.version + 1, "previous_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": draft.id,
            "views": [(False, "form")],
        }

    def copy_data(self, default=None):
        rows = super().copy_data(default)
        for row in rows:  # the name stays: the version tells them apart
            row.setdefault("name", self[:1].name)
        return rows

    @api.model
    def _for_county(self, county):
        """Return the scorecard (0 or 1 record, sudo) in force in a county: its own, else the common."""
        found = self.sudo().search(
            [("state", "=", "in_force"), ("county_id", "in", (county.id, False))]
        )
        return found.filtered("county_id")[:1] or found[:1]

    def _items(self):
        """Return {item id: `lib.risk.Item`} in the order of the form."""
        self.ensure_one()
        return {
            item.id: risk.Item(
                item.points,
                {
                    option.id: risk.Option(option.points, option.knock_out)
                    for option in item.option_ids
                },
                item.weight,
                item.several,
            )
            for item in self.sudo().item_ids
        }

    def _card(self):
        """Return the form as the page draws it: [{id, block, name, several, options}]."""
        self.ensure_one()
        return [
            {
                "id": item.id,
                "block": item.block,
                "name": item.name,
                "note": item.note or "",
                "several": item.several,
                "options": [
                    {
                        "id": option.id,
                        "name": option.name,
                        "none": option.is_none,
                        "knock_out": option.knock_out,
                    }
                    for option in item.option_ids
                ],
            }
            for item in self.sudo().item_ids
        ]
