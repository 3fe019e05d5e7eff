from . import access, territory, registry, guardianship, visits, support, ledger
