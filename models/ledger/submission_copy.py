"""A recipient's copy of a version, with its own columns and a receipt (D6, D7, L-2i, L-2j).

Made once with the version, from the columns that the recipient's role reads and the district leaves in
(`lbc.copy.column`): education gets schooling, police get addresses and carers, neither gets the other's.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..access.append_only import REFUSE, append_only

RECIPIENTS = [
    ("leading_office", "Office of the leading group"),
    ("civil_affairs", "County civil affairs"),
    ("education", "Education authority"),
    ("police", "Police"),
]
_RECEIPT = "ARRAY['received_at', 'received_by', 'receipt_code', 'write_uid', 'write_date']"
# The only thing that is ever written on a copy is its receipt, once.
UNTIL_RECEIVED = (
    "lbc_append_only_received",
    f"""
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.received_at IS NULL AND to_jsonb(NEW) - {_RECEIPT} = to_jsonb(OLD) - {_RECEIPT} THEN
            RETURN NEW;
        END IF;
    END IF;
    {REFUSE}
END
""",
)


class SubmissionCopy(models.Model):
    _name = "lbc.submission.copy"
    _description = "Copy of a Submission"
    _inherit = ["lbc.access.mixin", "lbc.stored.mixin", "lbc.proof.mixin"]
    _order = "version_id desc, recipient"
    _rec_name = "name"
    _proof_moment = "received_at"
    _proof_told = ("recipient", "receipt_code")
    _proof_covers = ("version_id", "received_at", "received_by")
    _append_only = UNTIL_RECEIVED

    recipient = fields.Selection(RECIPIENTS, required=True, readonly=True)
    columns = fields.Json(readonly=True, help="Codes of the columns that the copy holds.")
    received_at = fields.Datetime("Received", readonly=True)
    received_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    receipt_code = fields.Char(
        "Code of the Receipt", readonly=True, help="That of the version when the receipt was given."
    )
    is_received = fields.Boolean("Receipt Given", compute="_compute_is_received")
    is_current = fields.Boolean(
        "Newest Version", compute="_compute_is_current", search="_search_is_current"
    )

    is_wider = fields.Boolean(
        "Wider Than Our Rights", compute="_compute_is_wider", compute_sudo=True
    )

    _one = models.Constraint(
        "UNIQUE(version_id, recipient)", "The recipient already has its copy of this version."
    )

    @api.depends("received_at")
    def _compute_is_received(self):
        for copy in self:
            copy.is_received = bool(copy.received_at)

    @api.depends("version_id")
    def _compute_is_current(self):
        for copy in self:
            version = copy.sudo().version_id
            copy.is_current = version == version.submission_id.current_version_id

    @api.depends("columns", "data_groups", "recipient")
    def _compute_is_wider(self):
        for copy in self:
            copy.is_wider = bool(copy._lost_columns())

    @api.model
    def _search_is_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        submissions = self.env["lbc.submission"].sudo()
        current = submissions.search([("current_version_id", "!=", False)]).current_version_id
        return Domain("version_id", "in" if True in value else "not in", current.ids)

    def _check_recipient(self):
        """Refuse who does not act in the recipient's role.

        :raises AccessError: another role
        """
        self.check_access("read")
        for copy in self:
            self._require_role(copy.recipient)
            if not self.env.su and copy.county_id not in self.env.user._lbc_counties():
                raise AccessError(
                    self.env._("%(unit)s lies outside your area.", unit=copy.county_id.name)
                )

    def action_receive(self):
        """Recipient: the copy has arrived; the receipt carries its check code."""
        self._check_recipient()
        self._give_receipt()
        return True

    def action_print_receipt(self):
        """Recipient: print the receipt that was given.

        :raises UserError: none was given yet
        """
        self._receipts()
        report = self.env.ref("left_behind_children.submission_receipt_report")
        return report.report_action(self, config=False)

    def _receipts(self):
        """Return [{name: text}] of what the receipts say.

        :raises AccessError: another role
        :raises UserError: none was given yet
        """
        self._check_recipient()
        waiting = self.filtered(lambda one: not one.received_at)
        if waiting:
            raise UserError(
                self.env._(
                    "No receipt was given for “%(name)s” yet. Use “Give Receipt” first.",
                    name=waiting[0].name,
                )
            )
        return [copy._receipt() for copy in self.sudo()]  # the unit, the quarter: no child

    def _receipt(self):
        """Return what the receipt says ({name: text}), in Chinese as every official document."""
        self.ensure_one()
        chinese = self.with_context(lang="zh_CN")
        version, quarter = chinese.version_id, chinese.quarter_id
        cutoff, received = version.cutoff, version._local(self.received_at)
        labels = dict(chinese._fields["recipient"]._description_selection(chinese.env))
        return {
            "recipient": labels[self.recipient],
            "unit": version._unit_name(),
            "quarter": f"{quarter.year}年第{quarter.number}季度",
            "version": f"第{version.number}版",
            "cutoff": f"{cutoff.year}年{cutoff.month}月{cutoff.day}日",
            "name": self.name,
            "rows": self.row_count,
            "sha256": self.sha256,
            "code": self.receipt_code,
            "received_at": received,
            "received_by": self.received_by.name,
        }

    def action_fetch(self):
        """Ask for the stored copy at the export gate."""
        self.ensure_one()
        self._check_recipient()
        self._check_rights()
        return self._ask_page()

    def action_fetch_narrower(self):
        """Ask for what of the copy the recipient may have today: made anew, and marked as not the original."""
        self.ensure_one()
        self._check_recipient()
        action = self._ask_page()
        return {**action, "context": {**action["context"], "default_is_narrower": True}}

    def _lost_columns(self):
        """Return the `Column`s that the copy holds and its recipient's role may not have any more."""
        self.ensure_one()
        return self.env["lbc.copy.column"]._lost(self.recipient, self.columns or (), self._groups())

    def _check_rights(self):
        """Refuse a stored copy that shows what the role may no longer see: it is never made anew.

        :raises UserError: says what, who can give it back, and how to get the rest
        """
        lost = self._lost_columns()
        if lost and not self.env.su:
            words = self.env["res.groups"]._lbc_data_group_names()
            names = {words.get(column.group) or column.heading for column in lost}
            raise UserError(
                self.env._(
                    "The stored copy shows what your department may no longer see: %(groups)s. "
                    "The data officer gives rights (“Supervision” → “Departments”). "
                    "“Fetch What Is Ours Today” gives the rest.",
                    groups="、".join(sorted(names)),
                )
            )

    def _narrower(self):
        """Return the `Given` of what of the copy the recipient may have today."""
        return self.env["lbc.copy.column"]._narrowed(
            self.recipient, set(self.columns or ()), self._groups()
        )

    def _narrower_bytes(self, watermark):
        """Return the copy (bytes) with what the recipient may have today, marked as not the original."""
        self.ensure_one()
        copy = self.sudo()  # the rows are the recipient's as far as `Given` says
        remark = (
            f"本件为缩减件：按接收单位现行权限于{watermark.when}重新制作，不是报送时存档的原件"
            f"（原件SHA-256：{copy.sha256}）。"
        )
        return copy.version_id._write_copy(
            copy.recipient, copy._narrower(), mark=watermark, remark=remark
        )[0]

    def _give_receipt(self):
        """Write the receipt of copies that have none (steps)."""
        # Read-only for every role; the callers checked role and state.
        given = self.sudo().filtered(lambda one: not one.received_at)
        receipt = {"received_at": fields.Datetime.now(), "received_by": self.env.uid}
        for copy in given:
            copy.write({**receipt, "receipt_code": copy.version_id.check_code})
        given._note_proof()

    def _code(self):
        return f"copy {self.recipient}"

    def _sealed(self):
        return [*super()._sealed(), self.columns or []]

    def init(self):
        """Let the database itself refuse any change but the receipt."""
        append_only(self.env.cr, self._table, *self._append_only)


