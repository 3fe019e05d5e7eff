"""Which of the columns that the quarter asks for are still empty, child by child and village by village (B-5.2c).

Asked for is what the official summary table counts, and who takes care. The district may ask for more or less.
"""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...lib import columns as column_lists
from .snapshot import FROZEN

# Aid is not asked for: who has nothing on the ledger has none (`lib.summary.NO_AID`).
ASKED = (
    *("birth_date", "sex", "education", "hukou_kind", "health", "boarding"),
    *("care_reason", "carer_name", "carer_relation", "carer_phone", "care_quality"),
)
_BY_CODE = column_lists.by_code(FROZEN)


class Profile(models.Model):
    _inherit = "lbc.profile"

    completeness_columns = fields.Char(
        "Columns Asked For (Codes)",
        default=",".join(ASKED),
        help="Completeness counts these columns of the ledger: codes with commas. Empty: those of the summary table.",
    )

    @api.constrains("completeness_columns")
    def _check_completeness_columns(self):
        for profile in self:
            unknown = [code for code in profile._asked_columns() if code not in _BY_CODE]
            if unknown:
                raise ValidationError(
                    self.env._(
                        "The ledger has no column %(codes)s. Write the codes as on the page “Columns of Copies”.",
                        codes=", ".join(unknown),
                    )
                )

    def _asked_columns(self):
        """Return the codes (list of str) of the columns that completeness counts."""
        text = (self.completeness_columns or "").replace("，", ",")
        return [code.strip() for code in text.split(",") if code.strip()] or list(ASKED)


class Child(models.Model):
    _inherit = "lbc.child"

    @api.model
    def _asked_source(self, codes, domain, day):
        """Return SQL of (file_number, area_id, names of the asked columns that are empty) of children."""
        empty = SQL(", ").join(
            SQL(
                "CASE WHEN COALESCE(asked.%s::text, '') = '' THEN %s END",
                SQL.identifier(code),
                code,
            )
            for code in codes
        )
        return SQL(
            "SELECT asked.file_number, asked.area_id, array_remove(ARRAY[%s], NULL) AS missing FROM (%s) asked",
            empty,
            # Whether something is written there is counted; what is written is not read.
            self._ledger_source(codes, domain, day, masked=False),
        )

    def _missing_columns(self, codes, day):
        """Return {child: codes (list) of the asked columns that are empty}, of columns that the user reads."""
        if not self.ids:
            return {}
        told = [code for code in codes if self._may_read_column(_BY_CODE[code])]
        if not told:
            return {}
        rows = self.env.execute_query(self._asked_source(told, [("id", "in", self.ids)], day))
        of_file = {file_number: missing for file_number, _area, missing in rows}
        return {child: of_file.get(child.file_number, []) for child in self}

    @api.model
    def _ledger_headings(self, codes):
        """Return the headings (list of str) of columns on the official form."""
        return [_BY_CODE[code].heading for code in codes]


class SubmissionVillage(models.Model):
    _inherit = "lbc.submission.village"

    completeness = fields.Float(
        "Complete (%)",
        compute="_compute_completeness",
        digits=(5, 1),
        aggregator=None,
        help="Share of the asked columns that are filled in, over the village's children.",
    )

    @api.depends("area_id", "cutoff")
    def _compute_completeness(self):
        # A share is no file: whoever may see the part may see how much is filled in.
        children = self.env["lbc.child"].sudo()
        for (county, cutoff), parts in self.grouped(
            lambda part: (part.county_id, part.cutoff)
        ).items():
            codes = self.env["lbc.profile"]._for_county(county)._asked_columns()
            own = [*children._on_ledger_domain(), ("area_id", "in", parts.area_id.ids)]
            rows = self.env.execute_query(
                SQL(
                    "SELECT area_id, avg(cardinality(missing)) FROM (%s) child GROUP BY area_id",
                    children._asked_source(codes, own, cutoff),
                )
            )
            share = {area: 100 * (1 - float(missing) / len(codes)) for area, missing in rows}
            for part in parts:
                part.completeness = share.get(part.area_id.id, 100)
