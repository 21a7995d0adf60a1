"""What changed in one's own record: each change in words, with who made it and when."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from isso.requests.records.groups import CHANGEABLE_FIELDS, OFFICE_FIELDS, OFFICE_ROWS
from isso.requests.records.models import RecordChange

from ..desk.record_lines import change_in_words
from ..models import StudentRequest
from .access import with_record
from .answer_rows import Row
from .before_arrival.tabs import tabs_for

CHANGES_PER_PAGE = 30
REFERENCE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")
# So ``ImportRun.source`` begins.
FROM_AN_IMPORT = "Import "


@dataclass(frozen=True)
class OwnChange:
    """One change as its person reads it; ``reference`` names the own request it came from."""

    at: datetime
    label: str
    old: str
    new: str
    who: str
    reference: str = ""

    @property
    def rows(self):
        """Before and after, as lines."""
        return [Row(_("Before"), self.old or "–"), Row(_("After"), self.new or "–")]


def own_changes(record):
    """Return the changes a person may read, the newest first: all but what is the office's."""
    found = RecordChange.objects.filter(record=record).exclude(
        field__in=OFFICE_FIELDS | OFFICE_ROWS
    )
    return found.select_related("by").order_by("-at", "-pk")


def changes_in_words(record, changes):
    """Return these changes as their person reads them; the references are asked in one query."""
    said = {each.pk: REFERENCE.findall(each.source) for each in changes}
    named = {reference for references in said.values() for reference in references}
    # What a department asked is not the person's own, though it wrote into the record.
    requests = StudentRequest.objects.personal(record).filter(reference__in=named)
    own = set(requests.values_list("reference", flat=True)) if named else set()
    return [
        _in_words(record, change, next((each for each in said[change.pk] if each in own), ""))
        for change in changes
    ]


def _in_words(record, change, reference):
    words = change_in_words(record, change)
    return OwnChange(
        change.at, label_of(change.field), words.old, words.new, _who(record, change), reference
    )


def _who(record, change):
    if change.source.startswith(FROM_AN_IMPORT):
        return _("Student information system")
    if change.by_id is not None and change.by_id == record.user_id:
        return _("You")
    return _("The office")


def label_of(field):
    """Return what a line of the history is about: a column of the record, or a row around it."""
    records = apps.get_app_config("records")
    if field in CHANGEABLE_FIELDS:
        label = records.get_model("studentrecord")._meta.get_field(field).verbose_name
    elif field in records.models:
        label = records.get_model(field)._meta.verbose_name
    else:
        label = field.replace("_", " ")
    return capfirst(str(label))


@require_safe
@with_record
def changes(request, record):
    """Show one page of the changes."""
    pages = Paginator(own_changes(record), CHANGES_PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "tab": "profile",
        "first_form": tabs_for(request.user, record),
        "page_obj": page,
        "changes": changes_in_words(record, list(page)),
    }
    return render(request, "portal/changes.html", context)
