"""Keeps what requests refer to, guide pages and office forms: closed or withdrawn, not deleted."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from ..models import OfficeForm, RequestGuidePage, StudentRequest


def guides_in_use(pages):
    """Return the guide pages in or below ``pages`` whose type somebody has asked for."""
    asked_for = set(StudentRequest.objects.values_list("type_key", flat=True).distinct())
    return [
        guide
        for page in pages
        for guide in RequestGuidePage.objects.descendant_of(page, inclusive=True)
        if guide.type_key in asked_for
    ]


def refuse_deleting(request, pages):
    """Return to the first guide in use with a kind word, or None when nothing stands in the way."""
    kept = guides_in_use(pages)
    if not kept:
        return None
    messages.error(
        request,
        _(
            "“%(title)s” cannot be deleted, because requests refer to it. Unpublish it instead: "
            "then nobody can start a new request, and the old ones keep their explanation."
        )
        % {"title": kept[0].title},
    )
    return redirect("wagtailadmin_pages:edit", kept[0].pk)


def refuse_deleting_page(request, page):
    """Answer Wagtail's ``before_delete_page``."""
    return refuse_deleting(request, [page])


def refuse_deleting_pages(request, action_type, objects, action):
    """Answer Wagtail's ``before_bulk_action``."""
    if action_type == "delete" and issubclass(action.model, Page):
        return refuse_deleting(request, objects)
    return None


def refuse_deleting_published_forms(request, snippets):
    """Answer Wagtail's ``before_delete_snippet``: a form that was published is only withdrawn."""
    forms = [each for each in snippets if isinstance(each, OfficeForm)]
    kept = OfficeForm.objects.filter(pk__in=[each.pk for each in forms], versions__isnull=False)
    if (form := kept.first()) is None:
        return None
    messages.error(
        request,
        _(
            "“%(title)s” cannot be deleted, because it was published. Unpublish it instead: then "
            "nobody can start it any more, and its requests go on."
        )
        % {"title": form.title},
    )
    return redirect("wagtailsnippets_requests_officeform:edit", form.pk)
