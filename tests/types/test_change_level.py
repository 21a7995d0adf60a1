"""Change of level: until when, when the new program begins, how Check-In turns the record."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.requests.records.facts import FamilyMember, RecordFacts
from isso.requests.records.models import Dependent, EmploymentAuthorization
from isso.requests.records.reading import facts_for
from isso.requests.registry import get_type
from isso.requests.rules.check_in import ARRIVAL, TERM, kind_of, start_of
from isso.requests.rules.dates import add_months
from isso.requests.rules.next_program import months_of, next_program_entered, start_window
from isso.requests.rules.verdict import Standing
from isso.tests import factories
from isso.tests.types import asking

KEY = "change_level"
TYPE = get_type(KEY)
TODAY = date(2026, 10, 5)
STUDENT = RecordFacts(
    visa_class="F-1",
    sevis_status="active",
    stage="continuing",
    education_level="05",
    program_start=date(2025, 8, 25),
    program_end=date(2027, 5, 15),
    check_in_completed_on=date(2025, 9, 1),
    passport_expiry=date(2032, 1, 1),
)
OPT = factories.work("OPT", date(2026, 6, 1), date(2027, 5, 31))
GRADUATE = replace(STUDENT, program_end=date(2026, 5, 15), employments=(OPT,))
IN_GRACE = replace(STUDENT, program_end=date(2026, 8, 20))
VISITOR = replace(STUDENT, visa_class="J-1", exchange_category="1D")
ADMITTED = replace(STUDENT, next_program_start=date(2027, 8, 30))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (STUDENT, (Standing.OPEN, date(2027, 7, 14), "")),
        (IN_GRACE, (Standing.OPEN, date(2026, 10, 19), "")),
        (GRADUATE, (Standing.OPEN, date(2027, 7, 30), "")),
        (
            replace(STUDENT, program_end=date(2026, 8, 5)),
            (
                Standing.CLOSED_SINCE,
                date(2026, 10, 4),
                "The last day was October 4, 2026. Your grace period lasts 60 days.",
            ),
        ),
        (
            ADMITTED,
            (
                Standing.NEEDS,
                None,
                "Your next program begins on August 30, 2027. Check in for it then.",
            ),
        ),
        (VISITOR, (Standing.OPEN, date(2027, 5, 15), "")),
        (
            replace(VISITOR, program_end=date(2026, 10, 4)),
            (
                Standing.CLOSED_SINCE,
                date(2026, 10, 4),
                "The last day was October 4, 2026. A J-1 level changes before the program ends, "
                "not in the 30 days after it.",
            ),
        ),
        (
            replace(VISITOR, exchange_category="08"),
            (
                Standing.NOT_FOR_YOU,
                None,
                "This request is for J-1 students. Scholars and interns have other ways; write to "
                "us.",
            ),
        ),
        (
            replace(STUDENT, visa_class="F-2"),
            (
                Standing.NOT_FOR_YOU,
                None,
                "This request is for people in F-1 or J-1 status. Your record says F-2.",
            ),
        ),
        (
            replace(STUDENT, sevis_status="completed"),
            (
                Standing.NEEDS,
                None,
                "Your SEVIS record must be Active. It is Completed. Write to us if this is wrong.",
            ),
        ),
        (
            replace(STUDENT, check_in_completed_on=None),
            (Standing.NEEDS, None, "First complete your Check-In."),
        ),
        (
            replace(STUDENT, program_end=None),
            (
                Standing.NEEDS,
                None,
                "Your record has no program end date yet. Write to us so that we can add it.",
            ),
        ),
    ],
)
def test_who_may_ask(facts, expected):
    assert asking.verdict_of(KEY, facts, TODAY) == expected


def test_the_grace_period_is_the_offices_number():
    assert asking.verdict_of(KEY, IN_GRACE, TODAY, grace_days=30)[:2] == (
        Standing.CLOSED_SINCE,
        date(2026, 9, 19),
    )


@pytest.mark.parametrize(
    ("facts", "first", "last"),
    [
        (STUDENT, date(2027, 5, 16), date(2027, 10, 15)),
        (IN_GRACE, date(2026, 10, 6), date(2027, 1, 20)),
        # Five months from the last day of OPT; it may also be cut short.
        (GRADUATE, date(2026, 10, 6), date(2027, 10, 31)),
        # One record without a long break: the office's 120 days.
        (VISITOR, date(2027, 5, 16), date(2027, 9, 12)),
    ],
)
def test_when_the_new_program_begins(facts, first, last):
    window = start_window(facts, TODAY, asking.policy_of(KEY))

    assert (window.first, window.last) == (first, last)


DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@given(DAYS, st.none() | st.integers(0, 365), st.integers(-400, 500), st.integers(-50, 900))
def test_no_program_begins_before_the_old_one_ends_or_after_five_months(ends, opt, asked, chosen):
    work = () if opt is None else (OPT._replace(start=ends, end=ends + timedelta(days=opt)),)
    facts = replace(STUDENT, program_end=ends, employments=work)
    today, start = ends + timedelta(days=asked), ends + timedelta(days=chosen)

    if not start_window(facts, today, asking.policy_of(KEY)).objection(start):
        last = max([ends, *(each.end for each in work)])
        assert max(ends, today) < start <= add_months(last, 5)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2027, 8, 30), date(2031, 5, 15), 45),
        (date(2027, 9, 1), date(2028, 8, 31), 12),
        (date(2027, 9, 1), date(2028, 9, 1), 13),
        (date(2027, 9, 1), date(2027, 9, 2), 1),
    ],
)
def test_the_length_of_study_counts_every_month_begun(start, end, months):
    assert months_of(start, end) == months


def errors_of(slug, facts=STUDENT, **changes):
    return asking.errors_of(KEY, slug, factories.answers_for(KEY, facts) | changes, facts, TODAY)


SPOUSE = FamilyMember(7, "Moussa Ndiaye", "spouse")


@pytest.mark.parametrize(
    "facts", [STUDENT, IN_GRACE, GRADUATE, replace(STUDENT, dependents=(SPOUSE,))]
)
@pytest.mark.parametrize("slug", ["program", "dates", "funding"])
def test_good_answers_pass(monday, slug, facts):
    assert errors_of(slug, facts) == {}


@pytest.mark.parametrize(
    ("facts", "slug", "changes", "name", "sentence"),
    [
        (
            *(STUDENT, "program", {"new_cip": "2705"}, "new_cip"),
            "Write two digits, a period and four digits, like 11.0701.",
        ),
        (
            *(STUDENT, "program", {"english": "not_required"}, "english_reason"),
            "Write why, such as a course in another language.",
        ),
        (
            *(STUDENT, "program", {"new_level": "01"}, "new_level"),
            "Select a valid choice. 01 is not one of the available choices.",
        ),
        (
            *(VISITOR, "program", {"new_level": "07"}, "new_level"),
            "Select a valid choice. 07 is not one of the available choices.",
        ),
        (
            *(VISITOR, "program", {"same_objective": "no"}, "same_objective"),
            "A J-1 program keeps the purpose for which you came. Speak with our office about other "
            "ways.",
        ),
        (
            *(VISITOR, "dates", {"new_start": "2027-09-13"}, "new_start"),
            "Choose September 12, 2027 or an earlier day. No more than 120 days may lie between "
            "two programs.",
        ),
        (
            *(STUDENT, "dates", {"new_start": "2027-05-15"}, "new_start"),
            "Choose May 16, 2027 or a later day. Your present program ends on May 15, 2027. If "
            "you finish earlier, ask for early completion first.",
        ),
        (
            *(STUDENT, "dates", {"new_start": "2027-10-16"}, "new_start"),
            "Choose October 15, 2027 or an earlier day. It must begin within five months after "
            "your program ends.",
        ),
        (
            *(IN_GRACE, "dates", {"new_start": "2026-10-05"}, "new_start"),
            "Choose October 6, 2026 or a later day. The new form comes before the first day.",
        ),
        (
            *(GRADUATE, "dates", {"new_start": "2027-11-01"}, "new_start"),
            "Choose October 31, 2027 or an earlier day. It must begin within five months after "
            "your program or OPT ends.",
        ),
        (
            *(STUDENT, "dates", {"new_end": "2027-06-14"}, "new_end"),
            "Choose June 15, 2027 or a later day. A program ends after it begins.",
        ),
        (
            *(STUDENT, "dates", {"new_end": "2035-09-14"}, "new_end"),
            "Choose September 13, 2035 or an earlier day. SEVIS takes 99 months at most.",
        ),
        (
            *(STUDENT, "dates", {"deposit_paid": "no"}, "deposit_paid"),
            "Accept the offer first; then send this request.",
        ),
        (
            *(GRADUATE, "dates", {"training_ends": "no"}, "training_ends"),
            "OPT always ends with the new program. Choose a later start, or wait.",
        ),
        (
            *(STUDENT, "funding", {"school": "35,000"}, "personal"),
            "Your costs come to $50,000 and your money to $45,000: $5,000 are missing. Add a "
            "source or correct an amount.",
        ),
    ],
)
def test_bad_answers_are_refused_at_the_field(monday, facts, slug, changes, name, sentence):
    assert errors_of(slug, facts, **changes) == {name: [sentence]}


def test_only_what_applies_is_asked():
    def asked(slug, facts):
        return set(asking.bound(KEY, slug, {}, facts, TODAY).fields)

    family = replace(GRADUATE, dependents=(SPOUSE,))
    assert asked("program", family) - asked("program", STUDENT) == {"dependents_stay"}
    assert asked("program", VISITOR) - asked("program", STUDENT) == {"same_objective"}
    assert asked("dates", family) - asked("dates", STUDENT) == {"training_ends"}
    assert asked("funding", family) - asked("funding", STUDENT) == {"dependents_cost"}


def program_of(record):
    """Return the present program of a record and the next one."""
    record.refresh_from_db()
    return tuple(
        tuple(getattr(record, f"{when}{name}") for name in names)
        for when, names in (
            ("", ("education_level", "major", "cip_code", "program_start", "program_end")),
            ("next_", ("education_level", "major", "cip_code", "program_start", "program_end")),
        )
    )


EMPTY = ("", "", "", None, None)


def test_from_the_tile_over_completed_to_check_in(office, client, time_machine):
    record = factories.make_student(
        cip_code="30.7001",
        minor="Music",
        minor_cip_code="50.0901",
        program_end=date(2026, 12, 18),
        is_last_session=True,
    )
    Dependent.objects.create(record=record, given_name="Moussa", relation="spouse")
    EmploymentAuthorization.objects.create(
        record=record,
        kind="OPT",
        completion="post",
        start=date(2026, 12, 19),
        end=date(2027, 12, 18),
        education_level="05",
    )
    client.force_login(record.user)
    offered = client.get(f"/portal/requests/new/{KEY}/")
    present = ("05", "Data Science", "30.7001", record.program_start, date(2026, 12, 18))
    start, end = date(2027, 1, 19), date(2031, 5, 15)
    coming = ("06", "Statistics", "27.0501", start, end)
    before = program_of(record)

    done = factories.make_request(
        record, KEY, "completed", new_start=start.isoformat(), new_end=end.isoformat()
    )

    assert (offered.status_code, done.state) == (200, "completed")
    assert (before, program_of(record)) == ((present, EMPTY), (present, coming))
    assert list(record.issued_forms.order_by("pk").values_list("reason", "program_end")) == [
        *[("level", end)] * 2
    ]
    assert record.funding.get().months == 12
    # The training of the old level stops the day before.
    assert record.employments.get().end == date(2027, 1, 18)
    assert (done.deadline, done.sevis_due_on) == (date(2028, 2, 16), date(2026, 10, 26))
    assert asking.verdict_of(KEY, facts_for(record), TODAY)[0] == Standing.NEEDS

    time_machine.move_to(factories.MONDAY.replace(year=2027, month=1, day=20), tick=False)
    checked_in = factories.make_request(record, "check_in", "approved")
    factories.record_in_sevis(checked_in, factories.Actor.for_user(checked_in.assignee))
    factories.perform(
        factories.StudentRequest.objects.get(pk=checked_in.pk),
        "complete",
        factories.Actor.for_user(checked_in.assignee),
    )

    assert program_of(record) == (coming, EMPTY)
    assert (record.degree, record.minor, record.is_last_session) == (
        *("Doctor of Philosophy", ""),
        False,
    )
    assert record.check_in_completed_on == date(2027, 1, 20)


def test_a_family_that_leaves_gets_no_form():
    facts = replace(STUDENT, dependents=(SPOUSE,))
    cleaned = {
        **dict.fromkeys(("new_level", "new_major", "new_cip", "new_degree", "new_department"), "x"),
        **{"new_start": date(2027, 8, 30), "new_end": date(2031, 5, 15), "english": "met"},
    }
    found = {
        stays: TYPE.effects(cleaned | {"dependents_stay": stays}, facts, TODAY)[-1].dependents
        for stays in ("yes", "no")
    }

    assert found == {"yes": (7,), "no": ()}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (TERM, None)),
        ({"next_program_start": date(2027, 8, 30)}, (ARRIVAL, date(2027, 8, 30))),
        # A term of the present program that waits comes first.
        (
            {
                "next_program_start": date(2027, 8, 30),
                "term_start": date(2027, 1, 20),
                "check_in_completed_on": date(2026, 9, 3),
            },
            (TERM, date(2027, 1, 20)),
        ),
        (
            {
                "next_program_start": date(2027, 8, 30),
                "term_start": date(2027, 1, 20),
                "check_in_completed_on": date(2027, 1, 21),
            },
            (ARRIVAL, date(2027, 8, 30)),
        ),
    ],
)
def test_which_check_in_comes_next(changes, expected):
    facts = replace(STUDENT, **changes)

    assert (kind_of(facts), start_of(facts)) == expected


def test_a_record_without_a_next_program_does_not_turn():
    assert next_program_entered(STUDENT) == {}


def test_what_is_keyed_into_sevis(monday):
    answers = factories.answers_for(
        KEY,
        STUDENT,
        english="not_required",
        english_reason="Taught in Spanish",
        new_end="2031-05-15",
    )
    cleaned = asking.cleaned_of(KEY, answers, STUDENT, TODAY)

    assert asking.values_of(TYPE.sevis_entries(cleaned, STUDENT)) == [
        (
            "EducationLevel Change",
            {
                "Level": "06 Doctorate",
                "Major": "27.0501 Statistics",
                "Second major": "00.0000",
                "Minor": "00.0000",
                "Length of study": "48",
                "Program start date": "06/14/2027",
                "Program end date": "05/15/2031",
                "English required": "N",
                "Why English is not required": "Taught in Spanish",
            },
        ),
        (
            "FinancialInfo",
            {
                "Months": "12",
                "Tuition and fees": "30000",
                "Living expenses": "20000",
                "Your own and your family’s money": "10000",
                "Money from this university": "45000",
            },
        ),
    ]


SPONSORED = {"school": "", "sponsor": "45,000", "new_end": "2031-05-15"}


def test_the_one_record_of_j1_is_prolonged_at_once_and_matriculates(monday):
    answers = factories.answers_for(KEY, VISITOR, **SPONSORED)
    cleaned = asking.cleaned_of(KEY, answers, VISITOR, TODAY)

    assert asking.values_of(TYPE.sevis_entries(cleaned, VISITOR)) == [
        (
            "Program Matriculate",
            {"New program end date": "05/15/2031", "Matriculation": "D Doctorate"},
        ),
        ("Program EditSubject", {"Subject": "27.0501 Statistics"}),
        (
            "FinancialInfo",
            {
                "Months": "12",
                "Tuition and fees": "30000",
                "Living expenses": "20000",
                "Your own and your family’s money": "10000",
                "Money from your program sponsor": "45000",
            },
        ),
    ]
    changes = TYPE.effects(cleaned, VISITOR, TODAY)[0].changes
    assert (changes["program_end"], changes["expected_graduation"]) == (
        *(date(2031, 5, 15), date(2027, 5, 15)),
    )
    # The present one ends before the new one begins: it must stand there by then.
    ends_soon = replace(VISITOR, program_end=date(2026, 10, 12))
    assert TYPE.sevis_due(cleaned, ends_soon, TODAY, None) == date(2026, 10, 12)


def test_a_j1_student_goes_from_the_tile_to_the_check_in_of_the_new_level(office, time_machine):
    record = factories.make_student(
        visa_class="J-1", exchange_category="1D", program_end=date(2026, 12, 18)
    )
    start, end = date(2027, 1, 19), date(2031, 5, 15)
    days = {"new_start": start.isoformat(), "new_end": end.isoformat()}

    done = factories.make_request(record, KEY, "completed", **SPONSORED | days)

    record.refresh_from_db()
    assert (done.deadline, record.program_end, record.exchange_category) == (
        *(date(2026, 12, 18), end),
        "1D",
    )
    assert list(record.issued_forms.values_list("kind", "reason", "program_end")) == [
        ("DS-2019", "level", end)
    ]
    time_machine.move_to(factories.MONDAY.replace(year=2027, month=1, day=20), tick=False)
    facts = facts_for(record)
    assert next_program_entered(facts)["exchange_category"] == "1C"
    check_in = get_type("check_in")
    answers = factories.answers_for("check_in", record)
    cleaned = asking.cleaned_of("check_in", answers, facts, date(2027, 1, 20))
    # The record was validated on arrival, once.
    assert [each.event for each in check_in.sevis_entries(cleaned, facts)] == ["Biographical"]


def test_the_panel_names_the_last_days_and_what_ends():
    facts = replace(GRADUATE, passport_expiry=date(2027, 2, 1))
    typed = {"new_start": "2027-01-19", "tuition": "30,000", "school": "20,000"}

    assert asking.panel_of(KEY, typed, facts, TODAY) == [
        ("Ask no later than", "July 30, 2027", ""),
        ("The new program begins by", "October 31, 2027", ""),
        ("Check-In opens on", "December 20, 2026", ""),
        ("Your OPT ends on", "January 18, 2027", "warn"),
        ("Passport", "Renew it: it expires too soon", "warn"),
        ("Money for the first year", "$20,000 of $30,000", "bad"),
    ]
    assert asking.panel_of(KEY, {}, replace(STUDENT, program_end=None), TODAY) == []


@pytest.mark.parametrize(
    ("start", "due"),
    [(date(2027, 1, 19), date(2026, 10, 26)), (date(2026, 10, 12), date(2026, 10, 12))],
)
def test_it_stands_in_sevis_before_the_new_program_begins(start, due):
    assert TYPE.sevis_due({"new_start": start}, STUDENT, TODAY, None) == due
