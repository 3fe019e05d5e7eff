"""The five figures of a quarter as numbers of each submission: any choice of them adds up, in list, pivot and graph."""

from odoo import api, fields, models


class Submission(models.Model):
    _inherit = "lbc.submission"

    expected = fields.Integer("Expected (Number)", default=1, required=True, readonly=True)
    received = fields.Integer("Received (Number)", compute="_compute_figures", store=True)
    on_time = fields.Integer("On Time (Number)", compute="_compute_figures", store=True)

    @api.depends("state", "is_on_time")
    def _compute_figures(self):
        for submission in self:
            submission.received = int(submission.state == "received")
            submission.on_time = int(submission.is_on_time)
