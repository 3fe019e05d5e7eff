"""One record of every model of the ledger's room that needs more than values."""

from odoo import fields

DIGEST = "0" * 64


def makers(record_of, keys):
    """Return {model: maker} of the quarter's records.

    :param record_of: `makers.record_of`
    :param keys: `makers._keys`, the three keys of a village
    """

    def submission(case, place, known):
        return record_of(case, place, "lbc.submission", known)

    def version(case, place, known, name):
        one = submission(case, place, known)
        return one.version_ids or {
            "submission_id": one.id,
            "number": 1,
            **_unit(one),
            "cutoff": one.cutoff,
            "submitted_at": fields.Datetime.now(),
            "content_digest": DIGEST,
            "digest": DIGEST,
        }

    def step(case, place, known, name):
        now = fields.Datetime.now()
        return {
            "submission_id": submission(case, place, known).id,
            "kind": "returned",
            "done_at": now,
        }

    def exception(case, place, known, name):
        now = fields.Datetime.now()
        values = {
            "submission_id": submission(case, place, known).id,
            "date_to": now,
            "reason": "试",
        }
        return {**values, "granted_by": case.env.uid, "granted_at": now}

    def village(case, place, known, name):
        one, area = submission(case, place, known), case.area_of(place)
        # Each village has its part from the beginning: the sweep makes its own in its place.
        one.sudo().village_ids.filtered(lambda part: part.area_id == area).unlink()
        return {"submission_id": one.id, "area_id": area.id}

    def change(case, place, known, name):
        child, one = known["lbc.child"], record_of(case, place, "lbc.submission.version", known)
        values = {"version_id": one.id, "child_ref": child.id, "label": child.display_name}
        values |= {"kind": "guardian", "column": "carer_name", "data_group": "identity"}
        values |= {"before_clear": "试", "after_clear": child.name, "after_masked": "试"}
        return {**values, **keys(case.area_of(place))}

    def finding(case, place, known, name):
        child, one = known["lbc.child"], submission(case, place, known)
        values = {"submission_id": one.id, "child_ref": child.id, "label": child.display_name}
        return {**values, "rule": "no_id_number", **keys(case.area_of(place))}

    def copy(case, place, known, name):
        one = record_of(case, place, "lbc.submission.version", known)
        values = {
            "version_id": one.id,
            "recipient": "education",
            "name": "试.xlsx",
            "sha256": DIGEST,
            "received_at": fields.Datetime.now(),  # its receipt can be printed
            "receipt_code": "试",
        }
        return {**values, **_unit(one)}

    def file(case, place, known, name):
        one = record_of(case, place, "lbc.submission.version", known)
        if one.file_ids:
            return one.file_ids
        values = {"version_id": one.id, "document": "roster", "name": "试.xlsx", "sha256": DIGEST}
        return {**values, **_unit(one)}

    def copy_column(case, place, known, name):
        code = f"code_{known['lbc.child'].id}"  # every column stands once in a recipient's list
        return {"recipient": "education", "code": code, "heading": "试"}

    def past(case, place, known, name):
        values = {"model": "lbc.child", "res_id": known["lbc.child"].id, "field": "name"}
        now = fields.Datetime.now()
        return {**values, "before": "试", "after": "试", "day": now, "recorded_at": now}

    return {
        "lbc.past": past,
        "lbc.copy.column": copy_column,
        "lbc.submission.version": version,
        "lbc.submission.step": step,
        "lbc.submission.exception": exception,
        "lbc.submission.village": village,
        "lbc.submission.change": change,
        "lbc.submission.finding": finding,
        "lbc.submission.copy": copy,
        "lbc.submission.file": file,
    }


def _unit(one):
    return {"township_id": one.township_id.id, "county_id": one.county_id.id}
