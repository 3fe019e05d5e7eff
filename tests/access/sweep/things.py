"""What hangs on the records of the sweep: papers, messages, activities, values; made once, as superuser."""

from odoo.tools import SQL

from .makers import CLEAR_NAMES

# Columns whose text leaves the file: mails, activities, histories, names of files.
TRAVELS = (
    ("mail_message", "body"),
    ("mail_message", "subject"),
    ("mail_tracking_value", "old_value_char"),
    ("mail_tracking_value", "new_value_char"),
    ("mail_tracking_value", "old_value_text"),
    ("mail_tracking_value", "new_value_text"),
    ("mail_activity", "res_name"),
    ("mail_activity", "summary"),
    ("mail_activity", "note"),
    ("ir_attachment", "name"),
)
ONE_EACH = ("lbc.profile", "lbc.quarter")  # of a county: there is no second beside the first
# Fields that say where a record lies, or of whom it is: given also where they are not required.
OF_PLACE = ("child_id", "area_id", "area_ids", "parent_id", "county_id")
# What a second record beside the first cannot share with it.
BESIDE = {
    "lbc.guardianship": {"role": "relative"},
    "lbc.migration": {"date_to": "2026-01-31"},
    "lbc.area.population": {"year": 2024},
}


class Things:
    """Mixed into the test case; everything is remembered in `_things`."""

    def remembered(self, key, make):
        """Return what `make()` gave the first time for this key."""
        things = self.__dict__.setdefault("_things", {})
        if key not in things:
            things[key] = make()
        return things[key]

    def prepare(self, models):
        """Make everything before anybody asks, so that no answer depends on who asked first."""
        for name in models:
            for place in self.records[name]:
                self.paper_of(name, place)
                self.values_for(name, place)
                if hasattr(self.env[name], "message_post"):
                    self.message_of(name, place)
                if hasattr(self.env[name], "activity_schedule"):
                    self.activity_of(name, place)
        self.env.flush_all()

    def paper_of(self, name, place):
        """Return an attachment on the record of a place."""
        values = {"name": "证明.txt", "raw": b"1", "res_model": name}
        record = self.records[name][place]
        return self.remembered(
            ("paper", name, place),
            lambda: self.env["ir.attachment"].create({**values, "res_id": record.id}),
        )

    def files_of(self, name, res_id, fields):
        """Return the attachments in which fields of a record are kept."""
        if not fields:
            return self.env["ir.attachment"]
        domain = [("res_model", "=", name), ("res_id", "=", res_id), ("res_field", "in", fields)]
        return self.remembered(
            ("files", name, res_id), lambda: self.env["ir.attachment"].sudo().search(domain)
        )

    def message_of(self, name, place):
        """Return a note on the record of a place."""
        record = self.records[name][place]
        post = record.message_post
        return self.remembered(("message", name, place), lambda: post(body="试"))

    def activity_of(self, name, place):
        """Return an activity on the record of a place."""
        record = self.records[name][place]
        return self.remembered(
            ("activity", name, place),
            lambda: record.activity_schedule("mail.mail_activity_data_todo", summary="试"),
        )

    def described(self, name):
        """Return {field: what one may do by it} as superuser sees it."""
        wanted = ["searchable", "sortable", "groupable"]
        return self.remembered(
            ("described", name),
            lambda: {
                key: {one: bool(about.get(one)) for one in wanted}
                for key, about in self.env[name].fields_get(attributes=wanted).items()
            },
        )

    def values_for(self, name, place):
        """Return values (dict) with which a record like that of the place is created; None: none can."""
        return self.remembered(("values", name, place), lambda: self._values(name, place))

    def _values(self, name, place):
        model, record = self.env[name], self.records[name][place]
        if not model._auto or name in ONE_EACH:
            return None
        values = {}
        for field in model._fields.values():
            taken = field.required or field.name in OF_PLACE
            if not taken or not field.store or field.readonly or field.related:
                continue
            value = record[field.name]
            if field.type in ("many2many", "one2many"):
                values[field.name] = [(6, 0, value.ids)]
            else:
                values[field.name] = field.convert_to_write(value, record)
        if name == "lbc.area":  # digits follow from those of the township
            values["code"] = record.code[:-1] + "9"
        return {**values, **BESIDE.get(name, {})}

    def reports_of(self, name):
        """Return the printed documents of a model."""
        reports = self.env["ir.actions.report"]
        return self.remembered(("reports", name), lambda: reports.search([("model", "=", name)]))

    def is_gated(self, name):
        """Return whether the model's rows leave only through an approved export."""
        return self.matrix.gates(name)

    def clear_texts(self):
        """Return (table.column, text) where a clear name stands in what travels: mails, activities, files."""
        self.env.flush_all()
        found = []
        for table, column in TRAVELS:
            for name in CLEAR_NAMES:
                self.env.cr.execute(
                    SQL(
                        "SELECT %s FROM %s WHERE %s LIKE %s",
                        SQL.identifier(column),
                        SQL.identifier(table),
                        SQL.identifier(column),
                        f"%{name}%",
                    )
                )
                found += [(f"{table}.{column}", text) for (text,) in self.env.cr.fetchall()]
        return found
