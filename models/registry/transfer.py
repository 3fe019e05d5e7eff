"""Moving inside the district, 调出/调入 (§C.6 case 5): the sender proposes, the receiver accepts.

Both sides see the transfer, with the masked name; the child itself stays with the sender until it
is accepted, so that the district's total is the same on every day.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...lib.matrix import MASKED
from ..access import data_groups
from .child_ledger import CIVIL, TOWNSHIP


class Transfer(models.Model):
    _name = "lbc.transfer"
    _description = "Move inside the District"
    _inherit = ["lbc.access.mixin"]
    _order = "id desc"
    _thread_group = data_groups.WRITE_FILE
    _journal_children = "child_id"

    child_id = fields.Many2one("lbc.child", required=True, ondelete="cascade", index=True)
    child_label = fields.Char(related="child_id.display_name", related_sudo=True, string="File")
    from_area_id = fields.Many2one("lbc.area", "From Village", required=True, ondelete="restrict")
    to_area_id = fields.Many2one(
        "lbc.area",
        "To Village",
        required=True,
        ondelete="restrict",
        domain="[('level', '=', 'village')]",
    )
    from_township_id = fields.Many2one(
        related="from_area_id.township_id", store=True, index=True, string="From Township"
    )
    to_township_id = fields.Many2one(
        related="to_area_id.township_id", store=True, index=True, string="To Township"
    )
    county_id = fields.Many2one(related="from_area_id.county_id", store=True, index=True)
    to_county_id = fields.Many2one(
        string="Receiving County", related="to_area_id.county_id", store=True
    )
    date = fields.Date("Moved On", required=True, default=fields.Date.context_today)
    reason = fields.Char(required=True, groups=data_groups.GUARDIANSHIP)
    answer = fields.Char("Answer of the Receiver", groups=data_groups.GUARDIANSHIP)
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("accepted", "Accepted"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
        ],
        default="proposed",
        required=True,
        index=True,
    )

    can_answer = fields.Boolean(compute="_compute_sides")
    can_withdraw = fields.Boolean(compute="_compute_sides")

    _one_open = models.UniqueIndex(
        "(child_id) WHERE state = 'proposed'", "A move of this child already waits for an answer."
    )
    _same_county = models.Constraint(
        "CHECK(county_id = to_county_id)",
        "A child that leaves the district leaves the ledger; use “Leave the ledger”.",
    )

    @api.depends("child_id", "to_township_id")
    def _compute_display_name(self):
        for transfer in self:
            transfer.display_name = transfer.sudo().child_id.display_name  # masked by construction

    @api.depends("state", "from_area_id", "to_area_id")
    @api.depends_context("uid")
    def _compute_sides(self):
        user = self.env.user
        may = user._lbc_has_role(TOWNSHIP, CIVIL)
        for transfer in self:
            waits = may and transfer.state == "proposed"
            transfer.can_answer = waits and user._lbc_covers(transfer.to_area_id)
            transfer.can_withdraw = waits and user._lbc_covers(transfer.from_area_id)

    @api.model
    def _propose(self, child, to_area, day, reason):
        """Sender: propose the move of a child on the ledger to another village; returns it."""
        child._check_step(TOWNSHIP, CIVIL)
        if to_area.level != "village" or to_area.valid_to:
            raise UserError(self.env._("Choose a village that exists today."))
        if to_area == child.area_id:
            raise UserError(self.env._("The child already lives in this village."))
        child.episode_id._go("transferring", remark=reason)
        transfer = self.sudo().create(  # read-only for roles; the step checked role and area
            {
                "child_id": child.id,
                "from_area_id": child.area_id.id,
                "to_area_id": to_area.id,
                "date": day,
                "reason": reason,
            }
        )
        child._log_step(self.env._("Move proposed to %(area)s", area=to_area.display_name))
        if to_area.township_id == child.township_id:
            transfer._carry_over()  # nobody else has to agree to a move inside the township
        return transfer.with_env(self.env)

    def action_accept(self):
        """Receiver: take the child over."""
        for transfer in self:
            transfer._check_side("to_area_id")
            transfer._carry_over()

    def action_refuse(self):
        """Receiver: the child does not live here; it stays with the sender."""
        for transfer in self:
            transfer._check_side("to_area_id")
            transfer._end("refused")

    def action_withdraw(self):
        """Sender: take the proposal back."""
        for transfer in self:
            transfer._check_side("from_area_id")
            transfer._end("withdrawn")

    def _check_side(self, area_field):
        """Refuse whoever does not act for the side named by `area_field`."""
        self._require_role(TOWNSHIP, CIVIL)
        self.check_access("read")
        self._require_state("state", "proposed")
        if not self.env.su and not self.env.user._lbc_covers(self[area_field]):
            raise UserError(self.env._("The other township answers this move, not yours."))

    def _end(self, state):
        self.sudo().state = state  # read-only for roles; `_check_side` came first
        child = self.sudo().child_id
        child.episode_id._go("on_ledger")
        child._log_step(self.env._("The move did not take place"))
        child._after_step()

    def _carry_over(self):
        """End the episode here, begin one there on the same day, and let the file follow."""
        transfer = self.sudo()  # the child still lies outside the receiver's area
        child = transfer.child_id
        day = max(transfer.date, child.date_entry or transfer.date)
        child.episode_id._go("exited", exit_reason="moved_inside", date_exit=day)
        child.write({"area_id": transfer.to_area_id.id})
        transfer._take_family_along()
        child._begin_episode("moved_in", day, transfer.reason)
        transfer.state = "accepted"
        child._log_step(self.env._("Moved to %(area)s", area=transfer.to_area_id.display_name))
        child._after_step()

    def _take_family_along(self):
        """Let the adults of the child's file follow it, unless they have another child where it was.

        Their telephones and whereabouts are no longer the old village's to read and write.
        """
        adults = self.child_id.guardianship_ids.guardian_id
        left = adults.filtered(
            lambda adult: (
                adult.area_id == self.from_area_id
                and self.from_area_id not in adult.guardianship_ids.child_id.area_id
            )
        )
        left.area_id = self.to_area_id


class Child(models.Model):
    _inherit = "lbc.child"

    transfer_ids = fields.One2many("lbc.transfer", "child_id", "Moves")


class TransferSides(models.Model):
    """The domain by which both sides see a transfer."""

    _inherit = "res.users"

    def _lbc_transfer_domain(self):
        scope, area_ids, _organization_id = self._lbc_scope()
        if not self._lbc_cell("duties").at_least(MASKED):
            return Domain.FALSE
        if scope == "county":
            return self._lbc_area_domain()
        if scope != "township" or not area_ids:
            return Domain.FALSE
        return Domain("from_township_id", "in", area_ids) | Domain("to_township_id", "in", area_ids)
