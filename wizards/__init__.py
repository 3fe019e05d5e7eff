from . import access, territory, registry, visits, support, ledger
