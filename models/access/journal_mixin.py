"""Who looked at what: reads through any door of a data group leave a row in the journal (architecture, idea 7).

The row is written in the transaction that reads, so these doors are no longer read-only ones: on a replica the server
would refuse the row and replay each read.
"""

from odoo import api, models

from . import data_groups


def _writes(method):
    """Mark a method that core serves read-only as one that may write."""
    method._readonly = False
    return method


class JournalMixin(models.AbstractModel):
    _name = "lbc.access.mixin"
    _inherit = ["lbc.access.mixin", "lbc.journal.changes"]

    # -- what counts as a look

    def _note_read(self, names, ids, action="read"):
        """Note a look at these fields of these records, where they belong to a data group."""
        if self.env.su:
            return
        groups = self._data_groups_of(names)
        if groups and ids:
            self.env["lbc.journal"]._note(action, self._name, ids, groups)

    def _note_group(self, groupby, aggregates=()):
        """Note a grouped read by or over such fields; it shows no single record.

        :raises UserError: it would show some
        """
        if self.env.su:
            return
        self._check_grouping(groupby, aggregates)
        groups = set()
        for spec in (*groupby, *aggregates):
            groups |= self._data_groups_on_path(spec.partition(":")[0].replace(".", "/"))
        if groups:
            self.env["lbc.journal"]._note("group", self._name, groups=groups)

    @api.model
    def _data_groups_on_path(self, path):
        """Return the short names of the data groups (set) that a path such as `a_id/name` crosses."""
        model, found = self, set()
        for name in path.split("/"):
            field = model._fields.get(name)
            if field is None:
                break
            found |= getattr(model, "_data_groups_of", lambda _names: set())([name])
            if not field.comodel_name:
                break
            model = self.env[field.comodel_name]
        return found

    def _read_format(self, fnames, load="_classic_read"):
        rows = super()._read_format(fnames, load)
        if rows and not self.env.su:
            # Of a record being edited on a form: the one on file, if any.
            ids = [
                one if isinstance(one, int) else one.origin for row in rows if (one := row["id"])
            ]
            self._note_read(fnames, [one for one in ids if one])
        return rows

    # -- the doors

    @_writes
    def read(self, fields=None, load="_classic_read"):
        return super().read(fields, load)

    @_writes
    def web_read(self, specification):
        return super().web_read(specification)

    @api.model
    @_writes
    def search_read(
        self, domain=None, fields=None, offset=0, limit=None, order=None, **read_kwargs
    ):
        return super().search_read(domain, fields, offset, limit, order, **read_kwargs)

    @api.model
    @_writes
    def web_search_read(
        self, domain, specification, offset=0, limit=None, order=None, count_limit=None
    ):
        return super().web_search_read(domain, specification, offset, limit, order, count_limit)

    @api.model
    @_writes
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        found = super().name_search(name, domain, operator, limit)
        if name and found and not self.env.su and self._searches_identities():
            self.env["lbc.journal"]._note(
                "lookup", self._name, [one for one, _label in found], ["identity"]
            )
        return found

    @api.model
    def _searches_identities(self):
        """Return whether the caller's search for names compares clear names and numbers (bool)."""
        field = self._fields.get("name")
        return bool(
            field
            and "identity" in data_groups.short(field.groups)
            and self._has_field_access(field, "read")
        )

    @api.model
    @_writes
    def web_name_search(self, name, specification, domain=None, operator="ilike", limit=100):
        return super().web_name_search(name, specification, domain, operator, limit)

    @api.model
    @_writes
    def formatted_read_group(self, domain, groupby=(), aggregates=(), *args, **kwargs):
        having = args[0] if args else kwargs.get("having", ())
        compared = [one[0] for one in having if isinstance(one, (list, tuple))]
        self._note_group(groupby, [*aggregates, *compared])
        rows = super().formatted_read_group(domain, groupby, aggregates, *args, **kwargs)
        self._note_listed(groupby, rows)
        return rows

    @api.model
    @_writes
    def formatted_read_grouping_sets(self, domain, grouping_sets, aggregates=(), *, order=None):
        by = [one for specs in grouping_sets for one in specs]
        self._note_group(by, aggregates)
        found = super().formatted_read_grouping_sets(domain, grouping_sets, aggregates, order=order)
        self._note_listed(by, [row for rows in found for row in rows])
        return found

    @api.model
    @_writes
    def web_read_group(self, domain, groupby, aggregates=(), *args, **kwargs):
        return super().web_read_group(domain, groupby, aggregates, *args, **kwargs)

    @api.model
    @_writes
    def read_group(self, domain, fields, groupby, *args, **kwargs):
        by = [groupby] if isinstance(groupby, str) else groupby
        self._note_group(by, [_plain_aggregate(spec) for spec in fields])
        return super().read_group(domain, fields, groupby, *args, **kwargs)

    @api.model
    @_writes
    def read_progress_bar(self, domain, group_by, progress_bar):
        self._note_group([group_by, progress_bar["field"]])
        return super().read_progress_bar(domain, group_by, progress_bar)

    @api.model
    @_writes
    def search_panel_select_range(self, field_name, **kwargs):
        self._note_group([field_name])
        return super().search_panel_select_range(field_name, **kwargs)

    @api.model
    @_writes
    def search_panel_select_multi_range(self, field_name, **kwargs):
        self._note_group([field_name])
        return super().search_panel_select_multi_range(field_name, **kwargs)


def _plain_aggregate(spec):
    """Return `label:how(field)`, as `read_group` takes it, as `field:how`."""
    head, _bracket, field = spec.partition("(")
    return f"{field.rstrip(')')}:{head.rpartition(':')[2]}" if field else spec
