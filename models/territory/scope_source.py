"""What decides whose records somebody meets: with every change the rules are asked anew."""

from odoo import api, models


class ScopeSource(models.AbstractModel):
    """Base of postings, assignments and the like, from which cached rule domains are made."""

    _name = "lbc.scope.source"
    _description = "Source of Scopes"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
