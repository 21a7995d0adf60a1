"""Saving while somebody types, seen working in real Chromium."""

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).parents[2] / "pages/static/isso/js/autosave.js"
ADDRESS = "https://isso.test/autosave/"
FORM = f"""<form data-autosave="{ADDRESS}" data-offline="No connection." data-warn-unsaved>
  <input type="hidden" name="csrfmiddlewaretoken" value="old">
  <input type="hidden" name="seen" value="first">
  <input id="a" name="a"><input type="file" name="file">
  <p data-autosave-says></p><button>Save</button></form>"""


@pytest.fixture
def tab(show, page):
    """A page with a form, a clock in our hands, and answers we choose; returns (tab, posted)."""
    posted, answers = [], []

    def answer(route):
        method, body = route.request.method, route.request.post_data
        posted.append((method, body))
        status, said = answers.pop(0) if answers else (200, {"sentence": "Saved.", "seen": "next"})
        if status is None:
            return route.abort()
        return route.fulfill(
            status=status,
            content_type="application/json",
            headers={"Access-Control-Allow-Origin": "*"},
            body=json.dumps(said),
        )

    page.clock.install()
    show(FORM)
    page.route("https://isso.test/**", answer)
    page.add_script_tag(content=SCRIPT.read_text(), type="module")
    page.answers = answers
    return page, posted


def says(page, sentence):
    """Wait until the page says this."""
    page.wait_for_function(
        "(s) => document.querySelector('[data-autosave-says]').textContent === s", arg=sentence
    )


def typed(page, text):
    """Type and let three seconds pass."""
    page.fill("#a", text)
    page.clock.run_for(3_100)


def test_it_saves_three_seconds_after_the_last_change_and_goes_on_from_there(tab):
    page, posted = tab
    for text in ("o", "on", "one"):
        page.fill("#a", text)
        page.clock.run_for(1_000)
    page.clock.run_for(3_000)
    says(page, "Saved.")
    assert posted == [("POST", "csrfmiddlewaretoken=old&seen=first&a=one")]
    assert page.input_value("[name=seen]") == "next"


def test_nothing_is_sent_while_nothing_changes(tab):
    page, posted = tab
    page.clock.run_for(60_000)

    assert posted == []


def test_a_conflict_is_said_and_ends_the_saving(tab):
    page, posted = tab
    page.answers.append((409, {"sentence": "Changed in another tab."}))
    typed(page, "one")
    says(page, "Changed in another tab.")
    typed(page, "two")

    assert len(posted) == 1
    assert page.input_value("#a") == "two"


def test_signed_out_it_says_so_and_saves_once_somebody_has_signed_in_elsewhere(tab):
    page, posted = tab
    page.answers += [
        (401, {"sentence": "You are signed out."}),
        (200, {"token": "new"}),
        (200, {"sentence": "Saved again.", "seen": "next"}),
    ]
    typed(page, "one")
    says(page, "You are signed out.")
    assert page.input_value("#a") == "one"
    page.evaluate("dispatchEvent(new Event('focus'))")
    says(page, "Saved again.")

    assert posted[1:] == [
        ("GET", None),
        ("POST", "csrfmiddlewaretoken=new&seen=first&a=one"),
    ]


def test_a_token_that_is_refused_again_and_again_ends_in_a_sentence(tab):
    page, posted = tab
    page.answers += [(403, {}), (200, {"token": "new"}), (403, {"sentence": "Refused."})]
    typed(page, "one")
    says(page, "Refused.")

    assert [method for method, _body in posted] == ["POST", "GET", "POST"]


def test_without_a_connection_it_tries_again(tab):
    page, _posted = tab
    page.answers.append((None, {}))
    typed(page, "one")
    says(page, "No connection.")
    page.clock.run_for(15_100)

    says(page, "Saved.")


ROW = '<div class="summary__row"><dt>{}</dt><dd>{}</dd></div>'
ROWS = ROW.format("Costs", "$59,000") + ROW.format("Missing", "$59,000")
PANEL = f'<div data-autosave-panel aria-live="polite"><dl class="summary">{ROWS}</dl></div>'


@pytest.fixture
def counting(tab, show):
    """A page whose calculator follows what is typed."""
    page, posted = tab
    show(FORM + PANEL)
    page.add_script_tag(content=SCRIPT.read_text(), type="module")
    page.evaluate("document.querySelectorAll('.summary__row').forEach((row) => (row.old = true))")
    return page, posted


def rows_of(page):
    """Return what each row says, and whether it is still the node it was."""
    return page.evaluate(
        "[...document.querySelectorAll('.summary__row')].map((r) => [r.innerText, r.old === true])"
    )


def answered_with(page, *rows):
    """Type something that comes to these rows, and let a second pass."""
    html = "".join(ROW.format(*row) for row in rows)
    panel = f'\n<dl class="summary">{html}</dl>\n'
    page.answers.append((200, {"sentence": "Counted.", "seen": "next", "rows": panel}))
    page.fill("#a", str(rows))
    page.clock.run_for(1_100)
    says(page, "Counted.")


def test_what_it_comes_to_follows_a_second_after_typing_and_only_new_rows_are_said(counting):
    page, posted = counting
    answered_with(page, ("Costs", "$59,000"), ("Missing", "$1,000"))

    assert len(posted) == 1
    assert rows_of(page) == [["Costs\n$59,000", True], ["Missing\n$1,000", False]]


def test_more_rows_take_the_place_of_all(counting):
    page, _posted = counting
    answered_with(page, ("Costs", "$59,000"), ("Source", "$100"), ("Missing", "$58,900"))

    assert [words for words, _old in rows_of(page)] == [
        *("Costs\n$59,000", "Source\n$100", "Missing\n$58,900"),
    ]
    assert page.get_attribute("[data-autosave-panel]", "aria-live") == "polite"


def test_a_page_that_could_not_be_saved_keeps_its_rows(counting):
    page, _posted = counting
    page.answers.append((409, {"sentence": "Changed in another tab."}))
    page.fill("#a", "one")
    page.clock.run_for(1_100)
    says(page, "Changed in another tab.")

    assert [old for _words, old in rows_of(page)] == [True, True]
