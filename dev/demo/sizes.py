"""How much of Banan is loaded, and where the files are."""

from pathlib import Path

from odoo.addons.left_behind_children.lib import places

from .logins import SECOND_TOWNSHIP, TOWNSHIP, VILLAGE

DATA = Path(__file__).parent / "data"

# size: {township: its villages by short name}; None: all there is
PLACES = {
    "district": None,
    "quick": {
        TOWNSHIP: (VILLAGE, "双星村", "梨树村", "东泉社区"),
        SECOND_TOWNSHIP: ("保安村", "杨家洞村", "景新村", "土地垴村", "金银桥社区"),
        "姜家镇": ("白云山村", "文石村", "姜家社区"),
    },
}


def short(official):
    """Return the short name of a village by its official one."""
    return places.neat_area_name(official)
