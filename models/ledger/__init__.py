from . import submission_proof
from . import quarter, submission, submission_version, snapshot, submission_rows
from . import submission_freeze, submission_todo
from . import submission_flow, submission_version_seal, submission_version_verify
from . import submission_version_old, submission_version_marks, submission_verify
from . import submission_journal, quarter_verify
from . import submission_change, submission_change_sql, submission_change_facts
from . import submission_step, submission_exception
from . import submission_village, submission_finding, submission_file, submission_copy
from . import submission_movements, submission_figures, completeness, copy_column
from . import submission_documents, submission_copies, quarter_opening, quarter_turn, duty
from . import area, child, child_source, res_users, transfer
from . import publication, publication_distance, publication_count, statistic
from . import export, profile
