"""Rights on single fields, and the check with which every public action begins."""

from odoo import Command, api, models
from odoo.exceptions import AccessError, UserError
from odoo.orm.identifiers import NewId

from . import data_groups

_THREAD_FIELDS = ("message_", "has_message", "activity_", "my_activity_", "website_message")


class AccessMixin(models.AbstractModel):
    _name = "lbc.access.mixin"
    _description = "Access by Data Group"
    _default_write_group = None  # who may write fields that everybody may read

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            # Keys have to go, which keyword arguments cannot say.
            # pylint: disable-next=context-overridden
            self = self.with_context(self._without_readonly_defaults())  # noqa: PLW0642
        for vals in vals_list:
            self._refuse_readonly(vals)
            if not self.env.su:  # defaults point at records too, and the caller chooses them
                self._check_targets(self._add_missing_default_values(vals))
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_readonly(vals)
        targets = self._check_targets(vals)
        result = super().write(vals)
        if targets:
            # Core judges a record by where it lay before the write: judge it where it lies now.
            self.flush_recordset()
            self.check_access("write")
        return result

    def _without_readonly_defaults(self):
        """Return the context without `default_*` for fields that only steps and computations set."""
        return {
            key: value
            for key, value in self.env.context.items()
            if not key.startswith("default_") or not self._is_set_by_steps(key[len("default_") :])
        }

    def _is_set_by_steps(self, name):
        """Return whether the product sets this field itself (bool)."""
        field = self._fields.get(name)
        return field is not None and field.readonly and field._module == "left_behind_children"

    def _check_targets(self, vals):
        """Refuse values that point at records the caller may not read; returns whether any points.

        Core checks the rights on the record written, not on what it is made to point at.
        """
        if self.env.su:
            return False
        points = False
        for name, value in vals.items():
            field = self._fields.get(name)
            if field is None or not (field.comodel_name or "").startswith("lbc."):
                continue
            ids = self._target_ids(field, value)
            points = points or (bool(ids) and field.type == "many2one")
            targets = self.env[field.comodel_name].browse(ids)
            (targets - self[name] if self and len(self) == 1 else targets).check_access("read")
        return points

    @api.model
    def _target_ids(self, field, value):
        """Return the ids (list of int) that a written value of a relational field points at.

        Whatever core understands counts: numbers, commands as lists or tuples, records as dicts.
        """
        if field.type == "many2one":
            if isinstance(value, tuple):  # core ignores lists here
                value = value[0] if value else False
            return self._plain_ids([value.get("id") if isinstance(value, dict) else value])
        ids = []
        for command in value if isinstance(value, (list, tuple)) else ():
            if isinstance(command, dict):
                continue  # a new line
            if not isinstance(command, (list, tuple)):
                ids.append(command)
            elif command[0] in (Command.LINK, Command.UPDATE):
                ids.append(command[1])
            elif command[0] == Command.SET:
                ids += command[2]
        return self._plain_ids(ids)

    @api.model
    def _plain_ids(self, ids):
        """Return the ids (list of int) of the saved records among them.

        :raises UserError: an id is no number; the database would take "7" and 7.0 for 7
        """
        found = []
        for one in ids:
            if isinstance(one, NewId):
                one = one.origin
            if not one or str(one).startswith("virtual_"):
                continue
            if not isinstance(one, int):
                raise UserError(self.env._("A form names records by numbers. Reload the page."))
            found.append(one)
        return found

    def _refuse_readonly(self, vals):
        """Refuse values for what only steps and computations set: states, masks, keys, verdicts.

        Core leaves `readonly` to the page. Put this mixin first in `_inherit`, so that mixins
        which fill in such fields come after it. Steps write as superuser once they have checked.
        """
        if self.env.su:
            return
        for name in vals:
            if self._is_set_by_steps(name):
                field = self._fields[name]
                raise AccessError(
                    self.env._(
                        "“%(field)s” is not entered by hand; the steps and checks set it.",
                        field=field._description_string(self.env),
                    )
                )

    def _has_field_access(self, field, operation):
        """Reading follows `groups=`; writing asks for the write group of the same data group."""
        if operation == "read" and not self.env.su and field.groups in data_groups.READ_GROUPS:
            # Core asks for every value it hands out: on a list of 80 children 500 times.
            return field.groups in self.env.user._lbc_readable_groups()
        if not super()._has_field_access(field, operation):
            return False
        if field.name.startswith(_THREAD_FIELDS) and not self._lbc_may_thread():
            return False  # core lets everybody filter by messages of records he may read
        if operation != "write" or self.env.su:
            return True
        write_group = data_groups.WRITE_OF_READ.get(field.groups)
        if not field.groups and field._module == "left_behind_children":
            write_group = self._default_write_group
        return not write_group or self.env.user.has_group(write_group)

    def _determine_fields_to_fetch(self, field_names=None, ignore_when_in_cache=False):
        """Fetch along what the record rules ask for.

        Core checks the rules on the records in memory too. A field that is missing there makes it
        read whole rows: on a list of 80 children that was a third of the time.
        """
        if field_names and not self.env.su:
            field_names = [*field_names, *self._rule_columns()]
        return super()._determine_fields_to_fetch(field_names, ignore_when_in_cache)

    @api.model
    def _rule_columns(self):
        """Return the names of the columns in the rules that keep the user from reading records."""
        domain = self.env["ir.rule"]._compute_domain(self._name, "read")
        names = {term.field_expr.partition(".")[0] for term in domain.iter_conditions()}
        fields = [self._fields[name] for name in sorted(names)]
        return [
            field.name
            for field in fields
            if field.store and field.column_type and self._has_field_access(field, "read")
        ]

    def _field_to_sql(self, alias, field_expr, query=None):
        """Refuse sorting and grouping by a hidden related field too.

        Core follows a non-stored related field to its target without asking whether the field
        itself may be read.
        """
        field = self._fields.get(field_expr.partition(".")[0])
        if field is not None and field.related and not field.store:
            self._check_field_access(field, "read")
        return super()._field_to_sql(alias, field_expr, query)

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Refuse grouping by a hidden x2many too: core joins it without asking for the field."""
        field = self._fields.get(groupby_spec.partition(":")[0].partition(".")[0])
        if field is not None:
            self._check_field_access(field, "read")
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _require_role(self, *roles):
        """Refuse users who act in none of these roles, e.g. `_require_role("township")`.

        :raises AccessError: the caller's role may not do this; superuser code passes
        """
        if self.env.su or self.env.user._lbc_has_role(*roles):
            return
        names = self.env["res.groups"]._lbc_role_names(roles)
        raise AccessError(
            self.env._(
                "Your role may not do this. It is the task of: %(roles)s.",
                roles=self.env._("%(one)s, %(other)s", one="", other="").join(names),
            )
        )

    def _require_group(self, name):
        """Refuse users without a function of the access matrix, e.g. `_require_group("break_glass")`.

        :raises AccessError: names the function; superuser code passes
        """
        xmlid = f"left_behind_children.group_{name}"
        if self.env.su or self.env.user.has_group(xmlid):
            return
        raise AccessError(
            self.env._(
                "Your department may not do this: %(function)s. The data protection officer gives "
                "rights on the page “Departments”.",
                function=self.env.ref(xmlid).sudo().name,
            )
        )

    def _require_state(self, field_name, *states):
        """Refuse records that are in none of these states.

        :raises UserError: names the first such record and its state
        """
        field = self._fields[field_name]
        for record in self:
            if record[field_name] not in states:
                labels = dict(field._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(record)s is “%(state)s”; this step is not open to it. Reload the page.",
                        record=record.display_name,
                        state=labels.get(record[field_name], record[field_name] or ""),
                    )
                )
