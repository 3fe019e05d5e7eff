"""Scripts that run inside Odoo's shell, where ``env`` is given."""
