"""Care and protection of rural left-behind children: an add-on for Odoo 19 Community."""

from . import controllers, lib, models, reports, wizards
from .hooks import post_init_hook, uninstall_hook
