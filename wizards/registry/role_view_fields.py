"""The table of fields of “view as role”: every model of a child's file, asked as that role (§C.2)."""

from odoo import api, models

from ...models.access import rights

FIRST = (
    "lbc.child",
    "lbc.household",
    "lbc.guardianship",
    "lbc.guardian",
    "lbc.migration",
    "lbc.home.stay",
    "lbc.capacity",
    "lbc.health",
    "lbc.episode",
)
# What serves the access itself is no part of a child's file.
SERVICE = ("lbc.access.grant", "lbc.assignment", "lbc.census.line", "lbc.transfer", "lbc.journal")
INSTEAD = {"birth_date": "age_band", "age": "age_band"}


class RoleView(models.TransientModel):
    _inherit = "lbc.role.view"

    @api.model
    def _file_models(self):
        """Return the names (list of str) of the models of a child's file.

        Whatever points at a child belongs to it; so do models that later rooms bring.
        """
        found = []
        for name, model in self.env.registry.items():
            if model._abstract or model._transient or name in (*FIRST, *SERVICE):
                continue
            if name.startswith("lbc.") and "township_id" in model._fields:
                links = (field.comodel_name for field in model._fields.values() if field.store)
                if "lbc.child" in links:
                    found.append(name)
        return [*FIRST, *sorted(found)]

    @api.model
    def _fields_seen(self, user):
        """Return what a user may do with each field of a child's file.

        :return: one dict a model: name, label, access (bool), approval (bool), fields: list of
            dicts with name, label, group (label of the data group), read, write (bool), instead
        """
        cells = self.env["lbc.access.right"]._cells(user._lbc_role_id())
        seen = []
        for name in self._file_models():
            model = self.env[name].with_user(user)
            subject = self._subject_of(model)
            cell = cells.get(subject)
            rows = [
                self._field_seen(model, field)
                for field in model._fields.values()
                if field.name != "id" and (field._module == rights.MODULE or field.manual)
            ]
            seen.append(
                {
                    "name": name,
                    "label": self.env["ir.model"]._get(name).name,
                    "group": self._label_of(subject),
                    "access": model.has_access("read"),
                    "approval": bool(cell and cell.approval),
                    "fields": rows,
                    "readable": sum(row["read"] for row in rows),
                    "writable": sum(row["write"] for row in rows),
                }
            )
        return seen

    @api.model
    def _field_seen(self, model, field):
        """Return the row of one field for the user of `model`'s environment."""
        opens = model.has_access("read")
        read = opens and model._has_field_access(field, "read")
        write = (
            read
            and not model._is_set_by_steps(field.name)
            and (field.store or bool(field.inverse))
            and (model.has_access("write") or model.has_access("create"))
            and model._has_field_access(field, "write")
        )
        mask = model._fields.get(INSTEAD.get(field.name, f"{field.name}_masked"))
        instead = opens and not read and mask is not None and model._has_field_access(mask, "read")
        return {
            "name": field.name,
            "label": field._description_string(self.env),
            "group": self._label_of(_subject(field.groups)),
            "read": read,
            "write": write,
            "instead": mask._description_string(self.env) if instead else "",
        }

    @api.model
    def _subject_of(self, model):
        """Return the data group (str) that opens a model as a whole, "" for the file's own."""
        lines = self.env["ir.model.access"].sudo()
        lines = lines.search([("model_id.model", "=", model._name), ("perm_read", "=", True)])
        subjects = {_subject(name) for name in lines.group_id.get_external_id().values()}
        return subjects.pop() if len(subjects) == 1 else ""

    @api.model
    def _label_of(self, subject):
        selection = self.env["lbc.access.right"]._fields["subject"]
        return dict(selection._description_selection(self.env)).get(subject, "")


def _subject(groups):
    """Return the data group (str) that an XML id of a read or write group stands for, else ""."""
    for xmlid in (groups or "").split(","):
        name = xmlid.partition(".")[2].removeprefix("group_").rpartition("_")[0]
        if name in rights.DATA:
            return name
    return ""
