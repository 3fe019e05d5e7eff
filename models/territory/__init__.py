from . import (
    area,
    area_mixin,
    area_population,
    organization_kind,
    organization,
    post,
    scope_source,
    posting,
    leave,
    profile,
    ir_sequence,
    res_users,
)
