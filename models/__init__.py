from . import territory, access, registry, duties, visits, ledger, support
