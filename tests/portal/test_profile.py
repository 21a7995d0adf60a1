"""Personal & Program: every part of the record, its source, and where to say that it is wrong."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from isso.requests.models import StudentRequest
from isso.requests.records.facts import Job, RecordFacts
from isso.requests.records.models import EmploymentAuthorization, ReportedJob
from isso.requests.registry import folder_types
from isso.requests.rules.training_bars import training_bars
from isso.tests import factories

from ..types.asking import policy_of

TODAY = date(2026, 10, 5)


def groups(client, address="/portal/profile/"):
    return {each.key: each for each in client.get(address).context["groups"]}


def lines(group):
    return [(str(row.label), str(row.value), str(row.source)) for row in group.rows]


def fill(record, rows=1):
    """Give the person ``rows`` of everything that stands around a record."""
    today = timezone.localdate()
    for number in range(rows):
        day = timedelta(days=number)
        work = EmploymentAuthorization.objects.create(
            record=record,
            kind="CPT",
            employer=f"Employer {number}",
            start=today - timedelta(days=60) - day,
            end=today - timedelta(days=31) - day,
            education_level="05",
        )
        ReportedJob.objects.create(
            authorization=work, employer="Works", start=work.start, hours_per_week=40
        )
        child = record.dependents.create(
            family_name="Okoye",
            given_name=f"Ada{'a' * number}",
            relation="child",
            birth_date=date(2005, 11, 20),
            sevis_status="active",
            sevis_id=f"N1{number:09d}",
        )
        record.issued_forms.create(kind="I-20", reason="travel", issued_on=today - day)
        record.issued_forms.create(
            kind="I-20", reason="dependent", issued_on=today - day, dependent=child
        )
        record.funding.create(
            as_of=today - day, months=9, tuition=30_000, living=20_000, personal=45_000
        )
        record.holds.create(
            kind="other", placed_on=today - day, lifted_on=today if number else None, reason="Pay."
        )
        record.reported_addresses.create(
            kind="us_address", valid_from=today - day, reported_on=today - day
        )


def test_every_part_is_there_in_order(portal):
    chapters = portal.get("/portal/profile/").context["chapters"]

    assert [(each.key, [group.key for group in each.groups]) for each in chapters] == [
        ("studies", ["status", "holds", "biographical", "program", "enrollment", "course"]),
        ("reach", ["contact", "us_address", "mailing_address", "foreign_address", "emergency"]),
        ("money", ["funding", "work"]),
        ("family", ["dependents"]),
        ("papers", ["passport", "visa", "i94", "travel", "forms"]),
    ]


def test_what_is_empty_is_one_line(portal):
    found = groups(portal)

    empty = {key for key, group in found.items() if not group.rows}
    assert empty == {
        *("holds", "us_address", "mailing_address", "foreign_address", "emergency", "visa", "i94"),
        *("travel", "funding", "work", "dependents", "forms", "course"),
    }
    assert portal.get("/portal/profile/").content.decode().count("Something is missing") == (
        # Work shows its bars; that no hold and nothing along the way is there, is as it should be.
        len(empty) - 3
    )
    assert found["biographical"].missing == (
        "Date of birth, Country of birth, Country of citizenship, Sex"
    )


def test_what_the_office_keeps_for_itself_is_not_shown(portal, student):
    student.is_on_probation = True
    student.save()

    assert "probation" not in portal.get("/portal/profile/").content.decode()


def test_an_address_is_one_line(portal, student):
    student.us_address_line1 = "48 Linden Street, Apt 3B"
    student.us_address_city, student.us_address_state = "Example City", "MA"
    student.us_address_postal_code = "02139"
    student.us_address_until = date(2026, 12, 24)
    student.save()

    assert lines(groups(portal)["us_address"]) == [
        ("Address", "48 Linden Street, Apt 3B, Example City, MA 02139", ""),
        ("Only until", "December 24, 2026", ""),
    ]


def test_what_stands_around_the_record(portal, student):
    fill(student)
    found = groups(portal)

    assert lines(found["holds"]) == [("Other", "Pay.", "Since October 5, 2026")]
    assert lines(found["funding"]) == [
        ("For 9 months", "as of October 5, 2026", ""),
        ("Tuition and fees", "$30,000", ""),
        ("Living expenses", "$20,000", ""),
        ("Costs together", "$50,000", ""),
        ("Personal funds", "$45,000", ""),
        ("Means together", "$45,000", ""),
    ]
    assert [str(row.stamp) for row in found["funding"].rows][-1] == "Less than the costs"
    assert lines(found["work"]) == [
        (
            "Curricular Practical Training (CPT)",
            "August 6, 2026 – September 4, 2026, full time",
            "Employer 0, Works since August 6, 2026",
        )
    ]
    assert lines(found["dependents"]) == [
        ("Ada Okoye", "Child, born November 20, 2005", "N1000000000, Active")
    ]
    assert sorted(lines(found["forms"])) == [
        ("I-20, Dependent", "October 5, 2026", "For Ada Okoye"),
        ("I-20, Travel signature", "October 5, 2026", ""),
    ]


def test_what_happened_along_the_way_is_there(portal, student):
    """Reduced loads, former SEVIS IDs, earlier stays and sites: later rules count them."""
    student.reduced_loads.create(reason="01", start=date(2026, 1, 20), end=date(2026, 5, 15))
    student.reduced_loads.create(
        reason="02", start=date(2025, 8, 25), end=date(2025, 12, 18), status="canceled"
    )
    student.former_sevis_ids.create(sevis_id="N0999999999", reason="New record after a leave")
    student.exchange_stays.create(
        category="08", sponsor="Harbor College", start=date(2020, 9, 1), end=date(2021, 8, 31)
    )
    student.sites_of_activity.create(name="Main campus", city="Example City", is_primary=True)
    group = groups(portal)["course"]

    assert lines(group) == [
        (
            "Reduced course load",
            "Illness or medical condition",
            "January 20, 2026 – May 15, 2026",
        ),
        (
            "Reduced course load",
            "Initial difficulty with the English language",
            "August 25, 2025 – December 18, 2025",
        ),
        ("Former SEVIS ID", "N0999999999", "New record after a leave"),
        (
            "Earlier exchange stay",
            "Research scholar",
            "Harbor College, September 1, 2020 – August 31, 2021",
        ),
        ("Site of activity", "Main campus", "Example City"),
    ]
    assert [str(row.stamp) for row in group.rows[:2]] == ["", "Canceled"]


def test_an_employer_named_twice_is_read_once(portal, student):
    fill(student)
    student.employments.update(employer="Works")

    [(_label, _value, detail)] = lines(groups(portal)["work"])
    assert detail == "Works since August 6, 2026"


@pytest.mark.parametrize(
    ("birth_date", "stamp", "tone"),
    [
        (date(2006, 1, 4), "", ""),
        (date(2006, 1, 3), "Turns 21 on January 3, 2027: the status ends", "warn"),
        (date(2005, 11, 4), "Turns 21 on November 4, 2026: the status ends", "bad"),
        (None, "", ""),
    ],
)
def test_a_child_about_to_turn_21_is_told(portal, student, birth_date, stamp, tone):
    student.dependents.create(family_name="Okoye", relation="child", birth_date=birth_date)

    (row,) = groups(portal)["dependents"].rows
    assert (str(row.stamp), row.tone) == (stamp, tone)


def bars(**changes):
    facts = RecordFacts(
        **{
            "visa_class": "F-1",
            "education_level": "05",
            "program_start": date(2024, 8, 25),
            "program_end": date(2026, 5, 15),
        }
        | changes
    )
    policies = {key: policy_of(key) for key in folder_types()}
    return [(str(each.label), each.words) for each in training_bars(facts, policies, TODAY)]


OPT = factories.work("OPT", date(2026, 6, 1), date(2027, 5, 31))
STEM = factories.work("STEM", date(2027, 6, 1), date(2029, 5, 31))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {
                "employments": (
                    factories.work("CPT", date(2025, 1, 1), date(2025, 5, 23)),
                    factories.work("OPT", date(2025, 6, 1), date(2025, 10, 30), completion="pre"),
                )
            },
            [("Full-time CPT used", "143 of 364 days"), ("OPT used", "5 of 12 months")],
        ),
        (
            {"employments": (OPT,), "jobs": (Job(1, date(2026, 7, 2), None, 40),)},
            [
                ("Full-time CPT used", "0 of 364 days"),
                ("OPT used", "12 of 12 months"),
                ("Days without work during OPT", "31 of 90 days"),
            ],
        ),
        (
            {"employments": (OPT, STEM), "jobs": (Job(1, date(2026, 6, 1), None, 19),)},
            [
                ("Full-time CPT used", "0 of 364 days"),
                ("OPT used", "12 of 12 months"),
                # The 60 days more of STEM OPT are given once it has begun.
                ("Days without work during OPT", "127 of 90 days"),
            ],
        ),
        (
            {
                "visa_class": "J-1",
                "exchange_category": "1D",
                "employments": (factories.work("AT", date(2026, 5, 16), date(2026, 8, 15)),),
            },
            [("Academic training used", "3 of 18 months")],
        ),
        ({"visa_class": "J-1", "exchange_category": "08"}, []),
        ({"visa_class": "F-2"}, []),
    ],
)
def test_training_is_shown_against_its_limit(changes, expected):
    assert bars(**changes) == expected


def test_the_reports_of_stem_opt_stand_with_the_work(portal, student):
    stem = student.employments.create(
        kind="STEM",
        start=date(2026, 4, 1),
        end=date(2028, 3, 31),
        education_level="05",
    )
    for months, due, done in (
        (6, date(2026, 9, 1), None),
        (12, date(2026, 10, 20), None),
        (18, date(2027, 10, 1), None),
        (24, date(2028, 3, 31), date(2026, 10, 1)),
    ):
        stem.validations.create(months=months, due_on=due, done_on=done)

    rows = groups(portal)["work"].rows[1:]

    assert [(str(each.label), each.value, str(each.stamp), each.tone) for each in rows] == [
        (
            *("STEM report after 6 months", "due September 1, 2026"),
            *("Overdue since September 15, 2026. Send it today.", "bad"),
        ),
        (
            *("STEM report after 12 months", "due October 20, 2026"),
            *("Send it by November 3, 2026", "warn"),
        ),
        (
            *("STEM report after 18 months", "due October 1, 2027"),
            *("From September 1, 2027, due October 1, 2027", "muted"),
        ),
        (
            *("STEM report after 24 months", "due March 31, 2028"),
            *("Sent on October 1, 2026", "ok"),
        ),
    ]


FEW = "Few days are left. Report every job, and speak with us."


@pytest.mark.parametrize(
    ("job_start", "numbers", "warning"),
    [
        (date(2026, 7, 30), {}, None),
        (date(2026, 7, 31), {}, FEW),
        (date(2026, 7, 30), {"unemployment_warning": 59}, FEW),
        (date(2026, 8, 30), {}, "No day is left. Speak with our office today."),
    ],
)
def test_days_without_work_warn_from_the_offices_number_on(job_start, numbers, warning):
    facts = RecordFacts(
        visa_class="F-1", employments=(OPT,), jobs=(Job(1, job_start, None, 40),)
    )  # fmt: skip
    policies = {key: policy_of(key) for key in folder_types()}
    policies["opt_report"] = policy_of("opt_report", **numbers)

    bar = training_bars(facts, policies, TODAY)[-1]
    assert (str(bar.warning) if bar.is_tight else None) == warning


@pytest.mark.parametrize(
    ("key", "leads_to"),
    [
        ("us_address", "/portal/requests/new/address_update/?about=us_address"),
        ("contact", "/portal/requests/new/address_update/?about=contact"),
        ("dependents", "/portal/requests/new/dependent_add/?about=dependents"),
        ("funding", "/portal/requests/new/funding_change/?about=funding"),
        ("passport", "/portal/documents/send/?kind=passport"),
        ("enrollment", "/portal/documents/send/?about=enrollment"),
    ],
)
def test_something_is_wrong_leads_to_what_corrects_it(portal, key, leads_to):
    assert groups(portal)[key].fix == leads_to


def test_the_kind_of_the_document_is_chosen_already(portal):
    form = portal.get("/portal/documents/send/?kind=passport").context["form"]
    assert form["kind"].value() == "passport"


def test_where_the_request_is_not_open_a_document_is_sent(portal, student):
    student.sevis_status = "completed"
    student.save()

    assert groups(portal)["us_address"].fix == "/portal/documents/send/?about=us_address"


def test_the_request_begins_with_what_is_wrong(portal):
    page = portal.get(groups(portal)["emergency"].fix)
    portal.post(
        "/portal/requests/new/address_update/",
        {"start_key": page.context["start_key"], "about": page.context["about"]},
    )

    assert StudentRequest.objects.get().answers["changed"] == ["emergency"]


@pytest.mark.parametrize("about", ["", "nothing", "\x00", "passport"])
def test_a_request_about_nothing_begins_as_ever(portal, about):
    page = portal.get("/portal/requests/new/address_update/", {"about": about})
    assert page.context["about"] == ""

    portal.post("/portal/requests/new/address_update/", {"start_key": "x", "about": about})
    assert "changed" not in StudentRequest.objects.get().answers


@pytest.mark.parametrize("rows", [1, 30])
def test_the_whole_record_is_read_in_a_few_queries(
    portal, student, rows, django_assert_num_queries
):
    fill(student, rows)
    portal.get("/portal/profile/")

    # One of them asks whether the number has just been shown, which is noted once.
    with django_assert_num_queries(15):
        answer = portal.get("/portal/profile/?show=passport_number")
    assert len({each.key: each for each in answer.context["groups"]}["work"].rows) == rows
