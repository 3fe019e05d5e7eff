"""Verifying what stands on the report itself: when it came, which version counts, its numbers (idea 6).

A report's own row is written as long as the quarter goes on. Everything in it follows from its versions and steps, so
it is computed from them again; the first time of submitting is held by the database as well.
"""

from psycopg2 import errors

from odoo import api, models

from ...lib import periods
from ..access.append_only import REFUSE, append_only

# What a report's own row repeats from the version that was made last.
REPEATED = {
    "opening_count": "opening_count",
    "joined_count": "joined_count",
    "left_count": "left_count",
    "moved_in_count": "moved_in_count",
    "moved_out_count": "moved_out_count",
    "changed_count": "changed_count",
    "child_count": "closing_count",
    "submitted_at": "submitted_at",
    "submitted_by": "submitted_by",
    "township_id": "township_id",
    "organization_id": "organization_id",
    "county_id": "county_id",
}
STATES = {
    None: ("filling", "checked"),
    "submitted": ("submitted",),
    "received": ("received",),
    "returned": ("returned", "checked"),
    "closed": ("closed",),
}
# Once a unit has submitted, it has, then, for this quarter.
ONCE_SUBMITTED = (
    "lbc_append_only_submitted",
    f"""
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.first_submitted_at IS NULL OR (
               (NEW.id, NEW.first_submitted_at, NEW.quarter_id, NEW.county_id, NEW.cutoff)
               IS NOT DISTINCT FROM
               (OLD.id, OLD.first_submitted_at, OLD.quarter_id, OLD.county_id, OLD.cutoff)
               AND NEW.township_id IS NOT DISTINCT FROM OLD.township_id
               AND NEW.organization_id IS NOT DISTINCT FROM OLD.organization_id) THEN
            RETURN NEW;
        END IF;
    ELSIF TG_OP = 'DELETE' THEN
        IF OLD.first_submitted_at IS NULL THEN
            RETURN OLD;
        END IF;
    END IF;
    {REFUSE}
END
""",
)


class Submission(models.Model):
    _inherit = "lbc.submission"
    _append_only = ONCE_SUBMITTED

    def _verify(self, quarters=()):
        """Return what differs (list of str) of these reports, all their versions, steps, copies and receipts.

        :param quarters: ids of quarters of which these are all reports: one that is gone counts too
        """
        versions = self.version_ids
        versions._begin_verifying()
        return [
            *versions._version_differences(),
            *self._differences(quarters),
            *versions._trigger_differences(),
        ]

    def _differences(self, quarters=()):
        """Return what differs (list of str) in these reports' own rows and in the journal."""
        own = [(one, one._own_difference()) for one in self]
        found = [f"{one.display_name}: {text}" for one, text in own if text]
        return found + self._proof_differences(quarters)

    def _own_difference(self):
        """Return the first field (str) that is not what the versions and steps say, or None."""
        for name, expected in self._expected().items():
            value = self[name]
            if value != expected:
                field = self._fields[name]
                return self.env._(
                    "“%(field)s” says %(said)s; by the versions and steps it is %(expected)s.",
                    field=field._description_string(self.env),
                    said=field.convert_to_display_name(value, self) or "–",
                    expected=field.convert_to_display_name(expected, self) or "–",
                )
        states = STATES[self._known_steps()[-1:].kind or None]
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            return self.env._(
                "the state says “%(state)s”, the steps say “%(step)s”.",
                state=labels.get(self.state, self.state),
                step=labels[states[0]],
            )
        return None

    def _known_steps(self):
        return self.step_ids.sorted("id").filtered(lambda one: one.kind in STATES)

    def _expected(self):
        """Return {field: value} of all that follows from versions and steps."""
        versions = self.version_ids.sorted("number")
        first, last = versions[:1], versions[-1:]
        on_time = self._was_on_time(first)
        expected = {
            "first_submitted_at": min(versions.mapped("submitted_at"), default=False),
            "current_version_id": last,
            "is_on_time": on_time,
            "expected": 1,
            "reported": int(bool(first)),
            "received": int(self._known_steps()[-1:].kind == "received"),
            "on_time": int(on_time),
            "reporting_rate": 100.0 * bool(first),
            "on_time_rate": 100.0 * on_time,
        }
        if last:
            expected |= {name: last[source] for name, source in REPEATED.items()}
            expected["cutoff"] = self._expected_cutoff(last)
        received = self._known_steps().filtered(lambda one: one.kind == "received")
        expected["accepted_version_id"] = received[-1:].version_id
        if self.state in ("submitted", "received"):
            now = received[-1:] if self.state == "received" else received.browse()
            expected |= {"received_at": now.done_at, "received_by": now.done_by}
        zone = self.env["lbc.profile"]._for_county(self.quarter_id.county_id).time_zone
        for name in ("first_submitted", "received"):
            moment = expected.get(f"{name}_at", self[f"{name}_at"])
            expected[f"{name}_on"] = moment and periods.local_date(moment, zone)
        return expected

    def _expected_cutoff(self, version):
        """Return the cut-off (date) that follows from a version: its day, or the quarter's where it came earlier."""
        zone = self.env["lbc.profile"]._for_county(self.quarter_id.county_id).time_zone
        early = periods.local_date(version.submitted_at, zone) <= version.cutoff
        return self.quarter_id.cutoff if early else version.cutoff

    @api.model
    def _sql_error_to_message(self, exc):
        if isinstance(exc, errors.RestrictViolation) and not exc.diag.constraint_name:
            return self.env._(
                "A report that was submitted stays, and with it when it first came and for what."
            )
        return super()._sql_error_to_message(exc)

    def init(self):
        """Let the database itself refuse that a report was submitted at another time."""
        append_only(self.env.cr, self._table, *self._append_only)
