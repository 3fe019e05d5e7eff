"""Whose a child is on a day: exactly one answer, with its ground (B-3.2c, B-4.1a; articles 22, 43 and 92 of the law).

Who could answer for a child is a `Claim`. The first that stands wins, in this order:

1. `institution`: taken in by decision, until a decision gives the child back (articles 92 and 93 of the law).
2. `legal_guardian`: named by law, agreement or court where the parents are not guardians (民法典 27, 30–32, 36), as
   long as he or she is there and able.
3. `father`, 4. `mother`: parents are guardians (民法典 27); one who is at home and able needs nobody else (L-0a). Stays
   at home within the district's tolerance do not count (§C.6 case 3).
5. `agreement`: a carer by an agreement in force, not suspended, who is able (article 22, B-3.2c).
6. `interim`: the person named while an agreement is suspended or after it ended (§C.1.2).
7. `carer`: a carer without an agreement, only where none is asked for: the district does not require agreements, or a
   parent lives at home though unable to care (§C.6 case 4). Not while an agreement is suspended or interim care runs,
   for the carer may be the one who was accused (§C.6 case 15).

Nobody stands: a gap, whose ground says what is to be done.
"""

from typing import NamedTuple

SOURCES = ("institution", "legal_guardian", "father", "mother", "agreement", "interim", "carer")
RANK = {source: rank for rank, source in enumerate(SOURCES, 1)}
KIND_OF = {
    "institution": "institution",
    "legal_guardian": "legal_guardian",
    "father": "parent",
    "mother": "parent",
    "agreement": "carer",
    "interim": "interim",
    "carer": "carer",
}
KINDS = {
    "parent": "Parent",
    "carer": "Carer",
    "legal_guardian": "Legal guardian",
    "institution": "Institution",
    "interim": "Interim care",
    "gap": "No valid guardian",
}
GROUNDS = {
    "institution": "Taken in by an institution",
    "legal_guardian": "Legal guardian",
    "father": "The father is at home and able to care",
    "mother": "The mother is at home and able to care",
    "agreement": "Agreement in force",
    "interim": "Named for the time being",
    "carer": "Carer where no agreement is asked for",
    "suspended": "The agreement is suspended",
    "carer_unable": "The carer of the agreement is unable to care",
    "interim_unable": "Who was named for the time being is unable to care",
    "nobody_named": "Nobody is named for the time being",
    "expired": "The agreement has expired",
    "ended": "The agreement has ended",
    "no_agreement": "A carer, but no agreement",
    "no_carer": "No carer",
}
GAPS = tuple(list(GROUNDS)[len(SOURCES) :])  # in the order in which they are named


class Claim(NamedTuple):
    """Who could answer for the child on the day: source of SOURCES, ids, and whether he or she is there and able."""

    source: str
    stands: bool
    guardian: int | None = None
    agreement: int | None = None
    organization: int | None = None


class Answer(NamedTuple):
    """The one answer: kind of KINDS, ground of GROUNDS, and who, by ids."""

    kind: str
    ground: str
    guardian: int | None = None
    agreement: int | None = None
    organization: int | None = None


def decide(claims, gaps=(), paperless=False):
    """Return the Answer for one child on one day.

    :param claims: iterable of Claim
    :param gaps: grounds of GAPS that are true of the child on that day
    :param paperless: whether a carer counts without an agreement (see above); never while a suspension or interim care
        runs

    >>> decide([Claim("mother", False, 2), Claim("agreement", True, 3, 7)])
    Answer(kind='carer', ground='agreement', guardian=3, agreement=7, organization=None)
    >>> decide([Claim("carer", True, 3)], {"expired", "no_agreement"}).ground
    'expired'
    """
    standing = [
        claim for claim in claims if claim.stands and (paperless or claim.source != "carer")
    ]
    if standing:
        first = min(standing, key=lambda claim: (RANK[claim.source], claim.guardian or 0))
        return Answer(KIND_OF[first.source], first.source, *first[2:])
    return Answer("gap", next((ground for ground in GAPS if ground in gaps), "no_carer"))
