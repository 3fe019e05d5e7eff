"""Breaking the glass: one child's file outside the own area, for a few hours (§C.2, §B.14)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...lib.matrix import AREA_SCOPES

MODULE = "left_behind_children"


class AccessGrant(models.Model):
    _name = "lbc.access.grant"
    _inherit = ["lbc.access.grant", "lbc.area.mixin"]

    child_id = fields.Many2one(
        "lbc.child", required=True, readonly=True, index=True, ondelete="cascade"
    )
    child_label = fields.Char(related="child_id.display_name", related_sudo=True, string="File")
    area_id = fields.Many2one(
        related="child_id.area_id", store=True, precompute=True, default=None, readonly=True
    )

    _open_of_user = models.Index("(user_id, expires_at) WHERE state = 'granted'")
    _township_order = models.Index("(township_id, id)")
    _county_order = models.Index("(county_id, id)")

    @api.depends("child_id.display_name", "user_id")
    def _compute_display_name(self):
        for grant in self.sudo():
            grant.display_name = (
                f"{grant.child_id.display_name or ''} ({grant.user_id.login or ''})"
            )

    def _in_area(self):
        self.ensure_one()
        return self.env.user._lbc_covers(self.sudo().area_id)

    def _hours(self):
        return self.sudo().child_id._profile().grant_hours

    @api.model
    def _break_glass(self, child, reason):
        """Open one child's file to the caller for the hours of the profile; returns the grant.

        :param child: the child (sudo), found by `lbc.child.find`
        :raises AccessError: the caller's role may not break the glass
        :raises UserError: no reason, or the file is open to him anyway
        """
        self._require_group("break_glass")
        text = self._check_reason(reason)
        if self.env["lbc.child"].browse(child.id).has_access("read"):
            raise UserError(self.env._("This file is open to you already. Search for its number."))
        grant = self._open(
            {"kind": "break_glass", "subject": "files", "child_id": child.id, "reason": text},
            child.sudo()._profile().grant_hours,
        )
        self.env["lbc.journal"]._note("break_glass", "lbc.child", child.ids, reason=text)
        grant._tell_owners()
        return grant

    @api.model
    def _request(self, child, subject, reason):
        """Ask for a sensitive data group of one child's file; a second person decides.

        :raises AccessError: the child is out of reach, or the role never gets these data
        """
        child.check_access("read")
        cell = self.env.user._lbc_cell(subject)
        if not cell.scope:
            raise AccessError(self.env._("Your department never sees these data."))
        if not cell.approval:
            raise UserError(
                self.env._("Your department sees these data without asking. Open the file.")
            )
        if not self._within(child, cell.scope, subject):
            raise AccessError(
                self.env._(
                    "Your department asks for these data only within its own area, its own "
                    "organisation or a case in which it takes part."
                )
            )
        grant = self.sudo().create(
            {
                "kind": "request",
                "subject": subject,
                "child_id": child.id,
                "reason": self._check_reason(reason),
                "user_id": self.env.uid,
                "role_id": self.env.user._lbc_role_id(),
            }
        )
        self.env["lbc.journal"]._note("grant", "lbc.child", child.ids, groups=(subject,))
        grant._ask_approvers()
        return grant.sudo(False)

    @api.model
    def _within(self, child, scope, subject):
        """Return whether the child lies in the caller's scope for a data group (bool).

        The file may be open to him in a wider scope, or by broken glass.
        """
        user = self.env.user
        if scope in AREA_SCOPES:
            domain = user._lbc_area_domain(widest=AREA_SCOPES[scope])
        else:
            domain = user._lbc_children_domain(scope, subject)
        return bool(child.sudo().filtered_domain(domain))  # by places, not by what he may read

    def _ask_approvers(self):
        """Tell the nearest who may decide that a request waits: township, else county."""
        for grant in self:
            users = self.env.ref(f"{MODULE}.group_approve").sudo().all_user_ids
            found = (users.filtered("active") - grant.user_id).filtered(
                lambda user, area=grant.area_id: user._lbc_covers(area)
            )
            near = found.filtered(lambda user: user._lbc_scope()[0] == "township")
            # Not on the child's own thread: who decides need not see what is written there.
            self.env["mail.thread"].sudo().message_notify(
                partner_ids=(near or found).partner_id.ids,
                subject=self.env._("A request for sensitive data waits for you"),
                body=self.env._(
                    "%(user)s asks for data of the file %(file)s. Decide under Oversight > "
                    "Temporary Access.",
                    user=grant.user_id.name,
                    file=grant.child_id.display_name,
                ),
            )

    def _tell_owners(self):
        """Tell at once whoever keeps the file: the village, the township and civil affairs."""
        for grant in self.sudo():
            owners = grant._owners()
            grant.child_id.message_notify(
                partner_ids=owners.partner_id.ids,
                subject=self.env._("Somebody outside your area opened a file"),
                body=self.env._(
                    "%(user)s opened the file %(file)s until %(until)s. Reason: %(reason)s",
                    user=grant.user_id.name,
                    file=grant.child_id.display_name,
                    until=fields.Datetime.context_timestamp(
                        grant.with_context(tz=grant.child_id._profile().time_zone),
                        grant.expires_at,
                    ).strftime("%Y-%m-%d %H:%M"),
                    reason=grant.reason,
                ),
            )

    def _owners(self):
        """Return the users (sudo) who keep the file today: village, township, civil affairs."""
        area = self.area_id
        places = area | area.township_id | area.county_id
        roles = ("role_village", "role_township", "role_civil_affairs")
        wanted = self.env["res.groups"].union(*(self.env.ref(f"{MODULE}.{one}") for one in roles))
        postings = (
            self.env["lbc.posting"]
            .sudo()
            .search(
                [
                    ("is_current", "=", True),
                    ("area_ids", "in", places.ids),
                    ("post_id.role_id", "in", wanted.ids),
                    ("user_id", "!=", False),
                ]
            )
        )
        return postings.user_id
