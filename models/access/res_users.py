"""One role at a time, taken from the acting posting; rights never come from anywhere else."""

from collections import defaultdict

from odoo import SUPERUSER_ID, Command, api, fields, models, tools
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ...lib.matrix import AREA_SCOPES, MASKED, READ
from ..territory.res_users import by_query
from . import data_groups
from .res_groups import ROLE_PREFIX


class ResUsers(models.Model):
    _inherit = "res.users"

    lbc_role_id = fields.Many2one("res.groups", "Role in Care", compute="_compute_lbc_role_id")

    def _compute_lbc_role_id(self):
        roles = self.env["res.groups"]._lbc_roles()
        for user in self:
            user.lbc_role_id = (user.sudo().group_ids & roles)[:1]

    @api.constrains("group_ids")
    def _check_one_role(self):
        """Roles exclude each other and come from postings; nobody holds two at a time."""
        roles = self.env["res.groups"]._lbc_roles()
        for user in self.sudo():  # a posting officer may not read every user's groups
            if len(user.all_group_ids & roles) > 1:
                raise ValidationError(
                    self.env._(
                        "%(user)s would act in several roles at once: %(roles)s. Give each role "
                        "by a posting; who holds several switches between them under “My Posts”.",
                        user=user.login,
                        roles=self.env._("%(one)s, %(other)s", one="", other="").join(
                            (user.all_group_ids & roles).mapped("name")
                        ),
                    )
                )

    @tools.ormcache("self.id", "day")
    def _lbc_role_on(self, day):
        """Return the id of the role (`res.groups`) of the posting in which the user acts on `day`.

        0 without one. Cached like `_lbc_scope_on`.
        """
        return self._lbc_acting_posting().post_id.role_id.id or 0

    def _lbc_role_id(self):
        """Return the id of the role in which the user acts today, 0 for none."""
        return self._lbc_role_on(self._lbc_today())

    def _lbc_cell(self, subject):
        """Return what the user's role may do with a subject (`lib.matrix.Cell`)."""
        return self.env["lbc.access.right"]._cell(self._lbc_role_id(), subject)

    def _lbc_domain(self, subject="files", child=None, through=None):
        """Return the domain that keeps a business record within the user's duty.

        Called by the record rules; the cell of the matrix says in which scope the role meets the
        records, the acting posting whose they are.

        :param subject: data group or function of the matrix that opens the model; `files` for what
            stands in the child's own file
        :param child: path from the record to the child, "" for the child itself; None where only
            areas lead to the record, not a child's school, assignment or case
        :param through: see `_lbc_area_domain`
        """
        cell = self._lbc_cell(subject)
        if not cell.at_least(MASKED):
            return Domain.FALSE
        if cell.scope in AREA_SCOPES:
            domain = self._lbc_area_domain(through, AREA_SCOPES[cell.scope])
        else:
            domain = self._lbc_path(child, self._lbc_children_domain(cell.scope, subject))
        if cell.approval:  # within the scope, what was asked for and approved
            domain &= self._lbc_path(child, self._lbc_children_domain("granted", subject))
        return domain

    def _lbc_granted_domain(self, subject="files", child=None):
        """Return the domain of what a grant (broken glass) opens to the user, for reading.

        The data groups are those of his role; a grant only reaches one more file.
        """
        cell = self._lbc_cell(subject)
        if not cell.at_least(MASKED) or cell.approval:  # approval is asked for by itself
            return Domain.FALSE
        # Nearly nobody holds a grant, so nearly nobody's queries carry the condition; every new
        # grant has the rules asked anew.
        if not self.env["lbc.access.grant"]._is_open_for(self):
            return Domain.FALSE
        return self._lbc_path(child, self._lbc_children_domain("granted", "files"))

    def _lbc_path(self, child, domain):
        """Return a domain over children seen from records that reach the child by a path."""
        if child is None or domain.is_false():
            return Domain.FALSE
        return by_query(Domain(child, "any!", domain)) if child else domain

    def _lbc_children_domain(self, scope, subject):
        """Return the domain over children of a scope without areas; the registry knows them.

        :param scope: `organization`, `assigned`, `case` or `granted`
        """
        return Domain.FALSE

    @tools.ormcache("self.id")
    def _lbc_readable_groups(self):
        """Return the names (frozenset) of the data groups that the user may read."""
        return frozenset(filter(self.has_group, data_groups.READ_GROUPS))

    def _lbc_has_role(self, *roles):
        """Return whether the user acts in one of the roles, e.g. `("village", "township")`."""
        return any(self.has_group(f"left_behind_children.{ROLE_PREFIX}{role}") for role in roles)

    def _lbc_sync_role(self):
        """Give each user exactly the role of the posting in which he acts; none: no role.

        Called by postings, whose own access rights say who may give roles; only the product's
        role groups are ever added or removed.
        """
        roles = self.env["res.groups"]._lbc_roles()
        alike = defaultdict(self.sudo().browse)  # one write for all who lose and gain the same
        for user in self.sudo():  # a posting officer is no user administrator
            wanted = user._lbc_acting_posting().post_id.role_id & roles
            held = user.group_ids & roles
            if wanted != held:
                alike[held - wanted, wanted - held] |= user
        for (lost, gained), users in alike.items():
            commands = [Command.unlink(group.id) for group in lost]
            commands += [Command.link(group.id) for group in gained]
            users.write({"group_ids": commands})

    def _get_invalidation_fields(self):
        return super()._get_invalidation_fields() | {"login"}  # `_lbc_actor_on` is cached

    @tools.ormcache("self.id", "day")
    def _lbc_actor_on(self, day):
        """Return (user id, login, role, posting id, county id) with which the user acts on `day`.

        The role is a short name such as `village`, `system` for the superuser, "" for none. Cached
        like the scope.
        """
        user = self.sudo()  # nobody but user administrators reads roles and logins of others
        posting = user._lbc_acting_posting()
        role = self.env["res.groups"]._lbc_role_codes().get(user.lbc_role_id.id, "")
        if self.id == SUPERUSER_ID:
            role = "system"
        county = posting.area_ids[:1].county_id or posting.organization_id.county_id
        return self.id or 0, user.login or "", role, posting.id or None, county.id or None

    def _lbc_actor(self):
        """Return who acts today, see `_lbc_actor_on`."""
        return self._lbc_actor_on(self._lbc_today())

    def _lbc_journal_domain(self):
        """Return the domain of the journal rows that an overseer may read: of his own county."""
        if not self._lbc_cell("audit").at_least(READ):
            return Domain.FALSE
        scope, area_ids, _organization_id = self._lbc_scope()
        if scope != "county" or not area_ids:
            return Domain.FALSE
        if self.env["lbc.profile"]._is_only_county(area_ids):
            return Domain.TRUE  # with what the system itself did
        return Domain("county", "in", area_ids)

    def action_lbc_act_in(self, posting_id):
        """Act from now on in another of one's own current postings (id of `lbc.posting`).

        :raises UserError: the posting is not the caller's own or not current
        """
        self.ensure_one()
        if self != self.env.user:
            raise AccessError(self.env._("Everybody switches only his own post."))
        posting = self.env["lbc.posting"].sudo().browse(posting_id).exists()
        if posting.user_id != self or not posting.is_current:
            raise UserError(self.env._("This is not one of your current postings."))
        user = self.sudo()  # nobody may write his own user record; checked above
        user.lbc_posting_id = posting
        user._lbc_sync_role()
        return {"type": "ir.actions.client", "tag": "reload"}
