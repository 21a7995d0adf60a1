"""Guidance that somebody has to check again: the report about it, and noting that it is done."""

import datetime as dt

import django_filters
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.models import Page, get_page_models
from wagtail.permissions import page_permission_policy

from .models import GuidanceContent
from .reports import EditorsReport

CHECKED = "pages.checked"
SOON = dt.timedelta(days=30)
DATES = ("review_by", "reviewed_on", "maintained_by", "review_owner_id")


def guidance_pages(user):
    """Return the live guidance this user may change with its dates, the most overdue first."""
    models = [model for model in get_page_models() if issubclass(model, GuidanceContent)]
    of_each = {
        f"guidance_{name}": Coalesce(*(F(f"{m._meta.model_name}__{name}") for m in models))
        for name in DATES
    }
    mine = page_permission_policy.instances_user_has_permission_for(user, "change")
    pages = mine.live().type(*models).annotate(**of_each).select_related("content_type")
    return pages.order_by("guidance_review_by", "title")


def owners(request):
    """Return the people who own guidance, for the filter."""
    ids = guidance_pages(request.user).values("guidance_review_owner_id")
    return get_user_model().objects.filter(pk__in=ids.order_by()).order_by("full_name")


class ReviewFilterSet(WagtailFilterSet):
    """Narrow the report to what is due, and to one owner."""

    due = django_filters.ChoiceFilter(
        label=_("Due"),
        choices=[("overdue", _("Overdue")), ("soon", _("In the next 30 days"))],
        method="filter_due",
    )
    owner = django_filters.ModelChoiceFilter(
        label=_("Owner"), queryset=owners, method="filter_owner"
    )

    class Meta:
        model = Page
        fields = []

    def filter_due(self, queryset, name, value):
        """Keep what is overdue, or what will be so soon."""
        today = timezone.localdate()
        if value == "overdue":
            return queryset.filter(guidance_review_by__lt=today)
        return queryset.filter(guidance_review_by__range=(today, today + SOON))

    def filter_owner(self, queryset, name, value):
        """Keep what this person owns."""
        return queryset.filter(guidance_review_owner_id=value.pk)


class CheckColumn(Column):
    """The button that says: I have read it today."""

    cell_template_name = "pages/admin/check_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        """Hand on the token without which nothing may be posted."""
        token = parent_context.get("csrf_token")
        return super().get_cell_context_data(instance, parent_context) | {"csrf_token": token}


class PagesToCheck(EditorsReport):
    """The report “Pages to check again”."""

    page_title = _("Pages to check again")
    header_icon = "date"
    index_url_name = "pages_to_check"
    index_results_url_name = "pages_to_check_results"
    filterset_class = ReviewFilterSet
    columns = [
        TitleColumn(
            "title",
            label=_("Page"),
            get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
        ),
        Column("guidance_maintained_by", label=_("Maintained by")),
        Column("guidance_owner", label=_("Owner")),
        Column("guidance_reviewed_on", label=_("Checked on")),
        Column("guidance_review_by", label=_("Check again by")),
        StatusTagColumn("state", label=_("State"), primary=lambda page: bool(page.state)),
        CheckColumn("pk", label=""),
    ]
    export_headings = {
        "title": _("Page"),
        "guidance_maintained_by": _("Maintained by"),
        "guidance_owner": _("Owner"),
        "guidance_reviewed_on": _("Checked on"),
        "guidance_review_by": _("Check again by"),
    }
    list_export = list(export_headings)

    def get_base_queryset(self):
        """Begin with what this user may change."""
        return guidance_pages(self.request.user)

    def get_filtered_queryset(self):
        """Filter once; the base class would do so twice."""
        return self.get_queryset()

    def decorate_paginated_queryset(self, object_list):
        """Name the owners, in one query, and say what is overdue."""
        today, pages = timezone.localdate(), list(object_list)
        people = get_user_model().objects.in_bulk({p.guidance_review_owner_id for p in pages})
        for page in pages:
            page.guidance_owner = str(people.get(page.guidance_review_owner_id, ""))
            page.state = gettext("Overdue") if page.guidance_review_by < today else ""
        return pages


@require_POST
def mark_checked(request, page_id):
    """Note that the page was read today; it is due again after the same span as before."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if not isinstance(page, GuidanceContent):
        raise Http404
    if reason := why_not_now(page, request.user):
        messages.error(request, reason)
    else:
        check_again(page, request.user, timezone.localdate())
        messages.success(
            request,
            gettext("“%(title)s” is checked. It comes up again on %(day)s.")
            % {"title": page.title, "day": date_format(page.review_by)},
        )
    return redirect("pages_to_check")


def why_not_now(page, user):
    """Return why the dates cannot move: publishing them would publish unfinished words, too."""
    lock = page.get_lock()
    if lock and lock.for_user(user):
        return gettext("“%s” is locked. Ask for the lock to be taken off first.") % page.title
    if page.has_unpublished_changes or not page.live:
        return gettext("“%s” has changes that are not published. Publish them first.") % page.title
    return ""


def check_again(page, user, today):
    """Move both dates and publish: the words are those that are live already."""
    span = page.review_by - page.reviewed_on
    page.reviewed_on, page.review_by = today, today + span
    page.save_revision(user=user, log_action=CHECKED).publish(user=user)
