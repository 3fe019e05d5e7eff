"""The only way in which a workbook of the export gate leaves the server."""

from odoo import http
from odoo.http import content_disposition, request

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


class ExportDownload(http.Controller):
    @http.route("/lbc/export/<int:export_id>", type="http", auth="user", methods=["GET"])
    def download(self, export_id):
        """Deliver an approved export to its requester; every check is done again here.

        :raises NotFound: there is no such export, or not for this user
        """
        export = request.env["lbc.export"].search([("id", "=", export_id)])
        if not export:
            raise request.not_found()
        name, data = export._deliver()
        return request.make_response(
            data,
            headers=[
                ("Content-Type", _TYPES.get(name.rpartition(".")[2], "application/octet-stream")),
                ("Content-Length", len(data)),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
