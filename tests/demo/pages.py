"""Opening every page of the app as a user does: menus, actions, first view, first record."""

from lxml import etree

from odoo.tests import Form
from odoo.tools.safe_eval import safe_eval

KINDS = ("list", "kanban", "pivot", "graph", "calendar", "form")


def act_windows(env, root):
    """Return {menu name: `ir.actions.act_window`} of the user's menus below the app's root menu."""
    menus = env["ir.ui.menu"].load_web_menus(False)
    found, waiting = {}, [root.id] if root.id in menus else []
    while waiting:
        menu = menus[waiting.pop()]
        waiting += menu["children"]
        if menu["actionModel"] == "ir.actions.act_window":
            # The page gets the action from a controller that reads it as superuser.
            found[menu["name"]] = env["ir.actions.act_window"].sudo().browse(menu["actionID"])
    return found


def open_page(env, action):
    """Open an action: load its views, read what the first one shows, open the first record.

    :return: number of records (int) that the first view shows, None for a page of its own
    """
    context = safe_eval(action.context or "{}", {"uid": env.uid})
    model = env[action.res_model].with_context(**context)
    wanted = [view for view in action.views if view[1] in KINDS]
    loaded = model.get_views([*wanted, (action.search_view_id.id, "search")], {"toolbar": True})
    first = wanted[0][1]
    if first == "form":
        Form(model)
        return None
    domain = safe_eval(action.domain or "[]", {"uid": env.uid})
    if first in ("pivot", "graph"):
        return sum(count for (count,) in model._read_group(domain, [], ["__count"]))
    names = shown(loaded["views"][first]["arch"], model)
    result = model.web_search_read(domain, names, limit=80, count_limit=10001)
    if result["records"] and any(kind == "form" for _view, kind in wanted):
        Form(model.browse(result["records"][0]["id"]))
    return result["length"]


def shown(arch, model):
    """Return the specification of the fields that stand in a view, as the page asks for them."""
    tree = etree.fromstring(arch)
    nodes = [
        node
        for node in tree.iter("field")
        if not any(above.tag == "field" for above in node.iterancestors())
    ]
    return {
        node.get("name"): {"fields": {"display_name": {}}}
        if model._fields[node.get("name")].type == "many2one"
        else {}
        for node in nodes
    }
