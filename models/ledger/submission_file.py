"""A document of a version: made once, stored with its SHA-256, served as stored (architecture, idea 6).

The file lies as an attachment of a field that nobody reads; it leaves through the export gate alone, for who reads in
clear every data group that it holds.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...lib import digest
from ..access import export_groups
from ..access.append_only import NEVER, append_only

DOCUMENTS = [
    ("changes", "Changes (R1)"),
    ("register", "Full register (R2)"),
    ("summary", "Official summary table (R3)"),
    ("roster", "Roster (R4)"),
    ("cover", "Cover for the seal"),
]
COUNTS_ONLY = ("summary", "cover")  # say nothing of a single child
_OWN_DUTIES = "left_behind_children.group_duty_own"
_READERS = f"left_behind_children.group_ledger_rows,{_OWN_DUTIES}"


class StoredMixin(models.AbstractModel):
    _name = "lbc.stored.mixin"
    _description = "Stored Document"

    version_id = fields.Many2one(
        "lbc.submission.version", required=True, readonly=True, index=True, ondelete="restrict"
    )
    quarter_id = fields.Many2one(related="version_id.submission_id.quarter_id", related_sudo=True)
    check_code = fields.Char(
        readonly=True, help="As it stands in the document: that of the version when it was made."
    )
    name = fields.Char("File Name", required=True, readonly=True)
    township_id = fields.Many2one("lbc.area", readonly=True, index=True, ondelete="restrict")
    county_id = fields.Many2one(
        "lbc.area", required=True, readonly=True, index=True, ondelete="restrict"
    )
    content = fields.Binary(attachment=True, readonly=True, groups=fields.NO_ACCESS)
    attachment_id = fields.Many2one(
        "ir.attachment", compute="_compute_attachment_id", groups=fields.NO_ACCESS
    )
    sha256 = fields.Char("SHA-256", required=True, readonly=True)
    size = fields.Integer("Size (Bytes)", readonly=True, aggregator=None)
    row_count = fields.Integer("Rows", readonly=True, aggregator=None)
    data_groups = fields.Char("Data Groups (Codes)", readonly=True)

    def _compute_attachment_id(self):
        papers = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_field", "=", "content"),
                    ("res_id", "in", self.ids),
                ]
            )
        )
        of_file = {paper.res_id: paper for paper in papers}
        for one in self:
            one.attachment_id = of_file.get(one.id, False)

    @api.model
    def _lbc_papers_open(self):
        """What was reported takes no further papers and loses none."""
        return False

    def _stored_bytes(self):
        """Return the file (bytes) as it was stored.

        :raises UserError: it is no longer the file that was made
        """
        self.ensure_one()
        data = self.sudo().attachment_id.raw or b""  # nobody reads the field; the callers judge
        if digest.sha256_bytes(data) != self.sha256:
            raise UserError(
                self.env._(
                    "The stored file “%(name)s” is not the one that was made. Tell the data "
                    "officer; “Verify” on the version says what differs.",
                    name=self.name,
                )
            )
        return data

    def _sealed(self):
        """Return what the version's digest covers of the document (list), beginning with its code."""
        self.ensure_one()
        values = [self.name, self.sha256, self.size, self.row_count, self.data_groups or ""]
        return [
            self._code(),
            *values,
            self.check_code or "",
            self.township_id.id,
            self.county_id.id,
        ]

    def _code(self):
        """Return the code (str) of the document, one of its kind in a version."""
        return self.document

    def _is_counts_only(self):
        """Return whether the document says nothing of a single child (bool)."""
        return False

    def _groups(self):
        """Return the data groups (set of short names) that the document holds in clear."""
        return export_groups.split(self.data_groups)

    def _child_ids(self):
        """Return the ids of the children of whom the document tells."""
        if self._is_counts_only():
            return []
        # A document is taken whole, by who may have it whole.
        rows = self.env.execute_query(
            SQL(
                "SELECT child_ref FROM lbc_snapshot WHERE version_id = %(version)s UNION "
                "SELECT child_ref FROM lbc_submission_change WHERE version_id = %(version)s ORDER BY 1",
                version=self.version_id.id,
            )
        )
        return [child_id for (child_id,) in rows]

    def _ask_page(self):
        """Return the action of the page that asks for this document at the export gate."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "left_behind_children.submission_fetch_action"
        )
        return {**action, "context": {"default_document": f"{self._name},{self.id}"}}


class SubmissionFile(models.Model):
    _name = "lbc.submission.file"
    _description = "Document of a Submission"
    _inherit = ["lbc.access.mixin", "lbc.stored.mixin"]
    _order = "version_id desc, document"
    _rec_name = "name"
    _log_access = False
    _append_only = NEVER

    document = fields.Selection(DOCUMENTS, required=True, readonly=True)

    _one = models.Constraint(
        "UNIQUE(version_id, document)", "This document of the version was already made."
    )

    def _is_counts_only(self):
        return self.document in COUNTS_ONLY

    def _check_readable(self):
        """Refuse whoever does not read in clear all that the document holds: it is never made anew.

        :raises UserError: says where the same comes with masks
        """
        user = self.env.user
        missing = [
            group
            for group in self._groups()
            if not user.has_group(f"left_behind_children.group_{group}_read")
        ]
        if missing and not self.env.su:
            words = self.env["res.groups"]._lbc_data_group_names()
            raise UserError(
                self.env._(
                    "The stored document shows in clear what your role does not read: %(groups)s. "
                    "Use “Roster as Reported” or “Other Workbooks”, which are written with masks.",
                    groups="、".join(words.get(group, group) for group in sorted(missing)),
                )
            )

    def action_fetch(self):
        """Ask for the stored document at the export gate; a department for the cover that it seals (D8)."""
        self.ensure_one()
        self.check_access("read")
        if not (self.document == "cover" and self.env.user.has_group(_OWN_DUTIES)):
            self._require_group("ledger_rows")
        self._check_readable()
        return self._ask_page()

    def init(self):
        """Let the database itself refuse any change of a stored document."""
        append_only(self.env.cr, self._table, *self._append_only)


class Submission(models.Model):
    _inherit = "lbc.submission"

    file_ids = fields.One2many(
        related="current_version_id.file_ids",
        related_sudo=False,  # only what the user's own rules open
        string="Documents",
        groups=_READERS,
    )
