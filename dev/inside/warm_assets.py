"""Build the bundles of scripts and styles, so that the first page opens at once."""

env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
