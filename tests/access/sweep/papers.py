"""Attachments, messages and activities follow their record and its data group."""


def attachments(look):
    """A paper on the record is read and found by whoever reads the record and its messages."""
    threads = look.matrix.threads(look.person, look.name)
    asked = [place for place, _record in look.asked("read")]
    papers = {place: look.case.paper_of(look.name, place) for place in asked}
    mine = {place: paper.with_user(look.model.env.user) for place, paper in papers.items()}
    for place, paper in mine.items():
        allowed = look.opens("read", place) and threads
        look.expect("attachment", allowed, lambda paper=paper: paper.read(["name", "raw"]), place)
    ids = [paper.id for paper in mine.values()]
    found = look.model.env["ir.attachment"].search([("id", "in", ids)])
    for place, paper in mine.items():
        allowed = look.opens("read", place) and threads
        look.compare("attachment search", allowed, paper in found, place)


def field_files(look):
    """A file in a field is read by whoever reads the record and the field."""
    names = [
        field.name
        for field, _may in look.fields()
        if field.type in ("binary", "image") and field.store and field.attachment
    ]
    for place, record in look.asked("read"):
        for file in look.case.files_of(look.name, record.id, names):
            may = look.matrix.reads(look.person, look.name, file.res_field)
            allowed = look.opens("read", place) and may
            own = file.with_user(look.model.env.user)
            look.expect(
                "attachment",
                allowed,
                lambda own=own: own.read(["name", "raw"]),
                place,
                file.res_field,
            )


def messages(look):
    """Messages on the record are read by whoever reads it and may see its messages; likewise writing."""
    if not hasattr(look.model, "message_post"):
        return
    threads = look.matrix.threads(look.person, look.name)
    for place, record in look.asked("read"):
        message = look.case.message_of(look.name, place).with_user(look.model.env.user)
        allowed = look.opens("read", place) and threads
        look.expect("message", allowed, lambda message=message: message.read(["body"]), place)
        found = message.search([("id", "=", message.id)])
        look.compare("message search", allowed, bool(found), place)
        may_post = look.opens("write", place) and threads
        post = record.message_post
        look.expect("message_post", may_post, lambda post=post: post(body="试"), place, "", True)


def activities(look):
    """Activities on the record are read by whoever writes it and may see its messages."""
    if not hasattr(look.model, "activity_schedule"):
        return
    threads = look.matrix.threads(look.person, look.name)
    for place, _record in look.asked("read"):
        activity = look.case.activity_of(look.name, place).with_user(look.model.env.user)
        allowed = look.opens("write", place) and threads  # Odoo shows activities to who may write
        look.expect("activity", allowed, lambda one=activity: one.read(["summary"]), place)
