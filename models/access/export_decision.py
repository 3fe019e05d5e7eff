"""The second person: who may decide over an export, how he hears of it, what he answers."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .export import APPROVE

_LEVELS = {"township": "township_id", "county": "county_id"}


class Export(models.Model):
    _inherit = "lbc.export"

    def _is_in_area_of(self, user):
        """Return whether the requester's township or county lies in the user's area (bool)."""
        self.ensure_one()
        scope, area_ids, _organization_id = user._lbc_scope()
        key = _LEVELS.get(scope)
        return bool(key) and self.sudo()[key].id in area_ids

    def action_approve(self, answer=None):
        """Approve as the second person; from now on the requester may download.

        :param answer: what the requester is told (str), optional
        :raises AccessError: no approver, his own request, or a requester of another area
        :raises UserError: the request no longer waits
        """
        self._check_decision()
        self.sudo()._open()
        return self._decide("approve", {}, answer)

    def action_refuse(self, answer=None):
        """Refuse as the second person; the requester is told why.

        :param answer: the reason (str), required
        :raises AccessError: no approver, his own request, or a requester of another area
        :raises UserError: the request no longer waits, or no reason is given
        """
        self._check_decision()
        if not (answer or "").strip():
            raise UserError(self.env._("Say why, so that the requester can ask better."))
        self.sudo()._close("refused")
        return self._decide("refuse", {"decided_at": fields.Datetime.now()}, answer)

    def _check_decision(self):
        """Refuse whoever is not the second person of these requests (see `action_approve`)."""
        self.check_access("read")
        if not self.env.su:
            if not self.env.user.has_group(APPROVE):
                raise AccessError(
                    self.env._("Approving exports is the task of those who have that right.")
                )
            if self.env.user in self.user_id:
                raise AccessError(
                    self.env._("Nobody approves his own request. A second person has to.")
                )
            if not all(export._is_in_area_of(self.env.user) for export in self):
                raise AccessError(
                    self.env._("The requester works outside your area. His own superior decides.")
                )
        self._require_state("state", "waiting")
        if any(export.expires_at <= fields.Datetime.now() for export in self):
            raise UserError(self.env._("The request has expired. It has to be asked for again."))

    def _decide(self, action, values, answer):
        """Write down who decided what, and tell the requesters."""
        self.sudo().write({**values, "approver_id": self.env.uid, "answer": answer})
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        for export in self:
            self.env["lbc.journal"]._note(action, export._name, export.ids, reason=export.name)
            export._tell_requester()
        return True

    def _tell_requester(self):
        """Send the requester the number and the answer's state; nothing of the content travels."""
        export = self.sudo().with_context(lang=self.user_id.lang)
        state = dict(export._fields["state"]._description_selection(export.env))[export.state]
        export.message_notify(
            partner_ids=export.user_id.partner_id.ids,
            subject=export.env._("Export %(number)s: %(state)s", number=export.name, state=state),
            body=export.env._(
                "Your request %(number)s: %(state)s. Open it under “My Exports”.",
                number=export.name,
                state=state,
            ),
        )

    def _ask_approvers(self):
        """Put the request on the desks of the nearest who may decide (superuser)."""
        for export in self:
            for user in export._approvers():
                env = export.with_context(lang=user.lang, mail_activity_quick_update=True)
                env.activity_schedule(
                    "mail.mail_activity_data_todo",
                    user_id=user.id,
                    summary=env.env._("Decide on an export"),
                )

    def _approvers(self):
        """Return who may decide (`res.users`): those of the township, else those of the county."""
        self.ensure_one()
        users = self.env.ref(APPROVE).sudo().all_user_ids.filtered("active") - self.user_id
        found = users.filtered(self._is_in_area_of)
        near = found.filtered(lambda user: user._lbc_scope()[0] == "township")
        return near or found
