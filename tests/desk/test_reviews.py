"""Overdue reviews: a supervisor sees which policies and guides somebody has to read again."""

from datetime import date

import pytest

from isso.requests.desk.reviews import overdue_reviews
from isso.requests.models import RequestGuidePage, RequestPolicy
from isso.tests import factories

TODAY = factories.MONDAY.date()


@pytest.fixture
def reviews(office):
    """A policy due today, one overdue, and two guides overdue of which one is taken down."""
    for key, day in [("cpt", TODAY), ("reprint", date(2026, 9, 1))]:
        RequestPolicy.objects.create(
            type_key=key, target_days=5, citation="Practice", review_by=day, live=True
        )
    RequestGuidePage.objects.filter(type_key="cpt").update(review_by=date(2026, 8, 1))
    RequestGuidePage.objects.filter(type_key="reprint").update(
        review_by=date(2026, 8, 1), live=False
    )


def test_what_is_past_its_day_is_listed_the_longest_overdue_first(reviews):
    assert [(each.what, each.review_by) for each in overdue_reviews(TODAY)] == [
        ("Guide", date(2026, 8, 1)),
        ("Policy", date(2026, 9, 1)),
    ]


def test_every_link_of_a_supervisor_opens(reviews, supervisor):
    page = supervisor.get("/admin/").content.decode()

    assert 'id="desk-reviews-content"' in page
    for each in overdue_reviews(TODAY):
        assert each.url in page
    policy = next(each for each in overdue_reviews(TODAY) if each.what == "Policy")
    assert supervisor.get(policy.url).status_code == 200


def test_who_answers_for_no_policy_sees_no_list(reviews, advisor, editor):
    for client in (advisor, editor):
        assert "desk-reviews" not in client.get("/admin/").content.decode()
