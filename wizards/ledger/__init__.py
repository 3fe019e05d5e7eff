from . import quarter_open, quarter_submit, ledger_export, ledger_export_withheld
from . import publication_withdraw, publish
