"""Duties made by hand, where a test is about what happens to them."""

from datetime import date

from ..common import CareCase


class DutyCase(CareCase):
    """A kind led by nobody in particular, and duties of it."""

    @classmethod
    def make_kind(cls, subject_type="township", **vals):
        """Create a kind of duty, due every quarter."""
        values = {"name": "法治宣传", "subject_type": subject_type, "period": "quarter"}
        return cls.env["lbc.duty.kind"].create({**values, **vals})

    @classmethod
    def make_duty(cls, kind, subject, due="2026-11-30", start="2026-11-01", **vals):
        """Create an open duty of the kind for a child, household, division or organisation."""
        column = {
            "lbc.child": "child_id",
            "lbc.household": "household_id",
            "lbc.area": "place_id",
            "lbc.organization": "organization_id",
        }[subject._name]
        place = subject if subject._name == "lbc.area" else subject.area_id
        return cls.env["lbc.duty"].create(
            {
                "kind_id": kind.id,
                column: subject.id,
                "subject_key": f"{column.removesuffix('_id')}:{subject.id}",
                "area_id": place.id if place.level == "village" else False,
                "township_id": place.township_id.id,
                "county_id": place.county_id.id,
                "slot_start": date.fromisoformat(start),
                "window_start": date.fromisoformat(start),
                "due_date": date.fromisoformat(due),
                **vals,
            }
        )
