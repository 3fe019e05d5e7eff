from . import access, territory, registry, visits, ledger
