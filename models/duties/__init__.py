from . import (
    duty_kind,
    duty,
    duty_generation,
    duty_report,
    household,
    child,
    episode_steps,
    res_users,
)
