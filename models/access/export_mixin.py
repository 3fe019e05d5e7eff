"""Odoo's own export (the button, `/web/export/*`, `export_data` over RPC) goes through the same gate.

It sits on every model, not on ours alone: a path such as `lbc_posting_ids/…` reaches our data from elsewhere.
"""

from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import UserError
from odoo.orm.models import fix_import_export_id_paths

from ...lib import workbook
from . import export_groups
from .export_delivery import DELIVERS, Content

_ADDED_UP = ("integer", "float", "monetary", "boolean", "date", "datetime")
# The keys of the approved records themselves, which Odoo adds for reading in again.
_KEYS = {("id",), (".id",)}


class Facts(NamedTuple):
    """What a choice of columns touches. groups: short names. children: data about children. ours: our data."""

    groups: set
    children: bool
    ours: bool


class Base(models.AbstractModel):
    _inherit = "base"
    # Data groups (short names) that protect a model as a whole, beside those of its fields.
    _lbc_data_groups = ()
    # A business model whose rows are no children's data: counts, requests.
    _lbc_export_free = False

    def export_data(self, fields_to_export):
        """Export what an open request of kind “list” covers; lists without children go freely.

        :raises AccessError: a column may not be read
        :raises UserError: no request covers these records and columns; says how to ask
        """
        if self.env.su:
            return super().export_data(fields_to_export)
        facts = self._lbc_export_facts(fields_to_export)
        if not facts.ours:
            return super().export_data(fields_to_export)
        export = self.env["lbc.export"]
        if facts.groups or facts.children:
            export = self._lbc_open_export(facts, fields_to_export)
            self.env.cr.cache[DELIVERS] = export.id
        result = super().export_data(fields_to_export)
        content = Content(b"", self._name, self.ids, facts.groups)
        if export:
            export._count_download("export", content)
        else:
            self.env["lbc.journal"]._note("export", self._name, self.ids)
        if not self.env.context.get("import_compat", True):
            self._lbc_guard(result["datas"], fields_to_export, export)
        return result

    @api.model
    def _lbc_is_about_children(self):
        """Return whether the model's rows are data about children (bool)."""
        if not self._name.startswith("lbc.") or self._lbc_export_free:
            return False
        return isinstance(self, self.pool["lbc.access.mixin"]) or "child_id" in self._fields

    @api.model
    def _lbc_export_facts(self, names):
        """Return the `Facts` of an export of these columns (list of str, paths with `/`).

        :raises AccessError: one of them may not be read
        """
        groups, touched = self._lbc_whole_groups(), {self._name}
        for name in names:
            model = self
            for part in fix_import_export_id_paths(name):
                field = model._fields.get(part.partition(".")[0])
                if field is None:
                    break
                model._check_field_access(field, "read")
                groups |= export_groups.of_field(field)
                if not field.comodel_name:
                    break
                model = self.env[field.comodel_name]
                groups |= model._lbc_whole_groups()
                touched.add(model._name)
        models_ = [self.env[name] for name in touched]
        children = any(model._lbc_is_about_children() for model in models_)
        ours = children or self._lbc_export_free or bool(groups)
        return Facts(groups, children, ours)

    @api.model
    def _lbc_whole_groups(self):
        """Return the short names (set of str) of the data groups that protect the model as a whole."""
        return {*self._lbc_data_groups, getattr(self, "_data_group", None)} - {None}

    @api.model
    def _lbc_paths(self, names):
        """Return the columns (set of tuples of str) that these names stand for, however written."""
        return {tuple(fix_import_export_id_paths(name)) for name in names}

    def _lbc_open_export(self, facts, names):
        """Return the open request (sudo False) that covers these records and columns.

        A data group is not enough: the second person approved these columns, not the family's.

        :raises UserError: there is none
        """
        wanted, columns = set(self.ids), self._lbc_paths(names)
        for export in self.env["lbc.export"]._open_exports("list"):
            covered = export_groups.split(export.data_groups)
            if (
                export.res_model == self._name
                and facts.groups <= covered
                and wanted <= set(export.spec["ids"])
                and columns <= self._lbc_paths(export.spec["fields"]) | _KEYS
            ):
                return export.sudo(False)
        raise UserError(
            self.env._(
                "This list leaves the system only with an approved request that covers these files "
                "and columns. Select the files in the list and choose “Request an Export” in the "
                "Actions menu."
            )
        )

    def _lbc_guard(self, rows, names, export):
        """Guard the cells of an export against formulas; the last row tells where it comes from."""
        for row in rows:
            row[:] = [workbook.safe_text(value) for value in row]
        if not export:
            return
        place = next(
            (place for place, name in enumerate(names) if self._lbc_holds_text(name)), None
        )
        if place is not None:
            mark = [""] * len(names)
            mark[place] = export._watermark().text
            rows.append(mark)

    @api.model
    def _lbc_holds_text(self, name):
        """Return whether a column is never added up: a grouped export adds numbers and dates."""
        field = self._fields.get(name.partition("/")[0])
        return name != ".id" and (field is None or field.type not in _ADDED_UP or "/" in name)

    @api.model
    def _lbc_export_headings(self, names):
        """Return the headings (list of str) of exported columns, in the user's language."""
        return [self._lbc_export_heading(name) for name in names]

    @api.model
    def _lbc_export_heading(self, name):
        model, words = self, []
        for part in name.split("/"):
            field = model._fields[part]
            words.append(field._description_string(self.env))
            model = self.env[field.comodel_name] if field.comodel_name else model
        return "/".join(words)
