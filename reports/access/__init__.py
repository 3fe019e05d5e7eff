from . import table
from . import journal_month
from . import access_matrix
