"""What censuses said of agreements becomes agreements (B-3.2c; architecture, idea 8).

Rows kept since the import are replayed when the room is installed, and after every later import. Only what a census
states whole is taken over: a carer on file, a first and a last day. Where people entered an agreement, theirs counts.
"""

from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ...lib import vocabulary as terms
from ...lib.dates import DateError, parse_date
from ..registry.bulk import Bulk
from .vocabulary import CONFIRMED

COLUMNS = ("agreement_signed", "agreement_from", "agreement_to")


class Agreement(models.Model):
    _inherit = "lbc.agreement"

    @api.model
    def _take_over_census(self, child_ids=None):
        """Make agreements of what censuses said (of these children, else all); returns their number.

        Repeatable: days on which a child has an agreement already are left alone. Siblings with the same carer and the
        same days share one. A constant number of statements.
        """
        stated = {}
        for child_id, day, cells in self.env["lbc.census.line"]._waiting_rows(COLUMNS):
            period = _period(cells)
            if period and (child_ids is None or child_id in child_ids):
                stated[child_id] = (day, *period)
        groups = defaultdict(list)
        for child in self._census_children(stated):
            day, first, last = stated[child["id"]]
            groups[child["area_id"], child["carer_id"], first, last].append((child, day))
        bulk = Bulk(self.sudo().env)  # evidence that was imported by who may import
        self._add_census_agreements(bulk, groups)
        bulk.insert()
        bulk.analyze()
        children = [child["id"] for members in groups.values() for child, _day in members]
        children += child_ids or ()  # also those whose family the census changed
        self.env["lbc.child"].browse(set(children))._refresh_guardian_dates()
        return len(groups)

    @api.model
    def _census_children(self, stated):
        """Return the children (list of dict) who have a carer on file and no agreement on the stated days."""
        if not stated:
            return []
        self.env.flush_all()
        ids = list(stated)
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT c.id, c.area_id, c.township_id, c.county_id, c.carer_id, c.carer_relation,
                       c.care_reason, c.father_id, c.mother_id, p.term_care, committee.id AS committee
                  FROM unnest(%(ids)s, %(first)s::date[], %(last)s::date[]) AS s (id, first, last)
                  JOIN lbc_child c ON c.id = s.id
                  LEFT JOIN lbc_profile p ON p.county_id = c.county_id
                  LEFT JOIN LATERAL (
                       SELECT min(o.id) AS id FROM lbc_organization o
                         JOIN lbc_organization_kind k ON k.id = o.kind_id
                        WHERE o.area_id = c.area_id AND k.code = 'village_committee') committee ON true
                 WHERE c.carer_id IS NOT NULL AND NOT EXISTS (
                       SELECT FROM lbc_agreement_line l
                        WHERE l.child_id = c.id AND l.state IN %(confirmed)s
                          AND daterange(l.date_from, l.date_to + 1) && daterange(s.first, s.last + 1))
                 ORDER BY c.id
                """,
                ids=ids,
                first=[stated[one][1] for one in ids],
                last=[stated[one][2] for one in ids],
                confirmed=CONFIRMED,
            )
        )
        return rows

    @api.model
    def _add_census_agreements(self, bulk, groups):
        """Add agreements, their lines and parents to `bulk`.

        :param groups: {(village, carer, first day, last day): [(child, day of the census)]}
        """
        ids = bulk.new_ids("lbc.agreement", len(groups))
        numbers = self.env["ir.sequence"]._lbc_take("lbc.agreement", len(groups))
        agreements, lines, parents = [], [], set()
        for agreement_id, number, (key, members) in zip(ids, numbers, groups.items(), strict=True):
            _area, carer_id, first, last = key
            child, day = members[0]
            place = {name: child[name] for name in ("area_id", "township_id", "county_id")}
            agreements.append(
                {
                    "id": agreement_id,
                    "name": number,
                    "state": "in_force",
                    "origin": "census",
                    "term": child["term_care"] or "entrusted_care",
                    **place,
                    "carer_id": carer_id,
                    "relation": child["carer_relation"],
                    "reason": child["care_reason"],
                    "date_from": first,
                    "date_to": last,
                    "organization_id": child["committee"],
                    "confirmed_on": day,
                    "confirmed_by_id": self.env.uid,
                }
            )
            for child, _day in members:
                place = {name: child[name] for name in ("area_id", "township_id", "county_id")}
                period = {"state": "in_force", "date_from": first, "date_to": last}
                line = {"agreement_id": agreement_id, "child_id": child["id"], **place, **period}
                lines.append(line)
                adults = filter(None, (child["father_id"], child["mother_id"]))
                parents |= {(agreement_id, adult) for adult in adults}
        bulk.add("lbc.agreement", agreements)
        bulk.add("lbc.agreement.line", lines)
        bulk.link("lbc.agreement", "parent_ids", sorted(parents))


class CensusImport(models.Model):
    _inherit = "lbc.census.import"

    def _finish(self, rows, children, changes):
        result = super()._finish(rows, children, changes)
        known = {row.existing for row in rows if row.existing and row.status != "error"}
        self.env["lbc.agreement"]._take_over_census(known | set(children.values()))
        return result


def _period(cells):
    """Return (first day, last day) of an agreement that a census states whole, else None."""
    if terms.code_of(terms.YES_NO, cells.get("agreement_signed")) == "no":
        return None
    try:
        first, last = (parse_date(cells.get(code)) for code in COLUMNS[1:])
    except DateError:
        return None
    return (first, last) if first and last and first <= last else None
