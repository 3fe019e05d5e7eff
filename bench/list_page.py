"""Opening the page of children as officers of a village, a township and a county do.

Numerator: what the web client sends when the menu is opened (read from the action, and from the
views as that user gets them): `web_search_read` with the list's specification, its default filter
and 80 rows, which counts as well; and the calls of the search panel. Each call runs in a
transaction of its own with empty record caches, as a request does. Denominators: the same calls as
superuser, once for the same children (the domain that the record rules give the user, written
out), once, the list only, for all children of the province. What the journal adds is measured
apart (`journal.py`).
"""

import ast

from lxml import etree

from odoo import SUPERUSER_ID, api
from odoo.tools import str2bool

from .journal_switch import without_journal
from .measure import Stopwatch, take_turns
from .tables import milliseconds, report, table, verdict

MODEL = "lbc.child"
ACTION = "left_behind_children.child_action"
LIMIT = 1.5
ROUNDS = 30
COUNT_LIMIT = 10001  # beyond, the web client shows “10,000+”
OWN, SAME, ALL = "officer", "same", "all"
# What of all children does not fit into the panel (500 places): nobody opens it.
PARTS = {"list": (OWN, SAME, ALL), "panel": (OWN, SAME)}


class Page:
    """The calls with which the web client opens the page for one user."""

    model, action, subject, path = MODEL, ACTION, "files", {"child": ""}

    def __init__(self, env, user):
        """Read the user's own views; nothing is measured here."""
        self.registry = env.registry
        self.user = user
        action = env.ref(self.action)
        own = env(user=user, su=False, context={"lang": user.lang, "tz": user.tz})
        self.context = dict(own.context, **ast.literal_eval(action.context))
        views = own[self.model].get_views([(False, "list"), (False, "search")])["views"]
        search = etree.fromstring(views["search"]["arch"])
        self.panel = search.findall(".//searchpanel/field")
        self.filter = [
            term
            for node in search.iter("filter")
            if self.context.get(f"search_default_{node.get('name')}")
            for term in ast.literal_eval(node.get("domain"))
        ]
        nodes = etree.fromstring(views["list"]["arch"]).iter("field")
        self.specification = {
            node.get("name"): {"fields": {"display_name": {}}}
            if own[self.model]._fields[node.get("name")].type == "many2one"
            else {}
            for node in nodes
        }
        self.rule = list(user.with_user(user)._lbc_domain(self.subject, **self.path))

    def call(self, part, way):
        """Open a part of the page, one of this class's methods; return (what it Took, queries, answer)."""
        uid = self.user.id if way == OWN else SUPERUSER_ID
        domain = [*self.filter, *(self.rule if way == SAME else [])]
        with self.registry.cursor() as cr:
            watch, before = Stopwatch(cr), cr.sql_log_count
            with watch.running():
                model = api.Environment(cr, uid, self.context, su=way != OWN)[self.model]
                answer = getattr(self, f"_{part}")(model, domain)
            return watch.took, cr.sql_log_count - before, answer

    def _list(self, model, domain):
        return model.with_context(bin_size=True).web_search_read(
            domain, self.specification, offset=0, order="", limit=80, count_limit=COUNT_LIMIT
        )

    def _panel(self, model, domain):
        return [self._section(model, node, domain) for node in self.panel]

    def _section(self, model, node, domain):
        options = {
            "category_domain": [],
            "enable_counters": str2bool(node.get("enable_counters", "0")),
            "expand": str2bool(node.get("expand", "0")),
            "filter_domain": [],
            "limit": int(node.get("limit", 200)),
            "search_domain": domain,
        }
        if node.get("select") == "multi":
            group = {
                "comodel_domain": [],
                "group_by": node.get("groupby", False),
                "group_domain": [],
            }
            return model.search_panel_select_multi_range(node.get("name"), **options, **group)
        hierarchize = str2bool(node.get("hierarchize", "1"))
        return model.search_panel_select_range(node.get("name"), **options, hierarchize=hierarchize)


class Results:
    """The tables of the page, size by size."""

    def __init__(self, promised):
        """Begin with no rows; `promised`: whether a ratio is promised for the sizes to come."""
        self._limit = LIMIT if promised else None
        self.lists, self.panels, self.pages, self.queries = [], [], [], {}

    def add(self, env, size, officers):
        """Measure with the children that are there, `size` of them on the ledger."""
        with without_journal():
            for level, (user, _area) in officers.items():
                self._add_officer(size, level, Page(env, user))

    def _add_officer(self, size, level, page):
        first = [f"{size:,}", level, self._agree(page)]
        lists, panels = (measure(page, part, ways) for part, ways in PARTS.items())
        self.lists.append([*first, *cells(lists, PARTS["list"], self._limit)])
        self.panels.append([*first, *cells(panels, PARTS["panel"], self._limit)])
        pages = {way: lists[way].plus(panels[way]) for way in PARTS["panel"]}
        self.pages.append([*first, *cells(pages, PARTS["panel"], self._limit)])
        for part in PARTS:
            self.queries.setdefault((level, part), []).append(page.call(part, OWN)[1])

    def _agree(self, page):
        """Assert that user and superuser see the same page; return the number of its children."""
        own, same = (page.call("list", way)[2] for way in (OWN, SAME))
        if own != same or page.call("panel", OWN)[2] != page.call("panel", SAME)[2]:
            raise AssertionError("The superuser does not see the user's page.")
        return f"{own['length']:,}" if own["length"] < COUNT_LIMIT else "10,000+"

    def report(self, env, name):
        """Print and keep the tables."""
        first = ["children", "officer of a", "of whom he sees"]
        counts = [
            [
                *key,
                " → ".join(map(str, seen)),
                "constant" if len(set(seen)) == 1 else "NOT CONSTANT",
            ]
            for key, seen in self.queries.items()
        ]
        parts = [
            f"Milliseconds: CPU, and in brackets least / median on the wall, of {ROUNDS} rounds. "
            "*Same* is the superuser with the rules' domain written out, *all* the superuser with "
            "the page's own filter only, so that he sees the whole province.",
            "## The list: 80 rows and the count",
            table([*first, *headings(PARTS["list"])], self.lists),
            "## The search panel: townships and villages",
            table([*first, *headings(PARTS["panel"])], self.panels),
            "## Both together",
            table([*first, *headings(PARTS["panel"])], self.pages),
            "## Queries of the officer, from size to size",
            table(["officer of a", "part", "queries", "number"], counts),
        ]
        report(env, name, "Opening the page of children", parts)


def measure(page, part, ways):
    """Return {way: Timing} of one part of the page."""
    calls = {way: lambda way=way: page.call(part, way)[0] for way in ways}
    return take_turns(calls, rounds=ROUNDS, warm_up=3)


def headings(ways):
    """Return the headings of what `cells` gives."""
    ratios = [f"× {way} {kind}".strip() for way in ways[1:] for kind in ("", "(least)", "(median)")]
    return [*(f"{way} ms" for way in ways), *ratios]


def cells(times, ways, limit):
    """Return the cells of a row: the times of all ways, and the first over each other."""
    row = [milliseconds(times[way]) for way in ways]
    for way in ways[1:]:
        ratio, least, median = times[ways[0]].over(times[way])
        row += [verdict(ratio, limit), f"{least:.2f}", f"{median:.2f}"]
    return row
