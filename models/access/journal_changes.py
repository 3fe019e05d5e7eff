"""Who changed what: one journal row per call of create, write and unlink on models that declare it.

Values of fields with a data group, and free text about persons, are kept as keyed digests: whoever has the old value
can prove that it was there; the journal does not tell it.
"""

import hashlib
import hmac
import json
import secrets

from odoo import api, models, tools
from odoo.tools import SQL

from . import data_groups

_KEY = "left_behind_children.journal_key"
_FREE_TEXT = ("char", "text", "html")

# Keys by which a record is found and placed; they say nothing of the data group itself.
_KEYS = {
    *("id", "display_name", "child_id", "area_id", "township_id", "county_id"),
    *models.MAGIC_COLUMNS,
}


class JournalChanges(models.AbstractModel):
    _name = "lbc.journal.changes"
    _description = "Changes in the Journal"
    _journal_changes = False  # whether create, write and unlink are written down
    _journal_children = None  # "id", or the column that names the child
    _journal_plain_text = False  # whether free text says nothing of a person
    _data_group = None  # short name, for a model that is a data group of its own

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if records and self._notes_changes():
            names = {name for vals in vals_list for name in vals}
            self.env["lbc.journal"]._note(
                "create", self._name, records.ids, self._data_groups_of(names)
            )
        return records

    def write(self, vals):
        if not self or not self._notes_changes():
            return super().write(vals)
        names = self._journal_names(vals)
        before = self._journal_values(names)
        result = super().write(vals)
        self._note_write(names, before, self._journal_values(names))
        return result

    def unlink(self):
        if not self or not self._notes_changes():
            return super().unlink()
        ids, children = self.ids, self._journal_child_ids()
        result = super().unlink()
        self.env["lbc.journal"]._note("unlink", self._name, ids, children=children)
        return result

    @api.model
    def _notes_changes(self):
        """Return whether changes of this model are written down now; loading data files is none."""
        return self._journal_changes and self.pool.ready

    def _journal_names(self, vals):
        """Return the names of the fields in `vals` whose values are kept."""
        return [
            name
            for name in vals
            if (field := self._fields.get(name))
            and field.store
            and field.type != "one2many"  # its lines write themselves down
            and not (field.compute and field.readonly)
        ]

    def _journal_values(self, names):
        """Return {id: {field: value in JSON's terms}}, with at most one query for the columns."""
        records = self.sudo().browse([one for one in self.ids if one])
        columns = [name for name in names if self._fields[name].column_type]
        if columns:
            records.fetch(columns)
        return {
            record.id: {name: _plain(record, self._fields[name]) for name in names}
            for record in records
        }

    def _note_write(self, names, before, after):
        """Note the fields that differ; secret ones as digests."""
        changed, changes = set(), {}
        for record_id, values in after.items():
            old = before.get(record_id, values)
            differs = {
                name: [old[name], values[name]] for name in names if old[name] != values[name]
            }
            if differs:
                changed |= differs.keys()
                changes[record_id] = differs
        if not changes:
            return
        secret = {name for name in changed if self._is_journal_secret(self._fields[name])}
        for differs in changes.values():
            for name in secret & differs.keys():
                differs[name] = [self._journal_digest(name, value) for value in differs[name]]
        self.env["lbc.journal"]._note(
            "write", self._name, list(changes), self._data_groups_of(changed), changes=changes
        )

    @api.model
    def _is_journal_secret(self, field):
        """Return whether the journal keeps only digests of the field's values."""
        # Who reads the journal reads none of the data groups.
        if field.type == "binary" or self._data_group or self._data_groups_of([field.name]):
            return True
        return field.type in _FREE_TEXT and not self._journal_plain_text

    @api.model
    def _journal_digest(self, name, value):
        """Return `#` and 16 hexadecimal digits for a value of a field; nothing stays nothing."""
        if value is None or value is False or value == "":
            return None
        text = json.dumps([name, value], ensure_ascii=False)
        return "#" + hmac.new(self._journal_key(), text.encode(), hashlib.sha256).hexdigest()[:16]

    @api.model
    def _journal_key(self):
        """Return the key (bytes) of the digests, made on installation."""
        parameters = self.env["ir.config_parameter"].sudo()  # no user reads parameters
        key = parameters.get_param(_KEY)
        if not key:
            key = secrets.token_hex(32)
            parameters.set_param(_KEY, key)
        return bytes.fromhex(key)

    # -- data groups and children of a model

    @api.model
    @tools.ormcache("self._name")
    def _data_group_map(self):
        """Return {field: frozenset of short names of data groups} of the fields that have any."""
        found = {}
        for name, field in self._fields.items():
            groups = data_groups.short(field.groups)
            if not groups and self._data_group and name not in _KEYS:
                groups = frozenset((self._data_group,))
            if groups:
                found[name] = groups
        return found

    @api.model
    def _data_groups_of(self, names):
        """Return the short names (set) of the data groups to which these fields belong."""
        groups = self._data_group_map()
        found = set()
        for name in names:
            found |= groups.get(name, frozenset())
        return found

    @api.model
    def _journal_children_sql(self, ids):
        """Return SQL that selects the children whose files these records are part of, or None.

        Evaluated within the statement that writes the journal's rows.
        """
        if self._journal_children is None:
            return None
        if self._journal_children == "id":
            return SQL("SELECT unnest(%s::int[])", ids)
        return SQL(
            "SELECT %s FROM %s WHERE id = ANY(%s)",
            SQL.identifier(self._journal_children),
            SQL.identifier(self._table),
            ids,
        )

    def _journal_child_ids(self):
        """Return the ids of the children of these records, while they are there."""
        if self._journal_children == "id":
            return self.ids
        self.flush_recordset()
        source = self._journal_children_sql(self.ids)
        return [row[0] for row in self.env.execute_query(source) if row[0]] if source else []


def _plain(record, field):
    """Return a record's value of a field in JSON's terms."""
    value = record[field.name]
    if field.type == "many2one":
        return value.id or None
    if field.type == "many2many":
        return sorted(value.ids)
    if field.type == "binary":
        return hashlib.sha256(value).hexdigest() if value else None
    if value is False and field.type != "boolean":
        return None
    return value if isinstance(value, (bool, int, float, str, dict, list)) else str(value)
