"""Tables that are too near each other tell single children by their difference (domain.md §C.2).

Readers keep what they saw: a withdrawn table still counts, unless the new one says the same.
"""

from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import date_utils

DAYS_APART = 28


class Publication(models.Model):
    _inherit = "lbc.publication"

    def _check_distance(self):
        """Refuse a table near to another of the county that its readers see or saw.

        Two published tables lie `DAYS_APART` days apart, whether of the ledger or of a quarter. After a
        withdrawal only the same numbers are published again for that time.

        :raises UserError: names the other table and the remedy
        """
        self.ensure_one()
        near = self.sudo().search(self._near_domain(), order="id desc")  # of the whole county
        if live := near.filtered(lambda one: one.state == "published")[:1]:
            raise UserError(
                self.env._(
                    "“%(table)s” is already published. Two tables of one quarter, of one month or "
                    "within %(days)s days would tell single children by their difference: "
                    "publish a table of a later day.",
                    table=live.title,
                    days=DAYS_APART,
                )
            )
        numbers = self.sudo()._numbers()
        if other := near.filtered(lambda one: one._numbers() != numbers)[:1]:
            raise UserError(
                self.env._(
                    "“%(table)s” was published and withdrawn, and its readers may have kept it. "
                    "Other numbers for the same time would tell single children by their "
                    "difference: publish a table at least %(days)s days later.",
                    table=other.title,
                    days=DAYS_APART,
                )
            )

    def _near_domain(self):
        """Return the domain over published and withdrawn tables too near this one."""
        days = timedelta(days=DAYS_APART)
        near = Domain("as_of", ">", self.as_of - days) & Domain("as_of", "<", self.as_of + days)
        if self.source == "quarter":
            near |= Domain("quarter_id", "=", self.quarter_id.id)
        else:
            month = Domain("as_of", ">=", date_utils.start_of(self.as_of, "month"))
            month &= Domain("as_of", "<=", date_utils.end_of(self.as_of, "month"))
            near |= Domain("source", "=", "live") & month
        seen = Domain("state", "in", ("published", "withdrawn")) & Domain(
            "published_on", "!=", False
        )
        return (
            near & seen & Domain("county_id", "=", self.county_id.id) & Domain("id", "!=", self.id)
        )

    def _numbers(self):
        """Return {(area id, indicator): (number, withheld)} of what readers see of the table."""
        self.ensure_one()
        return {
            (cell.area_id.id, cell.is_whole, cell.indicator): (cell.value, cell.suppressed)
            for cell in self.statistic_ids
        }
