"""How long the journal is kept (§B.14: at least three years); changes of the policy are written down."""

from odoo import fields, models

JOURNAL_YEARS_MIN = 3


class Profile(models.Model):
    _name = "lbc.profile"
    _inherit = ["lbc.profile", "lbc.journal.changes"]
    _journal_changes = True
    _journal_plain_text = True

    journal_retention_years = fields.Integer(
        "Years the Journal Is Kept", default=JOURNAL_YEARS_MIN, required=True
    )

    _journal_retention = models.Constraint(
        f"CHECK(journal_retention_years >= {JOURNAL_YEARS_MIN})",
        "The access journal is kept for at least three years.",
    )
