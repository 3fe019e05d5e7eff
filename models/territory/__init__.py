from . import (
    area,
    area_mixin,
    area_population,
    organization_kind,
    organization,
    post,
    posting,
    profile,
    ir_sequence,
    res_users,
)
