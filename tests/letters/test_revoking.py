"""Taking a letter back: by the office alone, once, with a reason, in history and by mail."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from isso.requests.actor import Actor
from isso.requests.letters.revoking import revoke_letter
from isso.requests.models import HistoryEntry, IssuedLetter
from isso.requests.notices.models import Notice
from isso.requests.people.roles import Role
from isso.requests.perform import NotAllowed, NotPossible
from isso.tests import factories

WHY = "The program end date was corrected."


@pytest.fixture
def made(student, advisor):
    """A completed request with its letter."""
    return factories.make_request(student, "letter", "completed", advisor)


def revoke(client, made, why=WHY):
    return client.post(f"/admin/desk/{made.pk}/revoke-letter/", {"revoke-why": why})


def test_an_advisor_revokes_on_the_case_page(client, made, advisor, student):
    client.force_login(advisor)
    assert revoke(client, made).url == f"/admin/desk/{made.pk}/"

    letter = IssuedLetter.objects.get()
    entry = HistoryEntry.objects.latest("pk")
    mail = Notice.objects.get(key="letter_revoked")
    assert (letter.revoked_at, letter.revoked_by, letter.revoked_why, letter.is_valid) == (
        timezone.now(),
        advisor,
        WHY,
        False,
    )
    assert (entry.action, entry.note, entry.actor_user, entry.note_is_shown) == (
        "revoke_letter",
        WHY,
        advisor,
        True,
    )
    assert (mail.recipient, WHY in mail.redacted().text) == (student.email, True)
    case = client.get(f"/admin/desk/{made.pk}/")
    assert (WHY in case.content.decode(), "revoke-letter/" in case.content.decode()) == (
        True,
        False,
    )


def test_the_student_reads_why(client, made, actor, student):
    revoke_letter(made, WHY, actor)
    client.force_login(student.user)
    stops = client.get(made.get_absolute_url()).context["stops"]

    assert (str(stops[-1].title), stops[-1].text) == ("Your letter was taken back", WHY)


@pytest.mark.parametrize("address", ["/portal/requests/", None])
def test_the_student_does_not_use_it_any_more(client, made, actor, student, address):
    client.force_login(student.user)
    said = "We took this letter back. Do not use it."
    before = client.get(address or made.get_absolute_url()).content.decode()
    revoke_letter(made, WHY, actor)
    after = client.get(address or made.get_absolute_url()).content.decode()

    assert (said in before, after.count(said)) == (False, 1)


def test_a_reason_is_needed(client, made, advisor, actor):
    client.force_login(advisor)
    assert revoke(client, made, " ").status_code == 422
    with pytest.raises(ValidationError):
        revoke_letter(made, " ", actor)
    assert IssuedLetter.objects.get().revoked_at is None
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuedLetter.objects.update(revoked_at=timezone.now())


def test_twice_is_said_and_changes_nothing(made, actor, monday):
    revoke_letter(made, WHY, actor)
    before = IssuedLetter.objects.values().get()
    monday.shift(3600)
    with pytest.raises(NotPossible) as refusal:
        revoke_letter(made, "Again.", actor)

    assert str(refusal.value) == "This letter is revoked already."
    assert IssuedLetter.objects.values().get() == before


def test_a_request_without_a_letter_has_nothing_to_revoke(student, advisor, actor):
    open_one = factories.make_request(student, "letter", "in_review", advisor)
    with pytest.raises(NotPossible) as refusal:
        revoke_letter(open_one, WHY, actor)
    assert str(refusal.value) == "No letter was issued with this request."


def test_nobody_else_revokes(client, made, student):
    neighbor = factories.make_student("b@school.example").user
    nobody = [None, student.user, neighbor, factories.make_staff(Role.EDITOR)]
    for user in nobody:
        client.logout()
        if user:
            client.force_login(user)
            with pytest.raises(NotAllowed):
                revoke_letter(made, WHY, Actor.for_user(user))
        assert revoke(client, made).status_code in (302, 403, 404)

    assert IssuedLetter.objects.get().revoked_at is None


def test_an_advisor_does_not_revoke_a_letter_of_ones_own(office, advisor):
    student = factories.make_student()
    made = factories.make_request(student, "letter", "completed", advisor)
    own = Actor(
        Actor.for_user(student.user).kind, "x", student.user_id, roles=frozenset({"advisor"})
    )
    with pytest.raises(NotAllowed):
        revoke_letter(made, WHY, own)
