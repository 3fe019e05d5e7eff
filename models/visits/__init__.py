from . import duty_kind, duty, visit, child, child_columns
