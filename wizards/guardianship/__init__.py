from . import agreement_decide
