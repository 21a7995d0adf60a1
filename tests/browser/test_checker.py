"""The content checker in the preview runs the office's own rules in a real browser."""

import pytest
from django.test import Client
from wagtail.models import Site
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from isso.pages.models import SectionPage
from isso.requests.people.roles import Role
from isso.tests import factories

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def test_a_link_that_says_nothing_is_found_in_the_preview(site, page):
    home = Site.objects.get(is_default_site=True).root_page
    section = home.add_child(instance=SectionPage(title="Travel", slug="travel"))
    editor = Client()
    editor.force_login(factories.make_staff(Role.EDITOR))
    address = f"/admin/pages/{section.pk}/edit/preview/"
    data = {
        "title": "Travel",
        "slug": "travel",
        "lede": "",
        "body": streamfield(
            [
                (
                    "paragraph",
                    rich_text('<p><a href="/x/">click here</a> <a href="/x/">Visas</a></p>'),
                )
            ]
        ),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
    }
    editor.post(address, nested_form_data(data))
    session = editor.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    page.goto(f"{site}{address}")

    found = page.get_by_text("The link does not say where it leads")
    found.first.wait_for(state="attached")
    assert found.count() == 1
