"""What the public site shows of the portal: statuses, forms, processing times."""

from django.db.models import CharField, Value
from django.db.models.functions import Concat
from django.urls import reverse

from isso.home.portal_words import StatusWords
from isso.home.processing_times import ProcessingTime
from isso.pages.finding.sources import Document as Found
from isso.pages.finding.sources import Source
from isso.pages.form_rows import FormRow

from . import words
from .durations import all_measured, in_words
from .models import OfficeForm, RequestGuidePage
from .models.guide import live_guides
from .models.policy import policies_in_force
from .office_forms.building import PREFIX
from .office_forms.reading import lines_of
from .registry import all_types


def status_words():
    """Return each status a student can see once, with its explanation, for the portal guide."""
    told = {}
    for label, sentence, tone, icon in words.status_words():
        told.setdefault(str(label), StatusWords(str(label), str(sentence), tone, icon))
    return list(told.values())


def form_rows():
    """Return a line of “All forms” for each request that the public is told of."""
    return [
        FormRow(
            title=str(each.title),
            url=url,
            kind="portal",
            description=str(each.summary),
            topic=str(each.topic),
            audience=str(each.audience),
        )
        for each, url in _told()
    ]


def processing_times():
    """Return how long each request takes that the public is told of, by the policies in force."""
    policies, measured = policies_in_force(), all_measured()
    return [
        ProcessingTime(
            title=str(each.title),
            url=url,
            days=policies[each.key].target_days,
            is_open=policies[each.key].is_open,
            closed_text=policies[each.key].closed_text,
            estimate=in_words(measured[each.key]) if each.key in measured else "",
        )
        for each, url in _told()
    ]


def _told():
    """Return (type, address) of what has a published guide, then of what needs none."""
    types, guides = all_types(), live_guides()
    explained = [(types[key], guide.url) for key, guide in guides.items() if key in types]
    return explained + [
        (each, reverse("portal_start", args=[key]))
        for key, each in types.items()
        if key not in guides and not each.needs_guide
    ]


def forms_to_find():
    """Return the office forms that a search finds by themselves: those without a guide page."""
    explained = RequestGuidePage.objects.live().values("type_key")
    forms = OfficeForm.objects.filter(live=True).annotate(
        type_key=Concat(Value(PREFIX), "key", output_field=CharField())
    )
    return forms.exclude(type_key__in=explained)


# The columns of a live form are what was published; a later edit stands in its revision.
OFFICE_FORMS = Source(
    queryset=forms_to_find,
    columns={
        "title": "title",
        "summary": "summary",
        "text": "explanation",
        "key": "type_key",
        "more": "also_called",
    },
    read=lambda row: Found(
        title=row.title,
        url=reverse("portal_start", args=[row.key]),
        summary=row.summary,
        text=row.text,
        kind=RequestGuidePage.found_as,
        names=lines_of(row.more),
    ),
)
