"""An import moves the start of an admitted person: what the person has typed stays as it is."""

from datetime import date

import pytest

from isso.requests.models import Document, StudentRequest
from isso.requests.records.reading import facts_for
from isso.requests.rules.verdict import Standing
from isso.tests import factories
from isso.tests.records.files_to_import import import_lines, outcomes
from isso.tests.types.asking import verdict_of

HEADER = "family_name,given_name,birth_date,institution_id,program_start,program_end"
ROW = "Ito,Hana,2003-01-02,U9,2027-08-23,2029-05-15"
MOVED = (date(2027, 8, 23), date(2029, 5, 15))


def admitted(**fields):
    """Somebody whose deposit is paid and whose form is not made."""
    return factories.make_newcomer(
        **{
            "birth_date": date(2003, 1, 2),
            "institution_id": "U9",
            "stage": "pre_arrival",
            "visa_class": "none",
            "sevis_status": "",
            "sevis_id": None,
            "deposit_paid_on": date(2026, 9, 1),
            "program_start": date(2027, 1, 11),
            "program_end": date(2028, 12, 15),
        }
        | fields
    )


def kept_of(made):
    """Everything a person has given for a request so far."""
    files = Document.objects.filter(student_request=made).values_list("pk", "slot", "sha256")
    rows = StudentRequest.objects.filter(pk=made.pk)
    return rows.values("state", "answers", "revision", "type_key").get(), sorted(files)


# The request, how far it is, and who asks.
UNDER_WAY = [
    ("initial_i20", "draft", {}),
    ("initial_i20", "submitted", {}),
    ("initial_i20", "clarification", {}),
    (
        "deferral",
        "draft",
        {"visa_class": "F-1", "sevis_status": "initial", "sevis_id": "N0000000009"},
    ),
]


@pytest.mark.parametrize(("key", "state", "fields"), UNDER_WAY)
def test_what_was_typed_and_uploaded_stays(office, key, state, fields):
    record = admitted(**fields)
    made = factories.make_request(record, key, state)
    before = kept_of(made)
    assert before[0]["answers"]
    assert before[1]

    run = import_lines(ROW, header=HEADER)

    assert outcomes(run) == ["changed"]
    record.refresh_from_db()
    assert (record.program_start, record.program_end) == MOVED
    assert kept_of(made) == before
    assert StudentRequest.objects.get().pk == made.pk


def test_after_the_first_form_the_moved_start_moves_the_days_to_ask_and_to_check_in(office):
    record = admitted(visa_class="F-1", sevis_status="initial", sevis_id="N0000000009")

    import_lines(ROW, header=HEADER)

    record.refresh_from_db()
    facts, today = facts_for(record), date(2026, 10, 5)
    assert verdict_of("deferral", facts, today)[:2] == (Standing.OPEN, date(2027, 10, 22))
    assert verdict_of("check_in", facts, today)[:2] == (Standing.OPENS_ON, date(2027, 7, 24))
