"""What a visit found: the three blocks of L-2e, signs of health and mood, needs, photographs (domain.md §B.4)."""

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ...lib import photos
from ..access import data_groups
from ..registry.vocabulary import CARE_QUALITY
from .visit import FILED

SCHOOLING = [
    ("attending", "Attends school"),
    ("irregular", "Attends irregularly"),
    ("absent", "Does not attend"),
    ("too_young", "Not of school age"),
]
# What stays true from one visit to the next. Never whom the visitor met, never whether a child is in danger.
CARRIED = (
    "family_note",
    "care_quality",
    "agreement_valid",
    "hazard_ids",
    "schooling",
    "boarding",
)


class Visit(models.Model):
    _inherit = "lbc.visit"

    # 1. Family
    family_note = fields.Text(
        "Family",
        groups=data_groups.VISITS,
        help="Income, who lives here, parents' place and phone.",
    )
    income_change = fields.Selection(
        [("same", "As before"), ("better", "Better"), ("worse", "Worse")],
        "Income",
        groups=data_groups.VISITS,
    )
    parents_contact_on = fields.Date("Last Contact with Parents", groups=data_groups.VISITS)
    parents_contact_by = fields.Selection(
        [
            ("home", "At home"),
            ("phone", "Telephone"),
            ("video", "Video call"),
            ("message", "Message"),
            ("none", "No contact"),
        ],
        "Contact by",
        groups=data_groups.VISITS,
    )
    # 2. Guardianship
    care_quality = fields.Selection(CARE_QUALITY, "Guardianship Is", groups=data_groups.VISITS)
    agreement_valid = fields.Selection(
        [("yes", "Valid"), ("expired", "Expired"), ("none", "There is none")],
        "Care Agreement",
        groups=data_groups.VISITS,
    )
    hazard_ids = fields.Many2many("lbc.hazard", string="Hazards", groups=data_groups.VISITS)
    guardianship_note = fields.Text("About Guardianship", groups=data_groups.VISITS)
    # 3. Schooling
    schooling = fields.Selection(SCHOOLING, groups=data_groups.VISITS)
    boarding = fields.Selection(
        [("yes", "Boards at school"), ("no", "Day pupil")], groups=data_groups.VISITS
    )
    teacher_contacted = fields.Boolean("Spoke with the Teacher", groups=data_groups.VISITS)
    schooling_note = fields.Text("About School", groups=data_groups.VISITS)
    # Signs, needs, what comes next
    wellbeing = fields.Selection(
        [("fine", "Nothing noticed"), ("watch", "Keep an eye on"), ("serious", "Needs help")],
        "Health and Mood",
        groups=data_groups.VISITS,
    )
    wellbeing_note = fields.Text("What You Noticed", groups=data_groups.VISITS)
    needs = fields.Text(groups=data_groups.VISITS)
    follow_up = fields.Text("What Is to Be Done", groups=data_groups.VISITS)
    photo_ids = fields.Many2many(
        "ir.attachment",
        string="Photographs",
        groups=data_groups.VISITS,
        help="House, dangers, papers. No face unless it is needed; place and device are removed.",
    )
    signature = fields.Image(max_width=800, max_height=400, groups=data_groups.VISITS, copy=False)
    previous_id = fields.Many2one(
        "lbc.visit", "Previous Visit", compute="_compute_previous_id", groups=data_groups.VISITS
    )

    @api.depends("household_id", "date")
    def _compute_previous_id(self):
        filed = self._filed_visits(self.household_id)
        for visit in self:
            of_home = filed.get(visit.household_id._origin.id, self.browse())
            visit.previous_id = of_home.filtered(visit._comes_after)[:1]

    def _comes_after(self, other):
        """Return whether this visit was made after another; on the same day the later entry is later (bool)."""
        self.ensure_one()
        day = self.date or fields.Date.context_today(self)
        return (other.date, other.id) < (day, self._origin.id or float("inf"))

    @api.model
    def _filed_visits(self, households):
        """Return {household id: visits at which somebody was met, the last first}, as the caller sees them."""
        domain = [("household_id", "in", households._origin.ids), ("state", "in", FILED)]
        filed = self.search(domain, order="date desc, id desc")
        return {home.id: visits for home, visits in filed.grouped("household_id").items()}

    @api.model
    def _last_visits(self, households, day=None):
        """Return {household id: last visit at which somebody was met, up to a day} in one query.

        :param day: date of the visit to be entered; nothing later is known to it (None: today)
        """
        found = {}
        for home, visits in self._filed_visits(households).items():
            if known := visits.filtered(lambda visit: not day or visit.date <= day)[:1]:
                found[home] = known
        return found

    def _carried(self):
        """Return {field: value} of what this visit hands on to the next one, ready for `create`."""
        self.ensure_one()
        values = {}
        for name in CARRIED:
            value = self[name]
            values[name] = [Command.set(value.ids)] if name == "hazard_ids" else value
        return values

    @api.onchange("household_id")
    def _onchange_household_id(self):
        if self._origin or not self.env["lbc.visit"].has_access("read"):
            return
        last = self._last_visits(self.household_id, self.date)
        last = last.get(self.household_id._origin.id)
        if last and not self.family_note:
            self.update(last._carried())

    @api.model_create_multi
    def create(self, vals_list):
        visits = super().create(vals_list)
        visits._settle_photos()
        return visits

    def write(self, vals):
        result = super().write(vals)
        if "photo_ids" in vals:
            self._settle_photos()
        return result

    def _settle_photos(self):
        """Attach uploaded photographs to their visit and take out what tells place and device.

        The form uploads before the visit is saved; until then nobody but who uploaded reads them.
        """
        for visit in self:
            for photo in visit.sudo().photo_ids:
                visit._check_photo(photo)
                vals = {} if photo.res_id else {"res_id": visit.id}
                plain = photos.without_metadata(photo.raw)
                if plain is not None:
                    vals["raw"] = plain
                if vals:
                    photo.write(vals)

    def _check_photo(self, photo):
        """Refuse a paper (sudo) of another file, or one that is no picture."""
        own = self.env.su or photo.create_uid == self.env.user
        if photo.res_model != self._name or photo.res_id != self.id and (photo.res_id or not own):
            raise AccessError(self.env._("This photograph belongs to another file. Take it anew."))
        if not (photo.mimetype or "").startswith("image/"):
            raise UserError(self.env._("“%(name)s” is no photograph.", name=photo.name or ""))
