"""Scripts that bring up Odoo, PostgreSQL, a browser and the demonstration district.

Nothing in here is part of what a district installs: Odoo never imports this package.
"""
