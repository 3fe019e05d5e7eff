"""What a census must know before it writes: who of its people is on file, and which households they belong to."""

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ...lib import census_plan


class CensusImport(models.Model):
    _inherit = "lbc.census.import"

    def _known(self, rows):
        """Return the `lib.census_plan.Known` for these `lib.census_rows.Row`s: adults and households by their ids."""
        children = [row.existing for row in rows if row.existing]
        known = census_plan.Known(
            numbers=self._adults_by_number(rows),
            neighbours=self._adults_by_place(rows),
            holders=self._adults_of(children),
        )
        known.homes = self._homes_of(rows)
        adults = {*known.numbers.values(), *known.neighbours.values()}
        known.families = self._families_of(adults)
        return known

    def _adults_by_number(self, rows):
        numbers = {adult.number for row in rows for _role, adult in row.adults if adult.number}
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT id_number, id FROM lbc_guardian WHERE id_number = ANY(%s)",
                    list(numbers),
                )
            )
        )

    def _own_adults(self, adult_ids):
        """Return (ids of the adults whom the importer reaches, ids of those whose files his census may change).

        An adult who is kept elsewhere and has children there too is reached through a child of the importer's area,
        but the file stays with the other place; otherwise linking a child would be enough to overwrite it.
        """
        if self.env.su:
            return set(adult_ids), set(adult_ids)
        guardians = self.env["lbc.guardian"].with_context(active_test=False)
        chosen = Domain("id", "in", list(adult_ids))
        area = self.env.user._lbc_area_domain()
        reached = guardians.search(chosen)
        kept_here = reached.sudo().filtered_domain(area)
        lines = self.env["lbc.guardianship"].sudo().with_context(active_test=False)
        elsewhere = lines.search_fetch(
            Domain("guardian_id", "in", (reached - kept_here).ids)
            & Domain("date_to", "=", False)
            & Domain("child_id.state", "!=", "void")
            & ~Domain(area),
            ["guardian_id"],
        )
        shared = elsewhere.guardian_id
        return set(reached.ids), set((reached - shared).ids)

    def _adults_by_place(self, rows):
        """Return {(village, address key, name, phone): adult} of those without a number, where rows have such."""
        villages = {row.village for row in rows for _role, adult in row.adults if not adult.number}
        found = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT c.area_id, c.address, g.name, g.phone, g.id
                  FROM lbc_child c JOIN lbc_guardianship s ON s.child_id = c.id
                  JOIN lbc_guardian g ON g.id = s.guardian_id
                 WHERE c.area_id = ANY(%s) AND g.id_number IS NULL AND c.state <> 'void'
                 ORDER BY g.id DESC
                """,
                list(villages),
            )
        )
        return {
            (area, census_plan.address_key(address), name, phone or ""): adult
            for area, address, name, phone, adult in found
        }

    def _adults_of(self, children):
        """Return {(child, role): (adult, name, whether its number is missing or doubtful)} of today."""
        found = self.env.execute_query(
            SQL(
                """
                SELECT s.child_id, s.role, g.id, g.name, g.id_status <> 'valid'
                  FROM lbc_guardianship s JOIN lbc_guardian g ON g.id = s.guardian_id
                 WHERE s.child_id = ANY(%s) AND s.date_to IS NULL
                """,
                children,
            )
        )
        return {
            (child, role): (adult, name, is_open) for child, role, adult, name, is_open in found
        }

    def _homes_of(self, rows):
        """Return {child: household} of children on file who still live in the village of their row."""
        village = {row.existing: row.village for row in rows if row.existing}
        found = self.env.execute_query(
            SQL(
                "SELECT id, area_id, household_id FROM lbc_child "
                "WHERE id = ANY(%s) AND household_id IS NOT NULL",
                list(village),
            )
        )
        return {child: home for child, area, home in found if area == village[child]}

    def _families_of(self, adults):
        """Return {(village, address key, father, mother): household} of the children of these adults."""
        found = self.env.execute_query(
            SQL(
                """
                SELECT area_id, address, father_id, mother_id, household_id FROM lbc_child
                 WHERE (father_id = ANY(%(adults)s) OR mother_id = ANY(%(adults)s))
                   AND household_id IS NOT NULL AND state <> 'void'
                 ORDER BY id DESC
                """,
                adults=list(adults),
            )
        )
        return {
            (area, census_plan.address_key(address), father, mother): home
            for area, address, father, mother, home in found
        }
