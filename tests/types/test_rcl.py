"""Reduced course load: which reason allows how much, for how long, and what was used."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.requests.models import Approval
from isso.requests.perform import perform
from isso.requests.records.facts import RecordFacts, ReducedLoad, days_covered
from isso.requests.records.models import ReducedCourseLoad
from isso.requests.records.reading import facts_for
from isso.requests.registry import get_type
from isso.requests.request_form import Situation
from isso.requests.rules.course_load import (
    credits_that_count,
    end_window,
    full_load,
    half_load,
    medical_days_used,
)
from isso.requests.rules.dates import add_months
from isso.requests.rules.verdict import Standing
from isso.tests import factories
from isso.tests.approver.links import address
from isso.tests.types import asking

KEY = "rcl"
TYPE = get_type(KEY)
TODAY = date(2026, 10, 5)
# In the second year; the last term is still far.
STUDENT = RecordFacts(
    visa_class="F-1",
    sevis_status="active",
    stage="continuing",
    education_level="05",
    program_start=date(2025, 8, 25),
    program_end=date(2027, 5, 15),
    term_start=date(2026, 9, 1),
    term_end=date(2026, 12, 18),
    credits=9,
    check_in_completed_on=date(2025, 9, 1),
)
FRESHMAN = replace(
    STUDENT,
    education_level="04",
    program_start=date(2026, 8, 25),
    program_end=date(2030, 5, 15),
    credits=15,
)
FINISHING = replace(STUDENT, program_end=date(2026, 12, 18))
VISITOR = replace(FINISHING, visa_class="J-1", exchange_category="1D")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (STUDENT, (Standing.OPEN, date(2027, 5, 15), "")),
        (VISITOR, (Standing.OPEN, date(2026, 12, 18), "")),
        (
            replace(STUDENT, program_end=date(2026, 10, 4)),
            (
                Standing.CLOSED_SINCE,
                date(2026, 10, 4),
                "The last day was October 4, 2026. After your program no load is required.",
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
            replace(VISITOR, exchange_category="08"),
            (
                Standing.NOT_FOR_YOU,
                None,
                "This request is for J-1 students. Scholars and interns have other ways; write to "
                "us.",
            ),
        ),
        (
            replace(STUDENT, sevis_status="terminated"),
            (
                Standing.NEEDS,
                None,
                "Your SEVIS record must be Active. It is Terminated. Write to us if this is wrong.",
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


@pytest.mark.parametrize(
    ("level", "numbers", "full", "half"),
    [
        ("04", {}, 12, 6),
        ("04", {"undergraduate_credits": 15}, 15, 8),
        ("05", {}, 9, 5),
        ("06", {"graduate_credits": 6}, 6, 3),
        ("07", {}, 12, 6),
    ],
)
def test_a_full_and_a_half_load(level, numbers, full, half):
    facts, policy = replace(STUDENT, education_level=level), asking.policy_of(KEY, **numbers)

    assert (full_load(facts, policy), half_load(facts, policy)) == (full, half)


@pytest.mark.parametrize(
    ("credits", "online", "counted"), [(9, 0, 9), (9, 3, 9), (9, 4, 8), (6, 6, 3), (0, 0, 0)]
)
def test_of_online_credits_three_count(credits, online, counted):
    assert credits_that_count(credits, online) == counted


ILL = ReducedLoad("01", date(2026, 1, 20), date(2026, 5, 15), "05")
ENGLISH = ReducedLoad("02", date(2025, 9, 1), date(2025, 12, 18), "05")


@pytest.mark.parametrize(
    ("facts", "start", "reason", "numbers", "last"),
    [
        # The term that runs, or five months of a later one.
        (STUDENT, date(2026, 9, 1), "02", {}, date(2026, 12, 18)),
        (STUDENT, date(2027, 1, 20), "01", {}, date(2027, 5, 15)),
        (FRESHMAN, date(2027, 1, 20), "01", {}, date(2027, 6, 19)),
        (FRESHMAN, date(2027, 1, 20), "01", {"term_months": 4}, date(2027, 5, 19)),
        # 116 days are used: 12 months less these.
        (replace(STUDENT, reduced_loads=(ILL,)), date(2026, 9, 1), "01", {}, date(2026, 12, 18)),
        (
            replace(STUDENT, reduced_loads=(ILL,)),
            *(date(2026, 9, 1), "01", {"medical_months": 6}, date(2026, 11, 4)),
        ),
        # Illness at an earlier level, or another reason, does not count.
        (
            replace(STUDENT, reduced_loads=(ILL._replace(education_level="04"), ENGLISH)),
            *(date(2026, 9, 1), "01", {"medical_months": 3}, date(2026, 11, 30)),
        ),
    ],
)
def test_until_when_a_load_is_permitted(facts, start, reason, numbers, last):
    policy = asking.policy_of(KEY, **numbers)
    window = end_window(facts, start, reason, facts.program_end, policy)

    assert (window.first, window.last) == (start, last)


DAYS = st.dates(date(2010, 1, 1), date(2040, 12, 31))
SPANS = st.lists(st.tuples(DAYS, st.integers(0, 200)), max_size=5)


@given(SPANS, DAYS, st.integers(0, 200), st.integers(1, 12))
def test_illness_never_comes_to_more_than_twelve_months(spans, start, length, months):
    loads = tuple(ReducedLoad("01", day, day + timedelta(days=more)) for day, more in spans)
    facts = replace(STUDENT, program_end=date(2060, 1, 1), term_start=None, reduced_loads=loads)
    policy = asking.policy_of(KEY, medical_months=months)
    end = start + timedelta(days=length)

    if not end_window(facts, start, "01", facts.program_end, policy).objection(end):
        allowed = (add_months(start, months) - start).days
        assert medical_days_used(facts) + length + 1 <= allowed
        assert days_covered([*((each.start, each.end) for each in loads), (start, end)]) <= allowed


def errors_of(slug, facts, **changes):
    answers = factories.answers_for(KEY, facts) | changes
    return asking.errors_of(KEY, slug, answers, facts, TODAY)


TERM = {"start": "2026-09-01", "end": "2026-12-18"}
DIFFICULT = TERM | {"reason": "02", "credits_now": "15", "credits_after": "6", "courses": "MA 101"}
MEDICAL = TERM | {"reason": "01", "credits_after": "0", "courses": "All of them"}


@pytest.mark.parametrize(
    ("facts", "changes"),
    [
        (FINISHING, {}),
        (VISITOR, {}),
        (FRESHMAN, DIFFICULT),
        (FRESHMAN, DIFFICULT | {"credits_after": "8", "online_credits": "5"}),
        (STUDENT, MEDICAL),
        (replace(STUDENT, reduced_loads=(ILL, ENGLISH)), MEDICAL),
        # Difficulty at an earlier level does not count.
        (
            replace(FRESHMAN, reduced_loads=(ENGLISH._replace(education_level="03"),)),
            DIFFICULT,
        ),
    ],
)
@pytest.mark.parametrize("slug", ["reason", "load", "approver"])
def test_good_answers_pass(monday, slug, facts, changes):
    assert errors_of(slug, facts, **changes) == {}


HALF = "Keep at least half of a full load: {} credits. Of online credits three count at most."


@pytest.mark.parametrize(
    ("facts", "slug", "changes", "name", "sentence"),
    [
        (
            replace(STUDENT, reduced_loads=(ENGLISH,)),
            *("reason", {"reason": "04"}, "reason"),
            "Academic difficulty counts once at each level. You used it from September 1, 2025 to "
            "December 18, 2025.",
        ),
        (
            *(STUDENT, "reason", {"reason": "07"}, "reason"),
            "Select a valid choice. 07 is not one of the available choices.",
        ),
        (
            *(STUDENT, "reason", {"has_dropped": "yes"}, "has_dropped"),
            "The permission must come before you drop. Add the course again if you can, and speak "
            "with our office today.",
        ),
        (
            *(STUDENT, "load", DIFFICULT | {"credits_now": "9"}, "start"),
            "Academic difficulty counts only in your first term at this level. Speak with our "
            "office about other ways.",
        ),
        (FRESHMAN, "load", DIFFICULT | {"credits_after": "5"}, "credits_after", HALF.format(6)),
        (
            *(FRESHMAN, "load", DIFFICULT | {"online_credits": "4"}, "credits_after"),
            HALF.format(6),
        ),
        (
            *(FRESHMAN, "load", DIFFICULT | {"credits_after": "12"}, "credits_after"),
            "This is a full load of 12 credits: you need no permission.",
        ),
        (
            *(FRESHMAN, "load", DIFFICULT | {"credits_now": "4"}, "credits_after"),
            "These are more credits than you have now.",
        ),
        (
            *(FINISHING, "load", {"online_credits": "7"}, "online_credits"),
            "These are more credits than you keep.",
        ),
        (
            *(FINISHING, "load", {"online_credits": "6"}, "online_credits"),
            "In your last term at least one course is in person.",
        ),
        (
            *(FINISHING, "load", {"credits_after": "0"}, "credits_after"),
            "Keep at least one course in your last term.",
        ),
        (FRESHMAN, "load", DIFFICULT | {"courses": ""}, "courses", "This field is required."),
        (
            *(STUDENT, "load", TERM, "end"),
            "Your form says that your program ends on May 15, 2027. If this is your last term, "
            "ask for early completion first.",
        ),
        (
            *(FINISHING, "load", {"end": "2026-12-19"}, "end"),
            "Choose December 18, 2026 or an earlier day. We permit one term at a time. This one "
            "ends on December 18, 2026.",
        ),
        (
            *(STUDENT, "load", MEDICAL | {"start": "2026-08-31", "end": "2026-12-18"}, "start"),
            "Choose September 1, 2026 or a later day. This term began on September 1, 2026.",
        ),
        (
            replace(STUDENT, term_start=None),
            *("load", MEDICAL | {"start": "2026-10-04"}, "start"),
            "Choose October 5, 2026 or a later day. Permission comes first; we cannot give it for "
            "the past.",
        ),
        (
            replace(
                STUDENT, reduced_loads=(ILL._replace(start=date(2025, 9, 1), end=date(2026, 7, 1)),)
            ),
            *("load", MEDICAL, "end"),
            "Choose October 31, 2026 or an earlier day. Illness counts for 12 months in all at one "
            "level. You have used 304 days.",
        ),
        # Nothing is left.
        (
            replace(
                STUDENT, reduced_loads=(ILL._replace(start=date(2025, 9, 1), end=date(2026, 9, 1)),)
            ),
            *("load", MEDICAL, "end"),
            "Illness counts for 12 months in all at one level. You have used 366 days.",
        ),
    ],
)
def test_bad_answers_are_refused_at_the_field(monday, facts, slug, changes, name, sentence):
    assert errors_of(slug, facts, **changes) == {name: [sentence]}


@pytest.mark.parametrize(
    ("facts", "day", "is_first"),
    [
        (FRESHMAN, "2026-09-01", True),
        (FRESHMAN, "2027-01-20", True),
        (FRESHMAN, "2027-01-25", False),
        (STUDENT, "2026-09-01", False),
        (replace(FRESHMAN, term_start=None), "2026-10-05", True),
        (replace(FRESHMAN, program_start=None), "2026-10-05", False),
    ],
)
def test_the_first_term_at_a_level(monday, facts, day, is_first):
    found = errors_of("load", facts, **DIFFICULT | {"start": day, "end": "2027-02-01"})

    assert ("start" in found) == (not is_first)


def test_only_commuters_may_name_that_reason():
    assert errors_of("reason", replace(STUDENT, is_commuter=True), reason="07") == {}


@pytest.mark.parametrize(
    ("reason", "asks", "files"),
    [
        ("01", False, ["medical_letter", "schedule"]),
        ("02", True, ["schedule"]),
        ("05", True, ["schedule"]),
        ("06", True, ["degree_audit", "schedule"]),
        ("07", False, ["schedule"]),
        (None, False, ["schedule"]),
    ],
)
def test_whom_and_what_each_reason_needs(reason, asks, files):
    answers = {"reason": reason}
    form = asking.bound(KEY, "approver", answers, STUDENT, TODAY)

    assert (TYPE.asks_approver(answers), TYPE.page("approver").is_asked(answers)) == (asks, asks)
    assert bool(form.fields) == asks
    assert [slot.name for slot in TYPE.slots if slot.is_asked(answers)] == files


GOOD = {
    "is_official": "yes",
    "reason_confirmed": "06",
    "courses_approved": "",
    "credits_after": "6",
    "last_term": "yes",
}


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({}, set()),
        ({"reason_confirmed": "02", "last_term": "goes_on"}, set()),
        ({"last_term": "goes_on"}, {"last_term"}),
        ({"last_term": "unclear"}, {"last_term"}),
        ({"reason_confirmed": "none"}, {"reason_confirmed"}),
        ({"reason_confirmed": "01"}, {"reason_confirmed"}),
        ({"is_official": "no"}, {"is_official"}),
        ({"credits_after": ""}, {"credits_after"}),
    ],
)
def test_the_approver_confirms_reason_and_credits(changes, names):
    assert set(TYPE.approval_steps[0].questionnaire(GOOD | changes).errors) == names


def test_what_the_approver_says_otherwise_stands_in_the_checklist():
    said = {"reason": "06", "credits_after": 6}
    agreed = {"reason_confirmed": "06", "credits_after": 6}
    other = {"reason_confirmed": "05", "credits_after": 3}

    assert TYPE.differences(said, agreed) == ()
    assert [(str(label), str(words)) for label, words in TYPE.differences(said, other)] == [
        (
            "Reason",
            "The approver says “Improper course level placement”, the student “To complete the "
            "program in the current term”. Settle which one is right.",
        ),
        (
            "Credits after the change",
            "The approver says 3, the student 6. Settle which one is right.",
        ),
    ]


def rows_of(record):
    """Return what the record holds of loads, the term and the forms."""
    record.refresh_from_db()
    loads = record.reduced_loads.values_list("reason", "start", "end", "education_level", "status")
    forms = record.issued_forms.values_list("kind", "reason")
    term = (record.credits, record.is_full_time, record.is_last_session)
    return list(loads), term, list(forms)


TERM_DAYS = {"term_start": date(2026, 9, 1), "term_end": date(2026, 12, 18)}


def test_from_the_tile_over_the_approver_to_completed(office, client):
    record = factories.make_student(program_end=date(2026, 12, 18), credits=9, **TERM_DAYS)
    client.force_login(record.user)
    offered = client.get(f"/portal/requests/new/{KEY}/")
    before = rows_of(record)

    done = factories.make_request(record, KEY, "completed")

    assert (offered.status_code, done.state) == (200, "completed")
    assert before == ([], (9, None, False), [])
    assert rows_of(record) == (
        [("06", TODAY, date(2026, 12, 18), "05", "authorized")],
        (6, False, True),
        [("I-20", "updated")],
    )
    assert (done.approvals.count(), done.sevis_due_on) == (1, date(2026, 10, 26))
    assert (done.effective_start, done.effective_end) == (TODAY, date(2026, 12, 18))


def test_an_illness_goes_straight_to_the_office(office):
    record = factories.make_student(credits=9, **TERM_DAYS)

    done = factories.make_request(record, KEY, "completed", **MEDICAL)

    assert list(done.history.values_list("to_state", flat=True)[1:3]) == ["submitted", "in_review"]
    assert Approval.objects.count() == 0
    assert rows_of(record) == (
        [("01", date(2026, 9, 1), date(2026, 12, 18), "05", "authorized")],
        (0, False, False),
        [("I-20", "updated")],
    )


def test_a_later_term_leaves_the_present_one_alone(office):
    record = factories.make_student(credits=9, **TERM_DAYS)
    later = {"start": "2027-01-20", "end": "2027-05-15"}

    factories.make_request(record, KEY, "completed", **MEDICAL | later)

    assert rows_of(record)[1] == (9, None, False)


def test_an_exchange_student_keeps_the_permission_without_a_form(office):
    record = factories.make_student(
        visa_class="J-1", exchange_category="1D", program_end=date(2026, 12, 18), **TERM_DAYS
    )

    factories.make_request(record, KEY, "completed")

    loads, _term, forms = rows_of(record)
    assert (len(loads), forms) == (1, [])


def test_the_record_counts_what_was_authorized_and_not_canceled(office):
    record = factories.make_student()
    for start, status in ((date(2026, 1, 20), "authorized"), (date(2025, 9, 1), "canceled")):
        ReducedCourseLoad.objects.create(
            record=record,
            reason="01",
            start=start,
            end=start + timedelta(days=9),
            status=status,
            education_level="05",
        )

    facts = facts_for(record)

    assert facts.reduced_loads == (ReducedLoad("01", date(2026, 1, 20), date(2026, 1, 29), "05"),)
    assert medical_days_used(facts) == 10


def test_a_new_reason_takes_the_request_away_from_the_approver(office):
    record = factories.make_student(program_end=date(2026, 12, 18), credits=9, **TERM_DAYS)
    waiting = factories.make_request(record, KEY, "approver_review")
    approver = factories.Actor.for_approval(waiting.current_approval)
    back = perform(waiting, "return_to_student", approver, note="You told me that you are ill.")
    student = factories.Actor.for_user(record.user)
    for page in TYPE.pages[:2]:
        posted = factories._as_posted(factories.answers_for(KEY, record) | MEDICAL)
        back, _form = factories.drafting.save_page(back, page, posted, student)

    [letter] = [slot for slot in TYPE.slots if slot.name == "medical_letter"]
    factories.drafting.attach(back, letter, factories.pdf_file(), student)

    sent = perform(back, "resubmit", student, attestations=factories.everything_attested(back))

    assert (sent.state, sent.approvals.count()) == ("submitted", 1)


def test_the_approver_reads_the_load_and_never_the_rest(office, client):
    record = factories.make_student(program_end=date(2026, 12, 18), credits=9, **TERM_DAYS)
    waiting = factories.make_request(record, KEY, "approver_review")

    html = client.get(address(waiting.current_approval)).content.decode()

    shown = ("Two courses are left of my degree.", "Degree audit")
    hidden = ("Do you work on campus?", "Medical letter", "Have you dropped a course already?")
    assert [word for word in shown if word not in html] == []
    assert [word for word in hidden if word in html] == []


@pytest.mark.parametrize(
    ("facts", "changes", "entry"),
    [
        (
            *(FINISHING, {}),
            (
                "AuthDropBelowFC Add",
                {
                    "Reason": "06 To complete the program in the current term",
                    "Start date": "10/05/2026",
                    "End date": "12/18/2026",
                    "Remarks": "Two courses are left of my degree.",
                },
            ),
        ),
        # What somebody writes about an illness does not go into SEVIS.
        (
            *(STUDENT, MEDICAL),
            (
                "AuthDropBelowFC Add",
                {
                    "Reason": "01 Illness or medical condition",
                    "Start date": "09/01/2026",
                    "End date": "12/18/2026",
                },
            ),
        ),
        (
            *(VISITOR, {}),
            (
                "Reduced load, J-1: no event, note it in the file",
                {
                    "Reason": "06 To complete the program in the current term",
                    "Start date": "10/05/2026",
                    "End date": "12/18/2026",
                },
            ),
        ),
    ],
)
def test_what_is_keyed_into_sevis(monday, facts, changes, entry):
    answers = factories.answers_for(KEY, facts, **changes)
    cleaned = asking.cleaned_of(KEY, answers, facts, TODAY)

    assert asking.values_of(TYPE.sevis_entries(cleaned, facts)) == [entry]


def test_the_panel_counts_what_was_used():
    facts = replace(STUDENT, reduced_loads=(ILL, ENGLISH))
    typed = {"credits_after": "3", "has_campus_job": "yes"}

    assert asking.panel_of(KEY, typed, facts, TODAY) == [
        ("Full load", "9 credits", ""),
        ("After the change", "3 of 9 credits", ""),
        ("Illness, used at this level", "116 days of 12 months", "warn"),
        ("Academic difficulty at this level", "Used", "bad"),
        ("Your campus job", "At most 20 hours a week in the term", "warn"),
    ]
    assert TYPE.panel(Situation(STUDENT, TODAY, asking.policy_of(KEY), {}))[-1][2] == "ok"
