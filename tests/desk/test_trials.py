"""Trials of a policy: whom a draft would have affected, before a supervisor publishes it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from isso.requests import trying
from isso.requests.models import PolicyNumber, PolicyTrial, RequestPolicy
from isso.requests.models.policy import policy_in_force
from isso.requests.notices.leases import claim_next
from isso.requests.people.roles import Role
from isso.requests.records.changing import change_record
from isso.requests.records.models import AccessLog, RecordChange, StudentRecord
from isso.requests.records.past import Past
from isso.requests.records.reading import facts_for
from isso.requests.registry import get_type
from isso.requests.trying import purge_trials, work_on_waiting
from isso.tests import factories

from .test_settled import POLICY, number

MONDAY = date(2026, 10, 5)
EDIT = "/admin/snippets/requests/requestpolicy/edit/{}/"


@pytest.fixture
def policy(office):
    """The published policy of Check-In: it opens 30 days before the start."""
    made = RequestPolicy.objects.create(
        type_key="check_in", target_days=5, citation="Office practice", review_by="2027-01-31"
    )
    made.save_revision().publish()
    return made


def day(number):
    return MONDAY + timedelta(days=number)


def starts_in(days, email, **fields):
    """Make a newcomer whose program starts so many days from now."""
    return factories.make_newcomer(email, program_start=day(days), **fields)


def draft(supervisor, policy, **numbers):
    """Save a draft with these numbers, as a supervisor does."""
    ((name, value),) = numbers.items()
    answer = supervisor.post(
        EDIT.format(policy.pk), POLICY | {"type_key": policy.type_key} | number(name, value)
    )
    assert answer.status_code == 302


def draft_of(policy, approvers="free", **numbers):
    """Save a draft with several numbers; those not named go back to their defaults."""
    policy.approvers = approvers
    policy.numbers.set([PolicyNumber(name=name, value=value) for name, value in numbers.items()])
    policy.save_revision()


def press(browser, policy):
    return browser.post(f"/admin/desk/policies/{policy.pk}/try/")


def tried(supervisor, policy, **numbers):
    """Save a draft, have it tried, and return the trial."""
    draft(supervisor, policy, **numbers)
    press(supervisor, policy)
    work_on_waiting()
    return PolicyTrial.objects.latest("pk")


def lines_of(trial):
    return [
        (line.effect, line.record.email, line.first_day, line.last_day)
        for line in trial.lines.select_related("record")
    ]


def test_a_supervisor_sees_whom_a_draft_would_shut_out(policy, supervisor):
    soon = starts_in(20, "soon@school.example")
    later = starts_in(60, "later@school.example")
    starts_in(-5, "here@school.example")
    starts_in(5, "near@school.example")
    starts_in(20, "other@school.example", visa_class="H-4")
    starts_in(20, "gone@school.example", stage="archived")
    draft(supervisor, policy, days_before="10")

    page = supervisor.get(f"/admin/desk/policies/{policy.pk}/try/")
    answer = press(supervisor, policy)

    trial = PolicyTrial.objects.get()
    assert page.context["changes"] == [
        (get_type("check_in").policies["days_before"].label, "30 days", "10 days")
    ]
    assert (answer.status_code, answer.url) == (302, f"/admin/desk/trials/{trial.pk}/")
    waiting = supervisor.get(answer.url)
    assert (waiting["Refresh"], trial.total) == ("2", 5)
    assert "0 of 5 people and requests so far." in waiting.text

    assert work_on_waiting() == 1

    trial.refresh_from_db()
    assert (trial.done, trial.ended_at is None) == (5, False)
    assert lines_of(trial) == [
        ("loses", soon.email, MONDAY, day(9)),
        ("loses", later.email, day(30), day(49)),
    ]
    done = supervisor.get(answer.url)
    assert "Refresh" not in done
    assert done.context["findings"] == [
        "2 students would lose access, 1 of them at once.",
        "0 students would gain access, 0 of them at once.",
        "0 requests of the last 12 months would have been refused.",
    ]
    assert trial.lines.first().reason == (
        "Opens on October 15, 2026. Check-In opens 10 days before your program starts."
    )
    # A trial changes nothing: the policy in force is the old one.
    assert policy_in_force("check_in")["days_before"] == 30


def test_a_later_closing_lets_people_in(policy, supervisor):
    policy.numbers.add(PolicyNumber(name="days_after", value=10))
    policy.save_revision().publish()
    starts_in(-15, "a@school.example")

    trial = tried(supervisor, policy, days_after="20")

    assert lines_of(trial) == [("gains", "a@school.example", MONDAY, day(5))]
    assert trial.lines.get().reason.startswith("The last day was September 30, 2026.")


def test_closing_a_type_shuts_out_everybody(policy, supervisor):
    starts_in(20, "a@school.example")
    supervisor.post(
        EDIT.format(policy.pk),
        POLICY | {"type_key": "check_in", "is_open": "", "closed_text": "Until spring."},
    )
    press(supervisor, policy)
    work_on_waiting()

    (line,) = PolicyTrial.objects.get().lines.all()
    assert (line.effect, line.first_day, line.last_day, line.reason) == (
        "loses",
        MONDAY,
        day(50),
        "Until spring.",
    )


def test_what_is_lost_beyond_the_year_has_no_last_day(policy, supervisor):
    starts_in(380, "a@school.example")
    trial = tried(supervisor, policy, days_before="10")
    assert lines_of(trial) == [("loses", "a@school.example", day(350), None)]


def test_a_request_of_last_year_is_judged_on_the_day_it_was_sent(policy, staff, supervisor):
    record = starts_in(20, "a@school.example")
    with time_machine.travel(datetime(2026, 10, 6, 12, tzinfo=UTC)):
        made = factories.make_request(record, "check_in", "in_review")
    with time_machine.travel(datetime(2026, 11, 30, 12, tzinfo=UTC)):
        supervisor.force_login(staff[Role.SUPERVISOR])
        # Since then the record has changed; on the day it was sent it said another start.
        change_record(record, {"program_start": date(2028, 1, 8)}, by=None, source="Import")
        strict = tried(supervisor, policy, days_before="10")
        mild = tried(supervisor, policy, days_before="25")

    refused = strict.lines.get(effect="refused")
    assert (refused.student_request, refused.first_day) == (made, date(2026, 10, 6))
    assert refused.reason == (
        "Opens on October 15, 2026. Check-In opens 10 days before your program starts."
    )
    assert not mild.lines.filter(effect="refused").exists()
    made.refresh_from_db()
    assert made.state == "in_review"


def test_a_narrower_span_is_lost_at_both_ends_by_one_student(policy, supervisor):
    policy.numbers.set([PolicyNumber(name="days_after", value=20)])
    policy.save_revision().publish()
    starts_in(60, "a@school.example")
    draft_of(policy, days_before=10, days_after=5)

    press(supervisor, policy)
    work_on_waiting()

    trial = PolicyTrial.objects.get()
    assert lines_of(trial) == [
        ("loses", "a@school.example", day(30), day(49)),
        ("loses", "a@school.example", day(66), day(80)),
    ]
    page = supervisor.get(f"/admin/desk/trials/{trial.pk}/")
    assert page.context["findings"][0] == "1 student would lose access, 0 of them at once."
    assert [row[0] for row in page.context["changes"]] == [
        get_type("check_in").policies[name].label for name in ("days_before", "days_after")
    ]


def test_what_an_advisor_let_pass_is_not_refused_by_the_rules(policy, supervisor):
    made = factories.make_request(starts_in(20, "a@school.example"), "check_in", "in_review")
    made.eligibility_override = "Arrives early, with the consent of the dean."
    made.save(update_fields=["eligibility_override"])

    assert not tried(supervisor, policy, days_before="10").lines.filter(effect="refused").exists()

    policy.is_open, policy.closed_text = False, "Until spring."
    policy.save_revision()
    press(supervisor, policy)
    work_on_waiting()

    closed = PolicyTrial.objects.latest("pk").lines.get(effect="refused")
    assert (closed.student_request, closed.reason) == (made, "Until spring.")


@pytest.mark.parametrize(("in_force", "refused"), [("free", 1), ("directory", 0)])
def test_a_directory_refuses_whom_it_does_not_know(office, supervisor, in_force, refused):
    made = factories.make_request(factories.make_student(), "cpt", "in_review")
    policy = RequestPolicy.objects.create(
        type_key="cpt", target_days=5, citation="Practice", review_by="2027-01-31"
    )
    draft_of(policy, in_force)
    policy.get_latest_revision().publish()
    draft_of(policy, "directory", full_time_day_warning=200)

    press(supervisor, policy)
    work_on_waiting()

    trial = PolicyTrial.objects.get()
    assert list(trial.lines.values_list("student_request", flat=True)) == [made.pk] * refused
    for line in trial.lines.all():
        assert line.reason.endswith("Choose a person from the list.")


def test_what_cannot_be_judged_is_told_and_stops_nothing(policy, supervisor):
    requests = [
        factories.make_request(starts_in(20, f"{name}@school.example"), "check_in", "in_review")
        for name in "abc"
    ]
    # As a much older version may have left it.
    broken = requests[1].student
    RecordChange.objects.create(
        record=broken,
        field="program_start",
        old="in fall",
        new="2026-10-25",
        source="Old program",
        at=timezone.now() + timedelta(minutes=5),
    )

    trial = tried(supervisor, policy, days_before="10")

    past = trial.lines.filter(student_request__isnull=False)
    assert dict(past.values_list("student_request", "effect")) == {
        requests[0].pk: "refused",
        broken.requests.get().pk: "unclear",
        requests[2].pk: "refused",
    }
    findings = supervisor.get(f"/admin/desk/trials/{trial.pk}/").context["findings"]
    assert findings[2:] == [
        "2 requests of the last 12 months would have been refused.",
        "1 student or request could not be judged and is not counted here.",
    ]


def test_what_is_older_than_a_year_or_of_another_type_is_not_counted(policy, supervisor):
    record = starts_in(20, "a@school.example")
    factories.make_request(factories.make_student(), "reprint")
    made = factories.make_request(record, "check_in", "in_review")
    made.submitted_at = timezone.now() - timedelta(days=366)
    made.save(update_fields=["submitted_at"])

    trial = tried(supervisor, policy, days_before="10")

    assert trial.total == 2
    assert not trial.lines.filter(effect="refused").exists()


@pytest.mark.parametrize("field", ["program_end", "is_last_session", "sevis_id", "credits"])
def test_facts_go_back_to_what_they_were(office, field):
    values = {
        "program_end": (date(2027, 5, 15), None),
        "is_last_session": (False, True),
        "sevis_id": ("N0000000007", "N0000000008"),
        "credits": (None, 12),
    }
    before, after = values[field]
    record = factories.make_student(**{field: before})
    then = facts_for(record)

    change_record(record, {field: after}, by=None, source="Test")

    (change,) = record.changes.all()
    assert getattr(facts_for(record), field) == after
    a_moment_before = change.at - timedelta(seconds=1)
    assert Past([record], a_moment_before).facts(record, a_moment_before) == then


# What is saved, and the sentence on the page that says why nothing is tried.
NOT_TRIED = [
    ({}, "The draft lets the same people ask as the policy in force. Save a change first."),
    (
        {"target_days": 20},
        "The draft lets the same people ask as the policy in force. Save a change first.",
    ),
    ({"type_key": "nonsense"}, "There is no request type with this key: nonsense."),
    ({"is_open": False}, "Tell students why it is closed and what they can do."),
    (
        {"type_key": "cpt"},
        "The draft is of another request type. Make a policy of its own for that one.",
    ),
    (
        {"closed_text": "What is read only while it is closed."},
        "The draft lets the same people ask as the policy in force. Save a change first.",
    ),
]


@pytest.mark.parametrize(("saved", "sentence"), NOT_TRIED)
def test_what_cannot_be_tried_says_why(policy, supervisor, saved, sentence):
    for name, value in saved.items():
        setattr(policy, name, value)
    # Past the form: an older version of the program may have kept such a draft.
    policy.save_revision(clean=False)

    page = supervisor.get(f"/admin/desk/policies/{policy.pk}/try/")
    answer = press(supervisor, policy)

    assert page.context["problem"] == sentence
    assert (answer.status_code, PolicyTrial.objects.count()) == (302, 0)


def test_a_worker_that_died_leaves_the_trial_to_the_next(policy, supervisor, monkeypatch):
    for number_ in range(5):
        starts_in(20, f"{number_}@school.example")
    draft(supervisor, policy, days_before="10")
    press(supervisor, policy)
    monkeypatch.setattr(trying, "PEOPLE_AT_ONCE", 2)
    trial = claim_next(PolicyTrial.objects.all())
    trying._go_on(trial)

    assert (work_on_waiting(), PolicyTrial.objects.get().done) == (0, 2)
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert work_on_waiting() == 1

    trial = PolicyTrial.objects.get()
    assert (trial.done, trial.lines.count()) == (5, 5)
    assert trial.lines.values("record").distinct().count() == 5


def test_a_worker_that_was_held_up_writes_nothing_over_the_next_one(
    policy, supervisor, monkeypatch
):
    for number_ in range(5):
        starts_in(20, f"{number_}@school.example")
    draft(supervisor, policy, days_before="10")
    press(supervisor, policy)
    monkeypatch.setattr(trying, "PEOPLE_AT_ONCE", 2)
    held_up = claim_next(PolicyTrial.objects.all())
    trying._go_on(held_up)
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert work_on_waiting() == 1

        assert trying._go_on(held_up) is False

    trial = PolicyTrial.objects.get()
    assert (trial.done, trial.lines.count(), trial.ended_at is None) == (5, 5, False)


def test_a_policy_that_is_published_or_deleted_meanwhile(policy, supervisor):
    soon = starts_in(20, "a@school.example")
    draft(supervisor, policy, days_before="10")
    address = press(supervisor, policy).url
    policy.refresh_from_db()
    draft_of(policy, days_before=15)
    policy.get_latest_revision().publish()

    work_on_waiting()

    # It holds the numbers against each other that stood there when it was asked.
    assert lines_of(PolicyTrial.objects.get()) == [("loses", soon.email, MONDAY, day(9))]
    assert supervisor.get(address).context["is_outdated"] is True
    draft_of(policy, days_before=20)
    press(supervisor, policy)
    policy.delete()
    assert (work_on_waiting(), PolicyTrial.objects.count()) == (0, 0)


def test_pressing_twice_tries_a_draft_once(policy, supervisor):
    draft(supervisor, policy, days_before="10")
    assert press(supervisor, policy).url == press(supervisor, policy).url
    draft(supervisor, policy, days_before="12")
    press(supervisor, policy)
    assert PolicyTrial.objects.count() == 2


def test_who_read_the_names_is_noted_and_who_waits_reads_none(policy, supervisor):
    def noted():
        return AccessLog.objects.filter(what="policy trial").count()

    starts_in(20, "a@school.example", family_name="Unmistakable")
    draft(supervisor, policy, days_before="10")
    address = press(supervisor, policy).url
    waiting = [supervisor.get(address) for _time in range(3)]
    assert ["Unmistakable" in page.text for page in waiting] == [False] * 3
    assert supervisor.get(f"{address}lines.csv").status_code == 404
    assert noted() == 0

    work_on_waiting()

    assert "Unmistakable" in supervisor.get(address).text
    supervisor.get(f"{address}?effect=gains")
    assert noted() == 1


def test_the_list_is_a_spreadsheet_of_harmless_cells(policy, supervisor):
    starts_in(20, "a@school.example", family_name="=1+1", given_name="")
    trial = tried(supervisor, policy, days_before="10")

    answer = supervisor.get(f"/admin/desk/trials/{trial.pk}/lines.csv")

    assert b"".join(answer.streaming_content).decode("utf-8-sig").splitlines() == [
        "effect,person,request,from,until,reason",
        "Loses access,'=1+1,,2026-10-05,2026-10-14,"
        '"Opens on October 15, 2026. Check-In opens 10 days before your program starts."',
    ]
    assert AccessLog.objects.filter(what="policy trial exported", object_id=trial.pk).exists()


def test_only_supervisors_try_policies(policy, supervisor, advisor, editor):
    trial = tried(supervisor, policy, days_before="10")
    for address in (
        f"/admin/desk/policies/{policy.pk}/try/",
        f"/admin/desk/trials/{trial.pk}/",
        f"/admin/desk/trials/{trial.pk}/lines.csv",
    ):
        # Wagtail leads who lacks a permission back to the first page.
        answers = [browser.get(address) for browser in (advisor, editor)]
        assert [(each.status_code, each.url) for each in answers] == [(302, "/admin/")] * 2
    assert press(advisor, policy).status_code == 302
    assert PolicyTrial.objects.count() == 1


@pytest.mark.parametrize("many", [1, 30])
def test_a_trial_is_shown_in_20_queries(policy, supervisor, many):
    for number_ in range(many):
        starts_in(20, f"{number_}@school.example")
    trial = tried(supervisor, policy, days_before="10")

    with CaptureQueriesContext(connection) as queries:
        page = supervisor.get(f"/admin/desk/trials/{trial.pk}/")

    assert len(page.context["page_obj"]) == many
    assert len(queries) == 20


@pytest.mark.parametrize("many", [1, 30])
def test_people_are_looked_at_in_the_same_few_queries(policy, supervisor, many):
    for number_ in range(many):
        starts_in(20, f"{number_}@school.example")
    draft(supervisor, policy, days_before="10")
    press(supervisor, policy)

    with CaptureQueriesContext(connection) as queries:
        work_on_waiting()

    assert len(queries) == 21


def test_trials_go_with_the_other_things_nobody_needs(policy, supervisor):
    starts_in(20, "a@school.example")
    trial = tried(supervisor, policy, days_before="10")

    assert purge_trials(trial.asked_at) == 0
    assert purge_trials(trial.asked_at + timedelta(seconds=1)) == 1
    assert RequestPolicy.objects.count() == 1


def test_the_form_and_the_list_of_policies_lead_to_the_trial(policy, supervisor):
    way = f'href="/admin/desk/policies/{policy.pk}/try/"'
    form = supervisor.get(EDIT.format(policy.pk)).text
    listed = supervisor.get("/admin/snippets/requests/requestpolicy/").text
    new = supervisor.get("/admin/snippets/requests/requestpolicy/add/").text
    assert (way in form, way in listed, "Try the draft" in new) == (True, True, False)


def test_the_lines_are_what_asking_everybody_on_every_day_finds(policy, supervisor):
    for number_, start in enumerate((-40, -20, -1, 0, 9, 10, 29, 30, 31, 60, 390)):
        starts_in(start, f"{number_}@school.example", program_end=day(900))
    starts_in(20, "terminated@school.example", sevis_status="terminated")
    policy.numbers.set([PolicyNumber(name="days_after", value=10)])
    policy.save_revision().publish()
    policy.numbers.set(
        [PolicyNumber(name="days_after", value=25), PolicyNumber(name="days_before", value=12)]
    )
    policy.save_revision()

    press(supervisor, policy)
    work_on_waiting()

    trial, request_type, expected = PolicyTrial.objects.get(), get_type("check_in"), set()
    for record in StudentRecord.objects.all():
        facts = facts_for(record)
        was, becomes = (
            {
                day(number_)
                for number_ in range(366)
                if request_type.eligibility(facts, day(number_), each).is_open
            }
            for each in (trial.was, trial.becomes)
        )
        expected |= {("loses", record.email, min(lost)) for lost in [was - becomes] if lost}
        expected |= {("gains", record.email, min(won)) for won in [becomes - was] if won}
    assert {line[:3] for line in lines_of(trial)} == expected
    assert {effect for effect, _email, _first in expected} == {"loses", "gains"}
