"""An answer “in danger” reaches the township at once (§B.4; L-6: whoever finds a child in danger reports it).

The alarm is raised when the answer is saved, filed or not, and stands until a supervisor says what was
done. The alarm names nobody; who may read visits opens the visit. The mandatory report to the police is
another step, made beside it.
"""

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from ..access import data_groups
from .visit import REVIEWERS

ACTIVITY = "left_behind_children.mail_activity_danger"


class Visit(models.Model):
    _inherit = "lbc.visit"

    danger = fields.Selection(
        [("no", "No"), ("yes", "Yes")], "Is a Child in Danger?", groups=data_groups.VISITS
    )
    danger_note = fields.Text("What Danger", groups=data_groups.VISITS)
    danger_state = fields.Selection(
        [("alarm", "Alarm"), ("taken_up", "Taken up")],
        "Danger",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=data_groups.VISITS,
    )
    danger_raised_on = fields.Datetime(
        "Alarm on", readonly=True, copy=False, groups=data_groups.VISITS
    )
    danger_by_id = fields.Many2one(
        "res.users", "Taken up by", readonly=True, copy=False, groups=data_groups.VISITS
    )
    danger_on = fields.Datetime("Taken up on", readonly=True, copy=False, groups=data_groups.VISITS)
    danger_measures = fields.Text(
        "What Was Done", readonly=True, copy=False, groups=data_groups.VISITS
    )

    _alarms = models.Index("(township_id, danger_raised_on) WHERE danger_state = 'alarm'")

    @api.model_create_multi
    def create(self, vals_list):
        visits = super().create(vals_list)
        visits.filtered(lambda visit: visit.sudo().danger == "yes")._raise_danger()
        return visits

    def write(self, vals):
        told = self.sudo().filtered("danger_state")
        reported = [visit._reported() for visit in told]
        result = super().write(vals)
        if not self.env.su:
            for visit, before in zip(told, reported, strict=True):
                visit._refuse_other_alarm(before)
        if vals.get("danger") == "yes":
            (self - told.sudo(False))._raise_danger()
        return result

    def _reported(self):
        """Return what the alarm says: (household, children, answer, words)."""
        self.ensure_one()
        return self.household_id, self.child_ids, self.danger, (self.danger_note or "").strip()

    def _refuse_other_alarm(self, before):
        """Refuse that the alarm says anything else than it did (`_reported`); words may be added."""
        *facts, note = self._reported()
        if facts != list(before[:-1]) or before[-1] not in note:
            raise UserError(
                self.env._(
                    "The township was told of this danger: family, children and answer stay, and to "
                    "what was written you may only add. Enter a new visit for anything else."
                )
            )

    def _raise_danger(self):
        """Tell the township's supervisors and civil affairs, without names, and keep the alarm up."""
        for visit in self.sudo():  # steps alone write the alarm
            visit.write(
                {
                    "danger_state": "alarm",
                    "danger_raised_on": fields.Datetime.now(),
                    "danger_by_id": False,
                    "danger_on": False,
                    "danger_measures": False,
                }
            )
            visit._tell_danger()

    def _tell_danger(self):
        """Put the alarm on the list of each supervisor.

        It is the product's own, in a context of its own: what a visitor's request says neither keeps
        the alarm back nor makes it his to take away.
        """
        visit = self.with_env(self.env(user=SUPERUSER_ID, context={}))
        for user in visit._danger_recipients():
            told = visit.with_context(lang=user.lang)
            told.activity_schedule(
                ACTIVITY,
                user_id=user.id,
                summary=told.env._("A visitor found a child in danger: open the visit now"),
            )

    def _danger_recipients(self):
        """Return the users who act today as supervisors of the township or officers of the county."""
        self.ensure_one()
        places = {"township": self.township_id, "civil_affairs": self.county_id}
        users = self.env["res.users"]
        for role, area in places.items():
            postings = self.env["lbc.posting"].search(
                [
                    ("post_id.role_id", "=", self.env.ref(f"left_behind_children.role_{role}").id),
                    ("is_current", "=", True),
                    ("area_ids", "in", area.ids),
                    ("user_id.active", "=", True),
                ]
            )
            users |= postings.user_id
        return users

    def _acknowledge_danger(self, measures):
        """Take the alarm up: who, when and what was done stay with the visit.

        :param measures: what was done for the child
        """
        self._require_role(*REVIEWERS)
        self.check_access("read")
        if not all(visit.danger_state for visit in self):
            raise UserError(self.env._("No danger is reported on this visit."))
        self._require_state("danger_state", "alarm")
        self._require_reason(measures)
        visits = self.sudo()  # steps alone write the alarm; role, area and state are checked
        visits.write(
            {
                "danger_state": "taken_up",
                "danger_by_id": self.env.uid,
                "danger_on": fields.Datetime.now(),
                "danger_measures": measures,
            }
        )
        visits.with_context(mail_activity_automation_skip=False).activity_unlink([ACTIVITY])

    @api.onchange("hazard_ids")
    def _onchange_hazard_ids(self):
        """A hazard such as abuse is not the same as danger now: ask again rather than answer for the visitor."""
        if any(self.hazard_ids.mapped("is_danger")) and self.danger == "no":
            self.danger = False
