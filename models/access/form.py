"""Forms: core computes along whatever a form points at, also by the defaults that the caller names in the context."""

from odoo import Command, models


class AccessMixin(models.AbstractModel):
    _inherit = "lbc.access.mixin"

    def onchange(self, values, field_names, fields_spec):
        """Answer a form only about records that the caller may read; write down what he is shown."""
        if not self.env.su:
            asked = () if field_names else fields_spec  # of a form just opened
            defaults = self._form_defaults(values, asked) if asked or not self else {}
            targets = self._check_form({**values, **defaults})
            groups = self._data_groups_of_form(fields_spec)
            for model, ids in targets.items() if groups else ():
                self.env["lbc.journal"]._note("read", model, ids, groups)
        return super().onchange(values, field_names, fields_spec)

    def _form_defaults(self, values, asked=()):
        """Return {field: value} of the defaults with which core fills the gaps of a form.

        Beside the fields asked for these are all that the caller names in the context or keeps as
        his own defaults: core takes them when a computed field asks.
        """
        names = {key[len("default_") :] for key in self.env.context if key.startswith("default_")}
        names |= self.env["ir.default"]._get_model_defaults(self._name).keys()
        names = [
            name for name in self._fields if name not in values and (name in names or name in asked)
        ]
        defaults = self.default_get(names)
        return {name: defaults[name] for name in names if name in defaults}

    def _check_form(self, values):
        """Refuse a form's values that point at records the caller may not read, also in its lines.

        :return: {model: ids} of what they point at
        """
        targets = {}
        for name, value in values.items():
            field = self._fields.get(name)
            if field is None or not (field.comodel_name or "").startswith("lbc."):
                continue
            comodel = self.env[field.comodel_name]
            ids = self._target_ids(field, value)
            comodel.browse(ids).check_access("read")
            if ids:
                targets.setdefault(comodel._name, []).extend(ids)
            for line, is_new in _lines(value) if _is_guarded(comodel) else ():
                more = comodel._form_defaults(line) if is_new else {}
                for model, found in comodel._check_form({**line, **more}).items():
                    targets.setdefault(model, []).extend(found)
        return targets

    def _data_groups_of_form(self, fields_spec):
        """Return the short names (set) of the data groups that a form shows, also in its lines."""
        groups = set(self._data_groups_of(fields_spec))
        for name, spec in fields_spec.items():
            field = self._fields.get(name)
            inner = (spec or {}).get("fields")
            if inner and field is not None and (field.comodel_name or "").startswith("lbc."):
                comodel = self.env[field.comodel_name]
                groups |= comodel._data_groups_of_form(inner) if _is_guarded(comodel) else set()
        return groups


def _is_guarded(model):
    """Return whether a model's forms are looked at (bool); divisions and profiles say nothing of a child."""
    return isinstance(model, model.env.registry["lbc.access.mixin"])


def _lines(value):
    """Return [(values, whether it is new)] of the records that a relational value describes."""
    if isinstance(value, dict):
        return [(value, not value.get("id"))]
    found = []
    for command in value if isinstance(value, (list, tuple)) else ():
        if isinstance(command, dict):
            found.append((command, True))
        elif isinstance(command, (list, tuple)) and command[0] in (Command.CREATE, Command.UPDATE):
            found.append((command[2] or {}, command[0] == Command.CREATE))
    return found
