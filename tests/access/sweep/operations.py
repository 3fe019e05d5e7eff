"""What is asked of every model, by every role, in every place. Each function asks one kind of thing."""

from functools import partial

from odoo.models import MAGIC_COLUMNS

from ....models.access import rights
from . import makers, methods, papers

ALLOWED, REFUSED = "allowed", "refused"
UNCLEAR = "refused by the database"  # a second profile of a county: nobody learns who may make it


def read(look):
    """Reading a record; every field by itself where the record is open."""
    some_open = False
    for place, record in look.asked("read"):
        allowed = look.opens("read", place)
        look.expect("read", allowed, lambda record=record: record.read(["display_name"]), place)
        if not allowed or some_open:
            continue
        some_open = True
        _read_fields(look, record, place)


def _read_fields(look, record, place):
    shown = [field.name for field, may in look.fields() if may]
    got = look.outcome(lambda: record.read(shown))
    if got == ALLOWED:
        look.sweep.checks += len(shown)
    else:
        for name in shown:
            look.expect("read", True, lambda name=name: record.read([name]), place, name)
    listed = look.model.fields_get(attributes=["type"])
    for field, may in look.fields():
        if not may:
            name = field.name
            look.expect("read", False, lambda name=name: record.read([name]), place, name)
            look.expect("export", False, lambda name=name: record.export_data([name]), place, name)
            look.compare("fields_get", False, name in listed, "", name)


def search(look):
    """Searching, counting, grouping and searching by name find what may be read, no more."""
    ids = [record.id for record in look.records.values()]
    wanted = {record.id for place, record in look.records.items() if look.opens("read", place)}
    domain = [("id", "in", ids)]
    if not look.matrix.has(look.person, look.name, "read"):
        for name, call in (
            ("search", lambda: look.model.search(domain)),
            ("search_count", lambda: look.model.search_count(domain)),
            ("group", lambda: look.model.formatted_read_group(domain, [], ["__count"])),
            ("name_search", lambda: look.model.name_search("", domain)),
            ("search_read", lambda: look.model.search_read(domain, ["display_name"])),
        ):
            look.expect(name, False, call)
        return
    places = {record.id: place for place, record in look.records.items()}
    counts = (
        ("search", lambda: set(look.model.search(domain).ids)),
        ("name_search", lambda: {one for one, _name in look.model.name_search("", domain)}),
        ("search_read", lambda: {row["id"] for row in look.model.search_read(domain, ["id"])}),
    )
    for name, call in counts:
        found = look.answer(name, call)
        if found is None:
            continue
        look.compare(name, set(), {places[one] for one in found - wanted}, "too many")
        look.compare(name, set(), {places[one] for one in wanted - found}, "too few")
    look.compare("search_count", len(wanted), look.model.search_count(domain))
    groups = look.answer("group", lambda: look.model.formatted_read_group(domain, [], ["__count"]))
    if groups is not None:
        look.compare("group", len(wanted), sum(group["__count"] for group in groups))


def columns(look):
    """Filtering, sorting, grouping, summing: by what may be read, directly and through a relation."""
    if not look.matrix.has(look.person, look.name, "read"):
        return
    domain = [("id", "in", [record.id for record in look.records.values()])]
    wanted = sum(look.opens("read", place) for place in look.records)
    described = look.case.described(look.name)
    grouped = set()
    for field, may in look.fields():
        calls = _column_calls(look.model, field, described[field.name], domain)
        for name, call in calls:
            if not may and (wanted or name == "filter"):
                look.expect(name, False, call, "", field.name)
            elif not may:
                continue  # a query that can find nothing is never made
            elif name != "group" or _tells_values(look, field):
                look.expect(name, True, call, "", field.name)
            elif field.type != "many2many" and _kind(look, field) not in grouped:
                grouped.add(_kind(look, field))
                groups = look.answer(name, call) or ()
                counted = sum(group["__count"] for group in groups)
                look.compare(name, wanted, counted, "", field.name)
    if wanted:
        _related_columns(look, domain)


def _tells_values(look, field):
    """Return whether groups by this field would list protected texts: that is refused in words."""
    protected = look.matrix.fields.get((look.name, field.name), ("open",))[0] != "open"
    rows = look.matrix.models.get(look.name, ())
    protected = protected or all(row.subject in rights.DATA for row in rows)
    return protected and field.type in ("char", "text", "html", "json")


def _kind(look, field):
    """Return what makes grouping by one field like grouping by another: data group and type."""
    return look.matrix.fields.get((look.name, field.name)), field.type


def _column_calls(model, field, about, domain):
    name = field.name
    if field.type in ("properties", "properties_definition"):
        return  # core asks for one answer by its name, never for the field
    if about["searchable"] and field.type not in ("binary", "image", "json"):
        yield "filter", lambda: model.search([*domain, (name, "not in", [_some(field)])], limit=1)
    if about["sortable"]:
        yield "order", lambda: model.search(domain, order=name, limit=1)
    if about["groupable"]:
        spec = f"{name}:month" if field.type in ("date", "datetime") else name
        yield "group", lambda: model.formatted_read_group(domain, [spec], ["__count"])
    if field.store and field.column_type and field.type not in ("json", "binary"):
        yield "sum", lambda: model.formatted_read_group(domain, [], [f"{name}:array_agg"])


