"""A guide page that requests refer to can be closed but not deleted."""

import pytest
from wagtail.models import Page

from isso.requests.models import RequestGuidePage
from isso.requests.registry import folder_types
from isso.tests import factories


@pytest.fixture
def guides(staff):
    """The guide pages by type, of which somebody has asked for a reprint."""
    factories.make_request()
    return {page.type_key: page for page in RequestGuidePage.objects.all()}


def kept():
    return sorted(RequestGuidePage.objects.values_list("type_key", flat=True))


def test_a_guide_in_use_is_not_deleted_and_the_editor_is_told_what_to_do(guides, editor):
    used = guides["reprint"]

    answer = editor.post(f"/admin/pages/{used.pk}/delete/", follow=True)

    assert kept() == sorted(folder_types())
    assert answer.redirect_chain == [(f"/admin/pages/{used.pk}/edit/", 302)]
    assert "Unpublish it instead" in answer.content.decode()


def test_a_guide_nobody_asked_by_is_deleted(guides, editor):
    editor.post(f"/admin/pages/{guides['cpt'].pk}/delete/")

    assert kept() == sorted(set(folder_types()) - {"cpt"})


def test_its_section_is_not_deleted_either(guides, editor):
    section = guides["reprint"].get_parent()

    editor.post(f"/admin/pages/{section.pk}/delete/")

    assert Page.objects.filter(pk=section.pk).exists()


def test_nor_is_it_among_many(guides, editor):
    chosen = "&".join(f"id={page.pk}" for page in guides.values())

    editor.post(f"/admin/bulk/wagtailcore/page/delete/?{chosen}&next=/admin/")

    assert kept() == sorted(folder_types())


def test_it_can_be_unpublished(guides, editor):
    editor.post(f"/admin/pages/{guides['reprint'].pk}/unpublish/")

    guides["reprint"].refresh_from_db()
    assert not guides["reprint"].live
