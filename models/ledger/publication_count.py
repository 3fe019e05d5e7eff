"""Counting a table, and withholding what is too small, before anything is stored (§A.9, §C.2)."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL, date_utils

from ...lib import indicators, summary, suppression
from ...reports.ledger import summary_query

VISIT_KINDS = ("monthly_visit", "monthly_visit_child")


class Publication(models.Model):
    _inherit = "lbc.publication"

    @api.model
    def _prepare_draft(self, title, county, quarter=None):
        """Count and return a new draft (`lbc.publication`); true small numbers are not kept.

        :param county: `lbc.area`, of which the caller publishes
        :param quarter: `lbc.quarter` that every township has submitted; None: the ledger of today
        :raises UserError: a township has not submitted, there is nothing to count
        """
        self._require_publisher(county)
        publisher = self.sudo()  # who publishes counts the whole county, whatever he may open
        profile = self.env["lbc.profile"]._for_county(county)
        today = profile._today()
        draft = publisher.create(
            {
                "title": title,
                "county_id": county.id,
                "as_of": quarter.cutoff if quarter else today,
                "source": "quarter" if quarter else "live",
                "quarter_id": quarter.id if quarter else False,
                "small_cell_k": profile.small_cell_k,
            }
        )
        draft._fill(draft._count(profile))
        return draft.with_env(self.env)

    def _count(self, profile):
        """Return {township id: {code: number}} of the ledger that the table is of."""
        source = self._counted_rows()
        query = summary_query.counts(
            source, "township_id", self.as_of, profile.age_reached_on, indicators.FIGURES
        )
        found = {place: {} for place in self._townships().ids}
        codes = (indicators.CHILDREN, *indicators.COUNTED)
        for place, *numbers in self.env.execute_query(query):
            found.setdefault(place, {}).update(zip(codes, numbers, strict=True))
        if not any(found.values()):
            raise UserError(self.env._("There is nobody on the ledger: nothing to publish."))
        if self.source == "live":  # categories are not among what a quarter freezes
            codes += (indicators.KEY_CHILDREN,)
            self._add(found, indicators.KEY_CHILDREN, self._key_children())
        for code, numbers in self._visits().items():
            codes += (code,)
            self._add(found, code, numbers)
        return {place: {code: row.get(code, 0) for code in codes} for place, row in found.items()}

    @api.model
    def _add(self, found, code, numbers):
        """Add {township: number} of one indicator; what lay in an ended township is its successor's."""
        for place, number in numbers:
            row = found.setdefault(place.id, {})
            row[code] = row.get(code, 0) + number

    def _townships(self):
        """Return the townships that have a row, with or without children."""
        if self.quarter_id:
            return self.quarter_id.submission_ids.township_id
        townships = self.env["lbc.area"].search(
            [("county_id", "=", self.county_id.id), ("level", "=", "township")]
        )
        day = self.as_of
        return townships.filtered(
            lambda area: (
                (not area.valid_from or area.valid_from <= day)
                and (not area.valid_to or area.valid_to >= day)
            )
        )

    def _counted_rows(self):
        """Return SQL of the rows that are counted, protected columns in clear."""
        if not self.quarter_id:
            child = self.env["lbc.child"]
            domain = [*child._on_ledger_domain(), ("county_id", "=", self.county_id.id)]
            return child._ledger_source(summary.COLUMNS, domain, self.as_of, masked=False)
        submissions = self.quarter_id.submission_ids.filtered("township_id")
        missing = submissions.filtered(lambda one: not one.current_version_id)
        if missing or not submissions:
            comma = self.env._("%(one)s, %(other)s", one="", other="")
            # The whole with and without a township would tell that township's small numbers.
            raise UserError(
                self.env._(
                    "A table of %(quarter)s needs the reports of all townships. Missing: "
                    "%(townships)s.",
                    quarter=self.quarter_id.display_name,
                    townships=comma.join(missing.township_id.mapped("name")),
                )
            )
        domain = [("version_id", "in", submissions._counted_versions().ids)]
        return self.env["lbc.snapshot"]._ledger_source(summary.COLUMNS, domain, masked=False)

    def _key_children(self):
        child = self.env["lbc.child"]
        own = [("county_id", "=", self.county_id.id), ("tag_ids.is_key", "=", True)]
        return child._read_group([*child._on_ledger_domain(), *own], ["township_id"], ["__count"])

    def _visits(self):
        """Return {code: [(township, number)]}: visits due in the month before, and those made."""
        first = date_utils.start_of(date_utils.subtract(self.as_of, months=1), "month")
        due = [
            ("county_id", "=", self.county_id.id),
            ("kind_id.code", "in", VISIT_KINDS),
            ("state", "!=", "cancelled"),
            ("township_id", "!=", False),
            ("due_date", ">=", first),
            ("due_date", "<=", date_utils.end_of(first, "month")),
        ]
        found = {}
        for code, more in (
            (indicators.VISITS_DUE, []),
            (indicators.VISITS_DONE, [("done_on", "<=", self.as_of)]),
        ):
            groups = self.env["lbc.duty"]._read_group([*due, *more], ["township_id"], ["__count"])
            found[code] = [(township._on(self.as_of), number) for township, number in groups]
        return found

    def _fill(self, counts):
        """Write the cells in one statement, the withheld ones empty."""
        codes = list(next(iter(counts.values())))
        hidden = suppression.suppress(counts, indicators.blocks(codes), self.small_cell_k)
        rows = []
        for area, row in suppression.with_whole(counts).items():
            for code, number in row.items():
                table, one = indicators.TABLE_OF[code], indicators.INDICATORS[code]
                withheld = (area, code) in hidden
                rows.append(
                    {
                        "area_id": area or self.county_id.id,
                        "is_whole": area is suppression.WHOLE,
                        "sequence": list(indicators.INDICATORS).index(code),
                        "table": table.code,
                        "indicator": code,
                        "label": f"{table.heading}：{one.heading}",
                        "data_group": table.group,
                        "value": None if withheld else number,
                        "suppressed": withheld,
                    }
                )
        self._insert(rows)

    def _insert(self, rows):
        """Insert the cells of a table; the ORM has no empty number."""
        self.env.flush_all()
        types = {"area_id": "int", "is_whole": "bool", "sequence": "int", "value": "int"}
        types["suppressed"] = "bool"
        names = list(rows[0])
        columns = [
            SQL(f"%s::{types.get(name, 'varchar')}[]", [row[name] for row in rows])
            for name in names
        ]
        self.env.cr.execute(
            SQL(
                "INSERT INTO lbc_statistic (publication_id, county_id, %s) "
                "SELECT %s, %s, cell.* FROM unnest(%s) AS cell",
                SQL(", ").join(map(SQL.identifier, names)),
                self.id,
                self.county_id.id,
                SQL(", ").join(columns),
            )
        )
        self.invalidate_recordset(["statistic_ids", "tables", "suppressed_count"])
