"""Importing a census (B-2a, L-2g; domain.md §B.2.2): upload, check, import, correct what was refused, import again.

Ordinary records, not a wizard: a census is evidence, and its rows are kept until the rooms that understand them exist.
Who may import, and where, is asked on the server in every step.
"""

import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..access import data_groups
from . import census_progress

GROUP = "left_behind_children.group_census_import"
STATES = [("draft", "Uploaded"), ("checked", "Checked"), ("done", "Imported")]


class CensusImport(models.Model):
    _name = "lbc.census.import"
    _description = "Census"
    _inherit = ["lbc.access.mixin"]
    _order = "id desc"
    _rec_name = "filename"
    _default_write_group = GROUP

    file = fields.Binary("Census Workbook", attachment=True, copy=False)
    filename = fields.Char("File Name", copy=False)
    as_of = fields.Date(
        "As of",
        copy=False,
        help="Read from the sheet (数据截至：…) unless entered before the check.",
    )
    county_id = fields.Many2one(
        "lbc.area",
        domain="[('level', '=', 'county')]",
        default=lambda self: self._default_county(),
        ondelete="restrict",
        index=True,
    )
    state = fields.Selection(STATES, default="draft", required=True, readonly=True, copy=False)
    posting_id = fields.Many2one(
        "lbc.posting",
        "Uploaded as",
        default=lambda self: self.env.user._lbc_acting_posting().id,
        readonly=True,
        copy=False,
        ondelete="set null",
        help="Who has left the post does not see the rows any more.",
    )
    unknown_headings = fields.Text(
        readonly=True,
        copy=False,
        help="Columns the ledger does not know; their cells are kept with the rows.",
    )
    layout = fields.Json(readonly=True, copy=False)
    line_ids = fields.One2many("lbc.census.line", "import_id", "Rows", readonly=True)
    finding_ids = fields.One2many(
        "lbc.census.line",
        "import_id",
        "Rows with Findings",
        domain=[("status", "!=", "ok")],
        readonly=True,
    )
    ok_count = fields.Integer("Good Rows", readonly=True, copy=False)
    warning_count = fields.Integer("Rows with Warnings", readonly=True, copy=False)
    error_count = fields.Integer("Rows with Errors", readonly=True, copy=False)
    created_count = fields.Integer("New Children", readonly=True, copy=False)
    updated_count = fields.Integer("Changed Children", readonly=True, copy=False)
    unchanged_count = fields.Integer("Unchanged Children", readonly=True, copy=False)
    rejected_count = fields.Integer("Rows Not Imported", readonly=True, copy=False)
    report_file = fields.Binary("Refused Rows", attachment=True, readonly=True, copy=False)
    report_filename = fields.Char(readonly=True, copy=False)

    @api.model
    def _default_county(self):
        """Return the county of the user, or the only one that has a profile (0 or 1 record)."""
        _scope, area_ids, _organization = self.env.user._lbc_scope()
        own = self.env["lbc.area"].browse(area_ids).county_id
        profiled = own or self.env["lbc.area"].browse(
            self.env["lbc.profile"]._profiled_county_ids()
        )
        return profiled if len(profiled) == 1 else profiled.browse()

    @api.model_create_multi
    def create(self, vals_list):
        self._check_importer()
        return super().create(vals_list)

    def write(self, vals):
        """Another file, date or county makes the check void, so the rows go."""
        # The steps write as superuser; a context alone, which any caller can send, opens nothing.
        is_step = self.env.su and self.env.context.get("lbc_census_step")
        if {"file", "as_of", "county_id"} & vals.keys() and not is_step:
            self._check_importer()
            self._forget_check()
            if "file" in vals and "as_of" not in vals:
                vals = {**vals, "as_of": False}  # the date belonged to the other file
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never_after_import(self):
        if any(census.state == "done" for census in self):
            raise UserError(
                self.env._(
                    "This census was imported. It is kept as the evidence of what it brought."
                )
            )

    def _check_importer(self):
        """Refuse whoever may not import a census; record rules say which ones he reaches.

        :raises AccessError: the caller lacks the right
        """
        if not self.env.su and not self.env.user._lbc_imports():
            raise AccessError(
                self.env._("Importing a census is the task of the township and of civil affairs.")
            )
        self.check_access("write" if self else "create")

    def _forget_check(self):
        """Take back the result of a check; what was imported stays what it is."""
        if any(census.state == "done" for census in self):
            raise UserError(
                self.env._("This census was imported. Upload the corrected workbook as a new one.")
            )
        # Rows and results are read-only for every role: the steps write them.
        self.sudo().line_ids.unlink()
        self.sudo().write(
            {
                "state": "draft",
                "layout": False,
                "unknown_headings": False,
                "report_file": False,
                **dict.fromkeys(("ok_count", "warning_count", "error_count", "rejected_count"), 0),
            }
        )

    def action_check(self):
        """Read the workbook and judge every row; nothing is written but the rows of this census. Repeatable.

        :raises UserError: the file cannot be read, or the date of the census is not known; says what to do
        """
        self.ensure_one()
        self._check_importer()
        self._require_state("state", "draft", "checked")
        self._check_sheet(self._read_workbook())
        return True

    def action_import(self):
        """Write all good rows, in one transaction; refused ones come back in `report_file`, with their reasons.

        Rows checked before are judged again: since then somebody may have entered a child. A child already on file is
        recognised by its number (without one by name, birth date and village) and brought up to date: the file wins
        for what it states, that is for cells that are not empty, also over what people entered since an earlier
        import; the row then says which fields it changed. Empty cells change nothing, so the same file imported twice
        changes nothing.

        :raises UserError: this census was imported already (what people entered since would be overwritten by it), or
            another one is being imported at this moment
        """
        self.ensure_one()
        self._check_importer()
        self._require_state("state", "draft", "checked")
        self._only_one_at_a_time()
        is_new = self.state == "draft"
        rows = (
            self._check_sheet(self._read_workbook()) if is_new else self._judge(self._kept_rows())
        )
        self._write_rows(rows)
        return True

    def action_show_rows(self):
        """Open the rows; the context's `census_filter` names a filter of their search view."""
        self.ensure_one()
        self.check_access("read")
        chosen = self.env.context.get("census_filter")
        return {
            "type": "ir.actions.act_window",
            "res_model": "lbc.census.line",
            "view_mode": "list,form",
            "domain": [("import_id", "=", self.id)],
            "context": {f"search_default_{chosen}": 1} if chosen else {},
            "name": self.env._("Rows of the Census"),
        }

    def action_show_children(self):
        """Open the children whom this census brought or changed."""
        self.ensure_one()
        self.check_access("read")
        rows = self.env["lbc.census.line"].search(
            [("import_id", "=", self.id), ("child_id", "!=", False)]
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "lbc.child",
            "view_mode": "list,form",
            "domain": [("id", "in", rows.child_id.ids)],
            "name": self.env._("Children of the Census"),
        }

    def get_progress(self):
        """Return [stage, rows done, rows in all] while the import runs, else False. Asked by its own page."""
        self.ensure_one()
        self.check_access("read")
        return census_progress.ask(self.env, self.id) or False

    def _only_one_at_a_time(self):
        """Two imports at once could both create the same child; the second is told to wait."""
        taken = self.env.execute_query(
            SQL("SELECT pg_try_advisory_xact_lock(hashtext('lbc.census.import'))")
        )
        if not taken[0][0]:
            raise UserError(
                self.env._(
                    "Another census is being imported at this moment. Try again in a minute."
                )
            )

    def _step(self, vals):
        """Write what only steps write: results and states are read-only for every role."""
        self.sudo().with_context(lbc_census_step=True).write(vals)

    def _content(self):
        """Return the bytes of the uploaded file."""
        return base64.b64decode(self.file or b"")


class ResUsers(models.Model):
    """Whose censuses a user sees: his own as long as he holds the post, the county's for county posts."""

    _inherit = "res.users"

    def _lbc_imports(self):
        """Return whether the user may import: the function, and the right to enter files it writes."""
        return self.has_group(GROUP) and self.has_group(data_groups.WRITE_FILE)

    def _lbc_census_domain(self):
        scope, area_ids, _organization = self._lbc_scope()
        if scope not in ("township", "county") or not self._lbc_imports():
            return Domain.FALSE
        own = Domain("create_uid", "=", self.id) & Domain(
            "posting_id", "in", [False, self._lbc_acting_posting().id]
        )
        return own | Domain("county_id", "in", area_ids) if scope == "county" else own

    def _lbc_census_line_domain(self):
        if not self._lbc_imports():
            return Domain.FALSE
        return self._lbc_area_domain() | Domain("import_id", "any", self._lbc_census_domain())
