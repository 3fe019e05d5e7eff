"""Verifying what was reported: everything is computed again from the rows (architecture, idea 6).

The first difference is named: the version, the row, the column, the change list, the number or the file. Whoever
switched a trigger off and computed the digests anew as well is betrayed by the journal, by the codes in files and
receipts, and by the code that is printed on the sealed cover: it is typed in and compared with that of what lies here.
"""

from odoo import models
from odoo.tools import SQL

from ...lib import columns as column_lists
from ...lib import digest, ledger_chain
from ..access.append_only import strangers, switched_off
from .snapshot import FROZEN
from .submission_version import COUNTS
from .submission_version_seal import HASHED

_HEADINGS = {code: column.heading for code, column in column_lists.by_code(FROZEN).items()}


def verdict(env, found, text):
    """Return the notification (action) of what differs, or that nothing does.

    :param found: differences (list of str)
    :param text: what to say when there are none
    """
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {
            "title": env._("Not as reported") if found else env._("As reported"),
            "message": found[0] if found else text,
            "type": "danger" if found else "success",
            "sticky": True,
        },
    }


class SubmissionVersion(models.Model):
    _inherit = "lbc.submission.version"

    def action_verify(self):
        """Compute everything again and say whether it is as reported, or what differs first."""
        self.ensure_one()
        self.check_access("read")
        self._require_group("ledger_rows")
        found = self.sudo()._verify()  # the whole report, of which the user may have a part
        text = self.env._(
            "Rows, changes and files are those of the digest and of the journal. Compare the code "
            "%(code)s with the sealed cover or a receipt.",
            code=self.check_code,
        )
        return verdict(self.env, found, text)

    def _verify(self, code=None):
        """Return what differs (list of str, the first difference of each version); empty: all as reported.

        :param code: short code (str) as printed, of the one version
        """
        self._begin_verifying()
        return [
            *self._version_differences(code),
            *self.submission_id._differences(),
            *self._trigger_differences(),
        ]

    def _begin_verifying(self):
        """Compare what is in the database, not what is remembered."""
        self.env["lbc.journal"]._flush_notes()
        self.env.flush_all()
        self.env.invalidate_all()

    def _version_differences(self, code=None):
        found = []
        for version in self.sorted("id"):
            difference = version._difference(code)
            if difference:
                found.append(f"{version.display_name}: {difference}")
        return found

    def _trigger_differences(self):
        """Return words (list of str) for triggers of the room's tables that are off, and for foreign ones."""
        tables = {
            self.env[name]._table
            for name in self.env
            if name == "lbc.snapshot" or name.startswith("lbc.submission")
        }
        found = []
        off = [f"{table}: {name}" for table, name in switched_off(self.env) if table in tables]
        if off:
            text = self.env._("Triggers are switched off: %(names)s.", names=", ".join(off))
            found.append(text)
        foreign = [f"{table}: {name}" for table, name in strangers(self.env) if table in tables]
        if foreign:
            names = ", ".join(foreign)
            found.append(self.env._("Triggers that nobody here made: %(names)s.", names=names))
        return found

    def _difference(self, code=None):
        """Return the first difference (str) of this version, or None."""
        if not self.digest:
            return self.env._("it was never sealed.")
        if self.scheme not in (1, 2):
            return self.env._("it was sealed by a scheme that nobody knows.")
        if not self._is_well_formed():
            return self.env._("its lists of digests were changed.")
        rows = self._rehashed()
        difference = (
            self._chain_difference()
            or self._row_difference(rows)
            or self._change_difference()
            or self._count_difference()
        )
        if difference:
            return difference
        if not self._is_content(self.content_digest):
            return self.env._("the numbers, the times or the reason were changed.")
        difference = self._file_difference()
        if difference:
            return difference
        if self._head() != self.digest:
            return self.env._("its files are not those with which it was sealed.")
        if code and not digest.same_code(code, self.check_code):
            return self.env._(
                "the printed code is another one. Rows and digests were both changed: what lies "
                "here is not what was printed."
            )
        return None

    def _is_well_formed(self):
        """Return whether the lists of digests can be read as such (bool)."""
        stored = self.env["lbc.snapshot"]._fields
        columns, compared = self.column_digests or [], self.compared_refs or []
        return _are_pairs(columns, stored.__contains__) and _are_pairs(
            compared, lambda one: isinstance(one, int)
        )

    def _head(self):
        """Return the digest (str) that the version must have."""
        if self.scheme == 1:
            return ledger_chain.old_head(self._content())
        return ledger_chain.head(self.content_digest, self._file_digests())

    def _rehashed(self):
        if self.scheme == 1:
            return {"rows_digest": self._old_rows_digest()}
        return self._hashed_rows([name for name, _digest in self.column_digests or ()] or HASHED)

    def _chain_difference(self):
        """Return which version before it is no longer the one to which it was chained."""
        before = (self.previous_id.id, self.previous_digest)
        for version_id, sealed in (*([before] if any(before) else []), *(self.compared_refs or ())):
            version = self.browse(version_id or []).exists()
            if not version or version.digest != sealed:
                return self.env._(
                    "%(earlier)s, to which it is chained, was sealed anew or is another one. "
                    "Look there first.",
                    earlier=version.display_name or self.env._("A version"),
                )
        return None

    def _row_difference(self, rows):
        if rows["rows_digest"] != self.rows_digest:
            columns = self._changed_columns(rows)
            return self.env._(
                "%(row)s was changed (%(columns)s).",
                row=self._changed_row(rows),
                columns="、".join(columns) or self.env._("column unknown"),
            )
        if self.scheme != 1 and digest.sha256(self.column_digests) != self.rows_digest:
            return self.env._("the digests of its columns were changed.")
        return self._mark_difference(rows) or self._place_difference()

    def _mark_difference(self, rows):
        """Return whose mark was changed. Where none is as it was, another PostgreSQL made them."""
        if not self.row_marks or self.row_marks == rows["row_marks"]:
            return None
        sealed, now = _marks(self.row_marks), _marks(rows["row_marks"])
        if all(now.get(child) != mark for child, mark in sealed.items()):
            return None
        return self.env._("the mark of %(row)s was changed.", row=self._changed_row(rows))

    def _place_difference(self):
        """Return which row says that it is another report's, or another unit's."""
        keys = ("submission_id", "township_id", "county_id")
        found = self.env.execute_query(
            SQL(
                "SELECT COALESCE(label, '#' || child_ref) FROM lbc_snapshot "
                "WHERE version_id = %s AND (%s) IS DISTINCT FROM (%s) ORDER BY child_ref LIMIT 1",
                self.id,
                SQL(", ").join(map(SQL.identifier, keys)),
                SQL(", ").join(SQL("%s", self[name].id or None) for name in keys),
            )
        )
        if not found:
            return None
        return self.env._("the row of %(file)s was given to another unit.", file=found[0][0])

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
        for child in sorted(sealed.keys() | now.keys(), key=lambda one: (len(one), one)):
            if sealed.get(child) != now.get(child):
                found = self.env.execute_query(
                    SQL(
                        "SELECT label FROM lbc_snapshot "
                        "WHERE version_id = %s AND child_ref::text = %s",
                        self.id,
                        child,
                    )
                )
                label = found and found[0][0]
                return self.env._("The row of %(file)s", file=label or f"#{child}")
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
        if not self.township_id:
            return None
        compared = self.browse([one for one, _digest in self.compared_refs or ()])
        counted = self._counted(compared)
        # Before there were versions no lines of changes were kept from which the others follow.
        for name in ("closing_count",) if self.scheme == 1 else COUNTS:
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
        if (
            self.scheme == 1
        ):  # their printed code was made of the rows alone; the head covers the rest
            return content_digest == self.rows_digest and self._head() == self.digest
        return content_digest == ledger_chain.content_digest(self._content())

    def _file_difference(self):
        """Return which stored document is missing, is not the one that was made, or carries another code."""
        for one in self._papers():
            stored = one.attachment_id.raw
            if not stored:
                return self.env._("the file “%(name)s” is missing.", name=one.name)
            if digest.sha256_bytes(stored) != one.sha256:
                return self.env._("the file “%(name)s” was changed.", name=one.name)
            if one.check_code != self.check_code:
                return self.env._(
                    "the file “%(name)s” carries the code %(code)s, the rows give %(now)s.",
                    name=one.name,
                    code=one.check_code or "–",
                    now=self.check_code,
                )
        return None


def _marks(text):
    """Return {child (str): mark} of the marks of the rows."""
    pairs = (one.partition(":") for one in (text or "").split(",") if one)
    return {child: mark for child, _colon, mark in pairs}


def _are_pairs(value, is_key):
    """Return whether a value from JSON is [[key, digest], …] (bool)."""
    return isinstance(value, list) and all(
        isinstance(one, list) and len(one) == 2 and is_key(one[0]) and digest.is_sha256(one[1])
        for one in value
    )
