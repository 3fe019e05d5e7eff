"""What agreements, letters and contact with parents owe and prove (§C.1.2, §C.6 case 10; B-4.3b, L-1d, article 23).

Gaps, ends of agreements and silence of parents are days in the child's file that set duties off; they are brought up to
date in the same job, just before the duties of the day are made.
"""

from odoo import api, models
from odoo.fields import Domain

LETTER, CONTACT = "lbc.letter", "lbc.contact"
CONTACT_DUE, WARN_ON = "child:contact_due_on", "child:agreement_warn_on"


class DutyKind(models.Model):
    _inherit = "lbc.duty.kind"

    @api.model
    def _selection_evidence_model(self):
        return [
            *super()._selection_evidence_model(),
            ("lbc.agreement", self.env._("Care agreement")),
            (CONTACT, self.env._("Contact with parents")),
            (LETTER, self.env._("Letter of responsibility")),
        ]

    @api.model
    def _selection_due_parameter(self):
        field = self.env["lbc.profile"]._fields["agreement_warn_first"]
        own = (field.name, field._description_string(self.env))
        return [*super()._selection_due_parameter(), own]

    @api.model
    def _selection_event_date(self):
        return [
            *super()._selection_event_date(),
            ("child:gap_since", self.env._("Child: without a guardian since")),
            (WARN_ON, self.env._("Child: the agreement is to be renewed from")),
            (CONTACT_DUE, self.env._("Child: contact with parents due on")),
        ]

    @api.model
    def _selection_reminder_parameter(self):
        own = self._reminder_option("agreement_warn_days")
        return [*super()._selection_reminder_parameter(), own]

    @api.model
    def _planned_events(self):
        """How long before its end an agreement is announced, and how often parents call, is policy."""
        return super()._planned_events() | {WARN_ON, CONTACT_DUE}

    def _early(self, profile):
        """Any contact since the last one counts, also when it is entered after the day."""
        if self.event_date == CONTACT_DUE:
            return max(profile.parent_contact_days - 1, 0)
        return super()._early(profile)

    def _valid_in(self, profile):
        """Letters are owed where the district asks for them (`responsibility_letter`)."""
        asked = self.evidence_model != LETTER or profile.responsibility_letter
        return super()._valid_in(profile) and asked


class Profile(models.Model):
    _inherit = "lbc.profile"

    @api.model
    def _duty_parameters(self):
        return super()._duty_parameters() | {"responsibility_letter", "parent_contact_days"}


class Duty(models.Model):
    _inherit = "lbc.duty"

    @api.model
    def _generate_counties(self, profiles):
        """Before the duties of the day: days pass, agreements begin and end by themselves."""
        children = self.env["lbc.child"].with_context(tz=profiles[:1].time_zone)
        children._pass_the_night(profiles.county_id)
        return super()._generate_counties(profiles)

    @api.model
    def _subject_condition(self, kind):
        """A letter is signed by a school: it is owed for children who go to one."""
        condition = super()._subject_condition(kind)
        if kind.evidence_model == LETTER and kind.subject_type == "child":
            condition &= Domain("school_id", "!=", False)
        return condition

    @api.model
    def _may_cease(self, kind):
        return super()._may_cease(kind) or kind.evidence_model == LETTER

    def _fulfil_action(self):
        """An agreement is drawn up, a contact recorded, a letter signed, each on its page."""
        model, child = self.kind_id.evidence_model, self.child_id
        if model == "lbc.agreement":
            return child.action_view_agreements()
        if model == CONTACT:
            action = self.env["ir.actions.act_window"]._for_xml_id(
                "left_behind_children.contact_record_action"
            )
            return {**action, "context": {"active_model": "lbc.child", "active_ids": child.ids}}
        if model == LETTER:
            domain = Domain("child_id", "=", child.id) & Domain("state", "!=", "cancelled")
            return {
                "type": "ir.actions.act_window",
                "res_model": LETTER,
                "view_mode": "list,form",
                "domain": list(domain),
                "context": {"default_child_id": child.id},
                "name": self.env._("Letters of Responsibility"),
            }
        return super()._fulfil_action()
