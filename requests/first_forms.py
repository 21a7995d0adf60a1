"""Of first forms a person has one under way, of whatever kind; its answers say of which."""

from django.utils.translation import gettext as _

from isso.requests.records.models import StudentRecord

from .lifecycle import OPEN
from .models import HistoryEntry, StudentRequest
from .registry import all_types, get_type


def under_way(record, request_type, department=""):
    """Return the requests of this type, or of any first form, that are to be gone on with."""
    if not request_type.is_first_form:
        found = StudentRequest.objects.open_for(record, request_type.key, department)
        return found.filter(purpose="")
    keys = [key for key, each in all_types().items() if each.is_first_form]
    return StudentRequest.objects.filter(
        student=record, type_key__in=keys, state__in=OPEN, department=department, purpose=""
    )


def wait_for_others(record, request_type):
    """Let of two kinds of first form begun at the same instant the second find the first."""
    if request_type.is_first_form:
        StudentRecord.objects.select_for_update().get(pk=record.pk)


def become_what_is_answered(locked, actor):
    """Move a request to the type its answers belong to; answers and files stay."""
    key = locked.type.becomes(locked.answers)
    if key == locked.type_key or StudentRequest.objects.open_for(locked.student, key).exists():
        return
    locked.type_key, locked.type_version = key, get_type(key).version
    HistoryEntry.objects.note(locked, "become", _("Now: %s") % locked.type.title, actor)
