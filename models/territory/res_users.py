"""Where a user works: derived from the posting in which he acts (architecture, "Scope")."""

from odoo import api, fields, models, tools
from odoo.fields import Domain
from odoo.tools import SQL

KEY_OF_SCOPE = {"village": "area_id", "township": "township_id", "county": "county_id"}


def by_query(domain):
    """Return a domain that is answered by the database only, also for records in memory.

    Core checks rules on records in memory as superuser; following a one2many there would leave all
    its lines, also those the user may not see, in the cache from which he reads next.
    """

    def to_sql(model, alias, query):
        model = model.sudo()
        condition = domain.optimize_full(model)._to_sql(model, alias, query)
        # The lines of a many2many are not among what core writes out before such a query.
        paths = [term.field_expr.partition(".")[0] for term in domain.iter_conditions()]
        return SQL("%s", condition, to_flush=[model._fields[name] for name in paths])

    return Domain.custom(to_sql=to_sql)


class ResUsers(models.Model):
    _inherit = "res.users"

    lbc_posting_ids = fields.One2many("lbc.posting", "user_id", "Postings")
    lbc_posting_id = fields.Many2one(
        "lbc.posting",
        "Acts As",
        ondelete="set null",
        help="Who holds several posts acts in one at a time.",
    )

    def _get_invalidation_fields(self):
        return super()._get_invalidation_fields() | {"lbc_posting_id"}

    @tools.ormcache("self.id")
    def _lbc_zone(self):
        """Return the time zone (str) in which the days of the user's rights begin and end.

        That of the district's profile, never the user's own: he could choose himself another day.
        """
        postings = self.sudo().with_context(active_test=False).lbc_posting_ids
        county = postings[:1].organization_id.county_id
        profiles = self.env["lbc.profile"].sudo()
        profile = profiles.browse(profiles._id_for_county(county.id)) if county else profiles
        return profile.time_zone or "Asia/Shanghai"

    def _lbc_today(self):
        """Return the day (date) on which the user's rights are judged."""
        return fields.Date.context_today(self.with_context(tz=self._lbc_zone()))

    def _lbc_acting_posting(self):
        """Return the posting (0 or 1 record, sudo) in which the user acts today."""
        self.ensure_one()
        user = self.sudo()  # record rules call this for users who may not read postings
        today = self._lbc_today()
        current = user.lbc_posting_ids.filtered(lambda one: one._holds_on(today))
        # Whoever stands in for somebody acts in his own post: he meets both areas there.
        own = current.filtered(lambda one: not one.leave_id) or current
        return user.lbc_posting_id if user.lbc_posting_id in current else own[:1]

    def _lbc_acting_areas(self):
        """Return the divisions (`lbc.area`, sudo) of the acting posting, and of whom one stands in for.

        Only in the same role: a leave widens the area, never the rights.
        """
        posting = self._lbc_acting_posting()
        today = self._lbc_today()
        stands_in = self.sudo().lbc_posting_ids.filtered(
            lambda one: one.leave_id and one._holds_on(today) and one._is_like(posting)
        )
        return posting.area_ids | stands_in.area_ids

    @tools.ormcache("self.id", "day")
    def _lbc_scope_on(self, day):
        """Return (scope, division ids, organisation id) of the user on `day` (date).

        The divisions include those that were merged into the user's own, so that what happened
        before a merger stays with whoever is responsible now. Cached: changes of postings and
        divisions clear the registry's cache.
        """
        posting = self._lbc_acting_posting()
        scope = posting.post_id.scope or "none"
        areas = self._lbc_acting_areas()
        areas = areas._with_predecessors() if scope in KEY_OF_SCOPE else areas
        return scope, tuple(areas.ids), posting.organization_id.id or 0

    def _lbc_scope(self):
        """Return (scope, division ids, organisation id) of the user today; see `_lbc_scope_on`."""
        return self._lbc_scope_on(self._lbc_today())

    def _lbc_area_domain(self, through=None, widest="county"):
        """Return the domain that keeps a business record within the areas of the acting posting.

        No posting, no areas: no records.

        :param through: one2many whose lines carry the keys as well; a record is reached by its own
            keys or by those of a line (a parent whose children live in two villages)
        :param widest: the widest level that is allowed; a posting of a wider one meets nothing
        """
        scope, area_ids, _organization_id = self._lbc_scope()
        levels = list(KEY_OF_SCOPE)
        if scope not in levels or levels.index(scope) > levels.index(widest) or not area_ids:
            return Domain.FALSE
        if scope == "county" and self.env["lbc.profile"]._is_only_county(area_ids):
            return Domain.TRUE
        key = KEY_OF_SCOPE[scope]
        own = Domain(key, "=", area_ids[0]) if len(area_ids) == 1 else Domain(key, "in", area_ids)
        return own | by_query(Domain(through, "any!", own)) if through else own

    def _lbc_counties(self):
        """Return the counties (`lbc.area`, sudo) in which the acting posting lies."""
        _scope, area_ids, organization_id = self._lbc_scope()
        counties = self.env["lbc.area"].sudo().browse(area_ids).county_id
        return counties or self.env["lbc.organization"].sudo().browse(organization_id).county_id

    def _lbc_county_domain(self, key):
        """Return the domain of the master data that the user may keep: his county's, own drafts.

        The technical administrator keeps all, since somebody has to begin.

        :param key: field that leads to the county
        """
        if self.has_group("base.group_system"):
            return Domain.TRUE
        drafts = Domain(key, "=", False) & Domain("create_uid", "=", self.id)
        return Domain(key, "in", self._lbc_counties().ids) | drafts

    def _lbc_covers(self, area):
        """Return whether the division lies within the user's areas (bool)."""
        scope, area_ids, _organization_id = self._lbc_scope()
        key = {"village": area, "township": area.township_id, "county": area.county_id}.get(scope)
        return bool(key) and key.id in area_ids

    @api.model
    def _lbc_default_village(self):
        """Return the village of a user who has exactly one of his own, else an empty record.

        Whoever stands in for somebody still begins with his own village.
        """
        posting = self.env.user._lbc_acting_posting()
        areas = posting.area_ids if posting.scope == "village" else self.env["lbc.area"]
        valid = areas.filtered(lambda area: not area.valid_to)
        return valid.sudo(False) if len(valid) == 1 else self.env["lbc.area"]
