"""SQL texts that read a record as it was at the end of a day, from the earlier values in `lbc_past`.

`{day}` stands for the day, the same for all rows of a statement (`child_columns._ledger_sql` puts it in): the few
rows of later days are found by their index and joined once.
"""

# Undone is what happened after the day, from the first such row on; what was told later of an earlier day stays. A
# correction is never undone: what it replaced was never true.
_LATER = """
    SELECT p.res_id, jsonb_object_agg(p.field, p.before) AS v
      FROM (SELECT DISTINCT ON (p.res_id, p.field) p.res_id, p.field, p.before
              FROM lbc_past p
             WHERE p.model = '{model}' AND p.day > {day} AND NOT p.is_correction
               AND NOT EXISTS (SELECT 1 FROM lbc_past l
                                WHERE l.model = p.model AND l.res_id = p.res_id AND l.field = p.field
                                  AND l.id > p.id AND l.day <= {day} AND NOT l.is_correction)
             ORDER BY p.res_id, p.field, p.id) p
     GROUP BY p.res_id"""


def then(alias, name, cast=None, now=None):
    """Return SQL of a value as it was on the day.

    :param alias: of the record, beside which `<alias>_past` is joined (`past_join`)
    :param cast: type of PostgreSQL, where it is no text
    :param now: SQL of today's value, the column's unless given
    """
    past = f"({alias}_past.v->>'{name}')" + (f"::{cast}" if cast else "")
    return f"CASE WHEN {alias}_past.v ? '{name}' THEN {past} ELSE {now or f'{alias}.{name}'} END"


def past_join(alias, model):
    """Return SQL of the join `<alias>_past` with the earlier values of a model's record."""
    later = _LATER.replace("{model}", model)
    return f"LEFT JOIN ({later}) {alias}_past ON {alias}_past.res_id = {alias}.id"


def on_day(text, day):
    """Return the text with the day (date) in it."""
    return text.replace("{day}", f"'{day:%Y-%m-%d}'::date")
