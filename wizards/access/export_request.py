"""“Request an Export” of the files selected in a list."""

from lxml import etree

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...lib import workbook

# What no column of a list can be in a workbook.
_NO_COLUMN = ("binary", "image", "html", "json", "properties", "properties_definition")


class ExportRequest(models.TransientModel):
    _name = "lbc.export.request"
    _description = "Request an Export"
    _inherit = ["lbc.export.ask"]

    res_model = fields.Char(
        "Model", required=True, default=lambda self: self.env.context.get("active_model")
    )
    res_ids = fields.Json(
        "Selected Files", default=lambda self: self.env.context.get("active_ids") or []
    )
    record_count = fields.Integer("Files", compute="_compute_record_count")
    hidden_columns = fields.Boolean(
        "Also the Columns Hidden by Default", help="Those a user may add to the list."
    )
    template_id = fields.Many2one(
        "ir.exports",
        "Saved Columns",
        domain="[('resource', '=', res_model)]",
        groups="base.group_allow_export",
        help="A saved choice of columns of Odoo's export page; empty: the columns of the list.",
    )
    columns = fields.Text(compute="_compute_columns")

    @api.depends("res_ids")
    def _compute_record_count(self):
        for wizard in self:
            wizard.record_count = len(wizard.res_ids or ())

    @api.depends("res_model", "hidden_columns")
    def _compute_columns(self):
        for wizard in self:
            names = wizard._columns() if wizard.res_model in self.env else []
            headings = wizard._model()._lbc_export_headings(names) if names else []
            wizard.columns = self.env._("%(one)s, %(other)s", one="", other="").join(headings)

    def _model(self):
        """Return the model (empty recordset) of the list.

        :raises UserError: it is none whose lists are asked for
        """
        known = self.res_model in self.env and self.res_model.startswith("lbc.")
        if not known or self.env[self.res_model]._transient or self.env[self.res_model]._abstract:
            raise UserError(self.env._("Lists of this kind cannot be requested."))
        return self.env[self.res_model]

    def _columns(self):
        """Return the names of the columns: a saved choice, else those of the list."""
        if self.env.user.has_group("base.group_allow_export") and self.template_id:
            return self.template_id.export_fields.mapped("name")
        model = self._model()
        tree = etree.fromstring(model.get_view(view_type="list")["arch"])
        names = []
        for node in tree.xpath("//field[not(ancestor::field)]"):
            name = node.get("name")
            hidden = node.get("column_invisible") in ("1", "True")
            optional = node.get("optional") == "hide" and not self.hidden_columns
            if not hidden and not optional and model._fields[name].type not in _NO_COLUMN:
                names.append(name)
        return list(dict.fromkeys(names))

    def action_request(self):
        """Ask for the selected files; shows the request, ready or waiting.

        :raises UserError: nothing is selected, or a word of the request is missing
        :raises AccessError: a column may not be read
        """
        self.ensure_one()
        model = self._model()
        model.check_access("read")
        wanted = [one for one in self.res_ids or () if isinstance(one, int)]
        records = model.with_context(active_test=False).search([("id", "in", wanted)])
        if not records:
            raise UserError(self.env._("Select the files in the list first."))
        names = self._columns()
        facts = model._lbc_export_facts(names)
        headings = model._lbc_export_headings(names)
        title = self.env["ir.model"]._get(model._name).name
        export = self.env["lbc.export"]._request(
            "list",
            self._asked(),
            {"ids": records.ids, "fields": names},
            title=title,
            res_model=model._name,
            record_count=len(records),
            columns=self.env._("%(one)s, %(other)s", one="", other="").join(headings),
            data_groups=facts.groups,
            filename=workbook.safe_file_name(f"{title}{fields.Date.context_today(self)}", "xlsx"),
        )
        return self._show(export)
