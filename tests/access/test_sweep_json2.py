"""Every public method over JSON-2, as a logged-in user of every role (issue 3; Odoo's external API).

What is refused is asked first and must change nothing; what is allowed is undone afterwards.
"""

import logging
from functools import partial

from odoo.tests import HttpCase, tagged
from odoo.tests.common import freeze_time
from odoo.tools import SQL, mute_logger

from .sweep import methods
from .sweep.fixtures import SweepCase
from .sweep.sweep import QUIET, Difference, clock

_logger = logging.getLogger(__name__)
REFUSALS = (403, 404)
ORM_MODELS = ("lbc.child", "lbc.guardian", "lbc.health", "lbc.visit", "lbc.duty")
WRITTEN = {
    "lbc.child": "note",
    "lbc.guardian": "note",
    "lbc.health": "details",
    "lbc.visit": "companions",
    "lbc.duty": "state",
}
PLACES = ("own", "other county")


@tagged("post_install", "-at_install", "lbc_long")
@freeze_time("2026-11-21")
class TestSweepJson2(SweepCase, HttpCase):
    places_wanted = PLACES

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.expected = methods.Methods(cls.matrix)

    def setUp(self):
        super().setUp()
        self.checks, self.differences = 0, []
        self.opener.trust_env = False
        self.keys = {}

    def key_of(self, role):
        """Return the headers with which a role's user is logged in, once for all his calls."""
        if role not in self.keys:
            keys = self.env["res.users.apikeys"].with_user(self.users[role]).sudo()
            key = keys._generate(None, "sweep", False)
            self.keys[role] = {"Authorization": f"Bearer {key}"}
        return self.keys[role]

    def ask(self, headers, model, method, ids=(), **values):
        """Return (status, answer) of a call."""
        self.env.flush_all()
        body = {**values, **({"ids": list(ids)} if ids else {})}
        answer = self.url_open(
            f"/json/2/{model}/{method}", json=body, headers=headers, method="POST"
        )
        return answer.status_code, answer

    def compare(self, role, place, model, method, may, status):
        self.checks += 1
        # The gate of exports says in words how to ask: what counts is that no row came.
        refused = status in REFUSALS or method == "export_data" and status != 200
        broken = status >= 500 or status == 401
        if broken or may == refused:
            got, wanted = f"status {status}", "allowed" if may else "refused"
            self.differences.append(Difference(model, role, place, "json2", method, wanted, got))

    def fingerprint(self):
        """Return what the records of the sweep hold, to see whether anything changed."""
        self.env.flush_all()
        found = []
        for name, by_place in sorted(self.records.items()):
            if self.env[name]._auto:
                ids = tuple(record.id for record in by_place.values())
                table = SQL.identifier(self.env[name]._table)
                rows = SQL("SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM %s t", table)
                found += self.env.execute_query(SQL("%s WHERE id IN %s", rows, ids))
        return found

    def calls_of(self, role):
        """Return [(place, model, method, whether allowed, call)] of a role's sweep."""
        headers, person = self.key_of(role), self.people[role]
        calls = []
        for model, method in self.expected.rows:
            function = getattr(type(self.env[model]), method)
            values = methods.arguments(function)
            if getattr(function, "_api_model", False) or model == "res.users":
                places = {"own": ()} if model != "res.users" else {"own": self.users[role].ids}
            else:
                places = {place: one.ids for place, one in self.records.get(model, {}).items()}
                if not self.matrix.has(person, model, "read"):
                    places = dict(list(places.items())[:1])  # refused by the model, wherever
            for place, ids in places.items():
                if place not in (*PLACES, f"of {role}", "of civil_affairs"):
                    continue
                may = self.expected.may(person, self.places[place], model, method)
                call = partial(self.ask, headers, model, method, ids, **values)
                calls.append((place, model, method, may, call))
        return calls + self.orm_calls_of(headers, person)

    def orm_calls_of(self, headers, person):
        calls = []
        for model in ORM_MODELS:
            for place in PLACES if self.matrix.has(person, model, "read") else PLACES[:1]:
                ids, where = self.records[model][place].ids, self.places[place]
                for method, (operation, values) in methods.orm_calls(WRITTEN[model]).items():
                    may = self.matrix.opens(person, where, model, operation)
                    if method == "onchange":
                        may = may and self.matrix.reads(person, model, WRITTEN[model])
                    elif operation == "write":
                        may = may and self.matrix.writes(person, model, WRITTEN[model])
                    if method == "export_data":
                        may = may and not self.matrix.gates(model)
                    if method == "copy" and may:
                        continue  # what may be read: the matrix knows no copying
                    if method == "message_post":
                        may = may and self.matrix.threads(person, model)
                        if not hasattr(self.env[model], method):
                            may = False
                    call = partial(self.ask, headers, model, method, ids, **values)
                    calls.append((place, model, method, may, call))
        return calls

    def searches_of(self, role):
        """Searching over JSON-2 finds what may be read, no more."""
        headers, person = self.key_of(role), self.people[role]
        for model in ORM_MODELS:
            records = {place: self.records[model][place] for place in PLACES}
            ids = [one.id for one in records.values()]
            wanted = {
                one.id
                for place, one in records.items()
                if self.matrix.opens(person, self.places[place], model, "read")
            }
            may = self.matrix.has(person, model, "read")
            views = {"views": [[False, "form"], [False, "list"]]}
            self.compare(
                role, "", model, "get_views", may, self.ask(headers, model, "get_views", **views)[0]
            )
            for method, values in methods.searches(ids).items():
                status, answer = self.ask(headers, model, method, **values)
                self.compare(role, "", model, method, may, status)
                if status == 200 and method == "search":
                    self.compare_found(role, model, wanted, set(answer.json()))
                if status == 200 and method == "search_count":
                    self.compare_found(role, model, len(wanted), answer.json())

    def compare_found(self, role, model, wanted, found):
        self.checks += 1
        if wanted != found:
            row = Difference(model, role, "", "json2", "search", str(wanted), str(found))
            self.differences.append(row)

    @mute_logger(*QUIET, "odoo.http", "werkzeug", "odoo.addons.base.models.res_users")
    def test_every_role_calls_every_public_method(self):
        started = clock()
        for role in self.people:
            before = self.fingerprint()
            calls = self.calls_of(role)
            for place, model, method, may, call in calls:
                if not may:
                    self.compare(role, place, model, method, may, call()[0])
            self.env.invalidate_all()
            self.assertEqual(before, self.fingerprint(), f"{role}: refused, and yet changed")
            self.searches_of(role)
            for place, model, method, may, call in calls:
                if may:
                    self.compare(role, place, model, method, may, self.undone(call))
        spent = clock() - started
        _logger.info("sweep: %s calls over JSON-2, %.1f processor seconds", self.checks, spent)
        lines = "\n".join(str(one) for one in self.differences[:200])
        self.assertFalse(
            len(self.differences), f"{len(self.differences)} of {self.checks} differ:\n{lines}"
        )

    def undone(self, call):
        """Return the status of a call whose changes are taken back."""
        self.env.flush_all()
        self.env.cr.execute("SAVEPOINT sweep_json2")
        status, _answer = call()
        self.env.cr.execute("ROLLBACK TO SAVEPOINT sweep_json2")
        self.env.cr.clear()
        self.env.invalidate_all()
        return status
