"""The risk of every child by the scorecard (domain.md §B.11): 3 in 100 high, 17 medium, the others low."""

import random

XMLID = "left_behind_children.risk_item_"
# Answers (item: number of the option) that make the level; what is not named is answered with the safest.
ANSWERS = {
    "low": ({}, {"age": 2}, {"age": 1, "psychology": 2}, {"body": 2}),
    "medium": (
        {"age": 1, "psychology": 2, "economy": 2, "body": 2, "parents": 2},
        {"age": 2, "living": 5, "economy": 2},
    ),
    "high": (
        {"age": 1, "body": 3, "economy": 3, "living": 1},
        {"parents": 3, "behaviour": 4, "living": 3, "economy": 3},
        {"care": 1},
    ),
}


def assess(district):
    """Supervisors assess the children of their townships, the county reviews; returns how many."""
    scheme = district.env.ref("left_behind_children.risk_scheme_default")
    dice = random.Random("risk")
    handed_in = district.env["lbc.risk.assessment"]
    for township in district.townships():
        env = district.as_user(district.supervisor(township))
        children = env["lbc.child"].search([("state", "=", "on_ledger")])
        assessments = env["lbc.risk.assessment"].create(
            [
                {
                    "child_id": child.id,
                    "answers": _answers(district.env, scheme, dice),
                    "participants": "村儿童主任、驻村干部",
                }
                for child in children
            ]
        )
        assessments.action_submit()
        handed_in += assessments.with_env(handed_in.env)
    # Three wait for the review on the day of loading.
    handed_in[3:].with_env(district.as_user("civil_affairs")).action_review()
    return len(handed_in)


def _answers(env, scheme, dice):
    """Return the answers of one child; the share of each level is that of the district."""
    (level,) = dice.choices(tuple(ANSWERS), (80, 17, 3))
    found = {str(item.id): _safest(item).ids for item in scheme.item_ids}
    for name, number in dice.choice(ANSWERS[level]).items():
        item = env.ref(f"{XMLID}{name}")
        found[str(item.id)] = item.option_ids[number - 1].ids
    return found


def _safest(item):
    """Return the answer of an item that says that all is well."""
    return item.option_ids.filtered("is_none") or item.option_ids.sorted("points")[-1]
