from . import quarter, submission, snapshot, submission_freeze, submission_todo
from . import area, child, child_source, res_users, transfer
from . import publication, publication_distance, publication_count, statistic
from . import export
