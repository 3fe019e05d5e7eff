"""Contact between parents and their child: calls, video, visits (L-1d, B-4.3c; article 23 of the law).

The law asks parents who work away for contact at least once a week; the profile says how many days
(`parent_contact_days`). What was tried in vain is kept as well and proves nothing. A recorded
contact is not changed but withdrawn, as a visit is.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..access import data_groups

WAYS = [
    ("call", "Telephone call"),
    ("video", "Video call"),
    ("parent_came", "Parent came home"),
    ("child_went", "Child visited the parent"),
    ("message", "Written or voice message"),
]
PARENTS = [
    ("father", "Father"),
    ("mother", "Mother"),
    ("both", "Both parents"),
    ("either", "A parent"),
    ("guardian", "Other guardian"),
]
OUTCOMES = [
    ("reached", "In contact"),
    ("no_answer", "No answer"),
    ("wrong_number", "Number no longer valid"),
    ("refused", "Refused"),
]
SOURCES = [
    ("child", "The child"),
    ("carer", "The carer"),
    ("parent", "The parent"),
    ("present", "Was present"),
]


def sql_counts(contact):
    """Return the SQL condition that a contact counts: it reached the parent, and was no message (article 23).

    :param contact: alias (str) of `lbc_contact`
    """
    return SQL(
        "%(c)s.state = 'recorded' AND %(c)s.outcome = 'reached' AND %(c)s.way <> 'message'",
        c=SQL.identifier(contact),
    )


class Contact(models.Model):
    _name = "lbc.contact"
    _description = "Contact with Parents"
    _inherit = ["lbc.access.mixin", "lbc.duty.evidence"]
    _order = "date desc, id desc"
    _rec_name = "child_id"
    _evidence_subjects = {"child": "child_id", "household": "child_id.household_id"}
    _thread_group = data_groups.VISITS
    _lbc_data_groups = ("visits",)
    _journal_changes = True
    _journal_children = "child_id"

    child_id = fields.Many2one(
        "lbc.child",
        required=True,
        ondelete="cascade",
        index=True,
    )
    area_id = fields.Many2one(
        related="child_id.area_id", string="Village", store=True, precompute=True
    )
    township_id = fields.Many2one(related="child_id.township_id", store=True, precompute=True)
    county_id = fields.Many2one(related="child_id.county_id", store=True, precompute=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    parent = fields.Selection(PARENTS, "With", required=True, default="mother")
    way = fields.Selection(WAYS, "How", required=True, default="call")
    outcome = fields.Selection(
        OUTCOMES,
        required=True,
        default="reached",
        help="Attempts in vain are kept too; they do not count as contact.",
    )
    minutes = fields.Integer(help="How long it lasted.", groups=data_groups.VISITS)
    place = fields.Char(
        "Where", groups=data_groups.VISITS, help="Where they met, or where the child called from."
    )
    source = fields.Selection(SOURCES, "Known from", default="carer", groups=data_groups.VISITS)
    note = fields.Char(groups=data_groups.VISITS)
    state = fields.Selection(
        [("recorded", "Recorded"), ("withdrawn", "Withdrawn")],
        default="recorded",
        required=True,
        readonly=True,
    )

    # A child's last contact; with it the weekly list of a whole district is one index scan.
    _last = models.Index("(child_id, date) WHERE state = 'recorded' AND outcome = 'reached'")
    _area_order = models.Index("(area_id, date DESC, id DESC)")
    _township_order = models.Index("(township_id, date DESC, id DESC)")
    _county_order = models.Index("(county_id, date DESC, id DESC)")
    _length = models.Constraint(
        "CHECK(minutes BETWEEN 0 AND 100000)", "A contact lasts 0 to 100,000 minutes."
    )

    @api.depends("child_id.display_name", "date")
    def _compute_display_name(self):
        for contact in self:
            parts = (contact.child_id.display_name, contact.date and str(contact.date))
            contact.display_name = " ".join(part for part in parts if part)

    @api.constrains("date")
    def _check_date(self):
        today = fields.Date.context_today(self)
        for contact in self:
            if contact.date > today:
                raise ValidationError(
                    self.env._("The day of the contact lies in the future. Correct the date.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        contacts = super().create(vals_list)
        contacts._prove_duties()
        return contacts

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self._refuse_readonly(vals)
        self.check_access("write")
        raise UserError(
            self.env._("A recorded contact is not changed. Withdraw it and record it again.")
        )

    def _lbc_papers_open(self):
        """A contact is recorded at once; nothing is added to it afterwards."""
        return False

    @api.model
    def _evidence_filed(self):
        """Only what reached the parent counts (article 23); a message is none. As `sql_counts`."""
        return (
            Domain("state", "=", "recorded")
            & Domain("outcome", "=", "reached")
            & Domain("way", "!=", "message")
        )

    def action_withdraw(self):
        """Take back what was recorded by mistake: the duty is open again; the record stays.

        :raises AccessError: another role than those who record
        :raises UserError: somebody else recorded it: that is for the township
        """
        self._require_role("village", "township", "provider")
        self.check_access("write")
        self._require_state("state", "recorded")
        others = self.filtered(lambda contact: contact.create_uid != self.env.user)
        if others and not self.env.su and not self.env.user._lbc_has_role("township"):
            raise UserError(
                self.env._("Another person recorded this contact: ask the township to withdraw it.")
            )
        # The state is written by this step only, hence the sudo after the checks above.
        self.sudo().state = "withdrawn"
        self._withdraw_evidence()
        return True
