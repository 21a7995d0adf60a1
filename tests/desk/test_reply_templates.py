"""What the office writes often: worded by supervisors, filled in for each request, never half."""

import pytest

from isso.requests.demonstration.reply_templates import load_reply_templates
from isso.requests.models import ReplyTemplate
from isso.requests.people.roles import Role
from isso.requests.reply_variables import VARIABLES, fill, unfilled
from isso.tests import factories

ADMIN = "/admin/desk-reply-templates/"


@pytest.fixture
def case(staff):
    """A reprint under review."""
    return factories.make_request(None, "reprint", "in_review", staff[Role.ADVISOR])


def template(text, place="message", title="Hello", **fields):
    return ReplyTemplate.objects.create(title=title, text=text, place=place, **fields)


@pytest.mark.parametrize(
    ("variable", "words"),
    [
        ("student", "Amara Okoye"),
        ("request", "I-20 or DS-2019 reprint"),
        ("reference", "{reference}"),
        ("advisor", "Office advisor"),
        ("due", "October 8, 2026"),
        ("deadline", "{deadline}"),
        ("program_end", "August 1, 2027"),
        ("office", "International Students and Scholars Office"),
        ("office_email", "isso@demo.example"),
        ("office_phone", "{office_phone}"),
    ],
)
def test_what_each_variable_becomes(variable, words, case, staff):
    text = fill(template(f"{{{variable}}}"), case, staff[Role.ADVISOR])

    assert text == (case.reference if variable == "reference" else words)


def test_every_variable_is_tried_above():
    marks = test_what_each_variable_becomes.pytestmark[0].args[1]

    assert [name for name, _words in marks] == list(VARIABLES)


def test_other_braces_stay_as_they_are(case, staff):
    text = fill(template("{ student }: {x} {student.user} {{}}"), case, staff[Role.ADVISOR])

    assert text == "Amara Okoye: {x} {student.user} {{}}"
    assert unfilled("{due}, {x}, {due} {deadline}") == ["{due}", "{deadline}"]


def test_a_supervisor_words_one_and_an_unknown_variable_is_refused(supervisor):
    typed = {"title": "Soon", "place": "message", "type_keys": ["cpt"]}

    refused = supervisor.post(f"{ADMIN}new/", typed | {"text": "Hello {name}, by {day}."})
    done = supervisor.post(f"{ADMIN}new/", typed | {"text": "Hello {student}."})

    assert refused.context["form"].errors["text"] == [
        "Unknown: {name}, {day}. These variables can be used: {student}, {request}, {reference}, "
        "{advisor}, {due}, {deadline}, {program_end}, {office}, {office_email}, {office_phone}."
    ]
    assert done.status_code == 302
    (made,) = ReplyTemplate.objects.all()
    assert (made.title, made.type_keys, made.text) == ("Soon", ["cpt"], "Hello {student}.")
    page = supervisor.get(f"{ADMIN}edit/{made.pk}/").content.decode()
    assert all(f"{{{name}}}" in page for name in VARIABLES)


def test_an_advisor_words_none(advisor):
    assert advisor.get(ADMIN).status_code == 302
    assert advisor.post(f"{ADMIN}new/", {"title": "x", "text": "x"}).status_code == 302
    assert ReplyTemplate.objects.count() == 0


def test_each_place_offers_its_own_for_its_types(case, advisor):
    for place in ReplyTemplate.Place:
        template("x", place, f"{place}, all")
        template("x", place, f"{place}, reprints", type_keys=["reprint"])
        template("x", place, f"{place}, CPT", type_keys=["cpt"])

    page = advisor.get(f"/admin/desk/{case.pk}/").context
    pages = {
        action: advisor.get(f"/admin/desk/{case.pk}/do/{action}/").context["templates"]
        for action in ("ask_clarification", "deny", "dismiss", "approve")
    }
    offered = pages | {
        "message": page["message_templates"],
        "note": page["note_templates"],
    }

    assert {name: [each.title for each in found] for name, found in offered.items()} == {
        "ask_clarification": ["clarification, all", "clarification, reprints"],
        "deny": ["decision, all", "decision, reprints"],
        "dismiss": ["decision, all", "decision, reprints"],
        "approve": [],
        "message": ["message, all", "message, reprints"],
        "note": ["note, all", "note, reprints"],
    }


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("", "Dear Amara Okoye"), ("First this.\n", "First this.\n\nDear Amara Okoye")],
)
@pytest.mark.parametrize("where", ["message", "note"])
def test_inserting_keeps_what_was_typed_and_sends_nothing(where, typed, expected, case, advisor):
    made = template("Dear {student}", where)

    answer = advisor.post(
        f"/admin/desk/{case.pk}/{where}/",
        {f"{where}-text": typed, "template": made.pk, "insert": "1"},
    )

    assert answer.status_code == 200
    assert answer.context[f"{where}_form"]["text"].value() == expected
    assert case.messages.count() + case.case_notes.count() == 0


@pytest.mark.parametrize("chosen", ["", "no number", "99999999999999999999", "of another place"])
def test_a_choice_that_is_none_inserts_nothing(chosen, case, advisor):
    other = template("Dear {student}", "note")
    key = other.pk if chosen == "of another place" else chosen

    answer = advisor.post(
        f"/admin/desk/{case.pk}/message/",
        {"message-text": "Typed.", "template": key, "insert": "1"},
    )

    assert answer.context["message_form"]["text"].value() == "Typed."


def test_inserting_into_an_action_keeps_all_its_fields(case, advisor):
    made = template("Dear {student}", "clarification")
    typed = {
        "version": case.version,
        "ask_countries": "on",
        "say_countries": "Name every country.",
        "note": "Thank you.",
    }
    url = f"/admin/desk/{case.pk}/do/ask_clarification/"

    shown = advisor.post(url, typed | {"template": made.pk, "insert": "1"})

    form = shown.context["form"]
    assert (shown.status_code, form.errors) == (200, {})
    assert [form[name].value() for name in ("ask_countries", "say_countries", "note")] == [
        True,
        "Name every country.",
        "Thank you.\n\nDear Amara Okoye",
    ]
    case.refresh_from_db()
    assert case.state == "in_review"


def test_what_is_not_filled_in_is_not_sent(case, advisor):
    text = "Your deadline is {deadline}."

    message = advisor.post(f"/admin/desk/{case.pk}/message/", {"message-text": text})
    denial = advisor.post(
        f"/admin/desk/{case.pk}/do/deny/", {"version": case.version, "note": text}
    )

    sentence = "Not known for this request: {deadline}. Write it in your own words."
    assert message.context["message_form"].errors["text"] == [sentence]
    assert denial.context["form"].errors["note"] == [sentence]
    assert case.messages.count() == 0


def test_the_demonstration_brings_some_for_every_place_once(office):
    load_reply_templates()
    load_reply_templates()

    assert ReplyTemplate.objects.count() == 8
    assert set(ReplyTemplate.objects.values_list("place", flat=True)) == set(
        ReplyTemplate.Place.values
    )
