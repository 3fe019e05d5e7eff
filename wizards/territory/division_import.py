"""Administrative divisions from a CSV file `code,name,level,parent_code` (domain.md §B.15).

Everything is checked before anything is written; a second import of the same file changes nothing.
A whole province (18,248 divisions) takes a handful of statements.
"""

import base64
import csv
import io
import re

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...lib import places
from ...models.territory.area import LEVEL_ORDER, may_lie_in

HEADINGS = ("code", "name", "level", "parent_code")
CODE = re.compile(r"[0-9]{12}")
SHOWN_ERRORS = 20
CHUNK = 5000


class DivisionImport(models.TransientModel):
    _name = "lbc.division.import"
    _description = "Import Divisions"
    _inherit = ["lbc.wizard.mixin"]

    file = fields.Binary("CSV File", required=True)
    filename = fields.Char()
    created_count = fields.Integer("New", readonly=True)
    updated_count = fields.Integer("Changed", readonly=True)
    unchanged_count = fields.Integer("Unchanged", readonly=True)
    state = fields.Selection([("draft", "Draft"), ("done", "Done")], default="draft", readonly=True)

    def action_import(self):
        """Read, check and write the file, all or nothing.

        :raises UserError: names line and remedy of what is wrong
        """
        self.ensure_one()
        self.env["lbc.area"].check_access("create")
        rows = self._read_rows()
        self._check_rows(rows)
        self._write_rows(rows)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _read_rows(self):
        """Return [(line number, code, name, level, parent code)] of the file."""
        content = base64.b64decode(self.file or b"")
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                text = content.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
        else:
            raise UserError(self.env._("The file is not text. Save it as CSV (UTF-8)."))
        reader = csv.DictReader(io.StringIO(text, newline=""))
        missing = [name for name in HEADINGS if name not in (reader.fieldnames or [])]
        if missing:
            raise UserError(
                self.env._(
                    "Line 1: these headings are missing: %(headings)s. The first line must read "
                    "code,name,level,parent_code.",
                    headings=", ".join(missing),
                )
            )
        return [
            (reader.line_num, *((row[name] or "").strip() for name in HEADINGS)) for row in reader
        ]

    def _check_rows(self, rows):
        """Refuse the whole file when a line is wrong; the first errors are named with their lines."""
        known = self._known()
        levels = {code: level for code, (level, _parent) in known.items()}
        levels |= {code: level for _line, code, _name, level, _parent in rows}
        errors, seen = [], {}
        for line, code, name, level, parent in rows:
            problem = self._problem(code, name, level, parent, levels, seen)
            seen.setdefault(code, line)
            if problem:
                errors.append(self.env._("Line %(line)s: %(text)s", line=line, text=problem))
        errors += self._hierarchy_errors(rows, known, levels) if not errors else []
        if errors:
            more = len(errors) - SHOWN_ERRORS
            if more > 0:
                errors = [*errors[:SHOWN_ERRORS], self.env._("… and %(count)s more.", count=more)]
            head = self.env._("Nothing was imported. Correct the file and import it again.")
            raise UserError("\n".join([head, *errors]))

    def _known(self):
        """Return {code: (level, code of the parent)} of every division in the system."""
        self.env["lbc.area"].flush_model(["code", "level", "parent_id"])
        rows = self.env.execute_query(
            SQL(
                "SELECT a.code, a.level, p.code FROM lbc_area a "
                "LEFT JOIN lbc_area p ON p.id = a.parent_id"
            )
        )
        return {code: (level, parent) for code, level, parent in rows}

    def _problem(self, code, name, level, parent, levels, seen):
        """Return what is wrong with one line (str), or None."""
        if not CODE.fullmatch(code):
            return self.env._("the code “%(code)s” does not have 12 digits.", code=code)
        if code in seen:
            return self.env._(
                "the code %(code)s stands already in line %(line)s.", code=code, line=seen[code]
            )
        if not name:
            return self.env._("the name of %(code)s is empty.", code=code)
        if level not in LEVEL_ORDER:
            return self.env._(
                "the level “%(level)s” is unknown. Use %(levels)s.",
                level=level,
                levels=", ".join(LEVEL_ORDER),
            )
        if not parent:
            return None if level == LEVEL_ORDER[0] else self.env._("the parent code is empty.")
        if parent not in levels:
            return self.env._(
                "the parent %(parent)s is neither in the file nor in the system.", parent=parent
            )
        if parent == code:
            return self.env._("%(code)s is given as its own parent (cycle).", code=code)
        return None

    def _hierarchy_errors(self, rows, known, levels):
        """Return errors of the tree as it would be: what the file says, else what the system has.

        A line is also wrong when it gives its division a level in which something that already
        lies there cannot lie.
        """
        parents = {code: parent for code, (_level, parent) in known.items()}
        parents |= {code: parent for _line, code, _name, _level, parent in rows}
        inside = {}
        for code, parent in parents.items():
            inside.setdefault(parent, []).append(code)
        listed = {row[1] for row in rows}
        errors = []
        for line, code, _name, level, parent in rows:
            wrong = [
                other
                for other in inside.get(code, ())
                if other not in listed and not may_lie_in(levels[other], level)
            ]
            if self._leads_back(code, parents):
                text = self.env._("the parents of %(code)s form a cycle.", code=code)
            elif parent and not may_lie_in(level, levels[parent]):
                text = self._wrong_level(code, parent, level)
            elif wrong:
                text = self._wrong_level(wrong[0], code, levels[wrong[0]])
            else:
                continue
            errors.append(self.env._("Line %(line)s: %(text)s", line=line, text=text))
        return errors

    @staticmethod
    def _leads_back(code, parents):
        """Return whether going up from `code` never ends (bool)."""
        trail, step = {code}, parents.get(code)
        while step and step not in trail:
            trail.add(step)
            step = parents.get(step)
        return bool(step)

    def _wrong_level(self, code, parent, level):
        """Return the sentence (str) for a division in a parent of the wrong level."""
        values = {"code": code, "parent": parent}
        if level == "village":
            text = self.env._(
                "%(code)s is a village and must lie in a township, not in %(parent)s."
            )
        elif level == "township":
            text = self.env._("%(code)s is a township and must lie in a county, not in %(parent)s.")
        else:
            text = self.env._("the parent of %(code)s, %(parent)s, is not of a higher level.")
        return text % values

    def _write_rows(self, rows):
        """Write what is new or different, level by level."""
        created = updated = 0
        for level in LEVEL_ORDER:
            of_level = [row for row in rows if row[3] == level]
            for start in range(0, len(of_level), CHUNK):
                made, changed = self._write_level(level, of_level[start : start + CHUNK])
                created += made
                updated += changed
        self.sudo().write(  # results are read-only for whoever imports
            {
                "created_count": created,
                "updated_count": updated,
                "unchanged_count": len(rows) - created - updated,
                "state": "done",
            }
        )
        self.env["lbc.area"].invalidate_model()
        self.env.registry.clear_cache()

    def _write_level(self, level, rows):
        """Upsert rows of one level whose parents are there; returns (created, changed).

        The stored paths and keys are set here as the ORM would; a test compares the two.
        """
        values = [
            (
                code,
                name,
                places.neat_area_name(name) if level == "village" else name,
                parent or None,
            )
            for _line, code, name, _level, parent in rows
        ]
        self.env.flush_all()
        template = SQL(", ").join(SQL("%s", row) for row in values)
        result = self.env.execute_query(
            SQL(
                """
            WITH input (code, name, short_name, parent_code) AS (VALUES %(rows)s),
            wanted AS (
                SELECT i.code, i.name, i.short_name, p.id AS parent_id, p.parent_path,
                       p.township_id, p.county_id
                  FROM input i LEFT JOIN lbc_area p ON p.code = i.parent_code),
            changed AS (
                UPDATE lbc_area a
                   SET name = w.name, short_name = w.short_name, parent_id = w.parent_id,
                       level = %(level)s, write_uid = %(uid)s,
                       write_date = now() AT TIME ZONE 'UTC'
                  FROM wanted w
                 WHERE a.code = w.code
                   AND (a.name, a.short_name, a.parent_id, a.level)
                       IS DISTINCT FROM (w.name, w.short_name, w.parent_id, %(level)s)
             RETURNING a.id),
            made AS (
                INSERT INTO lbc_area (code, name, short_name, level, parent_id, active,
                                      create_uid, write_uid, create_date, write_date)
                SELECT w.code, w.name, w.short_name, %(level)s, w.parent_id, true,
                       %(uid)s, %(uid)s, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                  FROM wanted w
                 WHERE NOT EXISTS (SELECT 1 FROM lbc_area a WHERE a.code = w.code)
             RETURNING id)
            SELECT (SELECT count(*) FROM made), (SELECT count(*) FROM changed)
            """,
                rows=template,
                level=level,
                uid=self.env.uid,
            )
        )
        self._update_keys([row[0] for row in values])
        return result[0]

    def _update_keys(self, codes):
        """Set path and keys of these divisions from their parents, where they differ."""
        moved = self.env.execute_query(
            SQL(
                """
                UPDATE lbc_area a SET parent_path = k.path, township_id = k.township_id,
                                      county_id = k.county_id
                  FROM (SELECT c.id, c.parent_path AS old_path,
                               COALESCE(p.parent_path, '') || c.id || '/' AS path,
                               CASE c.level WHEN 'township' THEN c.id ELSE p.township_id END
                                   AS township_id,
                               CASE c.level WHEN 'county' THEN c.id ELSE p.county_id END
                                   AS county_id
                          FROM lbc_area c LEFT JOIN lbc_area p ON p.id = c.parent_id
                         WHERE c.code = ANY(%(codes)s)) k
                 WHERE k.id = a.id
                   AND (a.parent_path, a.township_id, a.county_id)
                       IS DISTINCT FROM (k.path, k.township_id, k.county_id)
             RETURNING a.id, k.old_path
                """,
                codes=codes,
            )
        )
        # Nothing lies in a new division yet; what lies in a moved one takes its new keys.
        areas = self.env["lbc.area"].browse(area_id for area_id, old_path in moved if old_path)
        areas.invalidate_recordset()
        areas.modified(["township_id", "county_id"])
