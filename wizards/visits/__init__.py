from . import role_view, visit_generate
