from . import quarter, submission, snapshot, submission_freeze, child
from . import res_users
