from . import risk_return, role_view, visit_generate, visit_month
