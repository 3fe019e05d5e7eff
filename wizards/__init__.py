from . import access, territory, registry, guardianship, visits, ledger
