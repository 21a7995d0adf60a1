"""What requests write about a visiting scholar: the appointment, places and earlier stays."""

from datetime import date

import pytest

from isso.requests.effects import NoteScholar, NoteSite, NoteStay
from isso.requests.recording import write_effects
from isso.requests.records.models import SiteOfActivity
from isso.tests import factories

TODAY = date(2026, 10, 5)
LAB = {
    **{"name": "Biology Laboratory", "line1": "7 Science Road", "city": "Example City"},
    **{"state": "MA", "postal_code": "02139", "is_primary": True},
}
HOSPITAL = LAB | {"name": "City Hospital", "line1": "9 Harbor Street"}


@pytest.fixture
def written(office):
    """Return how to let one request of a scholar write effects, and the scholar's record."""
    record = factories.make_student(visa_class="J-1", exchange_category="08")
    made = factories.make_draft(record, "reprint")

    def write(*declared):
        write_effects(made, declared, by=None, today=TODAY)

    return record, write


def test_the_details_are_made_once_and_then_changed(written):
    record, write = written

    write(NoteScholar({"position": "Visiting Fellow", "host_name": "Ada Byron"}))
    write(NoteScholar({"departed_on": TODAY}))

    record.refresh_from_db()
    assert (record.scholar.position, record.scholar.host_name, record.scholar.departed_on) == (
        *("Visiting Fellow", "Ada Byron"),
        TODAY,
    )
    assert list(
        record.changes.filter(field="scholardetails").order_by("pk").values_list("old", "new")
    ) == [
        ("", "Visiting Fellow"),
        ("Visiting Fellow; departed: –", "Visiting Fellow; departed: 2026-10-05"),
    ]


def test_there_is_one_primary_place_and_what_ends_stays_on_record(written):
    record, write = written

    def places():
        found = record.sites_of_activity.order_by("pk")
        return list(found.values_list("name", "is_primary", "ended_on"))

    write(NoteSite(LAB))
    write(NoteSite(LAB))
    assert places() == [("Biology Laboratory", True, None)]
    assert record.changes.filter(field="siteofactivity").count() == 1

    write(NoteSite(HOSPITAL))
    assert places() == [("Biology Laboratory", False, None), ("City Hospital", True, None)]

    lab = record.sites_of_activity.get(name="Biology Laboratory")
    write(NoteSite({"is_primary": True}, site=lab.pk))
    assert places() == [("Biology Laboratory", True, None), ("City Hospital", False, None)]

    hospital = record.sites_of_activity.get(name="City Hospital")
    write(NoteSite({"ended_on": TODAY}, site=hospital.pk))
    assert places() == [("Biology Laboratory", True, None), ("City Hospital", False, TODAY)]


def test_a_stay_is_kept_once_and_can_be_corrected(written):
    record, write = written
    stay = {"category": "09", "visa_class": "J-1", "start": date(2020, 1, 1)}

    for end in (date(2020, 5, 31), date(2020, 5, 31), date(2020, 6, 30)):
        write(NoteStay(stay | {"sponsor": "Lakeside", "end": end}))
    write(NoteStay(stay | {"visa_class": "J-2", "end": date(2020, 5, 31)}))

    kept = record.exchange_stays.order_by("visa_class").values_list("visa_class", "end")
    assert list(kept) == [("J-1", date(2020, 6, 30)), ("J-2", date(2020, 5, 31))]


def test_the_place_of_somebody_else_is_never_found(written):
    _record, write = written
    other = factories.make_student("other@school.example")
    theirs = SiteOfActivity.objects.create(record=other, **LAB)

    with pytest.raises(SiteOfActivity.DoesNotExist):
        write(NoteSite({"ended_on": TODAY}, site=theirs.pk))

    theirs.refresh_from_db()
    assert theirs.ended_on is None
