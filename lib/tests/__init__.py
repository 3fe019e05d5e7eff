"""Tests of the room `lib`; run without a database: python3 -m unittest discover -t . -s lib/tests"""

from hypothesis import settings

# No deadline: the tests share two cores with Odoo and a browser. No database: runs do not depend on earlier ones.
settings.register_profile("lbc", deadline=None, database=None, print_blob=True)
settings.load_profile("lbc")
