from . import visit_generate
