"""A request of an office form on its way: the same doors, lists and pages as any other."""

from dataclasses import replace

import pytest
from django.test import Client

from isso.pages.finding.ranking import site_search
from isso.pages.form_rows import provided_rows
from isso.requests.actor import Actor
from isso.requests.approvals import make_token
from isso.requests.due_dates import refresh_due_dates
from isso.requests.models import RequestPolicy, StudentRequest
from isso.requests.office_forms.building import OfficeFormType
from isso.requests.perform import perform
from isso.requests.registry import folder_types
from isso.requests.request_form import Situation
from isso.tests import factories
from isso.tests.office_forms.bank_letter import (
    KEY,
    LETTER,
    changed,
    make_form,
    make_letter,
    publish,
)
from isso.tests.types.people import STUDENT, TODAY


@pytest.fixture
def form(office):
    return publish(make_form())


def browser_of(user):
    browser = Client()
    browser.force_login(user)
    return browser


def agreed(sent):
    return perform(
        sent,
        "endorse",
        Actor.for_approval(sent.current_approval),
        answers={"is_official": "yes", "good": "Yes"},
        decided_name="Prof. Wu",
        decided_title="Professor",
    )


def test_it_goes_from_draft_to_completed_with_the_mails_of_every_request(form):
    advisor = Actor.for_user(factories.make_staff())
    made = agreed(factories.send(make_letter(factories.make_student())))
    assert (made.state, str(made.due_on)) == ("submitted", "2026-10-09")

    made = perform(made, "start_review", advisor)
    factories.approve_person(made.approvals.get(), advisor)
    made = perform(made, "fill_office_part", advisor, office_answers={"template": "Short"})
    made = perform(made, "approve", advisor)
    factories.release(made, advisor, "Bank letter")
    made = perform(StudentRequest.objects.get(pk=made.pk), "complete", advisor)

    assert made.state == "completed"
    assert [each.action for each in made.history.all()] == [
        *("start", "send_to_approver", "endorse", "start_review", "confirm_approver"),
        *("fill_office_part", "approve", "release_document", "complete"),
    ]
    assert made.student.changes.count() == 0


def test_a_question_opens_the_fields_of_the_version_it_was_sent_with(form):
    advisor = Actor.for_user(factories.make_staff())
    made = perform(
        agreed(factories.send(make_letter(factories.make_student()))), "start_review", advisor
    )
    items = [{"name": "copies", "sentence": "Two are enough?"}]
    made = perform(made, "ask_clarification", advisor, items=items)
    publish(form, changed(without=("copies",)))
    student = browser_of(made.student.user)

    answer = student.post(f"{made.get_absolute_url()}edit/part-2/", {"copies": "1"})
    assert answer.status_code == 302
    made = perform(
        StudentRequest.objects.get(pk=made.pk),
        "resubmit",
        Actor.for_student(made.student.user),
        attestations=["0"],
    )

    assert (made.type_version, made.snapshots.last().answers["copies"]) == (1, "1")


def test_each_reads_what_is_for_him(form):
    sent = factories.send(make_letter(factories.make_student()))
    student = browser_of(sent.student.user).get(sent.get_absolute_url())
    approver = Client().get(f"/portal/approvals/{make_token(sent.current_approval)}/")
    agreed(sent)
    advisor = browser_of(factories.make_staff()).get(f"/admin/desk/{sent.pk}/")

    assert {
        who: ["Harbor Savings" in page, "+221 33 000 0001" in page]
        for who, page in {
            "student": _main(student),
            "approver": _main(approver),
            "advisor": _main(advisor),
        }.items()
    } == {
        "student": [True, True],
        "approver": [True, False],
        "advisor": [True, True],
    }


def _main(answer):
    return answer.content.decode().partition("<main")[2]


def test_the_tile_the_start_and_the_queue_name_it(form):
    made = agreed(factories.send(make_letter(factories.make_student())))
    other = browser_of(factories.make_student("b@school.example").user)
    offers = other.get("/portal/requests/").context["tiles"].open
    assert "Bank letter" in [offer.type.title for offer in offers]
    assert "Banks ask for it" in _main(other.get(f"/portal/requests/new/{KEY}/"))

    desk = browser_of(factories.make_staff())
    listed = desk.get(f"/admin/desk/view/all/?type_key={KEY}").context["rows"]
    assert [each.student_request.pk for each in listed] == [made.pk]
    assert list(desk.get("/admin/desk/view/all/?type_key=cpt").context["rows"]) == []
    form.unpublish()
    # What is withdrawn is still found in the queue.
    listed = desk.get(f"/admin/desk/view/all/?type_key={KEY}").context["rows"]
    assert [each.student_request.pk for each in listed] == [made.pk]
    assert other.get(f"/portal/requests/new/{KEY}/").status_code == 404


def test_the_clock_of_a_withdrawn_form_runs_on(form):
    made = agreed(factories.send(make_letter(factories.make_student())))
    form.unpublish()

    assert refresh_due_dates() == 0
    started = perform(made, "start_review", Actor.for_user(factories.make_staff()))
    assert (started.state, started.due_on) == ("in_review", made.due_on)


def test_a_policy_may_close_it_with_its_words(form):
    RequestPolicy.objects.create(
        type_key=KEY,
        target_days=9,
        is_open=False,
        closed_text="The bank is closed.",
        citation="Practice",
        review_by="2027-01-01",
        live=True,
    )
    answer = browser_of(factories.make_student().user).get(f"/portal/requests/new/{KEY}/")

    offer = answer.context["offer"]
    assert (str(offer.verdict.reason), offer.policy.target_days) == ("The bank is closed.", 9)


def test_all_forms_and_the_search_lead_to_it(form):
    row = provided_rows()[-1]
    assert (row.title, row.url, row.topic) == (
        "Bank letter",
        f"/portal/requests/new/{KEY}/",
        "Money",
    )
    for words in ("bank letter", "account letter"):
        hit = site_search(words)[0]
        assert (hit.title, hit.url, hit.kind) == (
            "Bank letter",
            f"/portal/requests/new/{KEY}/",
            "Request in the portal",
        )

    form.unpublish()
    assert len(provided_rows()) == len(folder_types())
    assert "Bank letter" not in [hit.title for hit in site_search("bank letter")]


@pytest.mark.parametrize("count", [0, 1, 6])
def test_pages_ask_the_same_with_many_forms_as_with_none(office, django_assert_num_queries, count):
    for number in range(count):
        publish(make_form(replace(LETTER, title=f"Letter {number}"), key=f"letter-{number}"))
    student = browser_of(factories.make_student().user)
    student.get("/portal/requests/")

    with django_assert_num_queries(11):
        answer = student.get("/portal/requests/")
    titles = [offer.type.title for offer in answer.context["tiles"].open]
    assert [f"Letter {number}" in titles for number in range(count)] == [True] * count


def test_what_a_supervisor_types_is_text_and_no_markup():
    form = changed(bank={"help": "<script>alert(1)</script>", "label": "<b>Bank</b>"})
    page = OfficeFormType(KEY, 1, form).pages[0]

    shown = page.form(situation=Situation(STUDENT, TODAY, None)).as_div()

    assert ("<script>" in shown, "<b>" in shown) == (False, False)
