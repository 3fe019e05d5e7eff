"""The golden set (`golden.CASES`) played by the people whose task it is, one test a case."""

from datetime import date, datetime, timedelta

from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ...lib import ledger_changes
from .common import LedgerCase
from .golden import CASES

NUMBERS = [f"{one}_count" for one in ("opening", "joined", "moved_in", "left", "moved_out")]
NUMBERS += ["changed_count", "closing_count"]
VILLAGES = {"a1": "village_a1", "a2": "village_a2", "b1": "village_b1", "b2": "village_b2"}


@tagged("post_install", "-at_install")
class TestGolden(LedgerCase):
    roles = ("village", "township", "township_leader", "civil_affairs", "leading_office")

    def play(self, case):
        """Take the steps of a case; the reports are made where it does not say otherwise."""
        self.children = {}
        steps = [step.strip() for step in case.steps.split(";") if step.strip()]
        if "none Q2" in steps:
            steps.remove("none Q2")
        elif not any(step.endswith("Q2") for step in steps):
            place = next((i for i, step in enumerate(steps) if step[:4] > "0620"), len(steps))
            steps.insert(place, "0620 Q2")
        if not any(" Q3" in step for step in steps):
            steps.append("0920 Q3")
        for step in steps:
            self._take(step)
        self.env.flush_all()

    def _take(self, step):
        day = date(2026, int(step[:2]), int(step[2:4]))
        words = step[5:].split()
        clock = words.pop() if words[-1].count(":") == 2 else "12:00:00"
        local = datetime.fromisoformat(f"{day} {clock}")
        with freeze_time(local - timedelta(hours=8)):  # China is eight hours ahead
            self._do(words, day)

    def _do(self, words, day):
        first, rest = words[0], words[1:]
        if first in ("Q2", "Q3"):
            self._report(int(first[1]), *rest)
        elif first == "return":
            self.as_role(self._of(*(rest or "A")), "leading_office")._return("漏报一人")
        elif first[0] == "+":
            self._enter(first[1:], day, *rest)
        elif first[0] == "-":
            then = date(2026, int(rest[0][:2]), int(rest[0][2:])) if rest else day
            child = self.as_role(self.children[first[1:]], "civil_affairs")  # wherever it lives
            child._propose_exit("parent_returned", then, "核实")
            child.action_confirm_exit()
        elif "=" in first:
            self._merge(*first.split("="), day)
        elif ">" in first or "?" in first:
            self._move(first, day, *rest)
        else:
            getattr(self, f"_it_{rest[0]}")(self.children[first], day)

    # -- steps

    def _report(self, number, *townships):
        quarter = self.open_quarter(2026, number)
        townships = (
            {"A": self.township_a, "B": self.township_b}
            if not townships
            else {one: self.township_a if one == "A" else self.township_b for one in townships}
        )
        for township in townships.values():
            if township in quarter.submission_ids.township_id:
                self._submit_now(quarter, township)

    def _of(self, township):
        quarter = self.env["lbc.quarter"].search(
            [("county_id", "=", self.county.id), ("number", "=", 3)]
        )
        return self.submission_of(quarter, self.township_a if township == "A" else self.township_b)

    def _enter(self, name, day, village, other=None):
        area = getattr(self, VILLAGES[village])
        born = date.fromisoformat(other) if other and "-" in other else date(2016, 8, 18)
        if other and "-" not in other:
            day = date(2026, int(other[:2]), int(other[2:]))
        child = self.make_child(
            area,
            birth_date=born,
            carer=self.make_guardian(area, name="王奶奶"),
            school_name="甲小学",
            address="一组1号",
        )
        child.action_submit()
        child._verify(day, "普查")
        self.children[name] = child

    def _move(self, words, day, other=None):
        name, village = words.replace("?", ">").split(">")
        child, area = self.children[name], getattr(self, VILLAGES[village])
        if other and other.isdigit():
            day = date(2026, int(other[:2]), int(other[2:]))
        elif other:
            child.sudo().area_id = area
            child.sudo()._return(day, "父亲再次外出")
            return
        transfer = self.env["lbc.transfer"].with_user(self.users["civil_affairs"])
        transfer = transfer._propose(self.as_role(child, "civil_affairs"), area, day, "搬家")
        if ">" in words and transfer.state == "proposed":
            transfer.action_accept()

    def _merge(self, ended, successor, day):
        places = {**VILLAGES, "A": "township_a", "B": "township_b"}
        getattr(self, places[ended])._merge_into(getattr(self, places[successor]), day)

    def _it_back(self, child, day):
        self.as_role(child, "township")._return(day, "父亲再次外出")

    def _it_15(self, child, day):
        self.env["lbc.child"]._cron_review()
        self.assertEqual(child.state, "exit_pending")

    def _it_16(self, child, day):
        self._it_15(child, day)
        self.as_role(child, "township").action_confirm_exit()

    def _it_void(self, child, day):
        self.as_role(child, "civil_affairs")._void("录入错误")

    def _it_birth(self, child, day):
        child.write({"id_number": self.id_number(date(2015, 1, 1)), "birth_date": "2015-01-01"})

    def _it_carer(self, child, day):
        line = child.guardianship_ids.filtered(lambda one: one.role == "carer")
        line.date_to = day
        carer = self.make_guardian(child.area_id, name="陈伯伯")
        self.env["lbc.guardianship"].create(
            {"child_id": child.id, "guardian_id": carer.id, "role": "carer", "date_from": day}
        )

    def _it_work(self, child, day):
        spell = child.father_id.migration_ids
        spell.date_to = day
        values = {"guardian_id": child.father_id.id, "date_from": day, "place": "浙江省宁波市"}
        spell.create({**values, "cross_county": "yes"})

    def _it_school(self, child, day):
        child.school_name = "乙小学"

    def _it_address(self, child, day):
        child.address = "五组9号"

    def _it_class(self, child, day):
        child.grade_class = "二年级1班"

    # -- what is expected

    def check_case(self, case):
        """Compare the numbers of both townships, the lines, the time, and that nothing was lost."""
        numbers = {}
        for township, expected in (("A", case.a), ("B", case.b)):
            submission = self._of(township)
            if not expected:
                self.assertFalse(submission, f"{township} reports no more")
                continue
            version = submission.current_version_id
            numbers[township] = [version[name] for name in NUMBERS]
            self.assertEqual(numbers[township], list(map(int, expected.split())), township)
            self._add_up(version)
        self.assertEqual(self._of("A").is_on_time, case.on_time)
        self.assertFalse(self._of("A").quarter_id.submission_ids.current_version_id._verify())
        sums = [sum(column) for column in zip(*numbers.values(), strict=True)]
        self.assertEqual(sums[2], sums[4], "who moved out of one township moved into the other")
        if case.lines:
            self.assertEqual(sorted(self._lines()), sorted(case.lines.split(", ")))

    def _lines(self):
        names = {child.id: name for name, child in self.children.items()}
        version = self._of("A").current_version_id
        return [
            f"{names[one.child_ref]} {one.kind}" + (f" ({one.column})" if one.column else "")
            for one in version.change_ids
            if one.against == "quarter"
        ]

    def _add_up(self, version):
        """Opening and closing follow from the lines, to the child, for the township and each village."""
        compared = version.browse([one for one, _digest in version.compared_refs or ()])
        old = {row.child_ref: row.area_id._on(version.cutoff).id for row in compared.snapshot_ids}
        new = {row.child_ref: row.area_id.id for row in version.snapshot_ids}
        rows = {
            one: {child: ledger_changes.Row(place) for child, place in found.items()}
            for one, found in (("old", old), ("new", new))
        }
        lines = version.change_ids.filtered(lambda one: one.against == "quarter")
        elsewhere = {
            kind: {one.child_ref: 0 for one in lines if one.kind == kind}
            for kind in ("moved_in", "moved_out")
        }
        expected = ledger_changes.compare(
            rows["old"], rows["new"], elsewhere["moved_in"], elsewhere["moved_out"]
        )
        places = [one for one in lines if one.kind in ledger_changes.MEMBERSHIP]
        places += [one for one in lines if one.column == ledger_changes.VILLAGE]
        self.assertEqual(
            sorted((one.child_ref, one.kind) for one in places),
            sorted((one.child, one.kind) for one in expected),
        )
        for place, row in ledger_changes.of_places(rows["old"], expected).items():
            self.assertEqual(row["closing"], sum(area == place for area in new.values()))


def _test(case):
    def test(self):
        self.play(case)
        self.check_case(case)

    return test


for _number, _case in enumerate(CASES, 1):
    _name = "".join(one if one.isalnum() else "_" for one in _case.what.lower())
    setattr(TestGolden, f"test_{_number:02}_{_name}", _test(_case))
