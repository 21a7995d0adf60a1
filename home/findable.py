"""What the office adds to the search beside its pages: people, dates, forms, words."""

from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from isso.pages.finding.sources import Document, Source, register_source
from isso.pages.models import FormEntry, GlossaryTerm
from isso.pages.terms import GLOSSARY_URL

from .models import KeyDate, StaffMember

# A date or a person is an answer to few questions; guidance to many.
WEIGHT = 0.7


def _joined(*names):
    parts = (part for name in names for part in (F(name), Value(". ")))
    return Concat(*parts, output_field=TextField())


def _coming_dates():
    return KeyDate.objects.filter(
        Q(end__gte=timezone.localdate()) | Q(start__gte=timezone.localdate())
    )


STAFF = Source(
    queryset=StaffMember.objects.all,
    columns={"title": "name", "summary": "title", "text": _joined("title", "email", "languages")},
    read=lambda row: Document(
        title=row.title,
        url="/about/staff/",
        summary=row.summary,
        text=row.text,
        kind=_("Staff"),
        weight=WEIGHT,
    ),
)
KEY_DATES = Source(
    queryset=_coming_dates,
    columns={"title": "title", "summary": "note", "link": "link"},
    read=lambda row: Document(
        title=row.title,
        url=row.link or "/key-dates/",
        summary=row.summary,
        kind=_("Key date"),
        weight=WEIGHT,
    ),
)
FORMS = Source(
    queryset=FormEntry.objects.all,
    columns={
        "title": "title",
        "summary": "description",
        "text": _joined("topic", "audience"),
        "link": "link",
        "key": "document_id",
        "more": "document__file",
    },
    read=lambda row: Document(
        title=row.title,
        url=row.link or _document_url(row),
        summary=row.summary,
        text=row.text,
        kind=_("Form"),
        weight=WEIGHT,
    ),
)


def _document_url(row):
    return reverse("wagtaildocs_serve", args=[row.key, row.more.rpartition("/")[2]])


GLOSSARY = Source(
    queryset=GlossaryTerm.objects.all,
    columns={
        "title": "term",
        "summary": "definition",
        "text": _joined("expansion", "definition"),
        "key": "also_written",
    },
    read=lambda row: Document(
        title=row.title,
        url=f"{GLOSSARY_URL}#{slugify(row.title, allow_unicode=True)}",
        summary=row.summary,
        text=row.text,
        kind=_("Word explained"),
        names=tuple(filter(None, map(str.strip, row.key.split(",")))),
        weight=WEIGHT,
    ),
)


def connect():
    """Register what there is to find."""
    for source in (STAFF, KEY_DATES, FORMS, GLOSSARY):
        register_source(source)
