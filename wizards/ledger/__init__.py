from . import quarter_open, quarter_submit, quarter_decide, quarter_verify
from . import quarter_confirm, finding_explain, submission_fetch
from . import ledger_export, ledger_export_withheld
from . import publication_withdraw, publish
