from . import territory, registry, visits, ledger
