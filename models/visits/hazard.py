"""Hazards in and around the house that a visitor looks for (domain.md §B.4); districts add their own."""

from odoo import api, fields, models

from ...lib import questions


class Hazard(models.Model):
    _name = "lbc.hazard"
    _description = "Hazard"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        compute="_compute_code",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        copy=False,
        help="Short name for data exchange; made by itself.",
    )
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    is_danger = fields.Boolean(
        "Asks for Danger",
        help="Whoever ticks it is asked to say whether a child is in danger at this moment.",
    )
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint("UNIQUE(code)", "There is already a hazard with this code.")

    @api.depends("name")
    def _compute_code(self):
        """A code nobody has to think of, as kinds of activities have it; it stays when the name changes.

        So another one may have it: one that is archived, or had this name, or of which this is a copy.
        """
        used = None
        for hazard in self:
            if not hazard.code and hazard.name:
                used = self._used_codes() if used is None else used
                hazard.code = self._free_code(f"hazard_{questions.key(hazard.name)}", used)
                used.add(hazard.code)

    @api.model
    def _used_codes(self):
        """Return the codes (set of str) of all hazards, also of archived ones; a handful."""
        known = self.sudo().with_context(active_test=False).search([("code", "!=", False)])
        return set(known.mapped("code"))

    @api.model
    def _free_code(self, stem, used):
        """Return the code (str), with a serial where it is among those used."""
        codes = (f"{stem}_{number}" if number else stem for number in range(len(used) + 1))
        return next(code for code in codes if code not in used)
