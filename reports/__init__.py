from . import access, ledger
