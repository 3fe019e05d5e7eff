"""The plan of visit duties once more, slowly and obviously: day by day, family by family, in plain Python.

Written from the rules of the plan (domain.md §C.4, §C.6 cases 1, 5, 7, 11), not from the statements: tests and
`make soak` compare both. A row is what the database calls a duty.
"""

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta

DAY = timedelta(days=1)


def month_of(day):
    """Return (first, last) day of the month."""
    last = calendar.monthrange(day.year, day.month)[1]
    return day.replace(day=1), day.replace(day=last)


def cut(day, pace):
    """Return the slots [(start, stop)] of a month that is cut into `pace` parts."""
    first, last = month_of(day)
    days = last.day
    edges = [first + timedelta(days=days * part // pace) for part in range(pace + 1)]
    return [(start, after - DAY) for start, after in zip(edges, edges[1:], strict=False)]


@dataclass(eq=False)
class Kid:
    """A child: its home, how often it is due to be visited, and its times on the ledger."""

    home: int
    pace: int = 1
    entry: date | None = None  # while it is on the ledger
    past: list = field(default_factory=list)  # (entry, leave, whether it moved inside the district)


@dataclass(eq=False)
class Row:
    """A duty."""

    start: date
    due: date
    state: str = "open"
    done_on: date | None = None
    reason: str = ""
    evidence: int = 0
    moved_on: date | None = None  # day on which everybody moved out, and the duty was cancelled


class Reference:
    """A district of families, and what has to be done for them."""

    def __init__(self):
        self.kids = {}
        self.families = {}  # home: [Kid]
        self.rows = {}  # home: [Row]
        self.visits = {}  # home: [[number, day, whether it has proved something]]
        self.last_run = None

    # -- what is true of a family

    def on_ledger(self, home):
        return [kid for kid in self.families.get(home, []) if kid.entry]

    def homes(self):
        return sorted(self.families)

    def live(self, kid, home):
        if kid in self.families.get(kid.home, []):
            self.families[kid.home].remove(kid)
        kid.home = home
        self.families.setdefault(home, []).append(kid)

    def open_rows(self, home):
        return [row for row in self.rows.get(home, []) if row.state == "open"]

    # -- what happens

    def enter(self, number, home, day, pace):
        kid = self.kids.setdefault(number, Kid(home))
        self.live(kid, home)
        kid.entry, kid.pace = day, pace
        self.replan(home, day)

    def leave(self, number, left_on, day):
        kid = self.kids[number]
        kid.past.append((kid.entry, left_on, False))
        kid.entry = None
        self.cancel_without_child(kid.home)
        self.replan(kid.home, day)

    def change_pace(self, number, pace, day):
        self.kids[number].pace = pace
        self.replan(self.kids[number].home, day)

    def move(self, number, home, day):
        kid = self.kids[number]
        old = kid.home
        kid.past.append((kid.entry, day, True))
        kid.entry = None
        self.live(kid, home)
        self.come_back(home, day)
        if not self.on_ledger(old):
            self.hand_over(old, home, day)
        kid.entry = day
        for one in (old, home):  # another child may set another pace in either
            self.replan(one, day)

    def come_back(self, home, day):
        """Open again what was cancelled when everybody moved out, if it lies ahead or they are back within a month."""
        for row in self.rows.get(home, []):
            recent = row.moved_on and row.moved_on >= day - 31 * DAY
            if row.state == "cancelled" and row.reason == "moved" and (row.due >= day or recent):
                row.state, row.reason = "open", ""
        self.prove(home)

    def hand_over(self, old, new, day):
        own = list(self.rows.setdefault(new, []))
        for row in self.open_rows(old):
            taken = any(
                other.start == row.start
                or (
                    other.state != "cancelled" and other.start <= row.due and other.due >= row.start
                )
                for other in own
            )
            if taken and row.due >= day:
                row.state, row.reason, row.moved_on = "cancelled", "moved", day
            elif not taken:  # what was due already stays due
                self.rows[old].remove(row)
                self.rows[new].append(row)

    def cancel_without_child(self, home):
        if self.on_ledger(home):
            return
        leaves = [past[1] for kid in self.families[home] for past in kid.past]
        for row in self.open_rows(home):
            if row.due >= max(leaves):
                row.state, row.reason = "cancelled", "left"

    # -- the plan

    def night(self, day):
        """The nightly job."""
        first = min(self.last_run or day, day)
        month = month_of(first)[0]
        while month <= day:
            for home in self.homes():
                self.plan_month(home, month, day)
            month = month_of(month)[1] + DAY
        for home in self.homes():
            gone = any(
                row.state == "cancelled" and row.reason in ("left", "moved") and row.due >= day
                for row in self.rows.get(home, [])
            )
            if gone and self.on_ledger(home):
                self.replan(home, day)
        new_month = self.last_run and month_of(self.last_run)[0] < month_of(day)[0]
        since, self.last_run = self.last_run, day
        for home in self.homes() if new_month else ():
            self.prove(home, since=since + DAY)

    def plan_month(self, home, month, day):
        first, last = month_of(month)
        rows = self.rows.setdefault(home, [])
        if any(first <= row.start <= last for row in rows):
            return
        spells = [(kid.pace, kid.entry, date.max) for kid in self.on_ledger(home)]
        if self.last_run and self.last_run < day:
            missed = first > self.last_run
            spells += [
                (kid.pace, entry, leave)
                for kid in self.families[home]
                for entry, leave, moved in kid.past
                if leave > first and entry <= last and (missed or not moved)
            ]
        made = False
        for start, stop in cut(month, max(spell[0] for spell in spells)) if spells else ():
            if any(entry <= stop < leave for _pace, entry, leave in spells):
                rows.append(Row(start, stop))
                made = True
        if made:
            self.prove(home, since=first)

    def replan(self, home, day):
        """Something changed on `day`: what lies ahead is planned anew."""
        here = self.on_ledger(home)
        if not here:
            return
        pace = max(kid.pace for kid in here)
        first, last = month_of(day)
        rows = self.rows.get(home, [])
        plan = cut(day, pace)
        if not any(row.start <= last and row.due >= first for row in rows):
            return  # not planned yet: the nightly job does it
        running = next(slot for slot in plan if slot[0] <= day <= slot[1])
        starts = dict(plan)
        for row in self.open_rows(home):
            if row.due < day:
                continue
            if row.start <= day:
                row.due = min(row.due, running[1])
            elif row.start in starts:
                row.due = starts[row.start]
            else:
                row.state, row.reason = "cancelled", "replanned"
        added = False
        for start, stop in plan:
            if start > day or (start == running[0] and not self.covered(home, running, day)):
                added = self.put(home, start, stop) or added
        if added:
            self.prove(home, since=first)

    def covered(self, home, slot, day):
        """Whether nothing more is due in the running slot."""
        return any(
            (row.state == "open" and row.start <= day <= row.due)
            or (
                row.state == "done"
                and row.start <= day
                and (row.start == slot[0] or (row.due >= slot[0] and row.done_on >= slot[0]))
            )
            for row in self.rows[home]
        )

    def put(self, home, start, stop):
        for row in self.rows[home]:
            if row.start == start:
                if row.state != "cancelled":
                    return False
                row.state, row.reason, row.due = "open", "", stop
                return True
        self.rows[home].append(Row(start, stop))
        return True

    # -- visits

    def visit(self, number, home, day):
        self.visits.setdefault(home, []).append([number, day, False])
        self.prove(home, only=number)

    def prove(self, home, only=None, since=date.min):
        for visit in sorted(self.visits.get(home, []), key=lambda one: (one[1], one[0])):
            number, day, used = visit
            if used or day < since or only not in (None, number):
                continue
            waiting = sorted(self.open_rows(home), key=lambda row: row.due)
            fitting = [row for row in waiting if row.start <= day <= row.due][:1]
            late = [row for row in waiting if row.due < day][-1:]
            if self.last_run and day > month_of(self.last_run)[1]:
                late = []  # its own month may not be planned yet
            row = (fitting or late or [None])[0]
            if row:
                row.state, row.done_on, row.evidence = "done", day, number
                visit[2] = True

    def picture(self):
        """Return {home: sorted rows (start, due, state, done_on)}; cancelled ones are left out."""
        found = {}
        for home, rows in self.rows.items():
            for row in rows:
                if row.state != "cancelled":
                    found.setdefault(home, []).append((row.start, row.due, row.state, row.done_on))
        return {home: sorted(rows, key=str) for home, rows in found.items()}
