"""What a kind of duty would mean, shown while it is written: how many would be due now (B-3.1d)."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...lib import slots
from .duty_kind import SUBJECTS

FEW = 10  # who does not work with duties learns only whether there are so many


class DutyKind(models.Model):
    _inherit = "lbc.duty.kind"

    preview = fields.Char("Due Now", compute="_compute_preview")

    @api.depends(
        *("subject_type", "subject_domain", "profile_ids", "period", "interval", "event_date"),
        *("date_from", "due_rule", "due_value", "due_parameter", "density"),
    )
    @api.depends_context("lang", "uid")
    def _compute_preview(self):
        writes = self.env.su or self.env.user.has_group(self._default_write_group)
        for kind in self:
            asked = writes and kind.subject_type and kind.period
            kind.preview = kind._preview() if asked else False

    def _preview(self):
        """Return a sentence: how many duties of this kind belong to the present period."""
        if self.period == "event":
            return self.env._("Made when the event happens.")
        try:
            self._check_domain("subject_domain", SUBJECTS[self.subject_type])
        except ValidationError as error:
            return str(error)
        due, count = self._count_due()
        if not due:
            return self.env._("It holds in no district. Look at “Valid in”.")
        return self.env._(
            "Now this would be %(count)s, the last of them due on %(due)s.",
            count=self._about(count),
            due=fields.Date.to_string(due),
        )

    def _count_due(self):
        """Return (last due day, number) of the duties of the present period in all districts."""
        duties = self.env["lbc.duty"].sudo()  # a number only; see `_about` for who reads it
        kind = self.sudo()
        last, count = None, 0
        for profile in self.env["lbc.profile"].sudo().search([("county_id", "!=", False)]):
            if not kind._valid_in(profile):
                continue
            today = fields.Date.context_today(self.with_context(tz=profile.time_zone))
            day = max(today, self.date_from or today)
            period = slots.period(self.period, duties._interval(kind) or 1, day)
            rows = duties._slots(kind, profile, period)
            last = max(filter(None, (last, *(row[4] for row in rows))))
            [[found]] = self.env.execute_query(
                SQL(
                    """
                    SELECT count(*) FROM (%s) home
                      JOIN (VALUES %s) AS slot(pace, start, stop, begin, due)
                        ON slot.pace = home.pace AND home.entry <= slot.stop
                    """,
                    duties._subjects_sql(kind, profile),
                    duties._slots_sql(kind, profile, period),
                )
            )
            count += found
        return last, count

    def _about(self, count):
        """Return how many (str).

        Who does not work with duties learns one thing only, so that no condition tells a child apart.
        """
        if self.env.user.has_group("left_behind_children.group_duty_read"):
            return self.env._("%(count)s duties", count=count)
        if count < FEW:
            return self.env._("fewer than %(count)s duties", count=FEW)
        return self.env._("%(count)s duties or more", count=FEW)
