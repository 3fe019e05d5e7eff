from . import quarter_open, quarter_submit, ledger_export
from . import publication_withdraw, publish
