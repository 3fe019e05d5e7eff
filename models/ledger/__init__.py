from . import quarter, submission, submission_version, snapshot, submission_rows
from . import submission_freeze, submission_todo
from . import submission_flow, submission_version_seal, submission_version_verify
from . import submission_version_old
from . import submission_change, submission_change_sql, submission_step, submission_exception
from . import submission_village, submission_finding, submission_file, submission_copy
from . import copy_column, submission_documents, quarter_opening, quarter_turn, duty
from . import area, child, child_source, res_users, transfer
from . import publication, publication_distance, publication_count, statistic
from . import export, profile
