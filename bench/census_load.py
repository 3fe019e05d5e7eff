"""The rows of a census as Odoo's own import of lists would write them: `load()`, model by model.

What the models compute themselves (masks, keys, verdicts, the first episode of a child) is left to
them, as it would be in a file that people prepare; everything else is loaded from texts, with ids of
the database for references.
"""

# Model: the columns that are loaded; references end in "/.id". In the order of references.
PLAN = {
    "lbc.household": ("area_id/.id", "address"),
    "lbc.guardian": ("name", "area_id/.id", "id_number", "sex", "birth_date", "phone", "state"),
    "lbc.migration": ("guardian_id/.id", "date_from", "place", "cross_county", "verified_by"),
    "lbc.capacity": ("guardian_id/.id", "reason", "evidence", "valid_from"),
    "lbc.child": (
        *("name", "area_id/.id", "household_id/.id", "id_number", "sex", "birth_date", "ethnicity"),
        *("hukou_kind", "address", "education_stage", "school_name", "boarding", "care_reason"),
        "aid_ids/.id",
    ),
    "lbc.guardianship": ("child_id/.id", "guardian_id/.id", "role", "relation", "care_quality"),
    "lbc.health": ("child_id/.id", "date", "condition"),
}
AID = "lbc_aid_lbc_child_rel"


class Load:
    """The families of the first children, ready to be loaded."""

    def __init__(self, env, rows, children):
        """Choose the households of about the first `children` of the census' rows."""
        self._env = env(user=1, su=True, context={"lang": "zh_CN", "tracking_disable": True})
        self._records = {
            model: [dict(zip(columns, one, strict=True)) for one in tuples]
            for model in PLAN
            for columns, tuples in [rows[model.replace(".", "_")]]
        }
        self._choose(children)
        chosen = {child["id"] for child in self._records["lbc.child"]}
        self._aid = {}
        columns, pairs = rows[AID]
        for pair in pairs:
            one = dict(zip(columns, pair, strict=True))
            if one["lbc_child_id"] in chosen:
                self._aid.setdefault(one["lbc_child_id"], []).append(one["lbc_aid_id"])

    def _choose(self, children):
        kept = self._records["lbc.child"] = self._records["lbc.child"][:children]
        self._keep("lbc.guardianship", "child_id", {one["id"] for one in kept})
        self._keep("lbc.health", "child_id", {one["id"] for one in kept})
        self._keep("lbc.household", "id", {one["household_id"] for one in kept})
        adults = {one["guardian_id"] for one in self._records["lbc.guardianship"]}
        self._keep("lbc.guardian", "id", adults)
        self._keep("lbc.migration", "guardian_id", adults)
        self._keep("lbc.capacity", "guardian_id", adults)

    def _keep(self, model, field, ids):
        self._records[model] = [one for one in self._records[model] if one[field] in ids]

    @property
    def children(self):
        """Return the number of children."""
        return len(self._records["lbc.child"])

    @property
    def count(self):
        """Return the number of rows in all tables; a child brings its episode along."""
        aid = sum(map(len, self._aid.values()))
        return sum(map(len, self._records.values())) + self.children + aid

    def run(self):
        """Load everything, model by model."""
        new_ids = {"lbc.household": {}, "lbc.guardian": {}, "lbc.child": {}}
        for model, names in PLAN.items():
            records = self._records[model]
            if not records:
                continue
            data = [[self._text(one, name, new_ids) for name in names] for one in records]
            result = self._env[model].load(list(names), data)
            if not result["ids"]:
                raise AssertionError(f"load() of {model} failed: {result['messages'][:3]}")
            if model in new_ids:
                ids = (one["id"] for one in records)
                new_ids[model] = dict(zip(ids, result["ids"], strict=True))

    def _text(self, record, name, new_ids):
        """Return a cell as a file would have it."""
        if name == "aid_ids/.id":
            return ",".join(map(str, self._aid.get(record["id"], ())))
        field, is_reference, _rest = name.partition("/")
        value = record[field]
        if value is None or value is False:
            return ""
        if is_reference:
            model = f"lbc.{field.removesuffix('_id')}"
            value = new_ids.get(model, {}).get(value, value)
        return str(value)
