"""Organisations with a duty for left-behind children, and the names they had (B-3.1b, §A.6)."""

from odoo import api, fields, models


class Organization(models.Model):
    _name = "lbc.organization"
    _description = "Organisation"
    _order = "sequence, code, name, id"
    _rec_names_search = ["name", "short_name", "code"]

    name = fields.Char(required=True, help="Official name today.")
    short_name = fields.Char()
    code = fields.Char(copy=False, help="For a school: its ten-digit identification code.")
    kind_id = fields.Many2one("lbc.organization.kind", required=True, index=True)
    kind_code = fields.Char("Code of the Kind", related="kind_id.code", store=True, index=True)
    sequence = fields.Integer(default=10)
    area_id = fields.Many2one(
        "lbc.area", "Division", required=True, index=True, ondelete="restrict"
    )
    township_id = fields.Many2one(related="area_id.township_id", store=True, index=True)
    county_id = fields.Many2one(related="area_id.county_id", store=True, index=True)
    parent_id = fields.Many2one("lbc.organization", "Superior Organisation", ondelete="restrict")
    leading_group = fields.Boolean(
        "Member of the Leading Group",
        compute="_compute_leading_group",
        store=True,
        readonly=False,
        precompute=True,
    )
    phone = fields.Char()
    address = fields.Char()
    valid_from = fields.Date()
    valid_to = fields.Date()
    successor_id = fields.Many2one("lbc.organization", ondelete="restrict")
    name_ids = fields.One2many("lbc.organization.name", "organization_id", "Former Names")
    posting_ids = fields.One2many("lbc.posting", "organization_id", "Postings")
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex(
        "(code, kind_id) WHERE code IS NOT NULL",
        "There is already an organisation of this kind with this code.",
    )

    @api.depends("kind_id")
    def _compute_leading_group(self):
        for organization in self:
            organization.leading_group = organization.kind_id.leading_group

    def _name_on(self, day):
        """Return the official name (str) that the organisation had on `day` (date)."""
        self.ensure_one()
        for former in self.name_ids.sorted("valid_to"):
            if day <= former.valid_to:
                return former.name
        return self.name

    def action_rename(self, name, last_day):
        """Give a new official name; the old one stays valid until `last_day` (date).

        Reports of that time keep the old name (B-3.1b).
        """
        self.ensure_one()
        self.check_access("write")
        self.env["lbc.organization.name"].create(
            {"organization_id": self.id, "name": self.name, "valid_to": last_day}
        )
        self.name = name


class OrganizationName(models.Model):
    _name = "lbc.organization.name"
    _description = "Former Name of an Organisation"
    _order = "organization_id, valid_to"

    organization_id = fields.Many2one(
        "lbc.organization", required=True, ondelete="cascade", index=True
    )
    county_id = fields.Many2one(related="organization_id.county_id", store=True, index=True)
    name = fields.Char(required=True)
    valid_to = fields.Date("Last Day of the Name", required=True)
