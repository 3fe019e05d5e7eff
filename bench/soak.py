"""`make soak`: a year of 10,000 children, against a slow reference; prints figures, fails on any difference.

Children enter, return, leave, die, move; risk changes; visits are filed in time, late or never; directors are away and
others stand in; the nightly job runs twice at once, fails for three days, and over the end of a month. At the end of
each month every household has exactly the duties of the reference (`tests/duties/reference.py`), none is orphaned or
there twice, each names who is responsible that day, and the month's statistics are those of the reference.
ARGS="90 2000" plays ninety days of 2,000 children.
"""

import logging
import random
import sys
import threading
from collections import Counter
from datetime import date, timedelta

from freezegun import freeze_time
from freezegun.api import real_perf_counter as clock
from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api

from odoo.addons.left_behind_children.tests.duties.reference import DAY, Reference, month_of

from bench import population, province
from bench.soak_leave import Directors

FIRST = date(2027, 1, 1)
PACES = {"high": 4, "medium": 2, "low": 1, None: 1}
OUTAGES = [(date(2027, 3, 11), 3), (date(2027, 5, 30), 4)]  # three days; over the end of a month


class Year:
    """The district, played by the product and by the reference at once."""

    def __init__(self, env, children):
        self.env, self.dice, self.figures = env, random.Random(2025), {}
        self.reference = Reference()
        self.county = settle(env, children)
        self.villages = env["lbc.area"].search(
            [("county_id", "=", self.county.id), ("level", "=", "village")]
        )
        self.directors = Directors(env, self.villages, self.dice)
        env.cr.execute(
            "SELECT id, household_id, risk_level FROM lbc_child WHERE state = 'on_ledger' ORDER BY id"
        )
        self.here, self.gone = [], []
        for child, home, level in env.cr.fetchall():
            self.reference.enter(child, home, FIRST, PACES[level])
            self.here.append(child)

    def count(self, name, number=1):
        self.figures[name] = self.figures.get(name, 0) + number

    def day(self, day):
        """Play one day: steps of single children, a round of visits, the night."""
        for what, often in (("risk", 6), ("leave", 3), ("return", 2), ("move", 2), ("absence", 1)):
            for _time in range(self.dice.randint(0, often)):
                getattr(self, f"_{what}")(day)
        self._visits(day)
        self.env.cr.commit()
        # In these nights the job does not run at all.
        if not any(first <= day < first + ahead * DAY for first, ahead in OUTAGES):
            self._night(day)

    def _pick(self, children):
        return self.env["lbc.child"].browse(children[self.dice.randrange(len(children))])

    def _risk(self, day):
        child, level = self._pick(self.here), self.dice.choice(("high", "medium", "low"))
        child.risk_level = level
        self.env["lbc.duty"]._replan(child)
        self.reference.change_pace(child.id, PACES[level], day)
        self.count("changes of risk")

    def _leave(self, day):
        child = self._pick(self.here)
        if self.reference.kids[child.id].entry == day:
            return
        reason = self.dice.choice(("dead", "other", "parent_returned"))
        child._propose_exit(reason, day, "离开")
        child.action_confirm_exit()
        self.reference.leave(child.id, day, day)
        self.here.remove(child.id)
        if reason != "dead":
            self.gone.append((child.id, day))
        self.count("exits" if reason != "dead" else "deaths")

    def _return(self, day):
        if not self.gone or self.gone[0][1] == day:
            return
        child = self.env["lbc.child"].browse(self.gone.pop(0)[0])
        child._return(day, "返回")
        pace = PACES[child.risk_level or None]
        self.reference.enter(child.id, child.household_id.id, day, pace)
        self.here.append(child.id)
        self.count("returns")

    def _move(self, day):
        child = self._pick(self.here)
        if self.reference.kids[child.id].entry == day:
            return
        village = self.dice.choice(self.villages - child.area_id)
        transfer = self.env["lbc.transfer"]._propose(child, village, day, "搬家")
        if transfer.state == "proposed":
            transfer.action_accept()
        self.reference.move(child.id, child.household_id.id, day)
        self.count("moves")

    def _absence(self, day):
        if self.directors.leave(day):
            self.count("leaves of directors")

    def _visits(self, day):
        """File the round of the day: one in twenty-five families, some for a day before."""
        homes = [home for home in self.reference.homes() if self.reference.on_ledger(home)]
        chosen = sorted(self.dice.sample(homes, len(homes) // 25))
        days = [max(FIRST, day - self.dice.choice((0, 0, 0, 1, 5, 20)) * DAY) for _home in chosen]
        self.env.cr.execute(
            """
            INSERT INTO lbc_visit (household_id, area_id, township_id, county_id, date, channel, state,
                                   visitor_id, create_uid, write_uid, create_date, write_date)
            SELECT h.id, h.area_id, h.township_id, h.county_id, v.day, 'village', 'submitted',
                   %(uid)s, %(uid)s, %(uid)s, now(), now()
              FROM unnest(%(homes)s, %(days)s::date[]) AS v(home, day)
              JOIN lbc_household h ON h.id = v.home ORDER BY h.id
            RETURNING id, household_id, date
            """,
            {"uid": self.env.uid, "homes": chosen, "days": days},
        )
        rows = self.env.cr.fetchall()
        self.env["lbc.visit"].browse([row[0] for row in rows])._prove_duties()
        for number, home, when in rows:
            self.reference.visit(number, home, when)
        self.count("visits", len(rows))

    def _night(self, day):
        """The nightly job, begun twice at once on each tenth day and twice in a row on others."""
        began = clock()
        if day.day % 10 == 0:
            rivals = [threading.Thread(target=self._rival) for _serial in range(2)]
            for rival in rivals:
                rival.start()
            for rival in rivals:
                rival.join()
            self.env.cr.rollback()  # a new look at what they wrote
            self.env.invalidate_all()
        else:
            for _time in range(self.dice.choice((1, 1, 2))):
                self.env["lbc.duty"]._cron_generate()
            self.env.cr.commit()
        self.count("nights")
        self.figures["longest night"] = max(
            self.figures.get("longest night", 0), round(clock() - began, 2)
        )
        self.reference.night(day)

    def _rival(self):
        """Run the job in a transaction of its own, again if the other one came first."""
        for _attempt in range(3):
            with self.env.registry.cursor() as cr:
                try:
                    api.Environment(cr, SUPERUSER_ID, {})["lbc.duty"]._cron_generate()
                    cr.commit()
                    return
                except SerializationFailure:
                    cr.rollback()
                    self.count("began anew")

    def compare(self, day):
        """Stop with an error unless all duties are those of the reference."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT household_id, slot_start, due_date, state, done_on FROM lbc_duty "
            "WHERE state <> 'cancelled' AND household_id IS NOT NULL"
        )
        found = {}
        for home, *row in self.env.cr.fetchall():
            found.setdefault(home, []).append(tuple(row))
        picture = {home: sorted(rows, key=str) for home, rows in found.items()}
        wanted = self.reference.picture()
        wrong = [home for home in {*picture, *wanted} if picture.get(home) != wanted.get(home)]
        self.env.cr.execute(
            """
            SELECT count(*) FROM lbc_duty d JOIN lbc_household h ON h.id = d.household_id
             WHERE d.state = 'open' AND (
                   d.area_id <> h.area_id OR d.due_date >= %s AND NOT EXISTS (
                       SELECT 1 FROM lbc_child c WHERE c.household_id = h.id AND
                              c.state IN ('on_ledger', 'transferring', 'exit_pending')))
            """,
            [day],
        )
        [orphans] = self.env.cr.fetchone()
        rows = sum(map(len, picture.values()))
        strangers, miscounted = self._strangers(day), self._miscounted(wanted, day)
        print(
            f"{day}: {rows:,} duties, {len(wrong)} households differ, {orphans} orphans, "
            f"{strangers} in wrong hands, {miscounted} numbers of statistics differ",
            flush=True,
        )
        if wrong or orphans or strangers or miscounted:
            for home in wrong[:3]:
                print(home, picture.get(home), wanted.get(home), sep="\n  ")
            sys.exit("error: the duties are not those of the reference.")

    def _strangers(self, day):
        """Return how many open duties name somebody else than who is responsible on the day."""
        self.env.cr.execute(
            "SELECT area_id, user_id FROM lbc_duty WHERE state = 'open' AND household_id IS NOT NULL"
        )
        rows = self.env.cr.fetchall()
        return sum(user != self.directors.responsible(village, day) for village, user in rows)

    def _miscounted(self, wanted, day):
        """Return how many numbers of the statistics differ from those counted from the reference."""
        counted = Counter()
        for rows in wanted.values():
            months = {}
            for _start, due, state, done_on in rows:
                months.setdefault(due.replace(day=1), []).append((due, state, done_on))
            for month, own in months.items():
                done = [(due, on) for due, state, on in own if state == "done"]
                counted[month, "due_count"] += 1
                counted[month, "visited_count"] += bool(done)
                counted[month, "late_count"] += any(on > due for due, on in done)
                counted[month, "overdue_count"] += any(
                    state == "open" and due < day for due, state, _on in own
                )
                counted[month, "due_times"] += len(own)
                counted[month, "done_times"] += len(done)
        names = ("due_count", "visited_count", "late_count", "overdue_count")
        names += ("due_times", "done_times")
        found = Counter()
        for month, *sums in self.env["lbc.visit.report"]._read_group(
            [], ["month:month"], [f"{name}:sum" for name in names]
        ):
            found.update({(month, name): number for name, number in zip(names, sums, strict=True)})
        return sum(found[key] != counted[key] for key in {*found, *counted})


def settle(env, children):
    """Make the children, all in one county, on its ledger since the first day; returns the county."""
    province.build(env)
    population.grow(env, children)
    env.cr.execute(
        "SELECT county_id FROM lbc_area WHERE level = 'village' GROUP BY 1 ORDER BY count(*) DESC"
    )
    county = env["lbc.area"].browse(env.cr.fetchone()[0])
    env.cr.execute(
        """
        WITH place AS (SELECT id, township_id, county_id, row_number() OVER (ORDER BY id) - 1 AS number,
                              count(*) OVER () AS total
                         FROM lbc_area WHERE level = 'village' AND county_id = %s)
        UPDATE lbc_household h SET area_id = p.id, township_id = p.township_id, county_id = p.county_id
          FROM place p WHERE p.number = h.id %% p.total
        """,
        [county.id],
    )
    env.cr.execute(
        "UPDATE lbc_child c SET area_id = h.area_id, township_id = h.township_id, "
        "county_id = h.county_id, state = 'on_ledger', date_entry = %s FROM lbc_household h "
        "WHERE h.id = c.household_id",
        [FIRST],
    )
    env.cr.execute(
        "INSERT INTO lbc_episode (child_id, area_id, township_id, county_id, state, entry_kind, date_entry) "
        "SELECT id, area_id, township_id, county_id, 'on_ledger', 'new', date_entry FROM lbc_child"
    )
    env.cr.execute(
        "UPDATE lbc_child c SET episode_id = e.id FROM lbc_episode e WHERE e.child_id = c.id"
    )
    env["lbc.profile"].search([("county_id", "!=", county.id), ("is_preset", "=", False)]).unlink()
    # The reference knows risk only: nobody is a key child by facts here.
    own = env["lbc.profile"]._for_county(county)
    own.write({"key_hardship": False, "key_disability": False, "key_girl": False})
    env.cr.commit()
    env.invalidate_all()
    return county


def main(env, words):
    """Play so many days (366 by default: a year) of so many children (10,000)."""
    days, children = (int(word) for word in (*words, *("365", "10000")[len(words) :]))
    logging.getLogger("odoo.sql_db").setLevel(logging.CRITICAL)  # rivals meet, as they are meant to
    began = clock()
    year = Year(env, children)
    for ahead in range(days):
        day = FIRST + timedelta(days=ahead)
        with freeze_time(day):
            year.day(day)
            if day == month_of(day)[1] or ahead == days - 1:
                if any(first <= day < first + length * DAY for first, length in OUTAGES):
                    continue  # planned when the job runs again
                year.compare(day)
    year.figures["minutes"] = round((clock() - began) / 60, 1)
    for name, number in year.figures.items():
        print(f"{name}: {number:,}")


main(env, sys.argv[1:])  # noqa: F821 - Odoo's shell gives `env`
