"""The first step of a census import: reading the workbook and judging every row; children stay untouched."""

import time
from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...lib import census_file, census_places, census_rows, census_workbook
from ...lib.census_headings import Place
from ...lib.census_rows import text_of
from ...lib.masks import mask_name
from ...lib.names import normalise_name
from . import census_progress, census_reader
from .bulk import Bulk
from .census_texts import FILES, Speaker
from .episode import ON_LEDGER

REQUIRED = ("village", "name", "id_number")
# Progress is told at most so often (seconds); telling it costs a round trip to the database.
_PATIENCE = 0.3


class CensusImport(models.Model):
    _inherit = "lbc.census.import"

    @api.model
    def _columns(self):
        """Return the columns of the census (list of `lib.columns.Column`)."""
        return [column for column in self.env["lbc.child"]._ledger_columns() if column.census]

    def _read_workbook(self):
        """Return the `lib.census_workbook.Sheet` of the uploaded file.

        :raises UserError: says why the file cannot be read, and what to do
        """
        required = REQUIRED if self._only_township() else ("township", *REQUIRED)
        try:
            return census_reader.read(
                self._content(), self._columns(), required, self._teller("reading")
            )
        except census_workbook.WorkbookError as error:
            params = dict(error.params)
            if "headings" in params:
                comma = self.env._("%(one)s, %(other)s", one="", other="")
                params["headings"] = comma.join(params["headings"])
            text = self.env._(FILES[error.code])
            raise UserError(text % params) from error

    def _check_sheet(self, sheet):
        """Judge the rows of a `lib.census_workbook.Sheet` and keep them; returns the `lib.census_rows.Row`s."""
        county = self.county_id or self._county_of(sheet)
        self._step({"as_of": self._as_of(sheet), "county_id": county.id})
        rows = self._judge(sheet.rows)
        self._keep_rows(sheet, rows)
        return rows

    def _as_of(self, sheet):
        """Return the date of the census: as entered, else as read from the sheet."""
        if not (self.as_of or sheet.as_of):
            raise UserError(
                self.env._(
                    "The sheet does not say 数据截至：(date). Enter “As of” and check again."
                )
            )
        return self.as_of or sheet.as_of

    def _county_of(self, sheet):
        """Return the county that has most of the sheet's townships, for users who have no county of their own."""
        names = {text_of(raw.get("township")) for _number, raw in sheet.rows}
        groups = self.env["lbc.area"]._read_group(
            [
                ("level", "=", "township"),
                ("name", "in", list(names)),
                ("county_id", "in", self.env["lbc.profile"]._profiled_county_ids()),
            ],
            ["county_id"],
            ["__count"],
            order="__count DESC",
            limit=1,
        )
        return groups[0][0] if groups else self.env["lbc.area"]

    def _teller(self, stage, total=0):
        """Return a function that tells other sessions how many rows are through `stage`."""
        last = [0.0]

        def tell(done):
            now = time.monotonic()
            if now - last[0] > _PATIENCE:
                last[0] = now
                census_progress.tell(self.env, self.id, stage, done, total)

        return tell

    def _judge(self, raw_rows):
        """Return the `lib.census_rows.Row`s of [(number, raw)] with all findings, those of the database included."""
        self.env.flush_all()  # who is on file is asked in SQL
        setting = self._setting()
        teller = self._teller("checking", len(raw_rows))
        rows = census_file.read_rows(raw_rows, setting, teller)
        self._find_outside_area(rows)
        self._find_known(rows)
        return rows

    def _setting(self):
        """Return the `lib.census_rows.Setting` of this census."""
        if not self.county_id:
            raise UserError(self.env._("Choose the county whose census this is."))
        profile = self.env["lbc.profile"]._for_county(self.county_id)
        return census_rows.Setting(
            self.as_of,
            profile._eligibility_policy(),
            self._territory(),
            self._home(),
            frozenset(profile._incapacity_reasons()),
        )

    def _territory(self):
        """Return the `lib.census_places.Territory` of the county on the day of the census.

        Villages that have become part of another lead to that one under their old name too (§C.6 case 18).
        """
        areas = (
            self.env["lbc.area"]
            .with_context(active_test=False)
            .search_fetch(
                [("county_id", "=", self.county_id.id), ("level", "in", ("township", "village"))],
                ["name", "level", "township_id", "valid_to", "successor_id"],
            )
        )
        townships, villages = [], []
        for area in areas:
            now = area._on(self.as_of)
            if now.valid_to and now.valid_to < self.as_of:
                continue
            if area.level == "township":
                townships.append((now.id, area.name))
            else:
                villages.append((area.township_id._on(self.as_of).id, area.name, now.id))
        return census_places.Territory(townships, villages, self._only_township())

    def _only_township(self):
        """Return the id of the importer's only township, None for whoever has several or the county."""
        scope, area_ids, _organization = self.env.user._lbc_scope()
        one = scope == "township" and len(area_ids) == 1 and not self.env.su
        return area_ids[0] if one else None

    def _home(self):
        """Return the `lib.census_places.HomeCounty`, to tell work away from work at home."""
        above = self.county_id.parent_id
        names = [area.name for area in (above, above.parent_id) if area]
        return census_places.HomeCounty(self.county_id.name, names)

    def _find_outside_area(self, rows):
        """Refuse rows that lie outside the importer's area, whatever page or program sent the file."""
        if self.env.su:
            return
        scope, area_ids, _organization = self.env.user._lbc_scope()
        inside = {
            "township": lambda row: row.township in area_ids,
            "county": lambda _row: self.county_id.id in area_ids,
        }.get(scope, lambda _row: False)
        for row in rows:
            if row.township and not inside(row):
                row.find("not_your_area", "township")

    def _find_known(self, rows):
        """Find again whom the database knows, and refuse numbers that belong to somebody else there.

        Everybody is looked up, also outside the importer's area: numbers are unique in the whole database.
        """
        children = self._known_children(rows)
        adults, others = self._known_numbers(rows)
        reached, ours = self._own_adults([adult for adult, _name in adults.values()])
        first = {}
        for row in rows:
            known = children.get(row.number)
            if known and first.setdefault(known[0], row.number) != row.number:
                row.find("duplicate_in_file", "name", row=first[known[0]])
            elif known:
                self._find_at_home(row, known)
            elif row.id_number in adults:
                row.find("number_of_adult", "id_number")
            for role, adult in row.adults:
                if adult.number in others:
                    row.find("adult_number_of_child", f"{role}_id_number")
                elif adult.number in adults:
                    self._find_on_file(row, role, adult, *adults[adult.number], reached, ours)

    def _find_on_file(self, row, role, adult, known, name, reached, ours):
        """Judge an adult whose number is on file, as `known` (id) with this name.

        Whoever only guesses or copies a number must not get at the person behind it: outside the area a number counts
        together with the name, and the sentence tells neither.
        """
        same_name = normalise_name(adult.name) == normalise_name(name)
        if not same_name and known not in reached:
            row.find("adult_number_elsewhere", f"{role}_id_number")
        elif known not in ours:
            row.find("adult_kept", f"{role}_name")
        elif not same_name:
            row.find("adult_name_differs", f"{role}_name")

    def _find_at_home(self, row, known):
        """Judge a row whose child is on file already."""
        child, township, state, name = known
        if row.township and township != row.township:
            area = self.env["lbc.area"].sudo().browse(township)  # divisions are public
            row.find("other_township", "id_number", township=area.name)
        elif not set(name) & set(row.values.get("name", name)):
            row.find("other_child", "id_number")
        else:
            row.existing = child
            if state not in ON_LEDGER:
                states = self.env["lbc.episode"]._fields["state"]._description_selection(self.env)
                row.find("not_on_ledger", "name", state=dict(states).get(state, ""))

    def _known_children(self, rows):
        """Return {row number: (id, township, state, name) of the child on file}.

        By number; else by name, birth date and village, where the row or the file has no number.
        """
        asked = [
            (row.number, row.id_number or None, values["name"], values["birth_date"], row.village)
            for row in rows
            if {"name", "birth_date"} <= (values := row.values).keys() and row.village
        ]
        found = self.env.execute_query(
            SQL(
                """
                WITH asked AS (SELECT * FROM unnest(%s::int[], %s::text[], %s::text[], %s::date[],
                                                    %s::int[]) a (row, number, name, birth, village))
                SELECT row, id, township_id, state, c.name FROM asked a
                  JOIN lbc_child c ON c.birth_date = a.birth AND c.name = a.name
                   AND c.area_id = a.village AND (c.id_number IS NULL OR a.number IS NULL)
                 WHERE c.state <> 'void'
                UNION ALL
                SELECT row, id, township_id, state, c.name FROM asked a
                  JOIN lbc_child c ON c.id_number = a.number
                 WHERE c.state <> 'void'
                """,
                *(list(column) for column in (zip(*asked, strict=True) if asked else [()] * 5)),
            )
        )
        return {row: known for row, *known in found}

    def _known_numbers(self, rows):
        """Return ({number: (id, name)} of adults on file, numbers of children on file) among those of the rows."""
        numbers = {adult.number for row in rows for _role, adult in row.adults if adult.number}
        numbers.update(row.id_number for row in rows if row.id_number)
        adults = self.env.execute_query(
            SQL(
                "SELECT id_number, id, name FROM lbc_guardian WHERE id_number = ANY(%s)",
                list(numbers),
            )
        )
        children = self.env.execute_query(
            SQL(
                "SELECT id_number FROM lbc_child WHERE id_number = ANY(%s) AND state <> 'void'",
                list(numbers),
            )
        )
        return (
            {number: (adult, name) for number, adult, name in adults},
            {number for (number,) in children},
        )

    def _keep_rows(self, sheet, rows):
        """Replace the rows of this census by these, and show what the check found."""
        self.sudo().line_ids.unlink()  # read-only for every role: the steps write them
        layout = [place._asdict() for place in sheet.places]
        self._step({"layout": layout, "unknown_headings": "\n".join(sheet.unknown_headings)})
        speaker = self._speaker()
        bulk = Bulk(self.env)
        bulk.add("lbc.census.line", [self._line_vals(row, speaker) for row in rows])
        bulk.insert()
        bulk.analyze()
        statuses = defaultdict(int)
        for row in rows:
            statuses[row.status] += 1
        self._step(
            {
                "state": "checked",
                "ok_count": statuses["ok"],
                "warning_count": statuses["warning"],
                "error_count": statuses["error"],
                "rejected_count": 0,
                **self._report(rows),
            }
        )

    def _line_vals(self, row, speaker):
        """Return the columns of the line that keeps a row."""
        return {
            "import_id": self.id,
            "row": row.number,
            **speaker.verdict(row),
            "result": None,
            "name_masked": mask_name(row.values.get("name", "")),
            "raw": row.raw,
            "child_id": None,
            "area_id": row.village,
            "township_id": row.township,
            "county_id": self.county_id.id if row.township else None,
        }

    def _speaker(self):
        """Return the `Speaker` for the sheet as it was read."""
        places = [Place(**spot) for spot in self.layout or ()]
        return Speaker(self.env, self._columns(), places)

    def _kept_rows(self):
        """Return [(row number, raw)] as the check kept them."""
        self.env["lbc.census.line"].flush_model()
        return self.env.execute_query(
            SQL("SELECT row, raw FROM lbc_census_line WHERE import_id = %s ORDER BY row", self.id)
        )
