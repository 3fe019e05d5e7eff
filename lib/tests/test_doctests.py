"""The examples in the docstrings are true, and the room stays a room of plain Python."""

import ast
import doctest
import importlib
import pkgutil
import unittest
from pathlib import Path

ROOM = Path(__file__).parent.parent
PACKAGE = __package__.rpartition(".")[0]
MODULES = sorted(module.name for module in pkgutil.iter_modules([str(ROOM)]) if not module.ispkg)


def load_tests(_loader, tests, _pattern):
    """Add the doctests of every module to the discovered tests."""
    for name in MODULES:
        tests.addTests(doctest.DocTestSuite(importlib.import_module(f"{PACKAGE}.{name}")))
    return tests


class TestRoom(unittest.TestCase):
    def test_no_module_knows_odoo(self):
        for name in MODULES:
            tree = ast.parse((ROOM / f"{name}.py").read_text(encoding="utf-8"))
            imported = {
                (node.module or "").split(".")[0]
                if isinstance(node, ast.ImportFrom)
                else alias.name.split(".")[0]
                for node in ast.walk(tree)
                if isinstance(node, (ast.Import, ast.ImportFrom))
                for alias in node.names
            }
            self.assertFalse(
                imported & {"odoo", "psycopg2", "lxml", "openpyxl", "xlsxwriter"}, name
            )

    def test_every_public_function_says_what_it_does(self):
        for name in MODULES:
            tree = ast.parse((ROOM / f"{name}.py").read_text(encoding="utf-8"))
            self.assertTrue(ast.get_docstring(tree), name)
            for node in ast.walk(tree):
                if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith(
                    "_"
                ):
                    self.assertTrue(ast.get_docstring(node), f"{name}.{node.name}")
