"""Facts elsewhere that make a key child: the household's economy, health, the profile, the category (B-4.3g)."""

from odoo import api, models
from odoo.tools import SQL

SWITCHES = {"key_hardship", "key_disability", "key_girl", "county_id"}
DISABILITY = {"child_id", "date", "condition", "disability_kind", "disability_level"}


class Household(models.Model):
    _inherit = "lbc.household"

    def write(self, vals):
        result = super().write(vals)
        if "economy" in vals:
            self.env["lbc.child"]._sync_key_tags_where(
                SQL("child.household_id = ANY(%s)", self.ids)
            )
        return result


class Health(models.Model):
    _inherit = "lbc.health"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records.sudo().child_id._sync_key_tags()
        return records

    def write(self, vals):
        children = self.sudo().child_id
        result = super().write(vals)
        if DISABILITY & vals.keys():
            (children | self.sudo().child_id)._sync_key_tags()
        return result

    def unlink(self):
        children = self.sudo().child_id
        result = super().unlink()
        children.exists()._sync_key_tags()
        return result


class Profile(models.Model):
    _inherit = "lbc.profile"

    @api.model_create_multi
    def create(self, vals_list):
        profiles = super().create(vals_list)
        profiles._set_key_children()
        return profiles

    def write(self, vals):
        result = super().write(vals)
        if SWITCHES & vals.keys():
            self._set_key_children()
        return result

    def _set_key_children(self):
        """Set the categories of the counties' children by the present switches (§C.6 case 21)."""
        counties = self.sudo().county_id
        if counties:
            self.env["lbc.child"]._sync_key_tags_where(
                SQL("child.county_id = ANY(%s)", counties.ids)
            )


class KeyTag(models.Model):
    _inherit = "lbc.key.tag"

    def write(self, vals):
        result = super().write(vals)
        if {"is_key", "active"} & vals.keys():
            children = self.env["lbc.child"].sudo().with_context(active_test=False)
            if "active" in vals:
                children._sync_key_tags_where(SQL("true"))
            children._risk_changed(children.search([("tag_ids", "in", self.ids)]).ids)
        return result


class CensusImport(models.Model):
    _inherit = "lbc.census.import"

    def _write_rows(self, rows):
        # Written below the ORM, where no child tells that its facts are new.
        result = super()._write_rows(rows)
        self.env["lbc.child"]._sync_key_tags_where(SQL("child.county_id = %s", self.county_id.id))
        return result
