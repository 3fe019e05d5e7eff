"""A table of counts for readers who see no child: date, area, indicator (domain.md §C.2 "A", R3).

Small cells are withheld together with others from which they would follow (`lib.suppression`).
A table is a draft, then published, then perhaps withdrawn; published, it is frozen.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# What may still be said of a table once it is published.
_AFTERWARDS = {"state", "withdrawn_on", "withdrawn_by", "withdraw_reason"}


class Publication(models.Model):
    _name = "lbc.publication"
    _description = "Published Table"
    _inherit = ["lbc.access.mixin"]
    _order = "as_of desc, id desc"
    _lbc_export_free = True  # says nothing of a child
    _rec_name = "title"

    title = fields.Char(required=True, readonly=True)
    county_id = fields.Many2one(
        "lbc.area", required=True, readonly=True, index=True, ondelete="restrict"
    )
    as_of = fields.Date("As of", required=True, readonly=True)
    source = fields.Selection(
        [("live", "The ledger of the day"), ("quarter", "A submitted quarter")],
        required=True,
        readonly=True,
    )
    quarter_id = fields.Many2one("lbc.quarter", readonly=True, index=True, ondelete="restrict")
    small_cell_k = fields.Integer(
        "Smallest Published Cell",
        readonly=True,
        aggregator=None,
        help="Smaller numbers are withheld, and others from which they would follow.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published"), ("withdrawn", "Withdrawn")],
        default="draft",
        required=True,
        readonly=True,
        index=True,
    )
    published_on = fields.Datetime(readonly=True)
    published_by = fields.Many2one("res.users", readonly=True)
    withdrawn_on = fields.Datetime(readonly=True)
    withdrawn_by = fields.Many2one("res.users", readonly=True)
    withdraw_reason = fields.Char("Why Withdrawn", readonly=True)
    statistic_ids = fields.One2many("lbc.statistic", "publication_id", "Numbers", readonly=True)
    suppressed_count = fields.Integer("Withheld Cells", compute="_compute_tables")
    tables = fields.Html(compute="_compute_tables", sanitize=False)

    _quarter_once = models.UniqueIndex(
        "(quarter_id) WHERE state = 'published' AND quarter_id IS NOT NULL",
        "The table of this quarter is already published. Withdraw it first.",
    )
    _month_once = models.UniqueIndex(
        "(county_id, date_trunc('month', as_of::timestamp)) "
        "WHERE state = 'published' AND source = 'live'",
        "A table of this month is already published: two tables of nearby days would tell single "
        "children by their difference. Withdraw it first, or wait for next month.",
    )

    @api.depends("statistic_ids")
    @api.depends_context("uid", "lang")
    def _compute_tables(self):
        for publication in self:
            # A search of the reader's own: he finds the cells that his role may read.
            cells = self.env["lbc.statistic"].search([("publication_id", "=", publication.id)])
            publication.suppressed_count = len(cells.filtered("suppressed"))
            publication.tables = self.env["ir.qweb"]._render(
                "left_behind_children.publication_tables", {"tables": cells._as_tables()}
            )

    def write(self, vals):
        withdraws = vals.get("state") == "withdrawn" and not vals.keys() - _AFTERWARDS
        allowed = ("draft", "published") if withdraws else ("draft",)
        if any(one.state not in allowed for one in self):
            raise UserError(
                self.env._(
                    "A published table never changes. Withdraw it and publish a corrected one."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        self._require_state("state", "draft")

    def action_publish(self):
        """Publish the table: from now on the readers of the county see it, and it never changes.

        :raises UserError: it is no draft, or another published table is too near (`_check_distance`)
        """
        self.ensure_one()
        self._check_step("draft")
        self._check_distance()
        groups = self._data_groups()
        # Read-only for every role; right, county and state were checked.
        self.sudo().write(
            {
                "state": "published",
                "published_on": fields.Datetime.now(),
                "published_by": self.env.uid,
            }
        )
        self.env["lbc.journal"]._note("publish", model=self._name, ids=self.ids, groups=groups)
        return True

    def action_discard(self):
        """Delete a draft with its numbers and go back to the list."""
        self.ensure_one()
        self._check_step("draft")
        draft = self.sudo()  # nobody deletes cells himself
        draft.statistic_ids.unlink()
        draft.unlink()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "left_behind_children.publication_action"
        )

    def _withdraw(self, reason):
        """Take a published table back: its readers do not find it any more; it stays for the record.

        :param reason: str, why; without names of persons
        :raises UserError: it is not published
        """
        self.ensure_one()
        self._check_step("published")
        self.sudo().write(
            {
                "state": "withdrawn",
                "withdrawn_on": fields.Datetime.now(),
                "withdrawn_by": self.env.uid,
                "withdraw_reason": reason,
            }
        )
        self.env["lbc.journal"]._note("publish", model=self._name, ids=self.ids, reason=reason)

    def action_view_statistics(self):
        """Open the numbers of this table as a list, pivot or graph."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "left_behind_children.statistic_action"
        )
        return {**action, "domain": [("publication_id", "=", self.id)], "name": self.title}

    def _check_step(self, *states):
        """Refuse whoever may not publish for the county, and tables in another state."""
        self.check_access("read")
        self._require_publisher(self.county_id)
        self._require_state("state", *states)

    @api.model
    def _require_publisher(self, county):
        """Refuse users who may not publish tables of this county (`lbc.area`).

        :raises AccessError: superuser code passes
        """
        user = self.env.user
        if self.env.su:
            return
        if not user.has_group("left_behind_children.group_publish"):
            raise AccessError(
                self.env._("Your role may not publish tables. The civil affairs bureau does.")
            )
        if user._lbc_scope()[0] != "county" or not user._lbc_covers(county):
            raise AccessError(
                self.env._("%(county)s lies outside your area.", county=county.sudo().name)
            )

    def _data_groups(self):
        """Return the short names of the data groups whose numbers are in the table, sorted."""
        return sorted(set(self.sudo().statistic_ids.mapped("data_group")))
