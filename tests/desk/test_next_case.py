"""From case to case of the list the advisor came from, without going back to it."""

import re

import pytest

from isso.requests.people.roles import Role
from isso.tests import factories


@pytest.fixture
def three(staff):
    """Three requests under review of the advisor, as the list "Mine" has them."""
    return [
        factories.make_request(
            factories.make_student(f"s{number}@school.example", family_name=name),
            "reprint",
            "in_review",
            staff[Role.ADVISOR],
        )
        for number, name in enumerate(("Adams", "Baker", "Clark"))
    ]


def followed(browser, address):
    """Return where an address leads, and the page there."""
    answer = browser.get(address, follow=True)
    return (answer.redirect_chain or [(address, 200)])[-1][0], answer


def test_from_one_to_the_next_and_back_to_the_list_at_its_end(three, advisor):
    address, seen = f"/admin/desk/{three[0].pk}/?view=mine&at=0", []
    page = advisor.get(address)
    while "student_request" in page.context and len(seen) < 5:
        seen.append(page.context["student_request"].pk)
        address, page = followed(advisor, page.context["next_url"])

    assert seen[0] == three[0].pk
    assert sorted(seen) == sorted({each.pk for each in three})
    assert address == "/admin/desk/view/mine/"
    assert "That was the last one of this list." in page.content.decode()


def test_a_case_that_was_decided_leads_to_the_one_that_moved_into_its_place(three, advisor):
    listed = re.findall(
        r"/admin/desk/(\d+)/\?", advisor.get("/admin/desk/view/mine/").content.decode()
    ) or [str(each.pk) for each in three]
    first = next(each for each in three if str(each.pk) == listed[0])
    url = f"/admin/desk/{first.pk}/do/deny/?view=mine&at=0"

    done = advisor.post(
        url, {"version": first.version, "note": "The dates do not fit."}, follow=True
    )
    address, page = followed(advisor, done.context["next_url"])

    assert done.redirect_chain == [(f"/admin/desk/{first.pk}/?view=mine&at=0", 302)]
    assert f'href="{done.context["next_url"].replace("&", "&amp;")}"' in done.content.decode()
    assert page.context["student_request"].pk != first.pk
    assert re.search(r"[?&]at=0(&|$)", address)


def test_what_is_written_on_a_case_keeps_the_list(three, advisor):
    url = f"/admin/desk/{three[0].pk}/"

    answers = [
        advisor.post(f"{url}note/?view=mine&at=1&type=reprint", {"note-text": "Called."}),
        advisor.post(f"{url}message/?view=mine&at=1&type=reprint", {"message-text": "Hello."}),
        advisor.get(f"{url}do/complete/?view=mine&at=1&type=reprint"),
    ]

    assert {each.url for each in answers} == {f"{url}?view=mine&at=1&type=reprint"}
    page = advisor.get(f"{url}?view=mine&at=1").content.decode()
    assert f'href="{url}do/deny/?view=mine&amp;at=1"' in page
    assert 'href="/admin/desk/view/mine/"' in page


@pytest.mark.parametrize("query", ["", "?view=nonsense", "?view=mine&at=x", "?view=mine&at=999999"])
def test_an_address_without_a_list_leads_to_a_list(query, three, advisor):
    address, page = followed(advisor, f"/admin/desk/{three[0].pk}/next/{query}")

    assert page.status_code in (200, 404)
    assert "/admin/desk/" in address


def test_keys_are_named_at_what_they_press(three, advisor):
    page = advisor.get(f"/admin/desk/{three[0].pk}/").content.decode()

    assert re.findall(r'data-key="(\w)"', page) == ["n", "q", "r", "c", "a", "m"]


def test_one_timeline_tells_actions_and_mails_with_their_delivery(three, advisor):
    page = advisor.get(f"/admin/desk/{three[0].pk}/")

    kinds = [event.kind for event in page.context["case"].timeline]
    assert set(kinds) == {"history", "mail"}
    moments = [event.at for event in page.context["case"].timeline]
    assert moments == sorted(moments, reverse=True)
    assert "Mail: Status changed" in page.content.decode()
