"""The scholar's half of a DS-2019: who completes it, what is asked, refused, written and keyed."""

from dataclasses import replace
from datetime import date

import pytest

from isso.requests.records.facts import Appointment, Funding, RecordFacts, Site, Stay
from isso.requests.records.models import ScholarDetails, SiteOfActivity
from isso.requests.registry import get_type
from isso.requests.rules.scholar_arrival import validation_due
from isso.requests.rules.verdict import Standing
from isso.tests import factories
from isso.tests.types import asking

KEY = "scholar_profile"
TYPE = get_type(KEY)
TODAY = date(2026, 10, 5)
SCHOLAR = RecordFacts(
    visa_class="J-1",
    exchange_category="08",
    sevis_status="draft",
    stage="pre_arrival",
    department="Biology",
    major="Marine Biology",
    cip_code="26.1302",
    program_start=date(2027, 1, 12),
    program_end=date(2027, 12, 31),
    sites=(Site(3, "Laboratory", "7 Science Road", "", "Example City", "MA", "02139", True),),
    appointment=Appointment("Visiting Fellow", "Ada Byron", "ada@demo.example"),
    funding=Funding(TODAY, 12, 42000),
)
LATE = (
    "The last day was October 4, 2026. Your program begins on October 18, 2026, and the form takes "
    "time. Ask your host for later dates."
)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        *(
            (replace(SCHOLAR, exchange_category=code), (Standing.OPEN, date(2026, 12, 29), ""))
            for code in ("04", "08", "09", "10", "1G")
        ),
        (
            replace(SCHOLAR, program_start=date(2026, 10, 19)),
            (Standing.OPEN, TODAY, ""),
        ),
        (
            replace(SCHOLAR, program_start=date(2026, 10, 18)),
            (Standing.CLOSED_SINCE, date(2026, 10, 4), LATE),
        ),
        *(
            (facts, (Standing.NEEDS, None, "Your department’s request is not approved yet."))
            for facts in (
                replace(SCHOLAR, appointment=None),
                replace(SCHOLAR, sites=()),
                replace(SCHOLAR, program_end=None),
            )
        ),
        (
            replace(SCHOLAR, exchange_category="1D"),
            (Standing.NOT_FOR_YOU, None, "This request is for J-1 scholars and interns."),
        ),
        (
            replace(SCHOLAR, visa_class="F-1", exchange_category=""),
            (Standing.NOT_FOR_YOU, None, "This request is for J-1 scholars and interns."),
        ),
        (
            replace(SCHOLAR, stage="continuing", sevis_status="active"),
            (
                Standing.NOT_FOR_YOU,
                None,
                "This request is for scholars who are invited and have not arrived yet.",
            ),
        ),
        # A proposal is the department's alone.
        (
            replace(SCHOLAR, stage="proposed"),
            (
                Standing.NOT_FOR_YOU,
                None,
                "This request is for scholars who are invited and have not arrived yet.",
            ),
        ),
        (
            replace(SCHOLAR, sevis_status="initial"),
            (
                Standing.NOT_FOR_YOU,
                None,
                "We issued your first form already. You find it among your documents.",
            ),
        ),
    ],
)
def test_who_completes_it(facts, expected):
    assert asking.verdict_of(KEY, facts, TODAY) == expected


def errors_of(slug, facts=SCHOLAR, **changes):
    answers = factories.answers_for(KEY, facts) | changes
    return asking.errors_of(KEY, slug, answers, facts, TODAY)


SLUGS = ["home", "biographical", "dependents", "documents"]
BY_TRANSFER = {
    "situation": "transfer",
    "current_sponsor": "Lakeside University",
    "i94_number": "123456789A1",
}
COMES_FROM = replace(SCHOLAR, sevis_id="N0012345678")
SPOUSE = {
    "dependent_count": "1",
    "dependent_1_relation": "spouse",
    "dependent_1_family_name": "Petrov",
    "dependent_1_given_name": "Ivan",
    "dependent_1_birth_date": "1986-01-20",
    "dependent_1_birth_city": "Sofia",
    "dependent_1_birth_country": "Bulgaria",
    "dependent_1_citizenship_country": "Bulgaria",
    "dependent_1_sex": "M",
    "dependent_1_in_the_us": "no",
    "dependent_1_form_purpose": "06",
    "family_insured": "on",
}


