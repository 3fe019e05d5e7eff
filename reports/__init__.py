from . import access, ledger, sheet
