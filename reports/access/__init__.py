from . import table
from . import journal_month
