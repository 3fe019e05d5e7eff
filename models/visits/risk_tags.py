"""Key children (重点对象) set from what the register knows, by the district's switches (B-4.3g, D3, §C.6 case 21).

What the system set is remembered, so that a switch takes back that and nothing else: categories set by hand stay. A
county is done with one statement. Done and past duties are left alone; those to come are planned anew.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ..access import data_groups

# Codes of `lbc.aid` and of a household's economic class that mean hardship (生活困难).
HARDSHIP_AID = ("registered_poor", "subsistence", "extreme_poverty")
HARDSHIP_CLASS = ("subsistence", "extreme_poverty", "monitored")
# Facts on the child's own record that decide over a category; others have triggers of their own.
FACTS = {"sex", "household_id", "aid_ids", "tag_ids", "area_id", "county_id"}

_SYNC = """
WITH wanted AS (
    SELECT child.id AS child_id, tag.id AS tag_id
      FROM lbc_child child
      JOIN lbc_profile profile ON profile.county_id = child.county_id
      LEFT JOIN lbc_household home ON home.id = child.household_id
      LEFT JOIN LATERAL (
            SELECT h.condition = 'disabled' OR h.disability_kind IS NOT NULL
                OR h.disability_level IS NOT NULL AS found
              FROM lbc_health h WHERE h.child_id = child.id
             ORDER BY h.date DESC, h.id DESC LIMIT 1) disabled ON profile.key_disability
      JOIN lbc_key_tag tag ON tag.active AND (
            tag.code = 'girl' AND profile.key_girl AND child.sex = 'female'
         OR tag.code = 'disability' AND profile.key_disability AND disabled.found
         OR tag.code = 'hardship' AND profile.key_hardship AND (
                home.economy = ANY(%(classes)s)
             OR EXISTS (SELECT FROM lbc_aid_lbc_child_rel r JOIN lbc_aid a ON a.id = r.lbc_aid_id
                         WHERE r.lbc_child_id = child.id AND a.code = ANY(%(aids)s))))
     WHERE %(scope)s AND coalesce(child.state, 'draft') NOT IN ('exited', 'void')),
gone AS (
    DELETE FROM lbc_child_auto_tag_rel auto USING lbc_child child
     WHERE child.id = auto.child_id AND %(scope)s
       AND coalesce(child.state, 'draft') NOT IN ('exited', 'void')
       AND NOT EXISTS (SELECT FROM wanted w
                        WHERE w.child_id = auto.child_id AND w.tag_id = auto.tag_id)
 RETURNING auto.child_id, auto.tag_id),
dropped AS (
    DELETE FROM lbc_child_lbc_key_tag_rel held USING gone
     WHERE held.lbc_child_id = gone.child_id AND held.lbc_key_tag_id = gone.tag_id
 RETURNING gone.child_id, gone.tag_id),
fresh AS (
    INSERT INTO lbc_child_lbc_key_tag_rel (lbc_child_id, lbc_key_tag_id)
    SELECT w.child_id, w.tag_id FROM wanted w
     WHERE NOT EXISTS (SELECT FROM lbc_child_lbc_key_tag_rel held
                        WHERE held.lbc_child_id = w.child_id AND held.lbc_key_tag_id = w.tag_id)
        ON CONFLICT DO NOTHING
 RETURNING lbc_child_id AS child_id, lbc_key_tag_id AS tag_id),
marked AS (
    INSERT INTO lbc_child_auto_tag_rel (child_id, tag_id) SELECT child_id, tag_id FROM fresh
        ON CONFLICT DO NOTHING)
SELECT DISTINCT child_id FROM (TABLE dropped UNION ALL TABLE fresh) changed
"""


class Child(models.Model):
    _inherit = "lbc.child"

    auto_tag_ids = fields.Many2many(
        "lbc.key.tag",
        "lbc_child_auto_tag_rel",
        "child_id",
        "tag_id",
        "Categories from the Register",
        readonly=True,
        groups=data_groups.RISK,
        help="Set by economic class, aid, disability and sex, as the district profile says.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        children = super().create(vals_list)
        children._sync_key_tags()
        return children

    def write(self, vals):
        held = self._risk_key_tags() if "tag_ids" in vals else None
        result = super().write(vals)
        if FACTS & vals.keys():
            self._sync_key_tags()
        if held is not None:
            after = self._risk_key_tags()
            self._risk_changed([one for one, tags in after.items() if held.get(one) != tags])
        return result

    def _after_step(self):
        result = super()._after_step()
        self._sync_key_tags()  # who returns to the ledger is judged by the present policy
        self._set_risk_due(SQL("child.id = ANY(%s)", self.ids))
        return result

    def _risk_key_tags(self):
        """Return {child id: its key categories (set of ids)}: those that ask for more visits."""
        return {
            child.id: set(child.tag_ids.filtered("is_key").ids)
            for child in self.sudo()  # whoever writes the file need not read the group
        }

    def _sync_key_tags(self):
        """Set the categories of these children anew; returns the ids of those that changed."""
        return self._sync_key_tags_where(SQL("child.id = ANY(%s)", self.ids)) if self else []

    @api.model
    def _sync_key_tags_where(self, scope):
        """Set the categories of many children anew with one statement, and plan their visits.

        :param scope: SQL condition over `lbc_child` as `child`
        :return: ids (list of int) of the children whose categories changed
        """
        for name in ("lbc.child", "lbc.household", "lbc.health", "lbc.key.tag", "lbc.profile"):
            self.env[name].flush_model()
        rows = self.env.execute_query(
            SQL(
                _SYNC,
                scope=scope,
                classes=list(HARDSHIP_CLASS),
                aids=list(HARDSHIP_AID),
            )
        )
        changed = [row[0] for row in rows]
        if changed:
            self.env["lbc.child"].invalidate_model(["tag_ids", "auto_tag_ids"])
            self.env["lbc.journal"]._note(
                "write", "lbc.child", changed, ["risk"], reason="key children"
            )
            self._risk_changed(changed)
        return changed
