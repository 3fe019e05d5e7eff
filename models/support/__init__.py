from . import (
    activity_kind,
    activity,
    activity_steps,
    child,
    duty,
    duty_kind,
    res_users,
)
