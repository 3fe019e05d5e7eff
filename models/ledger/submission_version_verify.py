"""Verifying what was reported: everything is computed again from the rows (architecture, idea 6).

The first difference is named: the version, the row, the column, the change list, the number or the file. Whoever
switched a trigger off and computed the digests anew as well cannot change the code that is printed on the sealed cover
and stands in the recipients' receipts: it is typed in and compared with the code of what lies here now.
"""

from odoo import models

from ...lib import columns as column_lists
from ...lib import digest, ledger_chain
from ..access.append_only import switched_off
from .snapshot import FROZEN
from .submission_version import COUNTS
from .submission_version_seal import HASHED

_TABLES = ("lbc_snapshot", "lbc_submission_version", "lbc_submission_change", "lbc_submission_file")
_HEADINGS = {code: column.heading for code, column in column_lists.by_code(FROZEN).items()}


class SubmissionVersion(models.Model):
    _inherit = "lbc.submission.version"

    def action_verify(self):
        """Compute everything again and say whether it is as reported, or what differs first."""
        self.ensure_one()
        self.check_access("read")
        self._require_group("ledger_rows")
        found = self.sudo()._verify()  # the whole report, of which the user may have a part
        if found:
            title, text = self.env._("Not as reported"), found[0]
        else:
            title = self.env._("As reported")
            text = self.env._(
                "Rows, changes and files are those of the digest. Compare the code %(code)s with "
                "the sealed cover or a receipt.",
                code=self.check_code,
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": title,
                "message": text,
                "type": "danger" if found else "success",
                "sticky": True,
            },
        }

    def _verify(self, code=None):
        """Return what differs (list of str, the first difference of each version); empty: all as reported.

        :param code: short code (str) as printed, of the one version
        """
        self.env.flush_all()
        self.env.invalidate_all()
        off = [f"{table}: {name}" for table, name in switched_off(self.env) if table in _TABLES]
        found = (
            [self.env._("Triggers are switched off: %(names)s.", names=", ".join(off))]
            if off
            else []
        )
        for version in self.sorted("id"):
            difference = version._difference(code)
            if difference:
                found.insert(0, f"{version.display_name}: {difference}")
        return found

    def _difference(self, code=None):
        """Return the first difference (str) of this version, or None."""
        if not self.digest:
            return self.env._("it was never sealed.")
        rows = self._rehashed()
        difference = (
            self._row_difference(rows) or self._change_difference() or self._count_difference()
        )
        if difference:
            return difference
        if not self._is_content(self.content_digest):
            return self.env._("the numbers, the times or the reason were changed.")
        difference = self._file_difference()
        if difference:
            return difference
        if ledger_chain.head(self.content_digest, self._file_digests()) != self.digest:
            return self.env._("its files are not those with which it was sealed.")
        if code and not digest.same_code(code, self.check_code):
            return self.env._(
                "the printed code is another one. Rows and digests were both changed: what lies "
                "here is not what was printed."
            )
        return None

    def _rehashed(self):
        if self.scheme == 1:
            return {"rows_digest": self._old_rows_digest()}
        return self._hashed_rows([name for name, _digest in self.column_digests or ()] or HASHED)

    def _row_difference(self, rows):
        if rows["rows_digest"] == self.rows_digest:
            return None
        columns = self._changed_columns(rows)
        where = self._changed_row(rows)
        return self.env._(
            "%(row)s was changed (%(columns)s).",
            row=where,
            columns="、".join(columns) or self.env._("column unknown"),
        )

    def _changed_columns(self, rows):
        """Return the headings of the columns whose values are not those that were sealed."""
        sealed = dict(self.column_digests or ())
        return [
            _HEADINGS.get(name, name)
            for name, one in rows.get("column_digests", ())
            if sealed.get(name) != one
        ]

    def _changed_row(self, rows):
        """Return words for the first row that is not as it was, is missing, or is new."""
        sealed = _marks(self.row_marks)
        now = _marks(rows.get("row_marks"))
        for child in sorted(sealed.keys() | now.keys()):
            if sealed.get(child) != now.get(child):
                row = self.snapshot_ids.search(
                    [("version_id", "=", self.id), ("child_ref", "=", child)], limit=1
                )
                return self.env._("The row of %(file)s", file=row.label or f"#{child}")
        return self.env._("A row")

    def _change_difference(self):
        if self.scheme == 1:
            return None
        if self._hashed_changes(self.compared_columns) != self.changes_digest:
            return self.env._("a line of the changes was changed.")
        child = self._child_without_change()
        if not child:
            return None
        return self.env._(
            "the row of %(file)s changed, and no line of the changes says so.", file=child
        )

    def _count_difference(self):
        """Return which number is not that of the rows."""
        if self.scheme == 1 or not self.township_id:
            return None
        compared = self.browse([one for one, _digest in self.compared_refs or ()])
        counted = self._counted(compared)
        for name in COUNTS:
            if self[name] != counted[name]:
                label = self._fields[name]._description_string(self.env)
                return self.env._(
                    "“%(number)s” says %(said)s, the rows say %(counted)s.",
                    number=label,
                    said=self[name],
                    counted=counted[name],
                )
        return None

    def _is_content(self, content_digest):
        if self.scheme == 1:  # the printed code of these was made of the rows alone
            return content_digest == self.rows_digest
        return content_digest == ledger_chain.content_digest(self._content())

    def _file_difference(self):
        """Return which stored file is not the one that was made."""
        for one in self.file_ids:
            stored = one.attachment_id.raw if one.attachment_id else None
            if stored is not None and digest.sha256_bytes(stored) != one.sha256:
                return self.env._("the file “%(name)s” was changed.", name=one.name)
        return None


def _marks(text):
    """Return {child: mark} of the marks of the rows."""
    pairs = (one.split(":", 1) for one in (text or "").split(",") if one)
    return {int(child): mark for child, mark in pairs}
