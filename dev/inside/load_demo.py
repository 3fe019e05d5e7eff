"""Load the demonstration district, once: ``load_demo.py SIZE MARKER``.

``dev.demo.load(env, size)`` makes the data; this script writes down that it has been done, in
the same transaction.
"""

import sys

from dev.demo import load

size, marker = sys.argv[1:3]

load(env, size)
env["ir.config_parameter"].sudo().set_param(marker, size)
env.cr.commit()
