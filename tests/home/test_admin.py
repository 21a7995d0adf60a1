"""What editors find in the admin: the “Office” menu, its forms, previews, and page kinds."""

import datetime as dt

import pytest
from django.urls import reverse
from wagtail.models import Page

from isso.home import models as office
from isso.home.wagtail_hooks import OfficeGroup
from isso.pages import models as pages

pytestmark = pytest.mark.django_db

SNIPPETS = [viewset.model for viewset in OfficeGroup.items]
KINDS = [
    office.AboutPage,
    office.ContactPage,
    office.CostsPage,
    office.DirectionsPage,
    office.EventsPage,
    office.FaqPage,
    office.KeyDatesPage,
    office.NewsPage,
    office.PortalGuidePage,
    office.ProcessingTimesPage,
    office.StaffPage,
    office.StatisticsPage,
    pages.FormsIndexPage,
    pages.GlossaryPage,
    pages.GuidancePage,
    pages.SectionPage,
    pages.SiteMapPage,
]


@pytest.fixture
def admin(site, client, django_user_model):
    """A signed-in superuser's client."""
    user = django_user_model.objects.create_superuser("admin@demo.example", full_name="Admin")
    client.force_login(user)
    return client


@pytest.mark.parametrize("model", SNIPPETS, ids=lambda model: model.__name__)
def test_each_kind_of_fact_has_a_list_and_a_form(admin, model):
    listing = admin.get(reverse(model.snippet_viewset.get_url_name("list")))
    form = admin.get(reverse(model.snippet_viewset.get_url_name("add")))

    assert listing.status_code == form.status_code == 200
    assert str(model._meta.verbose_name) in form.text.lower()


@pytest.mark.parametrize(
    ("model", "words"),
    [(office.StaffMember, "name"), (office.CostOfAttendance, "note"), (pages.GlossaryTerm, "term")],
    ids=lambda each: getattr(each, "__name__", each),
)
def test_a_list_is_searched_by_parts_of_words(admin, model, words):
    amounts = ("tuition", "living", "insurance", "fees", "spouse", "child")
    costs = {"year": 2026, "level": "graduate"} | dict.fromkeys(amounts, 1)
    found = model(**{words: "Wonderful"} | (costs if model is office.CostOfAttendance else {}))
    found.save()
    address = reverse(model.snippet_viewset.get_url_name("list"))

    shown = {
        typed: admin.get(address, {"q": typed}).context["object_list"] for typed in ("wonde", "x")
    }

    assert {typed: list(rows) for typed, rows in shown.items()} == {"wonde": [found], "x": []}


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__name__)
def test_each_kind_of_page_has_a_form(admin, home, model):
    address = reverse(
        "wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, home.pk]
    )

    response = admin.get(address)

    assert response.status_code == 200
    assert 'name="title"' in response.text


def test_an_editor_enters_a_closure_and_the_site_shows_it(tuesday, admin, home, hours):
    admin.post(
        reverse(office.HoursException.snippet_viewset.get_url_name("add")),
        {
            "start": "2026-11-24",
            "end": "2026-11-24",
            "applies_to": "all",
            "reason": "Snow",
            "show_from": "",
            "hours-TOTAL_FORMS": 0,
            "hours-INITIAL_FORMS": 0,
            "hours-MIN_NUM_FORMS": 0,
            "hours-MAX_NUM_FORMS": 1000,
        },
    )

    assert office.HoursException.objects.get(reason="Snow").start == dt.date(2026, 11, 24)
    html = admin.get("/").text
    assert "Snow" in html
    assert "Closed. Opens Wednesday 9:00 am" in html


def test_one_home_page_is_enough(home):
    assert not office.HomePage.can_create_at(Page.get_first_root_node())


def test_a_page_in_preview_is_not_kept(admin, home):
    preview = home.make_preview_request(original_request=None)

    assert preview.status_code == 200
    assert "max-age=300" not in preview.get("Cache-Control", "")
