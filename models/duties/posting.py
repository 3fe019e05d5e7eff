"""Whoever is posted in a village is responsible for its duties: changes of postings pass them on."""

from odoo import api, models


class Posting(models.Model):
    _inherit = "lbc.posting"

    @api.model_create_multi
    def create(self, vals_list):
        postings = super().create(vals_list)
        postings._pass_duties_on(postings.area_ids)
        return postings

    def write(self, vals):
        before = self.area_ids
        result = super().write(vals)
        if {"user_id", "post_id", "area_ids", "date_from", "date_to", "active"} & vals.keys():
            self._pass_duties_on(before | self.area_ids)
        return result

    def unlink(self):
        areas = self.area_ids
        result = super().unlink()
        self._pass_duties_on(areas)
        return result

    @api.model
    def _pass_duties_on(self, areas):
        """Name anew who is responsible in these villages; the nightly job does it where days decide."""
        villages = areas.filtered(lambda area: area.level == "village")
        if villages:
            # Duties follow from postings; whoever keeps postings need not read them.
            self.env["lbc.duty"].sudo()._assign_users([("area_id", "in", villages.ids)])
