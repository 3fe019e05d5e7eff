from . import (
    access_mixin,
    assignment,
    department,
    grant,
    journal,
    post,
    posting,
    res_groups,
    res_users,
    right,
    wizard_mixin,
)
