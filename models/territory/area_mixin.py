"""The three geographic keys that every business record carries (architecture, idea 3)."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AreaMixin(models.AbstractModel):
    """`area_id` is the village; `township_id` and `county_id` follow from it and are stored.

    Record rules compare one of the three by the level of the user; a record without an area is
    seen by nobody but the superuser.
    """

    _name = "lbc.area.mixin"
    _description = "Geographic Keys"

    area_id = fields.Many2one(
        "lbc.area",
        "Village",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('level', '=', 'village')]",
        default=lambda self: self.env.user._lbc_default_village(),
    )
    township_id = fields.Many2one(
        "lbc.area",
        compute="_compute_area_keys",
        store=True,
        precompute=True,
        index=True,
        ondelete="restrict",
    )
    county_id = fields.Many2one(
        "lbc.area",
        compute="_compute_area_keys",
        store=True,
        precompute=True,
        index=True,
        ondelete="restrict",
    )

    @api.constrains("area_id")
    def _check_village(self):
        for record in self:
            if record.area_id.level != "village":
                raise ValidationError(
                    self.env._(
                        "%(area)s is no village. Choose a village.", area=record.area_id.name
                    )
                )

    @api.depends("area_id.township_id", "area_id.county_id")
    def _compute_area_keys(self):
        for record in self:
            area = record.area_id.sudo()  # divisions are public; the sudo spares a rule per record
            record.township_id = area.township_id
            record.county_id = area.county_id
