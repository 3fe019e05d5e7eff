from . import duty_kind, duty, duty_generation, household, child, episode_steps, res_users
