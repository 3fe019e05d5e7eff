"""What a visit says of the parents' last contact is recorded as one: nothing is typed twice (L-1d, L-2e)."""

from odoo import fields, models

from .visit import FILED

WAY_OF = {"home": "parent_came", "phone": "call", "video": "video", "message": "message"}


class Contact(models.Model):
    _inherit = "lbc.contact"

    visit_id = fields.Many2one(
        "lbc.visit",
        "Told at the Visit",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )


class Visit(models.Model):
    _inherit = "lbc.visit"

    def action_submit(self):
        result = super().action_submit()
        self._record_contacts()
        return result

    def _return(self, reason):
        result = super()._return(reason)
        self._take_contacts_back()
        return result

    def _withdraw(self, reason):
        result = super()._withdraw(reason)
        self._take_contacts_back()
        return result

    def _record_contacts(self):
        """Record the contact that a filed visit tells of, for each child who has none on that day."""
        values = []
        for visit in self.sudo():  # only what the step filed
            if visit.state in FILED and visit._tells_of_contact():
                values += visit._contacts()
        self.env["lbc.contact"].sudo().create(values)

    def _tells_of_contact(self):
        """Return whether the visit names a way and a day of contact that is not in the future (bool)."""
        day = self.parents_contact_on
        known = self.parents_contact_by in WAY_OF
        return bool(known and day and day <= fields.Date.context_today(self))

    def _contacts(self):
        """Return the values of the contacts that are not recorded yet."""
        on_ledger = self.env["lbc.child"]._on_ledger_domain()
        day = self.parents_contact_on
        contacts = self.env["lbc.contact"].sudo()
        known = contacts.search(
            [
                ("child_id", "in", self.child_ids.ids),
                ("date", "=", day),
                ("state", "=", "recorded"),
                ("outcome", "=", "reached"),
            ]
        ).child_id
        return [
            {
                "child_id": child.id,
                "visit_id": self.id,
                "date": day,
                "parent": "either",
                "way": WAY_OF[self.parents_contact_by],
                "source": "carer",
            }
            for child in self.child_ids.filtered_domain(on_ledger) - known
        ]

    def _take_contacts_back(self):
        """A visit that no longer counts tells of nothing."""
        contacts = self.env["lbc.contact"].sudo()
        contacts = contacts.search([("visit_id", "in", self.ids), ("state", "=", "recorded")])
        contacts.state = "withdrawn"
        contacts._withdraw_evidence()
