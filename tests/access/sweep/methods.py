"""The product's public methods, from the registry, and who may call them (`security/access_methods.csv`)."""

import inspect
from functools import partial

from odoo.service.model import get_public_method

from .matrix import table

OURS = "odoo.addons.left_behind_children."


def orm_calls(field):
    """Return {method: (operation it is, arguments)} of Odoo's own methods on a record."""
    shown, changed = {"display_name": {}}, {field: False}
    return {
        "read": ("read", {"fields": ["display_name"]}),
        "web_read": ("read", {"specification": shown}),
        "export_data": ("read", {"fields_to_export": ["display_name"]}),
        "write": ("write", {"vals": changed}),
        "web_save": ("write", {"vals": changed, "specification": shown}),
        "onchange": (  # of a form, which core opens to who may write
            "write",
            {"values": {}, "field_names": [], "fields_spec": {"display_name": {}, field: {}}},
        ),
        "message_post": ("write", {"body": "试"}),
        "unlink": ("unlink", {}),
        "copy": ("read", {}),
    }


def searches(ids):
    """Return {method: arguments} of Odoo's own methods that search among records."""
    domain = [["id", "in", ids]]
    return {
        "search": {"domain": domain},
        "search_count": {"domain": domain},
        "search_read": {"domain": domain, "fields": ["display_name"]},
        "web_search_read": {"domain": domain, "specification": {"display_name": {}}},
        "formatted_read_group": {"domain": domain, "groupby": [], "aggregates": ["__count"]},
        "name_search": {"name": "", "domain": domain},
    }


def public_methods(env):
    """Return the sorted pairs (model, method) of what our classes offer beyond Odoo's own methods."""
    found = set()
    for name, model in env.registry.items():
        if model._abstract:
            continue
        classes = type(env[name]).mro()
        own = [one for one in classes if (one.__module__ or "").startswith(OURS)]
        of_odoo = [one for one in classes if one not in own and one.__module__.startswith("odoo.")]
        for method in {method for one in own for method in vars(one)}:
            is_method = inspect.isfunction(getattr(type(env[name]), method))
            if method.startswith("_") or not is_method:
                continue
            if not any(method in vars(one) for one in of_odoo if one is not type(env[name])):
                found.add((name, method))
    return sorted(found)


class Methods:
    """The expectations for public methods. `matrix`: `matrix.Matrix`."""

    def __init__(self, matrix):
        self.matrix = matrix
        self.rows = {(row["model"], row["method"]): row for row in table("access_methods.csv")}

    def may(self, person, place, model, method):
        """Return whether the person may call the method on the record of the place."""
        row = self.rows[model, method]
        if row["operation"] and not self.matrix.opens(person, place, model, row["operation"]):
            return False
        if row["roles"] == "owner":
            return place.creator == person.role
        if row["roles"] and person.role not in row["roles"].split():
            return False
        return not row["function"] or self.matrix.holds(person, row["function"])


def arguments(function):
    """Return keyword arguments (dict) for a method, made from its signature."""
    values = {}
    for name, parameter in list(inspect.signature(function).parameters.items())[1:]:
        if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        if parameter.default is parameter.empty:
            dated = "day" in name or "date" in name
            values[name] = "2026-11-20" if dated else 1 if name.endswith("_id") else "试"
    return values


def methods(look):
    """Every public method of the model on the record of every place, as a client would call it."""
    expected = Methods(look.matrix)
    for model, method in expected.rows:
        if model != look.name:
            continue
        function = get_public_method(look.model, method)
        values = arguments(function)
        for place, record in look.records.items():
            may = expected.may(look.person, look.case.places[place], model, method)
            look.case.env.invalidate_all()  # as in a request of its own
            target = look.model if getattr(function, "_api_model", False) else record
            look.expect(
                "method", may, partial(function, target, **values), place, method, undo=True
            )
