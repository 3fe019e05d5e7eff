"""Uninstall the add-on as the Apps page does."""

module = env["ir.module.module"].search([("name", "=", "left_behind_children")])
module.button_immediate_uninstall()
if module.state != "uninstalled":
    raise SystemExit(f"the add-on is {module.state}")
