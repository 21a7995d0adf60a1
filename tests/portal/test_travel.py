"""The page “Are you ready to travel?”: what it finds, where it leads, and its day of return."""

from datetime import date, timedelta

import pytest

from isso.tests import factories

TODAY = date(2026, 10, 5)
ADDRESS = "/portal/profile/travel/"
PAPERS = {
    "passport_expiry": date(2029, 1, 1),
    "visa_expiry": date(2028, 6, 1),
    "travel_signature_on": date(2026, 9, 1),
}


def prepare(student, **changes):
    for name, value in (PAPERS | changes).items():
        setattr(student, name, value)
    student.save()


def told(answer):
    """Return the answer of the page, and its lines: label, state and where the link leads."""
    lines = [
        (str(line.label), str(line.words.label), line.href) for line in answer.context["lines"]
    ]
    return str(answer.context["words"].label), lines


ALL_WELL = [
    ("SEVIS record", "Ready", ""),
    ("Passport", "Ready", ""),
    ("Visa", "Ready", ""),
    ("Travel signature", "Ready", ""),
    ("End of program or OPT", "Ready", ""),
    ("Length of the trip", "Ready", ""),
]


def test_who_has_everything_is_ready(portal, student):
    prepare(student)
    assert told(portal.get(ADDRESS)) == ("Ready", ALL_WELL)
    assert str(portal.get("/portal/profile/").context["travel"].label) == "Ready"


SEND = "/portal/documents/send/?kind="


@pytest.mark.parametrize(
    ("changes", "query", "answer", "line"),
    [
        (
            {"travel_signature_on": None},
            "",
            "Not ready",
            ("Travel signature", "Not ready", "/portal/requests/new/reprint/?about=travel"),
        ),
        (
            {"passport_expiry": date(2026, 12, 1)},
            "",
            "Check",
            ("Passport", "Check", f"{SEND}passport"),
        ),
        (
            {"visa_expiry": date(2026, 10, 4)},
            "",
            "Not ready",
            ("Visa", "Not ready", f"{SEND}visa"),
        ),
        (
            {"program_end": date(2026, 12, 18)},
            "?returns_on=2026-12-19",
            "Not ready",
            (
                "End of program or OPT",
                "Not ready",
                "/portal/requests/new/program_extension/",
            ),
        ),
        # A request that is not open says why.
        (
            {"sevis_status": "initial"},
            "",
            "Not ready",
            ("SEVIS record", "Not ready", "/portal/requests/why/#check_in"),
        ),
    ],
)
def test_what_stands_in_the_way_leads_to_what_cures_it(
    portal, student, changes, query, answer, line
):
    prepare(student, **changes)
    found, lines = told(portal.get(f"{ADDRESS}{query}"))
    assert (found, line in lines) == (answer, True)


def test_a_newcomer_is_led_to_check_in(client, office):
    client.force_login(factories.make_newcomer().user)
    _found, lines = told(client.get(ADDRESS))
    assert lines[0] == ("SEVIS record", "Not ready", "/portal/requests/new/check_in/")


def test_what_is_asked_for_is_waited_for_while_it_is_open(portal, student):
    prepare(student)
    draft = factories.make_draft(student, "reprint", fill=False)
    factories.make_request(student, "address_update", "submitted")
    assert told(portal.get(ADDRESS)) == ("Ready", ALL_WELL)

    advisor = factories.make_staff()
    sent = factories.make_request(student, "cpt", "in_review", advisor)
    done = factories.make_request(student, "funding_change", "completed", advisor)

    assert told(portal.get(ADDRESS)) == (
        "Check",
        [*ALL_WELL, ("Request", "Check", sent.get_absolute_url())],
    )
    html = portal.get(ADDRESS).content.decode()
    assert [each for each in (draft, done) if each.reference in html] == []
    assert str(portal.get("/portal/profile/").context["travel"].label) == "Check"


def test_who_asks_for_cap_gap_is_told_not_to_travel(portal, student):
    prepare(student, program_end=TODAY - timedelta(days=300))
    student.employments.create(
        kind="OPT",
        completion="post",
        start=TODAY - timedelta(days=299),
        end=TODAY + timedelta(days=40),
        education_level="05",
    )
    sent = factories.make_request(student, "cap_gap", "submitted")
    found, lines = told(portal.get(ADDRESS))

    assert (found, lines[-1]) == ("Not ready", ("Request", "Not ready", sent.get_absolute_url()))


@pytest.mark.parametrize(
    ("query", "ends", "errors"),
    [
        ("", TODAY, []),
        ("?returns_on=", TODAY, []),
        ("?returns_on=2026-11-20", date(2026, 11, 20), []),
        ("?returns_on=2026-10-04", TODAY, ["Choose today or a later day."]),
        ("?returns_on=soon", TODAY, ["Enter a real date, such as 2027-02-14."]),
        ("?returns_on=%00", TODAY, ["Enter a real date, such as 2027-02-14."]),
        ("?returns_on=9999-12-31", TODAY, ["Choose a day within two years."]),
        ("?other=1", TODAY, []),
    ],
)
def test_the_day_of_return_is_read_from_the_address(portal, student, query, ends, errors):
    answer = portal.get(f"{ADDRESS}{query}")
    assert (answer.status_code, answer.context["returns_on"]) == (200, ends)
    assert answer.context["form"].errors.get("returns_on", []) == errors


def test_what_to_carry_is_what_this_person_has(portal, student):
    assert "Your I-20 with the travel signature" in portal.get(ADDRESS).content.decode()
    student.visa_class, student.exchange_category = "J-1", "1D"
    student.save()
    assert "Your DS-2019 with the travel signature" in portal.get(ADDRESS).content.decode()
    student.employments.create(
        kind="OPT",
        completion="post",
        start=TODAY - timedelta(days=9),
        end=TODAY + timedelta(days=90),
        education_level="05",
    )
    assert "Your EAD and a letter of your employer" in portal.get(ADDRESS).content.decode()
