"""The three tabs: what each shows to whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from isso.requests.actor import Actor
from isso.requests.models import Caseload, Reminder, RequestGuidePage, RequestPolicy
from isso.requests.perform import perform
from isso.requests.records.models import AccessLog
from isso.requests.registry import folder_types
from isso.requests.request_type import AskedBy
from isso.tests import factories


def titles(offers):
    return [offer.type.key for offer in offers]


def test_what_waits_comes_first_the_most_pressing_on_top(portal, student):
    advisor = factories.make_staff()
    factories.make_draft(student)
    asked = factories.make_request(student, "cpt", "approver_review", advisor, employer_name="A")
    perform(asked, "not_me", Actor.for_approval(asked.current_approval))
    factories.make_request(student, "cpt", "clarification", advisor, employer_name="B")

    page = portal.get("/portal/")

    assert [(each.kind, each.until_text) for each in page.context["to_do"]] == [
        ("clarification", "Answer before October 26, 2026."),
        ("approver", "Do it before December 4, 2026."),
        ("draft", "We keep it until December 4, 2026."),
    ]


@pytest.mark.parametrize(
    ("changes", "is_shown"),
    [
        ({}, True),
        ({"visa_class": "F-1", "stage": "continuing", "education_level": "05"}, True),
        ({"visa_class": "J-1"}, False),
        ({"stage": "check_in"}, False),
        ({"live": False}, False),
        ({"show_from": timedelta(minutes=1)}, False),
        ({"show_from": timedelta(0)}, True),
        ({"show_until": timedelta(0)}, False),
        ({"show_until": timedelta(minutes=1)}, True),
    ],
)
def test_a_reminder_shows_to_its_audience_in_its_time(portal, changes, is_shown):
    moments = {
        name: timezone.now() + value if isinstance(value, timedelta) else value
        for name, value in changes.items()
    }
    Reminder.objects.create(title="Mind the date", text="Read this.", **moments)

    assert ("Mind the date" in portal.get("/portal/").content.decode()) is is_shown


def test_the_advisor_is_the_one_of_the_letter(portal, student):
    advisor = factories.make_staff()
    Caseload.objects.create(advisor=advisor, letters_from="L", letters_to="Z")

    assert portal.get("/portal/").context["advisor"] == advisor


def test_a_number_is_masked_until_asked_for_and_then_noted(portal, student):
    assert "P1234567" not in portal.get("/portal/profile/").content.decode()
    assert not AccessLog.objects.exists()

    assert "P1234567" in portal.get("/portal/profile/?show=passport_number").content.decode()

    assert AccessLog.objects.values_list("user", "what", "object_id").get() == (
        student.user_id,
        "passport_number",
        str(student.pk),
    )


@pytest.mark.parametrize("shown", ["email", "user", "nothing", "visa_number", "\x00"])
def test_only_a_masked_number_that_exists_can_be_asked_for(portal, shown):
    assert portal.get("/portal/profile/", {"show": shown}).status_code == 200
    assert not AccessLog.objects.exists()


def test_each_part_of_the_record_names_its_source_and_its_cure(portal, student):
    student.source, student.source_as_of = "Registrar", timezone.localdate()
    student.save()

    groups = portal.get("/portal/profile/").context["groups"]

    assert {group.source for group in groups} == {"Registrar"}
    assert all(str(group.how_to_change) for group in groups)
    expiry = next(
        row.value for group in groups for row in group.rows if row.label == "Passport expires"
    )
    assert expiry == "March 23, 2029 (in 900 days)"


def test_days_of_cpt_are_counted(portal, student):
    factories.make_request(
        student, "cpt", "completed", factories.make_staff(), full_part="full", hours_per_week="40"
    )

    work = next(each for each in portal.get("/portal/profile/").context["groups"] if each.bars)

    assert [(str(bar.label), bar.words) for bar in work.bars] == [
        ("Full-time CPT used", "81 of 364 days"),
        ("OPT used", "0 of 12 months"),
    ]


def test_open_requests_come_first_and_then_those_of_later(portal):
    tiles = portal.get("/portal/requests/").context["tiles"]

    assert {"cpt", "reprint"} <= set(titles(tiles.open))
    assert all(offer.verdict.is_open for offer in tiles.open)
    assert all(offer.verdict.reason for offer in tiles.later)


def test_a_request_that_opens_later_says_when(client, office):
    record = factories.make_student(full_time_since=timezone.localdate() - timedelta(days=60))
    client.force_login(record.user)

    page = client.get("/portal/requests/")

    assert "cpt" in titles(page.context["tiles"].later)
    assert "Opens on May 6, 2027. CPT comes after one academic year" in page.content.decode()


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("co-op", ["cpt"]),
        ("lost i20", ["reprint"]),
        ("TRAVEL signature", ["reprint"]),
        ("no such thing", []),
        ("\x00\"'<%", []),
    ],
)
def test_search_knows_other_words_for_a_request(portal, search, found):
    tiles = portal.get("/portal/requests/", {"q": search}).context["tiles"]

    assert titles(tiles.open) == found


def test_finished_and_open_requests_and_documents_have_their_lists(portal, student):
    advisor = factories.make_staff()
    done = factories.make_request(student, "cpt", "completed", advisor)
    sent = factories.make_request(student, "reprint", "submitted", advisor)

    page = portal.get("/portal/requests/").context

    assert [(row.reference, row.turn) for row in page["open_rows"]] == [(sent.reference, "ISSO")]
    assert [(row.reference, row.turn) for row in page["closed_rows"]] == [(done.reference, "")]
    assert [(file.title, file.kind) for file in page["documents"].released] == [
        ("Your document", "PDF")
    ]


def test_an_empty_portal_says_what_comes(portal):
    page = portal.get("/portal/requests/").content.decode()

    for sentence in (
        "No request is under way.",
        "No documents yet. When one is ready you get an e-mail and find it here.",
    ):
        assert sentence in page


def test_an_unknown_request_lists_the_real_ones(portal):
    answer = portal.get("/portal/requests/new/green-card/")

    assert answer.status_code == 404
    assert sorted(titles(answer.context["offers"])) == sorted(
        key for key, each in folder_types().items() if each.asked_by == AskedBy.PERSON
    )


def test_a_closed_request_says_why_and_cannot_be_started(portal, student):
    RequestPolicy.objects.create(
        type_key="cpt",
        is_open=False,
        closed_text="Closed until January.",
        target_days=5,
        citation="Test",
        review_by=timezone.localdate(),
        live=True,
    )

    for answer in (
        portal.get("/portal/requests/new/cpt/"),
        portal.post("/portal/requests/new/cpt/", {"start_key": "x"}),
    ):
        assert "Closed until January." in answer.content.decode()
        assert "Start this request" not in answer.content.decode()
    assert not student.requests.exists()


def test_a_request_under_way_is_offered_before_a_new_one(portal, student):
    draft = factories.make_draft(student)

    page = portal.get("/portal/requests/new/reprint/")
    assert [row.reference for row in page.context["under_way"]] == [draft.reference]
    assert "Start this request" not in page.content.decode()

    portal.post("/portal/requests/new/reprint/", {"start_key": str(page.context["start_key"])})
    assert student.requests.count() == 1


@pytest.mark.parametrize("start_key", ["", "nonsense", "\x00"])
def test_a_broken_start_key_starts_a_request_all_the_same(portal, client, student, start_key):
    portal.post("/portal/requests/new/reprint/", {"start_key": start_key})
    neighbor = factories.make_student("neighbor@school.example")
    client.force_login(neighbor.user)
    client.post("/portal/requests/new/reprint/", {"start_key": start_key})

    assert (student.requests.count(), neighbor.requests.count()) == (1, 1)


def test_a_request_whose_guide_is_taken_down_is_closed(portal):
    before = titles(portal.get("/portal/requests/").context["tiles"].later)
    RequestGuidePage.objects.filter(type_key="cpt").update(live=False)

    after = titles(portal.get("/portal/requests/").context["tiles"].later)
    assert sorted(after) == sorted([*before, "cpt"])
