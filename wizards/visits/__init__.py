from . import (
    contact_record,
    risk_return,
    role_view,
    visit_decide,
    visit_generate,
    visit_month,
    visit_record,
    visit_record_line,
)
