"""Who is responsible for a duty: the household's visitor, or who is posted in its village (B-5.1b)."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class Duty(models.Model):
    _inherit = "lbc.duty"

    @api.model
    def _today(self):
        """Return the day it is in all districts (date), whoever asks: jobs have no time zone."""
        profiles = self.env["lbc.profile"].sudo().search([("county_id", "!=", False)])
        days = [profile._today() for profile in profiles]
        return min(days, default=None) or fields.Date.context_today(self)

    @api.model
    def _told_from(self):
        """Return the day (date) of the next digest: tomorrow where somebody has had today's."""
        today = self._today()
        sent = self.env["res.users"].sudo().search_count([("lbc_digest_on", ">=", today)], limit=1)
        return today + timedelta(days=1) if sent else today

    @api.model
    def _assign_users(self, domain):
        """Name whoever is responsible for the open duties in `domain` (over `lbc.duty`), in two statements.

        :return: number (int) of duties that went to somebody else
        """
        self.env.flush_all()
        query = self.sudo()._search(Domain(domain) & Domain("state", "=", "open"))
        visited = SQL("SELECT id, visitor_id FROM lbc_household WHERE visitor_id IS NOT NULL")
        changed = self.env.execute_query(
            SQL(
                """
                SELECT lbc_duty.id, who.user_id
                  FROM %(duties)s
                  LEFT JOIN (%(visited)s) own ON own.id = lbc_duty.household_id
                  LEFT JOIN (SELECT c.id, h.visitor_id FROM (%(visited)s) h
                               JOIN lbc_child c ON c.household_id = h.id) kid
                    ON kid.id = lbc_duty.child_id
                 CROSS JOIN LATERAL (
                       SELECT coalesce(own.visitor_id, kid.visitor_id) AS visitor_id) home
                  %(joins)s
                 CROSS JOIN LATERAL (
                       SELECT CASE WHEN lbc_duty.kind_id IN (%(kinds)s) THEN %(user)s END
                              AS user_id) who
                 WHERE %(where)s AND lbc_duty.user_id IS DISTINCT FROM who.user_id
                """,
                visited=visited,
                user=self._sql_user(),
                kinds=self._sql_kinds_of_villages(),
                joins=self._sql_user_joins(SQL("lbc_duty.area_id"), SQL("home.visitor_id")),
                duties=query.from_clause,
                where=query.where_clause,
            )
        )
        if changed:
            ids, users = zip(*changed, strict=True)
            self.env.cr.execute(
                SQL(
                    "UPDATE lbc_duty d SET user_id = n.user_id, handed_from = %s "
                    "FROM unnest(%s, %s::int[]) AS n(id, user_id) WHERE d.id = n.id",
                    self._told_from(),
                    list(ids),
                    list(users),
                )
            )
            self._forget_cached()
        return len(changed)

    @api.model
    def _sql_kinds_of_villages(self):
        """Return SQL of the kinds that villages do: theirs by name, or led by nobody else (L-1g)."""
        return SQL(
            "SELECT k.id FROM lbc_duty_kind k LEFT JOIN lbc_organization_kind o "
            "ON o.id = k.lead_kind_id WHERE coalesce(o.code, %(village)s) = %(village)s",
            village="village_committee",
        )

    @api.model
    def _sql_user_joins(self, area, visitor):
        """Return SQL of the joins in which `_sql_user` finds who is responsible."""
        return SQL(
            "LEFT JOIN (%(visitors)s) posted ON posted.area_id = %(area)s "
            "LEFT JOIN (%(instead)s) instead "
            "ON instead.user_id = coalesce(%(visitor)s, posted.user_id) "
            "AND instead.area_id = %(area)s",
            visitors=self._sql_visitors(),
            instead=self._sql_stand_ins(),
            area=area,
            visitor=visitor,
        )

    @api.model
    def _sql_user(self):
        """Return SQL of the responsible user within `_sql_user_joins` of a household `home`."""
        return SQL("coalesce(instead.substitute_id, home.visitor_id, posted.user_id)")

    @api.model
    def _sql_visitors(self):
        """Return SQL of (area_id, user_id): villages where exactly one child director is posted today.

        Where nobody is, because a director left office during his leave, it is who stands in.
        """
        return SQL(
            """
            SELECT rel.lbc_area_id AS area_id,
                   coalesce(min(p.user_id) FILTER (WHERE p.leave_id IS NULL), min(p.user_id))
                   AS user_id
              FROM lbc_posting p
              JOIN lbc_post post ON post.id = p.post_id AND post.code = 'child_director'
              JOIN lbc_area_lbc_posting_rel rel ON rel.lbc_posting_id = p.id
             WHERE p.active AND p.user_id IS NOT NULL
               AND p.date_from <= %(today)s
               AND (p.date_to IS NULL OR p.date_to >= %(today)s)
             GROUP BY rel.lbc_area_id
            HAVING count(DISTINCT p.user_id) FILTER (WHERE p.leave_id IS NULL) = 1
                OR bool_and(p.leave_id IS NOT NULL) AND count(DISTINCT p.user_id) = 1
            """,
            today=self._today(),
        )

    @api.model
    def _sql_stand_ins(self):
        """Return SQL of (user_id, area_id, substitute_id): who stands in for whom today, and where."""
        return SQL(
            "SELECT NULL::int AS user_id, NULL::int AS area_id, NULL::int AS substitute_id "
            "WHERE false"
        )
