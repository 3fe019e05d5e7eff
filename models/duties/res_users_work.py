"""Which duties a user meets beside those of his area, and which of all are his own to do."""

from odoo import fields, models
from odoo.fields import Domain

from ...lib.matrix import USE
from ..territory.res_users import by_query
from .duty_step import RANKS

# What a role does without being named: duties that concern these subjects, and nobody else leads.
SUBJECTS_OF_ROLE = {
    "village": ("child", "household", "village"),
    "township": ("township",),
}
KIND_OF_ROLE = {"village": "village_committee", "township": "township"}
KEY_OF_LEVEL = {"village": "area_id", "township": "township_id", "county": "county_id"}


class ResUsers(models.Model):
    _inherit = "res.users"

    lbc_digest_mail = fields.Boolean(
        "Mail of the Day",
        default=True,
        help="One mail a day about new and late work. Switched off, the same still stands under "
        "“My Work” and in the inbox, and late work is still told to those above.",
    )
    lbc_digest_on = fields.Date("Last Mail of the Day", readonly=True)

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + ["lbc_digest_mail"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return super().SELF_WRITEABLE_FIELDS + ["lbc_digest_mail"]

    def _lbc_duty_domain(self):
        """Return the domain of the duties that a user meets; called by the record rules.

        Those of the area, for who has the function “duties”; those of the own organisation and what
        its kind leads or helps with, for who has “own_duties”.
        """
        domain = self._lbc_domain("duties")
        cells = self.env["lbc.access.right"]._cells(self._lbc_role_id())
        own = cells.get("own_duties")
        return domain | self._lbc_led_domain() if own and own.access == USE else domain

    def _lbc_led_domain(self):
        """Return the domain of the duties of the acting posting's organisation (L-1g).

        Duties about a child or family only where the role meets the child's file, and never
        outside the division of the organisation.
        """
        _scope, _area_ids, organization_id = self._lbc_scope()
        organization = self.env["lbc.organization"].sudo().browse(organization_id)
        key = KEY_OF_LEVEL.get(organization.area_id.level)
        if not key:
            return Domain.FALSE
        kinds = self._lbc_kinds_of(organization)
        led = Domain("kind_id", "in", self.env["lbc.duty.kind"]._ids_with(kinds))
        named = led | Domain("user_id", "=", self.id)
        place = Domain(key, "=", organization.area_id.id)
        own = Domain("organization_id", "=", organization_id)
        return own | (place & named & self._lbc_reached_domain())

    def _lbc_reached_domain(self):
        """Return the domain of duties about nobody, or about children whose files the user meets."""
        nobody = Domain("child_id", "=", False) & Domain("household_id", "=", False)
        files = self._lbc_domain("files", child="") | self._lbc_granted_domain("files", child="")
        if files.is_true():
            return Domain.TRUE
        if files.is_false():
            return nobody
        child = by_query(Domain("child_id", "any!", files))
        return nobody | child | by_query(Domain("household_id.child_ids", "any!", files))

    def _lbc_kinds_of(self, organization):
        """Return the kinds (`lbc.organization.kind`) that an organisation is, also the wider one."""
        return organization.kind_id | organization.kind_id.parent_id

    def _lbc_rank(self):
        """Return how high on the ladder the user's role stands (int), 0 for who is not on it."""
        return next((rank for role, rank in RANKS.items() if self._lbc_has_role(role)), 0)

    def _lbc_work_domain(self):
        """Return the domain of what is the user's own to do, within what he meets.

        Named for it; or nobody is and the role or organisation does it; or told because it is late.
        """
        _scope, _area_ids, organization_id = self._lbc_scope()
        organization = self.env["lbc.organization"].sudo().browse(organization_id)
        mine = Domain("user_id", "=", self.id)
        if organization_id:
            mine |= Domain("organization_id", "=", organization_id)
        kinds = self._lbc_taken_kinds(self._lbc_kinds_of(organization))
        mine |= Domain("user_id", "=", False) & Domain("kind_id", "in", kinds.ids)
        if rank := self._lbc_rank():
            told = Domain("escalation_level", ">=", rank)
            mine |= told & self.env["lbc.work"]._not_waiting()
        return mine

    def _lbc_helped_domain(self):
        """Return the domain of what the user's organisation co-operates in, and somebody else answers for (L-1g)."""
        _scope, _area_ids, organization_id = self._lbc_scope()
        own = self._lbc_kinds_of(self.env["lbc.organization"].sudo().browse(organization_id))
        helpers = self.env["lbc.duty.kind.helper"].sudo()
        kinds = helpers.search([("organization_kind_id", "in", own.ids)]).kind_id
        return Domain("kind_id", "in", kinds.ids) & ~self._lbc_work_domain()

    def _lbc_taken_kinds(self, own):
        """Return the kinds of duty that the user does where nobody is named.

        :param own: kinds of his organisation
        """
        kinds = self.env["lbc.duty.kind"].sudo().with_context(active_test=False).search(Domain.TRUE)
        taken = kinds.filtered(lambda kind: kind.lead_kind_id & own)
        for role, subjects in SUBJECTS_OF_ROLE.items():
            if self._lbc_has_role(role):
                taken |= kinds.filtered(
                    lambda kind, role=role, subjects=subjects: (
                        kind.lead_kind_id.code == KIND_OF_ROLE[role]
                        or (not kind.lead_kind_id and kind.subject_type in subjects)
                    )
                )
        return taken
