"""What a row belongs to is said when it is made: nothing is moved under a text that others have signed."""

from odoo.exceptions import UserError


def refuse_moved(records, names, vals):
    """Refuse `vals` where they would change one of the fields `names` of the records; the superuser merges files.

    :raises UserError: says which field stays as it is
    """
    if records.env.su:
        return
    for name in set(names) & vals.keys():
        field = records._fields[name]
        if any(field.convert_to_write(record[name], record) != vals[name] for record in records):
            raise UserError(
                records.env._(
                    "“%(field)s” stays as it was entered. Remove the row and enter another one.",
                    field=field._description_string(records.env),
                )
            )
