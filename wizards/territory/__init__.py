from . import division_import, area_merge, profile_compare
