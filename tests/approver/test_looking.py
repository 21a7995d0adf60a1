"""Looking at an approver's link: it shows little, decides nothing, and is kept by nobody."""

import pytest
from django.core import signing

from isso.requests import drafting
from isso.requests.actor import Actor
from isso.requests.models import Approval, HistoryEntry, StudentRequest
from isso.requests.notices.models import Notice
from isso.tests import factories
from isso.tests.approver.links import address
from isso.tests.error_pages import without_code


def everything():
    """Return all that a careless page could have changed."""
    return (
        list(StudentRequest.objects.order_by("pk").values()),
        list(Approval.objects.order_by("pk").values()),
        list(HistoryEntry.objects.order_by("pk").values()),
        Notice.objects.count(),
    )


def test_fifty_openings_by_a_mail_scanner_change_nothing(client, link):
    before = everything()

    statuses = [client.get(link).status_code for _i in range(25)]
    statuses += [client.head(link).status_code for _i in range(25)]

    assert (set(statuses), everything()) == ({200}, before)


def test_the_page_names_who_asks_and_what_and_hides_everything_else(office, client):
    record = factories.make_student(us_address_line1="9 Secret Lane", us_phone="6175550001")
    draft = factories.make_draft(record, "cpt")
    actor = Actor.for_user(record.user)
    passport = next(slot for slot in draft.type.slots if slot.name == "passport")
    drafting.attach(draft, passport, factories.pdf_file("my-passport.pdf"), actor)
    waiting = factories.send(draft)

    html = client.get(address(waiting.current_approval)).content.decode()

    shown = {word: word in html for word in ("Amara Okoye", "Harbor Labs", "Offer letter")}
    hidden = (
        *("9 Secret Lane", "12 Dock Street", "6175550001", "my-passport", "Passport", "P1234567"),
        *("lena@harbor.example", record.email, record.sevis_id, "/portal/requests/"),
    )
    assert shown == dict.fromkeys(shown, True)
    assert [word for word in hidden if word in html] == []


def test_only_the_files_he_relies_on_can_be_fetched(office, client):
    record = factories.make_student()
    draft = factories.make_draft(record, "cpt")
    passport = next(slot for slot in draft.type.slots if slot.name == "passport")
    drafting.attach(draft, passport, factories.pdf_file(), Actor.for_user(record.user))
    waiting = factories.send(draft)
    other = factories.make_request(factories.make_student("b@school.example"), "cpt", "submitted")
    link = address(waiting.current_approval)

    def answer(student_request, slot):
        document = student_request.documents.get(slot=slot)
        return client.get(f"{link}documents/{document.pk}/")

    letter = answer(waiting, "offer_letter")
    assert (
        letter.status_code,
        letter["Content-Disposition"],
        letter["X-Content-Type-Options"],
        letter["Content-Security-Policy"],
        b"".join(letter.streaming_content)[:5],
    ) == (
        200,
        'attachment; filename="offer_letter.pdf"',
        "nosniff",
        "default-src 'none'; sandbox",
        b"%PDF-",
    )
    assert answer(waiting, "passport").status_code == 404
    assert answer(other, "offer_letter").status_code == 404


@pytest.mark.parametrize("path", ["", "documents/0f0f0f0f-0000-4000-8000-000000000000/"])
def test_no_answer_is_kept_found_or_betrayed_by_its_address(client, link, path):
    response = client.get(link + path)

    assert "no-store" in response["Cache-Control"]
    assert (response["X-Robots-Tag"], response["Referrer-Policy"]) == (
        "noindex, nofollow",
        "strict-origin",
    )


def test_a_student_who_got_the_link_sees_what_the_approver_sees(client, waiting, link):
    anonymous = client.get(link).content.decode()
    client.force_login(waiting.student.user)

    assert _without_token(client.get(link).content.decode()) == _without_token(anonymous)


def _without_token(html):
    return [line for line in html.splitlines() if "csrfmiddlewaretoken" not in line]


def foreign_tokens(approval):
    """Return tokens that must all look the same from outside."""
    good = signing.dumps([approval.pk, approval.link_number], salt="isso.requests.approval")
    return {
        "cut off": good[:-3],
        "changed": ("x" if good[0] != "x" else "y") + good[1:],
        "nonsense": "nonsense",
        "other salt": signing.dumps([approval.pk, 1], salt="isso.requests.invitation"),
        "other content": signing.dumps({"a": 1}, salt="isso.requests.approval"),
        "nobody's": signing.dumps([999_999, 1], salt="isso.requests.approval"),
    }


def test_every_wrong_token_gets_the_same_neutral_page(client, waiting):
    answers = {}
    for name, token in foreign_tokens(waiting.current_approval).items():
        response = client.get(f"/portal/approvals/{token}/")
        answers[name] = (response.status_code, without_code(response))

    assert len(set(answers.values())) == 1
    status, html = answers["nonsense"]
    assert (status, "This link does not work" in html) == (404, True)
    assert waiting.student.family_name not in html


def test_looking_takes_few_queries_with_one_file_and_with_many(
    client, office, django_assert_num_queries
):
    few = factories.make_request(type_key="cpt", state="approver_review")
    record = factories.make_student("many@school.example")
    draft = factories.make_draft(record, "cpt")
    slot = next(slot for slot in draft.type.slots if slot.name == "offer_letter")
    for number in range(4):
        file = factories.pdf_file(f"{number}.pdf")
        drafting.attach(draft, slot, file, Actor.for_user(record.user))
    many = factories.send(draft)
    client.get(address(few.current_approval))

    for waiting in (few, many):
        with django_assert_num_queries(6):
            client.get(address(waiting.current_approval))
