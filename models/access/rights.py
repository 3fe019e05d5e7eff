"""What the cells of the access matrix speak of, and the groups that follow from them."""

from ...lib import matrix

MODULE = "left_behind_children"
DATA = {
    "identity": "Identity",
    "address": "Address and Household",
    "parent_contact": "Parents' Contact",
    "health": "Health and Disability",
    "psychology": "Psychology",
    "economy": "Economy and Aid",
    "schooling": "Schooling",
    "guardianship": "Carers and Agreements",
    "visits": "Visits and Contact",
    "risk": "Risk and Categories",
    "reporter": "Reporter's Identity",
    "case": "Case Facts",
    "placement": "Placement",
    "court": "Court Proceedings",
    "statistics": "Statistics and Quarters",
    "activity": "Activities and Services",
    "oversight": "Inspection",
    "audit": "Journal and Exports",
}
FUNCTIONS = {
    "duties": "Work through duties",
    "frozen_register": "Open the frozen register",
    "quarters": "Open quarters",
    "census_import": "Import a census",
    "divisions": "Keep divisions, organisations and postings",
    "profile": "Keep the district profile",
    "forms": "Keep kinds of duty and other forms",
    "break_glass": "Search outside the own area, break the glass",
    "approve": "Approve exports and requests",
    "assign": "Assign children to providers",
    "publish": "Publish tables",
    "departments": "Give departments their rights",
}
# Data whose giving is always a step of its own (§C.2, G3–G5 and G11–G14).
SENSITIVE = ("parent_contact", "health", "psychology", "reporter", "case", "placement", "court")
SUBJECTS = [*DATA.items(), *FUNCTIONS.items()]
ACCESS = [
    (matrix.NONE, "None"),
    (matrix.AGGREGATED, "Published tables only"),
    (matrix.MASKED, "Read masked"),
    (matrix.READ, "Read"),
    (matrix.WRITE, "Read and write"),
    (matrix.USE, "Allowed"),
]
SCOPES = [
    ("villages", "Own villages"),
    ("townships", "Own townships"),
    ("county", "County"),
    ("organization", "Own organisation"),
    ("assigned", "Assigned children"),
    ("case", "Cases taken part in"),
]
# Masked companions with a group of their own; masked names and numbers belong to every file.
MASKED = ("address", "parent_contact")
GROUP_OF_FUNCTION = {
    "duties": "group_duty_read",
    "frozen_register": "group_ledger_rows",
    "quarters": "group_ledger_manage",
    "census_import": "group_census_import",
    "divisions": "group_territory_manage",
    "profile": "group_profile_manage",
    "forms": "group_forms",
    "break_glass": "group_break_glass",
    "approve": "group_approve",
    "assign": "group_assign",
    "publish": "group_publish",
    "departments": "group_departments",
}


def groups_of(cells):
    """Return the names of the groups (set of str, without module) that a role's cells amount to.

    :param cells: {subject: `lib.matrix.Cell`} of the role
    """
    none = matrix.Cell()
    groups = {"group_user"}
    for subject in DATA:
        cell = cells.get(subject, none)
        if subject == "statistics":  # no fields of their own: counts of quarters, published tables
            groups |= {"group_published_read"} if cell.at_least(matrix.AGGREGATED) else set()
            groups |= {"group_ledger_count"} if cell.at_least(matrix.READ) else set()
        elif cell.at_least(matrix.WRITE):
            groups.add(f"group_{subject}_write")
        elif cell.at_least(matrix.READ):
            groups.add(f"group_{subject}_read")
        elif subject in MASKED and cell.at_least(matrix.MASKED):
            groups.add(f"group_{subject}_masked")
    groups |= {
        group
        for function, group in GROUP_OF_FUNCTION.items()
        if cells.get(function, none).at_least(matrix.USE)
    }
    if matrix.file_scope(cells):
        groups.add("group_registry_read")
    if cells.get("identity", none).at_least(matrix.WRITE):
        groups.add("group_registry_write")
    return groups
