"""The one door to files outside the area: noted, counted against the hour's limit, told by masks (§C.6 case 8)."""

from odoo import api, models
from odoo.exceptions import UserError

MODULE = "left_behind_children"


class Child(models.Model):
    _inherit = "lbc.child"

    @api.model
    def _note_lookup(self, model="lbc.child", ids=()):
        """Write a search outside the area into the journal, and refuse more than the hour's number.

        :param model: name of the model that was searched
        :param ids: ids of what was found and told
        :raises UserError: too many searches within the last hour
        """
        if self.env.su:
            return
        county = self.env.user._lbc_counties()[:1]
        limit = self.env["lbc.profile"]._for_county(county).lookups_per_hour
        journal = self.env["lbc.journal"]
        journal._flush_notes()
        done = journal._lookups_done()
        if done < limit and journal._takes_turns(done + 1, limit):
            with journal._apart() as apart:
                done = max(done, apart._lookups_done())
        if done >= limit:
            raise UserError(
                self.env._(
                    "You have searched outside your area %(count)s times within an hour. Wait, or "
                    "ask the township that keeps the file.",
                    count=done,
                )
            )
        journal._note("lookup", model, ids, groups=("identity",))

    @api.model
    def _note_failed_lookup(self, model="lbc.child", ids=()):
        """Note a search that ends in a refusal: the row stays although the rest is rolled back.

        :raises UserError: too many searches within the last hour
        """
        with self.env["lbc.journal"]._apart() as apart:
            apart.env["lbc.child"]._note_lookup(model, ids)
            apart._flush_notes()

    @api.model
    def _may_be_told(self):
        """Return whether the user may be told of files outside his area (bool): searchers, who enter files."""
        user = self.env.user
        return self.env.su or any(
            user.has_group(f"{MODULE}.group_{name}") for name in ("break_glass", "registry_write")
        )

    def _split_by_reach(self):
        """Return (children whom the user may open anyway, the others), both as superuser."""
        inside = self.sudo(False)._filtered_access("read").sudo()
        return inside, self.sudo() - inside

    def _was_told(self):
        """Return whether the user has been told of all these children within the hour (bool)."""
        journal = self.env["lbc.journal"]
        journal._flush_notes()
        return journal._told_of(self.ids) == set(self.ids)
