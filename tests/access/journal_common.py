"""What the tests of the journal have in common."""

from ..common import CareCase


class JournalCase(CareCase):
    """Base of the journal's tests: rows of the running transaction, as they are written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.users.values():
            user.lang = "en_US"  # whatever language the database speaks

    def setUp(self):
        super().setUp()
        self._seen = 0
        self.rows_since()

    def new_rows(self):
        """Return the rows (superuser) written since they were last asked for, oldest first."""
        rows = self.env["lbc.journal"].search([("id", ">", self._seen)], order="id")
        self._seen = rows[-1:].id or self._seen
        return rows

    def rows_since(self):
        """Write what was noted, as a commit does, and return it."""
        self.cr.flush()
        return self.new_rows()

    def children_of(self, rows):
        """Return the children (sorted ids) whose files these rows concern."""
        self.cr.execute(
            "SELECT DISTINCT unnest(child_ids) AS child FROM lbc_journal WHERE id = ANY(%s) "
            "ORDER BY child",
            [rows.ids],
        )
        return [child for (child,) in self.cr.fetchall()]
