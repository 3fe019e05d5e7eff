"""A contradiction in the ledger that the township settles or explains before it reports (domain.md §C.1.2).

Found by the rules in `finding_rules`, all of a submission in one statement. What is no longer found is settled; what
was explained keeps its explanation as long as it is found. Found once more, it is explained anew: the earlier words
are proposed. A finding belongs to the data group of its rule.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...lib.periods import Quarter
from ..registry.past_sql import on_day, past_join
from . import finding_rules
from .submission import TO_MAKE

_GROUP_OF = {rule.code: rule.group for rule in finding_rules.ALL if rule.group}
# By any of these one learns what is wrong with whom.
_TELLING = {"display_name", "label", "rule", "note", "child_ref"}


class SubmissionFinding(models.Model):
    _name = "lbc.submission.finding"
    _description = "Contradiction to Settle"
    _inherit = ["lbc.access.mixin"]
    _order = "submission_id, state, rule, area_id, id"
    _rec_name = "label"
    _journal_children = "child_ref"

    submission_id = fields.Many2one(
        "lbc.submission", required=True, readonly=True, index=True, ondelete="cascade"
    )
    rule = fields.Selection(
        [(rule.code, rule.text) for rule in finding_rules.ALL],
        "What Is Wrong",
        required=True,
        readonly=True,
    )
    blocks = fields.Boolean(
        "Before Submitting", compute="_compute_blocks", help="Is settled or explained first."
    )
    child_ref = fields.Integer("Child", readonly=True, index=True, aggregator=None)
    label = fields.Char("File", readonly=True, help="Number of the file and masked name.")
    area_id = fields.Many2one("lbc.area", "Village", readonly=True, ondelete="restrict")
    township_id = fields.Many2one("lbc.area", "Township (Key)", readonly=True, ondelete="restrict")
    county_id = fields.Many2one("lbc.area", "County (Key)", readonly=True, ondelete="restrict")
    state = fields.Selection(
        [("open", "To settle"), ("explained", "Explained"), ("settled", "Settled")],
        default="open",
        required=True,
        readonly=True,
    )
    note = fields.Char("Explanation", readonly=True, help="No names of children or families.")
    explained_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    explained_at = fields.Datetime(readonly=True)

    _one = models.UniqueIndex(
        "(submission_id, rule, COALESCE(child_ref, 0), area_id)",
        "This contradiction is already listed.",
    )

    @api.depends("rule")
    def _compute_blocks(self):
        for finding in self:
            finding.blocks = finding.rule in finding_rules.BLOCKING

    def _note_read(self, names, ids, action="read"):
        """Note a look at the data groups of which the findings tell, as a look at the file would be."""
        result = super()._note_read(names, ids, action)
        if not self.env.su and ids and _TELLING & set(names):
            rules = set(self.browse(ids).sudo().mapped("rule"))
            groups = {_GROUP_OF[rule] for rule in rules if rule in _GROUP_OF}
            read = "left_behind_children.group_%s_read"
            groups = {group for group in groups if self.env.user.has_group(read % group)}
            if groups:
                self.env["lbc.journal"]._note(action, self._name, ids, groups)
        return result

    def _to_decide(self):
        """Return those on which a decision is due: no sentence explains several of them at once."""
        return self.filtered(lambda one: one.rule in finding_rules.ALONE)

    def _explain(self, note):
        """Township: it is as the ledger says, for this reason (the finding stays listed with it).

        :raises UserError: no words, settled already, several that need a decision, or the report was made
        """
        self._require_role("township")
        self.check_access("read")
        if not (note or "").strip():
            raise UserError(self.env._("Say why it is right as it stands; name nobody."))
        if len(self) > 1 and self._to_decide():
            raise UserError(
                self.env._(
                    "Age limit reached, an exit or a move that waits: decide these, or explain each "
                    "of them by itself with a reason of its own."
                )
            )
        self._require_state("state", "open", "explained")
        submissions = self.submission_id.sudo()
        submissions._require_state("state", *TO_MAKE)
        for submission in submissions:
            submission.with_env(self.env)._check_covered()
        self.sudo().write(  # read-only for every role; role, area and state were checked above
            {
                "state": "explained",
                "note": note.strip(),
                "explained_by": self.env.uid,
                "explained_at": fields.Datetime.now(),
            }
        )

    def action_explain(self):
        """Open the page on which these contradictions are explained; of several, without those to decide.

        :raises UserError: several were chosen, and each of them needs a decision
        """
        self.check_access("read")
        self._require_role("township")
        left_out = self._to_decide() if len(self) > 1 else self.browse()
        if self and not self - left_out:
            raise UserError(
                self.env._(
                    "Age limit reached, an exit or a move that waits: decide these, or explain each "
                    "of them by itself with a reason of its own."
                )
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "left_behind_children.finding_explain_action"
        )
        chosen = {
            "default_finding_ids": (self - left_out).ids,
            "default_left_out_count": len(left_out),
        }
        return {**action, "context": chosen}

    def action_open_child(self):
        """Open the file in which the contradiction stands."""
        self.ensure_one()
        self.check_access("read")
        if not self.child_ref:
            return self.submission_id.action_view_villages()
        return {
            "type": "ir.actions.act_window",
            "res_model": "lbc.child",
            "res_id": self.child_ref,
            "views": [(False, "form")],
            "target": "current",
        }


class Submission(models.Model):
    _inherit = "lbc.submission"

    open_finding_count = fields.Integer("To Settle", compute="_compute_finding_counts")
    explained_finding_count = fields.Integer("Explained", compute="_compute_finding_counts")

    @api.depends("state", "cutoff", "finding_ids.state")
    def _compute_finding_counts(self):
        # Numbers: whoever may see the submission may see how much is left to do. Of a report still
        # to make they are those of this moment, whether or not anybody has searched yet.
        for submission in self:
            own = submission._origin.sudo()
            living = own.township_id and own.state in TO_MAKE
            counts = own._count_found() if living else own._count_listed()
            submission.open_finding_count = counts.get("open", 0)
            submission.explained_finding_count = counts.get("explained", 0)

    def _count_listed(self):
        """Return {state: number of findings listed that stop the report}."""
        groups = self.env["lbc.submission.finding"]._read_group(
            [("submission_id", "=", self.id), ("rule", "in", finding_rules.BLOCKING)],
            ["state"],
            ["__count"],
        )
        return dict(groups)

    def _count_found(self):
        """Return {state: number of contradictions that stop the report now}, without listing them."""
        self.env.flush_all()
        found = self.env.execute_query(
            SQL(
                """
                SELECT CASE WHEN f.note IS NULL THEN 'open' ELSE 'explained' END, count(*)
                  FROM (%(found)s) n
                  LEFT JOIN lbc_submission_finding f
                         ON f.submission_id = %(submission)s AND f.rule = n.rule
                        AND f.area_id = n.area_id
                        AND COALESCE(f.child_ref, 0) = COALESCE(n.child_ref, 0)
                 WHERE n.rule IN %(blocking)s GROUP BY 1
                """,
                found=self._found_sql(),
                submission=self.id,
                blocking=finding_rules.BLOCKING,
            )
        )
        return dict(found)

    def action_view_findings(self):
        """Search for contradictions and open their list; of a report that was made, the list as it was."""
        self.ensure_one()
        self.check_access("read")
        self._require_group("ledger_rows")
        if self.state in TO_MAKE and self.township_id:
            self.sudo()._find_contradictions()  # findings are read-only for every role
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Contradictions"),
            "res_model": "lbc.submission.finding",
            "views": [(False, "list"), (False, "form")],  # also as what follows a notification
            "domain": [("submission_id", "=", self.id), ("state", "!=", "settled")],
        }

    def action_check_page(self):
        """Supervisor: check; where contradictions are left, say so and open their list."""
        self.ensure_one()
        self._check_maker("township")
        listed = self.action_view_findings()
        count = self.sudo()._count_listed().get("open", 0)
        if self.state not in TO_MAKE or not count:
            return self.action_check()
        message = self.env._(
            "%(count)s contradictions are left: settle or explain them.", count=count
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "warning", "message": message, "next": listed},
        }

    def _check_findings(self):
        """Refuse a report with contradictions that are neither settled nor explained."""
        result = super()._check_findings()
        for submission in self.filtered("township_id"):
            submission._expect_villages()
            submission._find_contradictions()
            count = submission.sudo()._count_listed().get("open", 0)
            if count:
                raise UserError(
                    self.env._(
                        "%(count)s contradictions are neither settled nor explained. Open "
                        "“Contradictions”, correct the files or explain why they are right.",
                        count=count,
                    )
                )
        return result

    def _open_again(self):
        """Of a checked report with new contradictions nothing is submitted: it is filled in again."""
        refusal = super()._open_again()
        if refusal or not self.township_id:
            return refusal
        self._expect_villages()
        self._find_contradictions()
        if not self.open_finding_count:
            return refusal
        refusal = self.env._(
            "%(submission)s was not submitted, for since the check this has come up: %(found)s. The "
            "report is being filled in again; the supervisor settles or explains it and checks once "
            "more.",
            submission=self.display_name,
            found=self._open_findings_text(),
        )
        self._fill_again(refusal)
        return refusal

    def _open_findings_text(self):
        """Return what is open and where (str): rule, number and villages; no names of children."""
        found = self.env["lbc.submission.finding"].search(
            [
                ("submission_id", "=", self.id),
                ("rule", "in", finding_rules.BLOCKING),
                ("state", "=", "open"),
            ]
        )
        texts = dict(found._fields["rule"]._description_selection(self.env))
        comma, semicolon = self.env._(", "), self.env._("; ")
        return semicolon.join(
            self.env._(
                "“%(rule)s” (%(count)s: %(places)s)",
                rule=texts[rule],
                count=len(of_rule),
                places=comma.join(of_rule.area_id.sorted("code").mapped("name")),
            )
            for rule, of_rule in found.grouped("rule").items()
        )

    def _find_contradictions(self):
        """Search this submission's ledger by all rules; a constant number of statements."""
        self.ensure_one()
        self.env.flush_all()
        self._let_villages_wait()
        self.env.cr.execute(
            SQL(
                """
                WITH found AS MATERIALIZED (%(found)s),
                settled AS (
                    UPDATE lbc_submission_finding f SET state = 'settled'
                     WHERE f.submission_id = %(submission)s AND f.state <> 'settled'
                       AND NOT EXISTS (SELECT 1 FROM found n
                                        WHERE n.rule = f.rule AND n.area_id = f.area_id
                                          AND COALESCE(n.child_ref, 0) = COALESCE(f.child_ref, 0)))
                INSERT INTO lbc_submission_finding (
                    submission_id, rule, child_ref, label, area_id, township_id, county_id, state,
                    create_uid, write_uid, create_date, write_date)
                SELECT %(submission)s, n.rule, n.child_ref, n.label, n.area_id, %(township)s,
                       %(county)s, 'open', %(uid)s, %(uid)s, %(now)s, %(now)s
                  FROM found n
                    ON CONFLICT (submission_id, rule, COALESCE(child_ref, 0), area_id) DO UPDATE
                   SET state = 'open'  -- what was explained then may be something else now
                 WHERE lbc_submission_finding.state = 'settled'
                """,
                found=self._found_sql(),
                submission=self.id,
                township=self.township_id.id,
                county=self.county_id.id,
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        self.env["lbc.submission.finding"].invalidate_model()
        self.invalidate_recordset(["finding_ids", "open_finding_count", "explained_finding_count"])

    def _found_sql(self):
        """Return SQL of (rule, child_ref, label, area_id): what the rules find."""
        profile = self.env["lbc.profile"]._for_county(self.county_id)
        values = {
            "start": Quarter.of(self.cutoff).start,
            "age": profile.age_limit,
            "reached": int(profile.age_reached_on == "day_after"),
        }
        rules = SQL(", ").join(
            SQL("(%s, (%s))", rule.code, SQL(rule.sql, **_used(rule.sql, values)))
            for rule in finding_rules.RULES
        )
        return SQL(
            """
            SELECT hit.rule, child.id AS child_ref, child.display_name AS label, asof.area_id
              FROM (%(asof)s) asof
              JOIN lbc_child child ON child.id = asof.child_id
              LEFT JOIN lbc_guardian father ON father.id = child.father_id
              LEFT JOIN lbc_guardian mother ON mother.id = child.mother_id
              LEFT JOIN lbc_guardian carer ON carer.id = child.carer_id
              %(past)s
             CROSS JOIN LATERAL (VALUES %(rules)s) AS hit(rule, is_found)
             WHERE hit.is_found
             UNION ALL
            SELECT %(waiting)s, NULL, place.short_name, part.area_id
              FROM lbc_submission_village part
              JOIN lbc_area place ON place.id = part.area_id
             WHERE part.submission_id = %(submission)s AND part.state = 'waiting'
               AND EXISTS (SELECT 1 FROM (%(asof)s) there WHERE there.area_id = part.area_id)
            """,
            asof=self._as_of(),
            rules=rules,
            past=SQL(on_day(past_join("child", "lbc.child"), self._day())),
            waiting=finding_rules.VILLAGE_WAITING.code,
            submission=self.id,
        )


def _used(sql, values):
    """Return of `values` those that the text asks for."""
    return {name: value for name, value in values.items() if f"%({name})s" in sql}
