"""Temporary access to one file: broken glass at once, sensitive data after approval (§C.2 “!”, §B.14).

Breaking the glass reaches one file outside the own area for a few hours, for reading, with the data
groups of the role; whoever keeps the file is told at once. A request opens one sensitive data group
of one file and waits for a second person. Both are gone at the minute: the record rules ask the
clock with every query. Lower rooms add what is opened: the registry the child.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from . import rights

MODULE = "left_behind_children"
SHORTEST_REASON = 8  # characters


class AccessGrant(models.Model):
    _name = "lbc.access.grant"
    _description = "Temporary Access"
    _inherit = ["lbc.access.mixin"]
    _order = "id desc"
    _default_write_group = f"{MODULE}.group_approve"

    kind = fields.Selection(
        [("break_glass", "Broken glass"), ("request", "Request")], required=True, readonly=True
    )
    user_id = fields.Many2one(
        "res.users", "Asked By", required=True, readonly=True, index=True, ondelete="restrict"
    )
    role_id = fields.Many2one("res.groups", readonly=True, ondelete="restrict")
    subject = fields.Selection(
        [("files", "The child's file"), *rights.DATA.items()],
        "Data",
        required=True,
        readonly=True,
        default="files",
    )
    reason = fields.Text(required=True, readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waits for approval"),
            ("granted", "Access Granted"),
            ("refused", "Request Refused"),
            ("ended", "Ended early"),
        ],
        required=True,
        readonly=True,
        default="waiting",
        index=True,
    )
    asked_at = fields.Datetime(readonly=True, default=fields.Datetime.now)
    expires_at = fields.Datetime(readonly=True)
    approver_id = fields.Many2one("res.users", "Decided By", readonly=True, ondelete="restrict")
    answer = fields.Char(readonly=True)
    is_open = fields.Boolean("Open Now", compute="_compute_is_open")
    may_decide = fields.Boolean(compute="_compute_may_decide")

    @api.depends("state", "expires_at")
    def _compute_is_open(self):
        now = fields.Datetime.now()
        for grant in self:
            grant.is_open = grant.state == "granted" and bool(grant.expires_at > now)

    @api.depends("state", "user_id")
    @api.depends_context("uid")
    def _compute_may_decide(self):
        approver = self.env.user.has_group(f"{MODULE}.group_approve")
        for grant in self:
            waits = grant.state == "waiting" and grant.user_id != self.env.user
            grant.may_decide = approver and waits and grant._in_area()

    def _in_area(self):
        """Return whether the file lies within the user's areas (bool); the registry knows where."""
        return False

    @api.model
    def _is_open_for(self, user):
        """Return whether the user holds any grant at this minute (bool)."""
        return bool(
            self.sudo().search_count(
                [
                    ("user_id", "=", user.id),
                    ("state", "=", "granted"),
                    ("expires_at", ">", fields.Datetime.now()),
                ],
                limit=1,
            )
        )

    @api.model
    def _check_reason(self, reason):
        """Refuse reasons that say nothing; returns the reason without outer spaces."""
        text = (reason or "").strip()
        if len(text) < SHORTEST_REASON:
            raise UserError(
                self.env._(
                    "Say why, in at least %(count)s characters: what happened, what you need.",
                    count=SHORTEST_REASON,
                )
            )
        return text

    @api.model
    def _open(self, values, hours):
        """Create a grant that holds from now for so many hours; the caller has checked everything."""
        now = fields.Datetime.now()
        grant = self.sudo().create(
            {
                "state": "granted",
                "user_id": self.env.uid,
                "role_id": self.env.user._lbc_role_id(),
                "asked_at": now,
                "expires_at": now + timedelta(hours=hours),
                **values,
            }
        )
        self.env.registry.clear_cache()
        return grant.sudo(False)

    def action_approve(self, answer=False):
        """Second person: open what was asked for; holds for the hours of the profile.

        :raises AccessError: not an approver of this area, or his own request
        """
        self._check_decision()
        grants = self.sudo()
        for grant in grants:
            expires = fields.Datetime.now() + timedelta(hours=grant._hours())
            grant.write({"state": "granted", "expires_at": expires})
        self._decided("approve", answer)
        return True

    def action_refuse(self, answer=False):
        """Second person: refuse what was asked for."""
        self._check_decision()
        self.sudo().state = "refused"  # read-only for roles; checked above
        self._decided("refuse", answer)
        return True

    def action_end(self):
        """Give a grant back before it ends, or take it away as approver."""
        self.check_access("read")
        for grant in self:
            if grant.user_id != self.env.user and not (
                self.env.user.has_group(f"{MODULE}.group_approve") and grant._in_area()
            ):
                raise AccessError(self.env._("Only who holds it or an approver ends an access."))
        self._require_state("state", "waiting", "granted")
        self.sudo().state = "ended"
        self.env["lbc.journal"]._note("grant", self._name, self.ids, reason="ended")
        self.env.registry.clear_cache()
        return True

    def _check_decision(self):
        self.check_access("read")
        for grant in self:
            if not self.env.su and not grant.may_decide and grant.state == "waiting":
                raise AccessError(
                    self.env._("A second person decides: an approver of the area, never who asked.")
                )
            if not self.env.su and not self.env.user.has_group(f"{MODULE}.group_approve"):
                raise AccessError(self.env._("Your role may not decide about requests."))
        self._require_state("state", "waiting")

    def _decided(self, action, answer):
        self.sudo().write({"approver_id": self.env.uid, "answer": answer})
        for grant in self:
            self.env["lbc.journal"]._note(
                action, grant._name, grant.ids, groups=(grant.subject,), reason=answer or None
            )
        self.env.registry.clear_cache()

    def _hours(self):
        """Return for how many hours an approved request holds; the registry asks the profile."""
        return 3
