"""Everything that can be wrong with a census row, what comes first where several things are.

A finding is a code with parameters; whoever shows it makes the sentence.
"""

from typing import NamedTuple

ERROR, WARNING = "error", "warning"
# Errors keep the child out. In the order in which they are told: first what explains the others.
ERRORS = (
    *("not_your_area", "other_township", "other_child", "duplicate_in_file"),
    *("missing_township", "unknown_township"),
    *("missing_village", "unknown_village", "ambiguous_village"),
    *("missing_name", "missing_number", "id_stored_as_number", "number_malformed"),
    *("bad_check_digit", "number_of_adult", "birth_date_contradicts_id", "birth_date_unreadable"),
    *("missing_birth_date", "not_born", "over_age", "sex_contradicts_id", "missing_sex"),
    *("adult_number_of_child", "adult_number_elsewhere"),
    *("other_parent_capable", "parent_at_home", "both_incapable"),
)
# Warnings let it in and tell what was left out or is still to be done.
WARNINGS = (
    *("not_on_ledger", "no_id_with_reason", "birth_date_ignored"),
    *("carer_under_18", "carer_is_parent", "parents_unknown", "away_unverified"),
    *("incapacity_unproved", "not_long_enough", "adult_nameless", "adult_number_doubtful"),
    *("adult_number_malformed", "adult_number_destroyed", "adult_sex", "adult_name_differs"),
    "adult_kept",
    *("phone_unreadable", "date_unreadable", "unknown_word"),
)
_RANK = {code: rank for rank, code in enumerate((*ERRORS, *WARNINGS))}


class Finding(NamedTuple):
    """One thing found: a code of ERRORS or WARNINGS, code of the column it stands in, parameters of its sentence.

    >>> finding = Finding("over_age", "birth_date", {"limit": 16})
    >>> finding.severity, finding.rank < Finding("unknown_word", "sex").rank
    ('error', True)
    """

    code: str
    column: str
    params: dict = {}

    @property
    def severity(self):
        """ERROR or WARNING."""
        return ERROR if self.code in ERRORS else WARNING

    @property
    def rank(self):
        """The place of the finding among those of its row; raises KeyError for a code that does not exist."""
        return _RANK[self.code]
