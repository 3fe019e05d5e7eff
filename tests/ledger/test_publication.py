"""Published tables: who reads which numbers, what is withheld, and that nothing changes afterwards (§C.2 "A")."""

from datetime import date
from unittest.mock import patch

from lxml import html
from psycopg2.errors import RestrictViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tests.common import freeze_time
from odoo.tools import mute_logger

from ...models.ledger.statistic import WITHHELD
from ..common import XMLID
from .common import LedgerCase

READERS = (
    "village",
    "township",
    "township_leader",
    "civil_affairs",
    "leading_office",
    "education",
    "school",
    "police",
    "procuratorate",
    "justice",
    "health",
    "mass_organization",
    "institution",
    "leader",
    "data_officer",
)
PUBLISHERS = ("civil_affairs", "leading_office")


class PublicationCase(LedgerCase):
    """A small district: 14 children in one township, 10 in another, 2 in a third."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.township_c = cls._area("990113102000", "丙镇", "township", cls.county)
        cls.village_c1 = cls._area("990113102200", "中村村民委员会", "village", cls.township_c)
        cls.children = cls.env["lbc.child"]
        for area, number in ((cls.village_a1, 14), (cls.village_b1, 10), (cls.village_c1, 2)):
            for serial in range(number):
                cls.children |= cls.make_on_ledger(
                    area,
                    "2026-07-01",
                    sex=("male", "female")[serial % 2],
                    education_stage="primary",
                    boarding="yes" if serial < 6 else "no",
                )

    def draft(self, role="civil_affairs", **values):
        """Make the table as a publisher does and stop at the preview."""
        wizard = self.env["lbc.publish"].with_user(self.users[role]).create(values)
        return self.env["lbc.publication"].browse(wizard.action_preview()["res_id"])

    def publish(self, role="civil_affairs", **values):
        """Publish a table as a publisher does; returns it as superuser."""
        publication = self.draft(role, **values)
        self.as_role(publication, role).action_publish()
        return publication

    def cells(self, publication, role=None, **where):
        """Return {(area, indicator): what is shown} of a table, as a role sees it."""
        statistics = self.env["lbc.statistic"]
        statistics = self.as_role(statistics, role) if role else statistics
        domain = [("publication_id", "=", publication.id)]
        domain += [(name, "=", value) for name, value in where.items()]
        found = statistics.search(domain)
        return {(cell.area_id.name, cell.indicator): cell.shown for cell in found}


@tagged("post_install", "-at_install")
@freeze_time("2026-09-20")
class TestPublication(PublicationCase):
    def test_a_township_of_two_is_hidden_with_its_smallest_neighbour(self):
        cells = self.cells(self.publish())
        self.assertEqual(cells["测试区", "children"], "26")
        self.assertEqual(cells["甲镇", "children"], "14")
        self.assertEqual(cells["甲镇", "sex_male"], "7")
        for indicator in ("children", "sex_male", "sex_female", "education_primary"):
            self.assertEqual(cells["乙镇", indicator], WITHHELD)
            self.assertEqual(cells["丙镇", indicator], WITHHELD)

    def test_nothing_small_is_published(self):
        self.children[:3].education_stage = "junior"
        self.children[0].aid_ids = self.env["lbc.aid"].search([("code", "=", "subsistence")])
        publication = self.publish()
        numbers = publication.statistic_ids.filtered(lambda cell: not cell.suppressed)
        self.assertFalse([cell.label for cell in numbers if 0 < cell.value < 5])
        cells = self.cells(publication)
        self.assertEqual(cells["甲镇", "education_junior"], WITHHELD)
        self.assertEqual(cells["甲镇", "aid_subsistence"], WITHHELD)

    def test_a_withheld_number_is_stored_nowhere(self):
        publication = self.publish()
        withheld = publication.statistic_ids.filtered("suppressed")
        self.assertTrue(withheld)
        self.env.cr.execute(
            "SELECT count(value) FROM lbc_statistic WHERE publication_id = %s AND suppressed",
            [publication.id],
        )
        self.assertEqual(self.env.cr.fetchone(), (0,))
        self.assertEqual({row["value"] for row in withheld.read(["value"])}, {False})
        self.assertEqual(set(withheld.mapped("shown")), {WITHHELD})
        self.assertEqual(withheld[:1].export_data(["value"])["datas"], [[""]])

    def test_sums_are_those_of_what_is_published(self):
        publication = self.publish()
        groups = self.as_role(self.env["lbc.statistic"], "leader").formatted_read_group(
            [("publication_id", "=", publication.id), ("indicator", "=", "children")],
            ["area_id"],
            ["value:sum"],
        )
        sums = {group["area_id"][1]: group["value:sum"] for group in groups}
        self.assertEqual(
            {name.split()[-1]: number for name, number in sums.items()},
            {"甲镇": 14, "乙镇": False, "丙镇": False, "测试区": 26},
        )

    def test_k_is_the_districts(self):
        self.profile.small_cell_k = 1
        publication = self.publish()
        self.assertFalse(publication.statistic_ids.filtered("suppressed"))
        self.assertEqual(publication.small_cell_k, 1)
        self.assertEqual(self.cells(publication)["丙镇", "children"], "2")

    def test_key_children_and_visits_are_counted(self):
        self.profile.key_girl = False
        self.children[:6].tag_ids = self.env["lbc.key.tag"].search([("is_key", "=", True)], limit=1)
        with freeze_time("2026-08-05"):
            self.env["lbc.duty"]._generate_visits(self.county, date(2026, 8, 5))
        cells = self.cells(self.publish())
        self.assertEqual(cells["测试区", "key_children"], "6")
        self.assertEqual(cells["测试区", "visits_due"], "32")  # key children twice
        self.assertEqual(cells["甲镇", "visits_done"], "0")

    def test_a_quarter_is_counted_as_it_was_submitted(self):
        leaders = (
            self.users["township_leader"],
            self.leader_b,
            self.make_user("leader_c", "township_leader", self.township_c),
        )
        quarter = self.open_quarter()
        for township, leader in zip(
            (self.township_a, self.township_b, self.township_c), leaders, strict=True
        ):
            with self.assertRaisesRegex(UserError, township.name):
                self.draft(source="quarter", quarter_id=quarter.id)
            wizard = self.env["lbc.quarter.submit"].with_user(leader)
            submission = self.submission_of(quarter, township)
            self.explain(submission.sudo())
            submission.sudo().action_check()
            wizard.create({"submission_id": submission.id}).action_submit()
        self.children[:3].education_stage = "junior"
        publication = self.publish(source="quarter", quarter_id=quarter.id)
        cells = self.cells(publication)
        self.assertEqual(cells["甲镇", "education_primary"], "14")
        self.assertEqual(cells["测试区", "children"], "26")
        self.assertNotIn(("测试区", "key_children"), cells)
        with self.assertRaisesRegex(UserError, "already published"):
            self.publish(source="quarter", quarter_id=quarter.id)

    def test_one_table_a_month_so_that_none_is_subtracted_from_another(self):
        self.publish()
        with freeze_time("2026-09-29"), self.assertRaisesRegex(UserError, "already published"):
            self.publish()
        with freeze_time("2026-10-17"), self.assertRaisesRegex(UserError, "within 28 days"):
            self.publish()
        with freeze_time("2026-10-18"):
            self.publish()

    def test_a_table_of_the_ledger_keeps_its_distance_from_that_of_a_quarter(self):
        publication = self.draft()
        quarter = self.open_quarter()
        publication.write({"source": "quarter", "quarter_id": quarter.id})
        self.as_role(publication, "civil_affairs").action_publish()
        with freeze_time("2026-10-10"), self.assertRaisesRegex(UserError, "already published"):
            self.publish()
        with freeze_time("2026-10-18"):
            self.publish()

    def test_after_a_withdrawal_only_the_same_numbers_are_published_again(self):
        first = self.publish()
        self.as_role(first, "civil_affairs")._withdraw("标题有误")
        second = self.publish()
        self.assertEqual(second.state, "published")
        self.as_role(second, "civil_affairs")._withdraw("口径有误")
        self.children[:7].education_stage = "junior"
        with self.assertRaisesRegex(UserError, "withdrawn"):
            self.publish()
        with freeze_time("2026-10-10"), self.assertRaisesRegex(UserError, "withdrawn"):
            self.publish()
        with freeze_time("2026-10-18"):
            self.publish()

    def test_an_empty_ledger_has_no_table(self):
        county = self._area("990114000000", "邻区", "county", self.county.parent_id)
        self.env["lbc.profile"].create({"name": "邻区", "county_id": county.id})
        with self.assertRaisesRegex(UserError, "nobody"):
            self.env["lbc.publication"]._prepare_draft("试", county)

    def test_the_number_of_queries_does_not_grow_with_the_townships(self):
        few = self._queries()
        for number in range(3, 11):
            township = self._area(
                f"9901131{number:02d}000", f"第{number}镇", "township", self.county
            )
            village = self._area(f"9901131{number:02d}200", "一村村民委员会", "village", township)
            self.make_on_ledger(village, "2026-07-01")
        self.assertLessEqual(self._queries(), few)

    def _queries(self):
        publications = self.env["lbc.publication"].with_user(self.users["civil_affairs"])
        publications._prepare_draft("试", self.county)  # caches of rights and profiles
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        publications._prepare_draft("试", self.county)
        return self.env.cr.sql_log_count - before


@tagged("post_install", "-at_install")
@freeze_time("2026-09-20")
class TestReaders(PublicationCase):
    def test_readers_find_what_is_published_and_drafts_stay_with_publishers(self):
        publication = self.draft()
        for role in READERS:
            found = self.as_role(self.env["lbc.publication"], role).search([])
            self.assertEqual(found, publication if role in PUBLISHERS else found.browse(), role)
            self.assertEqual(bool(self.cells(publication, role)), role in PUBLISHERS, role)
        self.as_role(publication, "leading_office").action_publish()
        for role in READERS:
            found = self.as_role(self.env["lbc.publication"], role).search([])
            self.assertEqual(found, publication, role)
            self.assertIn(("测试区", "children"), self.cells(publication, role), role)

    def test_who_has_no_right_to_tables_finds_none(self):
        publication = self.publish()
        for role in ("provider", "form_admin"):
            for record in (publication, publication.statistic_ids[:1]):
                with self.assertRaises(AccessError):
                    self.as_role(record, role).read(["display_name"])
                with self.assertRaises(AccessError):
                    self.as_role(record, role).search_count([])

    def test_the_county_sees_all_townships_and_a_township_itself(self):
        publication = self.publish()
        for role in READERS:
            areas = {area for area, _indicator in self.cells(publication, role)}
            if role in ("village", "township", "township_leader", "school"):
                self.assertEqual(areas, {"甲镇", "测试区"}, role)
            elif role == "institution":
                self.assertEqual(areas, {"测试区"})
            else:
                self.assertEqual(areas, {"甲镇", "乙镇", "丙镇", "测试区"}, role)

    def test_a_role_reads_the_data_groups_it_has(self):
        publication = self.publish()
        users = type(self.env["res.users"])
        with patch.object(
            users, "_lbc_aggregated_groups", lambda user: {"statistics", "schooling"}
        ):
            self.env.registry.clear_cache()
            cells = self.cells(publication, "leader")
            page = self.as_role(publication, "leader").tables
        self.env.registry.clear_cache()
        self.assertIn(("甲镇", "education_primary"), cells)
        self.assertNotIn(("甲镇", "health_healthy"), cells)
        self.assertIn("Education", page)
        self.assertNotIn("Health", page)

    def test_nobody_writes(self):
        publication = self.publish()
        for role in READERS:
            table, cell = self.as_role(publication, role), publication.statistic_ids[:1]
            cell = self.as_role(cell, role)
            for refused in (
                lambda table=table: table.write({"title": "改"}),
                lambda table=table: table.unlink(),
                lambda table=table: table.copy(),
                lambda cell=cell: cell.write({"value": 1}),
                lambda cell=cell: cell.unlink(),
                lambda table=table, cell=cell: cell.create(
                    {"publication_id": table.id, "indicator": "children"}
                ),
                lambda table=table: table.create({"title": "新", "as_of": "2026-09-20"}),
            ):
                with self.assertRaises(UserError, msg=role):  # AccessError is one
                    refused()

    def test_only_publishers_publish_and_withdraw(self):
        draft = self.draft()
        for role in set(READERS) - set(PUBLISHERS):
            with self.assertRaises(AccessError, msg=role):
                self.env["lbc.publish"].with_user(self.users[role]).create({}).action_preview()
            with self.assertRaises(AccessError, msg=role):
                self.env["lbc.publication"].with_user(self.users[role])._prepare_draft(
                    "试", self.county
                )
            for step in ("action_publish", "action_discard"):
                with self.assertRaises(AccessError, msg=role):
                    getattr(self.as_role(draft, role), step)()
        draft.with_user(self.users["civil_affairs"]).action_publish()
        for role in set(READERS) - set(PUBLISHERS):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(draft, role)._withdraw("试")

    def test_a_leader_reads_tables_and_no_child(self):
        self.publish()
        children = self.as_role(self.env["lbc.child"], "leader")
        for look in (
            lambda: children.search([]),
            lambda: children.search_count([]),
            lambda: children._read_group([], ["township_id"], ["__count"]),
            lambda: children.formatted_read_group([], ["sex"], ["__count"]),
            lambda: children.name_search("张"),
        ):
            with self.assertRaises(AccessError):
                look()

    def test_tables_lead_to_no_child(self):
        for model in ("lbc.publication", "lbc.statistic"):
            targets = {field.comodel_name for field in self.env[model]._fields.values()}
            self.assertFalse(targets & {"lbc.child", "lbc.snapshot", "lbc.guardian"}, model)

    def test_another_countys_tables_are_invisible(self):
        county = self._area("990114000000", "邻区", "county", self.county.parent_id)
        township = self._area("990114100000", "邻镇", "township", county)
        other = self.env["lbc.publication"].create(
            {"title": "邻", "county_id": county.id, "as_of": "2026-09-20", "source": "live"}
        )
        other._fill({township.id: {"children": 50}})
        other.action_publish()
        for role in READERS:
            self.assertFalse(self.as_role(self.env["lbc.publication"], role).search([]), role)
            self.assertFalse(self.as_role(self.env["lbc.statistic"], role).search([]), role)
            with self.assertRaises(AccessError, msg=role):
                self.as_role(other, role).read(["title"])
        with self.assertRaises(AccessError):
            self.draft(county_id=county.id)

    def test_pages_open_for_every_reader(self):
        publication = self.publish()
        for role in READERS:
            with self.subTest(role=role):
                self.env.invalidate_all()
                Form(self.as_role(publication, role))
                page = html.fromstring(self.as_role(publication, role).tables)
                self.assertIn("26", page.text_content())
                statistics = self.as_role(self.env["lbc.statistic"], role)
                statistics.get_views(
                    [(False, kind) for kind in ("list", "pivot", "graph", "search")]
                )
                statistics.web_search_read([], {"shown": {}, "area_id": {}, "indicator": {}})

    def test_the_menu_is_there_for_readers_only(self):
        menu = self.env.ref(f"{XMLID}.publication_menu").id
        publish = self.env.ref(f"{XMLID}.publish_menu").id
        for role, user in self.users.items():
            visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            self.assertEqual(menu in visible, role in READERS, role)
            self.assertEqual(publish in visible, role in PUBLISHERS, role)

    def test_the_printed_table_is_a_page_of_the_reader(self):
        publication = self.publish()
        report = self.env["ir.actions.report"].with_user(self.users["township"])
        content, _kind = report._render_qweb_html(
            "left_behind_children.publication_report_document", publication.ids
        )
        text = html.fromstring(content).text_content()
        self.assertIn("甲镇", text)
        self.assertNotIn("乙镇", text)
        self.assertIn("withheld", text)


@tagged("post_install", "-at_install")
@freeze_time("2026-09-20")
class TestFrozen(PublicationCase):
    def test_later_changes_of_the_ledger_leave_the_table_alone(self):
        publication = self.publish()
        before = self.cells(publication)
        self.children.education_stage = "junior"
        self.make_on_ledger(self.village_c1, "2026-09-10")
        self.env.invalidate_all()
        self.assertEqual(self.cells(publication), before)

    def test_the_server_itself_refuses_changes(self):
        publication = self.publish()
        cell = publication.statistic_ids[:1]
        for change in (
            lambda: publication.write({"title": "改"}),
            lambda: publication.write({"state": "draft"}),
            publication.unlink,
            lambda: cell.write({"value": 1}),
            cell.unlink,
        ):
            with self.assertRaises(UserError):
                change()
        for statement in ("UPDATE lbc_statistic SET value = 1", "DELETE FROM lbc_statistic"):
            with (
                self.assertRaises(RestrictViolation),
                self.cr.savepoint(),
                mute_logger("odoo.sql_db"),
            ):
                self.env.cr.execute(f"{statement} WHERE id = %s", [cell.id])

    def test_a_withdrawn_table_is_gone_for_readers_and_stays_for_the_record(self):
        publication = self.publish()
        wizard = self.env["lbc.publication.withdraw"].with_user(self.users["civil_affairs"])
        wizard.create({"publication_id": publication.id, "reason": "口径有误"}).action_withdraw()
        self.assertEqual(publication.state, "withdrawn")
        self.assertEqual(publication.withdrawn_by, self.users["civil_affairs"])
        self.assertFalse(self.as_role(self.env["lbc.publication"], "leader").search([]))
        self.assertFalse(self.as_role(self.env["lbc.statistic"], "leader").search([]))
        self.assertTrue(self.as_role(self.env["lbc.publication"], "leading_office").search([]))
        with self.assertRaises(UserError):
            self.as_role(publication, "civil_affairs").action_publish()
        with self.assertRaises(UserError):
            publication.write({"state": "published"})
        self.publish()  # a corrected one may follow

    def test_a_preview_replaces_ones_own_last_preview(self):
        first = self.draft()
        second = self.draft()
        self.assertFalse(first.exists())
        self.as_role(second, "civil_affairs").action_discard()
        self.assertFalse(second.exists())
        self.assertFalse(self.env["lbc.statistic"].search([]))

    def test_publishing_is_noted_without_names(self):
        draft = self.draft()
        with patch.object(type(self.env["lbc.journal"]), "_note") as note:
            self.as_role(draft, "civil_affairs").action_publish()
        (action,), values = note.call_args
        self.assertEqual(action, "publish")
        self.assertEqual((values["model"], list(values["ids"])), ("lbc.publication", draft.ids))
        self.assertIn("health", values["groups"])
