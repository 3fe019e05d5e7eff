"""Every wizard belongs to whoever opened it."""

from odoo import models


class WizardMixin(models.AbstractModel):
    """Base of the product's transient models.

    Transient records are not private by themselves; `security/wizard_rules.xml` carries one rule
    per model, and a test asserts that none is missing.
    """

    _name = "lbc.wizard.mixin"
    _description = "Wizard of One User"
    _inherit = ["lbc.access.mixin"]
