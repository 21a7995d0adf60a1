"""Leave and withdrawal: who has days to leave, who may come back, and what ends in the record."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.requests.effects import ChangeDependents, ChangeRecord, CutWork, ReportAddress
from isso.requests.records.facts import FamilyMember, RecordFacts
from isso.requests.registry import get_type
from isso.requests.request_form import Situation
from isso.requests.rules.dates import add_months
from isso.requests.rules.stopping import same_record_until
from isso.requests.rules.verdict import Standing
from isso.tests import factories

from .asking import bound, cleaned_of, errors_of, panel_of, policy_of, values_of, verdict_of

KEY = "leave_withdrawal"
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
)
VISITOR = replace(STUDENT, visa_class="J-1", exchange_category="1D")
SPOUSE = FamilyMember(7, "Moussa Ndiaye", "spouse")
FAMILY = replace(STUDENT, dependents=(SPOUSE,))
LAST_CALL = date(2027, 5, 15)
NO_END = "Your record has no program end date yet. Write to us so that we can add it."


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (STUDENT, (Standing.OPEN, LAST_CALL, "")),
        (VISITOR, (Standing.OPEN, LAST_CALL, "")),
        (replace(STUDENT, program_end=TODAY), (Standing.OPEN, TODAY, "")),
        (
            replace(STUDENT, program_end=date(2026, 10, 4)),
            (
                Standing.CLOSED_SINCE,
                date(2026, 10, 4),
                "The last day was October 4, 2026. After your program the days of the grace period "
                "count.",
            ),
        ),
        (replace(STUDENT, program_end=None), (Standing.NEEDS, None, NO_END)),
        (
            replace(STUDENT, check_in_completed_on=None),
            (Standing.NEEDS, None, "First complete your Check-In."),
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
            replace(STUDENT, sevis_status="terminated"),
            (
                Standing.NEEDS,
                None,
                "Your SEVIS record must be Active. It is Terminated. Write to us if this is wrong.",
            ),
        ),
    ],
)
def test_who_may_ask(facts, expected):
    assert verdict_of(KEY, facts, TODAY) == expected


def answers(**changes):
    return factories.answers_for(KEY, None) | changes


STOPPED = {"has_stopped": "yes", "last_attended": "2026-09-18", "departure": "2026-10-12"}
AWAY = {"kind": "study_abroad"}
SENT_AWAY = {"kind": "dismissal", "dismissal": "suspended"}
LEAVE = "Choose {date} or an earlier day. You have 15 days to leave after the last day of classes."
NO_DAYS = (
    "Choose October 15, 2026 or a later day. Until then you attend classes. There are no days to "
    "leave after it. Go soon, and speak with our office today."
)
BAD = [
    ("kind", {}, {}),
    ("kind", {"kind": ""}, {"kind": "This field is required."}),
    ("kind", {"kind": "dismissal"}, {"dismissal": "Answer this question."}),
    ("kind", SENT_AWAY, {}),
    (
        "kind",
        {"new_school": "yes"},
        {"new_school": "Ask for a transfer instead, before you stop. An ended record cannot move."},
    ),
    (
        "kind",
        {"leaves_us": "no"},
        {
            "leaves_us": "Who stops studying cannot stay in this status. Speak with our office "
            "first."
        },
    ),
    (
        "kind",
        {"kind": "medical", "leaves_us": "no"},
        {
            "leaves_us": "Who is ill and stays here needs a reduced course load. Ask for that "
            "instead."
        },
    ),
    (
        "kind",
        AWAY | {"leaves_us": "no"},
        {"leaves_us": "Who studies here keeps the record as it is. You need no leave."},
    ),
    ("days", {}, {}),
    ("days", {"departure": "2026-10-30"}, {}),
    ("days", {"departure": "2026-10-31"}, {"departure": LEAVE.format(date="October 30, 2026")}),
    (
        "days",
        {"departure": "2026-10-14"},
        {"departure": "Choose October 15, 2026 or a later day. Until then you attend classes."},
    ),
    ("days", AWAY | {"departure": "2027-01-20"}, {}),
    ("days", SENT_AWAY | {"departure": "2026-10-14"}, {"departure": NO_DAYS}),
    ("days", SENT_AWAY | {"departure": "2026-10-15"}, {}),
    (
        "days",
        {"last_attended": "2026-10-04", "departure": "2026-10-10"},
        {
            "last_attended": "Choose October 5, 2026 or a later day. You wrote that you still "
            "attend."
        },
    ),
    (
        "days",
        {"last_attended": "2027-05-16", "departure": "2027-05-20", "returns_on": "2027-08-20"},
        {"last_attended": "Choose May 15, 2027 or an earlier day. Your program ends then."},
    ),
    ("days", STOPPED, {}),
    (
        "days",
        STOPPED | {"last_attended": "2026-10-06"},
        {
            "last_attended": "Choose October 5, 2026 or an earlier day. You wrote that you have "
            "stopped already."
        },
    ),
    (
        "days",
        STOPPED | {"last_attended": "2025-08-24"},
        {"last_attended": "Choose August 25, 2025 or a later day. Your program began then."},
    ),
    (
        "days",
        {"returns_on": "2026-10-20"},
        {"returns_on": "Choose October 25, 2026 or a later day. You leave on that day."},
    ),
    ("days", {"returns_on": ""}, {"returns_on": "This field is required."}),
    ("life", {}, {}),
    (
        "life",
        {"dependents_leave": "no"},
        {
            "dependents_leave": "They cannot stay when your record ends. Speak with our office "
            "first."
        },
    ),
    ("life", AWAY | {"dependents_leave": "no"}, {}),
    ("abroad", {}, {}),
    (
        "abroad",
        {"foreign_country": "United States"},
        {
            "foreign_country": "Select a valid choice. United States is not one of the available "
            "choices."
        },
    ),
    (
        "abroad",
        {"foreign_province": "n" * 31},
        {"foreign_province": "Ensure this value has at most 30 characters (it has 31)."},
    ),
]


@pytest.mark.parametrize(("slug", "changes", "sentences"), BAD)
def test_a_bad_answer_gets_its_sentence_at_its_field(monday, slug, changes, sentences):
    found = errors_of(KEY, slug, answers(**changes), FAMILY, TODAY)
    assert found == {name: [text] for name, text in sentences.items()}


def test_the_days_to_leave_are_the_offices_number(monday):
    found = errors_of(KEY, "days", answers(), STUDENT, TODAY, leave_days=5)
    assert found == {
        "departure": [
            "Choose October 20, 2026 or an earlier day. You have 5 days to leave after the last "
            "day of classes."
        ]
    }


def test_j1_has_no_days_to_leave_after_a_withdrawal(monday):
    early = answers(departure="2026-10-14")
    assert errors_of(KEY, "days", early, VISITOR, TODAY) == {"departure": [NO_DAYS]}
    assert errors_of(KEY, "days", answers(), VISITOR, TODAY) == {}


def test_before_anything_is_answered_only_the_request_has_its_days(monday):
    lines = TYPE.date_lines(Situation(STUDENT, TODAY, policy_of(KEY)))
    assert [str(line.label) for line in lines] == ["When you can ask"]


@given(
    attended=st.integers(0, 200),
    leaves=st.integers(-30, 300),
    days=st.integers(0, 15),
    kind=st.sampled_from(["medical", "personal", "withdrawal"]),
)
def test_no_accepted_departure_lies_beyond_the_days_to_leave(attended, leaves, days, kind):
    last, departure = TODAY + timedelta(days=attended), TODAY + timedelta(days=leaves)
    said = answers(
        kind=kind,
        last_attended=last.isoformat(),
        departure=departure.isoformat(),
        returns_on="2028-09-01",
    )
    found = errors_of(KEY, "days", said, STUDENT, TODAY, leave_days=days)

    assert ("departure" not in found) == (last <= departure <= last + timedelta(days=days))


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)))
def test_the_same_record_is_left_for_five_months(last):
    assert same_record_until(last) == add_months(last, 5)


@pytest.mark.parametrize(
    ("kind", "unasked"),
    [
        *((kind, set()) for kind in ("medical", "personal", "study_abroad")),
        *((kind, {"returns_on", "return_term"}) for kind in ("withdrawal", "dismissal")),
    ],
)
def test_only_who_comes_back_is_asked_when(monday, kind, unasked):
    page = TYPE.page("days").form
    asked = bound(KEY, "days", answers(kind=kind), STUDENT, TODAY).fields
    assert set(page.base_fields) - set(asked) == unasked


def test_only_families_are_asked_about_theirs(monday):
    assert "dependents_leave" not in bound(KEY, "life", answers(), STUDENT, TODAY).fields


@pytest.mark.parametrize(("kind", "asked"), [("medical", True), ("personal", False), (None, False)])
def test_an_illness_is_documented(kind, asked):
    slot = next(each for each in TYPE.slots if each.name == "medical_letter")
    assert slot.is_asked({"kind": kind}) == asked


DATES = {"Last day of classes": "10/15/2026", "Leaves the United States": "10/25/2026"}
PAST = {"Last day of classes": "09/18/2026", "Leaves the United States": "10/12/2026"}
EXPELLED = {"kind": "dismissal", "dismissal": "expelled"}
# Facts, answers, event, reason, days, status afterward.
ENDS = [
    (STUDENT, {}, "Status Terminate", "23 Authorized early withdrawal", DATES, "terminated"),
    (
        *(STUDENT, {"kind": "medical"}, "Status Terminate", "23 Authorized early withdrawal"),
        *(DATES, "terminated"),
    ),
    (STUDENT, STOPPED, "Status Terminate", "01 Unauthorized withdrawal", PAST, "terminated"),
    (STUDENT, EXPELLED, "Status Terminate", "08 Expulsion", DATES, "terminated"),
    (STUDENT, SENT_AWAY, "Status Terminate", "09 Suspension", DATES, "terminated"),
    (VISITOR, {}, "End Program", "WFP Withdrawal from program", DATES, "inactive"),
    (
        *(VISITOR, {"kind": "medical"}, "End Program", "ICP Inability to continue program"),
        *(DATES, "inactive"),
    ),
    (VISITOR, EXPELLED, "Terminate", "DISCIP Disciplinary action", DATES, "terminated"),
    (VISITOR, SENT_AWAY, "Terminate", "INVSUS Involuntary suspension", DATES, "terminated"),
]
ABROAD = {
    "line1": "12 Rue Mohamed V",
    "line2": "",
    "city": "Dakar",
    "province": "",
    "postal_code": "",
    "country": "Senegal",
}


@pytest.mark.parametrize(("facts", "changes", "event", "reason", "days", "status"), ENDS)
def test_how_each_end_stands_in_sevis_and_the_record(
    monday, facts, changes, event, reason, days, status
):
    facts = replace(facts, dependents=(SPOUSE,))
    cleaned = cleaned_of(KEY, answers(**changes), facts, TODAY)
    last = cleaned["last_attended"]

    assert values_of(TYPE.sevis_entries(cleaned, facts)) == [(event, {"Reason": reason} | days)]
    assert TYPE.effects(cleaned, facts, TODAY) == [
        ChangeRecord(
            {
                "sevis_status": status,
                "stopped_on": last,
                "stop_reason": reason,
                "returns_on": cleaned.get("returns_on"),
            }
        ),
        ChangeDependents((7,), {"sevis_status": status}),
        CutWork(last),
        ReportAddress("foreign_address", ABROAD, valid_from=cleaned["departure"]),
    ]


def test_who_studies_abroad_for_this_university_stays_active(monday):
    cleaned = cleaned_of(KEY, answers(**AWAY), STUDENT, TODAY)

    assert TYPE.sevis_entries(cleaned, STUDENT) == ()
    assert TYPE.sevis_due(cleaned, STUDENT, TODAY, None) is None
    assert TYPE.effects(cleaned, STUDENT, TODAY) == [
        ChangeRecord({"is_abroad": True}),
        ReportAddress("foreign_address", ABROAD, valid_from=date(2026, 10, 25)),
    ]


@pytest.mark.parametrize(
    ("cleaned", "due"),
    [
        ({}, date(2026, 10, 26)),
        ({"last_attended": date(2026, 9, 18)}, date(2026, 10, 26)),
        ({"last_attended": date(2026, 10, 15)}, date(2026, 11, 5)),
    ],
)
def test_it_is_due_21_days_after_the_report_or_the_last_class(cleaned, due):
    assert TYPE.sevis_due(cleaned, STUDENT, TODAY, None) == due


GO, BACK = "Leave the United States by", "Same record if you are back by"
ASK, NEW = "Ask to return by", "After five months"
PANEL = [
    (STUDENT, {"last_attended": ""}, []),
    (
        STUDENT,
        {},
        [
            (GO, "October 30, 2026", ""),
            (BACK, "March 15, 2027", "ok"),
            (ASK, "December 24, 2026", ""),
        ],
    ),
    (
        STUDENT,
        {"returns_on": "2027-08-20"},
        [
            (GO, "October 30, 2026", ""),
            (BACK, "March 15, 2027", ""),
            (NEW, "New I-20, new SEVIS fee, and a year of study before CPT or OPT", "warn"),
            (ASK, "June 21, 2027", ""),
        ],
    ),
    (
        STUDENT,
        STOPPED | {"returns_on": "2026-11-20"},
        [
            (GO, "September 18, 2026", "bad"),
            (BACK, "February 18, 2027", "ok"),
            (ASK, "September 21, 2026", "warn"),
        ],
    ),
    (STUDENT, SENT_AWAY, [(GO, "October 15, 2026", "")]),
    (STUDENT, {"kind": "withdrawal"}, [(GO, "October 30, 2026", "")]),
    # 8 CFR 214.2(f)(5)(iv) gives its days to F-1 alone.
    (VISITOR, {}, [(GO, "October 15, 2026", ""), (ASK, "December 24, 2026", "")]),
    (STUDENT, AWAY, [(ASK, "December 24, 2026", "")]),
]


@pytest.mark.parametrize(("facts", "changes", "rows"), PANEL)
def test_the_panel_counts_the_days_out_and_the_way_back(monday, facts, changes, rows):
    assert panel_of(KEY, answers(**changes), facts, TODAY) == rows


def rows_of(record):
    record.refresh_from_db()
    return (
        (record.sevis_status, record.stopped_on, record.stop_reason, record.returns_on),
        record.foreign_address_city,
        list(record.dependents.values_list("given_name", "sevis_status", "ended_on")),
        list(record.employments.values_list("kind", "end", "status")),
    )


def test_from_the_tile_to_completed(office, client):
    record = factories.make_student()
    record.dependents.create(family_name="Okoye", given_name="Chidi", relation="spouse")
    end = TODAY + timedelta(days=200)
    record.employments.create(kind="on_campus", start=TODAY, end=end, education_level="05")
    assert rows_of(record) == (
        *(("active", None, "", None), ""),
        [("Chidi", "", None)],
        [("on_campus", end, "approved")],
    )

    done = factories.make_request(record, KEY, "completed")

    last, back = date(2026, 10, 15), date(2027, 2, 22)
    assert rows_of(record) == (
        *(("terminated", last, "23 Authorized early withdrawal", back), "Dakar"),
        [("Chidi", "terminated", None)],
        [("on_campus", last, "approved")],
    )
    assert (done.state, done.deadline, done.sevis_due_on, done.effective_start) == (
        *("completed", record.program_end, date(2026, 11, 5), last),
    )
    # Why SEVIS ended it is for the office alone; the person reads that and when.
    client.force_login(record.user)
    page = client.get("/portal/profile/")
    status = next(each for each in page.context["groups"] if each.key == "status")
    assert ("Stopped studying on", "October 15, 2026") in [
        (str(row.label), str(row.value)) for row in status.rows
    ]
    assert "Authorized early withdrawal" not in page.content.decode()
