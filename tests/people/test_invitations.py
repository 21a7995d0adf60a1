"""Invitations: asked once, mailed once, accepted once, by whoever reads the mail."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client

from isso.requests.approvals import TOKENS as APPROVALS
from isso.requests.notices.links import DeadLink, absolute_link
from isso.requests.notices.models import Notice, NoticeState
from isso.requests.notices.outbox import deliver_due
from isso.requests.notices.tokens import LinkProblem
from isso.requests.people import invitations
from isso.requests.people.addresses import login_address
from isso.requests.people.invitations import accept, invite, resend, revoke
from isso.requests.people.models import Invitation, User
from isso.requests.people.roles import Role
from isso.tests.access.fingerprint import changed, fingerprint
from isso.tests.error_pages import without_code
from isso.tests.factories import make_user

DAY = timedelta(days=1)


@pytest.fixture
def priya(db, monday):
    """Somebody with an account who has never signed in."""
    return User.objects.create_user("priya@school.example", full_name="Priya Raman")


@pytest.fixture
def invitation(priya):
    """Her invitation."""
    return invite(priya, "student")[0]


def link_of(invitation):
    """Return the address in its newest mail, as the mail would carry it."""
    invitation.refresh_from_db()
    return absolute_link(invitation.notice.links["link"]).removeprefix("http://testserver")


def heading(response):
    return response.content.decode().partition("<h1>")[2].partition("</h1>")[0]


def signed_in(client):
    return client.session.get("_auth_user_id")


# Inviting.


@pytest.mark.parametrize(
    ("purpose", "key", "audience"),
    [
        ("student", "welcome_invitation", "student"),
        ("admitted", "welcome_invitation", "student"),
        ("scholar", "scholar_invite", "student"),
        ("department", "department_welcome", "visitor"),
        ("staff", "staff_welcome", "staff"),
    ],
)
def test_each_purpose_has_its_mail(priya, purpose, key, audience, mailoutbox):
    invitation, is_sent = invite(priya, purpose)
    deliver_due()

    notice = Notice.objects.get()
    assert is_sent
    assert (notice.key, notice.audience, notice.recipient, notice.recipient_name) == (
        key,
        audience,
        "priya@school.example",
        "Priya Raman",
    )
    [mail] = mailoutbox
    assert f"http://testserver{link_of(invitation)}" in mail.body
    assert "November 4, 2026" in mail.body
    assert ("deposit" in mail.body) == (purpose == "admitted")


def test_the_outbox_holds_no_link(invitation):
    notice = Notice.objects.get()

    assert notice.links == {"link": ["invitation", invitation.pk, 1]}
    assert "[link]" in notice.redacted().text


def test_who_is_invited_gets_no_second_mail(priya, invitation):
    assert invite(priya, "student") == (invitation, False)
    assert Notice.objects.count() == 1


def test_an_occasion_invites_once_whatever_became_of_it(priya):
    first, _sent = invite(priya, "admitted", occasion="deposit:1")
    revoke(first)

    assert invite(priya, "admitted", occasion="deposit:1") == (first, False)
    assert Notice.objects.count() == 1


def test_who_was_taken_back_may_be_invited_again(priya, invitation):
    revoke(invitation)

    again, is_sent = invite(priya, "student")

    assert (is_sent, again != invitation) == (True, True)
    assert Notice.objects.count() == 2


def test_inviting_after_it_has_expired_sends_a_new_link(priya, invitation, monday):
    monday.shift(31 * DAY)

    again, is_sent = invite(priya, "student")

    assert (again, again.link_number, is_sent) == (invitation, 2, True)


# Looking.


def test_fifty_openings_by_a_mail_scanner_change_nothing(client, invitation):
    link, before = link_of(invitation), fingerprint()

    statuses = [client.get(link).status_code for _i in range(25)]
    statuses += [client.head(link).status_code for _i in range(25)]

    assert (set(statuses), changed(before, fingerprint())) == ({200}, [])
    assert client.post(link).status_code == 302


def test_the_page_is_kept_by_nobody_and_leaks_no_address(client, invitation):
    response = client.get(link_of(invitation))

    assert response["Referrer-Policy"] == "strict-origin"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]


# Accepting.


def test_accepting_signs_in_and_verifies_the_address(client, priya, invitation):
    response = client.post(link_of(invitation))

    assert (response.status_code, response["Location"]) == (302, "/portal/")
    assert signed_in(client) == str(priya.pk)
    assert list(EmailAddress.objects.values_list("user", "email", "verified", "primary")) == [
        (priya.pk, "priya@school.example", True, True)
    ]
    invitation.refresh_from_db()
    assert invitation.state == "accepted"


def test_who_is_signed_in_as_somebody_else_signs_out_first(client, invitation):
    other = make_user("omar@school.example", "Omar Haddad")
    client.force_login(other)
    link = link_of(invitation)

    looked, pressed = client.get(link), client.post(link)
    after_sign_out = client.post("/accounts/logout/", {"next": link})

    assert (looked.status_code, pressed.status_code) == (200, 409)
    assert heading(looked) == heading(pressed) == "You are signed in as somebody else"
    assert (after_sign_out.status_code, after_sign_out["Location"]) == (302, link)
    invitation.refresh_from_db()
    assert invitation.state == "open"
    assert heading(client.get(link)) == "Your invitation"


def test_who_is_signed_in_as_herself_accepts(client, priya, invitation):
    client.force_login(priya)

    assert client.post(link_of(invitation)).status_code == 302
    assert Invitation.objects.get().state == "accepted"


def test_a_disabled_account_cannot_be_opened(client, priya, invitation):
    link = link_of(invitation)
    User.objects.filter(pk=priya.pk).update(is_active=False)

    assert client.post(link).status_code == 410
    assert signed_in(client) is None


def test_a_changed_login_ends_the_invitation_of_the_old_address(client, priya, invitation):
    link = link_of(invitation)
    User.objects.filter(pk=priya.pk).update(email="raman@school.example")

    assert client.post(link).status_code == 410
    assert signed_in(client) is None


# Bad links: what was done to a good one → (status, heading).
NO_SUCH = (404, "This link does not work")


def _used(link, invitation, clock):
    Client().post(link)
    return link


def _revoked(link, invitation, clock):
    revoke(invitation)
    return link


def _replaced(link, invitation, clock):
    resend(invitation, seen=1)
    return link


def _expired(link, invitation, clock):
    clock.shift(30 * DAY + timedelta(seconds=1))
    return link


def _of_another_kind(link, invitation, clock):
    return f"/accounts/invitation/{APPROVALS.make(invitation.pk, 1)}/"


def _foreign(link, invitation, clock):
    return f"/accounts/invitation/{invitations.TOKENS.make(invitation.pk + 1, 1)}/"


def _truncated(link, invitation, clock):
    return f"{link[:-3]}/"


def _tampered(link, invitation, clock):
    return link.replace("invitation/W", "invitation/X")


def _nonsense(link, invitation, clock):
    return "/accounts/invitation/%00%E2%80%AE'\"<x>/"


@pytest.mark.parametrize(
    ("spoil", "answer"),
    [
        (_used, (410, "This invitation was accepted")),
        (_revoked, (410, "This invitation was taken back")),
        (_replaced, (410, "There is a newer invitation")),
        (_expired, (410, "This invitation has expired")),
        (_of_another_kind, NO_SUCH),
        (_foreign, NO_SUCH),
        (_truncated, NO_SUCH),
        (_tampered, NO_SUCH),
        (_nonsense, NO_SUCH),
    ],
)
def test_a_bad_link_opens_nothing_and_says_why(client, invitation, monday, spoil, answer):
    link = spoil(link_of(invitation), invitation, monday)

    looked, pressed = client.get(link), client.post(link)

    assert (looked.status_code, heading(looked)) == answer
    assert (pressed.status_code, heading(pressed)) == answer
    assert signed_in(client) is None
    assert b"priya@" not in looked.content + pressed.content


def test_all_links_that_never_were_get_the_same_page(client, invitation, monday):
    spoilers = (_of_another_kind, _foreign, _truncated, _tampered)
    answers = [client.get(spoil(link_of(invitation), invitation, monday)) for spoil in spoilers]
    # Each page has a code of its own, to be told on the phone.
    pages = {without_code(answer) for answer in answers}

    assert len(pages) == 1


def test_an_invitation_is_no_approval(client, invitation):
    token = invitations.make_token(invitation)

    assert client.get(f"/portal/approvals/{token}/").status_code == 404


@pytest.mark.parametrize(("days", "seconds", "status"), [(29, 0, 200), (30, 0, 200), (30, 1, 410)])
def test_an_invitation_lives_thirty_days(client, invitation, monday, days, seconds, status):
    link = link_of(invitation)
    monday.shift(timedelta(days=days, seconds=seconds))

    assert client.get(link).status_code == status


def test_an_expired_invitation_can_be_asked_for_once_more(client, invitation, monday):
    link = link_of(invitation)
    monday.shift(31 * DAY)

    page = client.get(link)
    first, second = client.post(f"{link}new-link/"), client.post(f"{link}new-link/")

    assert b"Send me a new invitation" in page.content
    assert (first.status_code, second.status_code) == (200, 410)
    assert Notice.objects.count() == 2
    assert [client.get(each).status_code for each in (link, link_of(invitation))] == [410, 200]


@pytest.mark.parametrize("spoil", [_used, _revoked, _replaced, _truncated])
def test_nobody_else_gets_a_new_link(client, invitation, monday, spoil):
    link = spoil(link_of(invitation), invitation, monday)
    before = Notice.objects.count()

    assert client.post(f"{link}new-link/").status_code in (404, 410)
    assert Notice.objects.count() == before


def test_a_link_that_still_works_is_not_sent_again(client, invitation):
    assert client.post(f"{link_of(invitation)}new-link/").status_code == 200
    assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"HTTP_HOST": "evil.example"}, 400),
        ({"HTTP_X_FORWARDED_HOST": "evil.example"}, 200),
        ({"HTTP_FORWARDED": "host=evil.example"}, 200),
    ],
)
def test_no_header_changes_where_a_mailed_link_leads(
    client, invitation, monday, settings, mailoutbox, headers, status
):
    settings.ALLOWED_HOSTS = ["testserver"]
    link = link_of(invitation)
    monday.shift(31 * DAY)

    assert client.post(f"{link}new-link/", **headers).status_code == status
    deliver_due()
    assert [f"http://testserver{link_of(invitation)}" in each.body for each in mailoutbox] == (
        [True] if status == 200 else []
    )


# Sending again and taking back.


def test_two_presses_send_one_new_link(invitation):
    resend(invitation, seen=1)
    resend(invitation, seen=1)

    assert list(Notice.objects.values_list("dedupe_key", flat=True).order_by("dedupe_key")) == [
        f"invitation:{invitation.pk}:1",
        f"invitation:{invitation.pk}:2",
    ]


@pytest.mark.parametrize("end", [revoke, accept, lambda each: resend(each, seen=1)])
def test_a_mail_whose_link_would_open_nothing_is_not_sent(invitation, end, mailoutbox):
    first = Notice.objects.get()
    end(invitation)
    deliver_due()

    first.refresh_from_db()
    assert first.state == NoticeState.CANCELED
    with pytest.raises(DeadLink):
        absolute_link(first.links["link"])


def test_what_was_accepted_is_neither_taken_back_nor_sent_again(invitation):
    accept(invitation)

    for late in (revoke, lambda each: resend(each, seen=1), accept):
        with pytest.raises(LinkProblem, match="used"):
            late(invitation)


def test_who_was_taken_back_gets_no_code_either(client, priya, invitation, mailoutbox):
    revoke(invitation)
    Notice.objects.all().delete()
    client.post("/accounts/login/", {"login": "priya@school.example"})
    deliver_due()
    taken_back = len(mailoutbox)
    accept(invite(priya, "student")[0])
    client.post("/accounts/login/", {"login": "priya@school.example"})
    deliver_due()

    assert (taken_back, [mail.to[0] for mail in mailoutbox]) == (
        0,
        ["priya@school.example"],
    )


# The way over campus sign-on.


def test_the_browser_remembers_an_invitation_while_it_is_of_use(rf, client, invitation):
    request = rf.get("/")
    request.session = client.session
    invitations.remember(request, invitation)
    first = invitations.invitation_of(request)
    revoke(invitation)

    assert first == invitation
    assert invitations.invitation_of(request) is None
    assert "invitation" not in request.session


# Addresses.


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Priya.Raman@School.EXAMPLE ", "priya.raman@school.example"),
        ("priya+isso@school.example", "priya+isso@school.example"),
        ("o'brien@school.example", "o'brien@school.example"),
    ],
)
def test_an_address_is_kept_in_one_way(typed, kept):
    assert login_address(typed) == kept


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "There is no e-mail address. Enter one, then invite again."),
        (
            "pri\N{CYRILLIC SMALL LETTER U}a@school.example",
            "“\N{CYRILLIC SMALL LETTER U}” in pri\N{CYRILLIC SMALL LETTER U}a@school.example is "
            "not a plain Latin letter (cyrillic small letter u). "
            "Type the address again on a Latin keyboard.",
        ),
        ("\N{FULLWIDTH LATIN SMALL LETTER P}riya@school.example", None),
        ("priya@scho\N{ZERO WIDTH SPACE}ol.example", None),
        ("priya@", "“priya@” is no e-mail address. Enter one such as name@example.edu."),
        ("a@b.example\nBcc: c@d.example", None),
        (f"{'a' * 250}@school.example", None),
    ],
)
def test_an_address_that_could_be_taken_for_another_is_refused(typed, sentence):
    with pytest.raises(ValidationError) as refused:
        login_address(typed)

    assert sentence in (None, refused.value.message)


# Staff, to whom no codes are mailed.


@pytest.fixture
def clerk(priya, settings):
    """The link of somebody invited to the office, on a site with passwords."""
    settings.PASSWORD_SIGN_IN = True
    return link_of(invite(priya, "staff")[0])


GOOD = "a long walk to the sea"


@pytest.mark.parametrize(
    "typed",
    [{}, {"new_password1": GOOD}, {"new_password1": GOOD, "new_password2": "another"}],
)
def test_staff_come_in_only_with_a_password_chosen(client, clerk, priya, typed):
    client.post(clerk, typed)

    assert (signed_in(client), priya.invitations.get().state) == (None, "open")


def test_staff_choose_a_password_once_and_sign_in_with_it(client, clerk, priya):
    client.post(clerk, {"new_password1": GOOD, "new_password2": GOOD})
    entered = signed_in(client)
    again = Client()
    again.post("/accounts/login/", {"login": priya.email, "password": GOOD})

    assert (entered, signed_in(again)) == (str(priya.pk), str(priya.pk))
    client.post(clerk, {"new_password1": "another walk home", "new_password2": "another walk home"})
    assert User.objects.get(pk=priya.pk).check_password(GOOD)


def test_where_staff_need_a_second_step_the_invitation_leads_to_it(client, clerk, priya, settings):
    settings.REQUIRE_STAFF_MFA = True
    priya.groups.add(Group.objects.get_or_create(name=Role.EDITOR)[0])
    answer = client.post(clerk, {"new_password1": GOOD, "new_password2": GOOD})

    assert answer["Location"] == "/admin/"
    assert client.get("/admin/")["Location"].startswith("/accounts/2fa/totp/activate/")


@pytest.mark.parametrize("purpose", ["student", "partner"])
def test_nobody_else_is_asked_for_a_password(client, clerk, priya, purpose):
    priya.invitations.update(purpose=purpose)

    assert client.get(clerk).context["form"] is None
    client.post(clerk)
    assert signed_in(client) == str(priya.pk)
