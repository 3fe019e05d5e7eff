"""Whether a child has an agreement in force, as far as the last census said (B-3.2c, I5).

The agreements' own room will answer from agreements; until then the census's words count.
"""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..access import data_groups


class Child(models.Model):
    _inherit = "lbc.child"

    no_agreement = fields.Boolean(
        "No Agreement in Force",
        compute="_compute_no_agreement",
        search="_search_no_agreement",
        groups=data_groups.GUARDIANSHIP,
        help="By the dates that the last census stated for the child.",
    )

    def _compute_no_agreement(self):
        covered = self.browse(
            child_id for (child_id,) in self.env.execute_query(self._sql_with_agreement(self.ids))
        )
        for child in self:
            child.no_agreement = child._origin not in covered

    @api.model
    def _search_no_agreement(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Core asks for the right to a field only where the field itself becomes SQL.
        self._check_field_access(self._fields["no_agreement"], "read")
        covered = Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s IN (%s)", SQL.identifier(alias, "id"), self._sql_with_agreement()
            )
        )
        return ~covered if True in value else covered

    @api.model
    def _sql_with_agreement(self, ids=None):
        """Return SQL: ids of children (of `ids`, else all) whose census states an agreement in force."""
        today = fields.Date.context_today(self)
        end, joins = self._ledger_select(["agreement_to"], today)
        return SQL(
            """
            SELECT stated.id FROM (
                SELECT child.id, %(end)s
                  FROM lbc_child child
                 CROSS JOIN LATERAL (
                       SELECT %(day)s::date AS day, child.area_id, child.township_id) asof
                  %(joins)s
                 WHERE %(chosen)s) stated
             WHERE stated.agreement_to >= %(day)s::date
            """,
            day=today,
            joins=joins,
            end=end,
            chosen=SQL("child.id = ANY(%s)", ids) if ids is not None else SQL("true"),
        )
