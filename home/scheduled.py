"""What this room puts into the schedule: pages, checks of pages, alerts and closures."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, Revision, get_page_models
from wagtail.permissions import page_permission_policy

from isso.pages.models import GuidanceContent

from .models import Alert, HoursException
from .schedule import (
    APPEARS,
    BEGINS,
    GOES_AWAY,
    IS_ANNOUNCED,
    LAST_DAY,
    LOOKING_AHEAD,
    TO_CHECK,
    Change,
    changes_of_timed,
    edit_url,
    editor_of,
    midnight,
)


def pages_of(user):
    """Return the pages a user may change or publish."""
    return page_permission_policy.instances_user_has_any_permission_for(user, {"change", "publish"})


def scheduled_pages(user, start, end):
    """List the pages with an approved time, those too that a late worker has left behind."""
    revisions = Revision.page_revisions.filter(approved_go_live_at__lt=end).select_related("user")
    coming = {int(each.object_id): each for each in revisions}
    expiring = Q(live=True, expire_at__lt=end)
    found = pages_of(user).filter(Q(pk__in=coming) | expiring)
    for page in found.select_related("latest_revision__user", "content_type"):
        if revision := coming.get(page.pk):
            yield _page_change(page, revision.approved_go_live_at, APPEARS, revision)
        if page.live and page.expire_at and page.expire_at < end:
            yield _page_change(page, page.expire_at, GOES_AWAY, page.latest_revision)


def _page_change(page, at, what, revision):
    kind = page.content_type.model_class()._meta.verbose_name
    return Change(at, what, kind, page.draft_title, edit_url(Page, page.pk), editor_of(revision))


def pages_to_check(user):
    """Return the pages to check again, overdue or soon, oldest first; read once for each user."""
    if not hasattr(user, "pages_to_check"):
        end = timezone.localdate(timezone.now() + LOOKING_AHEAD)
        kinds = [model for model in get_page_models() if issubclass(model, GuidanceContent)]
        found = [
            page
            for model in kinds
            for page in model.objects.live()
            .filter(review_by__lt=end, pk__in=pages_of(user).order_by().values("pk"))
            .select_related("review_owner", "latest_revision__user")
            .defer("body")
        ]
        user.pages_to_check = sorted(found, key=lambda page: (page.review_by, page.title))
    return user.pages_to_check


def checks_of_pages(user, start, end):
    """List the pages to check again within the time; overdue ones have a panel of their own."""
    first, last = timezone.localdate(start), timezone.localdate(end)
    return [
        Change(
            midnight(page.review_by),
            TO_CHECK,
            page._meta.verbose_name,
            page.title,
            edit_url(Page, page.pk),
            editor_of(page.latest_revision),
            is_day=True,
        )
        for page in pages_to_check(user)
        if first <= page.review_by < last
    ]


def alerts(user, start, end):
    """List when alerts appear and go away."""
    if not user.has_perm("home.change_alert"):
        return []
    return changes_of_timed(Alert.objects.all(), start, end)


def closures_ahead(user):
    """Return what is closed from today on, the next first; read once for each user."""
    if not hasattr(user, "closures_ahead"):
        ahead = HoursException.objects.filter(end__gte=timezone.localdate())
        user.closures_ahead = list(ahead.order_by("start"))
    return user.closures_ahead


def closures(user, start, end):
    """List when closures and changed hours are announced, begin and end."""
    if not user.has_perm("home.change_hoursexception"):
        return
    first, last = timezone.localdate(start), timezone.localdate(end)
    found = [
        each
        for each in closures_ahead(user)
        if each.start <= last or (each.show_from and first <= each.show_from <= last)
    ]
    names = _last_editors(found)
    for closure in found:
        days = [(closure.show_from, IS_ANNOUNCED), (closure.start, BEGINS)]
        if closure.end != closure.start:
            days.append((closure.end, LAST_DAY))
        for day, what in days:
            if day and first <= day <= last:
                yield Change(
                    midnight(day),
                    what,
                    closure._meta.verbose_name,
                    closure.reason,
                    edit_url(HoursException, closure.pk),
                    names.get(str(closure.pk), ""),
                    is_day=True,
                )


def _last_editors(things):
    """Return pk → who last edited, for what keeps no revisions, in one query."""
    if not things:
        return {}
    entries = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(type(things[0])),
        object_id__in=[str(each.pk) for each in things],
        user__isnull=False,
    )
    return {
        each.object_id: str(each.user)
        for each in entries.select_related("user").order_by("timestamp")
    }
