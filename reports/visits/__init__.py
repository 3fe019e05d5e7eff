from . import visit_month
