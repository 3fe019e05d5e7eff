from . import duty_kind, duty, visit, child, child_columns
from . import (
    key_span,
    risk_scheme,
    risk_item,
    risk_option,
    risk_assessment,
    risk_steps,
    risk_child,
    risk_due,
    risk_tags,
    risk_triggers,
    visit_month_export,
    visit_report,
)
