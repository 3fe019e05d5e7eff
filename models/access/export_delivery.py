"""What an approved export delivers: written at the moment of the download, as the requester, counted and noted."""

import hashlib
from typing import NamedTuple

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...lib import workbook
from ...reports.access import table
from . import export_groups

# In the cache of a transaction that delivers an approved export: it is no reading beyond the limit.
DELIVERS = "lbc_export_delivers"
_CHUNK = 2000


class Content(NamedTuple):
    """A written workbook. data: bytes. model, ids: whose data they are. groups: short names of data groups."""

    data: bytes
    model: str
    ids: list
    groups: set


class Export(models.Model):
    _inherit = "lbc.export"

    def action_download(self):
        """Return the action that downloads the file; the page is checked again when it is asked for.

        :raises AccessError: it is somebody else's, or he acts in another role now
        :raises UserError: not approved, or expired
        """
        self.ensure_one()
        self._check_download()
        return {
            "type": "ir.actions.act_url",
            "url": f"/lbc/export/{self.id}",
            "target": "download",
        }

    def _check_download(self):
        """Refuse everybody but the requester, in his role, between approval and end."""
        self.check_access("read")
        if self.user_id != self.env.user:
            raise AccessError(self.env._("Only who asked for an export downloads it."))
        if self.kind == "reading":
            raise UserError(self.env._("This request opens files for reading; it has no workbook."))
        self._require_state("state", "approved")
        if not self._is_open():
            raise UserError(
                self.env._("The export has expired. Ask again if the data are still needed.")
            )
        if self.role_id != self.env.user.lbc_role_id:
            raise AccessError(
                self.env._(
                    "The export was asked for in another role. Act in that post again, or ask anew."
                )
            )

    def _deliver(self):
        """Return (file name, bytes) of the workbook; counts and writes down the download.

        :raises AccessError, UserError: see `action_download`; also when the requester may read more
            by now than what was approved
        """
        self.ensure_one()
        self._check_download()
        self.env.cr.cache[DELIVERS] = self.id
        content = self._content(self._watermark())
        self._check_covered(content.groups)
        stored = self.sudo()
        data = content.data
        # Only workbooks take a password; what else there is (a cover) says nothing of a single child.
        if stored.password and workbook.can_encrypt() and self._is_workbook():
            data = workbook.encrypt(data, stored.password)
        self._count_download("download", content, hashlib.sha256(data).hexdigest())
        return self.filename, data

    def _is_workbook(self):
        """Return whether the file is a workbook (bool), by its name."""
        return (self.filename or "").endswith(".xlsx")

    def _check_covered(self, groups):
        """Refuse data groups that nobody approved: rights may have grown since the request."""
        if groups - export_groups.split(self.data_groups):
            raise UserError(
                self.env._(
                    "By now you may read more than this request covers. Ask for the export again."
                )
            )

    def _count_download(self, action, content, digest=False):
        """Count one download and write it down in the journal."""
        stored = self.sudo()
        stored.write(
            {
                "download_count": stored.download_count + 1,
                "last_download": fields.Datetime.now(),
                "sha256": digest,
            }
        )
        self.env["lbc.journal"]._note(action, content.model, content.ids, content.groups, self.name)

    def _watermark(self):
        """Return the `lib.workbook.Watermark` of this download."""
        self.ensure_one()
        role = self.role_id.sudo().with_context(lang="zh_CN").name or ""
        now = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        return workbook.Watermark(
            number=self.name,
            who=f"{self.user_id.login}（{role}）",
            organization=self.organization_id.sudo().name or "",
            when=f"{now:%Y-%m-%d %H:%M}",
            recipient=self.recipient,
        )

    def _content(self, watermark):
        """Return the `Content` of this export, written with what the present user may read.

        A room that brings a kind of document extends this.
        """
        return self._list_content(watermark)

    # -- kind “list”

    def _list_content(self, watermark):
        """Write the records of a list that are still within the user's reach, a chunk at a time."""
        spec = self.sudo().spec
        model = self.env[self.res_model].with_context(active_test=False, import_compat=False)
        names = spec["fields"]
        facts = model._lbc_export_facts(names)
        records = model.search([("id", "in", spec["ids"])])
        data = table.write(
            self.title,
            model._lbc_export_headings(names),
            self._list_rows(records, names),
            watermark,
            fields.Date.context_today(self),
        )
        return Content(data, model._name, records.ids, facts.groups)

    def _list_rows(self, records, names):
        paths = [name.split("/") for name in names]
        for start in range(0, len(records), _CHUNK):
            part = records[start : start + _CHUNK]
            yield from part._export_rows(paths)
            self.env.invalidate_all()  # memory stays bounded
