"""Invitations at the desk: the list, one student's card, and a new address to sign in with."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from isso.requests.notices.links import absolute_link
from isso.requests.notices.models import Notice
from isso.requests.people.invitations import accept, invite, revoke
from isso.requests.people.models import Invitation, User
from isso.requests.people.roles import Role
from isso.requests.records.inviting import invite_person
from isso.requests.records.models import AccessLog, RecordChange, ScholarDetails, StudentRecord
from isso.tests import factories
from isso.tests.records.files_to_import import neighbor, record

LIST = "/admin/desk/invitations/"


@pytest.fixture
def amara(staff):
    """Somebody on record who was never invited."""
    return record(email="amara@school.example", stage="continuing")


@pytest.fixture
def invitation(amara, staff):
    """Her invitation."""
    return invite_person(amara, by=staff[Role.ADVISOR])[0]


def listed(client, query=""):
    return [each.email for each, _delivery in client.get(LIST + query).context["rows"]]


def card(client, amara):
    return client.get(f"/admin/students/{amara.pk}/").context["access"]


def press(client, amara, what, **data):
    return client.post(f"/admin/students/{amara.pk}/{what}/", data)


def logged(what):
    return AccessLog.objects.filter(what=what, allowed=True).count()


# One student.


def test_one_press_invites_the_student(amara, advisor, staff):
    before = card(advisor, amara)
    answer = press(advisor, amara, "invite")
    after = card(advisor, amara)

    assert (before.access, before.may_invite, after.access, after.may_invite) == (
        "not_invited",
        True,
        "invited",
        False,
    )
    assert answer.url == f"/admin/students/{amara.pk}/"
    assert (after.invitation.email, str(after.invitation.created_by)) == (
        "amara@school.example",
        "Office advisor",
    )
    assert (after.delivery, logged("invitation sent")) == ("Waiting", 1)


def test_a_second_press_sends_no_second_mail(amara, advisor):
    press(advisor, amara, "invite")
    press(advisor, amara, "invite")

    assert Notice.objects.count() == 1


def test_a_scholar_is_invited_the_same_way(amara, advisor):
    ScholarDetails.objects.create(record=amara)
    press(advisor, amara, "invite")

    assert Notice.objects.get().key == "scholar_invite"
    assert User.objects.get(email="amara@school.example").roles == {"scholar"}


def test_what_stands_in_the_way_is_said(amara, advisor):
    neighbor(email="amara@school.example")

    page = advisor.post(f"/admin/students/{amara.pk}/invite/", follow=True)

    assert [str(each).strip() for each in page.context["messages"]] == [
        "Another record has the address amara@school.example, too. Correct the one it does not "
        "belong to."
    ]
    assert Notice.objects.count() == 0


def test_it_is_sent_again_once_for_each_look(amara, advisor, invitation):
    old = absolute_link(invitation.notice.links["link"])
    for _press in range(2):
        answer = advisor.post(f"{LIST}{invitation.pk}/resend/", {"number": 1, "back": "student"})

    invitation.refresh_from_db()
    new = absolute_link(invitation.notice.links["link"])
    assert answer.url == f"/admin/students/{amara.pk}/"
    assert (Notice.objects.count(), invitation.link_number) == (2, 2)
    links = [each.removeprefix("http://testserver") for each in (old, new)]
    assert [Client().get(link).status_code for link in links] == [410, 200]


def test_it_is_taken_back_and_given_again(amara, advisor, staff, invitation):
    link = absolute_link(invitation.notice.links["link"]).removeprefix("http://testserver")
    advisor.post(f"{LIST}{invitation.pk}/revoke/", {"back": "student"})
    taken = card(advisor, amara)
    press(advisor, amara, "invite")

    assert Client().post(link).status_code == 410
    assert (taken.access, str(taken.invitation.revoked_by), taken.may_invite) == (
        "revoked",
        "Office advisor",
        True,
    )
    assert card(advisor, amara).access == "invited"


@pytest.mark.parametrize("what", ["resend", "revoke"])
def test_what_was_accepted_stays_and_says_so(advisor, invitation, what):
    accept(invitation)

    page = advisor.post(f"{LIST}{invitation.pk}/{what}/", {"number": 1}, follow=True)

    assert [str(each).strip() for each in page.context["messages"]] == [
        "amara@school.example has accepted the invitation already."
    ]
    assert Invitation.objects.get().state == "accepted"


# The list.


def test_the_list_is_filtered_by_state_purpose_mail_and_words(staff, advisor):
    people = [
        neighbor(
            sevis_id=f"N00000001{number:02d}",
            institution_id=f"U1{number}",
            email=f"{name}@school.example",
            family_name=name.title(),
        )
        for number, name in enumerate(("asked", "came", "back", "lost"))
    ]
    ScholarDetails.objects.create(record=people[0])
    _asked, came, back, lost = (invite_person(each)[0] for each in people)
    accept(came)
    revoke(back)
    Notice.objects.filter(pk=lost.notice_id).update(delivery="bounced")
    invite(factories.make_user("clerk@staff.example"), "staff")

    assert {
        query: sorted(listed(advisor, query))
        for query in (
            *("", "?state=open", "?state=accepted", "?state=revoked", "?state=expired"),
            *("?purpose=scholar", "?purpose=staff", "?mail=failed", "?q=CAME", "?state=nonsense"),
        )
    } == {
        "": [f"{name}@school.example" for name in ("asked", "back", "came", "lost")],
        "?state=open": ["asked@school.example", "lost@school.example"],
        "?state=accepted": ["came@school.example"],
        "?state=revoked": ["back@school.example"],
        "?state=expired": [],
        "?purpose=scholar": ["asked@school.example"],
        "?purpose=staff": [f"{name}@school.example" for name in ("asked", "back", "came", "lost")],
        "?mail=failed": ["lost@school.example"],
        "?q=CAME": ["came@school.example"],
        "?state=nonsense": [f"{name}@school.example" for name in ("asked", "back", "came", "lost")],
    }


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_queries_for_one_and_for_thirty(
    staff, advisor, count, django_assert_num_queries
):
    for number in range(count):
        invite_person(
            neighbor(
                sevis_id=f"N{number:010d}",
                institution_id=f"U{number}",
                email=f"p{number}@a.example",
            ),
            by=staff[Role.ADVISOR],
        )
    advisor.get(LIST)

    with django_assert_num_queries(11):
        assert len(listed(advisor)) == count


@pytest.mark.parametrize("what", ["resend", "revoke"])
def test_invitations_of_staff_and_ones_own_are_nobodys_here(staff, advisor, what):
    own = record(user=staff[Role.ADVISOR], email=staff[Role.ADVISOR].email)
    clerk, _sent = invite(factories.make_user("clerk@staff.example"), "staff")
    mine, _sent = invite(own.user, "student")

    for each in (clerk, mine):
        assert advisor.post(f"{LIST}{each.pk}/{what}/", {"number": 1}).status_code == 404
    assert {each.state for each in Invitation.objects.all()} == {"open"}


@pytest.mark.parametrize("who", ["editor", "stranger"])
def test_nobody_else_invites_or_looks(amara, invitation, editor, sign_in, who):
    client = editor if who == "editor" else sign_in()

    answers = [
        client.get(LIST),
        press(client, amara, "invite"),
        press(client, amara, "address", address="amara@school.example"),
        client.post(f"{LIST}{invitation.pk}/revoke/"),
        client.post(f"{LIST}{invitation.pk}/resend/", {"number": 1}),
    ]

    assert {answer.status_code for answer in answers} == {302}
    assert (Invitation.objects.get().state, Notice.objects.count()) == ("open", 1)


# A changed address.


@pytest.fixture
def moved(amara, invitation):
    """Her record says another address than the one she signs in with."""
    accept(invitation)
    StudentRecord.objects.filter(pk=amara.pk).update(email="Okoye@New.example")
    amara.refresh_from_db()
    return amara


def test_a_changed_record_changes_no_login_and_the_desk_shows_it(moved, advisor):
    assert (moved.user.email, card(advisor, moved).other_address) == (
        "amara@school.example",
        "okoye@new.example",
    )


def test_a_confirmed_address_becomes_the_login(moved, advisor, staff):
    browser = Client()
    browser.force_login(moved.user)

    answer = press(advisor, moved, "address", address="okoye@new.example")

    user = User.objects.get(pk=moved.user_id)
    assert (answer.url, user.email) == (f"/admin/students/{moved.pk}/", "okoye@new.example")
    assert not EmailAddress.objects.filter(user=user).exists()
    assert browser.get("/portal/").status_code == 302
    assert advisor.get(LIST).status_code == 200
    assert list(Notice.objects.filter(key="login_changed").values_list("recipient", flat=True)) == [
        "amara@school.example"
    ]
    assert list(RecordChange.objects.values_list("field", "old", "new", "by")) == [
        ("user", "amara@school.example", "okoye@new.example", staff[Role.ADVISOR].pk)
    ]
    assert (logged("sign-in address changed"), card(advisor, moved).other_address) == (1, "")


def test_an_open_invitation_to_the_old_address_is_taken_back(amara, invitation, advisor, staff):
    StudentRecord.objects.filter(pk=amara.pk).update(email="okoye@new.example")
    press(advisor, amara, "address", address="okoye@new.example")
    press(advisor, amara, "invite")

    assert [
        (each.email, each.state, each.revoked_by) for each in Invitation.objects.order_by("pk")
    ] == [
        ("amara@school.example", "revoked", staff[Role.ADVISOR]),
        ("okoye@new.example", "open", None),
    ]


def another_account(moved):
    factories.make_user("okoye@new.example")


def another_record(moved):
    neighbor(email="OKOYE@new.example")


def changed_meanwhile(moved):
    StudentRecord.objects.filter(pk=moved.pk).update(email="else@new.example")


@pytest.mark.parametrize("spoil", [another_account, another_record, changed_meanwhile])
def test_an_address_that_may_be_somebody_elses_is_not_confirmed(moved, advisor, spoil):
    spoil(moved)

    press(advisor, moved, "address", address="okoye@new.example")

    assert User.objects.get(pk=moved.user_id).email == "amara@school.example"
    assert not Notice.objects.filter(key="login_changed").exists()


def test_the_page_shows_both_addresses_and_changes_nothing(moved, advisor):
    words = advisor.get(f"/admin/students/{moved.pk}/address/").content.decode()

    assert "amara@school.example" in words
    assert "Okoye@New.example" in words
    assert User.objects.get(pk=moved.user_id).email == "amara@school.example"
