"""Time on the ledger, 在册 (domain.md §C.1.2): entry and exit with ground and basis, and the states between.

An episode keeps the place where it happened; moving inside the district ends one and begins another
with the same file, so that no child is counted twice or lost.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..access import data_groups
from .vocabulary import EXIT_REASON

STATES = [
    ("draft", "Draft"),
    ("to_verify", "To verify"),
    ("rejected", "Rejected"),
    ("on_ledger", "On the ledger"),
    ("transferring", "Moving"),
    ("exit_pending", "Exit to confirm"),
    ("exited", "Left the ledger"),
    ("void", "Void"),
]
ON_LEDGER = ("on_ledger", "transferring", "exit_pending")
OPEN = ("draft", "to_verify", *ON_LEDGER)

# Which state may follow which; who may do it stands with the steps in `child_ledger`.
NEXT_STATES = {
    "draft": ("to_verify", "void"),
    "rejected": ("to_verify", "void"),
    "to_verify": ("on_ledger", "rejected", "void"),
    "on_ledger": ("exit_pending", "transferring", "void"),
    "transferring": ("on_ledger", "exited", "void"),
    "exit_pending": ("exited", "on_ledger", "void"),
    "exited": ("void",),
    "void": (),
}


class Episode(models.Model):
    _name = "lbc.episode"
    _description = "Time on the Ledger"
    _inherit = ["lbc.access.mixin", "lbc.area.mixin"]
    _order = "child_id, id desc"
    _thread_group = data_groups.WRITE_FILE
    _rec_name = "child_id"
    _journal_children = "child_id"

    child_id = fields.Many2one("lbc.child", required=True, ondelete="cascade", index=True)
    state = fields.Selection(STATES, default="draft", required=True, index=True)
    entry_kind = fields.Selection(
        [("new", "New"), ("return", "Returned"), ("moved_in", "Moved in from inside the district")],
        default="new",
        required=True,
    )
    date_entry = fields.Date("Entered On", index=True)
    reason = fields.Selection(
        [
            ("both_away", "Both parents away"),
            ("one_away", "One parent away, the other unable to care"),
        ],
        "Ground of Entry",
    )
    basis = fields.Char(
        "Basis of Entry",
        groups=data_groups.GUARDIANSHIP,
        help="Evidence seen: declaration, certificate, visit.",
    )
    date_exit = fields.Date("Left On", index=True)
    exit_reason = fields.Selection(EXIT_REASON, "Ground of Exit")
    exit_basis = fields.Char("Basis of Exit", groups=data_groups.GUARDIANSHIP)
    remark = fields.Char(groups=data_groups.GUARDIANSHIP, help="Reason of the last step back.")
    voided_on = fields.Date(readonly=True)
    previous_id = fields.Many2one("lbc.episode", "Continues", ondelete="set null")

    _one_open = models.UniqueIndex(
        "(child_id) WHERE state IN ('draft', 'to_verify', 'on_ledger', 'transferring', "
        "'exit_pending')",
        "This child is already on the ledger or about to be.",
    )
    _period = models.Constraint(
        "CHECK(date_exit >= date_entry)", "A child cannot leave the ledger before it entered."
    )
    _area_order = models.Index("(area_id, id)")
    _township_order = models.Index("(township_id, state)")
    _county_order = models.Index("(county_id, state)")

    @api.depends("child_id.display_name")
    def _compute_display_name(self):
        # Masked by construction; whoever keeps the old time on the ledger may not read the child now.
        for episode in self:
            episode.display_name = episode.sudo().child_id.display_name

    def _go(self, state, **vals):
        """Take the episodes to `state`, writing `vals` with it.

        Rights were checked by the step that calls this (`child_ledger`); episodes themselves are
        read-only for every role, hence the sudo.

        :raises UserError: an episode is in a state from which `state` does not follow
        """
        for episode in self.sudo():
            if state not in NEXT_STATES[episode.state]:
                labels = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(child)s is “%(now)s” and cannot become “%(then)s”. Reload the page.",
                        child=episode.child_id.display_name,
                        now=labels[episode.state],
                        then=labels[state],
                    )
                )
        self.sudo().write({"state": state, **vals})
        self.flush_recordset(["state"])  # the index allows one open episode per child at a time

    @api.model
    def _reason_of(self, eligibility_reason):
        """Return the ground of entry for a ground of `lib.eligibility`."""
        return "both_away" if eligibility_reason == "both_away" else "one_away"
