"""The inbox: what students sent without a request, until an advisor has dealt with it."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from isso.requests.actor import Actor
from isso.requests.models import Caseload, Document
from isso.requests.notices.models import Notice
from isso.requests.people.roles import Role
from isso.requests.perform import NotAllowed, NotPossible
from isso.requests.receiving import receive_document, settle_document
from isso.tests import factories

INBOX = "/admin/desk/inbox/"


@pytest.fixture
def sent(staff, monday):
    """Two documents: an older one of the supervisor's student, a newer one of the advisor's."""
    Caseload.objects.create(advisor=staff[Role.ADVISOR], letters_from="A", letters_to="K")
    Caseload.objects.create(advisor=staff[Role.SUPERVISOR], letters_from="L", letters_to="Z")
    older = factories.make_student("o@school.example", family_name="Okoye")
    newer = factories.make_student("a@school.example", family_name="Abe")
    found = [receive_document(older, factories.pdf_file("card.pdf"), kind="ead")]
    monday.shift(timedelta(hours=1))
    found.append(receive_document(newer, factories.pdf_file(pages=2), kind="receipt", note="Hi"))
    return found


def shown(answer):
    return [each.pk for each in answer.context["page_obj"]]


def test_the_oldest_waits_on_top_and_an_advisor_finds_the_own_ones(sent, staff, advisor):
    older, newer = sent

    assert shown(advisor.get(INBOX)) == [older.pk, newer.pk]
    assert shown(advisor.get(f"{INBOX}?advisor={staff[Role.ADVISOR].pk}")) == [newer.pk]
    assert shown(advisor.get(f"{INBOX}?advisor=nonsense&page=99")) == [older.pk, newer.pk]


def test_what_belongs_to_a_request_is_settled_or_taken_away_is_not_in_it(sent, staff, advisor):
    older, newer = sent
    factories.make_request(newer.student, "cpt", "submitted")
    settle_document(older, Actor.for_user(staff[Role.ADVISOR]))
    assert shown(advisor.get(INBOX)) == [newer.pk]

    Document.objects.filter(pk=newer.pk).update(removed_at=timezone.now())
    assert shown(advisor.get(INBOX)) == []


def test_it_is_settled_with_an_answer_a_request_and_a_mail_without_its_words(sent, staff, advisor):
    older, _newer = sent
    made = factories.make_request(older.student, "cpt", "in_review", staff[Role.ADVISOR])
    Notice.objects.all().delete()

    answer = advisor.post(
        f"{INBOX}{older.pk}/", {"answer": "It is on your record.", "filed_with": made.pk}
    )

    older.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, INBOX)
    assert (older.settled_by, older.settled_at, older.filed_with, older.answer) == (
        staff[Role.ADVISOR],
        timezone.now(),
        made,
        "It is on your record.",
    )
    told = Notice.objects.get()
    assert (told.key, told.recipient) == ("document_settled", older.student.user.email)
    assert "It is on your record." not in told.redacted().text
    case = advisor.get(f"/admin/desk/{made.pk}/").context["case"]
    assert [each.pk for each in case.files[-1].current] == [older.pk]


def test_without_a_message_no_mail_leaves(sent, advisor):
    advisor.post(f"{INBOX}{sent[0].pk}/", {"answer": "  "})

    assert Document.objects.get(pk=sent[0].pk).settled_at is not None
    assert not Notice.objects.exists()


@pytest.mark.parametrize("typed", ["x" * 1001, "kept"])
def test_a_request_of_somebody_else_or_too_many_words_are_refused(sent, staff, advisor, typed):
    older, newer = sent
    foreign = factories.make_request(newer.student, "cpt", "in_review", staff[Role.ADVISOR])

    answer = advisor.post(f"{INBOX}{older.pk}/", {"answer": typed, "filed_with": foreign.pk})

    assert answer.status_code == 422
    assert "filed_with" in answer.context["form"].errors
    assert answer.context["form"]["answer"].value() == typed
    assert Document.objects.get(pk=older.pk).settled_at is None


def test_only_the_first_of_two_colleagues_settles_it(sent, staff):
    older, _newer = sent
    settle_document(older, Actor.for_user(staff[Role.ADVISOR]), answer="First")

    with pytest.raises(NotPossible):
        settle_document(older, Actor.for_user(staff[Role.SUPERVISOR]), answer="Second")
    assert Document.objects.get(pk=older.pk).answer == "First"


def test_nobody_settles_a_document_of_ones_own(sent, staff, sign_in):
    older, _newer = sent
    user = older.student.user
    user.groups.set(staff[Role.ADVISOR].groups.all())
    client = sign_in(user)

    assert older.pk not in shown(client.get(INBOX))
    assert client.post(f"{INBOX}{older.pk}/", {}).status_code == 404
    with pytest.raises(NotAllowed):
        settle_document(older, Actor.for_user(user))


@pytest.mark.parametrize("who", ["editor", "owner", "neighbor", None])
def test_nobody_else_opens_the_inbox(sent, staff, sign_in, who):
    older, newer = sent
    users = {
        "editor": staff[Role.EDITOR],
        "owner": older.student.user,
        "neighbor": newer.student.user,
        None: None,
    }
    client = sign_in(users[who])

    for address in (INBOX, f"{INBOX}{older.pk}/"):
        for answer in (client.get(address), client.post(address, {"answer": "x"})):
            assert answer.status_code == 302
            assert answer.url.partition("?")[0] in ("/admin/", "/accounts/login/")
    assert Document.objects.filter(settled_at__isnull=True).count() == 2


def test_what_is_not_there_is_not_found(advisor):
    assert advisor.get(f"{INBOX}{uuid.uuid4()}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_it_takes_twelve_queries_however_much_waits(rows, staff, advisor):
    for number in range(rows):
        record = factories.make_student(f"{number}@school.example")
        receive_document(record, factories.pdf_file(), kind="ead")
    advisor.get(INBOX)

    with CaptureQueriesContext(connection) as queries:
        answer = advisor.get(INBOX)

    assert len(shown(answer)) == rows
    assert len(queries) == 12
