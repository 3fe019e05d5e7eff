from . import territory, access, registry, duties, guardianship, visits, ledger, support
