"""A form that another site makes a browser send changes nothing, wherever it goes (case 33)."""

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver
from wagtail.models import Page

from isso.requests.people.models import User
from isso.site.access_table import PARTS
from isso.tests.access.every_address import SENT
from isso.tests.access.fingerprint import changed, fingerprint

# Wagtail's interface for its own editor checks the token itself, as its framework does.
CHECKS_ITSELF = "admin/api/main/"


@pytest.fixture
def administrator(db):
    """Somebody who may do everything but what is a student's own."""
    return User.objects.create_superuser("admin@staff.example", "demo", full_name="Admin")


def browser_of(user):
    """Return a browser that sends no token, as another site makes it, with somebody signed in."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)
    return browser


def views(resolver, route=""):
    """Yield (route, view) of every address, Wagtail's included."""
    for pattern in resolver.url_patterns:
        below = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views(pattern, below)
        else:
            yield below, pattern.callback


def test_no_view_is_let_off_the_token():
    let_off = [
        route for route, view in views(get_resolver()) if getattr(view, "csrf_exempt", False)
    ]

    assert [route for route in let_off if not route.startswith(CHECKS_ITSELF)] == []


def test_at_every_address_it_is_refused_and_nothing_changes(owner, addresses, administrator):
    student, office = browser_of(owner.record.user), browser_of(administrator)
    before = fingerprint()

    answers = {
        address: (student if key in PARTS["The portal"] else office).post(address, SENT)
        for key, address in addresses
    }

    assert {
        address: answer.status_code
        for address, answer in answers.items()
        if "403_csrf.html" not in [each.name for each in answer.templates]
    } == {}
    assert {answer.status_code for answer in answers.values()} == {403}
    assert changed(before, fingerprint()) == []


def test_wagtails_interface_refuses_it_too(office, administrator):
    guide = Page.objects.live().last()
    address = f"/admin/api/main/pages/{guide.pk}/action/unpublish/"
    with_token = Client()
    with_token.force_login(administrator)

    assert browser_of(administrator).post(address, {}).status_code == 403
    assert Page.objects.get(pk=guide.pk).live
    assert with_token.post(address, {}).status_code == 200
    assert not Page.objects.get(pk=guide.pk).live
