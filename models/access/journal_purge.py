"""Purging past retention (§B.14: at least three years): whole seals, after verifying, with a seal of its own."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .append_only import trigger_name
from .profile import JOURNAL_YEARS_MIN


class JournalSeal(models.Model):
    _inherit = "lbc.journal.seal"

    @api.model
    def _purgeable(self):
        """Return the seals (sudo) whose rows are older than retention and still there.

        The longest retention of all counties of the database counts.
        """
        profiles = self.env["lbc.profile"].sudo().search([("county_id", "!=", False)])
        years = max([JOURNAL_YEARS_MIN, *profiles.mapped("journal_retention_years")])
        limit = fields.Datetime.now() - relativedelta(years=years)
        younger = self.sudo().search([("sealed_at", ">=", limit)], order="number", limit=1)
        domain = [("number", ">", self._purged_to())]
        if younger:
            domain.append(("number", "<", younger.number))
        return self.sudo().search(domain, order="number")

    @api.model
    def _purged_to(self):
        """Return the number of the last seal whose rows were purged, 0 if none was."""
        return self.sudo().search([], order="purged_to desc", limit=1).purged_to

    @api.model
    def _purge(self, reason):
        """Delete the rows of purgeable seals and seal that; returns how many rows (int).

        :param reason: text, kept in the seal and in the journal
        :raises UserError: nothing is old enough, another sealer works, or the journal is not sound
        """
        if not self._lock_sealer():
            raise UserError(self.env._("The journal is being sealed. Try again in a minute."))
        seals = self._purgeable()
        if not seals:
            raise UserError(
                self.env._("No seal is older than retention: there is nothing to purge.")
            )
        if findings := self._verify():
            raise UserError(
                self.env._(
                    "The journal is not sound, and evidence is not purged. Clear up first:\n"
                    "%(findings)s",
                    findings="\n".join(text for _kind, text in findings),
                )
            )
        first, last = seals[0].number, seals[-1].number
        count = self._delete_rows(first, last)
        note = f"{first}-{last}, {count} rows, {self.env.user.login}: {reason}"
        self._add("purge", purged_to=last, note=note)
        self.env["lbc.journal"]._note("purge", self._name, seals.ids, reason=note)
        return count

    def _delete_rows(self, first, last):
        """Delete the rows of these seals; the trigger is off for this statement only."""
        name = SQL.identifier(trigger_name("lbc_journal", "row"))
        self.env.cr.execute(SQL("ALTER TABLE lbc_journal DISABLE TRIGGER %s", name))
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM lbc_journal entry
                 USING (SELECT unnest(row_ids) AS id FROM lbc_journal_seal
                         WHERE number BETWEEN %s AND %s) listed
                 WHERE entry.id = listed.id
                """,
                first,
                last,
            )
        )
        count = self.env.cr.rowcount
        self.env.cr.execute(SQL("ALTER TABLE lbc_journal ENABLE TRIGGER %s", name))
        self.env["lbc.journal"].invalidate_model()
        return count
