"""The tables of the monthly access report: counted by the database, named in the reader's language."""

from odoo.tools import SQL

OTHER = (
    "export",
    "download",
    "print",
    "lookup",
    "break_glass",
    "grant",
    "approve",
    "refuse",
    "rights",
)
CHANGES = ("create", "write", "unlink")


def tables(env, query, first, last):
    """Return {looks, changes, others, days}: lists of dicts for the document.

    :param query: of the journal's rows that the reader may see (`_search`)
    :param first: and `last`: dates of the month
    """
    rows = query.select(SQL("lbc_journal.*"))
    return {
        "looks": _looks(env, rows),
        "changes": _changes(env, rows),
        "others": _others(env, rows),
        "days": _days(env, first, last),
    }


def _looks(env, rows):
    """Count looks and files opened, by role and data group."""
    found = env.execute_query(
        SQL(
            """
            SELECT looks.role, data_group, count(*), sum(child_count)
              FROM (%s) looks, unnest(string_to_array(looks.groups, ',')) data_group
             WHERE looks.action IN ('read', 'group') GROUP BY 1, 2 ORDER BY 1, 2
            """,
            rows,
        )
    )
    roles, groups = _role_names(env), env["res.groups"]._lbc_data_group_names()
    return [
        {"role": roles.get(role, role), "group": groups.get(group, group), "count": n, "files": f}
        for role, group, n, f in found
    ]


def _changes(env, rows):
    """Count created, changed and deleted records, by role and kind of record."""
    found = env.execute_query(
        SQL(
            """
            SELECT changed.role, changed.model,
                   sum(record_count) FILTER (WHERE action = 'create'),
                   sum(record_count) FILTER (WHERE action = 'write'),
                   sum(record_count) FILTER (WHERE action = 'unlink')
              FROM (%s) changed WHERE changed.action IN %s GROUP BY 1, 2 ORDER BY 1, 2
            """,
            rows,
            CHANGES,
        )
    )
    models = env["ir.model"].sudo().search([("model", "in", [row[1] for row in found])])
    names, roles = {one.model: one.name for one in models}, _role_names(env)
    return [
        {
            "role": roles.get(role, role),
            "model": names.get(model, model),
            **dict(zip(CHANGES, (number or 0 for number in numbers), strict=True)),
        }
        for role, model, *numbers in found
    ]


def _others(env, rows):
    """Count exports, emergency access and the like, by role."""
    found = env.execute_query(
        SQL(
            """
            SELECT done.role, done.action, count(*), sum(child_count)
              FROM (%s) done WHERE done.action IN %s GROUP BY 1, 2 ORDER BY 2, 1
            """,
            rows,
            OTHER,
        )
    )
    labels = dict(env["lbc.journal"]._fields["action"]._description_selection(env))
    roles = _role_names(env)
    return [
        {"role": roles.get(role, role), "action": labels[action], "count": n, "files": f}
        for role, action, n, f in found
    ]


def _days(env, first, last):
    """Return each day's last seal: day, number, rows sealed on the day, check code."""
    seals = env["lbc.journal.seal"].search(
        [("day", ">=", first), ("day", "<=", last)], order="number"
    )
    days = {}
    for one in seals:
        known = days.setdefault(one.day, {"day": one.day, "rows": 0})
        known.update(number=one.number, code=one.check_code, rows=known["rows"] + one.row_count)
    return [days[day] for day in sorted(days)]


def _role_names(env):
    return {
        "": env._("No Role"),
        "system": env._("System"),
        **env["res.groups"]._lbc_names_of_roles(),
    }
