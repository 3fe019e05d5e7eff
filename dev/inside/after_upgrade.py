"""Look whether the district of the previous version is whole, and rights are those of the matrix."""

PREFIX = "left_behind_children"


def see(login, model):
    """Return what the user finds of a model, in his own rights."""
    return env[model].with_user(env["res.users"].search([("login", "=", login)])).search([])


def expect(what, got, wanted):
    if got != wanted:
        raise SystemExit(f"{what}: {got!r} instead of {wanted!r}")


children = see("child_director", "lbc.child")
expect("names the village reads", sorted(children.mapped("name")), ["张三丰", "李小小"])
expect("parents of a child", len(children[0].guardianship_ids), 2)
expect("masked names", sorted(children.mapped("name_masked")), ["张*丰", "李*小"])
expect("messages of a file", bool(children[0].message_ids), True)
expect("files the leader finds", len(see("township_leader", "lbc.child")), 2)
duty = env["lbc.duty"].search(
    [("kind_id.evidence_model", "=", "lbc.visit"), ("state", "=", "done")]
)
expect("the month's duty", (duty.state, duty.evidence_model, len(duty)), ("done", "lbc.visit", 1))
expect("the visit", see("child_director", "lbc.visit").state, "submitted")
expect("its kind follows risk", (duty.kind_id.density, len(duty.kind_id.step_ids)), ("risk", 8))
expect("the ground of sharing", env["lbc.assignment"].search([]).legal_ground, "entrusted")
agreement = see("child_director", "lbc.agreement")
expect("the agreement of the census", (agreement.state, agreement.origin), ("in_force", "census"))
expect(
    "its carer and child", (agreement.carer_id.name_masked, len(agreement.child_ids)), ("王*奶", 1)
)
expect("that it is to be renewed", bool(agreement.child_ids.agreement_warn_on), True)
expect("contact with parents is due", bool(agreement.child_ids.contact_due_on), True)
kinds = env["lbc.duty.kind"].search([("evidence_model", "in", ("lbc.agreement", "lbc.contact"))])
expect("kinds of duty with a ladder", [len(kind.step_ids) for kind in kinds], [8, 8, 8])
submissions = env["lbc.submission"].search([], order="cutoff, id")
expect("reports of three quarters, one township merged", len(submissions), 8)
submission = submissions.filtered(lambda one: one.township_id.name == "甲镇")[-1]
version = submission.current_version_id
counts = (submission.state, submission.child_count, version.number, version.closing_count)
expect("the quarter's first version", counts, ("submitted", 1, 1, 1))
expect("its frozen row", version.snapshot_ids.name, "李小小")
expect("they are as reported", submissions._verify(submissions.quarter_id.ids), [])
late = submissions.filtered(lambda one: not one.is_on_time)
expect("who was late", late.mapped("township_id.name"), ["乙镇"])
expect("in which quarter", late.quarter_id, submission.quarter_id)
expect("all are reported", set(submissions.mapped("reported")), {1})
expect("chained to the one before", version.previous_id.previous_id.number, 1)
expect("their logs", submissions.step_ids.mapped("kind"), ["submitted"] * 8)
for column, value in {"closing_count": 99, "opening_count": 98, "submitted_by": 2}.items():
    env.cr.execute("ALTER TABLE lbc_submission_version DISABLE TRIGGER USER")
    env.cr.execute(
        f"UPDATE lbc_submission_version SET {column} = %s WHERE id = %s", [value, version.id]
    )
    env.cr.execute("ALTER TABLE lbc_submission_version ENABLE TRIGGER USER")
    version.invalidate_recordset()
    expect(f"whether a changed {column} is found", len(version._version_differences()), 1)
    env.cr.rollback()
    env.invalidate_all()
submission.action_receive()
expect("an old report is received", submission.accepted_version_id, version)
expect("and still as reported", version._verify(), [])
leader = env["res.users"].search([("login", "=", "township_leader")])
expect("the leader reads names", leader.has_group(f"{PREFIX}.group_identity_read"), False)
expect("the leader sees guardianship", leader.has_group(f"{PREFIX}.group_guardianship_read"), True)
officer = env["res.users"].search([("login", "=", "data_officer")])
expect("the officer gives rights", officer.has_group(f"{PREFIX}.group_departments"), True)
rights = env["lbc.access.right"].search([])
expect("rights of seventeen roles", len(rights.role_id), 17)
expect("rights changed by the upgrade", len(rights.filtered("is_changed")), 0)
