"""The district profile: every point in which policy may differ between districts.

One profile per county; three presets ship (Banan 2016, Liaoning 2016 and the default, which
follows current law). Rows D1–D31 of domain.md §A.3 and the parameters of §C.4.
"""

from zoneinfo import available_timezones

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from ...lib import eligibility


class Profile(models.Model):
    _name = "lbc.profile"
    _description = "District Profile"
    _inherit = ["mail.thread"]
    _order = "is_preset desc, name"

    name = fields.Char(required=True, translate=True)
    is_preset = fields.Boolean(readonly=True, copy=False, help="Shipped with the product.")
    county_id = fields.Many2one(
        "lbc.area",
        domain="[('level', '=', 'county')]",
        ondelete="restrict",
        copy=False,
        tracking=True,
    )
    based_on_id = fields.Many2one(
        "lbc.profile", "Based on", domain="[('is_preset', '=', True)]", copy=False
    )
    time_zone = fields.Char(required=True, default="Asia/Shanghai")

    # Who is a left-behind child (B-2a, L-0a, L-0b, §B.10, §B.12)
    age_limit = fields.Integer(default=16, required=True)
    age_reached_on = fields.Selection(
        [("birthday", "On the birthday"), ("day_after", "The day after the birthday")],
        default="birthday",
        required=True,
    )
    out_min_months = fields.Integer(
        "Months of Work Away", default=6, help="0 switches the test off."
    )
    out_scope = fields.Selection(
        [("cross_county", "Outside the county"), ("any", "Anywhere away from home")],
        "Away Means",
        default="cross_county",
        required=True,
    )
    home_tolerance_days = fields.Integer(
        "Days at Home without Interruption",
        default=30,
        help="A stay at home of up to this many days does not interrupt work away.",
    )
    incapacity_illness = fields.Boolean("Severe Illness", default=True)
    incapacity_disability = fields.Boolean("Severe Disability", default=True)
    incapacity_other = fields.Boolean("Other Incapacity", default=True)
    key_hardship = fields.Boolean("Key Child: Hardship", default=True)
    key_disability = fields.Boolean("Key Child: Disability", default=True)
    key_girl = fields.Boolean("Key Child: Girls", default=True)

    # Visits (L-2d, B-3.3d–f)
    visit_unit = fields.Selection(
        [("household", "Per household"), ("child", "Per child")], default="household", required=True
    )
    visit_interval_months = fields.Integer(default=1, required=True)
    key_visit_interval_days = fields.Integer(default=14)
    visit_days_high = fields.Integer("Days between Visits: High Risk", default=7)
    visit_days_medium = fields.Integer("Days between Visits: Medium Risk", default=15)
    visit_days_low = fields.Integer("Days between Visits: Low Risk", default=30)
    visit_phone_counts = fields.Boolean("Telephone Counts as a Visit")
    visit_video_counts = fields.Boolean("Video Call Counts as a Visit")
    visit_backdate_days = fields.Integer(
        "Days without Explanation", default=7, help="A visit entered later asks for a reason."
    )

    # Agreements and contact (B-3.2c, B-4.3b, articles 22–23 of the law)
    agreement_required = fields.Boolean(default=True)
    agreement_warn_days = fields.Char("Renewal Warnings (Days)", default="60,30,7")
    responsibility_letter = fields.Boolean("Responsibility Letter Required")
    parent_contact_days = fields.Integer("Days between Contacts with Parents", default=7)

    # Quarterly ledger (B-5.2d, L-2h–j, D4–D9)
    quarter_cutoff_day = fields.Integer(
        default=20, required=True, help="Day of the quarter's last month; 31: its last day."
    )
    quarter_content = fields.Selection(
        [("changes", "Changes"), ("full", "Full register"), ("both", "Both")],
        default="both",
        required=True,
    )
    report_to = fields.Selection(
        [
            ("office", "Office of the leading group"),
            ("civil_affairs", "County civil affairs"),
            ("both", "Either"),
        ],
        "Quarterly Report Goes to",
        default="both",
        required=True,
    )
    report_cc_education = fields.Boolean("Copy to Education", default=True)
    report_cc_police = fields.Boolean("Copy to Police", default=True)
    report_departments = fields.Boolean("Departments Submit as Well")
    due_reminder_days = fields.Char("Reminders (Days before)", default="7,3,1")
    holiday_shift = fields.Boolean("Due Days Move after Holidays")

    # Protection (L-6 to L-9, B-4.1, B-4.2)
    reporter_kind_ids = fields.Many2many(
        "lbc.organization.kind",
        string="Mandated Reporters",
        help="Kinds of organisations that must report a child in danger.",
    )
    report_lag_hours = fields.Integer("Report within Hours", default=24)
    report_lag_danger_hours = fields.Integer("Report Danger within Hours", default=2)
    police_accept_hours = fields.Integer("Police Accept within Hours", default=2)
    police_dispatch_hours = fields.Integer("Police Dispatch within Hours", default=1)
    notify_township_hours = fields.Integer("Notify Township within Hours", default=24)
    contact_attempts_min = fields.Integer("Attempts before Unreachable", default=3)
    notify_parents_repeat_days = fields.Integer(default=7)
    placement_review_days = fields.Integer(default=30)
    placement_limit_months = fields.Integer(default=12)
    assessment_due_days = fields.Integer(default=10)
    refusal_months = fields.Integer("Months of Refusal (T2)", default=6, help="0: no threshold.")
    refusal_warn_months = fields.Char("Early Warnings (Months)", default="3,5")
    accountability = fields.Boolean(
        "Accountability and Rewards",
        default=True,
        help="Who fails to report is held to account, who reports is rewarded.",
    )

    # Schooling (B-3.4, B-4.2, L-3)
    enrolment_target = fields.Float("Enrolment Target (%)", default=100)
    pairing_target = fields.Float("Pairing Target (%)", default=100)
    elder_pairing = fields.Boolean("Pairing with Elder Volunteers", default=True)
    dropout_report_to = fields.Selection(
        [("education", "Education authority"), ("both", "Education authority and township")],
        default="both",
    )
    absence_warn_days = fields.Integer(default=1)
    absence_case_days = fields.Integer(default=3)
    concentration_percent = fields.Float("Concentration (%)", default=20)
    concentration_children = fields.Integer("Concentration (Children)", default=30)

    # Terms, risk, statistics
    term_care = fields.Selection(
        [
            ("entrusted_care", "Entrusted care"),
            ("entrusted_guardianship", "Entrusted guardianship"),
        ],
        "Term for the Arrangement",
        default="entrusted_care",
        required=True,
    )
    term_township = fields.Selection(
        [("township", "Township (subdistrict)"), ("zhenjie", "Towns and subdistricts")],
        "Term for the Township",
        default="township",
        required=True,
    )
    risk_months = fields.Char("Months of Risk Assessment", default="3,9")
    opinion_monitoring = fields.Boolean("Public-Opinion Monitoring")
    small_cell_k = fields.Integer("Smallest Published Cell", default=5)
    retention_years = fields.Integer("Years Kept after Age 18", default=3)

    _county_unique = models.UniqueIndex(
        "(county_id) WHERE county_id IS NOT NULL", "This county already has a profile."
    )
    _limits = models.Constraint(
        "CHECK(age_limit BETWEEN 1 AND 18 AND out_min_months >= 0 AND home_tolerance_days >= 0 "
        "AND visit_interval_months >= 1 AND quarter_cutoff_day BETWEEN 1 AND 31 "
        "AND refusal_months >= 0 AND small_cell_k >= 1 AND retention_years >= 0)",
        "A parameter of the profile is outside its range: ages 1–18, days of a month 1–31, "
        "periods not negative.",
    )

    @api.constrains(
        "due_reminder_days", "agreement_warn_days", "refusal_warn_months", "risk_months"
    )
    def _check_number_lists(self):
        for profile in self:
            for name in (
                "due_reminder_days",
                "agreement_warn_days",
                "refusal_warn_months",
                "risk_months",
            ):
                try:
                    profile._numbers(name)
                except ValueError:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” takes whole numbers separated by commas, such as 7,3,1.",
                            field=profile._fields[name].get_description(self.env)["string"],
                        )
                    ) from None

    @api.constrains("is_preset", "county_id")
    def _check_county(self):
        for profile in self:
            if profile.is_preset and profile.county_id:
                raise ValidationError(
                    self.env._("A preset belongs to no county; create the county's own profile.")
                )

    @api.constrains("time_zone")
    def _check_time_zone(self):
        for profile in self:
            if profile.time_zone not in available_timezones():
                raise ValidationError(
                    self.env._(
                        "“%(zone)s” is no time zone. China's is Asia/Shanghai.",
                        zone=profile.time_zone,
                    )
                )

    @api.onchange("based_on_id")
    def _onchange_based_on_id(self):
        if self.based_on_id:
            self.update(self.based_on_id._parameters())

    @api.model_create_multi
    def create(self, vals_list):
        # What is shipped comes with the product: nobody else makes a preset, by default or not.
        made = any(vals.get("is_preset") for vals in vals_list)
        self._refuse_preset(made and not self.env.su)
        records = self if self.env.su else self.with_context(default_is_preset=False)
        profiles = super(Profile, records).create(vals_list)
        self.env.registry.clear_cache()
        return profiles

    def write(self, vals):
        # Presets change with the product only: its data files are loaded by the superuser.
        shipped = self.env.su and self.env.context.get("install_mode")
        self._refuse_preset(not shipped and any(profile.is_preset for profile in self))
        self._refuse_preset(not self.env.su and bool(vals.get("is_preset")))
        if "county_id" in vals and not vals["county_id"] and self.county_id:
            raise UserError(
                self.env._(
                    "Every step in %(county)s asks its profile: the county cannot be taken out. "
                    "Change the parameters instead.",
                    county=", ".join(self.county_id.mapped("display_name")),
                )
            )
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def _refuse_preset(self, refused):
        """Raise that presets are not the user's, if `refused`."""
        if refused:
            raise UserError(
                self.env._("Presets are shipped and stay as they are. Change a county's profile.")
            )

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def _numbers(self, name):
        """Return the whole numbers (list of int) of a comma-separated parameter."""
        return [
            int(part) for part in (self[name] or "").replace("，", ",").split(",") if part.strip()
        ]

    @api.model
    def _track_get_fields(self):
        """Every parameter leaves a trace when it changes: it decides over children."""
        return super()._track_get_fields() | set(self._parameter_names())

    @api.model
    def _parameter_names(self):
        """Return the names of all policy parameters, in the order of the form."""
        own = {"name", "is_preset", "county_id", "based_on_id", *models.MAGIC_COLUMNS}
        return [
            name
            for name, field in self._fields.items()
            if field._module == "left_behind_children" and field.store and name not in own
        ]

    def _parameters(self):
        """Return {parameter: value} of this profile, ready for `create` or `update`."""
        self.ensure_one()
        return {
            name: self[name].ids if self._fields[name].type == "many2many" else self[name]
            for name in self._parameter_names()
        }

    def action_apply_preset(self):
        """Take over all parameters of the preset in “Based on”."""
        for profile in self.filtered("based_on_id"):
            values = profile.based_on_id._parameters()
            for name in values:
                if profile._fields[name].type == "many2many":
                    values[name] = [(6, 0, values[name])]
            profile.write(values)

    @api.model
    @tools.ormcache("county_id")
    def _id_for_county(self, county_id):
        return self.search([("county_id", "=", county_id)], limit=1).id

    @api.model
    def _for_county(self, county):
        """Return the profile (one record, sudo) of a county.

        :raises UserError: the county has none; the text names the county and the remedy
        """
        profile_id = self.sudo()._id_for_county(county.id)
        if not profile_id:
            raise UserError(
                self.env._(
                    "%(county)s has no district profile. An administrator creates it under "
                    "Configuration > District Profiles.",
                    county=county.sudo().name or self.env._("This division"),
                )
            )
        return self.sudo().browse(profile_id)

    @api.model
    @tools.ormcache()
    def _profiled_county_ids(self):
        return tuple(self.sudo().search([("county_id", "!=", False)]).county_id.ids)

    @api.model
    def _is_only_county(self, area_ids):
        """Return whether these divisions hold the only county this database serves (bool)."""
        counties = self._profiled_county_ids()
        return len(counties) == 1 and counties[0] in area_ids

    def _incapacity_reasons(self):
        """Return the grounds (set of codes) on which a parent counts as unable to care (L-0b, D30)."""
        self.ensure_one()
        chosen = {
            "severe_illness": self.incapacity_illness,
            "severe_disability": self.incapacity_disability,
            "other": self.incapacity_other,
        }
        return {reason for reason, counts in chosen.items() if counts}

    def _eligibility_policy(self):
        """Return the profile's `lib.eligibility.Policy`."""
        self.ensure_one()
        return eligibility.Policy(
            age_limit=self.age_limit,
            age_reached_on=self.age_reached_on,
            out_min_months=self.out_min_months,
            out_scope=self.out_scope,
            home_tolerance_days=self.home_tolerance_days,
        )
