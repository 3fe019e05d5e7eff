"""The golden set (`golden.CASES`) played by the people whose task it is, one test a case."""

from datetime import date, datetime, timedelta

from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ..common import XMLID
from .common import LedgerCase
from .golden import CASES

NUMBERS = [f"{one}_count" for one in ("opening", "joined", "moved_in", "left", "moved_out")]
NUMBERS += ["changed_count", "closing_count"]
VILLAGES = {"a1": "village_a1", "a2": "village_a2", "b1": "village_b1", "b2": "village_b2"}


@tagged("post_install", "-at_install", "lbc_long")
class TestGolden(LedgerCase):
    roles = (
        "village",
        "township",
        "township_leader",
        "civil_affairs",
        "leading_office",
        "education",
    )

    def setUp(self):
        super().setUp()
        # Documents have tests of their own (`TestPapers`); here they would take most of the time.
        versions = self.env.registry["lbc.submission.version"]
        self.patch(versions, "_make_documents", lambda _versions: None)

    def play(self, case):
        """Take the steps of a case; the reports are made where it does not say otherwise."""
        self.case = case
        self.children, self.opening, self.bureau = {}, {}, None
        steps = [step.strip() for step in case.steps.split(";") if step.strip()]
        if "department" in steps:
            steps.remove("department")
            self._expect_department()
        if "none Q2" in steps:
            steps.remove("none Q2")
        elif not any(" Q2" in step for step in steps):
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
        elif first == "renames":
            self.school.action_rename("甲镇实验小学", day - timedelta(days=1))
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
            self._about(self.children[first], day, *rest)

    def _about(self, child, day, what, *said):
        """Take a step about one child; what is said about it goes with what is written."""
        step = getattr(self, f"_it_{what}", None)
        if step:
            return step(child, day)
        self.said = {"change_basis": "凭证", "change_is_correction": "err" in said}
        born = None
        for word in said:
            if "-" in word:
                born = word
            elif word != "err":
                self.said["change_day"] = f"2026-{word[:2]}-{word[2:]}"
        return getattr(self, f"_other_{what}")(self.as_role(child, "village"), day, born)

    # -- steps

    def _expect_department(self):
        kind = self.env.ref(f"{XMLID}.organization_kind_justice_authority")
        self.profile.write({"report_departments": True, "report_kind_ids": [(6, 0, kind.ids)]})
        self.bureau = self.make_organization("测试区司法局", "justice_authority", self.county)
        self.officer = self.make_user("bureau", "justice_officer", self.county, self.bureau)

    def _report(self, number, which="AB"):
        quarter = self.open_quarter(2026, number)
        for one in which:
            if one == "D":
                submission = self._department_of(quarter)
                wizard = self.env["lbc.quarter.submit"].with_user(self.officer)
                values = {"submission_id": submission.id, "statement": "开展法治宣传"}
                wizard.create(values).action_submit()
                continue
            township = self.township_a if one == "A" else self.township_b
            if township in quarter.submission_ids.township_id:
                submission = self._submit_now(quarter, township)
                if number == 2:
                    self.opening[one] = submission.current_version_id

    def _department_of(self, quarter):
        return quarter.submission_ids.filtered(lambda one: one.organization_id)

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
            father=self.make_guardian(area, "2024-01-05", phone="13800000000"),
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
            own = self.as_role(child, "civil_affairs")
            own.write({"area_id": area.id})
            own._return(day, "父亲再次外出")
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

    def _it_stays(self, child, day):
        self.as_role(child, "township")._refuse_exit("未满十六周岁")

    def _it_alone(self, child, day):
        line = child.guardianship_ids.filtered(lambda one: one.role == "carer")
        self.as_role(line, "village").date_to = day

    def _it_carer(self, child, day):
        self._it_alone(child, day)
        carer = self.make_guardian(child.area_id, name="陈伯伯")
        values = {"child_id": child.id, "guardian_id": carer.id, "role": "carer"}
        lines = self.env["lbc.guardianship"].with_user(self.users["village"])
        lines.create({**values, "date_from": day, "basis": "委托书"})

    def _it_work(self, child, day):
        spells = self.as_role(child.father_id.migration_ids, "village")
        spells.filtered(lambda one: not one.date_to).date_to = day
        values = {"guardian_id": child.father_id.id, "date_from": day}
        values |= {"place": f"浙江省{day:%m}市", "verified_by": "village"}
        spells.create({**values, "cross_county": "yes"})

    def pupil(self, child):
        """Return the child as the education committee sees it, which keeps the schooling."""
        return self.as_role(child, "education")

    def _other_birth(self, child, day, born):
        number = self.id_number(date.fromisoformat(born))
        child.write({"id_number": number, "birth_date": born, **self.said})

    def _other_school(self, child, day, _born):
        self.pupil(child).write({"school_name": f"小学{day:%m}", **self.said})

    def _other_registered(self, child, day, _born):
        self.pupil(child).write({"school_name": False, "school_id": self.school.id, **self.said})

    def _other_address(self, child, day, _born):
        child.write({"address": f"九组{day.day}号", **self.said})

    def _other_class(self, child, day, _born):
        self.pupil(child).write({"grade_class": f"{day.day}班", **self.said})

    def _other_phone(self, child, day, _born):
        child.father_id.write({"phone": "13900000000", **self.said})

    def _other_condition(self, child, day, _born):
        child.father_id.write({"state": "missing", **self.said})

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
            self._add_up(township, version)
        self.assertEqual(self._of("A").is_on_time, case.on_time)
        self.assertFalse(self._of("A").quarter_id.submission_ids.version_ids._verify())
        sums = [sum(column) for column in zip(*numbers.values(), strict=True)]
        self.assertEqual(sums[2], sums[4], "who moved out of one township moved into the other")
        self.assertEqual(self._lines("A"), _sorted(case.lines))
        if case.b:
            self.assertEqual(self._lines("B"), _sorted(case.b_lines))
        for expected in filter(None, case.rows.split(", ")):
            self.assertEqual(self._cell(expected), expected)
        if self.bureau:
            own = self._department_of(self._of("A").quarter_id)
            self.assertEqual(own.is_on_time, case.department)
            self.assertFalse(own.current_version_id.closing_count)

    def _lines(self, township):
        names = {child.id: name for name, child in self.children.items()}
        roles = {user.name: role for role, user in self.users.items()}
        version = self._of(township).current_version_id
        found = []
        for one in version.change_ids.filtered(lambda line: line.against == "quarter"):
            column = f" ({one.column})" if one.column else ""
            day = f"{one.day:%m%d}" if one.day else "-"
            who = roles.get(one.entered_by, "-")
            what = f"{names[one.child_ref]} {one.kind}{column}"
            found.append(f"{what} @{day} {one.basis or '-'} {who}")
        return sorted(found)

    def _cell(self, expected):
        """Return “child column=value” of what is frozen, of the same child and column."""
        name, column = expected.partition("=")[0].split()
        rows = self._of("A").current_version_id.snapshot_ids
        row = rows.filtered(lambda one: one.child_ref == self.children[name].id)
        return f"{name} {column}={row[column]}"

    def _add_up(self, township, version):
        """Who stood in the last report, less who went, with who came, is who stands in this one: child by child."""
        earlier = [
            self.opening[one] for one in ("AB" if not self.case.b else township) if self.opening
        ]
        now = {row.child_ref: row.area_id for row in version.snapshot_ids}
        here = {row.child_ref: row.area_id for one in earlier for row in one.snapshot_ids}
        for line in version.change_ids.filtered(lambda one: one.against == "quarter"):
            if line.kind in ("left", "moved_out"):
                last = here.pop(line.child_ref)
                self.assertIn(line.from_area_id, last | last._on(version.cutoff))
            elif line.kind in ("joined", "moved_in"):
                self.assertNotIn(line.child_ref, here)
                here[line.child_ref] = line.to_area_id
            elif line.column == "village":
                self.assertEqual(here[line.child_ref]._on(version.cutoff), line.from_area_id)
                here[line.child_ref] = line.to_area_id
        self.assertEqual({child: area._on(version.cutoff) for child, area in here.items()}, now)


def _sorted(lines):
    return sorted(filter(None, lines.split(", ")))


def _test(case):
    def test(self):
        self.play(case)
        self.check_case(case)

    return test


for _number, _case in enumerate(CASES, 1):
    _name = "".join(one if one.isalnum() else "_" for one in _case.what.lower())
    setattr(TestGolden, f"test_{_number:02}_{_name}", _test(_case))
