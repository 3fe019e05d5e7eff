"""A census row for a child who is on file already: the file wins for the cells it fills, and says what it changed.

Unlike new children these go through the ORM: verdicts of brothers and sisters, histories and tracked fields follow.
What a census says of a day long past does not undo what happened since: work away that ended after the day of the
census stays ended, a later note on health stays the latest.
"""

from collections import defaultdict

from odoo import Command, models

from ...lib import eligibility
from ...lib.census_rows import TERMS, TEXTS
from .episode import ON_LEDGER


class CensusImport(models.Model):
    _inherit = "lbc.census.import"

    def _stated_fields(self):
        """Return the names of the child's fields that cells fill as they are; `school_name` has its own rules."""
        names = [*TEXTS.values(), *(name for name, _terms in TERMS.values())]
        others = ("sex", "birth_date", "no_id_reason", "parents_note")
        return [*(name for name in names if name != "school_name"), *others]

    def _update_known(self, rows, plan):
        """Bring children and adults who are on file up to date; returns {row number: [labels of what changed]}.

        :param rows: `lib.census_rows.Row`s without errors
        :param plan: their `lib.census_plan.Plan`
        """
        changes = defaultdict(list)
        known = [row for row in rows if row.existing]
        children = self.env["lbc.child"].sudo().browse([row.existing for row in known])
        schools, aids = self._schools(known), self._aids()
        with children._keeping_past(self.as_of, self._basis()) as kept:
            for row, child in zip(known, kept, strict=True):
                changes[row.number] += self._update_child(child, row, schools, aids)
        of_person = self._update_people(plan)
        for row in rows:
            for role, person in plan.family[row.number].items():
                for label in of_person.get(person.known, ()) if row.existing else ():
                    changes[row.number].append(f"{self._role_label(role)} – {label}")
        return changes

    def _update_child(self, child, row, schools, aids):
        """Write what the row states otherwise than the child's file; returns the labels of these fields."""
        vals = {
            name: row.values[name]
            for name in self._stated_fields()
            if row.values.get(name) and child[name] != row.values[name]
        }
        if child.id_number:
            vals.pop("no_id_reason", None)
        elif row.id_number:
            vals["id_number"] = row.id_number
        if child.name != row.values["name"]:
            vals["name"] = row.values["name"]
        vals.update(self._school_vals(child, row, schools))
        wanted = {aids[code] for code in row.aids or () if code in aids}
        if row.aids is not None and wanted != set(child.aid_ids.ids):
            vals["aid_ids"] = [Command.set(sorted(wanted))]
        labels = [child._fields[name]._description_string(self.env) for name in vals]
        if vals:
            child.write(vals)
        return labels + self._update_health(child, row)

    def _school_vals(self, child, row, schools):
        stated = row.values.get("school_name")
        if not stated or stated == child.school_id.name:
            return {}
        if school := schools.get(stated):
            return {"school_id": school, "school_name": False}
        return {} if stated == child.school_name else {"school_name": stated, "school_id": False}

    def _update_health(self, child, row):
        """Write down the state of health of the census day, unless that is what is known of that day."""
        if not row.health:
            return []
        names = ("condition", "disability_kind", "disability_level")
        last = child.health_ids.filtered(lambda one: one.date <= self.as_of).sorted(
            lambda one: (one.date, one.id)
        )[-1:]
        vals = {name: value or last[name] for name, value in zip(names, row.health, strict=True)}
        if last and all(last[name] == value for name, value in vals.items()):
            return []
        if last.date == self.as_of:
            last.write(vals)
        else:
            last.create({"child_id": child.id, "date": self.as_of, **vals})
        return [child._fields["health_ids"]._description_string(self.env)]

    def _update_people(self, plan):
        """Bring adults who are on file up to date; returns {id: [labels of what changed]}.

        Only those whose files the importer's area keeps: the others are linked and stay as they are.
        """
        on_file = [person for person in plan.people if person.known]
        _reached, ours = self._own_adults([person.known for person in on_file])
        known = [person for person in on_file if person.known in ours]
        guardians = self.env["lbc.guardian"].sudo().browse([person.known for person in known])
        changes = {}
        with guardians._keeping_past(self.as_of, self._basis()) as kept:
            for person, guardian in zip(known, kept, strict=True):
                changes[guardian.id] = self._update_adult(guardian, person.adult)
        return changes

    def _update_adult(self, guardian, adult):
        vals = {}
        if adult.phone and adult.phone != guardian.phone:
            vals["phone"] = adult.phone
        if adult.number and adult.number != guardian.id_number:
            vals["id_number"] = adult.number
        if adult.condition and adult.condition.state != guardian.state:
            vals["state"] = adult.condition.state
        labels = [guardian._fields[name]._description_string(self.env) for name in vals]
        if vals:
            guardian.write(vals)
        return labels + self._update_spell(guardian, adult) + self._update_capacity(guardian, adult)

    def _update_spell(self, guardian, adult):
        """Write down work away as stated, unless that very spell has ended since the census."""
        if not adult.away:
            return []
        spells = guardian.migration_ids
        spell = spells.filtered(lambda one: not one.date_to)[:1]
        ended = spells.filtered(lambda one: one.date_to and one.date_to > self.as_of)
        if not spell and ended:
            return []
        wanted = self._spell_vals(adult)
        vals = {name: value for name, value in wanted.items() if value and value != spell[name]}
        if spell:
            vals.pop("verified_by", None)  # somebody may have verified it better since
        if not vals:
            return []
        if spell:
            spell.write(vals)
        else:
            spells.create({"guardian_id": guardian.id, **wanted})
        return [guardian._fields["migration_ids"]._description_string(self.env)]

    def _update_capacity(self, guardian, adult):
        """Add a loss of capacity that is not on file; a census never ends one, only evidence does."""
        if not (adult.condition and adult.condition.incapacity):
            return []
        vals = self._capacity_vals(adult)
        same = guardian.capacity_ids.filtered(lambda one: one.reason == vals["reason"])
        if same.filtered(lambda one: one.is_proved or not vals["evidence"]):
            return []
        guardian.capacity_ids.create({"guardian_id": guardian.id, **vals})
        return [guardian._fields["capacity_ids"]._description_string(self.env)]

    def _update_families(self, rows, plan, changes):
        """Give children on file the parents, carers and households that the census names, new people included."""
        known = [row for row in rows if row.existing]
        children = self.env["lbc.child"].sudo().browse([row.existing for row in known])
        for row, child in zip(known, children, strict=True):
            changes[row.number] += self._move_inside(child, row, plan.homes[row.number])
            for role, adult in row.adults:
                person = plan.family[row.number][role]
                if self._update_relation(child, role, person, adult):
                    changes[row.number].append(self._role_label(role))

    def _update_relation(self, child, role, person, adult):
        """Let the person hold the role for the child from the census day on; returns whether anything changed."""
        line = child.guardianship_ids.filtered(lambda one: one.role == role and not one.date_to)[:1]
        vals = (
            {"relation": adult.relation, "care_quality": adult.quality} if role == "carer" else {}
        )
        vals = {name: value for name, value in vals.items() if value and value != line[name]}
        if line.guardian_id.id == person.known:
            if vals:
                line.write(vals)
            return bool(vals)
        if line:
            line.date_to = max(self.as_of, line.date_from or self.as_of)
            vals["date_from"] = line.date_to
        vals.setdefault("relation", role if role != "carer" else False)
        line.create({"child_id": child.id, "guardian_id": person.known, "role": role, **vals})
        return True

    def _move_inside(self, child, row, home):
        """Let the child follow to another village of its township, and into the household of the census."""
        labels = []
        if child.area_id.id != row.village:
            labels.append(child._fields["area_id"]._description_string(self.env))
            day = max(self.as_of, child.date_entry or self.as_of)
            on_ledger = child.state in ON_LEDGER
            if on_ledger:
                child.episode_id._go("transferring")
                child.episode_id._go("exited", exit_reason="moved_inside", date_exit=day)
            child.write({"area_id": row.village, "household_id": home.known})
            if on_ledger:
                child._begin_episode("moved_in", day, self._basis())
        elif child.household_id.id != home.known:
            child.household_id = home.known
        return labels

    def _spell_vals(self, adult):
        """Return the fields of work away that an adult's cells state."""
        return {
            "date_from": adult.away_since,
            "place": adult.place or None,
            "cross_county": {True: "yes", False: "no"}.get(adult.outside),
            "verified_by": "declared",
        }

    def _capacity_vals(self, adult):
        """Return the fields of a loss of capacity that an adult's cells state.

        The words count as evidence where they name a level that only a certificate gives. A level without its kind,
        which alone proves nothing, is left to whoever asks for the certificate.
        """
        condition = adult.condition
        kind, level = condition.disability_kind, condition.disability_level
        clear = level and eligibility.incapacity_from_disability(kind, level)
        return {
            "reason": condition.incapacity,
            "disability_kind": kind,
            "disability_level": level if clear else None,
            "evidence": f"{adult.condition_text} ({self._basis()})" if condition.proved else None,
            "valid_from": self.as_of,
        }

    def _schools(self, rows):
        """Return {stated name: id} of the registered schools and kindergartens of the county."""
        names = {row.values["school_name"] for row in rows if row.values.get("school_name")}
        schools = (
            self.env["lbc.organization"]
            .sudo()
            .search_fetch(  # divisions and schools are public
                [
                    ("county_id", "=", self.county_id.id),
                    ("kind_code", "in", ("school", "kindergarten")),
                    ("name", "in", list(names)),
                ],
                ["name"],
            )
        )
        found = defaultdict(list)
        for school in schools:
            found[school.name].append(school.id)
        return {name: ids[0] for name, ids in found.items() if len(ids) == 1}

    def _aids(self):
        """Return {code: id} of the kinds of aid."""
        aids = self.env["lbc.aid"].sudo().with_context(active_test=False).search_fetch([], ["code"])
        return {aid.code: aid.id for aid in aids}

    def _basis(self):
        """Return the evidence named in the files: which census it was."""
        return self.env._("Census %(file)s of %(day)s", file=self.filename or "", day=self.as_of)

    def _role_label(self, role):
        roles = self.env["lbc.guardianship"]._fields["role"]._description_selection(self.env)
        return dict(roles)[role]
