"""Every address of the project, and each of them with the owner's or the office's things in it."""

from django.urls import URLResolver, get_resolver, reverse

from isso.requests.models import RequestGuidePage
from isso.tests.access.objects import primary_keys

WAGTAILS = ("wagtail", "simple_translation")
OURS_UNDER_WAGTAILS_NAME = ("wagtailsnippets_",)
# It tells every member of the staff "no confirmation needed", whatever it is asked about.
WAGTAILS_HARMLESS = "confirm_workflow_cancellation"
WAGTAILS_WITHOUT_A_NAME = {"admin/test404/", "admin/^.*/$"}
# What is posted to each of them: something for whatever asks for words.
SENT = {"confirmed": "1", "text": "x", "note": "x", "note-text": "x", "message-text": "x"}

# Where a key in the address is not that of a request type.
KEYS = {
    "desk_queue_view": "all",
    "portal_department_ask": "scholar_extension",
    "desk_retention_kind": "people",
    "desk_retention_days": "people",
}


def leaves(resolver, route="", namespace=""):
    """Yield (key in the table, name to reverse, parameters) of every address below a resolver."""
    for pattern in resolver.url_patterns:
        below = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, (namespace, pattern.namespace)))
            yield from leaves(pattern, below, inner)
        else:
            name = f"{namespace}:{pattern.name}" if namespace else pattern.name
            yield namespace or name or below, name, list(_parameters(pattern.pattern))


def _parameters(pattern):
    return getattr(pattern, "converters", None) or pattern.regex.groupindex


def ours():
    """Return every address that is not Wagtail's own."""
    return [
        (key, name, parameters)
        for key, name, parameters in leaves(get_resolver())
        if key not in WAGTAILS_WITHOUT_A_NAME
        and not (name or "").endswith(WAGTAILS_HARMLESS)
        and (not key.startswith(WAGTAILS) or key.startswith(OURS_UNDER_WAGTAILS_NAME))
    ]


def addresses_of(owner):
    """Return (key, address) of everything, each naming what is the owner's or the office's."""
    keys = primary_keys(owner)
    known = {
        "reference": owner.request.reference,
        "document_id": owner.document.pk,
        "token": "no-such-link",
        "code": owner.request.reference,
        "page_id": RequestGuidePage.objects.first().pk,
        "approval_pk": owner.approval.pk,
        "slug": owner.request.type.pages[0].slug,
        "action": "remind",
        "notice_id": keys["notices_send_again"],
        "key_date_id": keys["wagtailsnippets_home_keydate"],
        "event_id": 1,
        "revision_id": 1,
        "task_id": 1,
        "task_state_id": 1,
        "workflow_state_id": 1,
        "action_name": "approve",
        "place": 0,
        "revision_id_a": "live",
        "revision_id_b": "latest",
    }

    def address(key, name, parameters):
        if name is None:
            return f"/{key}"
        special = {"key": KEYS.get(key, "cpt")}
        special |= dict.fromkeys(("pk", "instance_pk"), keys.get(key))
        return reverse(name, kwargs={each: (special | known)[each] for each in parameters})

    return [(key, address(key, name, parameters)) for key, name, parameters in ours()]
