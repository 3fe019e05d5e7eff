"""Counting by groups shows no single file: grouped reads that would are refused (architecture, idea 7).

What is counted leaves a row without ids, outside the limit of files an hour; so nobody may list single values of a
data group by it, nor count by what names one record.
"""

from odoo import api, models
from odoo.exceptions import UserError

LISTS = {"array_agg", "array_agg_distinct", "recordset"}  # aggregates that tell each value
PICKS = {"max", "min"}  # of texts they tell one of them
TEXTS = {"char", "text", "html", "binary", "json", "reference", "properties"}
FINE = {"hour", "day", "week"}  # of dates; months and years are groups


class AccessMixin(models.AbstractModel):
    _inherit = "lbc.access.mixin"

    @api.model
    def _check_grouping(self, groupby, aggregates):
        """Refuse a grouped read that tells single values of a data group.

        :param groupby: specifications such as `school_id`, `birth_date:month`
        :param aggregates: specifications such as `__count`, `children:sum`
        :raises UserError: it would list values, or group by names, numbers, days or single records
        """
        by = [self._grouping_parts(spec) for spec in groupby]
        over = [self._grouping_parts(spec) for spec in aggregates]
        protected = [part for part in (*by, *over) if part[2]]
        if not protected:
            return
        tells = any(
            groups and (how in LISTS or (how in PICKS and field.type in TEXTS))
            for field, how, groups in over
        )
        if tells or any(self._names_one(*part) for part in by):
            raise UserError(
                self.env._(
                    "Protected data is counted by groups, not listed by them. Group by a choice, a "
                    "place, a month or a year, or open the files themselves."
                )
            )

    def _names_one(self, field, how, groups):
        """Return whether groups by this field are single records, or tell protected texts (bool).

        Asked only where protected data is part of the read.
        """
        if field is None:
            return False
        if field.name == "id" or field.type in TEXTS:
            return True
        return bool(groups) and field.type in ("date", "datetime") and how in FINE

    @api.model
    def _grouping_parts(self, spec):
        """Return (last field of the path or None, granularity or aggregate, data groups crossed)."""
        path, _colon, how = spec.partition(":")
        model, field = self, None
        for name in path.split("."):
            field = model._fields.get(name)
            if field is not None:
                model._check_field_access(field, "read")  # a right that is missing comes first
            if field is None or not field.comodel_name:
                break
            model = self.env[field.comodel_name]
        return field, how, self._data_groups_on_path(path.replace(".", "/"))

    @api.model
    def _note_listed(self, groupby, rows):
        """Note the records that a grouped read by protected data lists as ids of its groups."""
        ids = [one for row in rows for one in row.get("id:array_agg") or ()]
        groups = set()
        for spec in groupby:
            groups |= self._grouping_parts(spec)[2]
        if ids and groups and not self.env.su:
            self.env["lbc.journal"]._note("read", self._name, ids, groups)
