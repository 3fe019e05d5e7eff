"""Seals over the journal, made in order by a job: what was sealed cannot change unnoticed (architecture, idea 7).

A chain computed while rows are written would let every writer wait for the last. Rows carry their transaction's number
instead; those below the oldest transaction that still runs are complete, and are sealed together. Transaction numbers
are counted per database cluster: after a restore elsewhere the cluster's identity tells the two counts apart.
"""

from datetime import timedelta
from zoneinfo import ZoneInfo

from psycopg2 import errors

from odoo import api, fields, models
from odoo.tools import SQL

from ...lib import seal
from .append_only import NEVER, append_only
from .journal import COLUMNS

LOCK = 0x4C4243_02  # "LBC", sealer of the journal
COUNTER = (
    "lbc_journal_seal_number"  # next number; never goes back, so that a tail cut off leaves a gap
)
CHUNK = 200_000  # rows a seal: as many as one statement comfortably holds
ZONE = "Asia/Shanghai"


def _text(name):
    """Return SQL of a column of `row` in its one text form."""
    column = SQL.identifier("entry", name)
    if name == "at":
        return SQL("to_char(%s, 'YYYY-MM-DD\"T\"HH24:MI:SS.US')", column)
    return SQL("%s::text", column)


def row_digest():
    """Return SQL (bytea) of the SHA-256 of a journal row `entry`.

    Each value is quoted, and NULL is no text, so that none runs into the next.
    """
    parts = [SQL("quote_nullable(%s)", _text(name)) for name in ("id", *COLUMNS)]
    return SQL("sha256(convert_to(concat_ws(',', %s), 'UTF8'))", SQL(", ").join(parts))


