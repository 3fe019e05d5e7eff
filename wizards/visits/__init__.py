from . import role_view, visit_decide, visit_generate, visit_record, visit_record_line
