"""One file a behaviour; a room's tests lie in the folder of its name."""

from .access import (
    test_departments,
    test_export_data,
    test_export_gate,
    test_export_http,
    test_export_reading,
    test_fields,
    test_frozen,
    test_journal,
    test_journal_access,
    test_journal_changes,
    test_journal_http,
    test_journal_seal,
    test_matrix,
    test_queries,
    test_review,
    test_sweep,
    test_sweep_faults,
    test_sweep_json2,
    test_table,
    test_targets,
    test_threads,
    test_tours as test_access_tours,
    test_wizards,
)
from .demo import test_demo_quick
from .duties import (
    test_changes,
    test_counties,
    test_digest,
    test_duties,
    test_histories,
    test_kind_check,
    test_kind_tour,
    test_kinds,
    test_ladder,
    test_parallel,
    test_visitors,
    test_work,
)
from .ledger import (
    test_census_columns,
    test_export,
    test_pages,
    test_publication,
    test_quarter,
    test_snapshot,
    test_summary,
)
from .registry import (
    test_agreement_filter,
    test_assigned_pages,
    test_assignments,
    test_break_glass,
    test_census_access,
    test_census_check,
    test_census_shared,
    test_census_work,
    test_census_write,
    test_eligibility,
    test_identity,
    test_ledger_states,
    test_moves,
    test_role_view,
)
from . import test_tours
from .support import test_activity, test_tours as test_support_tours
from .territory import test_division_import, test_leave, test_merger, test_posting, test_profile
from .visits import (
    test_hazards,
    test_key_children,
    test_risk,
    test_risk_tours,
    test_statistics,
    test_visit,
    test_visit_generate,
    test_visit_record,
    test_visit_review,
    test_visit_tours,
)
