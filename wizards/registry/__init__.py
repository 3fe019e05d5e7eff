from . import (
    access_request,
    child_decide,
    child_exit,
    child_find,
    child_move,
    guardian_find,
    role_view,
    role_view_fields,
    role_view_sample,
)
