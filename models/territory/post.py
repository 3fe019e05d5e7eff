"""Posts that people hold, and the role each one gives in the system (§C.1.1 人员岗位)."""

from odoo import fields, models


class Post(models.Model):
    _name = "lbc.post"
    _description = "Post"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    scope = fields.Selection(
        [
            ("village", "Own villages"),
            ("township", "Own townships"),
            ("county", "County"),
            ("organization", "Own organisation"),
            ("none", "No children"),
        ],
        required=True,
        default="none",
        help="Whose children the holder of the post may reach, as far as the role allows.",
    )
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint("UNIQUE(code)", "There is already a post with this code.")
