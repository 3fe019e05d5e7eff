"""The story of the district, day by day, and the people who take part in it."""

import time
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError

from odoo.addons.left_behind_children.lib import periods

from . import (
    access,
    census,
    clock,
    divisions,
    exports,
    guardianship,
    ledger,
    organizations,
    risk,
    sizes,
    staff,
    support,
    visits,
)

LANGUAGE, ZONE = "zh_CN", "Asia/Shanghai"


class District:
    """What the steps share: the size, the county, the users by login."""

    def __init__(self, env, size):
        if size not in sizes.PLACES:
            raise ValueError(f"unknown size {size!r}: use one of {', '.join(sizes.PLACES)}")
        self.env = env(context={**env.context, "lang": LANGUAGE, "tz": ZONE})
        self.places = sizes.PLACES[size]
        self.county = self.env["lbc.area"]
        self.users = {}
        self._posted = {}
        self._of_level = {}

    def load(self):
        """Tell the whole story: first what has always been there, then day by day until today."""
        self._refuse_a_second_time()
        self.env["res.lang"]._activate_lang(LANGUAGE)
        self.users["admin"] = self.env.ref("base.user_admin")
        self._step("Divisions", divisions.load)
        self._step("Organisations", organizations.load)
        self._step("Short passwords", access.allow_short_passwords)
        self._step("Users and postings", staff.load)
        today = self.day()
        # Python's sort keeps what happens on one day in the order of the diary.
        for day, title, action in sorted(self._diary(today), key=lambda entry: entry[0]):
            with clock.set_to(day if day < today else None):
                self._step(f"{min(day, today)} {title}", action)
        self._step("Name of the company", divisions.name_the_company)

    def _refuse_a_second_time(self):
        known = self.env["lbc.area"].search_count([("code", "=", divisions.COUNTY)])
        if known or self.env["lbc.child"].search_count([], limit=1):
            raise UserError(
                "This database already has a district. The demonstration is loaded into a new one: "
                "choose another with DB=…."
            )

    def _diary(self, today):
        """Yield (day, title, step) of everything that happened until `today`."""
        begun = min(census.IMPORTED, today)
        if today > census.IMPORTED:
            yield begun, "First census", census.take_first
        yield from self._quarters(begun, today)
        yield min(census.NOVEMBER, today), "Second census", census.take_second
        month = periods.month_start(today)
        for start in (periods.month_start(month - timedelta(days=1)), month):
            yield from self._visits(start, begun, today)
        yield from self._guardianship(begun, today)
        # Who came with the census of this month is visited this month.
        yield today, "Visits planned", visits.plan
        yield today, "Missed visits made good", lambda district: visits.catch_up(district, month)
        yield today, "Duties of the district", support.add_duties
        yield today, "Activities filed", support.record
        yield today, "A director on leave", support.leave
        yield today, "Late duties told", support.tell
        yield today, "Files verified", ledger.verify
        yield today, "Villages confirm", _doing(ledger.confirm, periods.Quarter.of(today))
        yield today, "Risk assessed", risk.assess
        yield today, "Table published", ledger.publish
        yield today, "Drafts, exits and a move proposed", ledger.propose
        yield today, "Children assigned", access.assign
        yield today, "A file opened outside the area", access.break_the_glass
        yield today, "Sessions secured", access.secure_sessions
        yield today, "Workbooks asked for", exports.ask

    @staticmethod
    def _guardianship(begun, today):
        """Yield the letters of the school year, the meetings, and the calls of parents."""
        yield min(begun + timedelta(days=7), today), "Letters signed", guardianship.sign_letters
        ago = timedelta(days=guardianship.MEETING_DAYS_AGO)
        yield max(begun, today - ago), "Agreements signed", guardianship.hold_meetings
        for days, share in ((17, 0.97), (0, 0.8)):
            day = max(begun, today - timedelta(days=days))
            yield day, "Parents' calls recorded", guardianship.record_contacts(share)
        yield today, "Agreements suspended and ended", guardianship.decide

    @staticmethod
    def _quarters(begun, today):
        """Yield what happened to the last quarter and to this one."""
        now = periods.Quarter.of(today)
        last = now.previous()
        cutoff = last.cutoff(20)
        if cutoff - timedelta(days=3) >= begun:
            opened = last.last_month_start + timedelta(days=8)
            yield opened, f"{last.label} opened", _opening(last)
            yield cutoff - timedelta(days=3), "Punctual submissions", _submitting(last, late=False)
            yield cutoff + timedelta(days=4), "Late submissions", _submitting(last, late=True)
            yield cutoff + timedelta(days=6), "Reports received", _doing(ledger.receive, last)
            yield cutoff + timedelta(days=8), "A report corrected", _doing(ledger.correct, last)
        yield today, f"{now.label} opened", _opening(now)

    @staticmethod
    def _visits(month, begun, today):
        """Yield the planning of a month's visits and the days on which villages file them."""
        if periods.month_end(month) < begun:
            return
        yield max(month, begun), f"Visits of {month:%Y-%m} planned", visits.plan
        for group, day in visits.filing_days(month, today).items():
            if day >= begun:
                yield day, "Visits filed", _filing(month, group)

    def _step(self, title, action):
        start = time.monotonic()
        result = action(self)
        print(f"    {title}: {result} ({time.monotonic() - start:.1f} s)", flush=True)

    def day(self):
        """Return today (date) as the story has it."""
        return fields.Date.context_today(self.env.user)

    # People and places

    def as_user(self, user):
        """Return the environment of a user (or a login of the table): their rights, their language."""
        user = self.users[user] if isinstance(user, str) else user
        return self.env(user=user.id)

    def director(self, village):
        """Return the user who is child director of a village."""
        return self._holder("child_director", village)

    def supervisor(self, township):
        """Return the user who is child supervisor of a township."""
        return self._holder("child_supervisor", township)

    def leader(self, township):
        """Return the user who is the township's leader in charge."""
        return self._holder("township_leader", township)

    def _holder(self, post, area):
        if post not in self._posted:
            postings = self.env["lbc.posting"].search([("post_id.code", "=", post)])
            self._posted[post] = {one.area_ids.id: one.user_id for one in postings}
        return self._posted[post][area.id]

    def townships(self):
        """Return all townships."""
        return self._areas("township")

    def villages(self):
        """Return all villages and communities."""
        return self._areas("village")

    def _areas(self, level):
        if level not in self._of_level:
            domain = [("county_id", "=", self.county.id), ("level", "=", level)]
            self._of_level[level] = self.env["lbc.area"].search(domain)
        return self._of_level[level]

    def township(self, name):
        """Return the township of this name."""
        return self.townships().filtered(lambda area: area.name == name)

    def village(self, township, name):
        """Return a village by its township's name and its own short one."""
        area = self.township(township)
        return self.villages().filtered(
            lambda one: one.short_name == name and one.township_id == area
        )

    def organization(self, name):
        """Return the organisation of this name."""
        return self.env["lbc.organization"].search([("name", "=", name)])

    def government(self, township):
        """Return the government of a township."""
        return self._seat("township", township)

    def committee(self, village):
        """Return the committee of a village."""
        return self._seat("village_committee", village)

    def _seat(self, kind, area):
        return self.env["lbc.organization"].search(
            [("kind_code", "=", kind), ("area_id", "=", area.id)]
        )


def _opening(quarter):
    return lambda district: ledger.open_quarter(district, quarter)


def _submitting(quarter, late):
    return lambda district: ledger.submit(district, quarter, late)


def _doing(step, quarter):
    return lambda district: step(district, quarter)


def _filing(month, group):
    return lambda district: visits.file(district, month, group)
