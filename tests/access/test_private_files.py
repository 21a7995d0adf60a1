"""A private file leaves through one door only, to whom it concerns, as a download."""

import pytest
from django.conf import settings
from django.core.files.storage import storages

from isso.requests.actor import Actor
from isso.requests.on_behalf import give_document
from isso.requests.perform import perform
from isso.requests.records.models import AccessLog
from isso.tests import factories
from isso.tests.approver.links import address as link_to

HEADERS = {
    "Content-Type": "application/pdf",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


def guesses(document):
    """Return every address under which a web server might hand out the file by mistake."""
    path = document.file.name
    return [
        f"/{folder}/{name}"
        for folder in ("media", "private", "protected", "static", "documents", "media/private")
        for name in (path, path.rpartition("/")[2], f"../private/{path}", f"%2e%2e/private/{path}")
    ] + [f"/documents/1/{document.original_name}", f"/portal/documents/{path}"]


@pytest.mark.parametrize("who", ["stranger", "neighbor", "editor", "advisor"])
def test_no_address_leads_to_the_file_itself(owner, people, who):
    answers = {each: people[who].get(each).status_code for each in guesses(owner.document)}

    assert answers == dict.fromkeys(answers, 404)


def test_the_file_lies_outside_everything_that_is_served(owner):
    stored = settings.STORAGES["private"]["OPTIONS"]["location"]

    assert storages["private"].path(owner.document.file.name).startswith(str(stored))
    assert settings.MEDIA_ROOT not in (stored, *stored.parents)
    assert settings.STATIC_ROOT not in (stored, *stored.parents)
    with pytest.raises(ValueError, match="not accessible via a URL"):
        owner.document.file.storage.url(owner.document.file.name)


WAYS = {
    "whole": ("GET", {}),
    "head": ("HEAD", {}),
    "a part": ("GET", {"Range": "bytes=0-9"}),
    "if changed": ("GET", {"If-Modified-Since": "Mon, 05 Oct 2099 00:00:00 GMT"}),
}


def test_of_ones_own_record_staff_see_what_a_student_sees(owner, client):
    own = owner.record.user
    own.groups.set(factories.make_staff(email="other@staff.example").groups.all())
    own = type(own).objects.get(pk=own.pk)
    colleague = Actor.for_user(factories.make_staff(email="colleague@staff.example"))
    kept, released = (
        give_document(
            owner.record,
            factories.pdf_file(pages=pages),
            colleague,
            title="A letter",
            kind="letter",
            is_released=pages == 2,
        )
        for pages in (1, 2)
    )
    draft = factories.make_draft(owner.record, "program_extension").documents.first()

    assert Actor.for_user(own).is_staff
    client.force_login(own)
    answers = [client.head(each.get_absolute_url()) for each in (kept, released, draft)]
    assert [each.status_code for each in answers] == [404, 200, 200]
    assert all(b"".join(each) == b"" for each in answers[1:])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("owner", 200),
        ("advisor", 200),
        ("neighbor", 404),
        ("department", 404),
        ("editor", 404),
        ("stranger", 302),
    ],
)
def test_who_gets_the_file_and_how(owner, people, client, who, status, way):
    client.force_login(owner.record.user)
    method, headers = WAYS[way]
    address = owner.document.get_absolute_url()
    people["owner"] = client

    answer = people[who].generic(method, address, headers=headers)

    assert answer.status_code == status
    if status == 200:
        kept = {part.strip() for part in answer["Cache-Control"].split(",")}
        assert {"private", "no-store"} <= kept
        assert {name: answer[name] for name in HEADERS} == HEADERS
        assert answer["Content-Disposition"].startswith("attachment; filename")
        assert b"".join(answer.streaming_content).startswith(b"%PDF-" if method == "GET" else b"")
    else:
        assert not answer.streaming
        assert b"PDF" not in answer.content
        assert owner.document.original_name not in answer.content.decode()
    noted = list(AccessLog.objects.filter(what="document").values_list("object_id", "allowed"))
    # Who is not signed in has not been told whether there is anything.
    assert noted == ([] if status == 302 else [(str(owner.document.pk), status == 200)])


def test_a_link_opens_no_file_but_its_own(owner, people):
    other = factories.make_request(
        factories.make_student("zoe@school.example", family_name="Zhou"), "cpt", "approver_review"
    )
    link = link_to(other.current_approval)

    own = people["stranger"].get(f"{link}documents/{other.documents.get(slot='offer_letter').pk}/")
    foreign = people["stranger"].get(f"{link}documents/{owner.document.pk}/")

    assert b"".join(own.streaming_content).startswith(b"%PDF-")
    assert (foreign.status_code, foreign.streaming) == (404, False)
    assert list(AccessLog.objects.order_by("pk").values_list("object_id", "allowed"))[-1] == (
        str(owner.document.pk),
        False,
    )


def test_a_link_that_was_used_opens_no_file_any_more(owner, people):
    link = link_to(owner.approval)
    address = f"{link}documents/{owner.request.documents.get(slot='offer_letter').pk}/"
    assert b"".join(people["stranger"].get(address).streaming_content).startswith(b"%PDF-")

    perform(owner.request, "withdraw", Actor.for_user(owner.record.user))

    assert people["stranger"].get(address).streaming is False
