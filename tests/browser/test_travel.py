"""The travel page as it is carried: one sheet of paper, without menus and buttons."""

import io
from datetime import timedelta

import pikepdf
import pytest
from django.utils import timezone

from isso.tests import factories

from .places import enter

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def fill_the_page():
    """Return somebody about whom there is every finding, and two requests that wait."""
    today = timezone.localdate()
    record = factories.make_student()
    factories.make_request(record, "cpt", "in_review", factories.make_staff())
    factories.make_request(record, "funding_change", "submitted")
    record.transfer_release_on = today + timedelta(days=90)
    record.save()
    record.employments.create(
        kind="OPT",
        completion="post",
        status="pending",
        start=record.program_end + timedelta(days=1),
        end=record.program_end + timedelta(days=365),
        education_level="05",
    )
    return record


def test_it_prints_on_one_page(page, site, office):
    record = fill_the_page()
    enter(page, record.user.email, site)
    page.goto(f"{site}/portal/profile/travel/")

    for size in ("Letter", "A4"):
        with pikepdf.open(io.BytesIO(page.pdf(format=size))) as paper:
            assert (size, len(paper.pages)) == (size, 1)

    assert page.locator(".summary__row").count() == 10
    page.emulate_media(media="print")
    assert page.get_by_text("What to carry").is_visible()
    hidden = ["Check this trip", "Back to Personal & Program", "Welcome", "See this request"]
    seen = [each for each in hidden if page.get_by_text(each, exact=False).first.is_visible()]
    assert seen == []
