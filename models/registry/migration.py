"""Work away from home, 外出务工 (B-2a, domain.md §B.10): from, where, verified how, and stays at home."""

from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..access import data_groups


class Migration(models.Model):
    _name = "lbc.migration"
    _description = "Work Away from Home"
    _inherit = ["lbc.access.mixin"]
    _order = "guardian_id, id desc"  # of fields that everybody may read who reaches the line
    _thread_group = data_groups.WRITE_FILE
    _default_write_group = data_groups.WRITE_FILE
    _rec_name = "guardian_id"
    _journal_changes = True

    guardian_id = fields.Many2one("lbc.guardian", required=True, ondelete="cascade", index=True)
    area_id = fields.Many2one(
        related="guardian_id.area_id", store=True, index=True, precompute=True
    )
    township_id = fields.Many2one(
        related="guardian_id.township_id", store=True, index=True, precompute=True
    )
    county_id = fields.Many2one(
        related="guardian_id.county_id", store=True, index=True, precompute=True
    )
    date_from = fields.Date("Away Since", groups=data_groups.PARENT_CONTACT)
    date_to = fields.Date("Returned On", groups=data_groups.PARENT_CONTACT)
    place = fields.Char("Place of Work", groups=data_groups.PARENT_CONTACT)
    cross_county = fields.Selection(
        [("yes", "Yes"), ("no", "No")], "Outside the County", groups=data_groups.PARENT_CONTACT
    )
    employer = fields.Char(groups=data_groups.PARENT_CONTACT)
    verified_by = fields.Selection(
        [
            ("declared", "Declared by the family"),
            ("village", "Confirmed by the village"),
            ("employer", "Confirmed by the employer"),
            ("document", "Seen on a document"),
        ],
        groups=data_groups.PARENT_CONTACT,
    )
    home_stay_ids = fields.One2many("lbc.home.stay", "migration_id", "Stays at Home")

    _period = models.Constraint(
        "CHECK(date_to >= date_from)", "The return cannot lie before the departure."
    )
    _one_open = models.UniqueIndex(
        "(guardian_id) WHERE date_to IS NULL",
        "This person is already recorded as working away. End that record first.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        self.flush_model(["date_to"])  # one save may end a line and begin the next
        return super().create(vals_list)

    @api.constrains("date_to")
    def _check_returned(self):
        today = fields.Date.context_today(self)
        for spell in self:
            if spell.date_to and spell.date_to > today:
                raise ValidationError(
                    self.env._(
                        "%(person)s: a return in the future cannot be entered. Enter it on the day.",
                        person=spell.guardian_id.display_name,
                    )
                )

    def _latest_first(self):
        """Return these spells, the latest first; one without a date counts as the earliest."""
        return self.sorted(lambda spell: (spell.date_from or date.min, spell.id), reverse=True)

    def _away_since(self, tolerance_days):
        """Return the first day (date or None) of the latest work away of one person.

        Two spells with no more than `tolerance_days` at home between them are one (§C.6 case 3).
        """
        since = None
        for spell in self._latest_first():
            days_home = (since - spell.date_to).days if since and spell.date_to else 0
            if since and (not spell.date_to or days_home > tolerance_days):
                break
            since = spell.date_from or since
        return since

    @api.model
    def _journal_children_sql(self, ids):
        return SQL(
            "SELECT line.child_id FROM lbc_migration own "
            "JOIN lbc_guardianship line USING (guardian_id) WHERE own.id = ANY(%s)",
            ids,
        )


class HomeStay(models.Model):
    """A stay at home: up to the profile's days it does not interrupt work away (§C.6 case 3)."""

    _name = "lbc.home.stay"
    _description = "Stay at Home"
    _inherit = ["lbc.access.mixin"]
    _order = "migration_id, id desc"
    _thread_group = data_groups.WRITE_FILE
    _default_write_group = data_groups.WRITE_FILE
    _journal_changes = True
    _rec_name = "migration_id"  # the days belong to a data group, names to everybody

    migration_id = fields.Many2one("lbc.migration", required=True, ondelete="cascade", index=True)
    area_id = fields.Many2one(related="migration_id.area_id", store=True, index=True)
    township_id = fields.Many2one(related="migration_id.township_id", store=True, index=True)
    county_id = fields.Many2one(related="migration_id.county_id", store=True, index=True)
    date_from = fields.Date("From", required=True, groups=data_groups.PARENT_CONTACT)
    date_to = fields.Date("To", groups=data_groups.PARENT_CONTACT)

    _period = models.Constraint(
        "CHECK(date_to >= date_from)", "The stay cannot end before it begins."
    )

    @api.constrains("date_from", "migration_id")
    def _check_within(self):
        for stay in self:
            since = stay.migration_id.date_from
            if since and stay.date_from < since:
                raise ValidationError(
                    self.env._("A stay at home cannot begin before the person went away.")
                )

    @api.model
    def _journal_children_sql(self, ids):
        return SQL(
            "SELECT line.child_id FROM lbc_home_stay stay "
            "JOIN lbc_migration spell ON spell.id = stay.migration_id "
            "JOIN lbc_guardianship line USING (guardian_id) WHERE stay.id = ANY(%s)",
            ids,
        )
