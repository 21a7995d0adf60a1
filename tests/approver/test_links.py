"""How long a link lives: until a decision, a newer link, another person, or thirty days."""

from datetime import timedelta

import pytest
from django.utils import timezone

from isso.requests.actor import Actor
from isso.requests.lifecycle import State
from isso.requests.models import HistoryEntry
from isso.requests.notices.links import absolute_link
from isso.requests.notices.models import Notice
from isso.requests.perform import perform
from isso.tests import factories
from isso.tests.approver.links import address, decide

DAY = timedelta(days=1)


def heading(response):
    """Return the page's heading."""
    return response.content.decode().partition("<h1>")[2].partition("</h1>")[0]


def newest_link():
    """Return the address in the newest mail to an approver, as its reader would open it."""
    notice = Notice.objects.filter(audience="approver", links__link__isnull=False).latest(
        "created_at", "pk"
    )
    return absolute_link(notice.links["link"]).removeprefix("http://testserver")


def replaced(waiting, **changes):
    """Let the student name somebody else."""
    data = {"name": "Omar Haddad", "email": "haddad@demo.example"} | changes
    return perform(waiting, "replace_approver", Actor.for_user(waiting.student.user), **data)


@pytest.mark.parametrize(
    ("days", "seconds", "status"), [(29, 0, 200), (30, 0, 200), (30, 1, 410), (45, 0, 410)]
)
def test_a_link_lives_thirty_days(client, link, monday, days, seconds, status):
    monday.shift(timedelta(days=days, seconds=seconds))

    assert client.get(link).status_code == status


def test_the_link_of_somebody_replaced_dies_and_says_so(client, waiting, link):
    replaced(waiting)

    response = client.get(link)
    decide(client, link)

    waiting.refresh_from_db()
    assert (response.status_code, heading(response)) == (
        410,
        "This link is no longer the right one",
    )
    assert b"Haddad" not in response.content
    assert waiting.state == State.APPROVER_REVIEW
    assert [(each.name, each.outcome) for each in waiting.approvals.all()] == [
        ("Paula Rivera", "replaced"),
        ("Omar Haddad", "waiting"),
    ]


def test_a_reminder_brings_a_new_link_and_ends_the_old_one(client, waiting, link, monday):
    monday.shift(5 * DAY)
    perform(waiting, "remind", Actor.for_user(waiting.student.user))
    newer = newest_link()

    assert [client.get(each).status_code for each in (link, newer)] == [410, 200]


ENDINGS = {
    "withdrawn": lambda waiting: perform(waiting, "withdraw", Actor.for_user(waiting.student.user)),
    "expired": lambda waiting: perform(waiting, "expire", Actor.system()),
    "skipped": lambda waiting: perform(
        waiting,
        "skip_approver",
        Actor.for_user(factories.make_staff("supervisor")),
        note="On leave until June.",
    ),
}


@pytest.mark.parametrize("name", ENDINGS)
def test_a_link_ends_with_its_request(client, waiting, link, name):
    ENDINGS[name](waiting)

    response = client.get(link)

    assert (response.status_code, heading(response)) == (410, "Nothing is left for you to do")


def test_a_link_of_an_earlier_submission_does_not_open_the_next(client, waiting, link):
    decide(client, link, decision="return_to_student", comment="Name the course.")
    waiting.refresh_from_db()
    again = perform(
        waiting,
        "resubmit",
        Actor.for_user(waiting.student.user),
        attestations=factories.everything_attested(waiting),
    )

    assert heading(client.get(link)) == "This has been decided"
    assert client.get(address(again.current_approval)).status_code == 200


def test_an_expired_link_can_be_asked_for_once_more(client, waiting, link, monday):
    monday.shift(31 * DAY)
    page = client.get(link)
    first = client.post(f"{link}new-link/")
    newer = newest_link()
    second = client.post(f"{link}new-link/")

    assert (page.status_code, b"Send me a new link" in page.content) == (410, True)
    assert [each.status_code for each in (first, second)] == [200, 410]
    assert [client.get(each).status_code for each in (link, newer)] == [410, 200]
    entry = HistoryEntry.objects.latest("at", "pk")
    assert (entry.action, entry.actor_label, entry.at) == (
        "new_link",
        "Paula Rivera",
        timezone.now(),
    )
    requests_sent = Notice.objects.filter(key="approver_request")
    assert list(requests_sent.values_list("recipient", flat=True)) == ["rivera@demo.example"] * 2


def test_nobody_gets_a_new_link_when_nothing_is_waited_for(client, waiting, link, monday):
    decide(client, link)
    monday.shift(31 * DAY)
    before = Notice.objects.count()

    response = client.post(f"{link}new-link/")

    assert (response.status_code, heading(response)) == (410, "This has been decided")
    assert Notice.objects.count() == before


def test_looking_at_the_address_for_new_links_sends_none(client, link, monday):
    monday.shift(31 * DAY)
    before = Notice.objects.count()

    assert client.get(f"{link}new-link/").status_code == 405
    assert client.post("/portal/approvals/nonsense/new-link/").status_code == 404
    assert Notice.objects.count() == before
