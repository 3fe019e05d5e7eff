"""Leave of a person on a post, and who stands in for him (L-2d: a visit is due also while the director is ill).

The substitute, who holds the same role, is given a dated posting for the same divisions: while it lasts he meets
them beside his own. It ends with the leave by its dates alone, so that nothing has to be undone.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

LONGEST = 366  # days


class Leave(models.Model):
    _name = "lbc.leave"
    _description = "Leave"
    _inherit = ["lbc.scope.source"]
    _order = "date_from desc, id desc"
    _rec_name = "posting_id"

    posting_id = fields.Many2one(
        "lbc.posting",
        "Who Is Away",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('is_current', '=', True), ('user_id', '!=', False), ('leave_id', '=', False)]",
    )
    user_id = fields.Many2one(related="posting_id.user_id", store=True, index=True)
    kind = fields.Selection(
        [
            ("annual", "Annual leave"),
            ("sick", "Sick leave"),
            ("parental", "Maternity or paternity leave"),
            ("training", "Training"),
            ("seconded", "Work elsewhere"),
            ("other", "Other"),
        ],
        "Reason",
        required=True,
        default="annual",
        groups="left_behind_children.group_leaves",
    )
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("To", required=True, help="Last day of the leave.")
    substitute_id = fields.Many2one(
        "res.users",
        required=True,
        index=True,
        ondelete="restrict",
        help="Holds the same role; meets these divisions beside his own while the leave lasts.",
    )
    available_substitute_ids = fields.Many2many(
        "res.users", string="Who May Stand in", compute="_compute_available_substitute_ids"
    )
    substitution_ids = fields.One2many("lbc.posting", "leave_id", "Postings Made by It")
    area_id = fields.Many2one("lbc.area", "Village", compute="_compute_keys", store=True)
    township_id = fields.Many2one("lbc.area", compute="_compute_keys", store=True, index=True)
    county_id = fields.Many2one("lbc.area", compute="_compute_keys", store=True, index=True)
    status = fields.Selection(
        [("coming", "To come"), ("running", "Away now"), ("over", "Over")],
        compute="_compute_status",
    )
    active = fields.Boolean(default=True, help="Cancelled before it began when switched off.")

    _period = models.Constraint(
        "CHECK(date_to >= date_from)", "A leave cannot end before it begins. Correct the days."
    )
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(posting_id, posting_id, '[]') WITH &&, "
        "daterange(date_from, date_to, '[]') WITH &&) WHERE (active AND date_to >= date_from)",
        "The person is already on leave on some of these days. Correct the days, or end the other "
        "leave first.",
    )

    @api.depends("posting_id", "date_from", "date_to")
    def _compute_display_name(self):
        for leave in self:
            who = leave.posting_id.sudo().name or ""
            leave.display_name = f"{who} {leave.date_from or ''}–{leave.date_to or ''}".strip()

    @api.depends("posting_id.area_ids", "posting_id.organization_id")
    def _compute_keys(self):
        for leave in self:
            posting = leave.posting_id.sudo()  # divisions and postings are public
            place = posting.area_ids[:1] or posting.organization_id.area_id
            leave.area_id = place if place.level == "village" else False
            leave.township_id = place.township_id
            leave.county_id = place.county_id

    @api.depends("date_from", "date_to")
    def _compute_status(self):
        today = fields.Date.context_today(self)
        for leave in self:
            started = leave.date_from and leave.date_from <= today
            over = leave.date_to and leave.date_to < today
            leave.status = "over" if over else "running" if started else "coming"

    @api.depends("posting_id")
    def _compute_available_substitute_ids(self):
        for leave in self:
            alike = self.env["lbc.posting"].search(leave._posts_alike())
            leave.available_substitute_ids = alike.user_id - leave.posting_id.user_id

    def _posts_alike(self):
        """Return the domain of today's postings whose holder may stand in: the same role."""
        self.ensure_one()
        posting = self.posting_id
        own = Domain("leave_id", "=", False) & Domain("user_id", "!=", False)
        return (
            posting._like_domain()
            & own
            & Domain("is_current", "=", True)
            & Domain("organization_id.county_id", "=", posting.organization_id.county_id.id)
        )

    def _check_substitutes(self):
        """Refuse a substitute without the role, one who is away himself, and a chain of substitutes.

        :raises ValidationError: says which, and what to do
        """
        leaves = self.sudo()
        for leave in leaves.filtered("active"):
            if leave.substitute_id not in leave.available_substitute_ids:
                raise ValidationError(
                    self.env._(
                        "%(substitute)s does not hold the same role as %(person)s. Choose somebody "
                        "who does, or enter a posting first.",
                        substitute=leave.substitute_id.name,
                        person=leave.posting_id.name,
                    )
                )
            both = Domain("date_from", "<=", leave.date_to) & Domain(
                "date_to", ">=", leave.date_from
            )
            if leaves.search_count(both & Domain("user_id", "=", leave.substitute_id.id), limit=1):
                raise ValidationError(
                    self.env._(
                        "%(substitute)s is on leave in these days too. Choose somebody else.",
                        substitute=leave.substitute_id.name,
                    )
                )
            other = leaves.search(both & Domain("substitute_id", "=", leave.user_id.id), limit=1)
            if leave.user_id and other:
                raise ValidationError(
                    self.env._(
                        "%(person)s stands in for others in these days (leave of %(leave)s). Name "
                        "another substitute there first.",
                        person=leave.posting_id.name,
                        leave=other.display_name,
                    )
                )

    @api.constrains("date_from", "date_to")
    def _check_length(self):
        for leave in self:
            if (leave.date_to - leave.date_from).days >= LONGEST:
                raise ValidationError(
                    self.env._(
                        "A leave lasts %(days)s days at most. For longer ones give somebody else "
                        "the post.",
                        days=LONGEST,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        today = fields.Date.context_today(self)
        # What an import brings may be history; what somebody enters opens files to a colleague.
        if not self.env.su and any(leave.date_to < today for leave in leaves):
            raise ValidationError(
                self.env._("The leave is over already. Enter one that lasts until today or longer.")
            )
        leaves._check_substitutes()
        leaves._post_substitutes()
        return leaves

    def write(self, vals):
        before = {leave: leave._standing_in() for leave in self}
        result = super().write(vals)
        # What was right when it was entered may always be ended or shortened.
        self.filtered(lambda leave: leave._asks_more(*before[leave]))._check_substitutes()
        if {"posting_id", "substitute_id", "date_from", "date_to", "active"} & vals.keys():
            self._post_substitutes()
        return result

    def _standing_in(self):
        """Return who stands in for whom (tuple), and until when: None if cancelled."""
        who = (self.posting_id, self.substitute_id, self.date_from)
        return who, self.date_to if self.active else None

    def _asks_more(self, who, until):
        """Return whether the leave asks more of a substitute than it did (`_standing_in`)."""
        now, to = self._standing_in()
        return bool(to) and (now != who or until is None or to > until)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A leave is never deleted. End it instead."))

    def _post_substitutes(self):
        """Make the dated posting of each substitute, or bring it to what the leave says now."""
        for leave in self:
            # Who enters leave may not enter postings; his rights were checked on the leave.
            leave = leave.sudo()
            posting = leave.with_context(active_test=False).substitution_ids[:1]
            values = leave._substitution_values()
            if posting and posting.user_id == leave.substitute_id:
                posting.write(values)
            else:
                posting._end_on(fields.Date.context_today(leave) - timedelta(days=1))
                leave.env["lbc.posting"].create(values)

    def _substitution_values(self):
        """Return the values of the posting by which the substitute meets the divisions.

        It ends with the leave, or before it with the substitute's own last posting of the kind.
        """
        away = self.posting_id
        alike = away._like_domain() & Domain("leave_id", "=", False)
        own = self.env["lbc.posting"].search(alike & Domain("user_id", "=", self.substitute_id.id))
        until = max((posting.date_to or self.date_to for posting in own), default=None)
        holds = bool(until) and until >= self.date_from
        return {
            "leave_id": self.id,
            "name": own[:1].name or self.substitute_id.name,
            "user_id": self.substitute_id.id,
            "post_id": away.post_id.id,
            "organization_id": away.organization_id.id,
            "area_ids": [fields.Command.set(away.area_ids.ids)],
            "date_from": self.date_from,
            "date_to": min(self.date_to, until) if holds else self.date_to,
            "active": self.active and holds,
        }

    def action_end(self):
        """End the leave today, or cancel it when it has not begun; everything falls back."""
        today = fields.Date.context_today(self)
        for leave in self:
            if leave.date_to < today:
                raise UserError(self.env._("The leave is over already. Nothing has to be ended."))
            begun = leave.date_from < today
            leave.write({"date_to": today - timedelta(days=1)} if begun else {"active": False})
        return True

    def _running(self, day):
        """Return the domain of the leaves that last on `day` (date)."""
        return Domain("date_from", "<=", day) & Domain("date_to", ">=", day)


class Posting(models.Model):
    _inherit = "lbc.posting"

    leave_id = fields.Many2one(
        "lbc.leave",
        "Stands in for",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Set by a leave, and ended with it.",
    )

    def write(self, vals):
        substitutes = self.filtered(lambda posting: not posting.leave_id).user_id
        result = super().write(vals)
        if {"user_id", "post_id", "date_from", "date_to", "active"} & vals.keys():
            self._end_standing_in(substitutes)
        return result

    @api.model
    def _end_standing_in(self, users):
        """Let these users (`res.users`) stand in only as long as they hold the role themselves."""
        today = fields.Date.context_today(self)
        # Who keeps postings need not keep leaves; his rights were checked on the posting.
        leaves = self.env["lbc.leave"].sudo()
        leaves.search(
            Domain("substitute_id", "in", users.ids) & Domain("date_to", ">=", today)
        )._post_substitutes()

    def _like_domain(self):
        """Return the domain of postings that give the same work as this one."""
        return Domain("post_id", "=", self.post_id.id)

    def _is_like(self, other):
        """Return whether this posting gives the same work as another (bool)."""
        return self.post_id == other.post_id

    def _end_on(self, day):
        """End these postings with `day` (date), or archive what had not begun."""
        for posting in self:
            begun = posting.date_from <= day
            posting.write({"date_to": day} if begun else {"active": False})
