"""The small comforts of isso.js, each seen working in real Chromium."""

import json

import pytest
from django.template.loader import render_to_string

pytestmark = pytest.mark.browser

SUMMARY = (
    '<div data-error-summary tabindex="-1"><a href="#id_end">Enter the last day of work</a></div>'
    '<div class="field"><input id="id_end"></div>'
)
QUESTIONS = """<form>
  <label><input type="radio" name="hours" value="part">Part</label>
  <label><input type="radio" name="hours" value="full">Full</label>
  <div class="field{bad}"><label for="why">Why</label>
    <input id="why" data-show-if="hours=full|over"></div>
</form>"""


def focused(page):
    """Name the element that has the focus."""
    return page.evaluate("document.activeElement.id || document.activeElement.tagName")


def test_error_summary_takes_the_focus_and_its_links_hand_it_on(show):
    page = show(SUMMARY)

    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    page.click("text=Enter the last day")
    assert focused(page) == "id_end"


def test_dependent_question_follows_the_answer(show):
    page = show(QUESTIONS.format(bad=""))
    seen = [page.is_visible("#why")]
    for answer in ("full", "part", "full"):
        page.check(f"[value={answer}]")
        seen.append(page.is_visible("#why"))

    assert seen == [False, True, False, True]


def test_what_hangs_on_a_hidden_question_is_hidden_with_it(show):
    page = show(
        QUESTIONS.format(bad="")
        .replace(
            "</form>",
            '<div class="field"><input id="how" data-show-if="reason=old"></div></form>',
        )
        .replace('id="why"', 'id="why" name="reason" value="old"')
    )
    seen = [page.is_visible("#how")]
    for answer in ("full", "part"):
        page.check(f"[value={answer}]")
        seen.append(page.is_visible("#how"))

    assert seen == [False, True, False]


def test_dependent_question_with_an_error_is_never_hidden(show):
    assert show(QUESTIONS.format(bad=" field--bad")).is_visible("#why")


def test_double_click_sends_once_and_keeps_the_pressed_button(show):
    page = show(
        '<form data-once action="https://isso.test/sent"><button name="do" value="submit">Submit'
        '</button><button name="do" value="later">Later</button></form>'
    )
    sent = []
    page.route(
        "https://isso.test/**",
        lambda route: (sent.append(route.request.url), route.fulfill(body="<p>Received</p>")),
    )
    # Both in one breath, faster than any answer.
    page.evaluate("document.querySelectorAll('button').forEach((button) => button.click())")
    page.wait_for_selector("text=Received")

    assert sent == ["https://isso.test/sent?do=submit"]


@pytest.mark.parametrize(
    ("now", "spoken"),
    [
        ("2026-11-24T14:30:00Z", "Open now until 10:00 am Tuesday, November 24"),
        ("2026-11-24T15:00:00Z", "Closed Opens 11:30 am Tuesday, November 24"),
        ("2026-11-24T16:30:00Z", "Open now until 4:00 pm Tuesday, November 24"),
        ("2026-11-24T21:00:00Z", "Closed Opens Wednesday 9:00 am Tuesday, November 24"),
        # Past midnight in the office, the day before in Greenwich.
        ("2026-11-25T05:00:00Z", "Closed Opens 9:00 am Wednesday, November 25"),
        ("2026-11-25T21:00:00Z", "Closed Opens Monday, January 4, 9:00 am Wednesday, November 25"),
        # A tab left open until nothing is known any more.
        ("2027-01-04T21:00:00Z", "Closed Monday, January 4"),
    ],
)
def test_opening_hours_stay_right_over_the_tuesday_gap(show, now, spoken):
    page = show("")
    page.clock.set_fixed_time(now)
    instants = [
        ["2026-11-24T14:00:00Z", "2026-11-24T15:00:00Z"],
        ["2026-11-24T16:30:00Z", "2026-11-24T21:00:00Z"],
        ["2026-11-25T14:00:00Z", "2026-11-25T21:00:00Z"],
        ["2027-01-04T14:00:00Z", "2027-01-04T21:00:00Z"],
    ]
    week = {
        "instants_json": json.dumps(instants),
        "zone": "America/New_York",
        "status": {"is_open": True, "detail": "stale"},
    }
    page = show(render_to_string("components/hours_now.html", {"week": week}))
    page.wait_for_function("!document.body.innerText.includes('stale')")

    assert " ".join(page.inner_text("main").replace("\u202f", " ").split()) == spoken


def test_unsaved_answers_are_not_lost_by_a_stray_click(show):
    page = show('<form data-warn-unsaved><input id="a"></form>')
    page.fill("#a", "typed")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("about:blank")

    assert asked == ["beforeunload"]


def test_answers_are_unfolded_for_print_but_masked_numbers_are_not(show):
    page = show(
        '<details id="answers"><summary>Answers</summary>x</details>'
        '<details id="passport" class="masked"><summary>67</summary>C1234567</details>'
    )
    states = "['answers', 'passport'].map((id) => document.getElementById(id).open)"
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    during = page.evaluate(states)
    page.evaluate("dispatchEvent(new Event('afterprint'))")

    assert (during, page.evaluate(states)) == ([True, False], [False, False])
