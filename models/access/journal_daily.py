"""The check code of each day leaves the database: a message to every data officer (architecture, ideas 6 and 7)."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from odoo import api, models
from odoo.fields import Domain

from .journal_seal import ZONE


class JournalSeal(models.Model):
    _inherit = "lbc.journal.seal"

    @api.model
    def _cron_daily(self):
        """Close yesterday and tell its check code (hourly; does something once a day)."""
        closed = self._close_day()
        if closed:
            closed._tell_data_officers()

    def _tell_data_officers(self):
        """Send each data officer the number of the day's rows of his county and the check code."""
        self.ensure_one()
        role = self.env.ref("left_behind_children.role_data_officer")
        for officer in self.env["res.users"].sudo().search([("group_ids", "in", role.ids)]):
            profile = self._profile_of(officer)
            if not profile:
                continue
            self = self.with_context(lang=officer.lang)  # noqa: PLW0642
            profile.with_context(lang=officer.lang).message_notify(
                partner_ids=officer.partner_id.ids,
                subject=self.env._(
                    "Journal of %(day)s: %(code)s", day=self.day, code=self.check_code
                ),
                body=self._message_of(officer, profile),
            )

    def _profile_of(self, officer):
        """Return the profile (sudo, 0 or 1 record) of the county in which a user works."""
        posting = officer._lbc_acting_posting()
        county = posting.area_ids[:1].county_id or posting.organization_id.county_id
        return self.env["lbc.profile"].sudo().search([("county_id", "=", county.id or -1)], limit=1)

    def _message_of(self, officer, profile):
        """Return the text (Markup) of the message to an officer."""
        # The officer's own record rules say which rows are his county's.
        journal = self.env["lbc.journal"].with_user(officer)
        count = journal.search_count(journal._on_day(self.day, profile.time_zone))
        text = self.env._(
            "On %(day)s the journal received %(count)s rows. Check code of the day's last seal, "
            "number %(number)s:",
            day=self.day,
            count=count,
            number=self.number,
        )
        keep = self.env._(
            "Keep this message outside the system. “Verify the Journal” compares the code."
        )
        return Markup("<p>%s</p><p><b>%s</b></p><p>%s</p>") % (text, self.check_code, keep)


class Journal(models.Model):
    _inherit = "lbc.journal"

    @api.model
    def _on_day(self, first, zone, last=None):
        """Return the domain of the rows of the days `first` to `last` (dates) in a time zone."""
        zone, utc = ZoneInfo(zone or ZONE), ZoneInfo("UTC")
        start = datetime.combine(first, time.min, zone)
        end = datetime.combine((last or first) + timedelta(days=1), time.min, zone)
        start, end = (one.astimezone(utc).replace(tzinfo=None) for one in (start, end))
        return Domain("at", ">=", start) & Domain("at", "<", end)
