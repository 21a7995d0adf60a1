"""Overdue reviews: policies and request guides whose day of review has passed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from ..models import RequestGuidePage, RequestPolicy

MOST_SHOWN = 20


@dataclass(frozen=True)
class OverdueReview:
    """One thing somebody has to read again: what, where, and since when."""

    title: Any
    what: str
    url: str
    review_by: date


def overdue_reviews(today):
    """Return what should have been reviewed before ``today``, the longest overdue first."""
    policies = [
        OverdueReview(
            str(policy),
            _("Policy"),
            reverse("wagtailsnippets_requests_requestpolicy:edit", args=[policy.pk]),
            policy.review_by,
        )
        for policy in RequestPolicy.objects.filter(review_by__lt=today)
    ]
    guides = [
        OverdueReview(page.title, _("Guide"), page.get_url() or "", page.review_by)
        for page in RequestGuidePage.objects.live().filter(review_by__lt=today)
    ]
    return sorted([*policies, *guides], key=lambda each: each.review_by)


def may_review(user):
    """Tell whether this user answers for policies and what the guides promise."""
    return user.has_perm("requests.change_requestpolicy")


class ReviewsPanel(Component):
    """What a supervisor has to have reviewed, on the first page of the admin."""

    name = "desk_reviews"
    order = 70
    template_name = "desk/panel_reviews.html"

    def get_context_data(self, parent_context):
        """List them, in two queries."""
        found = overdue_reviews(timezone.localdate())
        return {"reviews": found[:MOST_SHOWN], "more": max(len(found) - MOST_SHOWN, 0)}
