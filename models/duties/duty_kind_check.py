"""What an administrator writes into a kind of duty is checked when it is saved.

Conditions are read as plain lists, never evaluated. They may ask only for what whoever keeps kinds
may read himself: fields without a data group, and those that the evidence names (§C.2), so that the
number of duties tells nothing of a child.
"""

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...lib import domains
from .duty_kind import SUBJECTS


class DutyKind(models.Model):
    _inherit = "lbc.duty.kind"

    @api.constrains("subject_domain", "subject_type")
    def _check_subject_domain(self):
        for kind in self:
            kind._check_domain("subject_domain", SUBJECTS[kind.subject_type])

    @api.constrains("evidence_domain", "evidence_model", "subject_type", "evidence_date")
    def _check_evidence(self):
        for kind in self.filtered("evidence_model"):
            evidence = self.env[kind.evidence_model]
            if kind.subject_type not in evidence._evidence_subjects:
                types = dict(self._fields["subject_type"]._description_selection(self.env))
                raise ValidationError(
                    self.env._(
                        "“%(kind)s”: records of “%(evidence)s” cannot tell which %(subject)s they "
                        "are about. Choose another evidence or whom the duty concerns.",
                        kind=kind.name,
                        evidence=evidence._description,
                        subject=types[kind.subject_type],
                    )
                )
            if (kind.evidence_date or kind.evidence_model).split(":")[0] != kind.evidence_model:
                raise ValidationError(
                    self.env._(
                        "“%(kind)s”: “Dated by” belongs to another evidence. Choose it again.",
                        kind=kind.name,
                    )
                )
            kind._check_domain("evidence_domain", kind.evidence_model)

    @api.constrains("period", "event_date", "subject_type", "due_rule", "density")
    def _check_period(self):
        for kind in self:
            event = (kind.event_date or "").split(":")[0]
            if kind.period == "event" and event != kind.subject_type:
                raise ValidationError(
                    self.env._(
                        "“%(kind)s”: choose the day of the event, of whom the duty concerns.",
                        kind=kind.name,
                    )
                )
            by_risk = kind.subject_type in ("child", "household") and kind.period == "month"
            if kind.density == "risk" and not by_risk:
                raise ValidationError(
                    self.env._(
                        "“%(kind)s”: only monthly duties of children and households follow risk.",
                        kind=kind.name,
                    )
                )

    def _check_domain(self, name, model_name):
        """Refuse a condition that cannot be read or asks for protected data; names the culprit."""
        self.ensure_one()
        label = self._fields[name]._description_string(self.env)
        try:
            domain = Domain(domains.parse(self[name]))
        except ValueError:
            raise ValidationError(
                self.env._(
                    "“%(field)s” is no condition that can be read. Build it with the editor of "
                    "conditions.",
                    field=label,
                )
            ) from None
        for term in domain.iter_conditions():
            self._check_term(label, self.env[model_name], term)
        try:
            # Compiled, not executed: types of values and operators are judged by core.
            self.env[model_name].sudo()._search(domain)
        except (ValueError, TypeError, NotImplementedError) as error:
            raise ValidationError(
                self.env._("“%(field)s” cannot be asked: %(problem)s", field=label, problem=error)
            ) from None

    def _check_term(self, label, model, term):
        """Refuse a condition on a field that is not there or not everybody's, along its path."""
        path = term.field_expr.split(".")
        for position, name in enumerate(path):
            field = model._fields.get(name)
            if field is None:
                raise ValidationError(
                    self.env._(
                        "“%(field)s”: there is no “%(name)s” in “%(model)s”. Build the condition "
                        "with the editor.",
                        field=label,
                        name=name,
                        model=model._description,
                    )
                )
            if not self._may_ask(model, field, first=position == 0):
                raise ValidationError(
                    self.env._(
                        "“%(field)s”: “%(name)s” is protected data of “%(model)s”; the number of "
                        "duties would tell it. Only fields that everybody may read can be asked.",
                        field=label,
                        name=field._description_string(self.env),
                        model=model._description,
                    )
                )
            if field.comodel_name:
                model = self.env[field.comodel_name]
        if term.operator.removesuffix("!") in ("any", "not any"):
            for inner in Domain(term.value).iter_conditions():
                self._check_term(label, model, inner)

    @api.model
    def _may_ask(self, model, field, first):
        """Return whether conditions may ask for this field of this model (bool)."""
        if first and field.name in getattr(model, "_evidence_filter_fields", ()):
            return True
        if not model._name.startswith("lbc.") or field.groups:
            return False
        # A model that is a data group as a whole is protected wherever a path leads into it.
        return first or not (
            getattr(model, "_lbc_data_groups", ()) or getattr(model, "_data_group", None)
        )
