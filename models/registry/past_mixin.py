"""Keeping what a record said before it is changed, with the day, the basis and whoever changed it (`lbc.past`)."""

import json
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

_ASKED = ("change_day", "change_basis", "change_is_correction")


class PastMixin(models.AbstractModel):
    """Stands before the model it is added to: `_inherit = ["lbc.past.mixin", "lbc.child"]`."""

    _name = "lbc.past.mixin"
    _description = "Earlier Values"
    _past_events = ()  # names whose first value is an event as well, not a supplement
    _past_own_day = ()  # names of days, each of which is the day of its own event

    # Said with a change and kept with what was before: never stored on the record.
    change_day = fields.Date("Changed On", store=False, help="Empty: today. Not in the future.")
    change_basis = fields.Char(
        "Basis of the Change", store=False, help="Paper or notice seen; it is printed in R1."
    )
    change_is_correction = fields.Boolean(
        "Corrects an Error", store=False, help="It was never as it stood here before."
    )

    def _has_field_access(self, field, operation):
        """Whoever may write the record may say when and why."""
        if field.name in _ASKED and operation == "write":
            return self.env.su or self.env["ir.model.access"].check(
                self._name, "write", raise_exception=False
            )
        return super()._has_field_access(field, operation)

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(
            [{name: one for name, one in vals.items() if name not in _ASKED} for vals in vals_list]
        )

    def write(self, vals):
        said = [vals.get(name) for name in _ASKED]
        vals = {name: value for name, value in vals.items() if name not in _ASKED}
        kept = self._name in self.env.context.get("past_kept", ())
        if kept or not self or not self._past_triggers() & vals.keys():
            return super().write(vals)
        day, basis, correction = self._past_said(vals, *said)
        before = self._past_values()
        result = super().write(vals)
        self._note_past(before, day, basis, correction)
        return result

    def _past_said(self, vals, day, basis, correction):
        """Return day (date or None), basis (str or None) and correction (bool) of a change.

        :raises UserError: the day lies in the future
        """
        day = fields.Date.to_date(day) or None
        if day and day > self.env.user._lbc_today():
            raise UserError(
                self.env._("The day of the change lies in the future. Enter it on the day.")
            )
        return day, (basis or "").strip() or None, bool(correction)

    @contextmanager
    def _keeping_past(self, day=None, basis=None, correction=False):
        """Keep what these records said before the block; yields them for whatever is written.

        A constant number of statements, for any number of records and of writes.

        :param day: on which it happened (date), today unless given
        :param basis: why (str)
        :param correction: whether the earlier values were never true
        """
        before = self._past_values()
        yield self.with_context(past_kept=(*self.env.context.get("past_kept", ()), self._name))
        self._note_past(before, day, basis, correction)

    @api.model
    def _past_expressions(self):
        """Return {name: SQL text over `own`} of what is kept. Each room adds its own."""
        return {}

    @api.model
    def _past_counts(self):
        """Return SQL text: whether what `own` said counts; a draft's never did."""
        return "true"

    @api.model
    def _past_triggers(self):
        """Return the names (set) of the fields whose writing may change what is kept."""
        return set(self._past_expressions())

    def _past_values(self, names=None):
        """Return {id: JSON of {name: text}} as it is now."""
        self.flush_model([name for name in self._past_triggers() if name in self._fields])
        rows = self.env.execute_query(
            SQL(
                "SELECT own.id, %s::text FROM %s own WHERE own.id = ANY(%s) AND %s",
                self._past_object(names),
                SQL.identifier(self._table),
                self.ids,
                SQL(self._past_counts()),
            )
        )
        return dict(rows)

    @api.model
    def _past_object(self, names=None):
        values = self._past_expressions()
        names = list(names or values)
        return SQL(
            "jsonb_object(%s::text[], ARRAY[%s]::text[])",
            names,
            SQL(", ").join(SQL(f"({values[name]})::text") for name in names),
        )

    @api.model
    def _note_past(self, before, day=None, basis=None, correction=False):
        """Write down which of these values are others now.

        :param before: {id: JSON of {name: text}}
        """
        if not before:
            return
        self.flush_model([name for name in self._past_triggers() if name in self._fields])
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO lbc_past (model, res_id, field, before, after, day, is_correction, basis,
                                      user_id, recorded_at)
                SELECT %(model)s, old.id, one.key, one.value, now.v->>one.key,
                       CASE WHEN one.key = ANY(%(own_day)s) THEN COALESCE((now.v->>one.key)::date, today.day)
                            ELSE COALESCE(%(day)s::date, today.day) END,
                       CASE WHEN one.key = ANY(%(own_day)s || %(events)s::text[]) THEN false
                            ELSE %(correction)s
                                 OR (%(day)s::date IS NULL AND COALESCE(one.value, '') = '') END,
                       %(basis)s, %(uid)s, %(now)s
                  FROM unnest(%(ids)s::int[], %(before)s::jsonb[]) AS old(id, v)
                  JOIN %(table)s own ON own.id = old.id
                 CROSS JOIN LATERAL (SELECT %(object)s AS v) now
                 CROSS JOIN LATERAL (SELECT %(today)s AS day) today
                 CROSS JOIN LATERAL jsonb_each_text(old.v) AS one
                 WHERE %(counts)s AND NULLIF(one.value, '') IS DISTINCT FROM NULLIF(now.v->>one.key, '')
                 ORDER BY old.id, one.key
                """,
                model=self._name,
                own_day=list(self._past_own_day),
                events=list(self._past_events),
                day=day,
                correction=bool(correction),
                basis=basis or None,
                uid=self.env.uid,
                now=fields.Datetime.now(),
                ids=list(before),
                before=[
                    json.dumps(one) if isinstance(one, dict) else one for one in before.values()
                ],
                table=SQL.identifier(self._table),
                counts=SQL(self._past_counts()),
                object=self._past_object_of(before),
                today=self.env["lbc.profile"]._sql_today(SQL("own.county_id")),
            )
        )

    @api.model
    def _past_object_of(self, before):
        """Return SQL of the present values under the names that stand in `before`."""
        one = next(iter(before.values()))
        return self._past_object(one if isinstance(one, dict) else json.loads(one))
