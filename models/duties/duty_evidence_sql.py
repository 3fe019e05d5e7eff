"""Rows (evidence, day, subject) of a kind of duty as SQL, over any path to the subject."""

from odoo.fields import Domain
from odoo.tools import SQL

from ...lib import domains


def evidence_rows(kind, only=Domain.TRUE):
    """Return SQL of rows (id, day, subject_id): filed evidence of the kind and whom it is about.

    :param kind: `lbc.duty.kind` with an evidence model
    :param only: `Domain` over the evidence's model that restricts the rows
    """
    model = kind.env[kind.evidence_model].sudo().with_context(active_test=False)
    domain = only & model._evidence_filed()
    if kind.evidence_domain:
        domain &= Domain(domains.parse(kind.evidence_domain))
    query = model._search(domain)
    day = model._field_to_sql(query.table, kind._evidence_date_field(), query)
    subject = _follow(model, query, query.table, model._evidence_subjects[kind.subject_type])
    return query.select(
        SQL("%s AS id", SQL.identifier(query.table, "id")),
        SQL("%s AS day", day),
        SQL("%s AS subject_id", subject),
    )


def _follow(model, query, alias, path):
    """Join the stored path to the query; return SQL of the id at its end."""
    name, _dot, rest = path.partition(".")
    field = model._fields[name]
    comodel = model.env[field.comodel_name]
    own_id = SQL.identifier(alias, "id")
    if field.type == "many2one":
        target = model._field_to_sql(alias, name, query)
        if not rest:
            return target
        inner = query.make_alias(alias, name)
        condition = SQL("%s = %s", SQL.identifier(inner, "id"), target)
    elif field.type == "one2many":
        inner = query.make_alias(alias, name)
        condition = SQL("%s = %s", SQL.identifier(inner, field.inverse_name), own_id)
    else:
        lines = query.make_alias(alias, name)
        query.add_join(
            "JOIN",
            lines,
            field.relation,
            SQL("%s = %s", SQL.identifier(lines, field.column1), own_id),
        )
        target = SQL.identifier(lines, field.column2)
        if not rest:
            return target
        inner = query.make_alias(lines, "id")
        condition = SQL("%s = %s", SQL.identifier(inner, "id"), target)
    query.add_join("JOIN", inner, comodel._table, condition)
    if not rest:
        return SQL.identifier(inner, "id")
    return _follow(comodel, query, inner, rest)
