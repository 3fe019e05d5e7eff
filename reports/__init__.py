from . import access, guardianship, ledger, sheet, visits
