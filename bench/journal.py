"""What the journal adds to opening a child's file and to a page of the list.

Numerator: a whole request as a child director makes it, journal on: empty record caches, `web_read`
with the specification that the web client takes from the form (family, health, siblings and ledger
among it), or `web_search_read` of 80 rows with that of the list, and the commit, which writes the
journal's rows and asks for the hour's limit. Denominator: the same with the journal's hooks off. Both
commit for real; without fsync a commit does not wait for the disk, which in service it does once for
a transaction that wrote. Each part has an officer of its own, who reads for the first time and then
as often as somebody busy within one hour: soon every look counts as more than the profile's limit,
so that his files are counted exactly.
"""

import contextlib
import itertools

from lxml import etree

from odoo import api
from odoo.fields import Domain

from .journal_switch import without_journal
from .list_page import Page, cells, headings
from .measure import Stopwatch, take_turns
from .tables import report, table

FAMILIES = 20
ROUNDS = 40
LIMITS = {"form": 1.30, "list": 1.15}
TITLES = {"form": "a child's file", "list": "a page of the list, up to 80 children"}
POSTS = dict.fromkeys(TITLES, ("village", "child_director"))
WAYS = ON, OFF = "on", "off"


class Requests(Page):
    """The requests of one officer, with the journal and without."""

    def __init__(self, env, user, children):
        """Take the officer's own views; files are opened in turn (records of lbc.child)."""
        super().__init__(env, user)
        own = env(user=user, su=False, context={"lang": user.lang, "tz": user.tz})
        views = own["lbc.child"].get_views([(False, "form")])["views"]
        self._form_fields = specification(own["lbc.child"], etree.fromstring(views["form"]["arch"]))
        self._next = {way: itertools.cycle(children.ids) for way in WAYS}

    def request(self, part, way):
        """Make a request and commit; return (what it Took, queries)."""
        with self.registry.cursor() as cr, contextlib.ExitStack() as stack:
            if way == OFF:
                stack.enter_context(without_journal())
            watch, before = Stopwatch(cr), cr.sql_log_count
            with watch.running():
                model = api.Environment(cr, self.user.id, self.context, su=False)["lbc.child"]
                if part == "form":
                    model.browse(next(self._next[way])).web_read(self._form_fields)
                else:
                    self._list(model, self.filter)
                cr.commit()
            return watch.took, cr.sql_log_count - before

    def measure(self, part):
        """Return {way: Timing} of a part."""
        calls = {way: lambda way=way: self.request(part, way)[0] for way in WAYS}
        return take_turns(calls, rounds=ROUNDS, warm_up=3)


class Results:
    """The table, size by size."""

    def __init__(self, promised):
        """Begin with no rows; `promised`: whether a ratio is promised for the sizes to come."""
        self._limits = LIMITS if promised else dict.fromkeys(LIMITS)
        self._rows = []

    def add(self, env, size, officers):
        """Measure with the children that are there, `size` of them on the ledger."""
        children = furnish(env, officers["form"][1])
        for part, (user, _village) in officers.items():
            requests = Requests(env, user, children)
            times = requests.measure(part)
            queries = [str(requests.request(part, way)[1]) for way in WAYS]
            row = cells(times, WAYS, self._limits[part])
            self._rows.append([f"{size:,}", TITLES[part], *row, *queries])

    def report(self, env, name):
        """Print and keep the table."""
        text = (
            f"Milliseconds: CPU, and in brackets least / median on the wall, of {ROUNDS} rounds. "
            "*On* and *off* are whole requests of a child director, with and without the journal, "
            "from empty record caches to the commit, which is a real one. Without fsync it does "
            "not wait for the disk; in service a transaction that wrote waits once."
        )
        first = ["children", "opened"]
        last = [f"queries {way}" for way in WAYS]
        parts = [text, table([*first, *headings(WAYS), *last], self._rows)]
        report(env, name, "What the journal adds", parts)


def specification(model, node):
    """Return the fields that the web client asks for, of a view or of the list within a field."""
    found = {}
    for one in node.iterfind(".//field"):
        outer = next(one.iterancestors("field"), None)
        if outer is node or outer is None:
            found[one.get("name")] = _field(model, one)
    return found


def _field(model, node):
    field = model._fields[node.get("name")]
    if field.type == "many2one":
        return {"fields": {} if node.get("invisible") in ("1", "True") else {"display_name": {}}}
    if field.type not in ("one2many", "many2many"):
        return {}
    lines = node.find("list")
    if lines is None:
        return {"fields": {"display_name": {}}}
    inner = {
        one.get("name"): _field(model.env[field.comodel_name], one) for one in lines.iter("field")
    }
    return {"fields": inner, "limit": 40, "order": ""}


def furnish(env, village):
    """Give some children of the village parents, a history and health lines, once; commits.

    :return: these children
    """
    known = env["lbc.health"].search([("area_id", "=", village.id)], limit=FAMILIES)
    if known:
        return known.child_id
    children = env["lbc.child"].search([("area_id", "=", village.id)], limit=FAMILIES)
    # Neighbours stand in: persons created here would be in the way of the next population's numbers.
    neighbours = Domain("township_id", "=", village.township_id.id)
    neighbours &= Domain("id", "not in", children.carer_id.ids)
    people = itertools.cycle(env["lbc.guardian"].search(neighbours, limit=2 * len(children)))
    family = [
        (child, role, child.carer_id if role == "carer" else next(people))
        for child in children
        for role in ("father", "mother", "carer")
    ]
    env["lbc.guardianship"].create(
        [
            {"child_id": child.id, "role": role, "guardian_id": person.id}
            for child, role, person in family
        ]
    )
    env["lbc.health"].create([{"child_id": child.id} for child in children])
    env["lbc.episode"].create(
        [
            {
                "child_id": child.id,
                "area_id": village.id,
                "state": "on_ledger",
                "date_entry": child.date_entry,
            }
            for child in children
        ]
    )
    env.cr.commit()
    return children