def _some(field):
    """Return a value to filter by, so that the filter cannot be answered without the column."""
    if field.type == "selection":
        return next(iter(dict(field.selection)), "x") if isinstance(field.selection, list) else "x"
    some = {"date": "2020-02-02", "datetime": "2020-02-02 00:00:00", "boolean": True}
    return some.get(field.type, "x" if field.type in ("char", "text", "html") else 1)


def _related_columns(look, domain):
    """One hidden field of each data group behind every many2one of the product."""
    for field, may in look.fields():
        if field.type != "many2one" or not may or not field.comodel_name.startswith("lbc."):
            continue
        target = look.model.env[field.comodel_name]
        for name in look.hidden_behind(target._name):
            path = f"{field.name}.{name}"
            about = look.case.described(target._name)[name]
            if about["searchable"] and look.case.described(look.name)[field.name]["searchable"]:
                filtered = [*domain, (path, "not in", [_some(target._fields[name])])]
                look.expect("filter", False, lambda d=filtered: look.model.search(d), "", path)
            if about["groupable"] and field.store:
                group = look.model.formatted_read_group
                look.expect("group", False, lambda g=group, p=path: g(domain, [p]), "", path)


def clear_names(look):
    """A clear name finds nobody for whoever may not read it, and stands in no name."""
    if not look.matrix.has(look.person, look.name, "read"):
        return
    hidden = not look.matrix.reads(look.person, "lbc.child", "name")
    if hidden:
        # A model without a name to search by ignores the text: then nobody's name finds as much.
        nobody = look.answer("name_search", lambda: look.model.name_search("查无此人", []))
        for name in makers.CLEAR_NAMES:
            found = look.answer("name_search", lambda name=name: look.model.name_search(name, []))
            look.compare("name_search", nobody, found, "", "clear name")
    for place, record in look.records.items():
        if look.opens("read", place):
            label = record.display_name or ""
            shown = [name for name in makers.CLEAR_NAMES if name in label]
            look.compare("display_name", [], shown, place)


def write(look):
    """Writing: every field where the record is open, one of each kind elsewhere; the value stays."""
    for place, record in look.asked("write"):
        allowed = look.opens("write", place)
        kinds = {}
        for field, _may in look.fields():
            if not _is_writable(field):
                continue
            kind = look.matrix.fields.get((look.name, field.name))
            if not allowed and kind in kinds:
                continue
            kinds[kind] = field
            vals = {field.name: _value(look, field, place)}
            may = allowed and look.matrix.writes(look.person, look.name, field.name)
            look.expect("write", may, lambda r=record, v=vals: r.write(v), place, field.name, True)


def _is_writable(field):
    if field.name in MAGIC_COLUMNS or field.type in ("one2many", "properties"):
        return False
    return bool(field.store) or field.readonly


def _value(look, field, place):
    """Return the value that the record has, in the form in which it is written."""
    record = look.case.records[look.name][place].sudo()
    if field.type in ("binary", "many2many"):
        return False if field.type == "binary" else []
    return field.convert_to_write(record[field.name], record)


def create(look):
    """Creating beside the record of each place, with the same values."""
    for place, _record in look.asked("create"):
        if look.model._transient and place != f"of {look.person.role}":
            continue  # whoever creates a wizard is its owner
        vals = look.case.values_for(look.name, place)
        if vals is None:
            continue
        allowed = look.opens("create", place)
        look.expect("create", allowed, lambda v=vals: look.model.create(v), place, "", True)


def unlink(look):
    """Deleting; a record that is kept for other reasons is refused in other words."""
    for place, record in look.asked("unlink"):
        allowed = look.opens("unlink", place)
        look.expect("unlink", allowed, lambda record=record: record.unlink(), place, "", True)


def export(look):
    """Odoo's own export reads what may be read, and nothing without an approved export."""
    gated = look.case.is_gated(look.name)
    for place, record in look.asked("read"):
        allowed = look.opens("read", place) and not gated
        rows = []
        got = look.outcome(lambda r=record, rows=rows: rows.append(r.export_data(["display_name"])))
        if got == ALLOWED and not rows:
            got = REFUSED  # the gate says in words how to ask
        look.compare("export", ALLOWED if allowed else REFUSED, got, place)


def report(look):
    """Printed documents of the model."""
    for document in look.case.reports_of(look.name):
        name = document.report_name
        render = document.with_user(look.model.env.user)._render_qweb_html
        for place, record in look.asked("read"):
            allowed = look.opens("read", place)
            look.expect("report", allowed, partial(render, name, record.ids), place, name)


ALL = (
    read,
    search,
    columns,
    clear_names,
    write,
    create,
    unlink,
    export,
    report,
    papers.attachments,
    papers.field_files,
    papers.messages,
    papers.activities,
    methods.methods,
)
