"""Writing a whole census at once: many records of several models in a constant number of statements.

Below the ORM, therefore private and for code that has checked rights and values itself. Rows come with all stored
columns, computed ones too (the same functions of `lib` give them); what is missing gets the model's default, or is left
to the ORM to compute. `tests/registry/test_census_shared.py` holds the two ways against each other.
"""

import functools
import io
import json

from odoo.tools import SQL

_LOG_COLUMNS = ("create_uid", "write_uid", "create_date", "write_date")
# Rows from which on new statistics of the tables are worth their time, about a tenth of a second a table.
_MANY = 1000
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Bulk:
    """Collects rows of several models and writes them together.

    All rows added before one `insert` enter in one statement, so that they may refer to each other in both directions
    (a child to its time on the ledger and back): foreign keys are checked at its end.
    """

    def __init__(self, env):
        self.env = env
        self._tables = []
        self._written = 0
        self._touched = {}  # tables written so far, in order
        self._later = []  # (model, computed stored fields that no row gave, ids)

    def new_ids(self, model_name, count):
        """Return `count` fresh ids (list of int) of a model."""
        sequence = f"{self.env[model_name]._table}_id_seq"
        rows = self.env.execute_query(
            SQL("SELECT nextval(%s) FROM generate_series(1, %s)", sequence, count)
        )
        return [row[0] for row in rows]

    def add(self, model_name, rows):
        """Add records: dicts with the same keys each, stored fields by name, ids of many2one fields.

        A row without "id" gets one. None is SQL's NULL; dates are dates, JSON is plain data.
        """
        if not rows:
            return
        if "id" not in rows[0]:
            rows = [
                {"id": new, **row}
                for new, row in zip(self.new_ids(model_name, len(rows)), rows, strict=True)
            ]
        model = self.env[model_name]
        constants = self._constants(model, rows[0])
        columns = list(rows[0])
        values = [tuple(row.values()) for row in rows]
        encoders = [_encoder(model, name) for name in columns]
        self._tables.append((model._table, columns, constants, encoders, values))
        self._note_later(model, [*columns, *constants], rows)

    def link(self, model_name, field_name, pairs):
        """Add pairs (id, id) of a many2many field."""
        field = self.env[model_name]._fields[field_name]
        if pairs:
            columns = [field.column1, field.column2]
            self._tables.append((field.relation, columns, {}, [_number, _number], list(pairs)))

    def _constants(self, model, row):
        """Return what every row gets: log columns, and defaults of stored fields that the rows do not give."""
        now = self.env.cr.now()
        log = (self.env.uid, self.env.uid, now, now)
        constants = dict(zip(_LOG_COLUMNS, log, strict=True)) if model._log_access else {}
        missing = [
            name
            for name, field in model._fields.items()
            if field.store and field.column_type and name not in row and name not in constants
        ]
        defaults = model.sudo().default_get(missing)
        for name, value in defaults.items():
            if name in missing:
                constants[name] = model._fields[name].convert_to_column_insert(value, model)
        return constants

    def _note_later(self, model, columns, rows):
        fields = [
            field
            for name, field in model._fields.items()
            if field.store and field.compute and name not in columns
        ]
        if fields:
            self._later.append((model, fields, [row["id"] for row in rows]))

    def insert(self, progress=None):
        """Write everything that was added since the last time.

        :param progress: called with the number of rows written so far, by all calls
        """
        self.env.flush_all()
        for index, (table, columns, _constants, encoders, values) in enumerate(self._tables):
            self._stage(f"lbc_bulk_{index}", table, columns)
            self._copy(f"lbc_bulk_{index}", columns, encoders, values)
            self._written += len(values)
            self._touched[table] = True
        self._move()
        self._note_created()
        self.env.invalidate_all()
        for model, fields, ids in self._later:
            for field in fields:
                self.env.add_to_compute(field, model.sudo().browse(ids))
        self._tables, self._later = [], []
        if progress:
            progress(self._written)

    def _note_created(self):
        """Leave one row in the journal for all records of a model."""
        of_table = {self.env[name]._table: name for name in _journal_models(self.env)}
        for table, columns, _constants, _encoders, values in self._tables:
            if table in of_table:
                at = columns.index("id")
                self.env["lbc.journal"]._note(
                    "create",
                    of_table[table],
                    [row[at] for row in values],
                    self.env[of_table[table]]._data_groups_of(columns),
                )

    def analyze(self):
        """Let the planner know what was written, where it is much.

        Until autovacuum comes by, a minute or more later, it would take tables that a first census has just filled for
        empty ones, and every list for a matter of reading them from end to end.
        """
        if self._written > _MANY:
            self.env.flush_all()
            tables = SQL(", ").join(map(SQL.identifier, self._touched))
            self.env.cr.execute(SQL("ANALYZE %s", tables))
        self._written, self._touched = 0, {}

    def _stage(self, name, table, columns):
        """Create a temporary table with these columns of a table."""
        self.env.cr.execute(
            SQL(
                "CREATE TEMPORARY TABLE %s ON COMMIT DROP AS SELECT %s FROM %s LIMIT 0",
                SQL.identifier(name),
                SQL(", ").join(map(SQL.identifier, columns)),
                SQL.identifier(table),
            )
        )

    def _copy(self, name, columns, encoders, values):
        """Fill a temporary table with the rows; COPY is twice as fast as INSERT … VALUES."""
        cells = [
            map(encode, column)
            for encode, column in zip(encoders, zip(*values, strict=True), strict=True)
        ]
        lines = map("\t".join, zip(*cells, strict=True))
        self.env.cr.copy_from(io.StringIO("\n".join(lines)), name, columns=columns)

    def _move(self):
        """Move the rows from the temporary tables into the models' own, in one statement."""
        inserts = [
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM %s",
                SQL.identifier(table),
                SQL(", ").join(map(SQL.identifier, [*columns, *constants])),
                SQL(", ").join(
                    [*map(SQL.identifier, columns), *(SQL("%s", one) for one in constants.values())]
                ),
                SQL.identifier(f"lbc_bulk_{index}"),
            )
            for index, (table, columns, constants, _encoders, _values) in enumerate(self._tables)
        ]
        if inserts:
            steps = [
                SQL("step_%s AS (%s)", SQL(str(at)), one) for at, one in enumerate(inserts[1:])
            ]
            head = SQL("WITH %s", SQL(", ").join(steps)) if steps else SQL()
            self.env.cr.execute(SQL("%s %s", head, inserts[0]))
        for index in range(len(self._tables)):
            self.env.cr.execute(SQL("DROP TABLE %s", SQL.identifier(f"lbc_bulk_{index}")))


def _journal_models(env):
    """Return the names of the models whose changes are written down."""
    return [
        name for name, model in env.registry.items() if getattr(model, "_journal_changes", False)
    ]


def _encoder(model, name):
    """Return the function that writes a value of a column as COPY's text format has it."""
    return _ENCODERS.get(model._fields[name].type, _text)


def _text(value):
    return value.translate(_ESCAPED) if value or value == "" else "\\N"


def _number(value):
    return "\\N" if value is None or value is False else str(value)


@functools.cache
def _date(value):
    return value.isoformat() if value else "\\N"


def _boolean(value):
    return "t" if value else "f"


def _json(value):
    return "\\N" if value is None else json.dumps(value, ensure_ascii=False).translate(_ESCAPED)


_ENCODERS = {
    "boolean": _boolean,
    "json": _json,
    "date": _date,
    "datetime": _number,
    "integer": _number,
    "float": _number,
    "many2one": _number,
}