@pytest.mark.parametrize(
    ("facts", "changes"),
    [
        (SCHOLAR, {}),
        (SCHOLAR, SPOUSE),
        (SCHOLAR, {"insured_by": "university", "insurance_medical": "", "insurance_plan": ""}),
        (COMES_FROM, BY_TRANSFER),
        (
            SCHOLAR,
            {"situation": "change", "present_status": "H-4", "i94_number": "123456789A1"},
        ),
    ],
)
@pytest.mark.parametrize("slug", SLUGS)
def test_good_answers_pass(monday, slug, facts, changes):
    assert errors_of(slug, facts, **changes) == {}


REQUIRED = "This field is required."
BAD = [
    ("home", {"is_right": "no"}, "what_is_wrong", REQUIRED),
    (
        *("home", BY_TRANSFER, "situation"),
        "Your department did not ask for a transfer, and we have no SEVIS ID of you. Write to us "
        "before you go on.",
    ),
    ("home", {"situation": "change", "i94_number": "123456789A1"}, "present_status", REQUIRED),
    ("biographical", {"family_name": "P3trova"}, "family_name", "A name has no digits."),
    (
        *("biographical", {"citizenship_country": "United States"}, "citizenship_country"),
        "Select a valid choice. United States is not one of the available choices.",
    ),
    ("biographical", {"exchange_before": "yes"}, "exchange_stays", REQUIRED),
    (
        *("biographical", {"passport_expiry": "2027-01-11"}, "passport_expiry"),
        "Choose January 12, 2027 or a later day. Renew it first: a visa goes into a passport that "
        "is still valid.",
    ),
    ("dependents", SPOUSE | {"family_insured": ""}, "family_insured", REQUIRED),
    (
        *("documents", {"insurance_medical": "99,999"}, "insurance_medical"),
        "The plan must pay $100,000 or more for each accident or illness.",
    ),
    (
        *("documents", {"insurance_deductible": "501"}, "insurance_deductible"),
        "The deductible may be $500 at most for each accident or illness.",
    ),
    (
        *("documents", {"insurance_until": "2027-12-30"}, "insurance_until"),
        "Choose December 31, 2027 or a later day. Your program ends on that day.",
    ),
    (
        *("documents", {"insurance_from": "2027-01-13"}, "insurance_from"),
        "Choose January 12, 2027 or an earlier day. Your program begins on that day.",
    ),
]


@pytest.mark.parametrize(("slug", "changes", "name", "sentence"), BAD)
def test_bad_answers_are_refused_at_the_field(monday, slug, changes, name, sentence):
    assert errors_of(slug, **changes) == {name: [sentence]}


def slots_of(**answers):
    return {slot.name for slot in TYPE.slots if slot.is_asked(answers)}


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ([], {"degree_proof", "english_proof", "funds_proof", "insurance_proof"}),
        (["english_proof"], {"degree_proof", "funds_proof", "insurance_proof"}),
        (["degree_proof", "english_proof", "funds_proof", "insurance_proof"], set()),
    ],
)
def test_what_the_department_has_sent_is_not_asked_again(monday, given, left):
    begins = TYPE.begins_with({"cv", "invitation_letter", *given})
    answers = factories.answers_for(KEY, SCHOLAR) | begins
    form = asking.bound(KEY, "home", answers, SCHOLAR, TODAY)

    assert slots_of(**answers) == {"passport", *left}
    assert ("department_gave" in form.fields) == bool(given)
    # Nobody changes it by posting something else.
    cleaned = asking.cleaned_of(KEY, answers, SCHOLAR, TODAY)
    assert cleaned.get("department_gave", []) == begins.get("department_gave", [])


def test_only_what_applies_is_asked(monday):
    def asked(slug, facts=SCHOLAR, **changes):
        answers = factories.answers_for(KEY, facts) | changes
        form = asking.bound(KEY, slug, answers, facts, TODAY)
        return set(form.fields) - form.unasked

    assert asked("home", COMES_FROM, **BY_TRANSFER) - asked("home") == {
        "current_sponsor",
        "i94_number",
    }
    assert "position_code" not in asked("biographical")
    assert {"residence_country", "exchange_before"} <= asked("biographical")
    assert asked("documents", insured_by="university") == {"insured_by"}
    assert asked("dependents") == {"dependent_count"}
    assert slots_of(situation="transfer") - slots_of(situation="abroad") == {"old_form", "i94"}


