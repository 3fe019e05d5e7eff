"""Adults around a child: parents, carers, relatives (§C.1.1 人). Not `res.partner`, whose records
every internal user reads.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...lib import ages, masks, phones
from ..access import data_groups
from .vocabulary import PERSON_STATE


class Guardian(models.Model):
    _name = "lbc.guardian"
    _description = "Parent or Carer"
    _inherit = ["lbc.access.mixin", "lbc.area.mixin", "lbc.person.mixin"]
    _order = "file_number"
    _default_write_group = data_groups.WRITE_FILE
    _thread_group = data_groups.WRITE_FILE
    _number_sequence = "lbc.guardian"
    _journal_changes = True

    phone = fields.Char(groups=data_groups.PARENT_CONTACT)
    phone_masked = fields.Char(
        "Masked Phone",
        compute="_compute_phone_masked",
        store=True,
        precompute=True,
        groups=data_groups.PARENT_CONTACT_MASKED,
    )
    state = fields.Selection(
        PERSON_STATE,
        "Situation",
        default="normal",
        required=True,
        groups=data_groups.GUARDIANSHIP,
        help="Dead, missing, out of contact, imprisoned and the like.",
    )
    state_since = fields.Date("Situation Since", groups=data_groups.GUARDIANSHIP)
    guardianship_ids = fields.One2many("lbc.guardianship", "guardian_id", "Children")
    migration_ids = fields.One2many("lbc.migration", "guardian_id", "Work Away from Home")
    capacity_ids = fields.One2many("lbc.capacity", "guardian_id", "Loss of Capacity")
    away_since = fields.Date(compute="_compute_away", store=True, groups=data_groups.PARENT_CONTACT)
    work_place = fields.Char(compute="_compute_away", store=True, groups=data_groups.PARENT_CONTACT)
    is_away = fields.Boolean("Works Away", compute="_compute_away", store=True)
    note = fields.Text(groups=data_groups.GUARDIANSHIP)

    _id_number_unique = models.UniqueIndex(
        "(id_number) WHERE id_number IS NOT NULL",
        "There is already an adult with this identity number. Choose that person from the list.",
    )
    _area_order = models.Index("(area_id, file_number)")
    _township_order = models.Index("(township_id, file_number)")
    _county_order = models.Index("(county_id, file_number)")
    _name_prefix = models.Index("(name text_pattern_ops)")
    _initials_prefix = models.Index("(name_initials text_pattern_ops)")

    @api.depends("phone")
    def _compute_phone_masked(self):
        for guardian in self:
            guardian.phone_masked = masks.mask_phone(guardian.phone or "")

    @api.depends("migration_ids.date_from", "migration_ids.date_to", "migration_ids.place")
    def _compute_away(self):
        for guardian in self:
            spell = guardian.migration_ids.filtered(lambda spell: not spell.date_to)[:1]
            guardian.is_away = bool(spell)
            guardian.away_since = spell.date_from
            guardian.work_place = spell.place

    @api.constrains("phone")
    def _check_phone(self):
        for guardian in self:
            if guardian.phone and not phones.is_plausible(guardian.phone):
                raise ValidationError(
                    self.env._(
                        "%(person)s: this is not a telephone number. A mobile has 11 digits and "
                        "begins with 1, a landline begins with 0 and the area code.",
                        person=guardian.display_name,
                    )
                )

    @api.model
    def _normalise_person(self, vals):
        vals = super()._normalise_person(vals)
        if vals.get("phone"):
            vals["phone"] = phones.normalise_phone(vals["phone"])
        return vals

    def _is_of_age(self, day):
        """Return whether the person has reached 18 on `day` (date); True while nothing is known.

        Article 17 and 18 of the Civil Code; under 18 nobody takes children into care.
        """
        self.ensure_one()
        return not self.birth_date or ages.age_on(self.birth_date, day) >= ages.AGE_MAJORITY

    def _turning_days(self, day):
        """Yield the dates after `day` on which a certificate begins or ends, or this person comes of age."""
        self.ensure_one()
        for capacity in self.capacity_ids:
            if capacity.valid_to and capacity.valid_to >= day:
                yield capacity.valid_to + timedelta(days=1)
            if capacity.valid_from and capacity.valid_from > day:
                yield capacity.valid_from
        if self.birth_date:
            majority = ages.birthday(self.birth_date, ages.AGE_MAJORITY)
            if majority > day:
                yield majority

    @api.model
    def _journal_children_sql(self, ids):
        return SQL("SELECT child_id FROM lbc_guardianship WHERE guardian_id = ANY(%s)", ids)
