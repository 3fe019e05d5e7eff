"""Small censuses of the test county, uploaded by the roles that import them."""

import base64
import io

import openpyxl

from ...dev.demo import synthetic
from ...lib.tests.census import good, number
from ..common import CareCase

NO_NUMBERS = {"father_id_number": None, "mother_id_number": None, "carer_id_number": None}


class CensusCase(CareCase):
    """Base of the tests of the census."""

    roles = ("township", "civil_affairs")

    @classmethod
    def row(cls, **cells):
        """Return the cells of a good row of the village of the test director, some of them replaced."""
        return good(**{"township": "甲镇", "village": "东村", "address": "东村六组111号", **cells})

    @classmethod
    def sister(cls, **cells):
        """Return the row of a sister of the child of `row`."""
        return cls.row(**{"name": "萧文", "id_number": number(serial="732"), **cells})

    def columns(self):
        """Return the columns of the census."""
        return self.env["lbc.census.import"]._columns()

    def upload(self, *rows, role="township", **vals):
        """Return the census (not checked yet) that a role makes of a workbook with these rows."""
        content = synthetic.workbook(rows, self.columns())
        return self.upload_file(content, role, **vals)

    def upload_file(self, content, role="township", **vals):
        """Return the census (not checked yet) that a role makes of the bytes of a file."""
        census = self.env["lbc.census.import"].with_user(self.users[role])
        return census.create({"file": base64.b64encode(content), "filename": "普查.xlsx", **vals})

    def imported(self, *rows, role="township"):
        """Return the census of these rows, checked and imported."""
        census = self.upload(*rows, role=role)
        census.action_check()
        census.action_import()
        return census

    def findings(self, census):
        """Return {row number: (status, first finding)}."""
        return {line.row: (line.status, line.problem) for line in census.line_ids}

    def results(self, census):
        """Return [result of a row], in the order of the rows."""
        return census.line_ids.sorted("row").mapped("result")

    def child(self, id_number=None):
        """Return the child with this number, by default that of `row`."""
        return self.env["lbc.child"].search([("id_number", "=", id_number or number())])

    @staticmethod
    def opened(content):
        """Return the first sheet of a workbook given in base64."""
        return openpyxl.load_workbook(io.BytesIO(base64.b64decode(content))).worksheets[0]
