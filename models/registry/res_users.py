"""Which children a user meets without having their area: his school's, assigned, granted (§C.2)."""

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class ResUsers(models.Model):
    _inherit = "res.users"

    def _lbc_children_domain(self, scope, subject):
        _scope, _area_ids, organization_id = self._lbc_scope()
        if scope == "granted":
            return _children(_granted, self.id, subject, self._lbc_role_id())
        if not organization_id:
            return Domain.FALSE
        if scope == "organization":
            return Domain("school_id", "=", organization_id)
        if scope in ("assigned", "case"):
            kind = "service" if scope == "assigned" else "case"
            return _children(_assigned, kind, self.id, organization_id)
        return super()._lbc_children_domain(scope, subject)


def _children(select, *key):
    """Return the domain of the children that a query gives, asked anew each time.

    Rules are cached; a domain of its own makes SQL at the moment of the query, so that what ends
    at a minute is gone at that minute. An array instead of a sub-select keeps the index in use.
    """
    return Domain.custom(
        to_sql=lambda model, alias, query: SQL(
            "%s = ANY(ARRAY(%s))", SQL.identifier(alias, "id"), select(model, *key)
        )
    )


def _granted(model, user_id, subject, role_id):
    column = _columns(model.env["lbc.access.grant"])
    return SQL(
        "SELECT child_id FROM lbc_access_grant WHERE %s = %s AND %s = %s AND %s = 'granted' "
        "AND %s > %s AND %s = %s",
        column("user_id"),
        user_id,
        column("subject"),
        subject,
        column("state"),
        column("expires_at"),
        fields.Datetime.now(),
        column("role_id"),  # who acts in another role has to ask anew
        role_id,
    )


def _assigned(model, kind, user_id, organization_id):
    today = model.env["res.users"].browse(user_id)._lbc_today()
    column = _columns(model.env["lbc.assignment"])
    return SQL(
        "SELECT child_id FROM lbc_assignment WHERE %s = %s AND %s = %s "
        "AND (user_id IS NULL OR %s = %s) AND %s IS NULL AND %s <= %s AND %s >= %s",
        column("organization_id"),
        organization_id,
        column("kind"),
        kind,
        column("user_id"),
        user_id,
        column("ended_on"),
        column("date_from"),
        today,
        column("date_to"),
        today,
    )


def _columns(model):
    """Return a function that gives a column as SQL; what waits to be written to it is written first.

    Otherwise what one request has just ended would still hold until its end.
    """
    return lambda name: SQL.identifier(name, to_flush=model._fields[name])
