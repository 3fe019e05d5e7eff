from . import access, guardianship, ledger