def test_the_stays_the_department_named_are_told(monday):
    facts = replace(
        SCHOLAR, exchange_stays=(Stay("09", date(2024, 2, 1), date(2024, 6, 30), "J-1"),)
    )
    form = asking.bound(KEY, "biographical", {}, facts, TODAY)

    assert form.fields["exchange_before"].help_text == (
        "Your department told us of: J-1, Short-term scholar, February 1, 2024 – June 30, 2024. "
        "Write every stay, these and others."
    )


PERSON = {
    "Last name": "Petrova",
    "First name": "Nadia",
    "Passport name": "PETROVA<<NADIA",
    "Preferred name": "",
    "Suffix": "",
    "Date of birth": "03/05/1988",
    "Sex": "F",
    "City of birth": "Sofia",
    "Country of birth (code)": "BU",
    "Country of citizenship (code)": "BU",
    "E-mail": "nadia@university.example",
}
VISIT = {
    "Country of permanent residence (code)": "BU",
    "Position code": "213",
    "Category": "08 Research scholar",
    "Program begin date": "01/12/2027",
    "Program end date": "12/31/2027",
    "Subject": "26.1302 Marine Biology",
    "Subject, in more words": "",
    "Site of activity": "Laboratory",
    "Site of activity: address": "7 Science Road, Example City, MA 02139",
    "Money shown": "$42,000",
}


def entries_of(facts, **changes):
    answers = factories.answers_for(KEY, facts) | changes
    cleaned = asking.cleaned_of(KEY, answers, facts, TODAY)
    return asking.values_of(TYPE.sevis_entries(cleaned, facts))


def test_a_new_record_is_keyed_with_the_family(monday):
    facts = replace(SCHOLAR, position_code="213")
    found = entries_of(facts, **SPOUSE)

    assert found[0] == ("CreateEV", PERSON | VISIT)
    assert [event for event, _values in found] == ["CreateEV", "CreateDependent"]
    assert (found[1][1]["Last name"], found[1][1]["Form purpose (06 begin, 08 join)"]) == (
        *("Petrov", "06"),
    )


def test_a_transfer_keeps_its_number(monday):
    facts = replace(COMES_FROM, position_code="213")
    ((event, values),) = entries_of(facts, **BY_TRANSFER)

    assert (event, values) == (
        "Transfer In",
        {"SEVIS ID": "N0012345678", "Comes from": "Lakeside University"} | PERSON | VISIT,
    )
    assert (TYPE.makes_sevis_id(BY_TRANSFER), TYPE.makes_sevis_id({})) == (False, True)


@pytest.mark.parametrize(
    ("changes", "day"),
    [
        ({}, date(2027, 2, 11)),
        ({"check_in_completed_on": date(2027, 1, 20)}, None),
        ({"program_start": None}, None),
    ],
)
def test_the_record_is_validated_within_thirty_days(changes, day):
    """22 CFR 62.13(a)."""
    assert validation_due(replace(SCHOLAR, **changes)) == day


def test_the_panel_says_what_was_agreed_which_days_count_and_what_bars():
    facts = replace(
        SCHOLAR, exchange_stays=(Stay("08", date(2024, 2, 1), date(2025, 6, 30), "J-1"),)
    )
    agreed = [
        ("Category", "Research scholar", ""),
        ("Department", "Biology", ""),
        ("Host", "Ada Byron", ""),
        ("Position", "Visiting Fellow", ""),
        ("Place", "Laboratory", ""),
        ("Your program begins", "January 12, 2027", ""),
        ("It ends", "December 31, 2027", ""),
        ("You may enter from", "December 13, 2026", ""),
        ("Check in by", "February 11, 2027", ""),
    ]
    assert asking.panel_of(KEY, {}, SCHOLAR, TODAY) == agreed
    typed = {"is_right": "no", "passport_expiry": "2027-06-01", "exchange_before": "no"}
    assert asking.panel_of(KEY, typed, facts, TODAY) == [
        *agreed,
        ("Barred until", "June 30, 2027", "bad"),
        ("You say", "What the department told us is not right", "warn"),
        ("Passport", "Renew it: it expires too soon", "warn"),
        ("Earlier J stays", "Differ from what the department told us", "warn"),
    ]
    assert asking.panel_of(KEY, {}, replace(SCHOLAR, appointment=None), TODAY) == []


