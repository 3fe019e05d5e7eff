"""On what ground data about a child leave their circle (Personal Information Protection Law, domain.md §B.14).

One list for exports and for assignments.
"""

LEGAL_GROUNDS = [
    ("statutory_duty", "Statutory duty (articles 13 and 34)"),
    ("consent", "Consent of a parent or guardian (articles 23 and 31)"),
    ("emergency", "Emergency for life or health (article 13)"),
    ("entrusted", "Entrusted processing under contract (article 21)"),
]
