"""Every look is written down: the append-only journal (architecture, idea 7; §B.14; articles 36–37 of the regulation).

Rows are collected during a transaction and written by one statement before it commits: a transaction that fails leaves
none. Triggers refuse every change, and `lbc.journal.seal` seals the rows in order, so that a bypass is found. Foreign
keys would forbid deleting users, and log columns would be defaults: there are neither.
"""

import json

from psycopg2 import errors

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import SQL

from .append_only import NEVER, append_only

_BUFFER = "left_behind_children.journal"
ACTIONS = [
    ("read", "Read"),
    ("group", "Counted by Groups"),
    ("create", "Created"),
    ("write", "Changed"),
    ("unlink", "Deleted"),
    ("export", "Exported"),
    ("download", "Downloaded"),
    ("print", "Printed"),
    ("lookup", "Looked up"),
    ("break_glass", "Broke the Glass"),
    ("grant", "Granted"),
    ("approve", "Approved"),
    ("refuse", "Refused"),
    ("rights", "Changed Rights"),
    ("publish", "Published"),
    ("report", "Reported"),
    ("purge", "Purged"),
]
LOOKS = ("read",)  # with data groups these open a child's file; exports are approved by themselves
# Written and sealed in this order; the last two fill themselves in.
COLUMNS = (
    *("at", "user_id", "login", "role", "posting", "county", "remote_addr", "action", "model"),
    *("record_ids", "record_count", "child_ids", "child_count", "groups", "reason", "changes"),
    *("xid", "cluster"),
)


def _array(ids):
    """Return the text of an array of numbers; ARRAY[1, 2, …] is parsed number by number."""
    return f"{{{','.join(map(str, ids))}}}"


