"""Duties of a whole district in a constant number of statements (architecture, idea 5).

Safe to run twice, in parallel, or after days of outage: an advisory lock lets one generator work at
a time, an anti-join leaves alone what is there without burning ids, and the unique index decides
about what another transaction made meanwhile. What an outage left out is caught up from the times
that children were on the ledger (`lbc.duty.run` remembers how far the duties are made). A kind that
fails stops no other one: it is caught up as after an outage once it is mended.
"""

from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...lib import slots
from .duty import SUBJECT_COLUMN
from .duty_evidence_sql import evidence_rows

LOCK = 0x4C4243_01  # "LBC", generator of duties
WORK_MEMORY = "256MB"
PERIODS_MAX = 36  # so many missed periods are caught up at most


class Duty(models.Model):
    _inherit = "lbc.duty"

    @api.model
    def _cron_generate(self):
        """Make what is due in every county with a profile, of all kinds (nightly)."""
        self._lock_generator()
        # One job at a time may hash all children in memory; elsewhere the server's setting holds.
        self.env.cr.execute(SQL("SET LOCAL work_mem = %s", WORK_MEMORY))
        counties = self.env["lbc.profile"].sudo().search([("county_id", "!=", False)])
        failed = {}
        for profiles in counties._alike():
            for kind, where in self._generate_counties(profiles).items():
                failed[kind] = failed.get(kind, where) | where
        self._tell_failed(failed)
        self._assign_users(Domain.TRUE)

    @api.model
    def _generate_counties(self, profiles):
        """Make what is due in the counties of these profiles, also what was missed.

        A constant number of statements for each kind.

        :param profiles: `lbc.profile` that ask for the same, see `_alike`
        :return: {`lbc.duty.kind`: `lbc.profile` of the counties where it failed}
        """
        today = profiles[:1]._today()
        until = self.env["lbc.duty.run"]._until(profiles.county_id)
        kinds = self.env["lbc.duty.kind"]._in_force(profiles[:1], today)
        if self._drop_strange(profiles, today):
            self._forget_cached()
        failed = {}
        for kind in kinds:
            by_day = profiles.grouped(lambda one, kind=kind: until.get((kind.id, one.county_id.id)))
            for day, alike in by_day.items():
                where = self._each_apart(kind, alike, self._generate_kind, today, day)
                if where:
                    failed[kind] = failed.get(kind, where) | where
        self._bring_back(profiles, today)
        return failed

    @api.model
    def _generate_kind(self, kind, profiles, today, until):
        """Make what is due of one kind, see `_generate_counties`.

        :param until: last day (date) for which its duties are made, or None
        """
        if self._may_cease(kind) and self._refit_one(kind, profiles, today):
            self._forget_cached()
            self._prove_open(kind, profiles)
        if kind.period == "event":
            made = self._generate_events(kind, profiles, today)
        else:
            made = self._generate_missing(kind, profiles, today, until)
        self.env["lbc.duty.run"]._remember(kind, profiles.county_id, today)
        if self._begins_anew(kind, until, today):
            self._prove_waiting(kind, profiles, until + timedelta(days=1))
        return made

    @api.model
    def _may_cease(self, kind):
        """Return whether subjects may stop to owe a kind without a step on the ledger (bool).

        They no longer meet its condition, or the place or organisation has ended.
        """
        return bool(kind.subject_domain) or kind.subject_type not in ("child", "household")

    @api.model
    def _generate_missing(self, kind, profiles, today, until):
        """Make the duties of the present period, and of those since the day `until` (or None)."""
        first = min(max(until or today, kind.date_from), today)
        made = 0
        periods = slots.periods_between(kind.period, self._interval(kind), first, today)
        for start, end in periods[-PERIODS_MAX:]:
            left = None
            if until and until < today:
                missed = start > until
                left = SQL(
                    "episode.state = 'exited' AND episode.date_exit > %s AND "
                    "coalesce(episode.date_entry, %s) <= %s AND (%s OR "
                    "coalesce(episode.exit_reason, '') <> 'moved_inside')",
                    start,
                    start,
                    end,
                    missed,
                )
            made += self._generate_period(kind, profiles, today, (start, end), left=left)
        return made

    @api.model
    def _begins_anew(self, kind, until, today):
        """Return whether a period has begun since `until`: evidence may wait for its duties (bool)."""
        settled = self._settled(kind, until)
        return settled is not None and settled < today

    @api.model
    def _interval(self, kind):
        """Return so many periods that belong together; where pace follows risk, months stand alone."""
        return 1 if kind.density == "risk" else kind.interval

    @api.model
    def _generate_period(self, kind, profiles, today, period, only=Domain.TRUE, left=None):
        """Make the duties of a kind in some counties for one period; returns their number (int).

        A subject that has one in the period already is left alone: `_replan` changes what is there.

        :param profiles: `lbc.profile` of the counties; they ask for the same, see `_alike`
        :param period: (first day, last day)
        :param only: `Domain` over the subject's model, for households over `lbc.child`
        :param left: see `_subjects_sql`
        """
        self._lock_generator()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO lbc_duty (%(columns)s)
                SELECT %(values)s
                  FROM (%(subjects)s) home
                  JOIN (VALUES %(slots)s) AS slot(pace, start, stop, begin, due)
                    ON slot.pace = home.pace
                   AND (home.entry <= slot.stop OR slot.stop <@ ANY (home.spells))
                  %(users)s
                 WHERE slot.start <> ALL (coalesce(home.starts, '{}'))
                ON CONFLICT DO NOTHING
                """,
                columns=self._insert_columns(),
                values=self._insert_values(kind),
                subjects=self._subjects_sql(
                    kind, profiles, only, left, self._cover_sql(kind, profiles[:1], period)
                ),
                slots=self._slots_sql(kind, profiles[:1], period),
                users=self._sql_user_joins(SQL("home.area_id"), SQL("home.visitor_id")),
            )
        )
        made = self.env.cr.rowcount
        self._note_made(kind, period[0], made)
        if made:
            self._prove_waiting(kind, profiles, period[0])
        return made

    @api.model
    def _insert_columns(self):
        return SQL(
            """
            kind_id, child_id, household_id, place_id, organization_id, subject_key,
            area_id, township_id, county_id, slot_start, window_start, due_date, subject_count,
            user_id, state, attempt_count, escalation_level,
            create_uid, write_uid, create_date, write_date
            """
        )

    @api.model
    def _insert_values(self, kind):
        return SQL(
            """
            %(kind)s, home.child_id, home.household_id, home.place_id, home.organization_id,
            home.subject_key, home.area_id, home.township_id, home.county_id,
            slot.start, slot.begin, slot.due, home.subject_count, %(user)s, 'open', 0, 0,
            %(uid)s, %(uid)s, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
            """,
            kind=kind.id,
            uid=self.env.uid,
            user=SQL(
                "CASE WHEN %s IN (%s) THEN %s END",
                kind.id,
                self._sql_kinds_of_villages(),
                self._sql_user(),
            ),
        )

    @api.model
    def _slots_sql(self, kind, profile, period):
        """Return SQL rows (pace, start, last day on which it is owed, window, due) of a period."""
        rows = self._slots(kind, profile, period)
        return SQL(", ").join(
            SQL("(%s, %s::date, %s::date, %s::date, %s::date)", *row) for row in rows
        )

    @api.model
    def _slots(self, kind, profile, period):
        """Return [(pace, start, last day on which it is owed, window, due)] of a period."""
        early = timedelta(days=kind.early_days)
        if kind.density == "risk":
            return [
                (pace, start, end, start - early, end)
                for pace in sorted(self._paces(kind, profile))
                for start, end in slots.slots(period[0], pace)
            ]
        value = profile[kind.due_parameter] if kind.due_parameter else kind.due_value
        due = slots.due_day(kind.due_rule, value, *period)
        return [(0, period[0], due, period[0] - early, due)]

    @api.model
    def _cover_sql(self, kind, profile, period):
        """Return SQL of (subject_id, covered, starts): what subjects have already.

        covered: nothing more is due in the period; starts: first days of the slots that have a duty.
        """
        start, end = period
        floor = self._floor(kind, profile, start)
        subject = SQL.identifier(SUBJECT_COLUMN[kind.subject_type])
        there = SQL(
            "lbc_duty WHERE kind_id = %s AND slot_start BETWEEN %s AND %s", kind.id, floor, end
        )
        if not self.env.su:  # the page of one village need not read the county's month
            met = self.env["lbc.child"]._search(Domain.TRUE)
            met = met.subselect("id" if kind.subject_type == "child" else "household_id")
            there = SQL("%s AND %s IN %s", there, subject, met)
        words = {"subject": subject, "start": start, "there": there}
        if floor == start:
            # The nightly job leaves out whoever is covered, however often he stands here.
            words["once"] = SQL("") if self.env.su else SQL("GROUP BY %s", subject)
            return SQL(
                "SELECT %(subject)s AS subject_id, true AS covered, NULL::date[] AS starts "
                "FROM %(there)s %(once)s",
                **words,
            )
        return SQL(  # a slot of several months may reach into this one
            """
            SELECT %(subject)s AS subject_id, array_agg(slot_start) AS starts,
                   bool_or(slot_start >= %(start)s OR state = 'open' AND due_date >= %(start)s
                           OR state = 'done' AND due_date >= %(start)s AND done_on >= %(start)s)
                   AS covered
              FROM %(there)s GROUP BY %(subject)s
            """,
            **words,
        )

    @api.model
    def _note_made(self, kind, day, made):
        """Write down that duties were made."""
        if made:
            self.env["lbc.journal"]._note(
                "create", self._name, reason=f"{made} × {kind.code} {day}"
            )
            self._forget_cached()

    @api.model
    def _prove_waiting(self, kind, profiles, since):
        """Let what was filed before the duty was made resolve it."""
        if (
            not kind.evidence_model
            or kind.subject_type not in self.env[kind.evidence_model]._evidence_subjects
        ):
            return self.browse()
        early = since - timedelta(days=kind.early_days)
        rows = SQL(
            "SELECT r.id, r.day, r.subject_id FROM (%s) r WHERE r.day >= %s",
            evidence_rows(kind, Domain("county_id", "in", profiles.county_id.ids)),
            early,
        )
        return self._prove(kind, rows)

    @api.model
    def _lock_generator(self):
        """Wait until no other transaction makes duties.

        Whoever waited does not see the other's rows (REPEATABLE READ): his statement meets them in
        the unique index, which ends it as a serialization failure, and Odoo begins the request anew.
        """
        self.env.cr.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
