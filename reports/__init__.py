from . import access, ledger, sheet, visits