class Journal(models.Model):
    _name = "lbc.journal"
    _description = "Access Journal"
    _inherit = ["lbc.access.mixin"]
    _order = "id desc"
    _append_only = NEVER
    _lbc_export_free = True  # says nothing of a child
    _log_access = False

    at = fields.Datetime("When", readonly=True)
    user_id = fields.Integer("User (Key)", readonly=True, aggregator=None)
    login = fields.Char(readonly=True)
    role = fields.Char("Role (Code)", readonly=True)
    posting = fields.Integer("Posting (Key)", readonly=True, aggregator=None)
    county = fields.Integer("County (Key)", readonly=True, aggregator=None)
    remote_addr = fields.Char("From Where", readonly=True)
    action = fields.Selection(ACTIONS, "What", readonly=True)
    model = fields.Char("Kind of Record (Code)", readonly=True)
    record_count = fields.Integer("Records", readonly=True)
    child_count = fields.Integer("Files", readonly=True, help="Children whose files it concerned.")
    child_id = fields.Integer("Child (Key)", compute="_compute_child_id", search="_search_child_id")
    groups = fields.Char("Data Groups (Codes)", readonly=True)
    reason = fields.Char("Stated Reason", readonly=True)
    changes = fields.Json(readonly=True)

    _user_order = models.Index("(user_id, at)")
    _county_order = models.Index("(county, id)")
    _at_order = models.Index("(at)")
    _report_order = models.Index("(model, id) WHERE action = 'report'")

    # -- writing

    @api.model
    def _note(
        self, action, model=None, ids=(), groups=(), reason=None, changes=None, children=None
    ):
        """Remember one row; who, in which role and from where come by themselves.

        :param action: one of `ACTIONS`
        :param model: name of a model, or None
        :param ids: ids (iterable of int) of its records
        :param groups: short names of data groups, such as `"identity"`
        :param reason: short text without names of persons
        :param changes: {id: {field: [old, new]}} in JSON's terms, sensitive values as digests
        :param children: ids of children where the model cannot tell them at the end (deleted rows)
        """
        # Who acts is asked now: the transaction may change the posting.
        actor = self.env.user._lbc_actor()
        precommit = self.env.cr.precommit
        buffer = precommit.data.get(_BUFFER)
        if buffer is None:
            if (
                self.env.cr.readonly
            ):  # the server serves the request again where rows can be written
                raise errors.ReadOnlySqlTransaction("The journal cannot be written on a replica.")
            buffer = precommit.data[_BUFFER] = {}
            precommit.add(self.sudo()._write_buffer)
        key = (action, model, actor, reason)
        entry = buffer.setdefault(key, {"ids": {}, "groups": set(), "changes": {}, "children": {}})
        entry["ids"].update(dict.fromkeys(ids))
        entry["groups"].update(groups)
        entry["children"].update(dict.fromkeys(children or ()))
        for record_id, fields_ in (changes or {}).items():
            known = entry["changes"].setdefault(str(record_id), {})
            for name, (old, new) in fields_.items():
                known[name] = [known[name][0] if name in known else old, new]

    def _write_buffer(self):
        """Write everything that this transaction noted, in one statement, and ask for the hour's limit.

        The statement that writes also counts what the readers have read: a second one cost a list
        of 80 children a twentieth of its time.
        """
        buffer = self.env.cr.precommit.data.pop(_BUFFER, None)
        if not buffer:
            return
        readers = {
            key[2][0] for key, entry in buffer.items() if key[0] in LOOKS and entry["groups"]
        }
        address = (request and request.httprequest.remote_addr) or ""
        rows = [self._row_sql(key, entry, address) for key, entry in buffer.items()]
        # Numbers of rows are counted where the arrays are made.
        insert = SQL(
            """
            INSERT INTO lbc_journal (
                at, user_id, login, role, posting, county, remote_addr, action, model,
                record_ids, record_count, child_ids, child_count, groups, reason, changes)
            SELECT now() AT TIME ZONE 'UTC', user_id, login, role, posting, county, remote_addr,
                   action, model, record_ids, cardinality(record_ids), child_ids,
                   cardinality(child_ids), groups, reason, changes
              FROM (VALUES %s) AS noted (
                   user_id, login, role, posting, county, remote_addr, action, model,
                   record_ids, child_ids, groups, reason, changes)
            """,
            SQL(", ").join(rows),
        )
        self._write_and_count(insert, readers)

    def _write_and_count(self, insert, readers):
        """Execute the statement that writes rows, and check what these users (ids) have read."""
        exports = [self.env["lbc.export"].with_user(user_id) for user_id in sorted(readers)]
        limits = {export: limit for export in exports if (limit := export._reading_limit())}
        if not limits:
            self.env.cr.execute(insert)
            return
        counts = [
            self._files_read_sql(export.env.uid, limit, written=True)
            for export, limit in limits.items()
        ]
        insert = SQL("%s RETURNING user_id, action, groups, child_ids, child_count", insert)
        self.env.cr.execute(SQL("WITH written AS (%s) SELECT %s", insert, SQL(", ").join(counts)))
        for export, count in zip(limits, self.env.cr.fetchone(), strict=True):
            export._check_reading(count)

    def _flush_notes(self):
        """Write now what was noted, for whoever counts rows within the transaction."""
        self.sudo()._write_buffer()

    def _row_sql(self, key, entry, address):
        """Return SQL of one noted row, as a row of VALUES."""
        action, model, actor, reason = key
        ids = sorted(entry["ids"])
        changes = json.dumps(entry["changes"], ensure_ascii=False) if entry["changes"] else None
        return SQL(
            "(%s::int, %s, %s, %s::int, %s::int, %s, %s, %s, %s::int[], %s, %s, %s::text, %s::jsonb)",
            *actor,
            address,
            action,
            model or "",
            _array(ids),
            self._children_sql(model, ids, sorted(entry["children"])),
            ",".join(sorted(entry["groups"])),
            reason,
            changes,
        )

    def _children_sql(self, model, ids, known):
        """Return SQL (int[]) of the children whose files these records are part of."""
        source = None
        if ids and not known and model in self.env and not self.env[model]._abstract:
            records = self.env[model]
            if getattr(records, "_journal_children", None) == "id":
                return SQL("%s::int[]", _array(ids))  # sorted already
            source = getattr(records, "_journal_children_sql", lambda _ids: None)(ids)
        if source is None:
            return SQL("%s::int[]", _array(known))
        return SQL(
            "ARRAY(SELECT DISTINCT of_row.child FROM (%s) of_row (child) "
            "WHERE of_row.child IS NOT NULL ORDER BY 1)",
            source,
        )

    # -- asking

    @api.model
    def _files_read(self, limit, minutes=60, more=()):
        """Return how many children's files the caller opened in the last minutes.

        Counts what is written: rows of the running transaction are not among it.

        :param limit: up to this number an upper bound is good enough; above it the result is exact
        :param more: ids of children that count as well
        """
        [[number]] = self.env.execute_query(
            SQL("SELECT %s", self._files_read_sql(self.env.uid, limit, minutes, more=more))
        )
        return number

    @api.model
    def _files_read_sql(self, user_id, limit, minutes=60, written=False, more=()):
        """Return SQL (int) of the number of files that a user opened, see `_files_read`.

        The dear count is made where the bound is too high; the same page opened again counts as
        one look.

        :param more: ids of children that count as well
        :param written: whether rows of a WITH query `written` of the same statement count as well
        """
        mine = SQL("user_id = %s AND action IN %s AND groups <> ''", user_id, LOOKS)
        looks = SQL(
            "SELECT child_ids, child_count FROM lbc_journal WHERE %s "
            "AND at >= (now() AT TIME ZONE 'UTC') - %s * interval '1 minute'",
            mine,
            minutes,
        )
        if written:
            looks = SQL(
                "%s UNION ALL SELECT child_ids, child_count FROM written WHERE %s", looks, mine
            )
        if more:
            ids = _array(sorted(more))
            looks = SQL("%s UNION ALL SELECT %s::int[], %s", looks, ids, len(more))
        return SQL(
            """
            (WITH looks AS MATERIALIZED (%(looks)s),
                  counted AS (SELECT coalesce(sum(child_count), 0) AS bound FROM looks)
             SELECT CASE WHEN bound <= %(limit)s THEN bound ELSE (
                    SELECT count(*)
                      FROM (SELECT DISTINCT unnest(child_ids)
                              FROM (SELECT DISTINCT child_ids FROM looks) pages) seen) END::int
               FROM counted)
            """,
            limit=limit,
            looks=looks,
        )

    def _compute_child_id(self):
        self.child_id = False  # there are many; the field is for searching

    @api.model
    def _search_child_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        ids = [one for one in value if isinstance(one, int) and not isinstance(one, bool)]
        # As an array the ids come from the index of children, whatever the order of the list.
        return Domain.custom(
            to_sql=lambda _model, alias, _query: SQL(
                "%s = ANY(ARRAY(SELECT seen.id FROM lbc_journal seen WHERE seen.child_ids && %s))",
                SQL.identifier(alias, "id"),
                SQL("%s::int[]", ids),
            )
        )

    # -- the database's part

    @api.model
    def _sql_error_to_message(self, exc):
        """Say in the user's language what the trigger refuses."""
        if isinstance(exc, errors.RestrictViolation) and not exc.diag.constraint_name:
            return self.env._(
                "The journal stays as it was written: its rows and seals are never changed or "
                "deleted. Rows past retention leave it through “Purge the Journal” only."
            )
        return super()._sql_error_to_message(exc)

    def init(self):
        """Add what the ORM has no fields for, and let the database itself refuse any change."""
        cr = self.env.cr
        for name, kind in (
            ("record_ids", "int[]"),
            ("child_ids", "int[]"),
            ("xid", "xid8 DEFAULT pg_current_xact_id()"),
            ("cluster", "text DEFAULT (pg_control_system()).system_identifier::text"),
        ):
            cr.execute(
                SQL("ALTER TABLE lbc_journal ADD COLUMN IF NOT EXISTS %s", SQL(f"{name} {kind}"))
            )
        cr.execute(
            "CREATE INDEX IF NOT EXISTS lbc_journal__children ON lbc_journal USING gin (child_ids)"
        )
        cr.execute(
            "CREATE INDEX IF NOT EXISTS lbc_journal__sealing ON lbc_journal (cluster, xid, id)"
        )
        append_only(cr, self._table, *self._append_only)
