"""The steps on the ledger, who takes them and what must be true (domain.md §C.1.2 在册).

Each public step checks role, area and state on the server, whatever the page shows.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...lib import ages
from ..access import data_groups
from .episode import ON_LEDGER, OPEN

IDENTITY_FIELDS = {"name", "id_number", "birth_date", "sex"}
VILLAGE, TOWNSHIP, CIVIL = "village", "township", "civil_affairs"


class Child(models.Model):
    _inherit = "lbc.child"

    episode_ids = fields.One2many("lbc.episode", "child_id", "Times on the Ledger")
    episode_id = fields.Many2one(
        "lbc.episode", "Current Time on the Ledger", compute="_compute_episode_id", store=True
    )
    state = fields.Selection(
        related="episode_id.state", store=True, index=True, tracking=True, string="State"
    )
    date_entry = fields.Date(related="episode_id.date_entry", store=True)
    date_exit = fields.Date(related="episode_id.date_exit", store=True)
    exit_reason = fields.Selection(related="episode_id.exit_reason")
    exit_basis = fields.Char(related="episode_id.exit_basis", groups=data_groups.GUARDIANSHIP)
    remark = fields.Char(related="episode_id.remark", groups=data_groups.GUARDIANSHIP)
    parents_note = fields.Char(
        "Why a Parent Is Not Recorded",
        groups=data_groups.GUARDIANSHIP,
        help="Dead, missing, identity unknown.",
    )

    # The count above a list and its search panel, answered without looking at the children's rows.
    _township_ledger = models.Index("(township_id, state, area_id)")
    _county_ledger = models.Index("(county_id, state, township_id, area_id)")

    @api.depends("episode_ids")
    def _compute_episode_id(self):
        for child in self:
            child.episode_id = child.episode_ids.sorted("id")[-1:]

    @api.model_create_multi
    def create(self, vals_list):
        children = super().create(vals_list)
        children.filtered(lambda child: not child.household_id)._found_household()
        # Episodes are read-only for every role; whoever may create a child begins its first one.
        self.env["lbc.episode"].sudo().create(
            [{"child_id": child.id, "area_id": child.area_id.id} for child in children]
        )
        return children

    def _rehouse(self):
        """Give these children a household where they live: that of siblings there, or a new one."""
        for child in self.sudo():  # a household may lie outside the area of whoever moves a child
            parents = (child.father_id | child.mother_id).ids
            siblings = self.sudo().search(
                [
                    ("area_id", "=", child.area_id.id),
                    ("id", "!=", child.id),
                    ("household_id.area_id", "=", child.area_id.id),
                    "|",
                    ("father_id", "in", parents),
                    ("mother_id", "in", parents),
                ],
                limit=1,
            )
            if siblings:  # one change, never through no household: what is due follows it
                child.household_id = siblings.household_id
            else:
                child._found_household()

    def _found_household(self):
        """Give each of these children a household of its own: visits are owed to households."""
        for child in self.sudo():  # whoever may create a child founds its household
            child.household_id = child.household_id.create(
                {"area_id": child.area_id.id, "address": child.address}
            )

    def write(self, vals):
        if "area_id" in vals and not self.env.su:
            self._check_field_access(self._fields["area_id"], "write")
            self._check_area_change(vals["area_id"])
        if vals.get("household_id") and not self.env.su:
            self._check_household(vals)
        result = super().write(vals)
        if IDENTITY_FIELDS & vals.keys():
            corrected = self.filtered(lambda child: child.state in ON_LEDGER)
            corrected._log_step(self.env._("Name, number, birth date or sex was corrected"))
        if "area_id" in vals and "household_id" not in vals:
            self.filtered(lambda child: child.household_id.area_id != child.area_id)._rehouse()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        for child in self:
            if child.state != "draft":
                raise UserError(
                    self.env._(
                        "%(child)s was submitted and is never deleted. Civil affairs can void it.",
                        child=child.display_name,
                    )
                )

    def _check_household(self, vals):
        """Refuse a household of another village: a visit there would count for a child here."""
        household = self.env["lbc.household"].browse(vals["household_id"])
        for child in self:
            if household.area_id.id != vals.get("area_id", child.area_id.id):
                raise UserError(
                    self.env._(
                        "%(child)s: household %(household)s lies in another village. Choose one "
                        "of the child's own village.",
                        child=child.display_name,
                        household=household.display_name,
                    )
                )

    def _check_area_change(self, area_id):
        """Refuse to carry a child on the ledger elsewhere by editing its village."""
        for child in self:
            if child.state in ON_LEDGER and child.area_id.id != area_id:
                raise UserError(
                    self.env._(
                        "%(child)s is on the ledger of %(village)s. Use “Move”, so that the "
                        "receiving side takes over and the district's total stays the same.",
                        child=child.display_name,
                        village=child.area_id.display_name,
                    )
                )

    def _check_step(self, *roles):
        """The check with which every step begins: role, area (record rules), one child at least."""
        self._require_role(*roles)
        self.check_access("read")
        for child in self:
            if not self.env.su and not self.env.user._lbc_covers(child.area_id):
                raise UserError(
                    self.env._("%(child)s lies outside your area.", child=child.display_name)
                )

    def action_submit(self):
        """Village: hand drafts to the township for verification (草稿 → 待核实)."""
        self._check_step(VILLAGE, TOWNSHIP, CIVIL)
        for child in self:
            child._check_complete()
            child._log_step(self.env._("Submitted for verification"))
        self.episode_id._go("to_verify", remark=False)
        self._after_step()

    def _check_day(self, day):
        """Refuse a day on which the child cannot have entered or left: future, or before its birth."""
        for child in self.sudo():  # the birth date is not everybody's to read
            text = None
            if day > fields.Date.context_today(self):
                text = self.env._("the day lies in the future")
            elif child.birth_date and day < child.birth_date:
                text = self.env._("the day lies before the child was born")
            elif child.state == "exited" and child.date_exit and day < child.date_exit:
                text = self.env._("the day lies before the child left the ledger last time")
            elif child.state == "on_ledger" and child.date_entry and day < child.date_entry:
                text = self.env._("the day lies before the child entered the ledger")
            if text:
                raise UserError(
                    self.env._(
                        "%(child)s: %(problem)s. Correct the date.",
                        child=child.display_name,
                        problem=text,
                    )
                )

    def _check_complete(self):
        """Refuse what may not be submitted, naming everything that is missing at once."""
        child = self.sudo()  # completeness is judged on fields the submitter may not read
        missing = [
            label
            for label, value in (
                (self.env._("birth date"), child.birth_date),
                (self.env._("sex"), child.sex),
                (
                    self.env._("identity number, or why there is none"),
                    child.id_number or child.no_id_reason,
                ),
                (
                    self.env._("father, or why he is not recorded"),
                    child.father_id or child.parents_note,
                ),
                (
                    self.env._("mother, or why she is not recorded"),
                    child.mother_id or child.parents_note,
                ),
            )
            if not value
        ]
        if missing:
            raise UserError(
                self.env._(
                    "%(child)s cannot be submitted yet. Fill in: %(fields)s.",
                    child=self.display_name,
                    fields=self.env._("%(one)s; %(other)s", one="", other="").join(missing),
                )
            )
        self._check_eligible()

    def _check_eligible(self):
        """Refuse children who are not left behind, with the ground (B-2a, L-0a)."""
        if self.eligibility == "ineligible":
            grounds = dict(self._fields["eligibility_reason"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(child)s does not belong on the ledger: %(ground)s %(facts)s",
                    child=self.display_name,
                    ground=grounds[self.eligibility_reason],
                    facts=self.eligibility_text or "",
                )
            )

    def _verify(self, day, basis):
        """Township: enter on the ledger (待核实 → 在册).

        :param day: date of entry
        :param basis: evidence seen (str), required
        """
        self._check_step(TOWNSHIP, CIVIL)
        if not basis:
            raise UserError(self.env._("Name the evidence you have seen."))
        self._check_day(day)
        for child in self:
            child._check_complete()
            if child.id_status == "doubtful":
                raise UserError(
                    self.env._(
                        "%(child)s: the check digit of the identity number is wrong. Have the "
                        "police confirm the number and correct it before verifying.",
                        child=child.display_name,
                    )
                )
            if child.eligibility_reason == "incapacity_unproved":
                raise UserError(
                    self.env._(
                        "%(child)s: record the certificate of the parent who is unable to care "
                        "(kind and number) before verifying.",
                        child=child.display_name,
                    )
                )
            reason = child.episode_id._reason_of(child.eligibility_reason)
            # A draft may have been corrected; the time on the ledger begins where the child is now.
            place = child.area_id.id
            child.episode_id._go(
                "on_ledger", date_entry=day, basis=basis, reason=reason, area_id=place
            )
            child._log_step(self.env._("Entered on the ledger: %(basis)s", basis=basis))
        self._after_step()

    def _reject(self, reason):
        """Township: send back to the village with a reason (待核实 → 驳回)."""
        self._check_step(TOWNSHIP, CIVIL)
        self.episode_id._go("rejected", remark=reason)
        self._log_step(self.env._("Rejected: %(reason)s", reason=reason))
        self._after_step()

    def _propose_exit(self, reason, day, basis):
        """Village or township: propose that the child leaves the ledger (在册 → 待核退出)."""
        self._check_step(VILLAGE, TOWNSHIP, CIVIL)
        self._check_day(day)
        self.episode_id._go("exit_pending", exit_reason=reason, date_exit=day, exit_basis=basis)
        self._log_step(self.env._("Exit proposed: %(basis)s", basis=basis or ""))
        self._after_step()

    def action_confirm_exit(self):
        """Township: the child leaves the ledger (待核退出 → 退出). Open cases go on."""
        self._check_step(TOWNSHIP, CIVIL)
        self.episode_id._go("exited")
        self._log_step(self.env._("Exit confirmed"))
        self._after_step()

    def _refuse_exit(self, reason):
        """Township: the proposal is not true, the child stays (待核退出 → 在册)."""
        self._check_step(TOWNSHIP, CIVIL)
        self.episode_id._go(
            "on_ledger", exit_reason=False, date_exit=False, exit_basis=False, remark=reason
        )
        self._log_step(self.env._("Exit refused: %(reason)s", reason=reason))
        self._after_step()

    def _return(self, day, basis):
        """Township: a child who had left comes back: new episode, same file (退出 → 在册)."""
        self._check_step(TOWNSHIP, CIVIL)
        self._require_state("state", "exited")
        self._check_day(day)
        for child in self:
            child._check_eligible()
            child._begin_episode("return", day, basis)
            child._log_step(self.env._("Returned to the ledger: %(basis)s", basis=basis))
        self._after_step()

    def _begin_episode(self, kind, day, basis):
        """Begin a new episode on the ledger at the child's present village; returns it."""
        self.ensure_one()
        return (
            self.env["lbc.episode"]
            .sudo()
            .create(  # read-only for roles; the step checked them
                {
                    "child_id": self.id,
                    "area_id": self.area_id.id,
                    "state": "on_ledger",
                    "entry_kind": kind,
                    "date_entry": day,
                    "basis": basis,
                    "reason": self.env["lbc.episode"]._reason_of(self.eligibility_reason),
                    "previous_id": self.episode_id.id,
                }
            )
        )

    def _void(self, reason):
        """Civil affairs: the record was an error (作废); it stays readable, out of statistics."""
        self._check_step(CIVIL)
        today = fields.Date.context_today(self.with_context(tz="Asia/Shanghai"))
        standing = self.episode_ids.filtered(lambda one: one.state != "void")
        standing._go("void", remark=reason, voided_on=today)
        moves = self.sudo().transfer_ids.filtered(lambda move: move.state == "proposed")
        moves.state = "withdrawn"  # read-only for roles; the step above checked role and area
        self._log_step(self.env._("Voided: %(reason)s", reason=reason))
        self._after_step()

    def _propose_exits(self):
        """System: propose the exit of children who are no longer left behind (§C.6 cases 1, 3)."""
        for child in self.sudo():
            reason, day = child._exit_of_verdict()
            child.episode_id._go(
                "exit_pending",
                exit_reason=reason,
                date_exit=max(day, child.date_entry or day),
                exit_basis=child.eligibility_text,
            )
            child._log_step(self.env._("Exit proposed by the daily check"))
        self._after_step()

    def _exit_of_verdict(self):
        """Return (ground of exit, date) that follow from the present verdict."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        if self.eligibility_reason == "too_old":
            profile = self._profile()
            day = ages.birthday(self.birth_date, profile.age_limit, profile.age_reached_on)
            return "age", day
        if self.eligibility_reason == "both_incapable":
            return "other_category", today
        ended = self.father_id.migration_ids._latest_first()[:1]
        ended |= self.mother_id.migration_ids._latest_first()[:1]
        returns = [spell.date_to for spell in ended if spell.date_to]
        if returns:
            return "parent_returned", max(returns)
        if self.eligibility_reason == "other_parent_capable":
            return "capacity_regained", today
        return "parent_returned", today

    def _log_step(self, text):
        """Leave a line in the child's history; the text names no person."""
        for child in self.sudo():  # whoever may take the step may leave its trace
            child.message_post(body=text)

    def _after_step(self):
        """Hook of lower rooms: the state of these children has changed."""

    @api.model
    def _on_ledger_domain(self):
        """Return the domain of children who are on the ledger today."""
        return [("state", "in", ON_LEDGER)]

    @api.model
    def _open_states(self):
        """Return the states of an episode that has begun and not ended."""
        return OPEN
