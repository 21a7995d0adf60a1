"""The warning before a session ends, seen working in real Chromium."""

import json
from pathlib import Path

import pytest
from django.template.loader import render_to_string

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).parents[2] / "pages/static/isso/js/session.js"
STATUS = "https://isso.test/status/"
SOON, ENDED = "because you have not been active", "You are signed out."
LAST = "the longest time of one sign-in is over"


@pytest.fixture
def tab(show, page):
    """Open a page whose session ends in ten minutes; returns what was asked, and the answers."""
    asked, answers = [], []

    def answer(route):
        asked.append((route.request.method, route.request.post_data))
        said = answers.pop(0) if answers else None
        if said is None:
            return route.abort()
        return route.fulfill(
            status=200 if said["seconds"] else 401,
            content_type="application/json",
            headers={"Access-Control-Allow-Origin": "*"},
            body=json.dumps(said),
        )

    page.clock.install()
    markup = render_to_string("components/session_warning.html")
    show(
        '<input id="typed">'
        + markup.replace("/accounts/session/", STATUS).replace(
            " hidden>", ' data-seconds="600" hidden>', 1
        )
    )
    page.route("https://isso.test/**", answer)
    page.add_script_tag(content=SCRIPT.read_text(), type="module")
    return asked, answers


def left(seconds, *, can_stay=True):
    return {"seconds": seconds, "can_stay": can_stay, "token": "new"}


def test_it_comes_two_minutes_before_the_end_and_goes_when_one_stays(tab, page):
    asked, answers = tab
    page.fill("#typed", "half a sentence")
    answers.append(left(120))
    page.clock.run_for(479_000)
    assert (asked, page.get_by_role("alert").is_visible()) == ([], False)
    page.clock.run_for(2_000)
    page.get_by_text(SOON).wait_for()
    # Nobody is torn out of what he types.
    assert page.evaluate("document.activeElement.id") == "typed"

    answers += [left(118), left(3600)]
    page.get_by_role("button", name="Stay signed in").click()
    page.get_by_text(SOON).wait_for(state="hidden")
    assert asked == [("GET", None), ("GET", None), ("POST", "csrfmiddlewaretoken=new")]


def test_work_in_another_tab_needs_no_warning_here(tab, page):
    asked, answers = tab
    answers.append(left(3000))
    # A busy computer takes a moment to ask.
    with page.expect_response("**/*"):
        page.clock.run_for(481_000)

    assert (asked, page.get_by_role("alert").is_visible()) == ([("GET", None)], False)


def test_at_the_longest_time_it_promises_nothing(tab, page):
    _asked, answers = tab
    answers.append(left(120, can_stay=False))
    page.clock.run_for(481_000)
    page.get_by_text(LAST).wait_for()

    assert not page.get_by_role("button", name="Stay signed in").is_visible()


def test_at_the_end_it_says_where_to_go_on(tab, page):
    _asked, answers = tab
    answers += [left(120), left(0)]
    page.clock.run_for(481_000)
    page.get_by_text(SOON).wait_for()
    page.clock.run_for(122_000)
    page.get_by_text(ENDED).wait_for()

    link = page.get_by_role("link", name="Sign in again")
    assert link.get_attribute("href").startswith("/accounts/login/?next=")


def test_a_server_that_is_away_is_asked_again(tab, page):
    asked, answers = tab
    page.clock.run_for(481_000)
    page.wait_for_timeout(200)
    answers.append(left(100))
    page.clock.run_for(16_000)
    page.get_by_text(SOON).wait_for()

    assert len(asked) == 2
    page.get_by_role("button", name="Stay signed in").click()
    page.get_by_text("The server did not answer").wait_for()
