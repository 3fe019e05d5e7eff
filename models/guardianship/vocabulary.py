"""Selections of the agreements' room, used by models and wizards alike (domain.md §B.3, article 22 of the law)."""

STATES = [
    ("draft", "Draft"),
    ("to_sign", "Out for Signing"),
    ("in_force", "Effective"),
    ("suspended", "Suspended"),
    ("ended", "Terminated"),
    ("renewed", "Renewed"),
    ("cancelled", "Cancelled"),
]
# States in which an agreement was confirmed: its days count, unless it was suspended on them.
CONFIRMED = ("in_force", "suspended", "ended", "renewed")
OPEN = ("in_force", "suspended")

# As the profile's `term_care`, said again because the selection of another field is not translated.
TERMS = [
    ("entrusted_care", "Entrusted care"),
    ("entrusted_guardianship", "Entrusted guardianship"),
]
YES_NO = [("yes", "Yes"), ("no", "No")]

SUSPENSION_REASONS = [
    ("carer_accused", "Allegation against the carer"),
    ("carer_incapable", "The carer lost the capacity to care"),
    ("other", "Other"),
]
END_REASONS = [
    ("parent_returned", "A parent returned"),
    ("parent_cancelled", "The parents cancel it"),
    ("carer_withdrew", "The carer withdraws"),
    ("carer_dead", "The carer died"),
    ("carer_incapable", "The carer lost the capacity to care"),
    ("carer_accused", "Allegation against the carer"),
    ("child_left", "The child left the ledger"),
    ("child_of_age", "The child came of age"),
    ("court", "Decision of a court"),
    ("other", "Other"),
]
INTERIM_KINDS = [
    ("person", "A person"),
    ("institution", "An institution"),
    ("none", "Nobody yet: a gap"),
]
SIGNERS = [
    ("parent", "Parent"),
    ("carer", "Entrusted person"),
    ("witness", "Village witness"),
    ("child", "Child"),
]
