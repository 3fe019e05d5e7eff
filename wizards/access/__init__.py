from . import export_ask, export_request, export_reading, export_refuse
from . import journal_purge, journal_report, journal_verify
