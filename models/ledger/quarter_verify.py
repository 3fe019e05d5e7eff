"""Verifying all reports of a quarter, by a button and every night (idea 6): what differs reaches the data officer."""

from markupsafe import Markup

from odoo import api, models

from .submission_version_verify import verdict

TOLD = 20  # differences in one message; the number says how many there are
QUARTERS = 2  # verified every night: the running and the last one


class Quarter(models.Model):
    _inherit = "lbc.quarter"

    def action_verify(self):
        """Compute the quarter's reports that the user may see again, and say what differs."""
        self.ensure_one()
        self.check_access("read")
        self._require_group("ledger_rows")
        submissions = self.env["lbc.submission"].search([("quarter_id", "=", self.id)])
        whole = self.ids if self.env.user._lbc_scope()[0] == "county" else ()
        found = submissions.sudo()._verify(
            whole
        )  # whole reports, of which the user may have a part
        text = self.env._(
            "Versions, rows, changes, files, steps and receipts of %(count)s reports agree with "
            "each other and with the journal.",
            count=len(submissions),
        )
        return verdict(self.env, found, text)

    @api.model
    def _cron_verify(self):
        """Verify the newest quarters of every county, and tell its data officers what differs (nightly)."""
        for profile in self.env["lbc.profile"].search([("county_id", "!=", False)]):
            officers = self._data_officers(profile)
            spoken = self.with_context(lang=officers[:1].lang or self.env.lang)
            county = [("county_id", "=", profile.county_id.id)]
            quarters = spoken.search(county, order="cutoff desc", limit=QUARTERS)
            found = quarters.submission_ids._verify(quarters.ids)
            if found:
                spoken._tell(officers, profile, found)

    @api.model
    def _data_officers(self, profile):
        """Return the data officers (`res.users`) of a profile's county."""
        role = self.env.ref("left_behind_children.role_data_officer")
        officers = self.env["res.users"].search([("group_ids", "in", role.ids)])
        seals = self.env["lbc.journal.seal"]
        return officers.filtered(lambda one: seals._profile_of(one) == profile)

    @api.model
    def _tell(self, officers, profile, found):
        """Send the data officers what differs (list of str)."""
        first = self.env._(
            "%(count)s differences were found when the quarterly reports were verified. Leave the "
            "database as it is, and have it looked at:",
            count=len(found),
        )
        lines = Markup().join(Markup("<li>%s</li>") % one for one in found[:TOLD])
        profile.with_context(lang=self.env.lang).message_notify(
            partner_ids=officers.partner_id.ids,
            subject=self.env._("Quarterly reports are not as reported"),
            body=Markup("<p>%s</p><ul>%s</ul>") % (first, lines),
        )
