"""A pivot table saved as a workbook: counts, so free; but its words may begin a formula, and it leaves a trace."""

import json

from odoo.http import request, route

from odoo.addons.web.controllers.pivot import TableExporter

from ..lib import workbook


class PivotExport(TableExporter):
    @route(readonly=False)  # the journal writes a row
    def export_xlsx(self, data, **kw):
        """Guard the words of a pivot table about children against formulas; write the export down."""
        table = json.load(data) if hasattr(data, "read") else json.loads(data)
        model = (table or {}).get("model")
        if model in request.env and request.env[model]._lbc_is_about_children():
            request.env[model].check_access("read")
            request.env["lbc.journal"]._note("export", model, reason="pivot")
            table = _guarded(table)
        return super().export_xlsx(json.dumps(table), **kw)


def _guarded(value):
    """Return parsed JSON with every text made safe for a cell."""
    if isinstance(value, dict):
        return {key: _guarded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_guarded(item) for item in value]
    return workbook.safe_text(value)