def invited(**fields):
    """Return an invited scholar whose department's half is approved."""
    record = factories.make_student(
        **{
            "family_name": "Petrova",
            "given_name": "Nadia",
            "visa_class": "J-1",
            "exchange_category": "08",
            "sevis_id": None,
            "sevis_status": "draft",
            "stage": "pre_arrival",
            "education_level": "",
            "department": "Biology",
            "program_start": date(2027, 1, 12),
            "program_end": date(2027, 12, 31),
            "check_in_completed_on": None,
        }
        | fields
    )
    ScholarDetails.objects.create(record=record, position="Fellow", host_name="Ada Byron")
    place = {"line1": "7 Science Road", "city": "Example City", "state": "MA"}
    SiteOfActivity.objects.create(
        record=record, name="Laboratory", postal_code="02139", is_primary=True, **place
    )
    return record


def written(record):
    """Return what the profile writes, in the words of the record."""
    record.refresh_from_db()
    return (
        (record.birth_city, record.residence_country, record.passport_number),
        (record.sevis_status, record.sevis_id, record.stage),
        (record.insurance_plan, record.insurance_end, record.foreign_address_city),
        [(each.given_name, each.visa_class, each.sevis_status) for each in record.dependents.all()],
        list(record.issued_forms.order_by("pk").values_list("kind", "reason", "program_start")),
    )


def completed(record, **changes):
    """Lead a profile from the draft to its end, as the office does."""
    return factories.make_request(record, KEY, "completed", **changes)


def test_from_the_draft_to_the_released_form(office):
    record = invited()
    before = written(record)

    done = completed(record, **SPOUSE)

    assert done.state == "completed"
    assert before == (
        *(("", "", "P1234567"), ("draft", None, "pre_arrival"), ("", None, "")),
        *([], []),
    )
    assert written(record) == (
        ("Sofia", "Bulgaria", "B5512087"),
        ("initial", f"N9{done.pk:09d}", "pre_arrival"),
        ("Scholar Care Gold", date(2027, 12, 31), "Sofia"),
        [("Ivan", "J-2", "initial")],
        [("DS-2019", "initial", date(2027, 1, 12))] * 2,
    )


def test_the_tabs_of_the_portal_are_its_pages(office, client):
    record = invited()
    client.force_login(record.user)
    begin = client.get("/portal/").content.decode()

    factories.make_draft(record, KEY, fill=False)
    begun = client.get("/portal/").content.decode()

    for title in ("Biographical information", "Dependents", "Documents"):
        assert (title in begin, title in begun) == (True, True)
    # What the department agreed stands on the first tab's page; continuing pages stay closed.
    page = client.get(f"{factories.StudentRequest.objects.get().get_absolute_url()}edit/home/")
    assert "Ada Byron" in page.content.decode()
    assert client.get("/portal/requests/").status_code == 302


def test_somebody_whose_department_is_not_ready_reads_so(office, client):
    record = invited()
    record.sites_of_activity.all().delete()
    client.force_login(record.user)

    assert (
        "Your department’s request is not approved yet." in client.get("/portal/").content.decode()
    )


@pytest.mark.parametrize(
    ("situation", "steps"),
    [
        ("abroad", ("sevis_fee", "visa", "arrival", "insurance", "check_in")),
        ("transfer", ("insurance", "check_in")),
        ("change", ("insurance", "check_in")),
    ],
)
def test_what_comes_after_the_form(situation, steps):
    assert TYPE.next_steps({"situation": situation}) == steps


def test_a_transfer_ends_with_the_number_it_had(office):
    record = invited(sevis_id="N0012345678")

    completed(record, **BY_TRANSFER)

    record.refresh_from_db()
    assert (record.sevis_id, record.i94_number) == ("N0012345678", "123456789A1")
    assert record.issued_forms.get().reason == "transfer"