class JournalSeal(models.Model):
    _name = "lbc.journal.seal"
    _description = "Seal of the Journal"
    _inherit = ["lbc.access.mixin"]
    _order = "number desc"
    _lbc_export_free = True  # says nothing of a child
    _rec_name = "check_code"
    _append_only = NEVER
    _log_access = False

    number = fields.Integer("Seal Number", readonly=True, required=True, aggregator=None)
    kind = fields.Selection(
        [("rows", "Rows"), ("day", "End of the Day"), ("purge", "Purge")], readonly=True
    )
    day = fields.Date(readonly=True, index=True, help="Day of the district to which it belongs.")
    sealed_at = fields.Datetime(readonly=True)
    cluster = fields.Char("Database Cluster", readonly=True)
    xid_to = fields.Char("Up to Transaction", readonly=True, help="The first one not covered.")
    row_count = fields.Integer("Rows", readonly=True)
    digest = fields.Char("Digest of the Rows", readonly=True)
    lists = fields.Char("Digest of the List", readonly=True)
    purged_to = fields.Integer("Purged up to Seal", readonly=True, aggregator=None)
    note = fields.Char(readonly=True)
    previous = fields.Char("Previous Head", readonly=True)
    head = fields.Char(readonly=True)
    check_code = fields.Char(readonly=True)

    _number_unique = models.UniqueIndex("(number)")

    def init(self):
        """Add the list of rows, for which the ORM has no field, and refuse any change."""
        for column in ("row_ids int[]", "row_digests bytea"):
            self.env.cr.execute(
                SQL("ALTER TABLE lbc_journal_seal ADD COLUMN IF NOT EXISTS %s", SQL(column))
            )
        self.env.cr.execute(
            SQL("SELECT to_regclass(%s), max(number) FROM lbc_journal_seal", COUNTER)
        )
        counter, last = self.env.cr.fetchone()
        if not counter:
            self._make_counter((last or 0) + 1)
        append_only(self.env.cr, self._table, *self._append_only)

    @api.model
    def _sql_error_to_message(self, exc):
        if isinstance(exc, errors.RestrictViolation) and not exc.diag.constraint_name:
            return self.env["lbc.journal"]._sql_error_to_message(exc)
        return super()._sql_error_to_message(exc)

    # -- sealing

    @api.model
    def _cron_seal(self):
        """Seal what is complete (every ten minutes)."""
        self._seal()

    @api.model
    def _seal(self, until=None):
        """Seal all complete rows, in order; returns the seals made (recordset, sudo).

        :param until: first transaction (text) not to seal; the oldest that still runs by default
        """
        made = self.sudo().browse()
        if not self._lock_sealer():
            return made
        own, running = self._cluster_now()
        now = (
            fields.Datetime.now()
        )  # one moment for the whole run: it says when rows must have come
        for cluster in self._clusters():
            end = until or (running if cluster == own else None)
            while one := self._seal_next(cluster, end, now):
                made |= one
        return made

    @api.model
    def _lock_sealer(self):
        """Return whether this transaction is the only sealer (bool); another one's work is enough."""
        [[alone]] = self.env.execute_query(SQL("SELECT pg_try_advisory_xact_lock(%s)", LOCK))
        return alone

    @api.model
    def _cluster_now(self):
        """Return (identity of this cluster, oldest transaction that still runs), both as text."""
        [row] = self.env.execute_query(
            SQL(
                "SELECT (pg_control_system()).system_identifier::text, "
                "pg_snapshot_xmin(pg_current_snapshot())::text"
            )
        )
        return row

    @api.model
    def _clusters(self):
        """Return the identities (list of str) of the clusters in which rows were written."""
        rows = self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE one (cluster) AS (
                    SELECT min(cluster) FROM lbc_journal
                    UNION ALL
                    SELECT (SELECT min(cluster) FROM lbc_journal WHERE cluster > one.cluster)
                      FROM one WHERE one.cluster IS NOT NULL)
                SELECT cluster FROM one WHERE cluster IS NOT NULL
                """
            )
        )
        return [cluster for (cluster,) in rows]

    def _seal_next(self, cluster, end, now):
        """Seal the next batch of a cluster's rows below transaction `end`; returns it, or none."""
        start = self._sealed_to(cluster)
        below = SQL("AND xid < %s::xid8", end) if end else SQL()
        waiting = SQL(
            "SELECT xid FROM lbc_journal WHERE cluster = %s AND xid >= %s::xid8 %s ORDER BY xid, id",
            cluster,
            start,
            below,
        )
        [[first, over]] = self.env.execute_query(
            SQL(
                "SELECT (%(waiting)s LIMIT 1)::text, (%(waiting)s OFFSET %(chunk)s LIMIT 1)::text",
                waiting=waiting,
                chunk=CHUNK,
            )
        )
        if first is None:
            return self.sudo().browse()
        if over == first:  # one transaction larger than a chunk is sealed whole
            over = str(int(first) + 1)
        return self._add("rows", cluster, start, over or end or self._after(cluster), now=now)

    def _sealed_to(self, cluster):
        """Return the first transaction (text) of a cluster that no seal covers."""
        last = self.sudo().search([("cluster", "=", cluster), ("xid_to", "!=", False)], limit=1)
        return last.xid_to or "0"

    def _after(self, cluster):
        """Return the transaction (text) after the last of a cluster that counts no more."""
        # Sorted before it becomes a text: among texts, 999 comes after 1000.
        [[last]] = self.env.execute_query(
            SQL(
                "SELECT (SELECT xid FROM lbc_journal WHERE cluster = %s "
                "ORDER BY xid DESC, id DESC LIMIT 1)::text",
                cluster,
            )
        )
        return str(int(last) + 1)

    @api.model
    def _add(self, kind, cluster="", xid_from="0", xid_to="", **vals):
        """Add a seal over the rows of a range of transactions, in one statement; returns it (sudo)."""
        self.env["lbc.journal.seal"].flush_model()
        last = self.sudo().search([], limit=1)
        number = self._next_number(last.number)
        now = vals.get("now") or fields.Datetime.now()
        self.env.cr.execute(
            SQL(
                """
                WITH batch AS (
                    SELECT count(*)::int AS row_count,
                           coalesce(array_agg(id ORDER BY xid, id), '{}') AS row_ids,
                           coalesce(string_agg(substr(digest, 1, 8), ''::bytea ORDER BY xid, id),
                                    ''::bytea) AS row_digests,
                           encode(sha256(coalesce(string_agg(digest, ''::bytea ORDER BY xid, id),
                                                  ''::bytea)), 'hex') AS digest
                      FROM (SELECT entry.id, entry.xid, %(row_digest)s AS digest
                              FROM lbc_journal entry
                             WHERE entry.cluster = %(cluster)s AND entry.xid >= %(xid_from)s::xid8
                               AND entry.xid < %(xid_to)s::xid8) entry),
                listed AS (
                    SELECT *, %(lists)s AS lists FROM batch),
                headed AS (
                    SELECT *, encode(sha256(convert_to(concat_ws(E'\\n', %(version)s,
                           %(previous)s, %(number)s::text, %(kind)s, %(day)s, %(sealed_at)s,
                           %(cluster)s, %(xid_label)s, row_count::text, digest, lists,
                           %(purged_to)s::text, %(note)s), 'UTF8')), 'hex') AS head
                      FROM listed)
                INSERT INTO lbc_journal_seal (
                    number, kind, day, sealed_at, cluster, xid_to, row_count, digest, lists,
                    purged_to, note, previous, head, check_code, row_ids, row_digests)
                SELECT %(number)s, %(kind)s, %(day)s::date, %(sealed_at)s::timestamp, %(cluster)s,
                       nullif(%(xid_label)s, ''), row_count, digest, lists, %(purged_to)s, %(note)s,
                       %(previous)s, head,
                       regexp_replace(left(head, 16), '(....)(....)(....)', '\\1-\\2-\\3-'),
                       row_ids, row_digests
                  FROM headed
                """,
                row_digest=row_digest(),
                lists=lists_digest(),
                version=seal.VERSION,
                previous=last.head or seal.START,
                number=number,
                kind=kind,
                day=fields.Date.to_string(vals.get("day") or self._day(now)),
                sealed_at=fields.Datetime.to_string(now),
                cluster=cluster,
                xid_from=xid_from,
                xid_to=xid_to or "0",
                xid_label=xid_to,
                purged_to=vals.get("purged_to", 0),
                note=vals.get("note", ""),
            )
        )
        return self.sudo().search([("number", "=", number)])

    @api.model
    def _day(self, moment):
        """Return the district's day (date) of a moment (datetime, UTC)."""
        zone = (
            self.env["lbc.profile"].sudo().search([("county_id", "!=", False)], limit=1).time_zone
        )
        return moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(zone or ZONE)).date()

    @api.model
    def _close_day(self):
        """Seal the rest of yesterday and mark its end; returns that seal (sudo), or none.

        Made once a day; none also while another sealer works.
        """
        yesterday = self._day(fields.Datetime.now()) - timedelta(days=1)
        closed = self.sudo().search([("kind", "=", "day"), ("day", "=", yesterday)], limit=1)
        if closed or not self._lock_sealer():
            return self.sudo().browse()
        self._seal()
        return self._add("day", day=yesterday)

    def _as_seals(self):
        """Return the `lib.seal.Seal`s of these records, in the order of their numbers."""
        return [
            seal.Seal(
                number=one.number,
                kind=one.kind,
                day=fields.Date.to_string(one.day),
                sealed_at=fields.Datetime.to_string(one.sealed_at),
                cluster=one.cluster or "",
                xid_to=one.xid_to or "",
                row_count=one.row_count,
                digest=one.digest or "",
                lists=one.lists or "",
                purged_to=one.purged_to,
                note=one.note or "",
                previous=one.previous or "",
                head=one.head or "",
            )
            for one in self.sudo().sorted("number")
        ]


def lists_digest():
    """Return SQL (text) of the digest of a seal's list of rows."""
    return SQL(
        "encode(sha256(convert_to(array_to_string(row_ids, ',') || ':' || "
        "encode(row_digests, 'hex'), 'UTF8')), 'hex')"
    )
