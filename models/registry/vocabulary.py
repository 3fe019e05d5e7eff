"""Selections of the registry, from the terms of `lib.vocabulary` (domain.md §B.2.2).

Labels are English source strings here; the official Chinese words are in the translation, and in
`lib.vocabulary` for workbooks, which are always Chinese.
"""

from ...lib import vocabulary as terms


def _selection(of):
    return [(term.code, term.english) for term in of]


SEX = _selection(terms.SEX)
ETHNICITY = _selection(terms.ETHNICITY)
HUKOU_KIND = _selection(terms.HUKOU_KIND)
HEALTH = _selection(terms.HEALTH)
DISABILITY_KIND = _selection(terms.DISABILITY_KIND)
DISABILITY_LEVEL = _selection(terms.DISABILITY_LEVEL)
EDUCATION_STAGE = _selection(terms.EDUCATION_STAGE)
CARE_REASON = _selection(terms.CARE_REASON)
CARE_QUALITY = _selection(terms.CARE_QUALITY)
RELATION = _selection(terms.RELATION)
PERSON_STATE = _selection(terms.PERSON_STATE)
# Not a word of the official form: a child that moves inside the district has not left its ledger.
EXIT_REASON = [*_selection(terms.EXIT_REASON), ("moved_inside", "Moved inside the district")]
