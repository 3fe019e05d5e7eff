"""From when to when a child was a key child (重点对象, B-3.3f): what was counted stays when the policy changes.

The categories say who is one today. Months that have passed are counted by these spans (R6, I4; §C.6 case 21).
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ..access import data_groups

_CLOSE = """
UPDATE lbc_key_span span SET date_to = %(today)s
  FROM lbc_child child
 WHERE child.id = span.child_id AND span.date_to IS NULL AND %(scope)s
   AND (child.state IN ('exited', 'void') OR NOT EXISTS (%(key)s)
        OR span.household_id IS DISTINCT FROM child.household_id)
"""
_OPEN = """
INSERT INTO lbc_key_span (child_id, household_id, area_id, township_id, county_id, date_from,
                          create_uid, write_uid, create_date, write_date)
SELECT child.id, child.household_id, child.area_id, child.township_id, child.county_id, %(today)s,
       %(uid)s, %(uid)s, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
  FROM lbc_child child
 WHERE %(scope)s AND coalesce(child.state, 'draft') NOT IN ('exited', 'void')
   AND EXISTS (%(key)s)
   AND NOT EXISTS (SELECT FROM lbc_key_span span
                    WHERE span.child_id = child.id AND span.date_to IS NULL)
    ON CONFLICT DO NOTHING
"""
_KEY = SQL(
    """
    SELECT FROM lbc_child_lbc_key_tag_rel held JOIN lbc_key_tag tag ON tag.id = held.lbc_key_tag_id
     WHERE held.lbc_child_id = child.id AND tag.is_key AND tag.active
    """
)


class KeySpan(models.Model):
    _name = "lbc.key.span"
    _description = "Time as a Key Child"
    _inherit = ["lbc.access.mixin"]
    _order = "child_id, date_from desc, id desc"
    _rec_name = "child_id"
    _thread_group = data_groups.RISK
    _lbc_data_groups = ("risk",)

    child_id = fields.Many2one("lbc.child", required=True, ondelete="cascade", readonly=True)
    household_id = fields.Many2one("lbc.household", readonly=True, ondelete="restrict")
    area_id = fields.Many2one(
        related="child_id.area_id", string="Village", store=True, precompute=True
    )
    township_id = fields.Many2one(related="child_id.township_id", store=True, precompute=True)
    county_id = fields.Many2one(related="child_id.county_id", store=True, precompute=True)
    date_from = fields.Date("From", required=True, readonly=True)
    date_to = fields.Date("Until", readonly=True, help="The first day that no longer counts.")

    _of_household = models.Index("(household_id, date_from)")
    _of_child = models.Index("(child_id, date_from)")
    _one_open = models.UniqueIndex("(child_id) WHERE date_to IS NULL", "The span is open already.")

    @api.model
    def _sync(self, scope):
        """End and begin the spans of many children with two statements.

        :param scope: SQL condition over `lbc_child` as `child`
        """
        for name in ("lbc.child", "lbc.key.tag", self._name):
            self.env[name].flush_model()
        values = {
            "today": self.env["lbc.profile"]._sql_today(SQL("child.county_id")),
            "uid": self.env.uid,
            "scope": scope,
            "key": _KEY,
        }
        self.env.cr.execute(SQL(_CLOSE, **values))
        ended = self.env.cr.rowcount
        self.env.cr.execute(SQL(_OPEN, **values))
        if ended or self.env.cr.rowcount:
            self.invalidate_model()
