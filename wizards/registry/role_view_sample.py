"""The sample files of “view as role”: fictitious children, met as the role would meet them.

Everything happens within a savepoint that is always rolled back: an organisation, a user with a
posting of the role, five children with family and health, assignments where the role works by
these. Nothing remains but gaps in the numbers of files and ids: PostgreSQL never takes sequences
back. No mail or message leaves, since nothing of it is ever committed.
"""

import uuid
from contextlib import contextmanager
from datetime import date, timedelta

from lxml import etree

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ...lib import identity, matrix

SURNAMES = "张李王刘陈"
# Nobody lives in 999999: no number of a real child can be met.
REGION = "999999"
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notify_force_send": False,
    "mail_activity_quick_update": True,
    "no_reset_password": True,
}
SHOWN = 80  # characters of one value


class RoleView(models.TransientModel):
    _inherit = "lbc.role.view"

    @contextmanager
    def _sandbox(self):
        """Undo whatever is done within, also in memory."""
        # Flushes first, with all that waits for the commit: the way back would forget it.
        savepoint = self.env.cr.savepoint()
        try:
            yield
        finally:
            savepoint.close(rollback=True)
            # Rules and groups of users that have never been must not stay in the caches.
            self.env.registry.clear_cache()
            self.env.registry.clear_cache("groups")

    @api.model
    def _sample_user(self, role):
        """Return a user (of his own environment) who acts in a role in the caller's county."""
        env = self.sudo().with_context(**QUIET).env  # checked by whoever calls
        village = self._sample_village()
        scope = matrix.file_scope(env["lbc.access.right"]._cells(role.id))
        posts = env["lbc.post"].search([("role_id", "=", role.id)])
        level = matrix.AREA_SCOPES.get(scope, "organization")
        post = posts.filtered(lambda one: one.scope == level)[:1] or posts[:1]
        if not post:
            values = {"name": role.name, "code": uuid.uuid4().hex, "scope": level}
            post = env["lbc.post"].create({**values, "role_id": role.id})
        keys = {"village": village, "township": village.township_id, "county": village.county_id}
        area = keys.get(post.scope, env["lbc.area"])
        user = env["res.users"].create(
            {
                "name": "样例人员",
                "login": f"sample-{uuid.uuid4().hex}",
                "group_ids": [Command.set(env.ref("base.group_user").ids)],
                "lang": self.env.user.lang,
                "tz": self.env.user.tz,
            }
        )
        env["lbc.posting"].create(
            {
                "name": "样例人员",
                "user_id": user.id,
                "post_id": post.id,
                "organization_id": self._sample_school(village).id,
                "area_ids": [Command.set(area.ids)],
                "date_from": fields.Date.context_today(self) - timedelta(days=1),
            }
        )
        return user.with_user(user)

    @api.model
    def _sample_village(self):
        """Return a village (sudo) of the caller's county, any that is valid."""
        county = self.env.user._lbc_counties()[:1]
        places = [
            ("level", "=", "village"),
            ("county_id", "=", county.id),
            ("valid_to", "=", False),
        ]
        village = self.env["lbc.area"].sudo().search(places, limit=1)
        if not village:
            raise UserError(
                self.env._("There is no village in your county yet. Import the divisions first.")
            )
        return village

    @api.model
    def _sample_school(self, village):
        kind = self.env.ref("left_behind_children.organization_kind_school")
        values = {"name": "样例学校", "kind_id": kind.id, "area_id": village.township_id.id}
        return self.env["lbc.organization"].sudo().create(values)

    @api.model
    def _sample_records(self, user):
        """Create five children as the user's duty would know them.

        :return: {model: list of one record (sudo) per child}
        """
        env = self.sudo().with_context(**QUIET).env
        posting = user.sudo()._lbc_acting_posting()
        village = self._sample_village()
        today = fields.Date.context_today(self)
        records = self._sample_family(env, village, posting.organization_id, today)
        children = env["lbc.child"].concat(*records["lbc.child"])
        children.action_submit()
        children._verify(today, "样例")
        records["lbc.episode"] = list(children.episode_id)
        env["lbc.assignment"].create(
            [
                {
                    "child_id": child.id,
                    "organization_id": posting.organization_id.id,
                    "kind": kind,
                    "purpose": "样例",
                    "date_from": today,
                    "date_to": today + timedelta(days=1),
                }
                for child in children
                for kind in ("service", "case")
            ]
        )
        env.flush_all()
        return records

    @api.model
    def _sample_family(self, env, village, school, today):
        """Create the children with households, parents who work away, a carer and health."""
        place = {"area_id": village.id}
        homes = env["lbc.household"].create(
            [{**place, "address": f"样例路{number}号"} for number in range(1, 6)]
        )
        children = env["lbc.child"].create(
            [
                {
                    **place,
                    **self._sample_identity(number, today),
                    "household_id": home.id,
                    "school_id": school.id,
                    "grade_class": f"{number}年级1班",
                    "address": home.address,
                    "note": "样例：由奶奶照料",
                    "aid_ids": env["lbc.aid"].search([], limit=1).ids,
                    "tag_ids": env["lbc.key.tag"].search([], limit=1).ids,
                }
                for number, home in enumerate(homes, 1)
            ]
        )
        people = env["lbc.guardian"].create(
            [
                {**place, "name": f"{surname}样例{who}", "phone": f"1380000{serial}{number}00"}
                for number, surname in enumerate(SURNAMES, 1)
                for serial, who in ((1, "父"), (2, "母"), (3, "奶奶"))
            ]
        )
        away = [
            {"guardian_id": one.id, "place": "样例市", "cross_county": "yes"}
            for index, one in enumerate(people)
            if index % 3 != 2
        ]
        since = {"date_from": today - timedelta(days=400)}
        spells = env["lbc.migration"].create([{**values, **since} for values in away])
        lines = env["lbc.guardianship"].create(
            [
                {"child_id": child.id, "guardian_id": people[3 * index + place].id, "role": role}
                for index, child in enumerate(children)
                for place, role in enumerate(("father", "mother", "carer"))
            ]
        )
        health = env["lbc.health"].create(
            [
                {"child_id": child.id, "condition": "chronic", "details": "样例：哮喘"}
                for child in children
            ]
        )
        return {
            "lbc.child": list(children),
            "lbc.household": list(homes),
            "lbc.guardianship": list(lines[2::3]),
            "lbc.guardian": list(people[2::3]),
            "lbc.migration": list(spells[::2]),
            "lbc.health": list(health),
        }

    @api.model
    def _sample_identity(self, number, today):
        """Return name, number and birth date (dict) of the sample child 1 to 5."""
        birth = date(today.year - 3 - 2 * number, number, 10 + number)
        first = f"{REGION}{birth:%Y%m%d}{900 + number}"
        number_of_child = first + identity.check_digit(first)
        return {
            "name": f"{SURNAMES[number - 1]}样例",
            "id_number": number_of_child,
            "education_stage": False,
        }

    # -- reading them

    @api.model
    def _samples_seen(self, user, records):
        """Return the sample files as the user meets them.

        :return: one dict a model: label, met (how many of the five), rows: list of (label, list of
            five texts) of the fields that list and form show him
        """
        seen = []
        for name, of_child in records.items():
            own = [record.with_user(user).with_context(lang=user.lang) for record in of_child]
            met = [record.has_access("read") for record in own]
            rows = []
            if any(met):
                for field in self._fields_on_pages(own[0].browse()):
                    pairs = zip(own, met, strict=True)
                    texts = [_text(one, field) if open_ else "" for one, open_ in pairs]
                    rows.append((field._description_string(own[0].env), texts))
            label = self.env["ir.model"]._get(name).name
            seen.append({"name": name, "label": label, "met": sum(met), "rows": rows})
        return seen

    @api.model
    def _fields_on_pages(self, model):
        """Return the fields that list and form show to the user of the model's environment."""
        views = model.get_views([(False, "list"), (False, "form")])["views"]
        names = {}
        for kind in ("list", "form"):
            for node in etree.fromstring(views[kind]["arch"]).iter("field"):
                inner = any(above.tag == "field" for above in node.iterancestors())
                hidden = {node.get("invisible"), node.get("column_invisible")} & {"1", "True"}
                if not inner and not hidden:
                    names[node.get("name")] = True
        shown = (model._fields[name] for name in names)
        return [
            field
            for field in shown
            if field.type != "binary" and model._has_field_access(field, "read")
        ]


def _text(record, field):
    """Return a value as a reader of the page would see it (str)."""
    try:
        value = record[field.name]
        if field.relational:
            return "、".join(value[:3].mapped("display_name")) + ("…" if len(value) > 3 else "")
    except AccessError:
        return ""
    if field.type == "boolean":
        return "✓" if value else ""
    if field.type == "selection":
        return dict(field._description_selection(record.env)).get(value, "")
    text = "" if value is False or value is None else str(value)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
