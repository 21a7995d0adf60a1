"""Every page kind and every snippet can be looked at, copied, translated, moved and deleted."""

import pytest
from django.db import transaction
from django.urls import reverse
from wagtail.models import Locale, Page, TranslatableMixin, get_page_models
from wagtail.snippets.models import get_snippet_models

from isso.requests.people.models import User
from isso.tests import kept

# What an editor meets around one page, as Wagtail names the addresses.
LOOKED_AT = ["edit", "copy", "move", "delete", "usage", "history", "revisions_index", "unpublish"]
DONE = 302
# Where our own templates lead (pages/fixed_addresses.py).
FIXED = {
    *("AboutPage", "ContactPage", "FormsIndexPage", "GlossaryPage", "KeyDatesPage"),
    *("PortalGuidePage", "SiteMapPage", "StaffPage"),
}
# Those, the root of the site, and what requests refer to (requests/desk/guards.py).
NEVER_DELETED = {*FIXED, "HomePage", "RequestGuidePage"}
# An office that has changed no mail has no wording of its own; nobody has searched in vain.
NOT_DEMONSTRATED = {"MailWording", "MissedSearch"}


@pytest.fixture
def admin(db, client, settings):
    settings.DEMONSTRATION = True
    kept.demonstration()
    user = User.objects.get(email="admin@demo.example")
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    return client


def ours(models):
    return [model for model in models if model.__module__.startswith("isso.")]


def undone(act):
    """Do something and take it back, so that the next page kind meets the same site."""
    with transaction.atomic():
        outcome = act()
        transaction.set_rollback(True)
    return outcome


def copied(client, page):
    data = {
        "new_title": f"{page.title} again",
        "new_slug": f"{page.slug}-again",
        "new_parent_page": page.get_parent().pk,
        "publish_copies": "",
        "alias": "",
    }
    client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)
    return type(page).objects.filter(slug=f"{page.slug}-again").exists()


def translated(client, page):
    arabic = Locale.objects.get(language_code="ar")
    parent = page.get_parent()
    if not (parent.is_root() or parent.has_translation(arabic)):
        parent.copy_for_translation(arabic, copy_parents=True)
    data = {"locales": [arabic.pk], "include_subtree": ""}
    client.post(reverse("simple_translation:submit_page_translation", args=[page.pk]), data)
    return page.has_translation(arabic)


def moved(client, page, destination):
    address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, destination.pk])
    client.post(address, {})
    return Page.objects.get(pk=page.pk).get_parent().pk == destination.pk


def deleted(client, page):
    data = {"wagtail_site_name": "", "next": ""}
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), data)
    return not Page.objects.filter(pk=page.pk).exists()


def gone(client, snippet):
    """Delete a snippet; one that others need may stay, if the page says so."""
    viewset = type(snippet).snippet_viewset
    response = client.post(reverse(viewset.get_url_name("delete"), args=[snippet.pk]))
    return response.status_code in (200, DONE)


def translated_snippet(client, snippet):
    arabic = Locale.objects.get(language_code="ar")
    meta = snippet._meta
    address = reverse(
        "simple_translation:submit_snippet_translation",
        args=[meta.app_label, meta.model_name, snippet.pk],
    )
    client.post(address, {"locales": [arabic.pk]})
    return snippet.has_translation(arabic)


def test_every_page_kind_stands_editing(admin):
    kinds = ours(get_page_models())
    pages = {
        kind.__name__: kind.objects.filter(locale__language_code="en-us").last() for kind in kinds
    }
    elsewhere = Page.objects.get(url_path="/home/resources/").specific

    assert {kind for kind, page in pages.items() if page is None} == set()
    assert {
        (kind, name): status
        for kind, page in pages.items()
        for name in LOOKED_AT
        if (status := admin.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk])).status_code)
        not in (200, DONE)
    } == {}

    for kind, page in pages.items():
        outcome = {
            "translated": undone(lambda page=page: translated(admin, page)),
            "copied": undone(lambda page=page: copied(admin, page)),
            "moved": undone(lambda page=page: moved(admin, page, elsewhere)),
            "deleted": undone(lambda page=page: deleted(admin, page)),
        }
        assert (kind, outcome) == (
            kind,
            {
                "translated": True,
                # Of some kinds an office has one page.
                "copied": page.specific_class.max_count is None,
                "moved": kind not in FIXED
                and page.can_move_to(elsewhere)
                and not elsewhere.is_descendant_of(page),
                "deleted": kind not in NEVER_DELETED,
            },
        )


def test_every_snippet_stands_editing(admin):
    snippets = {model: model.objects.first() for model in ours(get_snippet_models())}

    assert {model.__name__ for model, one in snippets.items() if one is None} == NOT_DEMONSTRATED
    for model, one in snippets.items():
        if one is None:
            continue
        looked_at = {"edit", "copy", "delete", "usage", "history"}
        if not model.snippet_viewset.copy_view_enabled:
            looked_at -= {"copy"}
        for name in sorted(looked_at):
            address = reverse(model.snippet_viewset.get_url_name(name), args=[one.pk])
            # An office form that was published is kept; its page says so elsewhere.
            allowed = {200, DONE} if name == "delete" else {200}
            assert (model, name, {admin.get(address).status_code} - allowed) == (model, name, set())
        assert (model, undone(lambda one=one: gone(admin, one))) == (model, True)
        if issubclass(model, TranslatableMixin):
            assert (model, undone(lambda one=one: translated_snippet(admin, one))) == (model, True)
