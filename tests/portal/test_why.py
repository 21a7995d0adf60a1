"""One reason everywhere: the tile, the page that says why, the page before the start."""

from datetime import timedelta

import pytest
from django.utils import timezone

from isso.requests.registry import folder_types
from isso.requests.request_type import AskedBy
from isso.requests.rules.verdict import Standing
from isso.tests import factories

ASKED_BY_PEOPLE = [key for key, each in folder_types().items() if each.asked_by == AskedBy.PERSON]


def make_exchange_student():
    """A J-1 student who ends in eight weeks."""
    today = timezone.localdate()
    return factories.make_student(
        "exchange@school.example", visa_class="J-1", program_end=today + timedelta(days=56)
    )


PEOPLE = {
    "a continuing student": factories.make_student,
    "a newcomer": factories.make_newcomer,
    "an exchange student": make_exchange_student,
}


@pytest.fixture(params=PEOPLE)
def person(request, client, office):
    record = PEOPLE[request.param]()
    client.force_login(record.user)
    return client


def told_by_tiles(person):
    tiles = person.get("/portal/requests/").context["tiles"]
    return {offer.type.key: offer.verdict for offer in [*tiles.open, *tiles.later]}


def told_by_why(person):
    return {
        line.offer.type.key: line.offer.verdict
        for line in person.get("/portal/requests/why/").context["lines"]
    }


def test_the_page_lists_every_request_with_a_reason_and_what_would_change_it(person):
    lines = person.get("/portal/requests/why/").context["lines"]

    assert {line.offer.type.key for line in lines} == set(ASKED_BY_PEOPLE)
    silent = [
        line.offer.type.key
        for line in lines
        if not line.offer.verdict.is_open and not (line.offer.verdict.reason and line.cure)
    ]
    assert silent == []


def test_the_tile_and_the_page_tell_the_same(person):
    tiles, lines = told_by_tiles(person), told_by_why(person)

    not_for_you = {key for key, each in lines.items() if each.standing == Standing.NOT_FOR_YOU}
    assert tiles == {key: each for key, each in lines.items() if key not in not_for_you}


@pytest.mark.parametrize("key", ASKED_BY_PEOPLE)
def test_the_page_before_the_start_tells_the_same(person, key):
    page = person.get(f"/portal/requests/new/{key}/")

    assert page.context["offer"].verdict == told_by_why(person)[key]
    spans = [str(line.window.sentence) for line in page.context["dates"]]
    words = page.content.decode().replace("&#x27;", "'")
    assert [span for span in spans if span not in words] == []


def test_a_date_in_the_form_is_the_date_on_the_page_before_it(portal, student):
    """What the person reads before starting bounds the browser's date field."""
    before = {
        line.name: line.window for line in portal.get("/portal/requests/new/cpt/").context["dates"]
    }
    draft = factories.make_draft(student, "cpt", fill=False)

    form = portal.get(f"{draft.get_absolute_url()}edit/dates/").context["form"]

    bounds = {
        name: (form.fields[name].widget.attrs.get("min"), form.fields[name].widget.attrs.get("max"))
        for name in before
        if name in form.fields
    }
    assert bounds == {
        name: (
            window.first.isoformat() if window.first else None,
            window.last.isoformat() if window.last else None,
        )
        for name, window in before.items()
        if name in form.fields
    }
