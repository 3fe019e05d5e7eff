"""The child's file, 一人一档 (L-2k): one child, one file number, for good (B-2a, B-3.3d, §B.2.2).

Other rooms add to the child from inside their own room. The state on the ledger belongs to the
episode (`lbc.episode`); the child shows that of its current one.
"""

import logging

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...lib import ages
from ..access import data_groups
from .vocabulary import CARE_REASON, EDUCATION_STAGE, ETHNICITY, HUKOU_KIND

_logger = logging.getLogger(__name__)


class Child(models.Model):
    _name = "lbc.child"
    _description = "Left-Behind Child"
    _inherit = [
        "lbc.access.mixin",
        "lbc.thread.mixin",
        "lbc.area.mixin",
        "lbc.person.mixin",
    ]
    _order = "file_number"
    _default_write_group = data_groups.WRITE_FILE
    _thread_group = data_groups.WRITE_FILE
    _number_sequence = "lbc.child"
    _journal_changes = True
    _journal_children = "id"

    area_id = fields.Many2one(tracking=True)
    township_id = fields.Many2one(index=False)  # first column of the indexes below
    county_id = fields.Many2one(index=False)
    photo = fields.Image(max_width=512, max_height=512, groups=data_groups.IDENTITY)
    ethnicity = fields.Selection(ETHNICITY, default="01", groups=data_groups.IDENTITY)
    no_id_reason = fields.Char(
        "Why No Number", help="For a child without an identity number.", groups=data_groups.IDENTITY
    )
    age = fields.Integer(compute="_compute_age", groups=data_groups.IDENTITY, compute_sudo=True)
    age_band = fields.Selection(
        [("0_5", "0–5"), ("6_13", "6–13"), ("14_15", "14–15"), ("16", "16 and over")],
        "Age Group",
        compute="_compute_age",
        compute_sudo=True,
    )
    hukou_kind = fields.Selection(
        HUKOU_KIND, "Household Registration", default="rural", groups=data_groups.ADDRESS
    )
    hukou_address = fields.Char("Registered Address", groups=data_groups.ADDRESS)
    address = fields.Char("Present Address", groups=data_groups.ADDRESS)
    household_id = fields.Many2one(
        "lbc.household", index=True, ondelete="restrict", domain="[('area_id', '=', area_id)]"
    )
    sibling_ids = fields.Many2many(
        "lbc.child", string="Others of the Household", compute="_compute_sibling_ids"
    )
    living_with = fields.Selection(
        [
            ("parent", "A parent"),
            ("grandparents", "Grandparents"),
            ("relatives", "Relatives or friends"),
            ("school", "School, weekly"),
            ("institution", "An institution"),
            ("alone", "Alone"),
        ],
        groups=data_groups.GUARDIANSHIP,
    )

    education_stage = fields.Selection(EDUCATION_STAGE, "Education", groups=data_groups.SCHOOLING)
    school_id = fields.Many2one(
        "lbc.organization",
        "School Attended",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('kind_code', 'in', ('school', 'kindergarten'))]",
        groups=data_groups.SCHOOLING,
    )
    school_name = fields.Char(
        "School as Stated", help="While the school is not registered.", groups=data_groups.SCHOOLING
    )
    grade_class = fields.Char("Grade and Class", groups=data_groups.SCHOOLING)
    boarding = fields.Selection(
        [("yes", "Boards at school"), ("no", "Day pupil")], groups=data_groups.SCHOOLING
    )

    aid_ids = fields.Many2many("lbc.aid", groups=data_groups.ECONOMY)
    tag_ids = fields.Many2many("lbc.key.tag", string="Categories", groups=data_groups.RISK)
    care_reason = fields.Selection(CARE_REASON, groups=data_groups.GUARDIANSHIP)
    health_ids = fields.One2many("lbc.health", "child_id", groups=data_groups.HEALTH)
    guardianship_ids = fields.One2many("lbc.guardianship", "child_id", "Parents and Carers")
    note = fields.Text(groups=data_groups.GUARDIANSHIP)

    _id_number_unique = models.UniqueIndex(
        "(id_number) WHERE id_number IS NOT NULL AND state <> 'void'",
        "There is already a child with this identity number. Search for the number instead.",
    )
    # Whole, for searches that say nothing of the state: the unique one serves none of them.
    _number_order = models.Index("(id_number)")
    _area_order = models.Index("(area_id, file_number)")
    _township_order = models.Index("(township_id, file_number)")
    _county_order = models.Index("(county_id, file_number)")
    _name_prefix = models.Index("(name text_pattern_ops)")
    _initials_prefix = models.Index("(name_initials text_pattern_ops)")
    _twins = models.Index("(birth_date, name)")

    @api.depends("birth_date")
    def _compute_age(self):
        today = fields.Date.context_today(self)
        # Who sees the age group only has not fetched the date: without this, core would read whole
        # rows for it, because the superuser computes.
        self.fetch(["birth_date"])
        for child in self:
            birth = child.birth_date
            age = ages.age_on(birth, today) if birth else 0
            child.age = age
            bands = ((5, "0_5"), (13, "6_13"), (15, "14_15"))
            band = next((code for last, code in bands if age <= last), "16")
            child.age_band = band if birth else False

    @api.depends("household_id.child_ids")
    def _compute_sibling_ids(self):
        # A search, so that whoever may not read households (a school) meets the siblings he knows.
        known = self.search([("household_id", "in", self.household_id.ids)])
        for child in self:
            home = child.household_id._origin
            of_home = known.filtered(lambda one, home=home: one.household_id == home)
            child.sibling_ids = of_home - child._origin

    @api.onchange("household_id")
    def _onchange_household_id(self):
        if self.household_id.address and not self.address:
            self.address = self.household_id.address

    @api.constrains("area_id")
    def _check_profile(self):
        for child in self:
            child._profile()  # without the district's policy nobody can be judged

    @api.constrains("birth_date")
    def _check_birth_date(self):
        today = fields.Date.context_today(self)
        for child in self.sudo():  # whoever may write the date need not read the identity
            if child.birth_date and child.birth_date > today:
                raise ValidationError(
                    self.env._(
                        "%(child)s: the birth date lies in the future.", child=child.display_name
                    )
                )

    def _profile(self):
        """Return the district profile (sudo) that applies to this child."""
        return self.env["lbc.profile"]._for_county(self.county_id)

    @api.model
    def _check_database_locale(self):
        """Log a warning where the database's character type makes Chinese text unsearchable."""
        self.env.cr.execute("SELECT datctype FROM pg_database WHERE datname = current_database()")
        (ctype,) = self.env.cr.fetchone()
        if "UTF" not in ctype.upper():
            _logger.warning(
                "The database's LC_CTYPE is %s: searching Chinese text needs a UTF-8 one.", ctype
            )
