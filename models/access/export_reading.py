"""Reading more files an hour than the profile allows counts as an export (issue: “through any door”)."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Datetime

from .export_delivery import DELIVERS

MINUTES = 60


class Export(models.Model):
    _inherit = "lbc.export"

    @api.model
    def _reading_limit(self):
        """Return how many files (int) the caller may read within the hour unasked; 0: no limit."""
        if self.env.su or self.env.cr.cache.get(DELIVERS):
            return 0
        return self.env.user._lbc_files_per_hour()

    @api.model
    def _check_reading(self, count=None):
        """Stop a user who read more files within the hour than the profile, or an approval, allows.

        Called by the journal as it writes down what a transaction read; raising rolls the
        transaction back, so that nothing is delivered. Well below the limit nothing more is asked;
        near it the user's transactions take turns.

        :param count: how many files he read, where the caller has counted
        :raises UserError: says how to ask for more
        """
        limit = self._reading_limit()
        if not limit:
            return
        journal = self.env["lbc.journal"]
        if count is None:
            count = journal._files_read(limit, minutes=MINUTES)
        allowed = limit if count <= limit else max(limit, self._files_allowed())
        if count <= allowed and journal._takes_turns(count, allowed):
            # What the user's other requests read since this one began is not seen from here.
            mine = journal._files_of_transaction()
            with journal._apart() as apart:
                count = max(count, apart._files_read(allowed, minutes=MINUTES, more=mine))
            allowed = max(allowed, self._files_allowed()) if count > allowed else allowed
        if count <= allowed:
            return
        raise UserError(
            self.env._(
                "You have read more than %(limit)s files within an hour. Go on later, or ask for "
                "more: Oversight > Ask to Read More Files. Somebody else decides.",
                limit=limit,
            )
        )

    @api.model
    def _files_allowed(self):
        """Return how many files (int) the user's approved requests let him read within an hour."""
        return max(
            self._open_exports("reading").mapped("record_count"),
            default=0,
        )

    @api.model
    def _open_exports(self, kind):
        """Return the user's own open requests of a kind (sudo), the newest first."""
        return self.sudo().search(
            [
                ("user_id", "=", self.env.uid),
                ("kind", "=", kind),
                ("state", "=", "approved"),
                ("expires_at", ">", Datetime.now()),
                ("role_id", "=", self.env.user.lbc_role_id.id),
            ]
        )
