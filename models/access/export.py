"""The export gate: whatever leaves the system has a purpose, a legal ground, a recipient and an end.

Parents' contact, health, psychology, reporters, cases, placements and courts (G3–G5, G11–G14), long lists and reading
beyond the hour's limit need a second person (domain.md §C.2 cross rules, §B.14; Regulations on the protection of
minors in cyberspace, article 36). No file is kept: it is written anew at each download, with what its reader may read
at that moment, so nothing lies on a disk that an expired or refused request could still give out.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...lib import workbook
from . import export_groups
from .legal_grounds import LEGAL_GROUNDS

STATES = [
    ("waiting", "Waiting for Approval"),
    ("approved", "Request Approved"),
    ("refused", "Request Refused"),
    ("withdrawn", "Withdrawn"),
    ("expired", "Expired"),
]
LEAST_PURPOSE = 4  # characters; “季报” is no purpose
APPROVE = "left_behind_children.group_approve"


class Export(models.Model):
    _name = "lbc.export"
    _description = "Export"
    _inherit = ["lbc.access.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _lbc_export_free = True  # the list of exports says nothing of a child

    name = fields.Char("Export Number", required=True, readonly=True, index=True)
    kind = fields.Selection(
        [("list", "List"), ("reading", "Reading of More Files")],
        "Document",
        required=True,
        readonly=True,
    )
    title = fields.Char("Content", readonly=True)
    purpose = fields.Text(required=True, readonly=True)
    legal_ground = fields.Selection(LEGAL_GROUNDS, required=True, readonly=True)
    recipient = fields.Char(required=True, readonly=True)
    expires_at = fields.Datetime("Open Until", required=True, readonly=True)

    user_id = fields.Many2one(
        "res.users", "Requested By", required=True, readonly=True, index=True, ondelete="restrict"
    )
    role_id = fields.Many2one("res.groups", "In the Role", readonly=True, ondelete="set null")
    organization_id = fields.Many2one(
        "lbc.organization", "Organisation", readonly=True, ondelete="set null"
    )
    township_id = fields.Many2one("lbc.area", readonly=True, ondelete="restrict")
    county_id = fields.Many2one("lbc.area", readonly=True, ondelete="restrict")

    res_model = fields.Char("Model", readonly=True)
    record_count = fields.Integer("Files", readonly=True, aggregator=None)
    columns = fields.Text(readonly=True)
    data_groups = fields.Char("Data Groups (Codes)", readonly=True)
    data_groups_label = fields.Char("Data Groups", compute="_compute_data_groups_label")
    spec = fields.Json(readonly=True, groups=fields.NO_ACCESS)  # which records, which columns

    state = fields.Selection(STATES, required=True, readonly=True, index=True, default="waiting")
    counts_only = fields.Boolean(readonly=True)  # says nothing of a single child
    needs_approval = fields.Boolean("Second Person", readonly=True)
    approver_id = fields.Many2one(
        "res.users", "Decided By", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    decided_at = fields.Datetime("Decided On", readonly=True)
    answer = fields.Text(readonly=True)
    filename = fields.Char(readonly=True)
    password = fields.Char("Password (Stored)", readonly=True, groups=fields.NO_ACCESS, copy=False)
    password_shown = fields.Char(
        "Password",
        compute="_compute_mine",
        help="Opens the workbook. Tell it to the recipient by another way than the file.",
    )
    is_mine = fields.Boolean(compute="_compute_mine")
    can_decide = fields.Boolean(compute="_compute_can_decide")
    can_download = fields.Boolean(compute="_compute_mine")
    sha256 = fields.Char("SHA-256 of the Last File", readonly=True)
    download_count = fields.Integer("Downloads", readonly=True)
    last_download = fields.Datetime(readonly=True)

    _number_unique = models.Constraint("UNIQUE(name)", "The number is already taken.")
    _open_of_user = models.Index("(user_id, kind, state)")
    _county_state = models.Index("(county_id, state)")
    _township_state = models.Index("(township_id, state)")

    @api.depends("data_groups")
    @api.depends_context("lang")
    def _compute_data_groups_label(self):
        words = self.env["res.groups"]._lbc_data_group_names()
        for export in self:
            names = export_groups.split(export.data_groups)
            labels = [text for name, text in words.items() if name in names]
            export.data_groups_label = self.env._("%(one)s, %(other)s", one="", other="").join(
                labels
            ) or self.env._("None that is protected")

    @api.depends("user_id", "state", "expires_at", "kind")
    @api.depends_context("uid")
    def _compute_mine(self):
        for export in self:
            stored = export.sudo()  # the password is nobody's field; its owner sees it here
            export.is_mine = export.user_id == self.env.user
            is_open = export.is_mine and export._is_open()
            export.can_download = is_open and export.kind != "reading"
            export.password_shown = stored.password if export.can_download else False

    @api.depends("user_id", "state")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        approver = self.env.user.has_group(APPROVE)
        for export in self:
            export.can_decide = (
                approver
                and export.state == "waiting"
                and export.user_id != self.env.user
                and export._is_in_area_of(self.env.user)
            )

    # -- asking

    @api.model
    def _request(self, kind, asked, spec, **facts):
        """Create a request of the present user; what needs no second person is approved at once.

        :param asked: {purpose, legal_ground, recipient, expires_at} as the user said them
        :param spec: what `_content` writes the file from
        :param facts: title, res_model, record_count, columns, data_groups (set), filename, and
            counts_only: whether the file says nothing of a single child
        :return: the request (`lbc.export`, in the user's environment)
        :raises UserError: a word is missing, or the user acts in no post
        """
        user = self.env.user
        county, township, organization = user._lbc_place()
        if not county:
            raise UserError(self.env._("You act in no post of a county; nothing can be exported."))
        profile = self.env["lbc.profile"]._for_county(county)
        groups = facts.pop("data_groups", set())
        needs = not facts.get("counts_only") and self._needs_second_person(
            kind, groups, facts, profile
        )
        export = self.sudo().create(
            {
                **facts,
                **self._checked(asked, profile),
                "name": self.env["ir.sequence"].sudo().next_by_code("lbc.export"),
                "kind": kind,
                "spec": spec,
                "data_groups": export_groups.joined(groups),
                "user_id": user.id,
                "role_id": user.lbc_role_id.id,
                "organization_id": organization.id,
                "township_id": township.id,
                "county_id": county.id,
                "needs_approval": needs,
            }
        )
        self.env["lbc.journal"]._note(
            "export", export.res_model, spec.get("ids", ()), groups, export.name
        )
        if needs:
            export._ask_approvers()
        else:
            export._open()
        return export.sudo(False)

    @api.model
    def _checked(self, asked, profile):
        """Return the words of a request, once they say enough.

        :raises UserError: purpose or recipient are empty, the end lies outside what is allowed
        """
        asked = {name: (asked.get(name) or "") for name in asked}
        asked |= {name: asked[name].strip() for name in ("purpose", "recipient")}
        if len(asked["purpose"]) < LEAST_PURPOSE:
            raise UserError(
                self.env._("Say in a few words what the data are needed for (the purpose).")
            )
        if not asked["recipient"] or not asked["legal_ground"]:
            raise UserError(self.env._("Name the recipient and the legal ground."))
        now = fields.Datetime.now()
        last = now + timedelta(days=profile.export_days)
        asked["expires_at"] = asked.get("expires_at") or last
        if not now < asked["expires_at"] <= last + timedelta(minutes=5):
            raise UserError(
                self.env._(
                    "An export stays open for %(days)s days at most. Choose an earlier end, in the "
                    "future.",
                    days=profile.export_days,
                )
            )
        return asked

    @api.model
    def _needs_second_person(self, kind, groups, facts, profile):
        """Return whether the request waits for approval (bool)."""
        if kind == "reading" or export_groups.SECOND_PERSON & groups:
            return True
        # Many short lists are a long one: what the user took freely within a day counts along.
        day_ago = fields.Datetime.now() - timedelta(days=1)
        free = self.sudo()._read_group(
            [
                ("user_id", "=", self.env.uid),
                ("needs_approval", "=", False),
                ("counts_only", "=", False),
                ("create_date", ">", day_ago),
            ],
            [],
            ["record_count:sum"],
        )[0][0]
        return (free or 0) + facts.get("record_count", 0) > profile.export_rows_free

    def _open(self):
        """Make the requests ready for download (steps; superuser)."""
        for export in self:
            export.write(
                {
                    "state": "approved",
                    "decided_at": fields.Datetime.now(),
                    "password": workbook.new_password() if workbook.can_encrypt() else False,
                }
            )

    def _is_open(self):
        """Return whether the request is approved and its end has not come (bool)."""
        self.ensure_one()
        return self.state == "approved" and self.expires_at > fields.Datetime.now()

    def action_withdraw(self):
        """Take back one's own request; what was approved closes at once.

        :raises AccessError: it is somebody else's
        """
        self.check_access("read")
        self._require_state("state", "waiting", "approved")
        if not self.env.su and self.user_id != self.env.user:
            raise AccessError(self.env._("Only who asked withdraws a request."))
        self.sudo()._close("withdrawn")
        return True

    def _close(self, state):
        """End the requests in `state`: password and list of records go (steps; superuser)."""
        self.write({"state": state, "password": False, "spec": False})
        self.activity_unlink(["mail.mail_activity_data_todo"])

    @api.model
    def _cron_expire(self):
        """Close what nobody may download any more (daily; the download itself checks the minute)."""
        over = self.search(
            [
                ("state", "in", ("waiting", "approved")),
                ("expires_at", "<=", fields.Datetime.now()),
            ]
        )
        over._close("expired")
