"""Locks hold against deleting and moving, too; Wagtail itself looks at them for editing alone."""

from django.db.models import Q
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import LockableMixin, Page

GUARDED_ACTIONS = {"delete", "move"}


def refuse_page(request, page, *_destination):
    """Answer Wagtail's ``before_delete_page`` and ``before_move_page``."""
    return _refuse(request, locked_pages([page], request.user))


def refuse_snippets(request, instances):
    """Answer Wagtail's ``before_delete_snippet``."""
    return _refuse(request, locked_snippets(instances, request.user))


def refuse_many(request, action_type, objects, action):
    """Answer Wagtail's ``before_bulk_action``, for pages and snippets alike."""
    if action_type not in GUARDED_ACTIONS:
        return None
    find = locked_pages if issubclass(action.model, Page) else locked_snippets
    return _refuse(request, find(objects, request.user))


def locked_pages(pages, user):
    """Return what somebody else has locked in or below these pages."""
    below = Q()
    for page in pages:
        below |= Q(path__startswith=page.path)
    if not below:
        return []
    locked = Page.objects.filter(below, locked=True).select_related("locked_by").order_by("path")
    return [page for page in locked if _holds_against(page, user)]


def locked_snippets(instances, user):
    """Return those of these objects that somebody else has locked."""
    return [
        each
        for each in instances
        if isinstance(each, LockableMixin) and each.locked and _holds_against(each, user)
    ]


def _holds_against(locked, user):
    """Tell whether a lock stops this user: one's own does not, one of nobody stops all."""
    return locked.locked_by_id is None or locked.locked_by_id != user.pk


def _refuse(request, locked):
    """Go back to the list with a sentence that names the first lock, or return nothing."""
    if not locked:
        return None
    messages.error(request, _sentence(locked[0]))
    if isinstance(locked[0], Page):
        return redirect("wagtailadmin_explore", locked[0].get_parent().pk)
    return redirect(reverse(locked[0].snippet_viewset.get_url_name("list")))


def _sentence(locked):
    words = {
        "title": str(locked),
        "who": locked.locked_by or _("somebody"),
        "since": date_format(timezone.localtime(locked.locked_at), "DATETIME_FORMAT")
        if locked.locked_at
        else _("an unknown day"),
    }
    return (
        _(
            "“%(title)s” cannot be deleted or moved: since %(since)s it is locked by %(who)s. "
            "Ask for the lock to be taken off first."
        )
        % words
    )