class Submission(models.Model):
    _inherit = "lbc.submission"

    receipt_text = fields.Char(related="current_version_id.receipt_text", related_sudo=True)

    def _after_flow(self):
        """The office or civil affairs that received the report has received its copy too."""
        result = super()._after_flow()
        for submission in self.sudo().filtered(lambda one: one.state == "received"):
            submission.current_version_id.copy_ids.filtered(
                lambda copy: self.env.user._lbc_has_role(copy.recipient)
            ).with_env(self.env)._give_receipt()
        return result


class SubmissionVersion(models.Model):
    _inherit = "lbc.submission.version"

    # Each recipient finds its own copies in their list; together they are for the seal and the receipts.
    copy_ids = fields.One2many(
        "lbc.submission.copy", "version_id", "Copies", groups=fields.NO_ACCESS
    )
    receipt_text = fields.Char("Receipts", compute="_compute_receipt_text", compute_sudo=True)

    @api.depends("copy_ids.received_at")
    @api.depends_context("lang")
    def _compute_receipt_text(self):
        labels = dict(
            self.env["lbc.submission.copy"]._fields["recipient"]._description_selection(self.env)
        )
        for version in self:
            version.receipt_text = "；".join(
                self.env._(
                    "%(recipient)s: received %(day)s, version %(number)s, code %(code)s",
                    recipient=labels[copy.recipient],
                    number=version.number,
                    code=copy.receipt_code,
                    day=fields.Datetime.context_timestamp(copy, copy.received_at).date(),
                )
                if copy.received_at
                else self.env._("%(recipient)s: waiting", recipient=labels[copy.recipient])
                for copy in version.copy_ids
            )

    def _papers(self):
        """The copies are sealed with the version as its own files are."""
        return [*super()._papers(), *self.copy_ids]

    def _file_difference(self):
        """Return also which receipt carries another code."""
        difference = super()._file_difference()
        if difference:
            return difference
        for copy in self.copy_ids:
            if (copy.receipt_code or "") != (copy.received_at and self.check_code or ""):
                return self.env._(
                    "the receipt of “%(name)s” carries the code %(code)s, the rows give %(now)s.",
                    name=copy.name,
                    code=copy.receipt_code or "–",
                    now=self.check_code,
                )
        return None
