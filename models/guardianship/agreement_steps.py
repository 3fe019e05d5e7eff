"""The steps of an agreement until it is in force (domain.md §C.1.2 协议).

Each public step checks role, area and state on the server, whatever the page shows, and then writes as superuser.
"""

from datetime import timedelta

from psycopg2.errors import ExclusionViolation

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError

from .vocabulary import OPEN

VILLAGE, TOWNSHIP, CIVIL, POLICE = "village", "township", "civil_affairs", "police"
KEEPERS = (VILLAGE, TOWNSHIP, CIVIL)


class Agreement(models.Model):
    _inherit = "lbc.agreement"

    def _check_step(self, *roles):
        """The check with which every step begins: role, record rules, area of each agreement's children."""
        self._require_role(*roles)
        self.check_access("read")
        for agreement in self:
            areas = agreement.sudo().line_ids.child_id.area_id or agreement.area_id
            if not self.env.su and not any(self.env.user._lbc_covers(area) for area in areas):
                raise UserError(
                    self.env._(
                        "%(agreement)s lies outside your area.", agreement=agreement.display_name
                    )
                )

    def action_to_sign(self):
        """Village: hand the complete text to the parties (草稿 → 待签). From here on it does not change."""
        self.check_access("write")
        self._check_step(*KEEPERS)
        self._require_state("state", "draft")
        self._check_ready()
        for agreement in self.sudo():  # read-only to everybody; checked above
            agreement._freeze_text()
            agreement.write({"state": "to_sign", "to_sign_on": fields.Date.context_today(self)})
        return True

    def action_back_to_draft(self):
        """Village: take back a text nobody has signed yet (待签 → 草稿)."""
        self.check_access("write")
        self._check_step(*KEEPERS)
        self._require_state("state", "to_sign")
        for agreement in self.sudo():
            if agreement.signature_ids:
                raise UserError(
                    self.env._(
                        "%(agreement)s carries signatures. Cancel it and draw up another one.",
                        agreement=agreement.display_name,
                    )
                )
            agreement.write({"state": "draft", "to_sign_on": False})
        return True

    def action_cancel(self):
        """Village or township: nothing comes of it; the record stays (草稿、待签 → 作废)."""
        self.check_access("write")
        self._check_step(*KEEPERS)
        self._require_state("state", "draft", "to_sign")
        self.sudo().state = "cancelled"
        return True

    def action_confirm(self):
        """Township: everybody has signed, the agreement is in force from today on, or from its first day (待签 → 生效).

        :raises UserError: a signature is missing, the carer is barred, it is over, or the caller entered signatures
        :raises ValidationError: a child has another agreement on these days
        """
        self._check_step(TOWNSHIP, CIVIL)
        self._require_state("state", "to_sign")
        self._check_ready()
        self._check_signed()
        self._check_confirmer()
        today = fields.Date.context_today(self)
        vals = {"confirmed_on": today, "confirmed_by_id": self.env.uid}
        for agreement in self:
            agreement._come_into_force(vals)
        self.sudo()._after_change()
        self._prove_duties()
        return True

    def _come_into_force(self, vals):
        """Write that this agreement is in force; ends interim care, and the agreement it renews once it begins."""
        agreement = self.sudo()  # township reads, the step writes
        confirmed_on = fields.Date.to_date(vals["confirmed_on"])
        before = max(agreement.date_from, confirmed_on) - timedelta(days=1)
        agreement.line_ids._end_interim(before)
        agreement.renews_id.filtered(lambda one: one.state in OPEN).renewed_by_id = agreement
        try:
            with self.env.cr.savepoint():
                agreement.write({"state": "in_force", **vals})
                agreement.flush_recordset()
                agreement.line_ids.flush_recordset()
        except ExclusionViolation as refused:
            told = self._told_of_overlap()
            if told is None:
                raise
            raise ValidationError(told) from refused
        agreement.renews_id._give_way()

    def _open_form(self, record):
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _after_change(self):
        """The agreement of these children changed: what follows from it is brought in line."""
        children = self.sudo().line_ids.child_id
        self._name_carers()
        children._refresh_guardian_dates()
